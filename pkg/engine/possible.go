package engine

import (
	"slices"
	"sync"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// Possible returns which levels completions of a lead to, as bits by index.
// exact is false if that would take too large a space: then none is left out,
// but some may be named that no completion reaches. It serves any number of
// goroutines.
//
// It says of a level what Recommend says, at a small part of its cost: for
// those who ask about many answers.
func (e *Engine) Possible(a pack.Answers) (levels uint64, exact bool) {
	var d Decision
	return e.PossibleIn(a, &d)
}

// PossibleIn is Possible with a decision that is used again; it is decided on a.
func (e *Engine) PossibleIn(a pack.Answers, d *Decision) (levels uint64, exact bool) {
	e.Decide(a, d)
	if d.Determined() {
		return d.Possible, true
	}
	if w := e.whole.get(e); w.space != nil && w.independent {
		return w.space.Reach(w.levels, w.space.Classes(d.answers)), true
	}
	j := newJustifier(e, e.clean(a))
	s, f, err := e.openSpace(e.openIndications(j, d), j, d)
	if err == nil {
		levels = s.Constants(s.Within(s.Guard(), f))
	}
	if err != nil || s.Err() != nil {
		return d.Possible, false
	}
	return levels, true
}

// Whole returns the space of all answers, made once, and the level in it. It is
// false if the space does not fit. It may be read by any number of goroutines,
// but not built in.
func (e *Engine) Whole() (s *space.Space, levels space.Node, ok bool) {
	w := e.whole.get(e)
	return w.space, w.levels, w.space != nil
}

// whole is the level over all answers, made when it is first asked for. It is
// never written to after that.
type whole struct {
	once   sync.Once
	space  *space.Space // nil if it does not fit
	levels space.Node

	// independent says that answers that are given are classes of variables.
	// The items of an instrument are not, beside a total that is given or
	// filled in.
	independent bool
}

func (w *whole) get(e *Engine) *whole {
	w.once.Do(func() {
		indications := make([][]pack.Condition, len(e.pack.Levels))
		var all []pack.Condition
		for l, level := range e.pack.Levels {
			for _, c := range level.Indications {
				indications[l] = append(indications[l], c.When)
				all = append(all, c.When)
			}
		}
		s, err := space.New(e.pack, space.Options{Conditions: all, Nodes: e.budget})
		if err != nil {
			return
		}
		if f := s.Highest(indications); s.Err() == nil {
			w.space, w.levels, w.independent = s, f, e.independent()
		}
	})
	return w
}

// independent reports whether what the indications test can be fixed one by
// one: no instrument that has items is among it, since a total that is given or
// filled in leaves open what its items are.
func (e *Engine) independent() bool {
	for _, c := range e.Tests() {
		switch c := c.(type) {
		case *pack.In:
			if c.Score == nil && e.hasItems(c.Slot) {
				return false
			}
			if c.Score != nil && slices.ContainsFunc(c.Score.Terms, func(t pack.Term) bool { return e.hasItems(t.Slot) }) {
				return false
			}
		case *pack.Answered:
			return false
		}
	}
	return true
}

func (e *Engine) hasItems(slot int) bool { return len(e.pack.Slots[slot].Question.Items) > 0 }
