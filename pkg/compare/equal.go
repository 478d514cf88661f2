package compare

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// sameWriting reports whether two joint conditions are written alike, whatever
// their named conditions are called. Two that are not may still mean the same.
func sameWriting(a, b pack.Condition) bool {
	return (&writing{map[[2]*pack.NamedCondition]bool{}}).same(a, b)
}

// writing remembers which named conditions are alike, so that sharing them
// costs nothing. A pair that is under way counts as alike: conditions do not
// refer to themselves.
type writing struct {
	alike map[[2]*pack.NamedCondition]bool
}

func (w *writing) same(a, b pack.Condition) bool {
	ra, isRef := a.(*pack.Ref)
	rb, both := b.(*pack.Ref)
	switch {
	case isRef && both:
		key := [2]*pack.NamedCondition{ra.To, rb.To}
		is, known := w.alike[key]
		if !known {
			is = w.same(ra.To.When, rb.To.When)
			w.alike[key] = is
		}
		return is
	case isRef:
		return w.same(ra.To.When, b)
	case both:
		return w.same(a, rb.To.When)
	}
	switch a := a.(type) {
	case *pack.All:
		b, ok := b.(*pack.All)
		return ok && w.each(a.Of, b.Of)
	case *pack.Any:
		b, ok := b.(*pack.Any)
		return ok && w.each(a.Of, b.Of)
	case *pack.None:
		b, ok := b.(*pack.None)
		return ok && w.each(a.Of, b.Of)
	case *pack.AtLeast:
		b, ok := b.(*pack.AtLeast)
		return ok && a.Count == b.Count && w.each(a.Of, b.Of)
	case *pack.In:
		b, ok := b.(*pack.In)
		return ok && sameIn(a, b)
	case *pack.Includes:
		b, ok := b.(*pack.Includes)
		return ok && a.Slot == b.Slot && a.Mask == b.Mask && a.All == b.All
	case *pack.Answered:
		b, ok := b.(*pack.Answered)
		return ok && a.Slot == b.Slot && a.Want == b.Want
	}
	return false
}

func (w *writing) each(a, b []pack.Condition) bool {
	return slices.EqualFunc(a, b, w.same)
}

func sameIn(a, b *pack.In) bool {
	if !slices.Equal(a.Ranges, b.Ranges) || (a.Score == nil) != (b.Score == nil) {
		return false
	}
	if a.Score == nil {
		return a.Slot == b.Slot
	}
	return sameScore(a.Score, b.Score)
}

// sameScore reports whether two joint scores add up the same.
func sameScore(a, b *pack.Score) bool {
	return slices.EqualFunc(a.Terms, b.Terms, func(a, b pack.Term) bool {
		return a.Slot == b.Slot && a.Factor == b.Factor && slices.Equal(a.Weights, b.Weights)
	})
}
