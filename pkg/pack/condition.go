package pack

import "github.com/carelevel/carelevel/pkg/diag"

// Condition is a statement about answers that is true, false or, as long as
// answers are missing, unknown (Kleene's three values). It is one of All, Any,
// None, AtLeast, Ref, In, Includes and Answered.
type Condition interface {
	Span() diag.Span
	condition()
}

// All holds if each of its conditions does.
type All struct {
	Of []Condition
	At diag.Span
}

// Any holds if at least one of its conditions does.
type Any struct {
	Of []Condition
	At diag.Span
}

// None holds if not one of its conditions does.
type None struct {
	Of []Condition
	At diag.Span
}

// AtLeast holds if at least Count of its conditions do; 1 <= Count <= len(Of).
type AtLeast struct {
	Count int
	Of    []Condition
	At    diag.Span
}

// Ref holds if the named condition does.
type Ref struct {
	To *NamedCondition
	At diag.Span
}

// In holds if the value of a slot or a score lies in one of the intervals,
// which are sorted, disjoint, not adjacent and inside the domain. Every test
// of a yes/no, scale, choice, number, instrument, item or score is one.
type In struct {
	Slot   int    // where Score is nil
	Score  *Score // or nil
	Ranges []Interval
	At     diag.Span
}

// Interval is a closed interval of values.
type Interval struct{ From, To Value }

// Includes is a test of a multiple choice: that any of the options in Mask is
// selected, or, with All, that each of them is.
type Includes struct {
	Slot int
	Mask Value // bit i is option i; never 0
	All  bool
	At   diag.Span
}

// Answered holds if the question has an answer. It is never unknown, and so
// it is not allowed where it could move a recommendation: leaving out an
// answer must not do that.
type Answered struct {
	Slot int
	Want bool // false: holds if there is no answer
	At   diag.Span
}

func (c *All) Span() diag.Span      { return c.At }
func (c *Any) Span() diag.Span      { return c.At }
func (c *None) Span() diag.Span     { return c.At }
func (c *AtLeast) Span() diag.Span  { return c.At }
func (c *Ref) Span() diag.Span      { return c.At }
func (c *In) Span() diag.Span       { return c.At }
func (c *Includes) Span() diag.Span { return c.At }
func (c *Answered) Span() diag.Span { return c.At }

func (*All) condition()      {}
func (*Any) condition()      {}
func (*None) condition()     {}
func (*AtLeast) condition()  {}
func (*Ref) condition()      {}
func (*In) condition()       {}
func (*Includes) condition() {}
func (*Answered) condition() {}

// Walk calls visit for c and everything below it, parents first and in the
// order of writing, following references. It stops descending where visit
// returns false.
func Walk(c Condition, visit func(Condition) bool) {
	if c == nil || !visit(c) {
		return
	}
	switch c := c.(type) {
	case *All:
		walkEach(c.Of, visit)
	case *Any:
		walkEach(c.Of, visit)
	case *None:
		walkEach(c.Of, visit)
	case *AtLeast:
		walkEach(c.Of, visit)
	case *Ref:
		if c.To != nil {
			Walk(c.To.When, visit)
		}
	}
}

func walkEach(cs []Condition, visit func(Condition) bool) {
	for _, c := range cs {
		Walk(c, visit)
	}
}
