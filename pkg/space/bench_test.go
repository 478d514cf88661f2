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
