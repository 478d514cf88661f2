package space

import (
	"cmp"
	"slices"
)

// rounds is how often the order is improved; it settles after a few.
const rounds = 24

// orderQuestions returns the questions that are tested in the order of their
// variables: those that are tested together stand close to each other, since
// all that lies between has to remember what came before.
//
// It is the FORCE heuristic of Aloul, Markov and Sakallah (2003): every
// question moves to the middle of its groups, until nothing gets better. All
// positions are whole numbers, so that every machine finds the same order.
func orderQuestions(n int, groups [][]int) []int {
	var order []int
	used := make([]bool, n)
	for _, g := range groups {
		for _, q := range g {
			used[q] = true
		}
	}
	for q, is := range used {
		if is {
			order = append(order, q)
		}
	}
	best, least := slices.Clone(order), span(order, n, groups)
	for range rounds {
		order = moved(order, n, groups)
		s := span(order, n, groups)
		if s >= least {
			break
		}
		best, least = slices.Clone(order), s
	}
	return best
}

// fine is how finely positions are divided.
const fine = 1 << 16

func moved(order []int, n int, groups [][]int) []int {
	at := positions(order, n)
	sum, count := make([]int, n), make([]int, n)
	for _, g := range groups {
		middle := 0
		for _, q := range g {
			middle += at[q] * fine
		}
		for _, q := range g {
			sum[q] += middle / len(g)
			count[q]++
		}
	}
	out := slices.Clone(order)
	slices.SortStableFunc(out, func(a, b int) int { return cmp.Compare(sum[a]*count[b], sum[b]*count[a]) })
	return out
}

// span is how far apart the ends of all groups are.
func span(order []int, n int, groups [][]int) int {
	at, sum := positions(order, n), 0
	for _, g := range groups {
		if len(g) > 0 {
			lo, hi := at[g[0]], at[g[0]]
			for _, q := range g {
				lo, hi = min(lo, at[q]), max(hi, at[q])
			}
			sum += hi - lo
		}
	}
	return sum
}

func positions(order []int, n int) []int {
	at := make([]int, n)
	for i, q := range order {
		at[q] = i
	}
	return at
}
