package report

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// answerOf is a slot's answer; an instrument given by its items has its total.
func (b *builder) answerOf(slot int) pack.Value { return answerOf(b.p, b.r.Answers, slot) }

func answerOf(p *pack.Pack, a pack.Answers, slot int) pack.Value {
	s := &p.Slots[slot]
	if v := a[slot]; v.Known() || s.IsItem() || s.Question.Kind != pack.Instrument {
		return v
	}
	if total, _, known := s.Question.Total(a); known {
		return total
	}
	return a[slot]
}

// slotName names a question, or an item, inside a sentence or before a colon.
func (b *builder) slotName(slot int) string { return slotName(b.p, slot) }

func slotName(p *pack.Pack, slot int) string {
	s := &p.Slots[slot]
	name := capital(clean(s.Question.Noun()))
	if !s.IsItem() {
		return name
	}
	name += " item " + strconv.Itoa(s.Item+1)
	if text := clean(s.Question.Items[s.Item].Text); text != "" {
		name += " (" + text + ")"
	}
	return name
}

// behind lists the answers in the slots, for who checks a finding. Several
// items of an instrument are shown as what they come to.
func (b *builder) behind(slots []int) []fact {
	var out []fact
	for _, g := range grouped(b.p, slots) {
		if q := b.p.Slots[g[0]].Question; len(g) > 1 || partly(q, b.r.Answers, g[0]) {
			out = append(out, fact{Label: b.slotName(q.Slot), Value: line{Text: b.soFar(q)}})
			continue
		}
		v := b.answerOf(g[0])
		out = append(out, fact{Label: b.slotName(g[0]), Value: line{Text: clean(b.p.AnswerLabel(g[0], v))}, Open: !v.Known()})
	}
	return out
}

// waiting names the questions in the slots, and several items of an instrument
// by their numbers.
func (b *builder) waiting(slots []int) []string {
	var out []string
	for _, g := range grouped(b.p, slots) {
		if len(g) == 1 {
			out = append(out, b.slotName(g[0]))
			continue
		}
		var numbers []string
		for _, s := range g {
			if it := b.p.Slots[s].Item; it >= 0 {
				numbers = append(numbers, strconv.Itoa(it+1))
			}
		}
		out = append(out, b.slotName(b.p.Slots[g[0]].Question.Slot)+" items "+joined(numbers, "and"))
	}
	return out
}

// grouped puts neighbours of one instrument together; slots are in order.
func grouped(p *pack.Pack, slots []int) [][]int {
	var out [][]int
	for _, s := range slots {
		if n := len(out); n > 0 && p.Slots[out[n-1][0]].Question == p.Slots[s].Question {
			out[n-1] = append(out[n-1], s)
		} else {
			out = append(out, []int{s})
		}
	}
	return out
}

// partly reports whether a slot is an instrument's total that is not known
// although some of its items are: they still bound it.
func partly(q *pack.Question, a pack.Answers, slot int) bool {
	return q.Kind == pack.Instrument && slot == q.Slot && !answered(q, a) && anyKnown(q, a)
}

// soFar is an instrument's total, or the bounds of it while items are missing.
func (b *builder) soFar(q *pack.Question) string {
	if total, _, known := q.Total(b.r.Answers); known {
		return clean(b.p.AnswerLabel(q.Slot, total))
	}
	lo, hi := q.TotalBounds(b.r.Answers)
	return fmt.Sprintf("between %d and %d, with items missing", lo, hi)
}

// answerSection shows every question with its answer, those without one
// included, so that nothing that is missing looks as if it had been good.
func (b *builder) answerSection() {
	var parts []part
	for _, s := range b.p.Sections {
		p := part{Head: clean(s.Title)}
		for _, q := range s.Questions {
			p.Facts = append(p.Facts, b.answerFact(q))
		}
		parts = append(parts, p)
	}
	add(&b.doc.Details, "answers", "All answers", parts...)
}

func (b *builder) answerFact(q *pack.Question) fact {
	v := b.answerOf(q.Slot)
	text := clean(b.p.AnswerLabel(q.Slot, v))
	if grades := b.grades(q); grades != "" {
		text += "; " + grades
	}
	return fact{Label: b.slotName(q.Slot), Value: line{Text: text}, Open: !v.Known()}
}

// grades writes an instrument's items on one line, a dash for a missing one.
func (b *builder) grades(q *pack.Question) string {
	var out []string
	given := false
	for _, it := range q.Items {
		v := b.r.Answers[it.Slot]
		given = given || v.Known()
		if v.Known() {
			out = append(out, strconv.FormatInt(int64(v), 10))
		} else {
			out = append(out, "–")
		}
	}
	if !given {
		return ""
	}
	return "items " + strings.Join(out, " ")
}

// instruments are the totals: as given, summed, filled in, or out of reach.
func (b *builder) instruments() []fact {
	var out []fact
	for _, q := range b.p.Questions {
		if q.Kind == pack.Instrument {
			if f, ok := b.instrument(q); ok {
				out = append(out, f)
			}
		}
	}
	return out
}

func (b *builder) instrument(q *pack.Question) (fact, bool) {
	f := fact{Label: capital(clean(q.Noun()))}
	total, filled, known := q.Total(b.r.Answers)
	switch {
	case known && filled > 0:
		f.Value.Text = fmt.Sprintf("%s of %d; %s filled in with the mean of the answered ones",
			b.totalLabel(q, total), q.Max, count(filled, "missing item"))
	case known:
		f.Value.Text = fmt.Sprintf("%s of %d", b.totalLabel(q, total), q.Max)
	case b.grades(q) != "":
		lo, hi := q.TotalBounds(b.r.Answers)
		f.Open = true
		f.Value.Text = fmt.Sprintf("No total, with items missing; it lies between %d and %d", lo, hi)
	default:
		return fact{}, false
	}
	return f, true
}

// totalLabel is a total with its band, written so that "of 27" can follow.
func (b *builder) totalLabel(q *pack.Question, total pack.Value) string {
	for _, band := range q.Bands {
		if band.From <= total && total <= band.To {
			return capital(clean(band.Label)) + ", " + strconv.FormatInt(int64(total), 10)
		}
	}
	return strconv.FormatInt(int64(total), 10)
}

// limits say what the rules are for and what they cannot do.
func (b *builder) limits() {
	var facts []fact
	for _, f := range []fact{
		{Label: "For", Value: line{Text: clean(b.p.IntendedUse)}},
		{Label: "About", Value: line{Text: clean(b.p.Population)}},
	} {
		if f.Value.Text != "" {
			facts = append(facts, f)
		}
	}
	add(&b.doc.Details, "limits", "Intended use and limits", part{Facts: facts}, part{Items: b.statements(b.p.Limits)})
}
