package space

import (
	"math/bits"
	"slices"
)

// Cut looks at one function under many different answers. It keeps what it
// works with, so that looking again allocates nothing; several may look at the
// same function at once, each for its goroutine.
type Cut struct {
	// The function's own nodes, as close together as can be: their variables,
	// and where their kids begin. A kid is a node, or ^constant.
	variable []int16
	first    []int32
	kids     []int32
	root     int32

	classes []int16
	round   uint32 // of looking
	nodes   []cutNode
	stack   []int32 // kids of the nodes that are being looked at

	// What is left, reduced: nodes of their own.
	leftVariable []int16
	leftFirst    []int32
	leftKids     []int32
	table        []place // by hash
	constants    uint64
	support      []uint64 // variables, as bits
}

// cutNode is what became of a node, and in which round it was looked at.
type cutNode struct {
	round  uint32
	became int32
}

type place struct {
	round uint32
	node  int32
}

// Cut prepares for looking at f.
func (s *Space) Cut(f Node) *Cut {
	below := s.below(f)
	slices.Reverse(below)
	at := make(map[Node]int32, len(below))
	c := &Cut{support: make([]uint64, (len(s.variables)+63)/64)}
	number := func(n Node) int32 {
		if n < terminals {
			return ^int32(n)
		}
		return at[n]
	}
	for _, n := range below {
		if n < terminals {
			continue
		}
		at[n] = int32(len(c.variable))
		c.variable, c.first = append(c.variable, int16(s.d.varOf(n))), append(c.first, int32(len(c.kids)))
		for _, k := range s.d.under(n) {
			c.kids = append(c.kids, number(k))
		}
	}
	c.first = append(c.first, int32(len(c.kids)))
	c.root = number(f)
	c.nodes = make([]cutNode, len(c.variable))
	c.table = make([]place, 1<<bits.Len(uint(2*len(c.variable)+15)))
	return c
}

// At returns which constants below 64 the function takes where the variables
// have the given classes, a negative one standing for any, and on which of
// those it still depends, as bits in words that are good until the next call.
func (c *Cut) At(classes []int16) (constants uint64, support []uint64) {
	c.round++
	if c.round == 0 { // after 2^32 rounds the marks of old ones would look new
		clear(c.nodes)
		clear(c.table)
		c.round = 1
	}
	c.classes, c.constants = classes, 0
	c.stack, c.leftVariable, c.leftFirst, c.leftKids = c.stack[:0], c.leftVariable[:0], c.leftFirst[:0], c.leftKids[:0]
	clear(c.support)
	if left := c.visit(c.root); left < 0 {
		return 1 << ^left, c.support
	}
	return c.constants, c.support
}

// visit returns what is left of a node.
func (c *Cut) visit(n int32) int32 {
	for n >= 0 {
		class := c.classes[c.variable[n]]
		if class < 0 {
			break
		}
		n = c.kids[c.first[n]+int32(class)]
	}
	if n < 0 {
		return n
	}
	if c.nodes[n].round == c.round {
		return c.nodes[n].became
	}
	base := len(c.stack)
	same := true
	for _, k := range c.kids[c.first[n]:c.first[n+1]] {
		left := c.visit(k)
		c.stack = append(c.stack, left)
		same = same && left == c.stack[base]
	}
	left := c.stack[base]
	if !same {
		left = c.node(c.variable[n], c.stack[base:])
	}
	c.stack = c.stack[:base]
	c.nodes[n] = cutNode{c.round, left}
	return left
}

// node returns the one node with this variable and these kids.
func (c *Cut) node(v int16, kids []int32) int32 {
	mask := uint32(len(c.table) - 1)
	h := uint64(v) + 0x9e3779b97f4a7c15
	for _, k := range kids {
		h = (h ^ uint64(uint32(k))) * 0xbf58476d1ce4e5b9
	}
	at := uint32(h>>40) & mask
	for ; c.table[at].round == c.round; at = (at + 1) & mask {
		n := c.table[at].node
		if c.leftVariable[n] == v && slices.Equal(c.leftKids[c.leftFirst[n]:][:len(kids)], kids) {
			return n
		}
	}
	n := int32(len(c.leftVariable))
	c.leftVariable, c.leftFirst = append(c.leftVariable, v), append(c.leftFirst, int32(len(c.leftKids)))
	c.leftKids = append(c.leftKids, kids...)
	for _, k := range kids {
		if k < 0 {
			c.constants |= 1 << ^k
		}
	}
	c.table[at] = place{c.round, n}
	c.support[v/64] |= 1 << (v % 64)
	return n
}
