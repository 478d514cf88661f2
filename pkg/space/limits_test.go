package space_test

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// TestSumsThatNeverMeetAreTooLarge: a score whose partial sums are all
// different has more of them than can be gone through, however few nodes they
// come down to.
func TestSumsThatNeverMeetAreTooLarge(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 1))
	p := scales(rnd, 40, 4, 4)
	s := &pack.Score{ID: "s"}
	for slot := range p.Slots {
		weights := make([]pack.Value, 4)
		for i := range weights {
			weights[i] = pack.Value(rnd.IntN(1 << 20))
		}
		s.Terms = append(s.Terms, pack.Term{Slot: slot, Weights: weights})
		s.Max += 1 << 20
	}
	c := &pack.In{Score: s, Ranges: []pack.Interval{{From: s.Max / 2, To: s.Max}}}
	for _, nodes := range []int{10, 1000, 50_000} {
		sp, err := space.New(p, space.Options{Conditions: []pack.Condition{c}, Nodes: nodes})
		if err != nil {
			t.Fatal(err)
		}
		sp.Condition(c)
		if err := sp.Err(); !errors.Is(err, space.ErrTooLarge) {
			t.Errorf("%d nodes: %v", nodes, err)
		}
	}
}
