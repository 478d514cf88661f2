package coverage

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// reach returns the answers at a goal that are closest to a base; nil if they
// would contradict themselves.
func (m *model) reach(g goal, b base) pack.Answers {
	s := g.g.s
	a := slices.Clone(b.answers)
	for _, q := range m.pack.Questions {
		if len(q.Items) > 0 {
			m.unfold(s, q, a)
		}
	}
	from := s.Classes(a)
	point, found := s.Nearest(g.where, 1<<space.True, from)
	if !found {
		return nil
	}
	var variables []int
	for _, v := range s.Support(g.where) {
		if from[v] != point[v] {
			variables = append(variables, v)
		}
	}
	a = s.Toward(a, point, variables...)
	for _, q := range m.pack.Questions {
		if len(q.Items) > 0 {
			m.fold(q, a)
		}
		g.leaveOut(q, a)
	}
	return a
}

// unfold writes an instrument as the space sees it: by its items where some are
// told apart, else by its total.
func (m *model) unfold(s *space.Space, q *pack.Question, a pack.Answers) {
	total, _, known := q.Total(a)
	if !known {
		return
	}
	apart := map[int]bool{}
	for i := range s.Variables() {
		if v := &s.Variables()[i]; v.Question == q && v.Kind == space.Value {
			apart[v.Slot] = true
		}
	}
	if len(apart) == 0 {
		a[q.Slot] = total
		return
	}
	rest := total
	for _, it := range q.Items {
		if a[it.Slot].Known() {
			rest -= a[it.Slot]
		}
	}
	for _, last := range []bool{false, true} { // those that are looked at by themselves stay mild if they can
		for _, it := range q.Items {
			if !a[it.Slot].Known() && m.tested[it.Slot] == last {
				a[it.Slot] = min(rest, m.pack.Slots[it.Slot].Max)
				rest -= a[it.Slot]
			}
		}
	}
	a[q.Slot] = pack.Missing
}

// fold writes an instrument as people do: its total, and beside it the items
// that some test looks at.
func (m *model) fold(q *pack.Question, a pack.Answers) {
	if a[q.Slot].Known() {
		if m.pack.CheckAnswers(a) == nil {
			return
		}
		for _, it := range q.Items {
			a[it.Slot] = pack.Missing
		}
		return
	}
	sum := pack.Value(0)
	for _, it := range q.Items {
		if !a[it.Slot].Known() {
			return
		}
		sum += a[it.Slot]
	}
	a[q.Slot] = sum
	for _, it := range q.Items {
		if !m.tested[it.Slot] {
			a[it.Slot] = pack.Missing
		}
	}
}

// leaveOut takes answers away: one by one, and with the total of an instrument
// those items that are not looked at by themselves and would make up for it.
func (g *goal) leaveOut(q *pack.Question, a pack.Answers) {
	for _, slot := range q.Slots() {
		if g.out[slot] || g.out[q.Slot] && !slices.Contains(g.g.slots, slot) {
			a[slot] = pack.Missing
		}
	}
}
