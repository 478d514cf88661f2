package report

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// What a pack is made of, beside its levels.

func (v *packView) questions(s *pack.Section) {
	p := part{Lines: paragraphs(s.Help)}
	for _, q := range s.Questions {
		it := item{ID: clean(q.ID), Text: v.line(q.Ask, q.Sources), Then: v.answersTo(q)}
		p.Items = append(p.Items, it)
	}
	add(&v.sections, "questions-"+clean(s.ID), "Questions: "+clean(s.Title), p)
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
		p.Items = append(p.Items, v.proved(g, item{ID: clean(g.ID), Word: capital(joined(bounds, "and")),
			Text: v.line(sentence(g.Because), g.Sources), Then: []fact{v.when("Whenever", g.Whenever)}}))
	}
	if len(p.Items) > 0 {
		p.Lines = []line{{Text: "Sentences about all combinations of answers, which no change of the rules may break."}}
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
