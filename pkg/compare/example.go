package compare

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// Example is the mildest combination of answers with this move: as few
// questions as can be are not answered at their best. As answers to either
// pack it determines the two levels.
type Example struct {
	Answers [2]pack.Answers
	Stands  []Stand  // what is not at its best, in the order of the questions
	Others  int      // how many other questions are answered, each at its best
	Reasons []Reason // the criteria that make the difference here, the highest level first
}

// Stand is one answer of an example: to New if it asks the question, else to
// Old.
type Stand struct {
	Side  Side
	Only  bool // the other side does not ask it
	Slot  int
	Value pack.Value
}

// describe finds a move's example and holds it against both engines.
func (m *mover) describe(n *moveNode) (Move, error) {
	from, to := m.packs[Old].Levels[n.old], m.packs[New].Levels[n.new]
	out := Move{From: from, To: to, Direction: m.order.direction(from.ID, to.ID), Count: n.count}
	point, found := m.s.Example(n.n, 1<<space.True)
	if !found {
		return out, fmt.Errorf("no example leads from %s to %s", from.ID, to.ID)
	}
	a := m.answers(point)
	var d [2]engine.Decision
	for s, level := range []*pack.Level{from, to} {
		out.Example.Answers[s] = m.joint.answers(Side(s), m.packs[s], a)
		m.engines[s].Decide(out.Example.Answers[s], &d[s])
		if !d[s].Determined() || d[s].Min != level.Index {
			return out, fmt.Errorf("the %v engine does not agree that the example of %s to %s ends at %s", Side(s), from.ID, to.ID, level.ID)
		}
	}
	m.stands(&out.Example, point)
	out.Example.Reasons = m.reasons(&d[Old], &d[New], from.ID, to.ID)
	return out, nil
}

// answers answers all that an indication of either pack tests. Where no
// combination depends on a question, any answer will do: it has no variable if
// all that is tested of it are options that only one of the packs has.
func (m *mover) answers(point []int) pack.Answers {
	all := make([]int, len(point))
	for v := range all {
		all[v] = v
	}
	a := m.s.Answers(point, all...)
	for _, q := range m.joint.questions {
		if m.tested[q.Question] && len(q.Items) == 0 && !a[q.Slot].Known() {
			a[q.Slot] = m.joint.pack.Slots[q.Slot].Min
		}
	}
	return a
}

// stands picks the answers that are not at their best.
func (m *mover) stands(e *Example, point []int) {
	out := map[*pack.Question]bool{}
	for v, at := range m.s.Variables() {
		out[at.Question] = out[at.Question] || point[v] != at.Best
	}
	for _, q := range m.joint.questions {
		switch {
		case out[q.Question]:
			e.Stands = append(e.Stands, m.standsOf(q, e, point)...)
		case m.tested[q.Question]:
			e.Others++
		}
	}
}

// standsOf are the answers to one question: of an instrument the total, if it
// is known, and those items that are tested by themselves.
func (m *mover) standsOf(q *jointQuestion, e *Example, point []int) []Stand {
	side := New
	if q.on[New] == nil || len(q.on[New].Items) < len(q.Items) && q.on[Old] != nil {
		side = Old
	}
	own, a := q.on[side], e.Answers[side]
	only := q.on[1-side] == nil
	if len(own.Items) == 0 {
		return []Stand{{side, only, own.Slot, a[own.Slot]}}
	}
	var out []Stand
	if total, filled, known := own.Total(a); known && filled == 0 {
		out = append(out, Stand{side, only, own.Slot, total})
	}
	for v, at := range m.s.Variables() {
		if at.Question == q.Question && at.Kind == space.Value && point[v] != at.Best {
			slot := own.Items[m.joint.pack.Slots[at.Slot].Item].Slot
			out = append(out, Stand{side, only, slot, a[slot]})
		}
	}
	return out
}
