package compare

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// order joins the orders of the levels of two packs: a level is above another
// if a chain of steps up in either pack leads there, and none leads back.
type order struct {
	reach    map[[2]string]bool // from the first up to the second
	conflict bool               // some levels that both have are in another order
}

func mergeOrders(old, new []string) *order {
	o := &order{reach: map[[2]string]bool{}}
	var ids []string
	for _, chain := range [][]string{old, new} {
		for i, id := range chain {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
			if i > 0 {
				o.reach[[2]string{chain[i-1], id}] = true
			}
		}
	}
	for _, by := range ids {
		for _, from := range ids {
			if !o.reach[[2]string{from, by}] {
				continue
			}
			for _, to := range ids {
				if o.reach[[2]string{by, to}] {
					o.reach[[2]string{from, to}] = true
				}
			}
		}
	}
	o.conflict = reordered(old, new)
	return o
}

// above reports whether a is more intensive than b, as far as the packs agree.
func (o *order) above(a, b string) bool {
	return o.reach[[2]string{b, a}] && !o.reach[[2]string{a, b}]
}

// Direction is where a level moves to.
type Direction int

// The directions, in the order in which they are to be looked at.
const (
	Lower  Direction = iota // to a less intensive level
	Aside                   // neither is known to be the more intensive one
	Higher                  // to a more intensive level
)

// String returns "lower", "other" or "higher".
func (d Direction) String() string { return [...]string{"lower", "other", "higher"}[d] }

func (o *order) direction(from, to string) Direction {
	switch {
	case o.above(from, to):
		return Lower
	case o.above(to, from):
		return Higher
	}
	return Aside
}

// reordered reports whether what is in both lists is in another order.
func reordered(old, new []string) bool {
	var kept, left []string
	for _, id := range old {
		if slices.Contains(new, id) {
			kept = append(kept, id)
		}
	}
	for _, id := range new {
		if slices.Contains(old, id) {
			left = append(left, id)
		}
	}
	return !slices.Equal(kept, left)
}

// mergedLevels lists the levels of New, and each that only Old has after the
// one below it.
func mergedLevels(packs [2]*pack.Pack) []string {
	out, at := levelIDs(packs[New]), 0
	for _, l := range packs[Old].Levels {
		i := slices.Index(out, l.ID)
		if i < 0 {
			i = at
			out = slices.Insert(out, i, l.ID)
		}
		at = i + 1
	}
	return out
}
