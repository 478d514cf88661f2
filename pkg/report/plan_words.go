package report

import (
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// goal says a target with where the person stands: "PHQ-9 from 17 to at most
// 9", "keep PHQ-9 at most 9, now 7", "PHQ-9 at most 9, not measured yet".
func (b *builder) goal(t target) string {
	if c, ok := t.of.(*pack.Includes); ok {
		return b.goalOfMany(t, c)
	}
	noun, want := b.targetWords(t.of)
	now, known := b.standing(t.slot)
	switch {
	case t.state == engine.Unknown && known:
		return noun + " " + want + ", now " + now
	case t.state == engine.Unknown && b.p.Slots[t.slot].Question.Kind == pack.YesNo:
		return noun + ": " + want + ", " + b.unmeasured(t.slot)
	case t.state == engine.Unknown:
		return noun + " " + want + ", " + b.unmeasured(t.slot)
	case t.state == engine.False && partly(b.p.Slots[t.slot].Question, b.r.Answers, t.slot):
		return noun + " to " + want + ", now " + now
	case t.state == engine.False:
		return noun + " from " + now + " to " + want
	case now == want:
		return "keep " + noun + ": " + want
	}
	return "keep " + noun + " " + want + ", now " + now
}

// targetWords are the pack's words, with the quotes of the report.
func (b *builder) targetWords(c pack.Condition) (noun, want string) {
	noun, want = b.p.TargetWords(c)
	return curly(clean(noun)), curly(clean(want))
}

// curly makes opening and closing quotes of straight ones, by turns.
func curly(s string) string {
	for strings.Count(s, `"`) > 1 {
		s = strings.Replace(strings.Replace(s, `"`, "“", 1), `"`, "”", 1)
	}
	return s
}

// goalOfMany is goal for a multiple choice: which options are to be added.
func (b *builder) goalOfMany(t target, c *pack.Includes) string {
	q := b.p.Slots[t.slot].Question
	now := b.r.Answers[t.slot]
	switch t.state {
	case engine.Unknown:
		return b.selected(q, c.Mask, c.All) + " in " + b.noun(t.slot) + ", " + b.unmeasured(t.slot)
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
	v := b.answerOf(slot)
	switch {
	case partly(q, b.r.Answers, slot):
		return b.soFar(q), true
	case !v.Known():
		return "", false
	case q.Kind == pack.Multi && v != 0:
		return b.selected(q, v, true), true
	}
	_, words = b.targetWords(&pack.In{Slot: slot, Ranges: []pack.Interval{{From: v, To: v}}})
	return words, true
}

func (b *builder) unmeasured(slot int) string {
	if b.p.Slots[slot].Question.Kind == pack.Instrument {
		return "not measured yet"
	}
	return "no answer yet"
}

// whom are the answers behind whom an objective is for, without those that its
// targets show. Of a multiple choice they are the options that it asks for: the
// others are for other objectives.
func (b *builder) whom(o objective) []fact {
	var out []fact
	var rest []int
	for _, slot := range o.whom.Slots {
		q, v := b.p.Slots[slot].Question, b.r.Answers[slot]
		asked := askedOptions(o.of.When, slot) & v
		switch {
		case slices.ContainsFunc(o.targets, func(t target) bool { return t.slot == slot }):
		case q.Kind == pack.Multi && v.Known() && asked != 0:
			out = append(out, fact{Label: b.slotName(slot), Value: line{Text: clean(b.p.AnswerLabel(slot, asked))}})
		default:
			rest = append(rest, slot)
		}
	}
	return append(out, b.behind(rest)...)
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
