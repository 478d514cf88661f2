package report

import (
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
	signs      []signal         // of more care
	required   []engine.Finding // of a level that people chose
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
