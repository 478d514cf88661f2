package mutate

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// swapper copies conditions with some named conditions exchanged.
// What none of them stands in is not copied.
type swapper struct {
	named map[*pack.NamedCondition]*pack.NamedCondition
}

func newSwapper() *swapper {
	return &swapper{map[*pack.NamedCondition]*pack.NamedCondition{}}
}

func (s *swapper) condition(c pack.Condition) pack.Condition {
	switch c := c.(type) {
	case *pack.All:
		if of := s.each(c.Of); of != nil {
			return &pack.All{Of: of, At: c.At}
		}
	case *pack.Any:
		if of := s.each(c.Of); of != nil {
			return &pack.Any{Of: of, At: c.At}
		}
	case *pack.None:
		if of := s.each(c.Of); of != nil {
			return &pack.None{Of: of, At: c.At}
		}
	case *pack.AtLeast:
		if of := s.each(c.Of); of != nil {
			return &pack.AtLeast{Count: c.Count, Of: of, At: c.At}
		}
	case *pack.Ref:
		if to := s.to(c.To); to != c.To {
			return &pack.Ref{To: to, At: c.At}
		}
	}
	return c
}

// each copies a list, and is nil if nothing in it is exchanged.
func (s *swapper) each(of []pack.Condition) (out []pack.Condition) {
	for i, c := range of {
		if other := s.condition(c); other != c {
			if out == nil {
				out = slices.Clone(of)
			}
			out[i] = other
		}
	}
	return out
}

func (s *swapper) to(n *pack.NamedCondition) *pack.NamedCondition {
	if to, ok := s.named[n]; ok {
		return to
	}
	s.named[n] = n
	if when := s.condition(n.When); when != n.When {
		s.named[n] = &pack.NamedCondition{ID: n.ID, Title: n.Title, When: when, At: n.At}
	}
	return s.named[n]
}
