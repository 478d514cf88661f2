package coverage

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/pack"
)

// words say what an obligation asks for, with what it is about: "iop-groups:
// functioning is impaired or worse decides by holding".
func (m *model) words(o *Obligation) string {
	switch o.Kind {
	case Level:
		return o.Level.ID + " is recommended"
	case Option:
		return fmt.Sprintf("%s is answered with %s", o.Question.ID, m.option(o))
	case Verdict:
		return fmt.Sprintf("a review at %s comes to %s", o.Level.ID, o.Verdict)
	}
	if o.Leaf != nil && len(o.Rule.Leaves) > 1 {
		return fmt.Sprintf("%s: %s %s", o.Rule.ID, m.leaf(o.Leaf), m.does(o))
	}
	return o.Rule.ID + " " + m.does(o)
}

// leaf is a leaf in words.
func (m *model) leaf(l *Leaf) string {
	if ref, ok := l.Condition.(*pack.Ref); ok {
		return ref.To.ID
	}
	return "“" + m.pack.Describe(l.Condition) + "”"
}

// does says what an obligation asks for without what it is about.
func (m *model) does(o *Obligation) string {
	switch o.Kind {
	case Holds:
		return "holds"
	case Fails:
		return "does not hold"
	case Unknown:
		return "is open for want of answers"
	case DecidesHolding:
		return "decides by holding"
	case DecidesFailing:
		return "decides by not holding"
	case Alone:
		return "holds and no other indication argues for as much"
	case Edge:
		of, value := m.edge(o.Leaf.Condition.(*pack.In), o.Value)
		return fmt.Sprintf("with %s at %s", of, value)
	case Sign:
		return "is seen in a review"
	}
	return m.words(o)
}

// edge names what a test looks at, and a value of it.
func (m *model) edge(in *pack.In, v pack.Value) (of, value string) {
	if in.Score != nil {
		return in.Score.ID, fmt.Sprint(v)
	}
	return m.pack.Slots[in.Slot].ID, m.pack.FormatAnswer(in.Slot, v)
}

func (m *model) option(o *Obligation) string {
	switch {
	case o.Question.Kind != pack.Multi:
		return m.pack.FormatAnswer(o.Question.Slot, o.Value)
	case o.Value == noOption:
		return "none of its options"
	}
	return o.Question.Options[o.Value].ID
}

// Words say what an obligation asks for, as in "iop-groups does not hold". They
// hold texts of the pack: who prints them cleans them.
func (r *Report) Words(o *Obligation) string { return r.model.words(o) }
