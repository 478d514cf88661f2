package lint

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Where the parts of a pack stand, as diagnostics name it.

func aboutCriterion(c *pack.Criterion) thing {
	list := map[pack.CriterionKind]string{pack.Indication: "indications", pack.Requirement: "requirements", pack.Support: "supports", pack.StepDown: "step_down"}[c.Kind]
	return thing{c.ID, c.At, fmt.Sprintf("levels.%s.%s.%s", c.Level.ID, list, c.ID)}
}

func aboutSign(s *pack.Sign) thing {
	return thing{s.ID, s.At, fmt.Sprintf("levels.%s.step_up.%s", s.Level.ID, s.ID)}
}

func aboutLevel(l *pack.Level) thing { return thing{l.ID, l.At, "levels." + l.ID} }

func aboutQuestion(q *pack.Question) thing {
	return thing{q.ID, q.At, fmt.Sprintf("sections.%s.questions.%s", q.Section.ID, q.ID)}
}

func aboutScore(s *pack.Score) thing { return thing{s.ID, s.At, "scores." + s.ID} }

func aboutService(s *pack.Service) thing { return thing{s.ID, s.At, "services." + s.ID} }

func aboutSource(s *pack.Source) thing { return thing{s.ID, s.At, "sources." + s.ID} }

func aboutCondition(n *pack.NamedCondition) thing { return thing{n.ID, n.At, "conditions." + n.ID} }

func aboutNote(n *pack.Note) thing { return thing{n.ID, n.At, n.Kind.String() + "s." + n.ID} }

func aboutGuarantee(g *pack.Guarantee) thing { return thing{g.ID, g.At, "guarantees." + g.ID} }

// roots calls visit for every condition that something of the pack hangs on;
// what named conditions say comes with those that refer to them.
func roots(p *pack.Pack, visit func(pack.Condition)) {
	see := func(c pack.Condition) {
		if c != nil {
			visit(c)
		}
	}
	for c := range p.Criteria() {
		see(c.When)
		courseRoots(c.Course, see)
	}
	for _, level := range p.Levels {
		see(level.Here)
		for _, s := range level.StepUp {
			see(s.When)
			courseRoots(s.Course, see)
		}
		for _, o := range level.Objectives {
			see(o.When)
			for _, t := range o.Targets {
				see(t)
			}
		}
	}
	for _, s := range p.Services {
		see(s.When)
	}
	for _, n := range p.Notes {
		see(n.When)
	}
	for _, g := range p.Guarantees {
		see(g.Whenever)
	}
}

func courseRoots(c pack.Course, see func(pack.Condition)) {
	pack.WalkCourse(c, func(c pack.Course) {
		switch c := c.(type) {
		case *pack.Held:
			see(c.When)
		case *pack.Seen:
			see(c.When)
		}
	})
}

// changedSlots calls visit for every place whose change over time is looked at.
func changedSlots(p *pack.Pack, visit func(slot int)) {
	see := func(c pack.Course) {
		pack.WalkCourse(c, func(c pack.Course) {
			if c, ok := c.(*pack.Changed); ok {
				visit(c.Slot)
			}
		})
	}
	for c := range p.Criteria() {
		see(c.Course)
	}
	for _, level := range p.Levels {
		for _, s := range level.StepUp {
			see(s.Course)
		}
	}
}

// asked calls visit for every test that counts towards a condition, and says
// whether it does as it stands or turned round, under none.
func asked(c pack.Condition, upright bool, visit func(c pack.Condition, upright bool)) {
	of := func(parts []pack.Condition, upright bool) {
		for _, part := range parts {
			asked(part, upright, visit)
		}
	}
	switch c := c.(type) {
	case *pack.All:
		of(c.Of, upright)
	case *pack.Any:
		of(c.Of, upright)
	case *pack.AtLeast:
		of(c.Of, upright)
	case *pack.None:
		of(c.Of, !upright)
	case *pack.Ref:
		if c.To != nil && c.To.When != nil {
			asked(c.To.When, upright, visit)
		}
	case nil:
	default:
		visit(c, upright)
	}
}
