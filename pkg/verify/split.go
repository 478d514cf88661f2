package verify

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// split returns the pack with the totals and the items of some instruments as
// questions of their own, which do not have to agree. Slots stay what they
// are, and so do conditions.
func split(p *pack.Pack, instruments ...*pack.Question) *pack.Pack {
	out := *p
	out.Questions = append([]*pack.Question(nil), p.Questions...)
	out.Slots = append([]pack.Slot(nil), p.Slots...)
	for _, q := range instruments {
		total := *q
		total.Items = nil
		out.Questions[slices.Index(p.Questions, q)] = &total
		out.Slots[q.Slot].Question = &total
		for _, it := range q.Items {
			s := &out.Slots[it.Slot]
			s.Question = &pack.Question{ID: s.ID, Index: len(out.Questions), Slot: it.Slot, Kind: pack.Number, Worse: q.Worse, Max: s.Max}
			s.Item = -1
			out.Questions = append(out.Questions, s.Question)
		}
	}
	return &out
}

// exactly is a condition that makes a space tell all values of some slots
// apart; it is not meant to be asked for.
func exactly(slots []int) pack.Condition {
	s := &pack.Score{ID: "sum"}
	for _, slot := range slots {
		s.Terms = append(s.Terms, pack.Term{Slot: slot, Factor: 1})
	}
	return &pack.In{Score: s, Ranges: []pack.Interval{{From: 0, To: 0}}}
}

// variable returns the variable of a slot's value, of an instrument's rest or
// of an option, or -1.
func (f *frame) variable(slot, option int) int {
	for i := range f.s.Variables() {
		if v := &f.s.Variables()[i]; v.Slot == slot && (v.Kind != space.Chosen || v.Option == option) {
			return i
		}
	}
	return -1
}

// itemsTested returns the items of an instrument that tests look at by
// themselves.
func (t *tests) itemsTested(q *pack.Question) []int {
	var out []int
	for _, it := range q.Items {
		if len(t.ins[it.Slot])+len(t.terms[it.Slot]) > 0 {
			out = append(out, it.Slot)
		}
	}
	return out
}

// totalTested reports whether tests look at the total of a question.
func (t *tests) totalTested(q *pack.Question) bool {
	return len(t.ins[q.Slot])+len(t.terms[q.Slot]) > 0
}

// grade is the worst value of an item.
func grade(q *pack.Question) pack.Value { return pack.Value(len(q.Grades) - 1) }
