package engine

// A circuit decides on all lanes of a cohort at once. Each of its gates has two
// planes, which are Kleene's three values: where it holds, and where it
// possibly does. It is made once, and run in one pass without a branch that
// depends on an answer.

// pair is what becomes of a test or a condition in each lane: true where it
// holds, false where it is not possible, and else unknown.
type pair struct{ possible, holds uint64 }

type gateKind uint8

const (
	given  gateKind = iota // read from the answers
	both                   // a and b
	either                 // a or b
	butNot                 // a and not b
	surely                 // whether a is known to hold, which is never unknown
	kinds
)

// gate is one part of a circuit. a and b are gates before it; for a given one,
// a is its number, so that no two of these are the same.
type gate struct {
	kind gateKind
	a, b int32
}

// wiring is a circuit that is being made. Equal gates are one.
type wiring struct {
	gates []gate
	at    map[gate]int32
}

// The gates that every circuit has.
const (
	never int32 = iota
	always
)

func newWiring() *wiring {
	w := &wiring{at: make(map[gate]int32)}
	w.given()
	w.given()
	return w
}

// given returns a new gate that is read from the answers.
func (w *wiring) given() int32 { return w.add(gate{given, int32(len(w.gates)), 0}) }

func (w *wiring) add(g gate) int32 {
	at, ok := w.at[g]
	if !ok {
		at = int32(len(w.gates))
		w.gates = append(w.gates, g)
		w.at[g] = at
	}
	return at
}

func (w *wiring) both(a, b int32) int32 {
	switch {
	case a == never || b == never:
		return never
	case a == always || a == b:
		return b
	case b == always:
		return a
	}
	return w.add(gate{both, min(a, b), max(a, b)})
}

func (w *wiring) either(a, b int32) int32 {
	switch {
	case a == always || b == always:
		return always
	case a == never || a == b:
		return b
	case b == never:
		return a
	}
	return w.add(gate{either, min(a, b), max(a, b)})
}

// butNot keeps "a and not a", which is unknown while a is.
func (w *wiring) butNot(a, b int32) int32 {
	switch {
	case a == never || b == always:
		return never
	case b == never:
		return a
	}
	return w.add(gate{butNot, a, b})
}

func (w *wiring) not(a int32) int32 { return w.butNot(always, a) }

func (w *wiring) surely(a int32) int32 {
	if a == never || a == always {
		return a
	}
	return w.add(gate{surely, a, a})
}

// circuit is a wiring in the order in which it is run.
type circuit struct {
	planes []pair
	stages []stage
}

// stage is a stretch of gates of one kind, whose planes follow each other.
type stage struct {
	kind  gateKind
	first int32
	of    []operands
}

type operands struct{ a, b int32 } // by plane

// circuit puts the gates in order, and says which plane each has. Those that
// are given come first, in the order of the list.
func (w *wiring) circuit(givens []int32) (circuit, []int32) {
	place := make([]int32, len(w.gates))
	for i := range place {
		place[i] = -1
	}
	placed := int32(0)
	for _, g := range append([]int32{never, always}, givens...) {
		place[g] = placed
		placed++
	}
	var c circuit
	for kind := both; int(placed) < len(w.gates); kind = max(both, (kind+1)%kinds) {
		s := stage{kind: kind, first: placed}
		for i, g := range w.gates {
			if place[i] < 0 && g.kind == kind && place[g.a] >= 0 && place[g.b] >= 0 {
				place[i] = placed
				placed++
				s.of = append(s.of, operands{place[g.a], place[g.b]})
			}
		}
		if s.of != nil {
			c.stages = append(c.stages, s)
		}
	}
	c.planes = make([]pair, placed)
	c.planes[always] = pair{^uint64(0), ^uint64(0)}
	return c, place
}

// run computes all gates from those that are given.
func (c *circuit) run() {
	planes := c.planes
	for i := range c.stages {
		s := &c.stages[i]
		out := planes[s.first:][:len(s.of)]
		switch s.kind {
		case both:
			for k, o := range s.of {
				a, b := &planes[o.a], &planes[o.b]
				out[k] = pair{a.possible & b.possible, a.holds & b.holds}
			}
		case either:
			for k, o := range s.of {
				a, b := &planes[o.a], &planes[o.b]
				out[k] = pair{a.possible | b.possible, a.holds | b.holds}
			}
		case butNot:
			for k, o := range s.of {
				a, b := &planes[o.a], &planes[o.b]
				out[k] = pair{a.possible &^ b.holds, a.holds &^ b.possible}
			}
		case surely:
			for k, o := range s.of {
				a := planes[o.a].holds
				out[k] = pair{a, a}
			}
		}
	}
}
