package coverage

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
	"github.com/carelevel/carelevel/pkg/space"
)

// goal is where an obligation is met: answers that lie in where, with some left
// out.
type goal struct {
	g     *ground
	where space.Node
	out   map[int]bool
	// unsure says that it may take more than that: what came before, or an
	// answer that is missing in a way that the space does not see.
	unsure bool
}

// prove finds out of what no case does whether any could.
func (m *model) prove() {
	for _, r := range m.rules {
		m.proveRule(r)
	}
	for _, i := range m.others {
		o := m.obligations[i]
		if o.State == Covered || o.Kind == Option || o.Kind == Sign {
			continue // an option can always be chosen; a sign hangs on what came before
		}
		g := m.levelGround(o.Kind)
		m.settle(o, g, m.otherGoals(g, o))
	}
	for sign, r := range m.signs {
		for _, i := range m.others {
			if o := m.obligations[i]; o.Kind == Sign && o.Rule == r {
				m.settle(o, m.signGround(r), m.goalsOf(o))
				if sign.Course != nil && o.State == Missing {
					o.State = Undecided // what came before has to be so, too
				}
			}
		}
	}
}

// signGround is the space of a sign's condition, and where it has none that of
// the levels: any will do.
func (m *model) signGround(r *Rule) *ground {
	if r.When == nil {
		return m.levelGround(Level)
	}
	return m.groundOf(r)
}

// settle says what became of an obligation whose goals are these.
func (m *model) settle(o *Obligation, g *ground, goals []goal) {
	switch {
	case o.State == Covered || slices.ContainsFunc(goals, func(x goal) bool { return !x.unsure }):
	case len(goals) > 0 || g == nil || !g.exact || g.s.Err() != nil:
		o.State = Undecided
	default:
		o.State = Impossible
	}
}

func (m *model) proveRule(r *Rule) {
	open := false
	for _, i := range m.ofRule[r] {
		open = open || m.obligations[i].State != Covered
	}
	if !open {
		return
	}
	g := m.groundOf(r)
	for _, i := range m.ofRule[r] {
		o := m.obligations[i]
		if o.State == Covered {
			continue
		}
		at := g
		if o.Kind == Alone {
			at = m.levelGround(Alone)
		}
		m.settle(o, at, m.goals(at, o))
	}
}

// ruleGround is the space of a rule, with the thresholds told apart.
func (m *model) ruleGround(r *Rule) *ground {
	all := []pack.Condition{r.When}
	for _, i := range m.ofRule[r] {
		if o := m.obligations[i]; o.Kind == Edge {
			all = append(all, exactly(o))
		}
	}
	return m.newGround(all...)
}

// exactly is the condition that an answer is the one of an obligation.
func exactly(o *Obligation) pack.Condition {
	in := *o.Leaf.Condition.(*pack.In)
	in.Ranges = []pack.Interval{{From: o.Value, To: o.Value}}
	return &in
}

// levelGround is the space of what the level hangs on, and for verdicts of
// readiness, too.
func (m *model) levelGround(k Kind) *ground {
	at := 0
	if k == Verdict {
		at = 1
	}
	if m.grounds[at] == nil {
		var all []pack.Condition
		for c := range m.pack.Criteria() {
			if c.Kind == pack.Indication || c.Kind == pack.StepDown && k == Verdict {
				all = append(all, c.When)
			}
		}
		g := m.newGround(all...)
		if g != nil && len(g.asked) > 0 {
			g.exact = false // what is left out for readiness may leave the level open
		}
		m.grounds[at] = &made{g}
	}
	return m.grounds[at].ground
}

// made is a ground that was asked for; nil in it if it does not fit.
type made struct{ *ground }

// goals are where an obligation of a rule is met, one for each way of leaving
// out answers in which it can be; none if it cannot, or g is nil.
func (m *model) goals(g *ground, o *Obligation) (goals []goal) {
	if g == nil {
		return nil
	}
	for _, way := range g.ways() {
		if o.Kind == Unknown {
			way = g.without(way)
		}
		if n := g.where(o, way); n != space.False && g.s.Err() == nil {
			goals = append(goals, goal{g, n, way, !g.exact})
		}
	}
	return goals
}

// where is where an obligation of a rule is met, with some answers left out.
func (g *ground) where(o *Obligation, out map[int]bool) space.Node {
	switch o.Kind {
	case Edge:
		return g.of(exactly(o), out).t
	case Alone:
		return g.alone(o.Rule.Criterion)
	}
	leaves := make([]pair, len(o.Rule.Leaves))
	leaf := -1
	for i, l := range o.Rule.Leaves {
		leaves[i] = g.of(l.Condition, out)
		if l == o.Leaf {
			leaf = i
		}
	}
	at := pair{}
	if leaf >= 0 {
		at = leaves[leaf]
	} else {
		at = g.tree(&o.Rule.tree, leaves)
	}
	switch o.Kind {
	case Holds:
		return at.t
	case Fails:
		return at.f
	case Unknown:
		return g.s.Not(g.s.Or(at.t, at.f))
	case DecidesHolding:
		return g.s.And(at.t, g.decides(o.Rule, leaves, leaf))
	}
	return g.s.And(at.f, g.decides(o.Rule, leaves, leaf))
}

// decides is where the rule is one thing with a leaf true, and another with it
// false.
func (g *ground) decides(r *Rule, leaves []pair, leaf int) space.Node {
	now := leaves[leaf]
	leaves[leaf] = pair{space.True, space.False}
	with := g.tree(&r.tree, leaves)
	leaves[leaf] = pair{space.False, space.True}
	without := g.tree(&r.tree, leaves)
	leaves[leaf] = now
	return g.s.Or(g.s.And(with.t, without.f), g.s.And(with.f, without.t))
}

// alone is where an indication holds and no other of its level or a higher one.
func (g *ground) alone(c *pack.Criterion) space.Node {
	n := g.s.Condition(c.When)
	for _, l := range g.m.pack.Levels[c.Level.Index:] {
		for _, x := range l.Indications {
			if x != c {
				n = g.s.And(n, g.s.Not(g.s.Condition(x.When)))
			}
		}
	}
	return n
}

// otherGoals are where a level is recommended, or a review comes to a verdict
// as far as one set of answers goes.
func (m *model) otherGoals(g *ground, o *Obligation) (goals []goal) {
	if g == nil {
		return nil
	}
	for _, way := range g.ways() {
		if n, unsure := g.otherwise(o, way); n != space.False && g.s.Err() == nil {
			goals = append(goals, goal{g, n, way, unsure || !g.exact})
		}
	}
	return goals
}

func (g *ground) otherwise(o *Obligation, out map[int]bool) (n space.Node, unsure bool) {
	above, at, below := g.split(o.Level)
	switch {
	case o.Kind == Level || o.Verdict == review.Continue.String():
		return at, false
	case o.Verdict == review.StepUp.String():
		return above, false
	}
	ready, speaks := space.True, false
	for _, c := range o.Level.StepDown {
		ready = g.s.And(ready, g.of(c.When, out).t)
		speaks = speaks || c.Course != nil
	}
	held := g.s.And(below, g.s.Not(ready))
	switch {
	case o.Verdict == review.StepDown.String():
		return g.s.And(below, ready), speaks
	case len(o.Level.StepDown) == 0:
		return space.False, false
	case speaks || held == space.False:
		return below, true
	}
	return held, false
}

// split is where more than a level is recommended, where it is, and where less.
func (g *ground) split(l *pack.Level) (above, at, below space.Node) {
	levels := g.m.pack.Levels
	for _, x := range levels[l.Index+1:] {
		for _, c := range x.Indications {
			above = g.s.Or(above, g.s.Condition(c.When))
		}
	}
	var here space.Node
	if l.Index == 0 {
		here = space.True
	}
	for _, c := range l.Indications {
		here = g.s.Or(here, g.s.Condition(c.When))
	}
	at = g.s.And(here, g.s.Not(above))
	below = g.s.Not(g.s.Or(here, above))
	return above, at, below
}
