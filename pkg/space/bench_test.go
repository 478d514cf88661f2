package space_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
	"github.com/carelevel/carelevel/rules"
)

func defaultPack(tb testing.TB) *pack.Pack {
	tb.Helper()
	p, ds, err := pack.Load(rules.FS, rules.Default, pack.LoadOptions{})
	if err != nil || diag.HasErrors(ds) {
		tb.Fatal(err, ds)
	}
	return p
}

// scales is a pack of questions with as many values each, and random criteria
// that each join three tests, spread over four levels above the base.
func scales(rnd *rand.Rand, questions, values, criteria int) *pack.Pack {
	p := &pack.Pack{ID: "scales"}
	for i := range questions {
		q := &pack.Question{ID: fmt.Sprintf("q%d", i), Index: i, Slot: i, Kind: pack.Number, Max: pack.Value(values - 1), Worse: pack.WorseHigher}
		p.Questions = append(p.Questions, q)
		p.Slots = append(p.Slots, pack.Slot{ID: q.ID, Question: q, Item: -1, Max: q.Max})
	}
	for l := range 5 {
		p.Levels = append(p.Levels, &pack.Level{ID: fmt.Sprintf("l%d", l), Index: l})
	}
	for i := range criteria {
		l := p.Levels[1+i%4]
		all := &pack.All{}
		for _, q := range rnd.Perm(questions)[:3] {
			from := pack.Value(rnd.IntN(values))
			to := from + pack.Value(rnd.IntN(values-int(from)))
			if from == 0 && to == pack.Value(values-1) {
				from = 1
			}
			all.Of = append(all.Of, &pack.In{Slot: q, Ranges: []pack.Interval{{From: from, To: to}}})
		}
		l.Indications = append(l.Indications, &pack.Criterion{ID: fmt.Sprintf("c%d", i), Level: l, When: all})
	}
	return p
}

func build(tb testing.TB, p *pack.Pack) (*space.Space, space.Node) {
	byLevel, all := indications(p)
	s, err := space.New(p, space.Options{Conditions: all})
	if err != nil {
		tb.Fatal(err)
	}
	f := s.Highest(byLevel)
	if err := s.Err(); err != nil {
		tb.Fatal(err)
	}
	return s, f
}

func BenchmarkDefaultPack(b *testing.B) {
	p := defaultPack(b)
	b.ReportAllocs()
	for b.Loop() {
		s, f := build(b, p)
		s.Counts(f)
		b.ReportMetric(float64(s.Nodes()), "nodes")
	}
}

// BenchmarkTwelveByFive is 244,140,625 combinations under 20 random criteria
// of three tests, counted by level.
func BenchmarkTwelveByFive(b *testing.B) {
	for seed := range uint64(4) {
		b.Run(fmt.Sprint("seed=", seed), func(b *testing.B) {
			p := scales(rand.New(rand.NewPCG(seed, 1)), 12, 5, 20)
			b.ReportAllocs()
			for b.Loop() {
				s, f := build(b, p)
				s.Counts(f)
				b.ReportMetric(float64(s.Nodes()), "nodes")
			}
		})
	}
}

// instruments adds PHQ-9, GAD-7 and a questionnaire of twelve items to a pack,
// all answered by item, and lets every third criterion test one of the totals
// beside its other tests.
func instruments(rnd *rand.Rand, p *pack.Pack) *pack.Pack {
	var totals []*pack.Question
	for _, of := range []struct {
		id    string
		items int
	}{{"phq9", 9}, {"gad7", 7}, {"other", 12}} {
		q := &pack.Question{ID: of.id, Index: len(p.Questions), Slot: len(p.Slots), Kind: pack.Instrument, Max: pack.Value(3 * of.items),
			Worse: pack.WorseHigher, Grades: make([]pack.Option, 4)}
		p.Questions, totals = append(p.Questions, q), append(totals, q)
		p.Slots = append(p.Slots, pack.Slot{ID: q.ID, Question: q, Item: -1, Max: q.Max})
		for k := range of.items {
			q.Items = append(q.Items, pack.Item{ID: fmt.Sprintf("%s_%d", of.id, k+1), Slot: len(p.Slots)})
			p.Slots = append(p.Slots, pack.Slot{ID: q.Items[k].ID, Question: q, Item: k, Max: 3})
		}
	}
	n := 0
	for _, l := range p.Levels {
		for _, c := range l.Indications {
			if n++; n%3 == 0 {
				q := totals[n/3%3]
				all := c.When.(*pack.All)
				all.Of = append(all.Of, &pack.In{Slot: q.Slot, Ranges: []pack.Interval{{From: 5 * pack.Value(1+rnd.IntN(4)), To: q.Max}}})
			}
		}
	}
	return p
}

// near makes the criteria of scales test questions of one neighbourhood, as
// criteria of one section do.
func near(rnd *rand.Rand, p *pack.Pack, width int) *pack.Pack {
	for _, l := range p.Levels {
		for _, c := range l.Indications {
			from := rnd.IntN(len(p.Questions) - width)
			for i, q := range rnd.Perm(width)[:3] {
				c.When.(*pack.All).Of[i].(*pack.In).Slot = from + q
			}
		}
	}
	return p
}

// BenchmarkSixtyQuestions is about 10^36 combinations: 32 questions and 28
// items, under 60 criteria each of which tests three of some neighbouring
// questions. How many those are is what the size of a space depends on.
func BenchmarkSixtyQuestions(b *testing.B) {
	for _, width := range []int{8, 12, 16} {
		b.Run(fmt.Sprint("width=", width), func(b *testing.B) {
			rnd := rand.New(rand.NewPCG(1, 2))
			p := scales(rnd, 32, 4, 60)
			p = instruments(rnd, near(rnd, p, width))
			b.ReportAllocs()
			for b.Loop() {
				s, f := build(b, p)
				s.Counts(f)
				b.ReportMetric(float64(s.Nodes()), "nodes")
				b.ReportMetric(float64(len(s.Size().String())), "digits")
			}
		})
	}
}
