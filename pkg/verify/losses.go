package verify

import (
	"encoding/binary"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// loss is what is known on the way to one: the level with all items, the
// greatest possible one without some of them, and where both can be.
type loss struct {
	higher, lower, where space.Node
	picks                []pick
}

// pick is one way to leave out items of one instrument.
type pick struct {
	of     *filling
	way    way
	values []pack.Value // of the tested items that are left out
	kept   pack.Value   // the sum of the items that are left in
	rest   pack.Value   // the sum of the others that are left out
	filled pack.Value   // the total that stands in for them
}

func (p *pick) total() pack.Value {
	t := p.kept + p.rest
	for _, x := range p.values {
		t += x
	}
	return t
}

// search goes through all ways to leave out items.
type search struct {
	f     *frame
	fills []*filling
	steps int // how many more may be taken
	found *loss
	only  []*pack.Note // what covers all losses so far, as long as all are contradictory
	clean bool         // whether the one that was found is not
}

// maxLosses bounds how many ways are gone through.
const maxLosses = 1 << 18

func (s *search) from(i int, l loss) {
	if i == len(s.fills) {
		s.end(l)
		return
	}
	fill := s.fills[i]
	seen := map[string]bool{}
	for _, w := range fill.ways {
		top := grade(fill.q) * pack.Value(len(fill.q.Items)-w.left())
		for kept := pack.Value(0); kept <= top && !s.done(); kept++ {
			s.steps--
			where := s.f.s.And(l.where, s.keeps(fill, w, kept))
			if where == space.False {
				continue
			}
			p := pick{of: fill, way: w, kept: kept, filled: fill.filled(s.f.run.pack, w, kept)}
			s.values(i, l, p, where, seen)
		}
	}
}

// values goes through what the items that are left out can be.
func (s *search) values(i int, l loss, p pick, where space.Node, seen map[string]bool) {
	if s.done() {
		return
	}
	if len(p.values) < len(p.way.items) {
		for x := pack.Value(0); x <= grade(p.of.q); x++ {
			next := p
			next.values = append(p.values[:len(p.values):len(p.values)], x)
			s.values(i, l, next, where, seen)
		}
		return
	}
	for p.rest = 0; p.rest <= grade(p.of.q)*pack.Value(p.way.rest) && !s.done(); p.rest++ {
		s.steps--
		total := s.f.variable(p.of.q.Slot, 0)
		v := &s.f.s.Variables()[total]
		with, without := v.ClassOf(p.total()), v.ClassOf(p.filled)
		if key := keyOf(p, with, without, where); !seen[key] {
			seen[key] = true
			s.from(i+1, s.next(l, p, where, total, with, without))
		}
	}
}

// done reports whether nothing more has to be looked at.
func (s *search) done() bool { return s.clean || s.steps < 0 || s.f.s.Err() != nil }

// keyOf is what a pick comes down to.
func keyOf(p pick, with, without int, where space.Node) string {
	key := binary.AppendVarint(nil, int64(with))
	key = binary.AppendVarint(key, int64(without))
	key = binary.AppendVarint(key, int64(where))
	for i, slot := range p.way.items {
		key = binary.AppendVarint(key, int64(slot))
		key = binary.AppendVarint(key, int64(p.values[i]))
	}
	return string(key)
}

func (s *search) next(l loss, p pick, where space.Node, total, with, without int) loss {
	choices := []space.Choice{{Variable: total, Class: with}}
	var open []int
	for i, slot := range p.way.items {
		v := s.f.variable(slot, 0)
		open = append(open, v)
		choices = append(choices, space.Choice{Variable: v, Class: s.f.s.Variables()[v].ClassOf(p.values[i])})
	}
	return loss{
		higher: s.f.s.Given(l.higher, choices...),
		lower:  s.f.s.Most(s.f.s.Given(l.lower, space.Choice{Variable: total, Class: without}), open...),
		where:  where,
		picks:  append(l.picks[:len(l.picks):len(l.picks)], p),
	}
}

// keeps is where the tested items that are left in leave room for the rest to
// bring their sum to what it is said to be.
func (s *search) keeps(fill *filling, w way, sum pack.Value) space.Node {
	var open []int
	for _, slot := range fill.items {
		if !slices.Contains(w.items, slot) {
			open = append(open, s.f.variable(slot, 0))
		}
	}
	rest := grade(fill.q) * pack.Value(len(fill.rest)-w.rest)
	return s.f.s.SumIn(open, pack.Interval{From: sum - rest, To: sum})
}

// end keeps a loss: the first, or the first that is not contradictory.
func (s *search) end(l loss) {
	l.where = s.f.s.And(l.where, s.f.s.Less(l.lower, l.higher))
	if l.where == space.False {
		return
	}
	clean := s.f.s.And(l.where, s.f.s.Not(s.contradictory(l)))
	if s.clean = clean != space.False; s.clean {
		l.where, s.found, s.only = clean, &l, nil
		return
	}
	if s.found == nil {
		s.found = &l
	}
	s.cover(l)
}

// contradictory is where the pack calls the full answers contradictory.
func (s *search) contradictory(l loss) space.Node { return s.full(s.f.contradictory(), l) }

// full is a function of the answers with all items of the picks.
func (s *search) full(n space.Node, l loss) space.Node {
	var choices []space.Choice
	for i := range l.picks {
		p := &l.picks[i]
		choices = append(choices, s.choice(p.of.q.Slot, p.total()))
		for k, slot := range p.way.items {
			choices = append(choices, s.choice(slot, p.values[k]))
		}
	}
	return s.f.s.Given(n, choices...)
}

func (s *search) choice(slot int, x pack.Value) space.Choice {
	v := s.f.variable(slot, 0)
	return space.Choice{Variable: v, Class: s.f.s.Variables()[v].ClassOf(x)}
}

// cover adds contradictions that cover the loss.
func (s *search) cover(l loss) {
	nodes := make([]space.Node, len(s.f.notes))
	for i, n := range s.f.notes {
		nodes[i] = s.full(s.f.s.Condition(n.When), l)
	}
	for _, i := range s.f.cover(l.where, nodes) {
		if n := s.f.notes[i]; !slices.Contains(s.only, n) {
			s.only = append(s.only, n)
		}
	}
}
