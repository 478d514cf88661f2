package explain

import (
	"cmp"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// flips finds the changes that determine another level, in the order of
// levels, the nearest level first, and then of the interview.
// truncated says that the search was broken off.
func flips(o *oracle, r *engine.Recommendation) (out []Flip, truncated bool) {
	s := &search{o: o, r: r, a: slices.Clone(r.Answers), candidates: candidates(o.e, r)}
	if out = s.singles(); len(out) == 0 {
		out, truncated = s.pairs()
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
	return out, truncated
}

// candidate is one change that is tried, and how far it goes: an option is one
// step, a point of a total a smaller one.
type candidate struct {
	Change
	steps float64
}

// search tries changes on a copy of the answers.
type search struct {
	o          *oracle
	r          *engine.Recommendation
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
	l := s.o.level(s.a)
	if l < 0 || l == s.r.Level.Index {
		return nil
	}
	return s.r.Pack.Levels[l]
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
// number of steps, each. Of a number and a scale, more and less are two ways.
func (s *search) singles() []Flip {
	type goal struct {
		slot  int
		level *pack.Level
		more  bool
	}
	best := nearest[goal]{}
	for _, c := range s.candidates {
		if l := s.try(c); l != nil {
			g := goal{c.Slot, l, s.isOrdered(c.Slot) && c.To > c.From}
			best.add(g, c.steps, Flip{l, []Change{c.Change}})
		}
	}
	return best.flips()
}

func (s *search) isOrdered(slot int) bool {
	k := s.r.Pack.Slots[slot].Question.Kind
	return k == pack.Scale || k == pack.Number || k == pack.Instrument
}

// maxPairs bounds the work on pairs: some hundredths of a second. The shipped
// packs need a tenth of it.
const maxPairs = 400_000

// pairs keeps, for every level, the nearest pairs of changes to two questions.
// It begins with the small changes, so that a search that is broken off has
// tried those.
func (s *search) pairs() (out []Flip, truncated bool) {
	small := slices.Clone(s.candidates)
	slices.SortStableFunc(small, func(x, y candidate) int { return cmp.Compare(x.steps, y.steps) })
	best, limit := nearest[*pack.Level]{}, s.o.work+maxPairs
	for j, c2 := range small {
		for _, c := range small[:j] {
			if s.r.Pack.Slots[c.Slot].Question == s.r.Pack.Slots[c2.Slot].Question {
				continue
			}
			if s.o.work > limit {
				return best.flips(), true
			}
			if l := s.try(c, c2); l != nil {
				best.add(l, c.steps+c2.steps, Flip{l, inSlotOrder(c.Change, c2.Change)})
			}
		}
	}
	return best.flips(), false
}

func inSlotOrder(x, y Change) []Change {
	if x.Slot > y.Slot {
		x, y = y, x
	}
	return []Change{x, y}
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
