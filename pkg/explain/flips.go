package explain

import (
	"cmp"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// flips finds the changes that determine another level, in the order of
// levels, the nearest level first, and then of the interview.
func flips(e *engine.Engine, r *engine.Recommendation) []Flip {
	s := &search{e: e, r: r, a: slices.Clone(r.Answers), candidates: candidates(r)}
	out := s.singles()
	if len(out) == 0 {
		out = s.pairs()
	}
	slices.SortStableFunc(out, func(a, b Flip) int {
		return cmp.Or(
			cmp.Compare(s.away(a.Level), s.away(b.Level)),
			cmp.Compare(a.Level.Index, b.Level.Index),
			slices.CompareFunc(a.Changes, b.Changes, func(x, y Change) int {
				return cmp.Or(cmp.Compare(x.Slot, y.Slot), cmp.Compare(x.To, y.To))
			}),
		)
	})
	return out
}

// candidate is one change that is tried, and how far it goes: an option is one
// step, a point of a total a smaller one.
type candidate struct {
	Change
	steps float64
}

// search tries changes on a copy of the answers.
type search struct {
	e          *engine.Engine
	r          *engine.Recommendation
	d          engine.Decision
	a          pack.Answers
	candidates []candidate
}

// away is how far a level is from the recommended one.
func (s *search) away(l *pack.Level) int {
	if l.Index < s.r.Level.Index {
		return s.r.Level.Index - l.Index
	}
	return l.Index - s.r.Level.Index
}

// decide returns the level that the answers as they are determine, and nil if
// it is the recommended one or none.
func (s *search) decide() *pack.Level {
	s.e.Decide(s.a, &s.d)
	if !s.d.Determined() || s.d.Min == s.r.Level.Index {
		return nil
	}
	return s.r.Pack.Levels[s.d.Min]
}

// try makes the changes, decides, and takes them back.
func (s *search) try(cs ...candidate) *pack.Level {
	var before [2]pack.Value
	for i, c := range cs {
		before[i] = s.a[c.Slot]
		s.a[c.Slot] = c.To
	}
	l := s.decide()
	for i, c := range cs {
		s.a[c.Slot] = before[i]
	}
	return l
}

// singles keeps, for every slot and level, the nearest changes: with the same
// number of steps, each.
func (s *search) singles() []Flip {
	type goal struct {
		slot  int
		level *pack.Level
	}
	best := nearest[goal]{}
	for _, c := range s.candidates {
		if l := s.try(c); l != nil {
			best.add(goal{c.Slot, l}, c.steps, Flip{l, []Change{c.Change}})
		}
	}
	return best.flips()
}

// pairs keeps, for every level, the nearest pairs of changes to two slots.
func (s *search) pairs() []Flip {
	best := nearest[*pack.Level]{}
	for i, c := range s.candidates {
		for _, c2 := range s.candidates[i+1:] {
			if c.Slot == c2.Slot {
				continue
			}
			if l := s.try(c, c2); l != nil {
				best.add(l, c.steps+c2.steps, Flip{l, []Change{c.Change, c2.Change}})
			}
		}
	}
	return best.flips()
}

// nearest keeps the flips with the fewest steps for each key, in the order in
// which the keys came up.
type nearest[K comparable] struct {
	keys []K
	best map[K]*nearestOf
}

type nearestOf struct {
	steps float64
	flips []Flip
}

func (n *nearest[K]) add(key K, steps float64, f Flip) {
	if n.best == nil {
		n.best = map[K]*nearestOf{}
	}
	b := n.best[key]
	switch {
	case b == nil:
		n.keys = append(n.keys, key)
		n.best[key] = &nearestOf{steps, []Flip{f}}
	case steps < b.steps:
		*b = nearestOf{steps, []Flip{f}}
	case steps == b.steps:
		b.flips = append(b.flips, f)
	}
}

func (n *nearest[K]) flips() []Flip {
	var out []Flip
	for _, k := range n.keys {
		out = append(out, n.best[k].flips...)
	}
	return out
}
