package batch

import (
	"math/rand/v2"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Whatever stands in the columns of a cohort, the lanes whose totals are wrong
// are those that the pack complains of.
func TestTotalsAreCheckedAsThePackDoes(t *testing.T) {
	wrong, right, summed := 0, 0, 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 4))
		p := enginetest.Pack(r, enginetest.Size{Questions: 6})
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		c := e.NewCohort()
		var all []totals
		for _, q := range p.Questions {
			if len(q.Items) > 0 {
				if x := newTotals(c, p, q); x != nil {
					all = append(all, *x)
				} else {
					all = nil
					break
				}
			}
		}
		if len(all) == 0 {
			continue
		}
		summed++
		a := p.NewAnswers()
		for lane := range engine.Lanes {
			randomAnswers(r, p, a)
			for slot, v := range a {
				c.Set(slot, lane, v)
			}
		}
		lanes := uint64(0)
		for i := range all {
			lanes |= all[i].wrong()
		}
		for lane := range engine.Lanes {
			c.Answers(lane, a)
			err := p.CheckAnswers(a)
			if found := lanes>>lane&1 != 0; found != (err != nil) {
				t.Fatalf("seed %d, %v: found %v, the pack says %v", seed, a, found, err)
			}
			if err != nil {
				wrong++
			} else {
				right++
			}
		}
	}
	if wrong < 500 || right < 500 || summed < 50 {
		t.Errorf("%d wrong, %d right, of %d packs: too few", wrong, right, summed)
	}
}

// randomAnswers are any of the domains, the totals near those of the items.
func randomAnswers(r *rand.Rand, p *pack.Pack, a pack.Answers) {
	for i, s := range p.Slots {
		switch r.IntN(6) {
		case 0:
			a[i] = pack.Missing
		case 1:
			a[i] = pack.NotAssessed
		default:
			a[i] = s.Min + pack.Value(r.Int64N(int64(s.Max-s.Min)+1))
		}
	}
	for _, q := range p.Questions {
		sum := pack.Value(0)
		for _, it := range q.Items {
			sum += max(0, a[it.Slot])
		}
		if a[q.Slot].Known() && len(q.Items) > 0 && r.IntN(3) > 0 {
			a[q.Slot] = min(p.Slots[q.Slot].Max, max(p.Slots[q.Slot].Min, sum+pack.Value(r.IntN(5)-2)))
		}
	}
}
