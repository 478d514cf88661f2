package pack

import (
	"fmt"
	"slices"

	"gopkg.in/yaml.v3"
)

// test reads the test of one question, item or score; the cursor stands on the
// value, with the id as its key.
func (l *loader) test(c cursor) Condition {
	id := c.key.Value
	sub, ok := l.questions.of[id]
	if !ok {
		if !l.partial && !c.r.full() {
			c.reportKey(l.unknownSubject(id))
		}
		return nil
	}
	if sub.it.score != nil {
		return l.testScore(c, sub.it.score)
	}
	slot := l.pack.Slots[sub.it.slot]
	if l.broken[slot.Question] {
		return nil
	}
	if c.isMappingOf("answered") {
		return l.testAnswered(c, sub.it.slot)
	}
	t := leaf{cursor: c, id: id, slot: sub.it.slot, min: slot.Min, max: slot.Max}
	switch q := slot.Question; {
	case slot.IsItem():
		return t.numbers()
	case q.Kind == YesNo:
		return t.yesNo()
	case q.Kind == Scale:
		return t.scale(q)
	case q.Kind == Choice:
		return t.choice(q)
	case q.Kind == Multi:
		return t.multi(q)
	default:
		t.decimals, t.bands = q.Decimals, q.Bands
		return t.numbers()
	}
}

func (l *loader) unknownSubject(id string) problem {
	if _, ok := l.conditions.of[id]; ok {
		return problem{code: "condition", message: fmt.Sprintf("%q is a condition; expected a question to test", id), hint: fmt.Sprintf("write %s alone, without a colon", id)}
	}
	p := l.questions.unknown(id)
	if hint := wordHint(id, slices.Concat(joints, l.questions.ids)); p.hint == "" || len(l.questions.ids) == 0 {
		p.hint = hint
	}
	return p
}

func (l *loader) testScore(c cursor, s *Score) Condition {
	if l.broken[s] {
		return nil
	}
	t := leaf{cursor: c, id: s.ID, score: s, min: s.Min, max: s.Max, bands: s.Bands}
	return t.numbers()
}

// isMappingOf reports whether the value is a mapping with this key first.
func (c cursor) isMappingOf(key string) bool {
	return c.node.Kind == yaml.MappingNode && len(c.node.Content) > 0 && c.node.Content[0].Value == key
}

func (l *loader) testAnswered(c cursor, slot int) Condition {
	f, ok := c.fields("answered")
	if !ok || f.size() != 1 {
		return nil
	}
	want := f.get("answered")
	before := len(c.r.ds)
	yes := want.flag()
	if !want.present() || len(c.r.ds) > before {
		return nil
	}
	a := &Answered{Slot: slot, Want: yes, At: c.keySpan()}
	l.at[a] = c
	return a
}

// leaf is a test in the making: what it is about, and what it can say.
type leaf struct {
	cursor
	id       string
	slot     int
	score    *Score
	min, max Value
	decimals int
	bands    []Band
	options  []Option // of a scale or a choice
}

// in makes the condition, unless it says nothing.
func (t *leaf) in(ranges ...Interval) Condition {
	ranges = t.normal(ranges)
	switch {
	case len(ranges) == 0:
		t.report(problem{code: "test-never", message: fmt.Sprintf("the test of %s is never true; its values are %s", t.id, t.domain())})
		return nil
	case ranges[0] == Interval{t.min, t.max}:
		t.report(problem{code: "test-always", message: fmt.Sprintf("the test of %s is always true; its values are %s", t.id, t.domain()), hint: "to test that there is an answer, write {answered: yes}"})
		return nil
	}
	return &In{Slot: t.slot, Score: t.score, Ranges: ranges, At: t.keySpan()}
}

func (t *leaf) domain() string {
	if t.options != nil {
		return optionIDs(t.options)
	}
	return formatDecimal(t.min, t.decimals) + " to " + formatDecimal(t.max, t.decimals)
}

// normal cuts intervals to the domain, sorts them and joins those that touch.
func (t *leaf) normal(ranges []Interval) []Interval {
	var all []Interval
	for _, r := range ranges {
		if r = (Interval{max(r.From, t.min), min(r.To, t.max)}); r.From <= r.To {
			all = append(all, r)
		}
	}
	slices.SortFunc(all, func(a, b Interval) int { return int(min(1, max(-1, a.From-b.From))) })
	joined := all[:0]
	for _, r := range all {
		if n := len(joined); n > 0 && r.From <= joined[n-1].To+1 {
			joined[n-1].To = max(joined[n-1].To, r.To)
			continue
		}
		joined = append(joined, r)
	}
	return joined
}

// comparison returns the one key of {at_least: …} and its value.
func (t *leaf) comparison(expected string, keys ...string) (cursor, bool) {
	f, ok := t.fields(keys...)
	if !ok {
		return cursor{}, false
	}
	if t.size() != 1 {
		t.report(problem{code: "test", message: fmt.Sprintf("a test with %d keys; expected %s", t.size(), expected), hint: "for an interval write {between: [from, to]}"})
		return cursor{}, false
	}
	at := f.child(t.node.Content[0], t.node.Content[1])
	return at, at.present() && isOneOf(at.key.Value, keys)
}

// compared reads at_least, at_most and between, with read for one value, which
// stands for an interval where it is a band.
func (t *leaf) compared(read func(cursor) (Interval, bool)) Condition {
	at, ok := t.comparison("at_least, at_most or between", "at_least", "at_most", "between")
	if !ok {
		return nil
	}
	if at.key.Value == "between" {
		return t.between(at, read)
	}
	v, ok := read(at)
	switch {
	case !ok:
		return nil
	case at.key.Value == "at_least":
		return t.in(Interval{v.From, t.max})
	}
	return t.in(Interval{t.min, v.To})
}

func (t *leaf) between(at cursor, read func(cursor) (Interval, bool)) Condition {
	if at.node.Kind != yaml.SequenceNode || len(at.node.Content) != 2 {
		at.wants("two values, [from, to]")
		return nil
	}
	from, to := at.element(0, at.node.Content[0]), at.element(1, at.node.Content[1])
	if !from.present() || !to.present() {
		return nil
	}
	lo, ok := read(from)
	hi, ok2 := read(to)
	switch {
	case !ok || !ok2:
		return nil
	case lo.From > hi.To:
		at.report(problem{code: "range-order", message: fmt.Sprintf("between %s and %s; expected the lesser one first", from.node.Value, to.node.Value)})
		return nil
	}
	return t.in(Interval{lo.From, hi.To})
}

// oneOf reads a single value, or a list of them.
func (t *leaf) oneOf(read func(cursor) (Interval, bool)) Condition {
	if t.node.Kind == yaml.ScalarNode {
		if v, ok := read(t.cursor); ok {
			return t.in(v)
		}
		return nil
	}
	var ranges []Interval
	sound, seen := true, make(map[Interval]bool)
	t.elements(func(c cursor) {
		v, ok := read(c)
		if ok && seen[v] {
			c.report(problem{code: "listed-twice", message: fmt.Sprintf("%s is listed twice", what(c.node))})
			ok = false
		}
		seen[v] = true
		ranges, sound = append(ranges, v), sound && ok
	})
	if t.size() == 0 {
		t.report(problem{code: "list-empty", message: "one of nothing; expected at least one value"})
		sound = false
	}
	if !sound || len(ranges) < t.size() {
		return nil
	}
	return t.in(ranges...)
}
