package report

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// read holds the conditions of the level against the answers, in one go: those
// of which the recommendation does not tell already.
func (p *plan) read(r *engine.Recommendation) {
	l := p.level
	var conditions []pack.Condition
	ask := func(c pack.Condition) { conditions = append(conditions, c) }
	for _, o := range l.Objectives {
		ask(o.When)
		for _, t := range o.Targets {
			ask(t)
		}
	}
	for _, s := range l.StepUp {
		ask(s.When)
	}
	criteria := slices.Concat(l.Requirements, l.StepDown)
	if p.placed != nil {
		for _, c := range criteria {
			ask(c.When)
		}
		for _, s := range l.Services {
			ask(s.When)
		}
	}
	next := reader(r, conditions)
	for i := range l.Objectives {
		p.objective(&l.Objectives[i], next)
	}
	for _, s := range l.StepUp {
		p.signs = append(p.signs, signalOf(s, next()))
	}
	if p.placed == nil {
		p.told(r)
		return
	}
	for _, c := range criteria {
		is := next()
		to := &p.ready
		if c.Kind == pack.Requirement {
			to = &p.required
		}
		*to = append(*to, engine.Finding{Criterion: c, State: is.State, Slots: is.Slots})
	}
	for _, s := range l.Services {
		p.service(s, next().State == engine.True)
	}
}

// reader returns what becomes of the conditions, one at a call. Those that
// cannot be read, since the pack was not read without errors, are unknown.
func reader(r *engine.Recommendation, conditions []pack.Condition) func() engine.Reading {
	readings, err := engine.Read(r.Pack, r.Answers, conditions...)
	if err != nil {
		readings = slices.Repeat([]engine.Reading{{State: engine.Unknown}}, len(conditions))
	}
	return func() (first engine.Reading) {
		first, readings = readings[0], readings[1:]
		return first
	}
}

// told is what the recommendation tells of its own level.
func (p *plan) told(r *engine.Recommendation) {
	for _, f := range r.StepDown {
		if f.Criterion.Level == p.level {
			p.ready = append(p.ready, f)
		}
	}
	for _, o := range r.Services {
		if o.Level == p.level {
			p.service(o.Service, o.Suggested)
		}
	}
}

func (p *plan) objective(of *pack.Objective, next func() engine.Reading) {
	o := objective{of: of, whom: next()}
	for _, t := range of.Targets {
		if slot, ok := pack.TargetSlot(t); ok {
			o.targets = append(o.targets, target{t, slot, next().State})
		} else {
			next()
		}
	}
	switch o.whom.State {
	case engine.True:
		p.objectives = append(p.objectives, o)
	case engine.Unknown:
		p.waiting = append(p.waiting, o)
	}
}

func (p *plan) service(of *pack.Service, suggested bool) {
	s := service{of, suggested}
	switch {
	case weak(of) || !s.suggested:
		p.others = append(p.others, s)
	case of.When != nil:
		p.fit = append(p.fit, s)
	default:
		p.base = append(p.base, s)
	}
}

func signalOf(s *pack.Sign, now engine.Reading) signal {
	if s.Course != nil && now.State == engine.True {
		now = engine.Reading{State: engine.Unknown}
	}
	return signal{s, now}
}
