package engine_test

import (
	"math/rand/v2"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// BenchmarkCohort decides on people as they come, sixty-four at a time, and one
// by one; also with what is left to decide.
func BenchmarkCohort(b *testing.B) {
	p := shippedPacks(b)[rules.Default]
	e := compile(b, p)
	r := rand.New(rand.NewPCG(1, 67))
	const groups = 64 // too many for a processor to learn by heart
	var people [groups][engine.Lanes]pack.Answers
	for g := range people {
		for lane := range people[g] {
			people[g][lane] = enginetest.Likely(r, p)
		}
	}
	var cohorts [groups]*engine.Cohort
	for g := range cohorts {
		cohorts[g] = e.NewCohort()
		for lane, a := range people[g] {
			for slot, v := range a {
				cohorts[g].Set(slot, lane, v)
			}
		}
	}
	perPerson := func(b *testing.B) {
		b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/engine.Lanes, "ns/person")
	}
	for _, withRest := range []bool{false, true} {
		name := ""
		if withRest {
			name = ", and the rest"
		}
		rest := e.Remainder()
		b.Run("together"+name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				c := cohorts[i%groups]
				c.Decide(engine.Lanes)
				for lane := 0; withRest && lane < engine.Lanes; lane++ {
					c.Rest(lane, rest)
				}
			}
			perPerson(b)
		})
		b.Run("one by one"+name, func(b *testing.B) {
			var d engine.Decision
			var unmet, unknown, held, notes []int
			for i := 0; b.Loop(); i++ {
				for _, a := range people[i%groups] {
					e.Decide(a, &d)
					unmet, unknown = d.Requirements(d.Min, unmet[:0], unknown[:0])
					held, notes = d.Indications(held[:0]), d.Notes(notes[:0])
					if withRest {
						rest.Of(&d)
					}
				}
			}
			perPerson(b)
		})
	}
}
