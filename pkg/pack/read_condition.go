package pack

import (
	"fmt"

	"gopkg.in/yaml.v3"
)

// readConditions reads the named conditions: first their names, since each may
// refer to any other.
func (l *loader) readConditions() {
	var defined []cursor
	l.each("conditions", func(c cursor) {
		n := &NamedCondition{ID: c.key.Value, At: c.keySpan()}
		c.checkReserved(c.key)
		if l.conditions.define(c, c.key, n) {
			l.pack.Conditions = append(l.pack.Conditions, n)
			defined = append(defined, c)
		}
	})
	for i, c := range defined {
		if f, ok := c.fields("title", "when"); ok {
			n := l.pack.Conditions[i]
			n.Title, n.When = f.need("title").text(), l.condition(f.need("when"))
		}
	}
}

// joints are the keys of a condition that is made of others.
var joints = []string{"all", "any", "none", "at_least"}

// condition reads a condition; nil where it has a mistake, which has been
// reported then.
func (l *loader) condition(c cursor) Condition {
	if !c.present() {
		return nil
	}
	switch c.node.Kind {
	case yaml.MappingNode:
		return l.mappedCondition(c)
	case yaml.SequenceNode:
		c.report(problem{code: "condition", message: "found a list; expected one condition", hint: "write all: […] or any: […]"})
		return nil
	}
	if !c.isWord() {
		c.wants("a condition")
		return nil
	}
	return l.reference(c)
}

// reference reads the name of a condition.
func (l *loader) reference(c cursor) Condition {
	id := c.node.Value
	if _, isQuestion := l.questions.of[id]; isQuestion {
		if _, isCondition := l.conditions.of[id]; !isCondition {
			c.report(problem{code: "condition", message: fmt.Sprintf("%q is a question; expected a test of it, or the name of a condition", id), hint: fmt.Sprintf("write {%s: …}", id)})
			return nil
		}
	}
	to, ok := l.conditions.lookup(l, c)
	if !ok {
		return nil
	}
	ref := &Ref{To: to, At: c.r.span(c.node)}
	l.at[ref] = c
	return ref
}

func (l *loader) mappedCondition(c cursor) Condition {
	switch n := c.size(); {
	case n == 0:
		c.report(problem{code: "condition", message: "an empty condition; expected all, any, none, at_least, or a test of a question"})
		return nil
	case n > 1:
		c.report(problem{code: "condition", message: fmt.Sprintf("a condition with %d keys; expected one", n), hint: "write all: […] or any: […] around them"})
		return nil
	}
	at := c.child(c.node.Content[0], c.node.Content[1])
	if !at.present() {
		return nil
	}
	span := at.keySpan()
	switch at.key.Value {
	case "all":
		if of := l.conditionList(at); len(of) > 0 {
			return &All{Of: of, At: span}
		}
	case "any":
		if of := l.conditionList(at); len(of) > 0 {
			return &Any{Of: of, At: span}
		}
	case "none":
		if of := l.conditionList(at); len(of) > 0 {
			return &None{Of: of, At: span}
		}
	case "at_least":
		return l.countedCondition(at)
	default:
		return l.test(at)
	}
	return nil
}

func (l *loader) conditionList(c cursor) (all []Condition) {
	c.elements(func(c cursor) {
		if cond := l.condition(c); cond != nil {
			all = append(all, cond)
		}
	})
	if isList(c) && c.size() == 0 {
		c.report(problem{code: "list-empty", message: fmt.Sprintf("%s of nothing; expected at least one condition", c.key.Value)})
	}
	return all
}

func (l *loader) countedCondition(c cursor) Condition {
	f, ok := c.fields("count", "of")
	if !ok {
		return nil
	}
	list := f.need("of")
	of := l.conditionList(list)
	at := f.need("count")
	if !at.present() || !isList(list) || list.size() == 0 {
		return nil
	}
	n, ok := at.wholeIn(1, list.size())
	if !ok || len(of) < list.size() {
		return nil
	}
	return &AtLeast{Count: n, Of: of, At: c.keySpan()}
}
