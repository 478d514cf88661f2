package verify

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// filling is an instrument some of whose items are left out.
type filling struct {
	q     *pack.Question
	items []int // slots that conditions test by themselves
	rest  []int // the others: only their sum matters
	ways  []way // the fewest items first
	cut   bool  // whether there are more ways than are listed
}

// way is which items are left out: tested ones, and so many of the rest.
type way struct {
	items []int
	rest  int
}

// newFilling lists the ways to leave out items that are filled in; with tested,
// only those that leave out one that is tested.
func newFilling(q *pack.Question, items []int, tested bool) *filling {
	f := &filling{q: q, items: items}
	var may []int
	for _, it := range q.Items {
		switch {
		case !slices.Contains(items, it.Slot):
			f.rest = append(f.rest, it.Slot)
		case fillable(q, it.Slot):
			may = append(may, it.Slot)
		}
	}
	most := min(q.Fill.AtMost, len(q.Items)-1)
	var choose func(from int, chosen []int)
	choose = func(from int, chosen []int) {
		if f.cut = len(f.ways) > maxLosses; f.cut {
			return
		}
		for k := 0; k <= len(f.fillableRest()) && len(chosen)+k <= most; k++ {
			if len(chosen)+k > 0 && (len(chosen) > 0 || !tested) {
				f.ways = append(f.ways, way{slices.Clone(chosen), k})
			}
		}
		for i := from; i < len(may) && len(chosen) < most; i++ {
			choose(i+1, append(chosen, may[i]))
		}
	}
	choose(0, nil)
	slices.SortStableFunc(f.ways, func(a, b way) int { return a.left() - b.left() })
	return f
}

func (w way) left() int { return len(w.items) + w.rest }

func (f *filling) fillableRest() []int {
	var out []int
	for _, slot := range f.rest {
		if fillable(f.q, slot) {
			out = append(out, slot)
		}
	}
	return out
}

// filled returns what stands in for the total when the answered items of a way
// add up to a sum. The pack itself does the arithmetic.
func (f *filling) filled(p *pack.Pack, w way, sum pack.Value) pack.Value {
	a := p.NewAnswers()
	fillUp(p, a, f.kept(w), sum)
	total, _, _ := f.q.Total(a)
	return total
}

// leftOut returns the slots that a way leaves out.
func (f *filling) leftOut(w way) []int {
	rest := f.fillableRest()
	return slices.Concat(w.items, rest[len(rest)-w.rest:])
}

// kept returns the slots that a way leaves in.
func (f *filling) kept(w way) []int {
	left := f.leftOut(w)
	var out []int
	for _, it := range f.q.Items {
		if !slices.Contains(left, it.Slot) {
			out = append(out, it.Slot)
		}
	}
	return out
}
