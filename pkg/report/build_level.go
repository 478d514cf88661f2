package report

import (
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// levelSections say what the level involves; while it is open, what each of
// the possible ones does.
func (b *builder) levelSections() {
	for _, l := range b.inReach() {
		b.level(l)
	}
}

func (b *builder) level(l *pack.Level) {
	parts := []part{{Lines: b.summary(l), Facts: careFacts(l, b.in.Date)}}
	parts = append(parts, b.services(l)...)
	parts = append(parts,
		part{Head: "Objectives", Lookup: true, Items: b.statements(l.Objectives)},
		part{Head: "Team", Lookup: true, Items: b.statements(l.Team)},
		part{Head: "The record has to show", Items: b.statements(l.Documentation)},
		part{Head: "Ready for less when", Lookup: true, Items: b.stepDown(l)},
	)
	add(&b.doc.Details, "level-"+clean(l.ID), "What "+shortName(l)+" involves", parts...)
}

func (b *builder) summary(l *pack.Level) []line {
	out := paragraphs(l.Summary)
	if len(out) > 0 {
		out[len(out)-1].Marks = b.marks(l.Sources)
	}
	return out
}

// careFacts are the dose of a level, as far as the pack states it.
func careFacts(l *pack.Level, date string) []fact {
	c := l.Care
	var out []fact
	add := func(label, text string) {
		if text != "" {
			out = append(out, fact{Label: label, Value: line{Text: text}})
		}
	}
	if !c.HoursPerWeek.IsZero() {
		add("Hours a week", span(c.HoursPerWeek))
	}
	if !c.DaysPerWeek.IsZero() {
		add("Days a week", span(c.DaysPerWeek))
	}
	if !c.SessionMinutes.IsZero() {
		add("Session", plural(c.SessionMinutes, "minute"))
	}
	if !c.StayDays.IsZero() {
		add("Usual stay", days(c.StayDays))
	}
	add("Setting", clean(c.Setting))
	add("Review", reviewWords(l, date))
	return out
}

// services come in three groups: those that the answers call for, those that
// everybody has at this level, and the names of the rest.
func (b *builder) services(l *pack.Level) []part {
	fit := part{Head: "Services that fit the answers"}
	base := part{Head: "Part of the level for everybody", Lookup: true}
	var rest []string
	for _, o := range b.r.Services {
		switch {
		case o.Level != l:
		case o.Suggested && o.Service.When != nil:
			fit.Items = append(fit.Items, b.fittingService(o))
		case o.Suggested:
			base.Items = append(base.Items, item{Text: b.serviceLine(o.Service)})
		default:
			rest = append(rest, serviceName(o.Service))
		}
	}
	other := part{Head: "Others, not called for by the answers", Lookup: true}
	if len(rest) > 0 {
		other.Lines = []line{{Text: sentence(strings.Join(rest, "; "))}}
	}
	return []part{fit, base, other}
}

func (b *builder) fittingService(o engine.Offer) item {
	s := o.Service
	return item{Mark: markHolds, Text: b.serviceLine(s), ID: clean(s.ID), Basis: b.behind(o.Slots),
		Then: []fact{{Label: "Why", Value: line{Text: clean(s.Because)}}}}
}

func (b *builder) serviceLine(s *pack.Service) line {
	text := serviceName(s)
	if s.Detail != "" {
		text += ": " + clean(s.Detail)
	}
	return line{sentence(text), b.marks(s.Sources)}
}

// serviceName is a service with its evidence, where the pack states it: weak
// evidence is said wherever the service is named.
func serviceName(s *pack.Service) string {
	if s.Evidence == pack.EvidenceUnstated {
		return clean(s.Title)
	}
	return clean(s.Title) + " (" + s.Evidence.String() + " evidence)"
}

// stepDown lists what would show readiness for a lower level, and what of it
// the answers show already.
func (b *builder) stepDown(l *pack.Level) []item {
	var out []item
	for _, f := range b.r.StepDown {
		if f.Criterion.Level != l {
			continue
		}
		it := item{Text: b.line(sentence(f.Criterion.Because), f.Criterion.Sources), ID: clean(f.Criterion.ID)}
		switch f.State {
		case engine.True:
			it.Mark, it.Word = markHolds, "Already"
		case engine.False:
			it.Mark, it.Word = markFails, "Not yet"
		case engine.Unknown:
			it.Mark, it.Word = markUnknown, "Unknown"
		}
		out = append(out, it)
	}
	return out
}
