package space_test

import (
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
)

// TestTwelveByFiveIsCountedOut counts all 244,140,625 combinations of twelve
// questions with five values each, one by one, under 20 random criteria of
// three tests, and holds the counts of the levels against the space's.
func TestTwelveByFiveIsCountedOut(t *testing.T) {
	if testing.Short() {
		t.Skip("it takes a second")
	}
	const questions, values, criteria = 12, 5, 20
	p := scales(rand.New(rand.NewPCG(7, 1)), questions, values, criteria)
	var standing [questions][values]uint32 // the criteria that a value leaves standing
	var levelOf [criteria]int
	n := 0
	for l, level := range p.Levels {
		for _, c := range level.Indications {
			levelOf[n] = l
			tests := map[int]*pack.In{}
			for _, of := range c.When.(*pack.All).Of {
				tests[of.(*pack.In).Slot] = of.(*pack.In)
			}
			for q := range questions {
				for v := range values {
					in := tests[q]
					if in == nil || in.Ranges[0].From <= pack.Value(v) && pack.Value(v) <= in.Ranges[0].To {
						standing[q][v] |= 1 << n
					}
				}
			}
			n++
		}
	}
	// Criteria come level by level, so the highest bit tells the level.
	var highest [1 << 11]int8
	for mask := range highest {
		highest[mask] = -1
		for i := range 11 {
			if mask>>i&1 == 1 {
				highest[mask] = int8(i)
			}
		}
	}
	levelOfMask := func(m uint32) int {
		switch {
		case m>>10 != 0:
			return levelOf[10+highest[m>>10]]
		case m != 0:
			return levelOf[highest[m]]
		}
		return 0
	}
	var want [5]int64
	var count func(q int, mask uint32)
	count = func(q int, mask uint32) {
		if q == questions {
			want[levelOfMask(mask)]++
			return
		}
		for _, s := range standing[q] {
			count(q+1, mask&s)
		}
	}
	count(0, 1<<criteria-1)

	s, f := build(t, p)
	if s.Size().Cmp(big.NewInt(244140625)) != 0 {
		t.Errorf("%v combinations", s.Size())
	}
	for l, got := range s.Counts(f) {
		if got == nil {
			got = new(big.Int)
		}
		if l < len(want) && got.Cmp(big.NewInt(want[l])) != 0 || l >= len(want) && got.Sign() != 0 {
			t.Errorf("level %d: %v, counted out %d", l, got, want[l])
		}
	}
}
