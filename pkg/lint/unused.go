package lint

import "github.com/carelevel/carelevel/pkg/pack"

// uses is what something in a pack makes use of.
type uses struct {
	sources    map[*pack.Source]bool
	questions  map[*pack.Question]bool
	conditions map[*pack.NamedCondition]bool
	scores     map[*pack.Score]bool
	services   map[*pack.Service]bool
}

// unused looks for definitions that nothing makes use of. A question is used
// by a condition, a score, a statement over time or a target; an instrument
// also by what is said about its course, since reviews show it. That the
// interview asks it is no use.
func (l *linter) unused() {
	u := usesOf(l.pack)
	for _, s := range l.pack.Sources {
		if !u.sources[s] {
			l.warn(SourceUnused, aboutSource(s), "cite it, or remove it", "nothing cites the source %q", s.ID)
		}
	}
	for _, q := range l.pack.Questions {
		if !u.questions[q] {
			l.warn(QuestionUnused, aboutQuestion(q), "use it, or do not ask it: each question costs somebody's time", "%q is asked, and nothing looks at the answer", q.ID)
		}
	}
	for _, n := range l.pack.Conditions {
		if !u.conditions[n] {
			l.warn(ConditionUnused, aboutCondition(n), "refer to it, or remove it", "nothing refers to the condition %q", n.ID)
		}
	}
	for _, s := range l.pack.Scores {
		if !u.scores[s] {
			l.warn(ScoreUnused, aboutScore(s), "test it, or remove it", "nothing tests the score %q", s.ID)
		}
	}
	for _, s := range l.pack.Services {
		if !u.services[s] {
			l.warn(ServiceUnused, aboutService(s), "add it to the services of a level, or remove it", "no level offers the service %q", s.ID)
		}
	}
}

func usesOf(p *pack.Pack) *uses {
	u := &uses{make(map[*pack.Source]bool), make(map[*pack.Question]bool), make(map[*pack.NamedCondition]bool), make(map[*pack.Score]bool), make(map[*pack.Service]bool)}
	roots(p, u.condition)
	changedSlots(p, func(slot int) { u.questions[p.Slots[slot].Question] = true })
	u.resolve(p)
	u.cited(p)
	for _, q := range p.Questions {
		if len(q.Milestones) > 0 || q.ReliableChange > 0 || q.Remission > 0 {
			u.questions[q] = true
		}
	}
	for _, level := range p.Levels {
		for _, s := range level.Services {
			u.services[s] = true
		}
	}
	return u
}

// condition notes the conditions and scores that one refers to; its slots come
// with resolve.
func (u *uses) condition(c pack.Condition) {
	pack.Walk(c, func(c pack.Condition) bool {
		if c, ok := c.(*pack.Ref); ok {
			if u.conditions[c.To] {
				return false
			}
			u.conditions[c.To] = true
		}
		if c, ok := c.(*pack.In); ok && c.Score != nil {
			u.scores[c.Score] = true
		}
		return true
	})
}

// resolve notes the questions of all conditions that are used, and those that
// scores in use add up.
func (u *uses) resolve(p *pack.Pack) {
	see := func(slot int) { u.questions[p.Slots[slot].Question] = true }
	tests := func(c pack.Condition) {
		pack.Walk(c, func(c pack.Condition) bool {
			switch c := c.(type) {
			case *pack.In:
				if c.Score == nil {
					see(c.Slot)
				}
			case *pack.Includes:
				see(c.Slot)
			case *pack.Answered:
				see(c.Slot)
			case *pack.Ref:
				return false // comes by itself
			}
			return true
		})
	}
	roots(p, tests)
	for _, n := range p.Conditions {
		if u.conditions[n] {
			tests(n.When)
		}
	}
	for s := range u.scores {
		for _, t := range s.Terms {
			see(t.Slot)
		}
	}
}

// cited notes the sources that something stands on.
func (u *uses) cited(p *pack.Pack) {
	cite := func(sources []*pack.Source) {
		for _, s := range sources {
			u.sources[s] = true
		}
	}
	statements := func(lists ...[]pack.Statement) {
		for _, list := range lists {
			for _, s := range list {
				cite(s.Sources)
			}
		}
	}
	statements(p.Limits)
	for c := range p.Criteria() {
		cite(c.Sources)
	}
	for _, level := range p.Levels {
		cite(level.Sources)
		statements(level.Suits, level.Aims(), level.Agree, level.Team, level.Documentation)
		for _, d := range level.Due {
			cite(d.Sources)
		}
		for _, s := range level.StepUp {
			cite(s.Sources)
		}
	}
	for _, q := range p.Questions {
		cite(q.Sources)
	}
	for _, s := range p.Scores {
		cite(s.Sources)
	}
	for _, s := range p.Services {
		cite(s.Sources)
	}
	for _, n := range p.Notes {
		cite(n.Sources)
		statements(n.Try)
	}
	for _, g := range p.Guarantees {
		cite(g.Sources)
	}
}
