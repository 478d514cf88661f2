// Package explain says why a recommendation is what it is: which answers
// already suffice, which changes of answers would lead to another level, and
// what holds off each of the others.
//
// Every statement is found by deciding again, with the same engine, so that
// none can disagree with the recommendation. The package returns plain data
// and refuses to word it.
package explain

import (
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Explanation is what can be said about a recommendation beyond it.
type Explanation struct {
	// Sufficient are the answered slots that by themselves determine the
	// level, in slot order; an instrument is in it with all its items or not
	// at all. None of them can be left out. Empty if no answer is needed, or
	// while the level is undetermined.
	Sufficient []int

	// Smallest says that no set of fewer questions determines the level. If it
	// is not set, there may be one: the search for it was broken off.
	Smallest bool

	// Flips are changes of answers that determine another level: every
	// question that can do it alone, with the nearest of its other answers in
	// each direction, or, where none can, the nearest pairs for each level. Nil while the level is undetermined.
	Flips []Flip

	// Truncated says that there were more pairs of changes than are tried, so
	// that Flips may lack some.
	Truncated bool

	// WhyNot has an entry for every level but the recommended one, lowest
	// first.
	WhyNot []WhyNot
}

// Flip is a change of one or two answers and the level that it leads to.
type Flip struct {
	Level   *pack.Level
	Changes []Change // in slot order
}

// Change is another answer to one question, or to one item of an instrument.
// Of an instrument that was answered by its items, it is the total.
type Change struct {
	Slot     int
	From, To pack.Value
}

// WhyNot is what keeps a recommendation from being this level.
type WhyNot struct {
	Level *pack.Level
	// Findings are, for a level below the least possible one, the indications
	// above it that hold, and unknown ones of which one is bound to: it would
	// not be enough. For any other level, its own indications that do not hold
	// or are unknown: nothing argues for as much.
	Findings []engine.Finding

	// Nearest are changes of answers that determine this level: as few of the
	// given ones as can be, and what the open ones would have to be. Nil if
	// none was found, or while the recommendation is undetermined.
	Nearest []Change
}

// Explain explains r, which e must have made.
func Explain(e *engine.Engine, r *engine.Recommendation) *Explanation {
	x := &Explanation{WhyNot: whyNot(e, r)}
	if r.Level != nil {
		o := &oracle{e: e}
		x.Flips, x.Truncated = flips(o, r)
		x.Sufficient, x.Smallest = sufficient(o, r, x.Flips)
		nearestChanges(o, r, x.WhyNot)
	}
	return x
}

func whyNot(e *engine.Engine, r *engine.Recommendation) []WhyNot {
	var out []WhyNot
	least := r.Possible[0]
	for _, l := range r.Pack.Levels {
		switch {
		case l == r.Level:
		case l.Index < least.Index:
			out = append(out, WhyNot{Level: l, Findings: holdingAbove(r, l)})
		default:
			out = append(out, WhyNot{Level: l, Findings: notHolding(e, r, l)})
		}
	}
	return out
}

func holdingAbove(r *engine.Recommendation, l *pack.Level) []engine.Finding {
	var out []engine.Finding
	for _, f := range r.Indications {
		if f.Criterion.Level.Index > l.Index {
			out = append(out, f)
		}
	}
	return append(out, r.OneOf...)
}

func notHolding(e *engine.Engine, r *engine.Recommendation, l *pack.Level) []engine.Finding {
	var out []engine.Finding
	for _, f := range e.Findings(r.Answers, l.Indications) {
		if f.State != engine.True {
			out = append(out, f)
		}
	}
	return out
}
