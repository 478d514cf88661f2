package verify

import (
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// cover returns a few of the functions, by position, that together hold
// wherever n does: one that does it alone if there is one, else those that
// cover the most of what is left, less those that turn out not to be needed.
// It is empty if n holds nowhere, and nil if not even all of them cover it.
func (f *frame) cover(n space.Node, by []space.Node) []int {
	if n == space.False {
		return nil
	}
	rest := make([]space.Node, len(by)) // what each leaves uncovered
	for i, b := range by {
		if rest[i] = f.s.And(n, f.s.Not(b)); rest[i] == space.False {
			return []int{i}
		}
	}
	var chosen []int
	for left := n; left != space.False; {
		best := f.best(left, by, rest, n)
		if best < 0 {
			return nil
		}
		chosen = append(chosen, best)
		left = f.s.And(left, f.s.Not(by[best]))
	}
	return f.needed(n, by, chosen)
}

// best is the function that leaves the least uncovered, or -1 if none covers
// anything of it.
func (f *frame) best(left space.Node, by, rest []space.Node, n space.Node) int {
	best, least := -1, 0.0
	for i, b := range by {
		if rest[i] == n {
			continue // holds nowhere where n does
		}
		after := f.s.And(left, f.s.Not(b))
		if after == left {
			continue
		}
		if x := f.memo.Share(after); best < 0 || x < least {
			best, least = i, x
		}
	}
	return best
}

// needed drops what the others cover, the first chosen last, and puts the
// rest into the order of the list.
func (f *frame) needed(n space.Node, by []space.Node, chosen []int) []int {
	in := make([]bool, len(by))
	for _, i := range chosen {
		in[i] = true
	}
	for _, i := range chosen {
		in[i] = false
		left := n
		for k := range by {
			if in[k] {
				left = f.s.And(left, f.s.Not(by[k]))
			}
		}
		in[i] = left != space.False
	}
	var out []int
	for i := range by {
		if in[i] {
			out = append(out, i)
		}
	}
	return out
}

// coverBy is cover by criteria.
func (f *frame) coverBy(n space.Node, by []*pack.Criterion) []*pack.Criterion {
	nodes := make([]space.Node, len(by))
	for i, c := range by {
		nodes[i] = f.node(c)
	}
	var out []*pack.Criterion
	for _, i := range f.cover(n, nodes) {
		out = append(out, by[i])
	}
	return out
}

// indicationsFrom returns the indications of a level and of those above it,
// lowest first, but the one that is left out.
func (r *run) indicationsFrom(level int, but *pack.Criterion) []*pack.Criterion {
	var out []*pack.Criterion
	for _, l := range r.pack.Levels[min(level, len(r.pack.Levels)):] {
		if l.Index == 0 {
			continue // the base needs none
		}
		for _, c := range l.Indications {
			if c != but {
				out = append(out, c)
			}
		}
	}
	return out
}
