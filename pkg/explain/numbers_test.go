package explain_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
	"github.com/google/go-cmp/cmp"
)

// numbers is a pack of numbers from 0 to top whose upper level is argued for
// by one condition.
func numbers(top pack.Value, when func(*pack.Pack) pack.Condition, ids ...string) *pack.Pack {
	p := &pack.Pack{ID: "numbers"}
	for i, id := range ids {
		q := &pack.Question{ID: id, Index: i, Slot: i, Kind: pack.Number, Max: top}
		p.Questions = append(p.Questions, q)
		p.Slots = append(p.Slots, pack.Slot{ID: id, Question: q, Item: -1, Max: top})
	}
	low, high := &pack.Level{ID: "low"}, &pack.Level{ID: "high", Index: 1}
	p.Levels = []*pack.Level{low, high}
	high.Indications = []*pack.Criterion{{ID: "only", Level: high, When: when(p)}}
	return p
}

func within(slot int, ranges ...pack.Interval) pack.Condition {
	return &pack.In{Slot: slot, Ranges: ranges}
}

// sum is a score of all questions, each with its factor.
func sum(p *pack.Pack, factors ...pack.Value) *pack.Score {
	s := &pack.Score{ID: "sum"}
	for i, f := range factors {
		s.Terms = append(s.Terms, pack.Term{Slot: i, Factor: f})
	}
	p.Scores = []*pack.Score{s}
	return s
}

func explained(t *testing.T, p *pack.Pack, a ...pack.Value) string {
	t.Helper()
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	x := explain.Explain(e, e.Recommend(a))
	var b strings.Builder
	for _, s := range x.Sufficient {
		fmt.Fprintf(&b, "enough %s\n", p.Slots[s].ID)
	}
	for _, f := range x.Flips {
		fmt.Fprintf(&b, "%s:", f.Level.ID)
		for _, c := range f.Changes {
			fmt.Fprintf(&b, " %s %d->%d", p.Slots[c.Slot].ID, c.From, c.To)
		}
		b.WriteByte('\n')
	}
	if x.Truncated {
		b.WriteString("truncated\n")
	}
	return b.String()
}

func TestExplainNumbers(t *testing.T) {
	for _, test := range []struct {
		name    string
		pack    *pack.Pack
		answers []pack.Value
		want    string
	}{
		{"too little and too much are two ways",
			numbers(100, func(*pack.Pack) pack.Condition {
				return within(0, pack.Interval{From: 0, To: 9}, pack.Interval{From: 60, To: 100})
			}, "weight"),
			[]pack.Value{20}, "enough weight\nhigh: weight 20->9\nhigh: weight 20->60\n"},
		{"a score of large numbers",
			numbers(90_000, func(p *pack.Pack) pack.Condition {
				return &pack.In{Score: sum(p, 3, -2), Ranges: []pack.Interval{{From: 50_000, To: 270_000}}}
			}, "plus", "minus"),
			[]pack.Value{20_000, 8_000}, "enough plus\nenough minus\nhigh: plus 20000->22000\nhigh: minus 8000->5000\n"},
		{"either of two missing answers could be anything",
			numbers(9, func(p *pack.Pack) pack.Condition {
				return &pack.In{Score: sum(p, 1, 1), Ranges: []pack.Interval{{From: 12, To: 18}}}
			}, "first", "second"),
			[]pack.Value{2, pack.Missing}, "enough first\n"},
		{"only two changes together",
			numbers(20, func(*pack.Pack) pack.Condition {
				return &pack.All{Of: []pack.Condition{within(0, pack.Interval{From: 10, To: 20}), within(1, pack.Interval{From: 5, To: 20})}}
			}, "days", "nights"),
			[]pack.Value{9, 1}, "enough days\nhigh: days 9->10, nights 1->5\n"},
	} {
		want := strings.ReplaceAll(test.want, ",", "")
		if diff := cmp.Diff(want, explained(t, test.pack, test.answers...)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// A search of pairs among thousands of changes ends, and says that it was
// broken off.
func TestPairsAreBounded(t *testing.T) {
	ids := strings.Fields("a b c d e f g h i j k l")
	p := numbers(255, func(p *pack.Pack) pack.Condition {
		return &pack.In{Score: sum(p, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1), Ranges: []pack.Interval{{From: 255 * 11, To: 255 * 12}}}
	}, ids...)
	if got := explained(t, p, make([]pack.Value, len(ids))...); !strings.HasSuffix(got, "truncated\n") {
		t.Errorf("got\n%s", got)
	}
}

func BenchmarkExplainDefaultPack(b *testing.B) {
	p, ds, err := pack.Load(rules.FS, "mental-health", pack.LoadOptions{Tests: true})
	if err != nil || diag.HasErrors(ds) {
		b.Fatal(err, ds)
	}
	e, err := engine.Compile(p)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		explain.Explain(e, e.Recommend(p.Tests[i%len(p.Tests)].Answers))
	}
}
