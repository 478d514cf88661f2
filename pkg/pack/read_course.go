package pack

import (
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// How far a statement over time may look.
const (
	maxTimes = 20   // assessments
	maxDays  = 3660 // ten years
)

// courseKeys are what a statement over time can be.
var courseKeys = []string{"all", "any", "none", "held", "seen", "changed"}

// course reads a statement over time; nil where it has a mistake, which has
// been reported then, and where there is none.
func (l *loader) course(c cursor) Course {
	if !c.present() {
		return nil
	}
	switch {
	case c.node.Kind == yaml.SequenceNode:
		c.report(problem{code: "course", message: "found a list; expected one statement over time", hint: "write all: […] or any: […]"})
		return nil
	case c.node.Kind != yaml.MappingNode:
		c.report(problem{code: "course", message: fmt.Sprintf("found %s; expected a mapping with %s", what(c.node), keyList(courseKeys)), hint: l.heldHint(c.node.Value)})
		return nil
	}
	switch n := c.size(); {
	case n == 0:
		c.report(problem{code: "course", message: "an empty statement over time; expected " + keyList(courseKeys)})
		return nil
	case n > 1:
		c.report(problem{code: "course", message: fmt.Sprintf("a statement over time with %d keys; expected one", n), hint: "write all: […] or any: […] around them"})
		return nil
	}
	at := c.child(c.node.Content[0], c.node.Content[1])
	if !at.present() {
		return nil
	}
	switch at.key.Value {
	case "all", "any", "none":
		return l.eachCourse(at)
	case "held":
		return l.held(at)
	case "seen":
		return l.seen(at)
	case "changed":
		return l.changed(at)
	}
	l.unknownCourse(at)
	return nil
}

func (l *loader) unknownCourse(at cursor) {
	word := at.key.Value
	p := problem{code: "key-unknown", message: fmt.Sprintf("unknown key %s; expected %s", quoteShort(word), keyList(courseKeys))}
	if p.hint = l.heldHint(word); p.hint == "" {
		p.hint = nearHint(word, courseKeys)
	}
	at.reportKey(p)
}

// heldHint helps who writes a condition where a statement over time is
// expected.
func (l *loader) heldHint(word string) string {
	_, isQuestion := l.questions.of[word]
	_, isCondition := l.conditions.of[word]
	if isQuestion || isCondition || word == "at_least" {
		return "to look at several assessments, write held: {when: …, times: 2} or seen: {when: …, within_days: 14}"
	}
	return ""
}

func (l *loader) eachCourse(c cursor) Course {
	each := &EachCourse{Joint: Joint(slices.Index(courseKeys, c.key.Value)), At: c.keySpan()}
	c.elements(func(c cursor) {
		if of := l.course(c); of != nil {
			each.Of = append(each.Of, of)
		}
	})
	if isList(c) && c.size() == 0 {
		c.report(problem{code: "list-empty", message: fmt.Sprintf("%s of nothing; expected at least one statement over time", c.key.Value)})
	}
	if len(each.Of) == 0 {
		return nil
	}
	return each
}

func (l *loader) held(c cursor) Course {
	f, ok := c.fields("when", "times")
	if !ok {
		return nil
	}
	when, times := l.condition(f.need("when")), 0
	if at := f.need("times"); at.present() {
		times, _ = at.wholeIn(2, maxTimes)
	}
	if when == nil || times == 0 {
		return nil
	}
	return &Held{When: when, Times: times, At: c.keySpan()}
}

func (l *loader) seen(c cursor) Course {
	f, ok := c.fields("when", "within_days")
	if !ok {
		return nil
	}
	when, days := l.condition(f.need("when")), f.need("within_days").days()
	if when == nil || days == 0 {
		return nil
	}
	return &Seen{When: when, WithinDays: days, At: c.keySpan()}
}

// days reads a number of days; 0 where there is none.
func (c cursor) days() int {
	if !c.present() {
		return 0
	}
	n, _ := c.wholeIn(1, maxDays)
	return n
}

// amountKeys say how much an answer must have changed: worse, better, and both
// of them in percent.
var amountKeys = []string{"worse_by", "better_by", "worse_by_percent", "better_by_percent"}

func (l *loader) changed(c cursor) Course {
	f, ok := c.fields(append([]string{"question", "since", "within_days"}, amountKeys...)...)
	if !ok {
		return nil
	}
	ch := &Changed{At: c.keySpan()}
	slot, ok := l.directed(f.need("question"))
	amount, found := f.only("how much", amountKeys...)
	if found && ok {
		ch.Slot = slot
		ok = l.readAmount(amount, ch)
	}
	return f.since(ch, ok && found)
}

// only returns the one of several keys that is there, and reports none of them
// or more than one.
func (f fields) only(says string, keys ...string) (at cursor, ok bool) {
	for _, key := range keys {
		next := f.get(key)
		switch {
		case next.key == nil:
		case at.key != nil:
			next.reportKey(problem{code: "key-kind", message: fmt.Sprintf("%s and %s; expected one of them to say %s", at.key.Value, key, says), related: []diag.Related{{At: at.keySpan(), Message: fmt.Sprintf("%s is here", at.key.Value)}}})
			return cursor{}, false
		default:
			at = next
		}
	}
	if at.key == nil && !slices.ContainsFunc(keys, func(key string) bool { return isOneOf(key, f.meant) }) {
		f.owner().report(problem{code: "key-missing", message: fmt.Sprintf("nothing says %s; expected %s", says, keyList(keys))})
	}
	return at, at.present()
}

// directed reads the id of something that can get worse by so much: a scale, a
// number with a direction, an instrument or an item.
func (l *loader) directed(c cursor) (slot int, ok bool) {
	sub, ok := l.questions.lookup(l, c)
	if !ok {
		return 0, false
	}
	if sub.score != nil {
		c.report(problem{code: "course", message: fmt.Sprintf("%q is a score; expected a question or an item", c.node.Value)})
		return 0, false
	}
	s := l.pack.Slots[sub.slot]
	switch q := s.Question; {
	case l.broken[q]:
		return 0, false
	case s.IsItem() || q.Kind == Scale || q.Kind == Instrument || q.Kind == Number && q.Worse != WorseNeither:
		return sub.slot, true
	case q.Kind == Number:
		c.report(problem{code: "course", message: fmt.Sprintf("%s has no direction (worse: neither); expected one of which it is said what is worse", s.ID)})
	default:
		c.report(problem{code: "course", message: fmt.Sprintf("%s is of the kind %s, which has no steps; expected a scale, a number, an instrument or an item", s.ID, q.Kind),
			hint: "to say that an answer was given before, write seen: {when: …, within_days: 14}"})
	}
	return 0, false
}

// readAmount reads by how much an answer must have changed.
func (l *loader) readAmount(c cursor, ch *Changed) bool {
	i := slices.Index(amountKeys, c.key.Value)
	ch.Worse = i%2 == 0
	slot := l.pack.Slots[ch.Slot]
	if i >= 2 {
		return c.percent(slot, ch)
	}
	if !slot.IsItem() && slot.Question.Kind == Number {
		return c.amount(slot.Question.Decimals, slot, ch)
	}
	return c.amount(0, slot, ch)
}

func (c cursor) amount(decimals int, slot Slot, ch *Changed) bool {
	v, ok := c.number(decimals)
	if most := slot.Max - slot.Min; ok && (v < 1 || v > most) {
		c.report(problem{code: "number-range", message: fmt.Sprintf("found %s; expected more than 0, and at most %s: its values are %s to %s", formatDecimal(v, decimals), formatDecimal(most, decimals), formatDecimal(slot.Min, decimals), formatDecimal(slot.Max, decimals))})
		return false
	}
	ch.By = v
	return ok
}

// percent reads a change in percent of the answer before, which needs answers
// that count something from 0 up.
func (c cursor) percent(slot Slot, ch *Changed) bool {
	switch q := slot.Question; {
	case slot.IsItem() || q.Kind == Scale:
		c.reportKey(problem{code: "key-kind", message: fmt.Sprintf("percent of %s, which has a few steps; expected worse_by or better_by, in steps", slot.ID)})
		return false
	case slot.Min < 0:
		c.reportKey(problem{code: "key-kind", message: fmt.Sprintf("percent of %s, which can be below 0; expected worse_by or better_by", slot.ID)})
		return false
	}
	var ok bool
	ch.Percent, ok = c.wholeIn(1, 100)
	return ok
}

// since reads which earlier assessment is compared with, and returns the
// finished statement if all of it is sound.
func (f fields) since(ch *Changed, sound bool) Course {
	at, ok := f.only("since when", "since", "within_days")
	if !ok {
		return nil
	}
	if at.key.Value == "within_days" {
		ch.Since, ch.WithinDays = SinceWithin, at.days()
		sound = sound && ch.WithinDays > 0
	} else {
		word := at.word(SinceFirst.String(), SinceLast.String(), SinceLevel.String())
		ch.Since, sound = Since(word), sound && word >= 0
	}
	if !sound {
		return nil
	}
	return ch
}
