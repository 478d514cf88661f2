package space

import "math"

// Node is a function of the answers: a decision diagram's root. Diagrams are
// reduced and ordered, so that within one Space two functions are the same if
// and only if their nodes are. A node below terminals is a constant.
type Node int32

// The constants that conditions come down to.
const (
	False Node = 0
	True  Node = 1
)

// terminals is how many constants there are: truth values, and the indices of
// levels, of which a pack has at most 64.
const terminals = 128

// Outside is the constant that stands for combinations of answers that do not
// exist; see Space.Guard.
const Outside Node = terminals - 1

// Constant returns the function that is v everywhere, 0 <= v < 127.
func Constant(v int) Node { return Node(v) }

// Constant reports whether n is a constant, and which.
func (n Node) Constant() (value int, is bool) { return int(n), n < terminals }

// diagram owns the nodes of all functions of one Space. Each inner node has a
// variable, which comes before those of its kids, and a kid for each of the
// variable's classes; no two have the same, and none has all kids equal.
type diagram struct {
	arity []int32 // classes, by variable

	variable []int32 // by node, less terminals
	first    []int32 // position of the node's kids
	kids     []Node

	table   []Node // the nodes by hash; 0 is an empty place
	cache   []cached
	scratch []Node // kids of the nodes that are being made

	limit int  // of nodes that are no wider than kidsPerNode
	spent int  // what the nodes so far count for
	steps int  // what is left to be worked
	full  bool // a limit was reached: every result since is void
}

// cached is one remembered result.
type cached struct {
	f, g   Node
	op     op
	result Node
}

// stepsPerNode bounds the work beside the nodes: a diagram that is hard to
// build makes few nodes last.
const stepsPerNode = 64

// kidsPerNode is how many kids a node of the budget may have: a wider one counts
// for several, in the nodes and in the work.
const kidsPerNode = 32

func charge(kids int) int { return 1 + (kids-1)/kidsPerNode }

func newDiagram(arity []int32, limit int) *diagram {
	return &diagram{arity: arity, limit: limit, steps: limit * stepsPerNode, table: make([]Node, 1<<9), cache: make([]cached, 1<<9)}
}

const constant = math.MaxInt32 // comes after all variables

func (d *diagram) varOf(n Node) int32 {
	if n < terminals {
		return constant
	}
	return d.variable[n-terminals]
}

// under returns the kids of an inner node.
func (d *diagram) under(n Node) []Node {
	i := n - terminals
	return d.kids[d.first[i]:][:d.arity[d.variable[i]]]
}

// node returns the one node with this variable and these kids.
func (d *diagram) node(v int32, kids []Node) Node {
	if same(kids) {
		return kids[0]
	}
	at := hash(v, kids) & uint32(len(d.table)-1)
	for ; d.table[at] != 0; at = (at + 1) & uint32(len(d.table)-1) {
		if n := d.table[at]; d.varOf(n) == v && equal(d.under(n), kids) {
			return n
		}
	}
	if d.spent >= d.limit {
		d.full = true
		return False
	}
	d.spent += charge(len(kids))
	n := Node(len(d.variable) + terminals)
	d.variable = append(d.variable, v)
	d.first = append(d.first, int32(len(d.kids)))
	d.kids = append(d.kids, kids...)
	d.table[at] = n
	if len(d.variable)*2 > len(d.table) {
		d.grow()
	}
	return n
}

// grow keeps both tables at least twice as long as there are nodes.
func (d *diagram) grow() {
	d.table = make([]Node, 2*len(d.table))
	for i := range d.variable {
		n := Node(i + terminals)
		at := hash(d.variable[i], d.under(n)) & uint32(len(d.table)-1)
		for d.table[at] != 0 {
			at = (at + 1) & uint32(len(d.table)-1)
		}
		d.table[at] = n
	}
	old := d.cache
	d.cache = make([]cached, len(d.table))
	for _, c := range old {
		if c.op != 0 {
			*d.place(c.op, c.f, c.g) = c
		}
	}
}

func same(kids []Node) bool {
	for _, k := range kids {
		if k != kids[0] {
			return false
		}
	}
	return true
}

func equal(a, b []Node) bool {
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// hash mixes with the odd multipliers of splitmix64, which spread the few low
// bits in which nodes differ over all of the word.
func hash(v int32, kids []Node) uint32 {
	h := uint64(v) + 0x9e3779b97f4a7c15
	for _, k := range kids {
		h = (h ^ uint64(k)) * 0xbf58476d1ce4e5b9
		h ^= h >> 29
	}
	return uint32(h>>32) ^ uint32(h)
}
