package atlas

import (
	"math"
	"slices"

	"github.com/carelevel/carelevel/pkg/space"
)

// ref is a function of the columns: a constant below constants, else a node.
// Equal functions of one forest are the same ref.
type ref int32

// constants is how many constants there are: indices of levels, of which a
// pack has at most 64, and truth values.
const constants = 64

// forest holds the diagrams that a search for few rows makes: thousands of
// functions, each what is left of one when some values are out of the
// question. It is beside space.Space because it is thrown away after each
// search and keeps, for every node, in how many rows its paths would result.
type forest struct {
	arity []int32 // classes, by variable

	variable []int32 // by node, less constants
	first    []int32 // position of the node's kids
	kids     []ref
	table    []ref // the nodes by hash; 0 is an empty place

	paths []uint64 // by ref: ways to a constant that counts, parallel edges taken as one
	sizes []int32  // by ref: nodes below, 0 if not counted yet

	// What the walk under way has found out: memo is good where seen is round.
	seen    []int32
	memo    []ref
	round   int32
	scratch []ref
	steps   int // worked so far
}

// manyPaths is where the counting of paths ends.
const manyPaths = math.MaxInt64 / (1 << 20)

// newForest copies a function from a space. Only the constants whose bits are
// set count as rows.
func newForest(s *space.Space, f space.Node, counted uint64) (*forest, ref) {
	g := &forest{table: make([]ref, 1<<10)}
	for _, v := range s.Variables() {
		g.arity = append(g.arity, int32(len(v.Classes)))
	}
	for c := range uint64(constants) {
		g.paths = append(g.paths, counted>>c&1)
	}
	g.seen, g.memo, g.sizes = make([]int32, constants), make([]ref, constants), make([]int32, constants)
	known := map[space.Node]ref{}
	var copied func(space.Node) ref
	copied = func(n space.Node) ref {
		if c, is := n.Constant(); is {
			return ref(c)
		}
		r, ok := known[n]
		if !ok {
			v, under := s.Under(n)
			kids := make([]ref, len(under))
			for i, k := range under {
				kids[i] = copied(k)
			}
			r = g.node(int32(v), kids)
			known[n] = r
		}
		return r
	}
	return g, copied(f)
}

func (g *forest) varOf(r ref) int { return int(g.variable[r-constants]) }

func (g *forest) under(r ref) []ref {
	return g.kids[g.first[r-constants]:][:g.arity[g.variable[r-constants]]]
}

// node returns the one node with this variable and these kids.
func (g *forest) node(v int32, kids []ref) ref {
	if allSame(kids) {
		return kids[0]
	}
	at := hash(v, kids) & uint32(len(g.table)-1)
	for ; g.table[at] != 0; at = (at + 1) & uint32(len(g.table)-1) {
		if r := g.table[at]; g.variable[r-constants] == v && slices.Equal(g.under(r), kids) {
			return r
		}
	}
	r := ref(len(g.variable) + constants)
	g.variable = append(g.variable, v)
	g.first = append(g.first, int32(len(g.kids)))
	g.kids = append(g.kids, kids...)
	g.table[at] = r
	g.paths = append(g.paths, g.countPaths(kids))
	g.sizes, g.seen, g.memo = append(g.sizes, 0), append(g.seen, 0), append(g.memo, 0)
	if len(g.variable)*2 > len(g.table) {
		g.grow()
	}
	return r
}

func (g *forest) countPaths(kids []ref) uint64 {
	sum := uint64(0)
	for i, k := range kids {
		if i == 0 || !slices.Contains(kids[:i], k) {
			sum = min(sum+g.paths[k], manyPaths)
		}
	}
	return sum
}

func (g *forest) grow() {
	g.table = make([]ref, 2*len(g.table))
	for i, v := range g.variable {
		r := ref(i + constants)
		at := hash(v, g.under(r)) & uint32(len(g.table)-1)
		for g.table[at] != 0 {
			at = (at + 1) & uint32(len(g.table)-1)
		}
		g.table[at] = r
	}
}

func allSame(kids []ref) bool {
	for _, k := range kids {
		if k != kids[0] {
			return false
		}
	}
	return true
}

// hash mixes with the odd multiplier of splitmix64.
func hash(v int32, kids []ref) uint32 {
	h := uint64(v) + 0x9e3779b97f4a7c15
	for _, k := range kids {
		h = (h ^ uint64(k)) * 0xbf58476d1ce4e5b9
		h ^= h >> 29
	}
	return uint32(h>>32) ^ uint32(h)
}

// fold returns f where each class c of a variable is taken for class to[c]:
// what is left of f if only the classes that stand for themselves remain.
func (g *forest) fold(f ref, v int, to []int) ref {
	g.round++
	return g.foldBelow(f, int32(v), to)
}

func (g *forest) foldBelow(f ref, v int32, to []int) ref {
	if f < constants || g.variable[f-constants] > v {
		return f
	}
	if g.seen[f] == g.round {
		return g.memo[f]
	}
	g.steps++
	w, from := g.variable[f-constants], len(g.scratch)
	for c, k := range g.under(f) {
		if w == v {
			k = g.under(f)[to[c]]
		} else {
			k = g.foldBelow(k, v, to)
		}
		g.scratch = append(g.scratch, k)
	}
	r := g.node(w, g.scratch[from:])
	g.scratch = g.scratch[:from]
	g.seen[f], g.memo[f] = g.round, r
	return r
}

// size returns how many nodes f has.
func (g *forest) size(f ref) int32 {
	if g.sizes[f] == 0 {
		n := int32(0)
		g.visit(f, func(ref) { n++ })
		g.sizes[f] = n
	}
	return g.sizes[f]
}

// support returns the variables on which f depends, in their order.
func (g *forest) support(f ref) []int {
	used := make([]bool, len(g.arity))
	g.visit(f, func(r ref) { used[g.varOf(r)] = true })
	var out []int
	for v, is := range used {
		if is {
			out = append(out, v)
		}
	}
	return out
}

// visit calls see for every node of f, each once.
func (g *forest) visit(f ref, see func(ref)) {
	g.round++
	var walk func(ref)
	walk = func(r ref) {
		if r < constants || g.seen[r] == g.round {
			return
		}
		g.seen[r] = g.round
		g.steps++
		see(r)
		for _, k := range g.under(r) {
			walk(k)
		}
	}
	walk(f)
}
