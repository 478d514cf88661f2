package space

import "math/bits"

// Cut looks at one function under many different answers. It keeps what it
// works with, so that looking again allocates nothing; several may look at the
// same function at once, each for its goroutine.
type Cut struct {
	s *Space
	f Node

	round  uint32   // of looking
	seen   []uint32 // by node: the round in which it was looked at
	became []Node   // by node: what is left of it under the answers

	// What is left, reduced: nodes of their own, numbered from terminals on.
	variable []int32
	first    []int32
	kids     []Node
	table    []place // their numbers by hash

	support []uint64 // variables, as bits
}

type place struct {
	round uint32
	node  Node
}

// Cut prepares for looking at f.
func (s *Space) Cut(f Node) *Cut {
	n := max(int(f)+1-terminals, 0)
	size := 1 << bits.Len(uint(2*n+15))
	return &Cut{s: s, f: f, seen: make([]uint32, n), became: make([]Node, n), table: make([]place, size), support: make([]uint64, (len(s.variables)+63)/64)}
}

// At returns which constants below 64 the function takes where the variables
// have the given classes, a negative one standing for any, and on which of
// those it still depends, as bits in words that are good until the next call.
func (c *Cut) At(classes []int16) (constants uint64, support []uint64) {
	c.round++
	if c.round == 0 { // after 2^32 rounds the marks of old ones would look new
		clear(c.seen)
		clear(c.table)
		c.round = 1
	}
	c.variable, c.first, c.kids = c.variable[:0], c.first[:0], c.kids[:0]
	clear(c.support)
	left := c.visit(c.f, classes)
	if left < terminals {
		return 1 << left, c.support
	}
	for i, k := range c.kids {
		if k < terminals {
			constants |= 1 << c.kids[i]
		}
	}
	return constants, c.support
}

// visit returns what is left of a node.
func (c *Cut) visit(n Node, classes []int16) Node {
	d := c.s.d
	for n >= terminals {
		class := classes[d.variable[n-terminals]]
		if class < 0 {
			break
		}
		n = d.kids[d.first[n-terminals]+int32(class)]
	}
	if n < terminals {
		return n
	}
	at := n - terminals
	if c.seen[at] == c.round {
		return c.became[at]
	}
	v := d.variable[at]
	var buffer [16]Node
	kids := buffer[:0]
	for _, k := range d.under(n) {
		kids = append(kids, c.visit(k, classes))
	}
	left := kids[0]
	if !same(kids) {
		left = c.node(v, kids)
	}
	c.seen[at], c.became[at] = c.round, left
	return left
}

// node returns the one node with this variable and these kids.
func (c *Cut) node(v int32, kids []Node) Node {
	mask := uint32(len(c.table) - 1)
	at := hash(v, kids) & mask
	for ; c.table[at].round == c.round; at = (at + 1) & mask {
		if n := c.table[at].node; c.variable[n-terminals] == v && equal(c.kids[c.first[n-terminals]:][:len(kids)], kids) {
			return n
		}
	}
	n := Node(len(c.variable) + terminals)
	c.variable = append(c.variable, v)
	c.first = append(c.first, int32(len(c.kids)))
	c.kids = append(c.kids, kids...)
	c.table[at] = place{c.round, n}
	c.support[v/64] |= 1 << (v % 64)
	return n
}
