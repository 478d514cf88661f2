package pack

import (
	"fmt"
	"strings"

	"gopkg.in/yaml.v3"
)

// yesNo reads the test of a yes/no question.
func (t *leaf) yesNo() Condition {
	if t.isWord() {
		if v, err := parseYesNo(t.node.Value); err == nil && len(t.node.Value) > 1 {
			return t.in(Interval{v, v})
		}
	}
	t.report(problem{code: "test", message: fmt.Sprintf("found %s; expected yes or no, or {answered: yes}", what(t.node))})
	return nil
}

// scale reads the test of an ordered scale.
func (t *leaf) scale(q *Question) Condition {
	t.options = q.Options
	read := func(c cursor) (Interval, bool) { return c.optionOf(q) }
	if t.node.Kind == yaml.MappingNode {
		return t.compared(read)
	}
	return t.oneOf(read)
}

// choice reads the test of a choice, which has no order.
func (t *leaf) choice(q *Question) Condition {
	t.options = q.Options
	if t.node.Kind == yaml.MappingNode {
		t.report(problem{code: "test", message: fmt.Sprintf("%s is a choice and has no order; expected an option or a list of options", t.id)})
		return nil
	}
	return t.oneOf(func(c cursor) (Interval, bool) { return c.optionOf(q) })
}

// optionOf reads the id of an option as its position.
func (c cursor) optionOf(q *Question) (Interval, bool) {
	i, ok := c.option(q)
	return Interval{Value(i), Value(i)}, ok
}

func (c cursor) option(q *Question) (int, bool) {
	if !c.isWord() {
		c.wants("one of " + optionIDs(q.Options))
		return 0, false
	}
	for i, o := range q.Options {
		if o.ID == c.node.Value {
			return i, true
		}
	}
	p := problem{code: "option-unknown", message: fmt.Sprintf("%s has no option %s; expected one of %s", q.ID, quoteShort(c.node.Value), optionIDs(q.Options))}
	if near := nearOption(q.Options, c.node.Value); near != "" {
		p.hint = didYouMean(near)
	}
	if isQuoted(c.node.Value) {
		p.hint = straightQuotes
	}
	c.report(p)
	return 0, false
}

// multi reads the test of a multiple choice.
func (t *leaf) multi(q *Question) Condition {
	at := t.keySpan()
	switch t.node.Kind {
	case yaml.SequenceNode:
		t.report(problem{code: "test", message: fmt.Sprintf("found a list for %s, a multiple choice; expected {includes: […]} or {includes_all: […]}", t.id)})
		return nil
	case yaml.ScalarNode:
		if t.node.Value == wordNone {
			return &None{Of: []Condition{&Includes{Slot: t.slot, Mask: 1<<len(q.Options) - 1, At: at}}, At: at}
		}
		if i, ok := t.option(q); ok {
			return &Includes{Slot: t.slot, Mask: 1 << i, At: at}
		}
		return nil
	}
	c, ok := t.comparison("includes or includes_all", "includes", "includes_all")
	if !ok {
		return nil
	}
	all := c.key.Value == "includes_all"
	if c.node.Kind == yaml.ScalarNode {
		if i, ok := c.option(q); ok {
			return &Includes{Slot: t.slot, Mask: 1 << i, All: all, At: at}
		}
		return nil
	}
	if mask, ok := c.mask(q); ok {
		return &Includes{Slot: t.slot, Mask: mask, All: all, At: at}
	}
	return nil
}

// mask reads a list of options.
func (c cursor) mask(q *Question) (mask Value, sound bool) {
	sound = true
	c.elements(func(c cursor) {
		i, ok := c.option(q)
		if ok && mask&(1<<i) != 0 {
			c.report(problem{code: "listed-twice", message: fmt.Sprintf("option %q is listed twice", q.Options[i].ID)})
		}
		if ok {
			mask |= 1 << i
		}
		sound = sound && ok
	})
	if isList(c) && c.size() == 0 {
		c.report(problem{code: "list-empty", message: fmt.Sprintf("%s of nothing; expected at least one option", c.key.Value)})
	}
	return mask, sound && mask != 0
}

// numbers reads the test of a number, a total, an item or a score.
func (t *leaf) numbers() Condition {
	if t.node.Kind == yaml.MappingNode {
		return t.compared(t.bound)
	}
	return t.oneOf(t.value)
}

// value reads a number of the domain, or a band.
func (t *leaf) value(c cursor) (Interval, bool) {
	v, ok := t.bound(c)
	if ok && (v.To < t.min || v.From > t.max) {
		c.report(problem{code: "test-never", message: fmt.Sprintf("%s is out of the range of %s; its values are %s", c.node.Value, t.id, t.domain())})
		return v, false
	}
	return v, ok
}

// bound reads a number, or a band.
func (t *leaf) bound(c cursor) (Interval, bool) {
	if c.node.Kind == yaml.ScalarNode {
		for _, b := range t.bands {
			if b.ID == c.node.Value {
				return Interval{b.From, b.To}, true
			}
		}
		if s := c.node.Value; s != "" && (s[0] >= 'a' && s[0] <= 'z' || s[0] >= 'A' && s[0] <= 'Z') && c.isWord() {
			c.report(t.unknownBand(s))
			return Interval{}, false
		}
	}
	v, ok := c.number(t.decimals)
	return Interval{v, v}, ok
}

func (t *leaf) unknownBand(id string) problem {
	if len(t.bands) == 0 {
		return problem{code: "test", message: fmt.Sprintf("found %s; expected a number for %s, which has no bands", quoteShort(id), t.id)}
	}
	ids := make([]string, len(t.bands))
	for i, b := range t.bands {
		ids[i] = b.ID
	}
	return problem{code: "band-unknown", message: fmt.Sprintf("%s has no band %s; expected a number or one of %s", t.id, quoteShort(id), strings.Join(ids, ", ")), hint: strings.TrimPrefix(wordHint(id, ids), "there is "+strings.Join(ids, ", "))}
}
