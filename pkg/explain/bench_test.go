package explain_test

import (
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// BenchmarkExplain explains the cases of the shipped packs, with an engine that
// has looked at the whole space before and with one that has not.
func BenchmarkExplain(b *testing.B) {
	for _, name := range rules.Names() {
		p, _, err := pack.Load(rules.FS, name, pack.LoadOptions{Tests: true})
		if err != nil {
			b.Fatal(err)
		}
		e, err := engine.Compile(p)
		if err != nil {
			b.Fatal(err)
		}
		var rs []*engine.Recommendation
		proved := 0
		for _, c := range p.Tests {
			r := e.Recommend(c.Answers)
			rs = append(rs, r)
			if explain.Explain(e, r).Smallest {
				proved++
			}
		}
		b.Run(name+"/again", func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				explain.Explain(e, rs[i%len(rs)])
			}
			b.ReportMetric(float64(proved)/float64(len(rs)), "smallest")
		})
		b.Run(name+"/once", func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				explain.Explain(e.WithBudget(1<<16), rs[i%len(rs)])
			}
		})
	}
}
