package pack

import (
	"fmt"

	"gopkg.in/yaml.v3"
)

// readPlan reads what a level says about the time that a person is at it.
func (l *loader) readPlan(f fields, level *Level) {
	level.Here = l.condition(f.get("here"))
	level.Agree = l.statements(f.get("agree"))
	level.Objectives = l.objectives(f.get("objectives"))
	f.get("due").elements(func(c cursor) {
		if due, ok := l.due(c); ok {
			level.Due = append(level.Due, due)
		}
	})
	f.get("step_up").elements(func(c cursor) {
		if s, ok := l.sign(c, level); ok {
			level.StepUp = append(level.StepUp, s)
		}
	})
}

func (l *loader) due(c cursor) (due Due, ok bool) {
	f, ok := c.fields("text", "first", "every", "sources")
	if !ok {
		return due, false
	}
	due = Due{Text: f.need("text").text(), First: f.get("first").days(), Every: f.need("every").days(), At: c.r.span(c.node)}
	if f.get("first").key == nil {
		due.First = due.Every
	}
	due.Sources = l.required(f, "what is due")
	return due, true
}

// sign reads one step-up sign.
func (l *loader) sign(c cursor, level *Level) (s *Sign, ok bool) {
	f, ok := c.fields("id", "when", "course", "because", "sources")
	if !ok {
		return nil, false
	}
	s = &Sign{Level: level}
	if !define(l, f, &l.signs, s, &s.ID) {
		return nil, false
	}
	s.At = l.signs.of[s.ID].at
	when, course := f.get("when"), f.get("course")
	if when.key == nil && course.key == nil && !isOneOf("when", f.meant) && !isOneOf("course", f.meant) {
		f.owner().report(problem{code: "key-missing", message: "the sign does not say when it is seen; expected when or course, or both"})
	}
	s.When, s.Course = l.condition(when), l.course(course)
	s.Because = f.needFor("because", "reason-missing", `the sign has no reason; expected "because"`).text()
	s.Sources = l.required(f, "the sign")
	return s, true
}

// objectives reads what a level aims at: statements, some of them for some
// people only, and with targets.
func (l *loader) objectives(c cursor) (all []Objective) {
	c.elements(func(c cursor) {
		o := Objective{Statement: Statement{At: c.r.span(c.node)}}
		if c.node.Kind == mappingNode {
			f, _ := c.fields("text", "when", "targets", "sources")
			o.Text, o.Sources = f.need("text").text(), l.sources.lookupAll(l, f.get("sources"))
			o.When, o.Targets = l.condition(f.get("when")), l.targets(f.get("targets"))
		} else {
			o.Text = c.text()
		}
		if o.Text != "" {
			all = append(all, o)
		}
	})
	return all
}

// targets reads what shows that an objective is reached.
func (l *loader) targets(c cursor) (all []Condition) {
	c.elements(func(c cursor) {
		if t := l.target(c); t != nil {
			all = append(all, t)
		}
	})
	if isList(c) && c.size() == 0 {
		c.report(problem{code: "list-empty", message: "no targets; expected at least one, or none of the key"})
	}
	return all
}

// target reads a test of one answer, which is all that can be followed over
// time by one line of a table.
func (l *loader) target(c cursor) Condition {
	const hint = "write a target of its own for each question"
	if c.node.Kind != yaml.MappingNode {
		c.report(problem{code: "target", message: fmt.Sprintf("found %s; expected the test of one question, such as phq9: {at_most: 9}", what(c.node)), hint: l.targetHint(c)})
		return nil
	}
	if n := c.size(); n != 1 {
		c.report(problem{code: "target", message: fmt.Sprintf("a target with %d keys; expected the test of one question", n), hint: hint})
		return nil
	}
	at := c.child(c.node.Content[0], c.node.Content[1])
	if !at.present() {
		return nil
	}
	sub, known := l.questions.of[at.key.Value]
	switch {
	case isOneOf(at.key.Value, joints):
		at.reportKey(problem{code: "target", message: fmt.Sprintf("%s as a target; expected the test of one question", at.key.Value), hint: hint})
		return nil
	case known && sub.it.score != nil:
		at.reportKey(problem{code: "target", message: fmt.Sprintf("%q is a score; expected a question", at.key.Value)})
		return nil
	case known && at.isMappingOf("answered"):
		at.report(problem{code: "target", message: "an answer alone as a target; expected which answers"})
		return nil
	}
	t := l.test(at)
	if none, ok := t.(*None); ok { // of a multiple choice: the answer that nothing is selected
		return &In{Slot: none.Of[0].(*Includes).Slot, Ranges: []Interval{{}}, At: none.At}
	}
	return t
}

func (l *loader) targetHint(c cursor) string {
	if c.isWord() && l.conditions.of[c.node.Value].it != nil {
		return fmt.Sprintf("%s is a condition: write its tests as targets", c.node.Value)
	}
	return ""
}
