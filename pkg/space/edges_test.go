package space_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// TestManyGroupsLeaveNoQuestionOut has more groups of questions than the order
// is found from; the last one is the only one to test its question.
func TestManyGroupsLeaveNoQuestionOut(t *testing.T) {
	p := scales(rand.New(rand.NewPCG(1, 1)), 3, 4, 0)
	first := &pack.In{Slot: 0, Ranges: []pack.Interval{{From: 1, To: 3}}}
	any := &pack.Any{}
	for range 5000 {
		any.Of = append(any.Of, &pack.All{Of: []pack.Condition{first}})
	}
	any.Of = append(any.Of, &pack.In{Slot: 2, Ranges: []pack.Interval{{From: 3, To: 3}}})
	s, err := space.New(p, space.Options{Conditions: []pack.Condition{any}})
	if err != nil {
		t.Fatal(err)
	}
	if got, want := s.Count(s.Condition(any)), big.NewInt(64-4*3); got.Cmp(want) != 0 {
		t.Errorf("holds on %v combinations, expected %v", got, want)
	}
}
