package report

import "github.com/carelevel/carelevel/pkg/pack"

// levelSections say what the level involves; while it is open, what each of
// the possible ones is; and what the one does that people chose instead.
func (b *builder) levelSections() {
	levels := b.inReach()
	if b.plan != nil && b.plan.placed != nil {
		levels = []*pack.Level{b.plan.level, b.r.Level}
	}
	for _, l := range levels {
		b.level(l)
	}
	b.otherServices()
}

// level describes a level, without what the plan says of it.
func (b *builder) level(l *pack.Level) {
	parts := []part{{Lines: b.summary(l)}, b.care(l), {Head: "The record has to show", Flow: b.phrases(l.Documentation)}}
	add(&b.doc.Details, "level-"+clean(l.ID), "What "+shortName(l)+" involves", parts...)
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
		if f.Label == reviewLabel && b.plan != nil && b.plan.level == l {
			continue
		}
		p.Flow = append(p.Flow, phrase{Label: f.Label, Text: f.Value})
	}
	return p
}

const reviewLabel = "Review"

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
	add(reviewLabel, reviewWords(l, date))
	return out
}

// weak reports whether a service must not look recommended: there is little
// evidence for it, or it is limited and no answer calls for it.
func weak(s *pack.Service) bool {
	return s.Evidence == pack.EvidenceLittle || s.Evidence == pack.EvidenceLimited && s.When == nil
}

// otherServices are those of the planned level that the plan leaves out: the
// names of those that no answer calls for, and, apart, what is offered without
// good evidence.
func (b *builder) otherServices() {
	if b.plan == nil {
		return
	}
	rest := part{Head: "Not called for by the answers"}
	doubt := part{Head: doubtful}
	for _, s := range b.plan.others {
		if weak(s.of) {
			doubt.Flow = append(doubt.Flow, phrase{Text: b.line(serviceName(s.of), s.of.Sources)})
		} else {
			rest.Flow = append(rest.Flow, phrase{Text: line{Text: briefName(s.of)}})
		}
	}
	add(&b.doc.Details, "other-services", "Other services", rest, doubt)
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
