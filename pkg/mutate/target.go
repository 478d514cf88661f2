package mutate

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// unseen reports whether a mutant changes nothing but requirements and services
// where nobody is shown them: a requirement of a level is shown where the level
// is recommended, and so is what the level consists of.
func (s *search) unseen(before, after space.Node) bool {
	sp := s.space
	if s.t.m.act == move || s.t.m.act == remove && s.t.m.site.kind != pack.Requirement.String() {
		return false
	}
	for i, c := range s.t.changes {
		if c.rule.sign != nil {
			return false // compare has found that it is another one somewhere
		}
		shownOnly := c.rule.service != nil || c.rule.criterion != nil && c.rule.criterion.Kind == pack.Requirement
		differ := s.differ(i)
		if !shownOnly && differ != space.False {
			return false
		}
		if sp.And(differ, sp.Or(sp.Is(before, s.levelsOf(c.rule)), sp.Is(after, s.levelsOf(c.rule)))) != space.False {
			return false
		}
	}
	return len(s.t.changes) > 0 && sp.Err() == nil
}

// was is the condition of a rule as it is.
func (s *search) was(r *rule) pack.Condition {
	switch p := s.report.Pack; {
	case r.criterion != nil:
		return p.Criterion(r.criterion.ID).When
	case r.service != nil:
		return p.Service(r.service.ID).When
	default:
		return p.Note(r.note.ID).When
	}
}

// guarantees finds those that the mutant breaks.
func (s *search) guarantees(before, after space.Node) {
	if before == after {
		return
	}
	for _, g := range s.report.Pack.Guarantees {
		var bad uint64
		for l := range s.report.Pack.Levels {
			if g.AtLeast != nil && l < g.AtLeast.Index || g.AtMost != nil && l > g.AtMost.Index {
				bad |= 1 << l
			}
		}
		where := s.space.Condition(g.Whenever)
		if s.space.And(where, s.space.Is(after, bad)) != space.False && s.space.And(where, s.space.Is(before, bad)) == space.False && s.space.Err() == nil {
			s.t.broken = append(s.t.broken, g.ID)
		}
	}
}

// target is a set of answers, and what a case with some of them looks at.
type target struct {
	where space.Node
	rule  *rule // nil: the level alone
	level bool
}

// targets are what could be looked at, the best first: another level, a rule
// that holds at a level that shows it, and a rule that holds anywhere.
func (s *search) targets(before, after space.Node) (all []target) {
	sp := s.space
	for i, c := range s.t.changes {
		if c.rule.sign != nil {
			continue // after all others
		}
		differ := s.differ(i)
		if c.rule.indication() {
			moved := sp.Differ(before, after)
			all = append(all, target{sp.And(moved, differ), c.rule, true}, target{moved, nil, true})
		}
		if shown := s.levelsOf(c.rule); shown != 0 {
			all = append(all, target{sp.And(differ, sp.Is(before, shown), sp.Is(after, shown)), c.rule, false})
		}
		if c.rule.criterion != nil && c.rule.criterion.Kind != pack.Requirement || c.rule.note != nil {
			all = append(all, target{differ, c.rule, false})
		}
	}
	return all
}

// differ is where it can be noticed that a rule is another one, or is not there:
// a requirement is shown, met or not.
func (s *search) differ(i int) space.Node {
	c := s.t.changes[i]
	was := s.space.Condition(s.bases[i])
	switch {
	case s.t.m.act != remove:
		return s.space.Differ(was, s.space.Condition(c.when))
	case c.rule.criterion != nil && c.rule.criterion.Kind == pack.Requirement:
		return space.True
	}
	return was
}

// levelsOf are the levels that show a rule, as bits.
func (s *search) levelsOf(r *rule) (levels uint64) {
	for i, l := range s.report.Pack.Levels {
		if r.criterion != nil && r.criterion.Level.ID == l.ID || r.service != nil && slices.ContainsFunc(l.Services, func(o *pack.Service) bool { return o.ID == r.service.ID }) {
			levels |= 1 << i
		}
	}
	return levels
}
