package atlas

import (
	"cmp"
	"math"
	"slices"
)

// split divides a function by the classes of one variable.
type split struct {
	variable int
	in       []bool // by class: whether it belongs to a; classes that are alike go together
	a, b     ref
}

// splits returns the ways to divide f in two: for every variable on which it
// depends, each group of classes that are alike against the others, and, where
// there are more than three groups, the first few against the last. Dividing
// by more at once is dividing in two several times.
func (g *forest) splits(f ref) []split {
	var out []split
	for _, v := range g.support(f) {
		group, first := g.groups(f, v)
		for i := range first {
			if i == 0 || len(first) > 2 {
				out = append(out, g.divide(f, v, group, func(k int) bool { return k == i }))
			}
			if i > 0 && i < len(first)-2 {
				out = append(out, g.divide(f, v, group, func(k int) bool { return k <= i }))
			}
		}
	}
	return out
}

// groups numbers the classes of a variable so that those which f does not tell
// apart have the same number, and returns the first class of each.
func (g *forest) groups(f ref, v int) (group, first []int) {
	var kids []ref
	to := make([]int, g.arity[v])
	for c := range to {
		for i := range to {
			to[i] = c
		}
		k := g.fold(f, v, to)
		at := slices.Index(kids, k)
		if at < 0 {
			at = len(kids)
			kids, first = append(kids, k), append(first, c)
		}
		group = append(group, at)
	}
	return group, first
}

func (g *forest) divide(f ref, v int, group []int, inA func(group int) bool) split {
	s := split{variable: v, in: make([]bool, len(group))}
	firstA, firstB := -1, -1
	for c, k := range group {
		s.in[c] = inA(k)
		switch {
		case s.in[c] && firstA < 0:
			firstA = c
		case !s.in[c] && firstB < 0:
			firstB = c
		}
	}
	s.a, s.b = g.fold(f, v, onto(s.in, true, firstA)), g.fold(f, v, onto(s.in, false, firstB))
	return s
}

// onto maps the classes on the wrong side to one on the right side.
func onto(in []bool, side bool, class int) []int {
	to := make([]int, len(in))
	for c := range to {
		to[c] = class
		if in[c] == side {
			to[c] = c
		}
	}
	return to
}

// promise is a guess at how many rows a function takes: the less the better.
// Both grow slower than what they are made of, since few rows come from
// taking off single answers that settle it, not from halving.
type promise func(*forest, ref) float64

// fewPaths guesses by the ways through the diagram. The square root is the one
// function of package math that is exact on every machine.
func fewPaths(g *forest, f ref) float64 { return math.Sqrt(math.Sqrt(float64(g.paths[f]))) }

// smallDiagram guesses by the nodes of the diagram.
func smallDiagram(g *forest, f ref) float64 {
	if f < constants {
		return 0
	}
	return float64(g.size(f))
}

// promising returns the most promising splits of f, at most n.
func (g *forest) promising(f ref, by promise, n int) []split {
	all := g.splits(f)
	order, worth := make([]int, len(all)), make([]float64, len(all))
	for i := range all {
		order[i], worth[i] = i, by(g, all[i].a)+by(g, all[i].b)
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(worth[a], worth[b]) })
	out := make([]split, 0, n)
	for _, i := range order[:min(n, len(order))] {
		out = append(out, all[i])
	}
	return out
}
