package atlas

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// flat is a pack in which everything that a test looks at is a question of its
// own: the total of an instrument beside its items, and every score. A table
// that names a total and an item needs no third column for what is left of
// the total, and a condition on a sum stays one interval.
//
// The price is that its columns are not independent: rows in which a total
// and an item contradict each other are found by counting and left out.
type flat struct {
	pack   *pack.Pack
	scores map[int]*pack.Score // by slot of the flat pack
	slotOf map[*pack.Score]int
	named  map[*pack.NamedCondition]*pack.NamedCondition
}

func flatten(p *pack.Pack) *flat {
	f := &flat{pack: &pack.Pack{ID: p.ID}, scores: map[int]*pack.Score{}, slotOf: map[*pack.Score]int{}, named: map[*pack.NamedCondition]*pack.NamedCondition{}}
	f.pack.Slots = slices.Clone(p.Slots)
	for _, q := range p.Questions {
		if len(q.Items) == 0 {
			f.add(q)
			continue
		}
		total := *q
		total.Items = nil
		f.add(&total)
		for _, it := range q.Items {
			f.add(&pack.Question{ID: it.ID, Slot: it.Slot, Kind: pack.Number, Worse: pack.WorseHigher, Max: p.Slots[it.Slot].Max})
		}
	}
	for _, s := range p.Scores {
		slot := len(f.pack.Slots)
		f.pack.Slots = append(f.pack.Slots, pack.Slot{ID: s.ID, Min: s.Min, Max: s.Max})
		f.add(&pack.Question{ID: s.ID, Slot: slot, Kind: pack.Number, Worse: pack.WorseHigher, Min: s.Min, Max: s.Max})
		f.scores[slot], f.slotOf[s] = s, slot
	}
	return f
}

func (f *flat) add(q *pack.Question) {
	f.pack.Questions = append(f.pack.Questions, q)
	s := &f.pack.Slots[q.Slot]
	s.Question, s.Item = q, -1
}

// condition returns c with tests of scores as tests of their own slots.
func (f *flat) condition(c pack.Condition) pack.Condition {
	switch c := c.(type) {
	case *pack.All:
		return &pack.All{Of: f.conditions(c.Of)}
	case *pack.Any:
		return &pack.Any{Of: f.conditions(c.Of)}
	case *pack.None:
		return &pack.None{Of: f.conditions(c.Of)}
	case *pack.AtLeast:
		return &pack.AtLeast{Count: c.Count, Of: f.conditions(c.Of)}
	case *pack.Ref:
		return &pack.Ref{To: f.namedCondition(c.To)}
	case *pack.In:
		if c.Score != nil {
			return &pack.In{Slot: f.slotOf[c.Score], Ranges: c.Ranges}
		}
	}
	return c
}

func (f *flat) conditions(of []pack.Condition) []pack.Condition {
	out := make([]pack.Condition, len(of))
	for i, c := range of {
		out[i] = f.condition(c)
	}
	return out
}

func (f *flat) namedCondition(to *pack.NamedCondition) *pack.NamedCondition {
	if to == nil {
		return nil
	}
	n, seen := f.named[to]
	if !seen {
		n = &pack.NamedCondition{ID: to.ID}
		f.named[to] = n // before what it says, which may refer to it by mistake
		n.When = f.condition(to.When)
	}
	return n
}
