package interview

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// BenchmarkCases holds an interview on each of the pack's test cases, all of
// their open answers being the best ones, and reports how many questions were
// put, and how long one step took.
func BenchmarkCases(b *testing.B) {
	for _, name := range rules.Names() {
		p, _, err := pack.Load(rules.FS, name, pack.LoadOptions{Tests: true})
		if err != nil {
			b.Fatal(err)
		}
		e, err := engine.Compile(p)
		if err != nil {
			b.Fatal(err)
		}
		for o, order := range []string{"sections", "pack", "shortest"} {
			b.Run(fmt.Sprintf("%s/order=%s", name, order), func(b *testing.B) {
				var asked []int
				for b.Loop() {
					asked = asked[:0]
					for _, c := range p.Tests {
						asked = append(asked, hold(b, e, c.Answers, engine.Order(o)))
					}
				}
				sum := 0
				for _, n := range asked {
					sum += n
				}
				b.ReportMetric(float64(sum)/float64(len(asked)), "asked/case")
				b.ReportMetric(float64(slices.Min(asked)), "asked/least")
				b.ReportMetric(float64(slices.Max(asked)), "asked/most")
				b.ReportMetric(float64(len(p.Questions)), "asked/all")
				b.ReportMetric(float64(b.Elapsed().Microseconds())/float64(b.N*sum), "µs/step")
			})
		}
	}
}

func hold(b *testing.B, e *engine.Engine, a pack.Answers, order engine.Order) int {
	truth := slices.Clone(a)
	for i, s := range e.Pack().Slots {
		switch q := s.Question; {
		case truth[i].Known() || s.IsItem() || q.Kind == pack.Instrument:
		case q.Worse == pack.WorseLower:
			truth[i] = s.Max
		default:
			truth[i] = s.Min
		}
	}
	o, err := Run(context.Background(), e, &truthful{r: rand.New(rand.NewPCG(1, 1)), truth: truth}, Options{Order: order})
	if err != nil {
		b.Fatal(err)
	}
	return o.Asked
}
