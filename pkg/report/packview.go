package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// PackText writes all that a pack says, for people to read and to discuss:
// levels with their criteria in sentences, questions with their answers, and
// the sources of it.
func PackText(w io.Writer, p *pack.Pack, opts TextOptions) error {
	t := newTexter(opts)
	v := &packView{builder{p: p, cited: map[*pack.Source]int{}}, nil}
	v.build()
	t.put("", "", run{clean(orElse(p.Title, p.ID)), heading})
	t.put("", "", run{rulesName(p), faint})
	t.space()
	t.lines(paragraphs(p.Description), "")
	t.space()
	for _, s := range v.sections {
		t.section(s)
	}
	t.citations(v.citations())
	return t.flush(w)
}

// packView builds the sections of a pack.
type packView struct {
	builder
	sections []section
}

func (v *packView) build() {
	v.limits()
	v.sections = v.doc.Details
	for _, l := range v.p.Levels {
		v.levelRules(l)
	}
	for _, s := range v.p.Sections {
		v.questions(s)
	}
	v.scores()
	v.conditions()
	v.allServices()
	v.allNotes()
	v.guarantees()
}

func (v *packView) levelRules(l *pack.Level) {
	head := fmt.Sprintf("Level %d of %d: %s", l.Index+1, len(v.p.Levels), levelName(l))
	var kind []string
	if l.Index == 0 {
		kind = append(kind, "The base level: recommended when nothing argues for more.")
	}
	if l.Emergency {
		kind = append(kind, "An emergency: the interview stops here.")
	} else if l.Referral {
		kind = append(kind, "A referral: provided elsewhere.")
	}
	about := part{Lines: v.summary(l), Facts: careFacts(l, "")}
	for _, k := range kind {
		about.Lines = append(about.Lines, line{Text: k})
	}
	if l.Here != nil {
		about.After = append(about.After, line{Text: sentence("The answers say that the person is at it already if " + clean(v.p.Describe(l.Here)))})
	}
	for _, a := range paragraphs(l.Action) {
		about.After = append(about.After, line{Text: "When it is recommended: " + a.Text})
	}
	add(&v.sections, "level", head, about,
		part{Head: "Argues for at least " + shortName(l), Items: v.rules(l.Indications)},
		part{Head: "Required to be admitted", Items: v.rules(l.Requirements)},
		part{Head: "Further support", Items: v.rules(l.Supports)},
		part{Head: "Ready for less when", Items: v.rules(l.StepDown)},
		part{Head: "Look again sooner when", Items: v.signs(l.StepUp)},
		part{Head: "Suits", Items: v.statements(l.Suits)},
		part{Head: "Objectives", Items: v.objectives(l)},
		part{Head: "To agree on with the person", Items: v.statements(l.Agree)},
		part{Head: "Team", Items: v.statements(l.Team)},
		part{Head: "The record has to show", Items: v.statements(l.Documentation)},
		part{Head: "Due while at the level", Items: v.due(l)},
		part{Head: "Services", Lines: oneLine(namesOf(l.Services))})
}

func namesOf(services []*pack.Service) []string {
	var out []string
	for _, s := range services {
		out = append(out, briefName(s))
	}
	return out
}

func oneLine(words []string) []line {
	if len(words) == 0 {
		return nil
	}
	return []line{{Text: sentence(strings.Join(words, "; "))}}
}

func (v *packView) rules(all []*pack.Criterion) []item {
	var out []item
	for _, c := range all {
		it := item{ID: clean(c.ID), Text: v.line(sentence(capital(requirementText(v.p, c))), c.Sources)}
		if c.Because != "" {
			it.Then = append(it.Then, v.when("When", c.When))
		}
		it = v.overTime(it, c.Course)
		if c.Otherwise != "" {
			it.Then = append(it.Then, fact{Label: "Otherwise", Value: line{Text: clean(c.Otherwise)}})
		}
		out = append(out, it)
	}
	return out
}

func (v *packView) when(label string, c pack.Condition) fact {
	return fact{Label: label, Value: line{Text: sentence(clean(v.p.Describe(c)))}}
}

func (v *packView) questions(s *pack.Section) {
	p := part{Lines: paragraphs(s.Help)}
	for _, q := range s.Questions {
		it := item{ID: clean(q.ID), Text: v.line(q.Ask, q.Sources), Then: v.answersTo(q)}
		p.Items = append(p.Items, it)
	}
	add(&v.sections, "questions", "Questions: "+clean(s.Title), p)
}

// answersTo says what a question takes: ids as they are typed, and what they
// mean.
func (v *packView) answersTo(q *pack.Question) []fact {
	var out []fact
	say := func(label, text string) { out = append(out, fact{Label: label, Value: line{Text: clean(text)}}) }
	switch q.Kind {
	case pack.YesNo:
		say("Answers", "yes or no"+worseWords(q.Worse, "yes", "no"))
	case pack.Number:
		say("Answers", fmt.Sprintf("a number from %s to %s%s", v.p.FormatAnswer(q.Slot, q.Min),
			v.p.AnswerLabel(q.Slot, q.Max), worseWords(q.Worse, "higher", "lower")))
	case pack.Instrument:
		say("Answers", instrumentWords(q))
	case pack.Scale:
		say("Answers", "one, from best to worst")
	case pack.Choice:
		say("Answers", "one")
	case pack.Multi:
		say("Answers", "any, or none of them"+worseWords(q.Worse, "more", "fewer"))
	}
	for _, o := range q.Options {
		say(o.ID, o.Label)
	}
	for _, b := range q.Bands {
		say(b.ID, fmt.Sprintf("%d to %d, %s", b.From, b.To, b.Label))
	}
	if words := changeWords(q); words != "" {
		say("Over time", sentence(capital(words)))
	}
	if q.Help != "" {
		say("Help", q.Help)
	}
	return out
}

func worseWords(w pack.Worse, higher, lower string) string {
	switch w {
	case pack.WorseHigher:
		return "; " + higher + " is worse"
	case pack.WorseLower:
		return "; " + lower + " is worse"
	}
	return ""
}

func instrumentWords(q *pack.Question) string {
	text := fmt.Sprintf("a total from %d to %d", q.Min, q.Max)
	if n := len(q.Items); n > 0 {
		text += fmt.Sprintf(", or its %d items from 0 to %d", n, len(q.Grades)-1)
	}
	if q.Fill.AtMost > 0 {
		text += fmt.Sprintf("; up to %s filled in", count(q.Fill.AtMost, "missing item"))
	}
	return text
}

func (v *packView) scores() {
	var p part
	for _, s := range v.p.Scores {
		it := item{ID: clean(s.ID), Text: v.line(sentence(capital(s.Title)), s.Sources)}
		var over []string
		for _, t := range s.Terms {
			over = append(over, slotName(v.p, t.Slot))
		}
		it.Then = []fact{{Label: "Sum over", Value: line{Text: strings.Join(over, "; ")}},
			{Label: "Reaches", Value: line{Text: fmt.Sprintf("%d to %d", s.Min, s.Max)}}}
		for _, b := range s.Bands {
			it.Then = append(it.Then, fact{Label: clean(b.ID), Value: line{Text: fmt.Sprintf("%d to %d, %s", b.From, b.To, clean(b.Label))}})
		}
		p.Items = append(p.Items, it)
	}
	add(&v.sections, "scores", "Scores", p)
}

func (v *packView) conditions() {
	var p part
	for _, c := range v.p.Conditions {
		p.Items = append(p.Items, item{ID: clean(c.ID), Text: line{Text: sentence(capital(clean(c.Title)))},
			Then: []fact{v.when("When", c.When)}})
	}
	add(&v.sections, "conditions", "Conditions with a name", p)
}

func (v *packView) allServices() {
	var p part
	for _, s := range v.p.Services {
		it := item{ID: clean(s.ID), Text: v.serviceLine(s)}
		if s.When == nil {
			it.Then = []fact{{Label: "For", Value: line{Text: "everybody at a level that has it."}}}
		} else {
			it.Then = []fact{v.when("When", s.When), {Label: "Why", Value: line{Text: clean(s.Because)}}}
		}
		p.Items = append(p.Items, it)
	}
	add(&v.sections, "services", "Services", p)
}

func (v *packView) allNotes() {
	var p part
	for _, kind := range noteOrder {
		for _, n := range v.p.Notes {
			if n.Kind != kind {
				continue
			}
			it := item{ID: clean(n.ID), Word: capital(kind.String()), Text: v.line(sentence(n.Because), n.Sources),
				Then: []fact{v.when("When", n.When)}}
			for _, s := range n.Try {
				it.Then = append(it.Then, fact{Label: "Try", Value: v.statement(s)})
			}
			p.Items = append(p.Items, it)
		}
	}
	add(&v.sections, "notes", "Contradictions, warnings and barriers", p)
}

func (v *packView) guarantees() {
	var p part
	for _, g := range v.p.Guarantees {
		var bounds []string
		if g.AtLeast != nil {
			bounds = append(bounds, "at least "+shortName(g.AtLeast))
		}
		if g.AtMost != nil {
			bounds = append(bounds, "at most "+shortName(g.AtMost))
		}
		p.Items = append(p.Items, item{ID: clean(g.ID), Word: capital(joined(bounds, "and")),
			Text: v.line(sentence(g.Because), g.Sources), Then: []fact{v.when("Whenever", g.Whenever)}})
	}
	add(&v.sections, "guarantees", "Guarantees", p)
}

func (v *packView) serviceLine(s *pack.Service) line {
	text := serviceName(s)
	if s.Detail != "" {
		text += ": " + clean(s.Detail)
	}
	return line{sentence(text), v.marks(s.Sources)}
}
