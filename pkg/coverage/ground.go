package coverage

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// ground is the space of what one rule tests, or the level hangs on.
type ground struct {
	m     *model
	s     *space.Space
	slots []int // that it tests
	asked []int // those of them of which it tests whether there is an answer
	exact bool  // whether all ways to leave answers out are looked at
}

// mostAsked bounds the ways of leaving out answers that are looked at: two to
// this power.
const mostAsked = 8

// pair is a condition over three values: where it is true, and where false.
type pair struct{ t, f space.Node }

var unknown = pair{space.False, space.False}

// newGround makes the space of conditions; nil if it does not fit.
func (m *model) newGround(conditions ...pack.Condition) *ground {
	g := &ground{m: m, exact: true}
	var tests []pack.Condition
	seen := map[int]bool{}
	mark := func(slot int) {
		if !seen[slot] {
			seen[slot] = true
			g.slots = append(g.slots, slot)
		}
	}
	for _, c := range conditions {
		pack.Walk(c, func(c pack.Condition) bool {
			switch c := c.(type) {
			case *pack.In:
				tests = append(tests, c)
				if c.Score == nil {
					mark(c.Slot)
					break
				}
				for _, t := range c.Score.Terms {
					mark(t.Slot)
				}
			case *pack.Includes:
				tests = append(tests, c)
				mark(c.Slot)
			case *pack.Answered:
				mark(c.Slot)
				if !slices.Contains(g.asked, c.Slot) {
					g.asked = append(g.asked, c.Slot)
				}
			}
			return true
		})
	}
	s, err := space.New(m.pack, space.Options{Conditions: tests})
	if err != nil {
		return nil
	}
	g.s = s
	g.restrict(tests)
	return g
}

// restrict finds out whether leaving out the asked answers is something that
// can be done with each by itself.
func (g *ground) restrict(tests []pack.Condition) {
	if len(g.asked) > mostAsked {
		g.exact, g.asked = false, g.asked[:mostAsked]
	}
	for _, slot := range g.asked {
		if g.m.pack.Slots[slot].Question.Kind == pack.Instrument {
			g.exact = false
		}
		for _, c := range tests {
			if in, ok := c.(*pack.In); ok && in.Score != nil && slices.ContainsFunc(in.Score.Terms, func(t pack.Term) bool { return t.Slot == slot }) {
				g.exact = false
			}
		}
	}
}

// ways are the sets of asked answers that can be left out, none of them first.
func (g *ground) ways() (ways []map[int]bool) {
	for mask := range 1 << len(g.asked) {
		way := map[int]bool{}
		for i, slot := range g.asked {
			if mask>>i&1 == 1 {
				way[slot] = true
			}
		}
		ways = append(ways, way)
	}
	return ways
}

// without is a way with everything left out that is not asked for itself.
func (g *ground) without(way map[int]bool) map[int]bool {
	all := map[int]bool{}
	for _, slot := range g.slots {
		all[slot] = way[slot] || !slices.Contains(g.asked, slot)
	}
	return all
}

// of is a condition where some answers are left out and all others given.
func (g *ground) of(c pack.Condition, out map[int]bool) pair {
	switch c := c.(type) {
	case *pack.Ref:
		return g.of(c.To.When, out)
	case *pack.All:
		return g.joint(len(c.Of), false, g.parts(c.Of, out))
	case *pack.Any:
		return g.joint(1, false, g.parts(c.Of, out))
	case *pack.None:
		return g.joint(1, true, g.parts(c.Of, out))
	case *pack.AtLeast:
		return g.joint(c.Count, false, g.parts(c.Of, out))
	case *pack.Answered:
		if out[c.Slot] == c.Want {
			return pair{space.False, space.True}
		}
		return pair{space.True, space.False}
	case *pack.Includes:
		if out[c.Slot] {
			return unknown
		}
	case *pack.In:
		if c.Score == nil && out[c.Slot] {
			s := &g.m.pack.Slots[c.Slot]
			return open(c, s.Min, s.Max)
		}
		if c.Score != nil && slices.ContainsFunc(c.Score.Terms, func(t pack.Term) bool { return out[t.Slot] }) {
			return open(c, c.Score.Min, c.Score.Max)
		}
	}
	n := g.s.Condition(c)
	return pair{n, g.s.Not(n)}
}

// open is a test of what is not known but for its bounds.
func open(c *pack.In, lo, hi pack.Value) pair {
	p := pair{space.False, space.True}
	for _, r := range c.Ranges {
		switch {
		case r.From <= lo && hi <= r.To:
			return pair{space.True, space.False}
		case r.From <= hi && lo <= r.To:
			p = unknown
		}
	}
	return p
}

func (g *ground) parts(of []pack.Condition, out map[int]bool) []pair {
	pairs := make([]pair, len(of))
	for i, c := range of {
		pairs[i] = g.of(c, out)
	}
	return pairs
}

// joint is where at least need of the parts hold, or, with not, fewer do.
func (g *ground) joint(need int, not bool, parts []pair) pair {
	t := make([]space.Node, len(parts))
	f := make([]space.Node, len(parts))
	for i, p := range parts {
		t[i], f[i] = p.t, p.f
	}
	out := pair{g.atLeast(need, t), g.atLeast(len(parts)-need+1, f)}
	if not {
		out.t, out.f = out.f, out.t
	}
	return out
}

// atLeast is where at least need of the functions hold.
func (g *ground) atLeast(need int, of []space.Node) space.Node {
	sums := make([]space.Node, need+1) // by how many hold so far
	sums[0] = space.True
	for _, n := range of {
		for k := need; k > 0; k-- {
			sums[k] = g.s.Or(sums[k], g.s.And(sums[k-1], n))
		}
	}
	return sums[need]
}

// tree is a rule's tree over what became of its leaves.
func (g *ground) tree(t *tree, leaves []pair) pair {
	if t.of == nil {
		return leaves[t.leaf]
	}
	parts := make([]pair, len(t.of))
	for i := range t.of {
		parts[i] = g.tree(&t.of[i], leaves)
	}
	return g.joint(t.need, t.not, parts)
}
