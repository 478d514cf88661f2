package report

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// planSection sets out what happens next, for a treatment plan. What it says
// stands nowhere else in the report.
func (b *builder) planSection() {
	p := b.plan
	if p == nil {
		return
	}
	var whose part
	if p.placed != nil {
		whose.Lines = []line{{Text: "For " + shortName(p.level) + ", the level that people chose, and not for the recommended " + shortName(b.r.Level) + "."}}
	}
	add(&b.doc.Plan, "plan", "Plan for "+shortName(p.level), whose,
		b.objectives(p), b.planServices(p), b.barriers(p), b.arrangements(p), b.stepUp(p), b.stepDown(p))
}

// noPlan says at a glance why there is none, where that is not plain.
func (b *builder) noPlan() {
	switch at := b.in.Placement; {
	case b.plan != nil || b.isEmergency():
	case b.r.Level == nil:
		b.fact("Plan", "None yet; it waits for "+b.planWaits())
	case b.p.Level(at.Level) == nil:
		b.fact("Plan", "None: these rules do not have the level that was chosen")
	default:
		b.fact("Plan", "None: the level that was chosen is for emergencies")
	}
}

// planWaits names the questions that decide the level, if they are few.
func (b *builder) planWaits() string {
	const few = 3
	if n := len(b.r.Deciding); n > few {
		return "the questions that can decide the level"
	}
	var names []string
	for _, q := range b.r.Deciding {
		names = append(names, b.noun(q.Slot))
	}
	return joined(names, "and")
}

// objectives are first those of which the answers show how far they are
// reached, and those that answers call for, and then the others together.
func (b *builder) objectives(p *plan) part {
	out := part{Head: "Objectives"}
	var rest []phrase
	for _, o := range p.objectives {
		if basis := b.whom(o); len(o.targets) > 0 || len(basis) > 0 {
			out.Items = append(out.Items, b.objective(o, basis))
		} else {
			rest = append(rest, b.phrases([]pack.Statement{o.of.Statement})...)
		}
	}
	besides := item{Word: "Besides"}
	if len(out.Items) == 0 {
		besides.Word = "For everybody"
	}
	out.Items = appendFlow(out.Items, besides, rest)
	out.Items = append(out.Items, b.waitingObjectives(p)...)
	out.Items = appendFlow(out.Items, item{Word: "More than chance"}, b.realChange(p))
	return out
}

// appendFlow adds an item that lists phrases, if there are any.
func appendFlow(to []item, it item, flow []phrase) []item {
	if len(flow) == 0 {
		return to
	}
	it.Flow = flow
	return append(to, it)
}

func (b *builder) objective(o objective, basis []fact) item {
	it := item{Text: b.line(sentence(o.of.Text), o.of.Sources), Basis: basis}
	switch o.state() {
	case objectiveReached:
		it.Mark = markHolds
	case objectiveUnknown:
		it.Mark = markUnknown
	}
	var goals []string
	for _, state := range []engine.Truth{engine.False, engine.Unknown, engine.True} {
		for _, t := range o.targets {
			if t.state == state {
				goals = append(goals, b.goal(t))
			}
		}
	}
	if len(goals) > 0 {
		it.Then = []fact{{Label: "Target", Value: line{Text: sentence(capital(strings.Join(goals, "; ")))}}}
	}
	return it
}

// waitingObjectives are those of which a missing answer says whether they are
// for this person.
func (b *builder) waitingObjectives(p *plan) []item {
	var flow []phrase
	waits := make([]bool, len(b.p.Slots))
	for _, o := range p.waiting {
		flow = append(flow, b.phrases([]pack.Statement{o.of.Statement})...)
		include(waits, o.whom.Slots)
	}
	return appendFlow(nil, item{Mark: markUnknown, Word: "Perhaps, too", Wants: b.waiting(slotsOf(waits))}, flow)
}

func include(slots []bool, with []int) {
	for _, s := range with {
		slots[s] = true
	}
}

// realChange is, for the instruments among the targets, how much of a change
// is more than chance.
func (b *builder) realChange(p *plan) []phrase {
	var out []phrase
	said := make([]bool, len(b.p.Slots))
	for _, o := range p.objectives {
		for _, t := range o.targets {
			s := b.p.Slots[t.slot]
			if n := s.Question.ReliableChange; n > 0 && !s.IsItem() && !said[t.slot] {
				said[t.slot] = true
				text := fmt.Sprintf("a change of the %s by %s or more", s.Question.Noun(), count(n, "point"))
				out = append(out, phrase{Text: b.line(text, s.Question.Sources)})
			}
		}
	}
	return out
}

func (b *builder) planServices(p *plan) part {
	out := part{Head: "Services"}
	for _, s := range p.fit {
		out.Items = append(out.Items, item{Mark: markHolds, Text: b.line(serviceName(s.of)+": "+sentence(inside(clean(s.of.Because))), s.of.Sources)})
	}
	var base []phrase
	for _, s := range p.base {
		base = append(base, phrase{Text: b.line(serviceName(s.of), s.of.Sources)})
	}
	out.Items = appendFlow(out.Items, item{Word: "For everybody"}, base)
	return out
}

func (b *builder) barriers(p *plan) part {
	out := part{Head: "Barriers"}
	for _, m := range p.barriers {
		it := b.remark(m)
		it.Word = ""
		out.Items = append(out.Items, it)
	}
	return out
}

// arrangements are what to settle: with the person, who, and when.
func (b *builder) arrangements(p *plan) part {
	out := part{Head: "Arrangements"}
	out.Items = appendFlow(out.Items, item{Word: "To agree on with the person"}, b.phrases(p.level.Agree))
	out.Items = appendFlow(out.Items, item{Word: "Team"}, b.phrases(p.level.Team))
	if words := reviewWords(p.level, b.in.Date); words != "" {
		out.Items = append(out.Items, item{Word: "Review", Text: line{Text: sentence(words)}})
	}
	var due []phrase
	for _, d := range p.due.all {
		due = append(due, phrase{Label: clause(clean(d.of.Text)), Text: b.line(d.words(), d.of.Sources)})
	}
	out.Items = appendFlow(out.Items, item{Word: "Due " + p.due.since()}, due)
	return out
}

// since says from which day it is counted.
func (d dues) since() string {
	switch {
	case d.from == "":
		return "from the day that the level begins"
	case d.placed:
		return "from the placement on " + d.from
	}
	return "if the level begins on " + d.from
}

// words say when it is due.
func (d due) words() string {
	first := "by " + d.date
	if d.date == "" {
		first = "after " + wholeDays(d.first())
	}
	return first + ", then at least every " + strings.TrimPrefix(wholeDays(d.of.Every), "1 ")
}

func wholeDays(n int) string {
	return plural(pack.Range{From: float64(n), To: float64(n)}, "day")
}

// stepUp is what argues for more care before the review: signs, and the single
// answers that lead to the next level.
func (b *builder) stepUp(p *plan) part {
	out := part{Head: "Step up"}
	if l := b.r.Level; l.Index > p.level.Index {
		out.Lines = []line{{Text: "The answers argue for more already: " + shortName(l) + "."}}
	}
	var signs, open []phrase
	waits := make([]bool, len(b.p.Slots))
	for _, s := range p.signs {
		to := &signs
		switch {
		case s.State == engine.True:
			out.Items = append(out.Items, item{Mark: markAlert, Word: "Seen now", Text: b.line(sentence(s.of.Because), s.of.Sources),
				ID: clean(s.of.ID), Basis: b.behind(s.Slots)})
			continue
		case s.State == engine.Unknown && len(s.Slots) > 0:
			to = &open
			include(waits, s.Slots)
		}
		*to = append(*to, phrase{Text: b.line(clause(clean(s.of.Because)), s.of.Sources)})
	}
	out.Items = appendFlow(out.Items, item{Mark: markUnknown, Word: "Not known now", Wants: b.waiting(slotsOf(waits))}, open)
	out.Items = appendFlow(out.Items, item{Word: "Look again sooner if"}, signs)
	if l := b.raised(); l != nil {
		turned := b.turnedPart(l)
		out.Items = appendFlow(out.Items, item{Word: turned.Head, Text: line{Text: turned.Intro}}, turned.Flow)
	}
	return out
}

// raised is the nearest level above the planned one that a change of answers
// leads to; nil without a plan, or such a change.
func (b *builder) raised() *pack.Level {
	if b.plan == nil {
		return nil
	}
	for _, l := range b.p.Levels[b.plan.level.Index+1:] {
		if len(b.flipsTo(l)) > 0 {
			return l
		}
	}
	return nil
}

// stepDown is how far the person is ready for less than the planned level.
func (b *builder) stepDown(p *plan) part {
	out := part{Head: "Step down"}
	var not, open, held, so []phrase
	waits := make([]bool, len(b.p.Slots))
	for _, f := range p.ready {
		to := &so
		switch {
		case f.State == engine.False:
			to = &not
		case f.State == engine.Unknown:
			to = &open
			include(waits, f.Slots)
		case f.Criterion.Course != nil:
			to = &held
		}
		*to = append(*to, b.clause(f.Criterion))
	}
	out.Items = appendFlow(out.Items, item{Mark: markFails, Word: "Not yet"}, not)
	out.Items = appendFlow(out.Items, item{Mark: markUnknown, Word: "Not known yet", Wants: b.waiting(slotsOf(waits))}, open)
	out.Items = appendFlow(out.Items, item{Mark: markHolds, Word: "So now, and to be seen over time"}, held)
	out.Items = appendFlow(out.Items, item{Mark: markHolds, Word: "So already"}, so)
	return out
}
