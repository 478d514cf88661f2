package report

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// levelSections say what the level involves; while it is open, what each of
// the possible ones is.
func (b *builder) levelSections() {
	for _, l := range b.inReach() {
		b.level(l)
	}
}

// level describes a level. Its program is laid out only where it is the one
// that is recommended, and there is time to read it.
func (b *builder) level(l *pack.Level) {
	parts := []part{{Lines: b.summary(l)}, b.care(l)}
	full := l == b.r.Level && !b.isEmergency()
	if full {
		parts = append(parts, part{Head: "Objectives", Flow: b.phrases(l.Aims())})
	}
	parts = append(parts, part{Head: "The record has to show", Flow: b.phrases(l.Documentation)})
	add(&b.doc.Details, "level-"+clean(l.ID), "What "+shortName(l)+" involves", parts...)
	if full {
		b.services(l)
	}
}

func (b *builder) summary(l *pack.Level) []line {
	out := paragraphs(l.Summary)
	if len(out) > 0 {
		out[len(out)-1].Marks = b.marks(l.Sources)
	}
	return out
}

func (b *builder) care(l *pack.Level) part {
	var p part
	for _, f := range careFacts(l, b.in.Date) {
		p.Flow = append(p.Flow, phrase{Label: f.Label, Text: f.Value})
	}
	if words := b.readyWords(l); words != "" {
		p.Flow = append(p.Flow, phrase{Label: "Ready for less", Text: line{Text: words}})
	}
	return p
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

// weak reports whether a service must not look recommended: there is little
// evidence for it, or it is limited and no answer calls for it.
func weak(s *pack.Service) bool {
	return s.Evidence == pack.EvidenceLittle || s.Evidence == pack.EvidenceLimited && s.When == nil
}

// services come in four groups: those that the answers call for, those that
// everybody has at this level, the names of the rest, and, apart, what is
// offered without good evidence.
func (b *builder) services(l *pack.Level) {
	var fit part
	base := part{Head: "For everybody"}
	rest := part{Head: "Not called for by the answers"}
	doubt := part{Head: doubtful}
	for _, o := range b.r.Services {
		s := o.Service
		switch {
		case o.Level != l:
		case weak(s):
			doubt.Flow = append(doubt.Flow, phrase{Text: b.line(serviceName(s), s.Sources)})
		case o.Suggested && s.When != nil:
			fit.Items = append(fit.Items, item{Mark: markHolds, Text: b.line(serviceName(s)+": "+sentence(inside(clean(s.Because))), s.Sources)})
		case o.Suggested:
			base.Flow = append(base.Flow, phrase{Text: b.line(serviceName(s), s.Sources)})
		default:
			rest.Flow = append(rest.Flow, phrase{Text: line{Text: briefName(s)}})
		}
	}
	add(&b.doc.Details, "services", "Services that fit the answers", fit)
	add(&b.doc.Details, "other-services", "Other services", base, rest, doubt)
}

const doubtful = "Offered in places, with little evidence"

// briefName leaves the evidence out where it is good.
func briefName(s *pack.Service) string {
	if s.Evidence == pack.EvidenceStrong || s.Evidence == pack.EvidenceModerate {
		return clean(s.Title)
	}
	return serviceName(s)
}

// serviceName is a service with its evidence, where the pack states it: weak
// evidence is said wherever the service is named.
func serviceName(s *pack.Service) string {
	if s.Evidence == pack.EvidenceUnstated {
		return clean(s.Title)
	}
	return clean(s.Title) + " (" + s.Evidence.String() + " evidence)"
}

// readyWords counts the signs of readiness for a lower level. One by one they
// matter when the level is left, and are shown with the level.
func (b *builder) readyWords(l *pack.Level) string {
	so, all := 0, 0
	for _, f := range b.r.StepDown {
		if f.Criterion.Level != l {
			continue
		}
		if all++; f.State == engine.True {
			so++
		}
	}
	if all == 0 || l != b.r.Level {
		return ""
	}
	return fmt.Sprintf("%d of %s so far", so, count(all, "sign"))
}
