package sample_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/sample"
	"github.com/carelevel/carelevel/pkg/space"
	"github.com/carelevel/carelevel/rules"
)

func shipped(t testing.TB, name string) *pack.Pack {
	t.Helper()
	p, _, err := pack.Load(rules.FS, name, pack.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// random is a pack of every kind of question, in every direction.
func random(seed uint64, size enginetest.Size) *pack.Pack {
	r := rand.New(rand.NewPCG(seed, 3))
	p := enginetest.Pack(r, size)
	for _, q := range p.Questions {
		if q.Kind != pack.Scale {
			q.Worse = pack.Worse(r.IntN(3))
		}
	}
	return p
}

// everyPack is the shipped packs and many random ones.
func everyPack(t *testing.T, visit func(t *testing.T, p *pack.Pack)) {
	for _, name := range rules.Names() {
		t.Run(name, func(t *testing.T) { visit(t, shipped(t, name)) })
	}
	for seed := range uint64(120) {
		t.Run(fmt.Sprint("seed=", seed), func(t *testing.T) { visit(t, random(seed, enginetest.Size{Questions: 9})) })
	}
}

func generator(t testing.TB, p *pack.Pack, opts sample.Options) *sample.Generator {
	t.Helper()
	g, err := sample.New(p, opts)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func compile(t *testing.T, p *pack.Pack) *engine.Engine {
	t.Helper()
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// A complete assessment leads to its level, and one with missing answers can
// still lead there. All of them are sound.
func TestAnswersLeadToTheLevel(t *testing.T) {
	everyPack(t, func(t *testing.T, p *pack.Pack) {
		e := compile(t, p)
		for _, missing := range []int{0, sample.DefaultMissing, 60} {
			g := generator(t, p, sample.Options{Seed: 5, Missing: missing})
			a := p.NewAnswers()
			for i := range 60 {
				level := g.Next(a)
				if err := p.CheckAnswers(a); err != nil {
					t.Fatalf("assessment %d: %v", i, err)
				}
				var d engine.Decision
				if e.Decide(a, &d); anyFilled(p, a) {
					continue // a total of means may be another one than that drawn
				}
				if d.Possible>>level&1 == 0 || missing == 0 && !d.Determined() {
					t.Fatalf("assessment %d with %d %% missing is to lead to %d; possible are %b", i, missing, level, d.Possible)
				}
			}
		}
	})
}

func anyFilled(p *pack.Pack, a pack.Answers) bool {
	return slices.ContainsFunc(p.Questions, func(q *pack.Question) bool {
		_, filled, _ := q.Total(a)
		return filled > 0
	})
}

// Every level that some answers lead to occurs in the first cards of the deck,
// and no other: brute force knows which.
func TestLevelsThatOccur(t *testing.T) {
	tried := 0
	for seed := range uint64(300) {
		p := random(seed, enginetest.Size{Questions: 4, Small: true})
		e := compile(t, p)
		var want, got uint64
		if !enginetest.Completions(p, p.NewAnswers(), 20_000, func(a pack.Answers) bool {
			var d engine.Decision
			e.Decide(a, &d)
			want |= d.Possible
			return true
		}) {
			continue
		}
		tried++
		g, a := generator(t, p, sample.Options{Seed: seed}), p.NewAnswers()
		for range 15 {
			got |= 1 << g.Next(a)
		}
		if got != want {
			t.Errorf("seed %d: levels %b occur, want %b", seed, got, want)
		}
	}
	if tried < 200 {
		t.Errorf("only %d packs were small enough", tried)
	}
}

// The lower levels are commoner, and every level of the shipped packs is there
// within a thousand rows.
func TestSharesOfLevels(t *testing.T) {
	want := map[string][]int{"mental-health": {334, 267, 200, 133, 66}, "medicare-iop": {400, 300, 200, 100}}
	for _, name := range rules.Names() {
		p := shipped(t, name)
		g, a, got := generator(t, p, sample.Options{Seed: 1}), p.NewAnswers(), make([]int, len(p.Levels))
		for range 1000 {
			got[g.Next(a)]++
		}
		for i, n := range got {
			// The last deck is not dealt to its end.
			if n < want[name][i]-3 || n > want[name][i]+3 {
				t.Errorf("%s: %v rows by level, want about %v", name, got, want[name])
				break
			}
		}
	}
}

// How much is missing changes nothing about what is there, and a level's share
// neither.
func TestMissing(t *testing.T) {
	p := shipped(t, rules.Default)
	const rows = 3000
	for _, percent := range []int{0, 1, 8, 50, 90, 100} {
		whole, g := generator(t, p, sample.Options{Seed: 9}), generator(t, p, sample.Options{Seed: 9, Missing: percent})
		all, a := p.NewAnswers(), p.NewAnswers()
		there, gone, unasked := 0, 0, 0
		for i := range rows {
			whole.Next(all)
			g.Next(a)
			for s := range a {
				switch {
				case a[s].Known() && a[s] != all[s]:
					t.Fatalf("row %d: %s is %d with %d %% missing, and %d with none", i, p.Slots[s].ID, a[s], percent, all[s])
				case all[s].Known() && !a[s].Known():
					gone++
				}
				if all[s].Known() {
					there++
				}
				if a[s] == pack.NotAssessed {
					unasked++
				}
			}
		}
		if share := 1000 * gone / there; share < 10*percent-15 || share > 10*percent+15 {
			t.Errorf("%d of 1000 answers are missing, want about %d %%", share, percent)
		}
		if gone > 0 && (unasked*100/gone < 9 || unasked*100/gone > 16) {
			t.Errorf("%d of %d missing answers are not assessed, want about an eighth", unasked, gone)
		}
	}
}

// Instruments are answered by total, by items and by both, and their totals
// rise with the level.
func TestInstruments(t *testing.T) {
	p := shipped(t, rules.Default)
	at, _ := p.SlotByID("phq9")
	q := p.Slots[at].Question
	g, a := generator(t, p, sample.Options{Seed: 2}), p.NewAnswers()
	var by [3]int
	sum, rows := make([]int, len(p.Levels)), make([]int, len(p.Levels))
	for range 3000 {
		level := g.Next(a)
		total, _, _ := q.Total(a)
		sum[level] += int(total)
		rows[level]++
		switch items := a[q.Items[0].Slot].Known(); {
		case items && a[at].Known():
			by[2]++
		case items:
			by[1]++
		default:
			by[0]++
		}
	}
	if by[0] < 1200 || by[1] < 1000 || by[2] < 100 {
		t.Errorf("%d by total, %d by items, %d by both", by[0], by[1], by[2])
	}
	var means []int
	for l := range sum {
		means = append(means, sum[l]/rows[l])
	}
	if !slices.IsSorted(means) || means[0] > 9 || means[len(means)-1] < 14 {
		t.Errorf("mean PHQ-9 by level %v: does not rise enough", means)
	}
}

func TestIndependent(t *testing.T) {
	p := shipped(t, rules.Default)
	g := generator(t, p, sample.Options{Seed: 1, Missing: 10, Nodes: 5})
	if err := g.Independent(); !errors.Is(err, space.ErrTooLarge) {
		t.Fatalf("Independent: %v, want an error about the size", err)
	}
	a, levels := p.NewAnswers(), uint64(0)
	var d engine.Decision
	e := compile(t, p)
	for range 500 {
		if level := g.Next(a); level != -1 {
			t.Fatalf("level %d is promised", level)
		}
		if err := p.CheckAnswers(a); err != nil {
			t.Fatal(err)
		}
		e.Decide(a, &d)
		levels |= d.Possible
	}
	if levels != 1<<len(p.Levels)-1 {
		t.Errorf("levels %b are possible, want all", levels)
	}
}

// Packs in which there is little to draw.
func TestPoorPacks(t *testing.T) {
	yes := func(slot int) []*pack.Criterion {
		return []*pack.Criterion{{ID: "c", When: &pack.In{Slot: slot, Ranges: []pack.Interval{{From: 1, To: 1}}}}}
	}
	never := []*pack.Criterion{{ID: "n", When: &pack.Any{}}}
	always := []*pack.Criterion{{ID: "y", When: &pack.All{}}}
	for _, c := range []struct {
		name   string
		levels [][]*pack.Criterion
		want   []int // rows of 60 by level
	}{
		{"one level", [][]*pack.Criterion{nil}, []int{60}},
		{"nothing is tested", [][]*pack.Criterion{nil, nil}, []int{60, 0}},
		{"a level that is never reached", [][]*pack.Criterion{nil, never, yes(0)}, []int{40, 0, 20}},
		{"a level that is always reached", [][]*pack.Criterion{nil, always, yes(0)}, []int{0, 40, 20}},
	} {
		q := &pack.Question{ID: "q", Kind: pack.YesNo, Max: 1}
		p := &pack.Pack{ID: "poor", Questions: []*pack.Question{q}, Slots: []pack.Slot{{ID: "q", Question: q, Item: -1, Max: 1}}}
		for i, of := range c.levels {
			p.Levels = append(p.Levels, &pack.Level{ID: fmt.Sprint("l", i), Index: i, Indications: of})
		}
		g, a, got := generator(t, p, sample.Options{}), p.NewAnswers(), make([]int, len(p.Levels))
		for range 60 {
			got[g.Next(a)]++
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%s: rows by level (-want +got):\n%s", c.name, diff)
		}
	}
}

func TestBadOptions(t *testing.T) {
	p := shipped(t, rules.Default)
	for _, percent := range []int{-1, 101} {
		if _, err := sample.New(p, sample.Options{Missing: percent}); err == nil {
			t.Errorf("%d %% missing is not refused", percent)
		}
	}
	p.Levels[1].Indications[0].When = &pack.Answered{}
	if _, err := sample.New(p, sample.Options{}); err == nil || errors.Is(err, space.ErrTooLarge) {
		t.Errorf("a criterion that is no question about answers: error %v", err)
	}
}
