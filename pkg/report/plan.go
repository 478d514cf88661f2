package report

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// plan is what happens next at one level, before it has a form: what the
// pack says of the level, and which of it fits the answers.
type plan struct {
	level  *pack.Level
	placed *pack.Placement // where people chose another level than the recommended one

	objectives []objective // those that the answers call for, and those without a condition
	waiting    []objective // those that hang on missing answers
	fit        []service   // that the answers call for
	base       []service   // that everybody has at the level
	others     []service   // neither, or without good evidence
	barriers   []engine.Remark
	signs      []signal // of more care
	required   []engine.Finding
	ready      []engine.Finding
	due        dues
	review     reviewDates
}

// objective is what the level aims at, and how far that is reached.
type objective struct {
	of      *pack.Objective
	whom    engine.Reading // what becomes of its condition
	targets []target
}

// target is a test of one question, and whether its answer passes it.
type target struct {
	of    pack.Condition
	slot  int
	state engine.Truth
}

// service is a service of the level, and whether the answers call for it.
type service struct {
	of        *pack.Service
	suggested bool
}

// signal is a sign of more care. What it asks of earlier assessments is not
// known from one: it is then unknown, and waits for no answer, unless the
// present answers speak against it.
type signal struct {
	of *pack.Sign
	engine.Reading
}

// newPlan returns nil where there is no plan: while the level is open, in an
// emergency, and where people chose a level that these rules do not have.
func newPlan(in Input) *plan {
	r := in.Recommendation
	l := plannedLevel(in)
	if l == nil {
		return nil
	}
	p := &plan{level: l, review: reviewOf(l, in.Date), due: duesOf(l, in)}
	if l != r.Level {
		p.placed = in.Placement
	}
	for _, m := range r.Notes {
		if m.Note.Kind == pack.Barrier {
			p.barriers = append(p.barriers, m)
		}
	}
	p.read(r)
	return p
}

// plannedLevel is the level that people chose, and else the recommended one.
func plannedLevel(in Input) *pack.Level {
	l := in.Recommendation.Level
	if l == nil || l.Emergency {
		return nil
	}
	if in.Placement != nil {
		l = in.Recommendation.Pack.Level(in.Placement.Level)
	}
	if l == nil || l.Emergency {
		return nil
	}
	return l
}

// read holds all conditions of the level against the answers, in one go.
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
	for _, s := range l.Services {
		ask(s.When)
	}
	for _, s := range l.StepUp {
		ask(s.When)
	}
	criteria := slices.Concat(l.Requirements, l.StepDown)
	for _, c := range criteria {
		ask(c.When)
	}
	readings, err := engine.Read(r.Pack, r.Answers, conditions...)
	if err != nil { // not a pack that was read without errors: nothing is known
		readings = slices.Repeat([]engine.Reading{{State: engine.Unknown}}, len(conditions))
	}
	next := func() (first engine.Reading) {
		first, readings = readings[0], readings[1:]
		return first
	}
	for i := range l.Objectives {
		p.objective(&l.Objectives[i], next)
	}
	for _, s := range l.Services {
		p.service(s, next())
	}
	for _, s := range l.StepUp {
		p.signs = append(p.signs, signalOf(s, next()))
	}
	for _, c := range criteria {
		is := next()
		to := &p.ready
		if c.Kind == pack.Requirement {
			to = &p.required
		}
		*to = append(*to, engine.Finding{Criterion: c, State: is.State, Slots: is.Slots})
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

func (p *plan) service(of *pack.Service, called engine.Reading) {
	s := service{of, called.State == engine.True}
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

// state of an objective sums up its targets.
func (o *objective) state() objectiveState {
	if o.whom.State == engine.Unknown {
		return objectiveWaiting
	}
	state := objectiveUnmeasured
	for _, t := range o.targets {
		state = max(state, [...]objectiveState{engine.False: objectiveOpen, engine.Unknown: objectiveUnknown, engine.True: objectiveReached}[t.state])
	}
	return state
}

// objectiveState says how far an objective is reached, what is worse later.
type objectiveState int

const (
	objectiveUnmeasured objectiveState = iota // it has no targets
	objectiveReached                          // all of them are
	objectiveUnknown                          // an answer is missing, and no target is known to be open
	objectiveOpen                             // one of them is open
	objectiveWaiting                          // for the answer to whether it is for this person
)

// String returns the state as the JSON spells it.
func (s objectiveState) String() string {
	return [...]string{"unmeasured", "reached", "unknown", "open", "waiting"}[s]
}
