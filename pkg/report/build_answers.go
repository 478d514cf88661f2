package report

import (
	"fmt"
	"slices"
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

// answerSection shows every answer, and names the questions without one, so
// that nothing that is missing looks as if it had been good.
func (b *builder) answerSection() {
	var parts []part
	for _, s := range b.p.Sections {
		p := part{Head: clean(s.Title), Table: true}
		for _, q := range s.Questions {
			if answered(q, b.r.Answers) || anyKnown(q, b.r.Answers) {
				p.Flow = append(p.Flow, b.answerPhrase(q))
			}
		}
		parts = append(parts, p)
	}
	add(&b.doc.Details, "answers", "All answers", append(parts, b.withoutAnswer()...)...)
}

// withoutAnswer names the questions without an answer, and says which of them
// matter.
func (b *builder) withoutAnswer() []part {
	deciding := part{Head: "No answer, and can decide"}
	notAssessed := part{Head: "Not assessed"}
	notAsked := part{Head: "Not asked"}
	for _, q := range b.p.Questions {
		name := phrase{Text: line{Text: b.slotName(q.Slot)}}
		switch {
		case answered(q, b.r.Answers) || anyKnown(q, b.r.Answers):
		case slices.Contains(b.r.Deciding, q):
			deciding.Flow = append(deciding.Flow, name)
		case b.r.Answers[q.Slot] == pack.NotAssessed:
			notAssessed.Flow = append(notAssessed.Flow, name)
		default:
			notAsked.Flow = append(notAsked.Flow, name)
		}
	}
	for _, p := range []*part{&notAssessed, &notAsked} {
		p.Head += " (cannot change the level)"
	}
	return []part{deciding, notAssessed, notAsked}
}

func (b *builder) answerPhrase(q *pack.Question) phrase {
	text := clean(b.p.AnswerLabel(q.Slot, b.answerOf(q.Slot)))
	if !answered(q, b.r.Answers) {
		text = "no total"
	}
	if grades := b.grades(q); grades != "" {
		text += "; " + grades
	}
	return phrase{Label: b.slotName(q.Slot), Text: line{Text: text}}
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
func (b *builder) instruments() []string {
	var out []string
	for _, q := range b.p.Questions {
		if q.Kind == pack.Instrument && anyKnown(q, b.r.Answers) {
			out = append(out, capital(clean(q.Noun()))+" "+b.instrument(q))
		}
	}
	return out
}

func (b *builder) instrument(q *pack.Question) string {
	total, filled, known := q.Total(b.r.Answers)
	if !known {
		lo, hi := q.TotalBounds(b.r.Answers)
		return fmt.Sprintf("has no total, with items missing, and lies between %d and %d", lo, hi)
	}
	text := fmt.Sprintf("%d of %d", total, q.Max)
	var notes []string
	for _, band := range q.Bands {
		if band.From <= total && total <= band.To {
			notes = append(notes, inside(clean(band.Label)))
		}
	}
	if filled > 0 {
		notes = append(notes, count(filled, "missing item")+" filled in with the mean of the others")
	}
	if len(notes) > 0 {
		text += " (" + strings.Join(notes, ", ") + ")"
	}
	return text
}

// limits say what the rules are for and what they cannot do.
func (b *builder) limits() {
	var parts []part
	for _, p := range []struct{ head, text string }{{"Use", b.p.IntendedUse}, {"About", b.p.Population}} {
		if text := strings.TrimSuffix(clean(p.text), "."); text != "" {
			parts = append(parts, part{Head: p.head, Flow: []phrase{{Text: line{Text: text}}}})
		}
	}
	add(&b.doc.Details, "limits", "Intended use and limits", append(parts, part{Items: b.statements(b.p.Limits)})...)
}
