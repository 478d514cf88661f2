package verify

import (
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// agreeing reports whether conditions test the total of an instrument as well
// as single items: then a step of one is a step of the other, and what hangs
// on the line that is drawn in one of them is found where they are questions
// of their own.
func (e *effects) agreeing(q *pack.Question) bool {
	return e.said.totalTested(q) && len(e.all.itemsTested(q)) > 0 && !e.all.counted(q)
}

// totals looks at the lines drawn in such an instrument.
func (e *effects) totals(q *pack.Question) job {
	items := e.said.itemsTested(q)
	of := e.said.rules[q]
	j := job{pack: split(e.run.pack, q), conditions: of, open: []Proof{{ID: "line-" + q.ID, Kind: Effects, About: Part{Question: q}, At: q.At}}}
	if len(items) > 0 {
		j.conditions = append(of[:len(of):len(of)], exactly(items))
	}
	j.prove = func(f *frame) []Proof {
		if e.idle[q] {
			return nil // said already
		}
		var roots []space.Node
		for _, c := range of {
			roots = append(roots, f.s.Condition(c))
		}
		t := &totals{f, q, roots, items, f.variable(q.Slot, 0)}
		out := e.lines(q, q.Slot, t.alike)
		for i, slot := range items {
			out = append(out, e.lines(q, slot, func(x, y pack.Value) bool { return t.itemsAlike(i, x, y) })...)
		}
		return out
	}
	return j
}

// totals is an instrument whose total and items are questions of their own.
type totals struct {
	f     *frame
	q     *pack.Question
	roots []space.Node
	items []int // slots of those that are tested
	total int   // variable
}

// alike reports whether nothing hangs on the total's being x or y, where the
// items allow one of them.
func (t *totals) alike(x, y pack.Value) bool {
	can := t.f.s.Or(t.agrees(x, none, 0), t.agrees(y, none, 0))
	return t.same(t.total, x, y, nil, can)
}

const none = -1

// itemsAlike reports the same of one item, whatever the total is.
func (t *totals) itemsAlike(i int, x, y pack.Value) bool {
	for c, class := range t.f.s.Variables()[t.total].Classes {
		can := space.False
		for _, r := range class.Values {
			for total := r.From; total <= r.To; total++ {
				can = t.f.s.Or(can, t.agrees(total, i, x), t.agrees(total, i, y))
			}
		}
		if !t.same(t.f.variable(t.items[i], 0), x, y, []space.Choice{{Variable: t.total, Class: c}}, can) {
			return false
		}
	}
	return true
}

// same reports whether none of the functions differs between two values of a
// variable, where it can be.
func (t *totals) same(v int, x, y pack.Value, fixed []space.Choice, can space.Node) bool {
	s := t.f.s
	at := &s.Variables()[v]
	for _, n := range t.roots {
		a := s.Given(n, append(fixed, space.Choice{Variable: v, Class: at.ClassOf(x)})...)
		b := s.Given(n, append(fixed, space.Choice{Variable: v, Class: at.ClassOf(y)})...)
		if s.And(s.Differ(a, b), can) != space.False {
			return false
		}
	}
	return true
}

// agrees is where the tested items, of which one may be fixed, leave room for
// the others to bring the sum to a total.
func (t *totals) agrees(total pack.Value, fixed int, x pack.Value) space.Node {
	var open []int
	for i, slot := range t.items {
		if i != fixed {
			open = append(open, t.f.variable(slot, 0))
		}
	}
	others := pack.Value(len(t.q.Items)-len(t.items)) * grade(t.q)
	return t.f.s.SumIn(open, pack.Interval{From: total - x - others, To: total - x})
}
