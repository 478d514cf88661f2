package enginetest

import (
	"math/rand/v2"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Answers returns random answers of which about percent are there. An
// instrument gets a total, or items, or both, which then agree.
func Answers(r *rand.Rand, p *pack.Pack, percent int) pack.Answers {
	a := p.NewAnswers()
	for i := range p.Slots {
		if r.IntN(100) < percent {
			a[i] = value(r, &p.Slots[i])
		} else if r.IntN(10) == 0 {
			a[i] = pack.NotAssessed
		}
	}
	for _, q := range p.Questions {
		if len(q.Items) > 0 && r.IntN(3) > 0 {
			a[q.Slot] = pack.Missing
		}
	}
	Agree(p, a)
	return a
}

// Likely returns answers near those of the pack's cases, which it must have:
// those of a case, the open questions answered mildly, some answers left out.
func Likely(r *rand.Rand, p *pack.Pack) pack.Answers {
	a := slices.Clone(p.Tests[r.IntN(len(p.Tests))].Answers)
	for i, s := range p.Slots {
		switch q := s.Question; {
		case s.IsItem():
			a[i] = pack.Missing
		case r.IntN(100) < 8:
			a[i] = pack.Missing
		case a[i].Known():
		case q.Worse == pack.WorseLower:
			a[i] = s.Max
		default:
			a[i] = s.Min
		}
	}
	return a
}

func value(r *rand.Rand, s *pack.Slot) pack.Value {
	return s.Min + pack.Value(r.Int64N(int64(s.Max-s.Min)+1))
}

// Agree brings given totals within what the given items allow.
func Agree(p *pack.Pack, a pack.Answers) {
	for _, q := range p.Questions {
		if total := a[q.Slot]; len(q.Items) > 0 && total.Known() {
			a[q.Slot] = pack.Missing
			open := q
			if q.Fill.AtMost > 0 {
				unfilled := *q
				unfilled.Fill = pack.Fill{}
				open = &unfilled
			}
			lo, hi := open.TotalBounds(a)
			a[q.Slot] = min(max(total, lo), hi)
		}
	}
}

// AllAnswers yields every way to answer p, the missing answers included, in
// the same slice, which is nil if there are more than limit.
func AllAnswers(p *pack.Pack, limit int, yield func(pack.Answers) bool) (complete bool) {
	a := p.NewAnswers()
	n := 1
	for i := range p.Slots {
		if n *= int(p.Slots[i].Max-p.Slots[i].Min) + 2; n > limit {
			return false
		}
	}
	for {
		if !yield(a) {
			return true
		}
		i := 0
		for ; i < len(a); i++ {
			if s := &p.Slots[i]; a[i] == pack.Missing {
				a[i] = s.Min
				break
			} else if a[i] < s.Max {
				a[i]++
				break
			}
			a[i] = pack.Missing
		}
		if i == len(a) {
			return true
		}
	}
}

// Completions yields every way to answer what is missing in a, in the same
// slice. A total that is known stays what it is, be it filled in: it stands
// for the items, which then take any value. It returns false, and yields
// nothing, if there are more than limit ways.
func Completions(p *pack.Pack, a pack.Answers, limit int, yield func(pack.Answers) bool) bool {
	b := append(pack.Answers(nil), a...)
	var open []int
	var given []*pack.Question
	n := 1
	for i := range p.Slots {
		s := &p.Slots[i]
		if !s.IsItem() && s.Question.Kind == pack.Instrument {
			if v, _, known := s.Question.Total(a); known {
				b[i] = v
				if a[i].Known() && possible(s.Question, a) {
					given = append(given, s.Question)
				}
				continue
			} else if len(s.Question.Items) > 0 {
				b[i] = pack.Missing
				continue
			}
		}
		if !b[i].Known() {
			open = append(open, i)
			if n *= int(s.Max-s.Min) + 1; n > limit {
				return false
			}
			b[i] = s.Min
		}
	}
	for {
		if addUp(given, b) && !yield(b) {
			return true
		}
		k := 0
		for ; k < len(open); k++ {
			if s := &p.Slots[open[k]]; b[open[k]] < s.Max {
				b[open[k]]++
				break
			} else {
				b[open[k]] = s.Min
			}
		}
		if k == len(open) {
			return true
		}
	}
}

// possible reports whether some values of the open items add up to the total.
func possible(q *pack.Question, a pack.Answers) bool {
	if len(q.Items) == 0 {
		return false
	}
	var lo, hi pack.Value
	for _, it := range q.Items {
		if v := a[it.Slot]; v.Known() {
			lo, hi = lo+v, hi+v
		} else {
			hi += pack.Value(len(q.Grades) - 1)
		}
	}
	return lo <= a[q.Slot] && a[q.Slot] <= hi
}

func addUp(given []*pack.Question, b pack.Answers) bool {
	for _, q := range given {
		sum := pack.Value(0)
		for _, it := range q.Items {
			sum += b[it.Slot]
		}
		if sum != b[q.Slot] {
			return false
		}
	}
	return true
}
