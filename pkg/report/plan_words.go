package report

import (
	"fmt"
	"math/bits"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// goal says a target with where the person stands: "PHQ-9 from 17 to at most
// 9", "keep PHQ-9 at most 9 (now 7)", "PHQ-9 at most 9 (not measured yet)".
func (b *builder) goal(t target) string {
	if c, ok := t.of.(*pack.Includes); ok {
		return b.goalOfMany(t, c)
	}
	noun, want := b.noun(t.slot), b.wanted(t.of.(*pack.In))
	now, known := b.standing(t.slot)
	switch {
	case t.state == engine.Unknown && known:
		return noun + " " + want + " (" + now + ")"
	case t.state == engine.Unknown:
		return noun + " " + want + " (" + b.unmeasured(t.slot) + ")"
	case t.state == engine.False && partly(b.p.Slots[t.slot].Question, b.r.Answers, t.slot):
		return noun + " to " + want + " (now " + now + ")"
	case t.state == engine.False:
		return noun + " from " + now + " to " + want
	case now == want:
		return "keep " + noun + ": " + want
	}
	return "keep " + noun + " " + want + " (now " + now + ")"
}

// goalOfMany is goal for a multiple choice: which options are to be added.
func (b *builder) goalOfMany(t target, c *pack.Includes) string {
	q := b.p.Slots[t.slot].Question
	now := b.r.Answers[t.slot]
	switch t.state {
	case engine.Unknown:
		return b.selected(q, c.Mask, c.All) + " in " + b.noun(t.slot) + " (" + b.unmeasured(t.slot) + ")"
	case engine.False:
		return "add " + b.selected(q, c.Mask&^now, c.All) + " to " + b.noun(t.slot)
	}
	return "keep " + b.selected(q, c.Mask&now, true) + " in " + b.noun(t.slot)
}

func (b *builder) selected(q *pack.Question, mask pack.Value, all bool) string {
	var labels []string
	for i, o := range q.Options {
		if mask>>i&1 == 1 {
			labels = append(labels, "“"+clean(o.Label)+"”")
		}
	}
	if all {
		return joined(labels, "and")
	}
	return joined(labels, "or")
}

// standing is the present answer in a few words, and whether anything is known
// of it: the items of an instrument bound a total that is not there.
func (b *builder) standing(slot int) (words string, known bool) {
	q := b.p.Slots[slot].Question
	if partly(q, b.r.Answers, slot) {
		return b.soFar(q), true
	}
	v := b.answerOf(slot)
	return b.value(slot, v), v.Known()
}

// value is an answer inside a sentence: a number alone, since its question
// says what it is a number of.
func (b *builder) value(slot int, v pack.Value) string {
	if s := b.p.Slots[slot]; v.Known() && (s.IsItem() || s.Question.Kind == pack.Instrument || s.Question.Kind == pack.Number) {
		return clean(b.p.FormatAnswer(slot, v))
	}
	return b.quoted(slot, v)
}

func (b *builder) unmeasured(slot int) string {
	if b.p.Slots[slot].Question.Kind == pack.Instrument {
		return "not measured yet"
	}
	return "no answer yet"
}

// wanted are the answers that pass a target.
func (b *builder) wanted(c *pack.In) string {
	var out []string
	for _, r := range c.Ranges {
		out = append(out, b.wantedOf(c.Slot, r)...)
	}
	return joined(out, "or")
}

func (b *builder) wantedOf(slot int, r pack.Interval) []string {
	s := b.p.Slots[slot]
	from, to := b.value(slot, r.From), b.value(slot, r.To)
	ordered := s.IsItem() || s.Question.Kind == pack.Scale || s.Question.Kind == pack.Number || s.Question.Kind == pack.Instrument
	switch {
	case r.From == r.To:
		return []string{from}
	case !ordered: // each option for itself
		var out []string
		for v := r.From; v <= r.To; v++ {
			out = append(out, b.value(slot, v))
		}
		return out
	case r.From == s.Min:
		return []string{b.edge(slot, "at most ", to, " or better")}
	case r.To == s.Max:
		return []string{b.edge(slot, "at least ", from, " or worse")}
	}
	return []string{fmt.Sprintf("between %s and %s", from, to)}
}

// edge says the end of a range: numbers are at most or at least something, and
// what a scale says is better or worse.
func (b *builder) edge(slot int, before, value, after string) string {
	if b.p.Slots[slot].Question.Kind == pack.Scale {
		return value + after
	}
	return before + value
}

// whom are the answers behind whom an objective is for, without those that its
// targets show. Of a multiple choice they are the options that it asks for: the
// others are for other objectives.
func (b *builder) whom(o objective) []fact {
	var out []fact
	for _, slot := range o.whom.Slots {
		if slices.ContainsFunc(o.targets, func(t target) bool { return t.slot == slot }) {
			continue
		}
		q := b.p.Slots[slot].Question
		if asked := askedOptions(o.of.When, slot) & b.r.Answers[slot]; q.Kind == pack.Multi && b.r.Answers[slot].Known() && asked != 0 {
			out = append(out, fact{Label: b.slotName(slot), Value: line{Text: optionLabels(q, asked)}})
			continue
		}
		out = append(out, b.behind([]int{slot})...)
	}
	return out
}

// askedOptions are the options of a multiple choice that a condition tests.
func askedOptions(c pack.Condition, slot int) pack.Value {
	var mask pack.Value
	pack.Walk(c, func(c pack.Condition) bool {
		if c, ok := c.(*pack.Includes); ok && c.Slot == slot {
			mask |= c.Mask
		}
		return true
	})
	return mask
}

func optionLabels(q *pack.Question, mask pack.Value) string {
	labels := make([]string, 0, bits.OnesCount64(uint64(mask)))
	for i, o := range q.Options {
		if mask>>i&1 == 1 {
			labels = append(labels, clean(o.Label))
		}
	}
	return strings.Join(labels, "; ")
}
