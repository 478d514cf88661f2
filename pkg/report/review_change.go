package report

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// changes are the answers that are not as last time, and the criteria that came
// and went. The items of an instrument are in its total.
func (b *reviewer) changes() {
	heads := []string{review.Better: "Better", review.Worse: "Worse", review.Other: "Different", review.New: "Answered now and not last time", review.Gone: "Answered last time and not now"}
	parts := make([]part, len(heads))
	for i, head := range heads {
		parts[i].Head = head
	}
	for _, c := range b.v.Changed {
		if !b.p.Slots[c.Slot].IsItem() {
			parts[c.Way].Flow = append(parts[c.Way].Flow, b.changed(c))
		}
	}
	parts = append(parts,
		b.criteria("Holds now and did not last time", b.v.Came),
		b.criteria("Held last time and does not now", b.v.Went),
		b.criteria("Held last time, and it is not known whether it does now", b.v.Open))
	add(b.body(), "changes", "What has changed since "+review.Date(b.v.Before.Day), parts...)
}

func (b *reviewer) changed(c review.Change) phrase {
	text := ""
	switch c.Way {
	case review.New:
		text = b.answerWords(c.Slot, c.To)
	case review.Gone:
		text = "was " + b.answerWords(c.Slot, c.From)
	default:
		text = "from " + b.answerWords(c.Slot, c.From) + " to " + b.answerWords(c.Slot, c.To)
	}
	return phrase{Label: b.slotName(c.Slot), Text: line{Text: text}}
}

// answerWords are an answer inside a sentence: of an instrument or a number the
// number alone, since its question says what it is a number of.
func (b *reviewer) answerWords(slot int, v pack.Value) string {
	if k := b.p.Slots[slot].Question.Kind; v.Known() && (k == pack.Instrument || k == pack.Number) {
		return clean(b.p.FormatAnswer(slot, v))
	}
	return b.quoted(slot, v)
}

func (b *reviewer) criteria(head string, all []*pack.Criterion) part {
	p := part{Head: head}
	for _, c := range all {
		f := b.criterion(c)
		f.Label = "For " + inside(shortName(c.Level))
		p.Flow = append(p.Flow, f)
	}
	return p
}

// measures are the instruments over time.
func (b *reviewer) measures() {
	var p part
	for _, m := range b.v.Measures {
		p.Facts = append(p.Facts, fact{Label: capital(clean(m.Question.Noun())), Value: line{Text: sentence(measureWords(m))}, Open: m.Now == nil})
		if m.Behind {
			p.After = append(p.After, b.line(fmt.Sprintf("%s is %d in week %d of treatment; by week %d it is expected to be below %d. That early a lack of response asks for a look at the treatment.",
				capital(clean(m.Question.Noun())), m.Now.Total, m.Weeks, m.Milestone.Weeks, m.Milestone.Below), m.Question.Sources))
		}
	}
	add(b.body(), "measures", "Scores over time", p)
}

// measureWords are the totals, and what their changes mean.
func measureWords(m review.Measure) string {
	words := pointWords(m)
	if m.Now == nil {
		return words
	}
	var out []string
	if s := m.SinceFirst; s != nil {
		out = append(out, "since the first time "+shiftWords(m, s))
	}
	if s := m.SinceLast; s != nil && m.SinceFirst != nil && s.From.Assessment != m.SinceFirst.From.Assessment {
		out = append(out, "since the last time "+shiftWords(m, s))
	}
	if m.Response {
		out = append(out, "response (at least half of it is gone)")
	}
	if m.Remission {
		out = append(out, fmt.Sprintf("remission (below %d)", m.Question.Remission))
	}
	if len(out) == 0 {
		return words
	}
	return words + "; " + strings.Join(out, "; ")
}

// pointWords are the first total, the last one and the present one.
func pointWords(m review.Measure) string {
	last := len(m.Points) - 1
	var out []string
	for i, pt := range m.Points {
		when := review.Date(pt.Assessment.Day)
		switch {
		case m.Now != nil && i == last:
			out = append(out, fmt.Sprintf("now %d", pt.Total)+pointNotes(pt))
		case i == 0:
			out = append(out, fmt.Sprintf("first %d (%s)", pt.Total, when))
		case i == last || m.Now != nil && i == last-1:
			out = append(out, fmt.Sprintf("last %d (%s)", pt.Total, when))
		}
	}
	if m.Now == nil {
		out = append(out, "no total now")
	}
	return strings.Join(out, ", ")
}

func pointNotes(pt review.Point) string {
	var notes []string
	if pt.Band != nil {
		notes = append(notes, inside(clean(pt.Band.Label)))
	}
	if pt.Filled > 0 {
		notes = append(notes, count(pt.Filled, "missing item")+" filled in")
	}
	if len(notes) == 0 {
		return ""
	}
	return " (" + strings.Join(notes, ", ") + ")"
}

// shiftWords say how far a total has moved and whether that is more than
// chance, where the pack says from where on it is.
func shiftWords(m review.Measure, s *review.Shift) string {
	by := s.By
	if by < 0 {
		by = -by
	}
	if by == 0 {
		return "the same"
	}
	words := map[review.Way]string{review.Better: "better by ", review.Worse: "worse by ", review.Other: "changed by "}[s.Way] + fmt.Sprint(by)
	switch {
	case m.Question.ReliableChange == 0:
		return words
	case s.Reliable:
		return "reliably " + words
	}
	return words + fmt.Sprintf(", which can be chance (less than %d)", m.Question.ReliableChange)
}

// scoreWords are the totals at a glance: "PHQ-9 17 → 9".
func (b *reviewer) scoreWords() string {
	var out []string
	for _, m := range b.v.Measures {
		name := capital(clean(m.Question.Noun()))
		switch s := m.SinceLast; {
		case m.Now == nil:
			out = append(out, name+" not measured now")
		case s == nil:
			out = append(out, fmt.Sprintf("%s %d", name, m.Now.Total))
		case s.By == 0:
			out = append(out, fmt.Sprintf("%s %d, as last time", name, m.Now.Total))
		default:
			out = append(out, fmt.Sprintf("%s from %d to %d (%s)", name, s.From.Total, m.Now.Total, shiftBrief(s)))
		}
		if m.Behind {
			out[len(out)-1] += ", less response than expected"
		}
	}
	return strings.Join(out, "; ")
}

func shiftBrief(s *review.Shift) string {
	word := map[review.Way]string{review.Better: "better", review.Worse: "worse", review.Other: "changed"}[s.Way]
	if s.Reliable {
		return "reliably " + word
	}
	return word
}
