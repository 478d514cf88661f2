package engine_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/google/go-cmp/cmp"
)

// What requirements, services and notes test is not among the tests, and what
// two indications test is there once.
func TestTests(t *testing.T) {
	var got []string
	for _, c := range compile(t, ward()).Tests() {
		switch c := c.(type) {
		case *pack.Includes:
			got = append(got, fmt.Sprintf("%d includes %b", c.Slot, c.Mask))
		case *pack.In:
			from := fmt.Sprint(c.Slot)
			if c.Score != nil {
				from = c.Score.ID
			}
			got = append(got, fmt.Sprintf("%s in %v", from, c.Ranges))
		}
	}
	slices.Sort(got)
	want := []string{"0 in [{1 3}]", "0 in [{2 3}]", "0 in [{3 3}]", "1 in [{1 1}]", "2 includes 110", "3 in [{20 3000}]", "4 in [{6 9}]", "load in [{9 12}]"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestScore(t *testing.T) {
	p := ward()
	e := compile(t, p)
	a := p.NewAnswers()
	for _, step := range []struct {
		slot, value, lo, hi pack.Value
	}{
		{3, 1, 0, 12},
		{0, 3, 3, 12}, // weighs 3
		{5, 2, 5, 11}, // the first of three items
		{7, 1, 8, 8},  // the last: the second is filled with their mean, 1.5, and 4.5 is 5
	} {
		a[step.slot] = step.value
		if lo, hi := e.Score(a, p.Scores[0]); lo != step.lo || hi != step.hi {
			t.Errorf("after slot %d: %d to %d, want %d to %d", step.slot, lo, hi, step.lo, step.hi)
		}
	}
	if lo, hi := e.Score(a, &pack.Score{}); lo != 0 || hi != 0 {
		t.Errorf("a score of another pack is %d to %d", lo, hi)
	}
}
