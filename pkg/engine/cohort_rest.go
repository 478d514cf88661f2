package engine

import (
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
)

// rest is what a remainder looks at of a lane with several possible levels. It
// is filled in when the first of them is asked for.
type rest struct {
	filled bool
	terms  laneRows // the terms of indications that are possible
	open   laneRows // the slots without an answer, by their positions in few.slots
	d      Decision // for a remainder that does not serve
}

// knownGates are those of whether there is an answer, for each of few.slots.
func (w *cohortWiring) knownGates(f *few) (known []int32) {
	if f == nil {
		return nil
	}
	for i := range f.slots {
		known = append(known, w.known(f.slots[i].slot))
	}
	return known
}

// Rest is what Remainder.Of says of a lane.
func (c *Cohort) Rest(lane int, r *Remainder) (possible uint64, deciding []*pack.Question, exact bool) {
	possible = c.outcome.possible[seat(lane)]
	if possible&(possible-1) == 0 {
		return possible, nil, true
	}
	if !c.rest.filled {
		c.rest.fill(c.circuit.planes)
	}
	least, standing := bits.TrailingZeros64(possible), c.rest.terms.row(lane)
	if r.few != nil {
		if possible, deciding, ok := r.few.at(least, standing, c.rest.open.row(lane)[0]); ok {
			return possible, deciding, true
		}
	}
	d := &c.rest.d
	c.Answers(lane, d.answers)
	if r.cut != nil {
		possible, deciding = r.byDiagram(d.answers)
		return possible, deciding, true
	}
	d.Possible, d.Min, d.Max = possible, least, bits.Len64(possible)-1
	copy(d.possible, standing)
	return r.Of(d)
}

func (r *rest) fill(planes []pair) {
	r.terms.fill(planes, sayPossible)
	r.open.fill(planes, sayNotHolds)
	r.filled = true
}
