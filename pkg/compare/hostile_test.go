package compare_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/compare"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

var formats = []struct {
	name  string
	write func(io.Writer, compare.Report) error
}{{"text", compare.Text}, {"markdown", compare.Markdown}, {"json", compare.JSON}}

const evil = "\x1b[31mRed\x1b[0m |`*_[x](http://x.y)<b>\u202e\x01a\x02\r\nnext\tend"

// deface puts what must not reach a terminal or become markup into the texts of
// a pack.
func deface(p *pack.Pack) *pack.Pack {
	p.ID, p.Version, p.Title, p.Hash = evil, evil, evil, evil
	for _, l := range p.Levels {
		l.Title, l.Short = evil+l.ID, evil
		for _, c := range l.Indications {
			c.Because = evil
		}
	}
	for _, q := range p.Questions {
		q.Ask, q.Name = evil, evil
		for k := range q.Options {
			q.Options[k].Label = evil
		}
	}
	for _, n := range p.Notes {
		n.ID = evil + n.ID
	}
	return p
}

func TestNothingDrivesATerminal(t *testing.T) {
	for seed := range uint64(30) {
		old, new := twoPacks(seed)
		d, err := compare.Packs(deface(old), deface(new), compare.Options{})
		if err != nil {
			t.Fatal(err)
		}
		rows, err := compare.On(old, new, compare.NewReader(old, new).Lines(evil, strings.NewReader(line(rand.New(rand.NewPCG(seed, 35)), old, new, 1)+"\nno\n")))
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range formats {
			var b strings.Builder
			if err := f.write(&b, compare.Report{Difference: d, Rows: rows, RowsName: evil, Limit: -1}); err != nil {
				t.Fatal(err)
			}
			for _, r := range b.String() {
				if r != '\n' && (unicode.IsControl(r) || r == '\u202e') && f.name != "json" {
					t.Fatalf("seed %d: the %s holds %U:\n%q", seed, f.name, r, b.String())
				}
			}
			if f.name == "markdown" && (strings.Contains(b.String(), "<b>") && !strings.Contains(b.String(), `\<b>`) || strings.Contains(b.String(), " |`*")) {
				t.Fatalf("seed %d: markup in the Markdown:\n%s", seed, b.String())
			}
		}
	}
}

// TestSameInputSameBytes compares twice, and finds the text as narrow as it was
// asked to be.
func TestSameInputSameBytes(t *testing.T) {
	for seed := range uint64(30) {
		var out [2]string
		for i := range out {
			old, new := twoPacks(seed)
			d, err := compare.Packs(old, new, compare.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			for _, f := range formats {
				if err := f.write(&b, compare.Report{Difference: d}); err != nil {
					t.Fatal(err)
				}
			}
			out[i] = b.String()
			var text strings.Builder
			if err := compare.Text(&text, compare.Report{Difference: d, Width: 60}); err != nil {
				t.Fatal(err)
			}
			for l := range strings.Lines(text.String()) {
				if utf8.RuneCountInString(l) > 101 {
					t.Fatalf("seed %d: a line of %d columns: %s", seed, utf8.RuneCountInString(l), l)
				}
			}
		}
		if out[0] != out[1] {
			t.Fatalf("seed %d: two runs, two outputs", seed)
		}
	}
}

func TestJSONIsJSON(t *testing.T) {
	for seed := range uint64(30) {
		old, new := twoPacks(seed)
		d, err := compare.Packs(old, new, compare.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := compare.JSON(&b, compare.Report{Difference: d}); err != nil {
			t.Fatal(err)
		}
		var back struct {
			Schema       string
			Combinations struct{ Moves []json.RawMessage }
		}
		if err := json.Unmarshal(b.Bytes(), &back); err != nil || back.Schema != compare.Schema || len(back.Combinations.Moves) != len(d.Moves.Moves) {
			t.Fatalf("seed %d: %v %+v", seed, err, back)
		}
	}
}

// TestTooLarge: beyond the budget there are no figures, and all else is said.
func TestTooLarge(t *testing.T) {
	d, err := compare.Packs(load(t, defaultFiles(t)), loosened(t), compare.Options{Nodes: 20})
	if !errors.Is(err, compare.ErrTooLarge) || !errors.Is(err, space.ErrTooLarge) {
		t.Fatalf("the error is %v", err)
	}
	if d == nil || d.Moves != nil || !d.Decides() {
		t.Fatalf("%+v", d)
	}
	var b strings.Builder
	if err := compare.Text(&b, compare.Report{Difference: d}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"cannot be compared", "iop-monitoring"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the text does not say %q:\n%s", want, b.String())
		}
	}
	b.Reset()
	if err := compare.JSON(&b, compare.Report{Difference: d}); err != nil || !strings.Contains(b.String(), `"combinations": null`) {
		t.Error(err, b.String())
	}
}

// TestEveryBudget stops the comparison at every place: what is found is found,
// and what is not is left out.
func TestEveryBudget(t *testing.T) {
	old, new := load(t, defaultFiles(t)), loosened(t)
	full, err := compare.Packs(old, new, compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	partly := 0
	for nodes := 1; nodes < 3000; nodes += 97 {
		d, err := compare.Packs(old, new, compare.Options{Nodes: nodes})
		switch {
		case err != nil:
			if !errors.Is(err, compare.ErrTooLarge) || d.Moves != nil {
				t.Fatalf("%d nodes: %v", nodes, err)
			}
		case d.Moves.Changed.Cmp(full.Moves.Changed) != 0 || d.Moves.Size.Cmp(full.Moves.Size) != 0:
			t.Fatalf("%d nodes: %v of %v", nodes, d.Moves.Changed, d.Moves.Size)
		case d.Moves.Causes == nil || d.Moves.Causes[0].Alone == nil:
			partly++
		}
	}
	if partly == 0 {
		t.Error("no budget was enough for the moves and not for their causes")
	}
}

// TestOddPairs are packs that nobody would compare.
func TestOddPairs(t *testing.T) {
	nothing := &pack.Pack{ID: "nothing", Levels: []*pack.Level{{ID: "only"}}}
	random := enginetest.Pack(rand.New(rand.NewPCG(7, 36)), enginetest.Size{Questions: 6})
	for _, pair := range [][2]*pack.Pack{{nothing, nothing}, {nothing, random}, {random, nothing}, {random, random}} {
		d, err := compare.Packs(pair[0], pair[1], compare.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if d.Same() != (pair[0] == pair[1]) {
			t.Errorf("%s and %s: the same %v", pair[0].ID, pair[1].ID, d.Same())
		}
		for _, f := range formats {
			if err := f.write(io.Discard, compare.Report{Difference: d}); err != nil {
				t.Error(err)
			}
		}
	}
	if _, err := compare.Packs(&pack.Pack{}, nothing, compare.Options{}); err == nil {
		t.Error("a pack without levels is compared")
	}
	circle := &pack.NamedCondition{ID: "circle"}
	circle.When = &pack.Ref{To: circle}
	broken := &pack.Pack{ID: "broken", Levels: []*pack.Level{{ID: "a"}, {ID: "b", Index: 1}}}
	broken.Levels[1].Indications = []*pack.Criterion{{ID: "c", Level: broken.Levels[1], When: &pack.Ref{To: circle}}}
	if _, err := compare.Packs(nothing, broken, compare.Options{}); err == nil {
		t.Error("a condition that refers to itself is compared")
	}
}

// TestSharedConditionsCostNothing has named conditions each of which refers
// twice to the one before: written out they would have 2^60 leaves.
func TestSharedConditionsCostNothing(t *testing.T) {
	deep := func(from pack.Value) *pack.Pack {
		q := &pack.Question{ID: "q", Kind: pack.Number, Max: 9}
		p := &pack.Pack{ID: "deep", Questions: []*pack.Question{q}, Slots: []pack.Slot{{ID: "q", Question: q, Item: -1, Max: 9}},
			Levels: []*pack.Level{{ID: "a"}, {ID: "b", Index: 1}}}
		var last pack.Condition = &pack.In{Ranges: []pack.Interval{{From: from, To: 9}}}
		for i := range 60 {
			named := &pack.NamedCondition{ID: fmt.Sprint("c", i), When: &pack.All{Of: []pack.Condition{last, last}}}
			p.Conditions = append(p.Conditions, named)
			last = &pack.Ref{To: named}
		}
		p.Levels[1].Indications = []*pack.Criterion{{ID: "c", Level: p.Levels[1], When: last}}
		return p
	}
	d, err := compare.Packs(deep(5), deep(6), compare.Options{})
	if err != nil || d.Moves.Changed.Int64() != 1 {
		t.Fatal(err, d)
	}
}

// TestEveryTestedQuestionIsAnswered: of a multiple choice, only an option that
// the other pack calls otherwise is tested, so that no combination depends on
// the question; its answer must be there for all that.
func TestEveryTestedQuestionIsAnswered(t *testing.T) {
	signs := func(first string, above string) *pack.Pack {
		q := &pack.Question{ID: "signs", Kind: pack.Multi, Options: []pack.Option{{ID: first}, {ID: "shared"}}}
		p := &pack.Pack{ID: "signs", Questions: []*pack.Question{q}, Slots: []pack.Slot{{ID: "signs", Question: q, Item: -1, Max: 3}},
			Levels: []*pack.Level{{ID: "low"}, {ID: above, Index: 1}}}
		p.Levels[0].ID = "low-" + above
		p.Levels[1].Indications = []*pack.Criterion{{ID: "sign", Level: p.Levels[1], When: &pack.Includes{Mask: 1}}}
		return p
	}
	old := signs("before", "a")
	d, err := compare.Packs(old, signs("after", "b"), compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if m := d.Moves.Moves; len(m) != 1 || m[0].Example.Answers[compare.Old][0] != 0 || m[0].Example.Others != 1 {
		t.Errorf("%+v", m)
	}
}
