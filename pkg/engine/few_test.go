package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// plainPack has what few serves: choices, and indications by one to three of
// them. Some have many options, and some levels many indications.
func plainPack(r *rand.Rand, questions, options int) *pack.Pack {
	p := &pack.Pack{ID: "plain", Version: "1.0.0", Title: "Plain"}
	for i := range questions {
		n := 2 + r.IntN(options-1)
		q := &pack.Question{ID: fmt.Sprintf("q%d", i), Index: i, Slot: i, Kind: pack.Choice, Options: make([]pack.Option, n), Max: pack.Value(n - 1)}
		p.Questions = append(p.Questions, q)
		p.Slots = append(p.Slots, pack.Slot{ID: q.ID, Question: q, Item: -1, Max: q.Max})
	}
	test := func() pack.Condition {
		slot := r.IntN(questions)
		return &pack.In{Slot: slot, Ranges: someOf(r, p.Slots[slot].Max)}
	}
	several := r.IntN(100)
	for i := range 2 + r.IntN(4) {
		l := &pack.Level{ID: fmt.Sprintf("level%d", i), Index: i}
		p.Levels = append(p.Levels, l)
		for range r.IntN(1+questions*2) * min(i, 1) {
			c := &pack.Criterion{ID: fmt.Sprintf("c%d", r.Uint64()), Kind: pack.Indication, Level: l, When: test()}
			for of := c.When; r.IntN(100) < several; of = c.When {
				c.When = &pack.All{Of: []pack.Condition{of, test()}}
			}
			l.Indications = append(l.Indications, c)
		}
	}
	return p
}

// someOf is a set of values, seldom of none or of all.
func someOf(r *rand.Rand, top pack.Value) (out []pack.Interval) {
	in := 1 + r.IntN(3)
	for v := range top + 1 {
		if r.IntN(4) < in {
			out = append(out, pack.Interval{From: v, To: v})
		}
	}
	return out
}

// compareWithDiagram says which way it went, too.
func compareWithDiagram(t *testing.T, e *engine.Engine, rest *engine.Remainder, a pack.Answers) (way string) {
	t.Helper()
	var d engine.Decision
	e.Decide(a, &d)
	way = rest.Way(&d)
	got, by, exact := rest.Of(&d)
	by = slices.Clone(by)
	if want, wantBy, wantExact := rest.ByDiagram(&d); got != want || !slices.Equal(by, wantBy) || exact != wantExact {
		t.Fatalf("%v: %s: levels %b by %v, by the diagram %b by %v", a, way, got, by, want, wantBy)
	}
	return way
}

// TestFewSaysWhatTheDiagramSays on every way.
func TestFewSaysWhatTheDiagramSays(t *testing.T) {
	ways := map[string]int{}
	for seed := range uint64(700) {
		r := rand.New(rand.NewPCG(seed, 27))
		p := plainPack(r, 2+r.IntN(12), 3+r.IntN(8)*r.IntN(2))
		if seed%8 == 0 {
			p = enginetest.Pack(r, enginetest.Size{Questions: 7})
		}
		e := compile(t, p)
		rest := e.Remainder()
		for range 40 {
			ways[compareWithDiagram(t, e, rest, enginetest.Answers(r, p, r.IntN(100)))]++
		}
	}
	for _, way := range []string{"not served", "determined", "too much", "single tests", "a floor", "no floor", "reduced to single tests",
		"a pair", "several in a word", "several in words"} {
		if ways[way] < 50 {
			t.Errorf("%s: only %d times", way, ways[way])
		}
	}
	t.Log(ways)
}

// TestFewSaysWhatIsCountedOut of small packs, for all their answers.
func TestFewSaysWhatIsCountedOut(t *testing.T) {
	undetermined := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 28))
		p := plainPack(r, 2+r.IntN(3), 3)
		e := compile(t, p)
		rest := e.Remainder()
		var d engine.Decision
		enginetest.AllAnswers(p, 300, func(a pack.Answers) bool {
			levels, deciding, _ := countedOut(t, e, a, 1000)
			e.Decide(a, &d)
			got, by, exact := rest.Of(&d)
			if got != levels || !exact || !slices.EqualFunc(by, deciding, func(q *pack.Question, id string) bool { return q.ID == id }) {
				t.Fatalf("seed %d: %v: levels %b by %v, counted out %b by %v", seed, a, got, by, levels, deciding)
			}
			if !d.Determined() {
				undetermined++
			}
			return true
		})
	}
	if undetermined < 3000 {
		t.Errorf("only %d undetermined", undetermined)
	}
}

// TestFewServesTheShippedPacks of random answers, and of the packs' own cases
// with some answers left out.
func TestFewServesTheShippedPacks(t *testing.T) {
	for _, name := range rules.Names() {
		p, _, err := pack.Load(rules.FS, name, pack.LoadOptions{Tests: true})
		if err != nil {
			t.Fatal(err)
		}
		e := compile(t, p)
		rest := e.Remainder()
		r := rand.New(rand.NewPCG(1, 29))
		ways := map[string]int{}
		for i := range 6000 {
			a := enginetest.Answers(r, p, 60+r.IntN(40))
			if i%4 > 0 {
				a = leaveOut(r, p.Tests[r.IntN(len(p.Tests))].Answers, 1+r.IntN(12))
			}
			ways[compareWithDiagram(t, e, rest, a)]++
		}
		if ways["single tests"] < 1000 || ways["too much"] > 200 || ways["not served"] > 0 {
			t.Errorf("%s: %v", name, ways)
		}
		t.Log(name, ways)
	}
}

// TestFewTakesNoAnswerForTwo where a multiple choice is tested by its options
// and by its value.
func TestFewTakesNoAnswerForTwo(t *testing.T) {
	p := plainPack(rand.New(rand.NewPCG(1, 30)), 1, 3)
	q := p.Questions[0]
	q.Kind, q.Options, q.Max, p.Slots[0].Max = pack.Multi, make([]pack.Option, 2), 3, 3
	p.Levels = []*pack.Level{{ID: "low"}, {ID: "high", Index: 1}}
	p.Levels[1].Indications = []*pack.Criterion{{ID: "never", Kind: pack.Indication, Level: p.Levels[1], When: &pack.All{Of: []pack.Condition{
		&pack.Includes{Mask: 1}, &pack.In{Ranges: []pack.Interval{{From: 0, To: 0}}}}}}}
	e := compile(t, p)
	var d engine.Decision
	e.Decide(p.NewAnswers(), &d)
	if levels, deciding, _ := e.Remainder().Of(&d); d.Determined() || levels != 1 || len(deciding) > 0 {
		t.Errorf("levels %b by %d questions, of %b; expected the lower one", levels, len(deciding), d.Possible)
	}
}

func leaveOut(r *rand.Rand, a pack.Answers, n int) pack.Answers {
	a = slices.Clone(a)
	for range n {
		a[r.IntN(len(a))] = pack.Missing
	}
	return a
}
