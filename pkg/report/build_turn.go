package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// tooMuch says that nothing argues for the levels above: for the nearest one
// with what it would take and the answers that hold it off, as one says it to
// somebody who asks why it is not more; for the others in a sentence.
func (b *builder) tooMuch() []part {
	highest := b.r.Possible[len(b.r.Possible)-1]
	var parts []part
	var far []string
	for _, l := range b.p.Levels[highest.Index+1:] {
		findings := b.why.against(l)
		switch {
		case len(findings) == 0:
		case len(parts) == 0:
			parts = append(parts, b.wouldTake(l, findings))
		default:
			far = append(far, capital(shortName(l))+": "+noneHolds(len(findings))+".")
		}
	}
	if len(far) > 0 {
		parts = append(parts, part{Intro: strings.Join(far, " ")})
	}
	return parts
}

// examples is how many reasons for a level that do not hold are told.
const examples = 3

// wouldTake gives the reasons that hang on the fewest answers as examples.
func (b *builder) wouldTake(l *pack.Level, findings []engine.Finding) part {
	nearest := slices.Clone(findings)
	slices.SortStableFunc(nearest, func(x, y engine.Finding) int { return cmp.Compare(len(x.Slots), len(y.Slots)) })
	p := part{Head: capital(shortName(l)), Intro: "more than the answers call for; " + noneHolds(len(findings)) + ". It would take, for example:"}
	if len(findings) <= examples {
		p.Intro = "more than the answers call for. It would take:"
	}
	for _, f := range nearest[:min(examples, len(nearest))] {
		c := f.Criterion
		p.Flow = append(p.Flow, phrase{Text: line{Text: clause(clean(c.Because))}, ID: clean(c.ID), Basis: b.behind(f.Slots)})
	}
	return p
}

func noneHolds(n int) string {
	if n == 1 {
		return "the one reason for it does not hold"
	}
	return fmt.Sprintf("none of %d reasons holds", n)
}

// turning says which answers would give the next level up or down, as far as
// the plan does not. What leads further is among the details.
func (b *builder) turning() {
	var near, far []part
	for _, l := range b.turnedTo() {
		p := b.turnedPart(l)
		switch {
		case len(p.Flow) == 0 || l == b.raised():
		case b.isNext(l):
			near = append(near, p)
		default:
			far = append(far, p)
		}
	}
	if b.isEmergency() {
		near, far = nil, append(near, far...)
	}
	add(&b.doc.Core, "flips", "What would change it", near...)
	b.far = far
}

// turnedPart are the changes that lead to a level.
func (b *builder) turnedPart(l *pack.Level) part {
	p := part{Head: capital(shortName(l)), Intro: "if one of these were so:", Flow: b.flipsTo(l)}
	if len(p.Flow) == 1 {
		p.Intro = "if this were so:"
	}
	return p
}

// isNext reports whether no change leads to a level between l and the
// recommended one.
func (b *builder) isNext(l *pack.Level) bool {
	low, high := min(l.Index, b.r.Level.Index), max(l.Index, b.r.Level.Index)
	for _, f := range b.why.flips {
		if low < f.level.Index && f.level.Index < high {
			return false
		}
	}
	return true
}

// turnedTo are the levels that a change leads to.
func (b *builder) turnedTo() []*pack.Level {
	if b.r.Level == nil {
		return nil
	}
	at := b.r.Level.Index
	return append(nearestFirst(b.p.Levels[:at]), b.p.Levels[at+1:]...)
}

// flipsTo are the changes that lead to a level; what one question's answers
// can do stands together.
func (b *builder) flipsTo(l *pack.Level) []phrase {
	var out []phrase
	var same []change // of one question, each alone
	flush := func() {
		if len(same) > 0 {
			out = append(out, phrase{Text: line{Text: b.oneOf(same)}})
		}
		same = nil
	}
	for _, f := range b.why.flips {
		if f.level != l {
			continue
		}
		if len(same) > 0 && (len(f.changes) != 1 || f.changes[0].slot != same[0].slot) {
			flush()
		}
		if len(f.changes) == 1 {
			same = append(same, f.changes[0])
			continue
		}
		var both []string
		for _, c := range f.changes {
			both = append(both, b.oneOf([]change{c}))
		}
		out = append(out, phrase{Text: line{Text: joined(both, "and")}})
	}
	flush()
	return out
}

// oneOf is a question and the answers to it, each of which would do.
func (b *builder) oneOf(changes []change) string {
	c := changes[0]
	q := b.p.Slots[c.slot].Question
	if q.Kind == pack.Multi && len(changes) > 1 && len(changes) == len(q.Options) {
		return "any of the " + b.noun(c.slot)
	}
	var answers []string
	for _, c := range changes {
		answers = append(answers, b.quoted(c.slot, c.to))
	}
	text := b.noun(c.slot) + " "
	if !strings.HasPrefix(answers[0], "“") {
		text = b.noun(c.slot) + ": "
	}
	text += joined(answers, "or")
	if !c.from.Known() {
		text += " (no answer now)"
	}
	return text
}

// noun names a question inside a sentence.
func (b *builder) noun(slot int) string {
	if s := b.p.Slots[slot]; !s.IsItem() {
		return clean(s.Question.Noun())
	}
	return b.slotName(slot)
}

func (b *builder) quoted(slot int, v pack.Value) string {
	label := clean(b.p.AnswerLabel(slot, v))
	if k := b.p.Slots[slot].Question.Kind; v.Known() && k != pack.Number && k != pack.YesNo && k != pack.Instrument {
		return "“" + label + "”"
	}
	return label
}

// checkSections are for who checks the recommendation: a smallest set of
// answers that gives it, and the criteria for more that were looked at.
func (b *builder) checkSections() {
	add(&b.doc.Details, "far-flips", "What would change it more", b.far...)
	if b.r.Level != nil && len(b.why.sufficient) > 0 {
		add(&b.doc.Details, "sufficient", "What settles it", b.settles())
	}
	b.heldOff()
}

// settles are the answers that suffice.
func (b *builder) settles() part {
	p := part{Intro: "Whatever the other answers are, these alone give " + shortName(b.r.Level) + ", and no fewer do:"}
	if !b.why.smallest {
		p.Intro = "Whatever the other answers are, these alone give " + shortName(b.r.Level) + ", and none of them can be left out:"
	}
	for _, f := range b.behind(b.why.sufficient) {
		p.Flow = append(p.Flow, phrase{Label: f.Label, Text: f.Value})
	}
	return p
}

// heldOff names the criteria of the nearest level above, of which the core
// gives examples.
func (b *builder) heldOff() {
	highest := b.r.Possible[len(b.r.Possible)-1]
	for _, l := range b.p.Levels[highest.Index+1:] {
		findings := b.why.against(l)
		if len(findings) == 0 {
			continue
		}
		var p part
		for _, f := range findings {
			p.Flow = append(p.Flow, phrase{ID: clean(f.Criterion.ID)})
		}
		if len(findings) > examples {
			add(&b.doc.Details, "held-off", "Criteria for "+shortName(l)+" that do not hold", p)
		}
		return
	}
}
