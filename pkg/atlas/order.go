package atlas

import (
	"errors"
	"slices"
)

// maxDrawn is how many questions a drawing may have at most: nobody can read
// one that is larger, and the tools that lay it out take minutes.
const maxDrawn = 2000

// ErrTooManyNodes says that a drawing would be larger than anybody can read.
var ErrTooManyNodes = errors.New("the drawing has too many nodes")

// shortOrder looks for an order of the variables in which the diagram has few
// nodes: every variable in turn is put where it does best, as Rudell (1993)
// does, until that gains nothing or takes too long. Diagrams here are small,
// so that each is simply built anew.
func shortOrder(g *forest, f ref) []int {
	order := g.support(f)
	least := g.size(f)
	if least > maxDrawn {
		return order
	}
	steps := sortSteps
	for improved := true; improved && steps > 0; {
		improved = false
		for _, v := range slices.Clone(order) {
			for to := range order {
				try := moved(order, v, to)
				h, root := reordered(g, f, try)
				steps -= h.steps + int(least)
				if n := h.size(root); n < least {
					order, least, improved = try, n, true
				}
			}
		}
	}
	return order
}

const sortSteps = 4_000_000

// moved returns the order with a variable at another position.
func moved(order []int, v, to int) []int {
	out := slices.DeleteFunc(slices.Clone(order), func(w int) bool { return w == v })
	return slices.Insert(out, to, v)
}

// reordered returns f as a diagram over the variables in another order: the
// variable at position i of order becomes variable i.
func reordered(g *forest, f ref, order []int) (*forest, ref) {
	h := &forest{table: make([]ref, 1<<10), paths: slices.Clone(g.paths[:constants]),
		seen: make([]int32, constants), memo: make([]ref, constants), sizes: make([]int32, constants)}
	for _, v := range order {
		h.arity = append(h.arity, g.arity[v])
	}
	before := g.steps
	known := map[ref]ref{}
	var build func(f ref, i int) ref
	build = func(f ref, i int) ref {
		if f < constants {
			return f
		}
		if r, ok := known[f]; ok {
			return r
		}
		on := g.support(f)
		for !slices.Contains(on, order[i]) {
			i++
		}
		to := make([]int, g.arity[order[i]])
		kids := make([]ref, len(to))
		for c := range kids {
			for k := range to {
				to[k] = c
			}
			kids[c] = build(g.fold(f, order[i], to), i+1)
		}
		r := h.node(int32(i), kids)
		known[f] = r
		return r
	}
	root := build(f, 0)
	h.steps = g.steps - before
	return h, root
}
