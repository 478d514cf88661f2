package atlas

import (
	"cmp"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// normal sorts intervals and joins those that overlap or touch.
func normal(of Cell) Cell {
	of = slices.Clone(of)
	slices.SortFunc(of, func(a, b pack.Interval) int { return cmp.Compare(a.From, b.From) })
	var out Cell
	for _, r := range of {
		if n := len(out); n > 0 && r.From <= out[n-1].To+1 {
			out[n-1].To = max(out[n-1].To, r.To)
			continue
		}
		out = append(out, r)
	}
	return out
}
