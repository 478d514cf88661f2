package space

import "github.com/carelevel/carelevel/pkg/pack"

// Condition returns where a condition holds. It must be one of those that the
// space was made for, or test nothing that they do not.
func (s *Space) Condition(c pack.Condition) Node {
	switch c := c.(type) {
	case *pack.All:
		return s.fold(opAnd, True, c.Of)
	case *pack.Any:
		return s.fold(opOr, False, c.Of)
	case *pack.None:
		return s.Not(s.fold(opOr, False, c.Of))
	case *pack.AtLeast:
		return s.atLeast(c.Count, c.Of)
	case *pack.Ref:
		n, ok := s.named[c.To]
		if !ok {
			n = s.Condition(c.To.When)
			s.named[c.To] = n
		}
		return n
	}
	n, ok := s.conditions[c]
	if !ok {
		n = s.test(c)
		s.conditions[c] = n
	}
	return n
}

// fold joins in pairs, and those in pairs again: small diagrams meet small
// ones for as long as can be.
func (s *Space) fold(o op, empty Node, of []pack.Condition) Node {
	nodes := make([]Node, len(of))
	for i, c := range of {
		nodes[i] = s.Condition(c)
	}
	return s.join(o, empty, nodes)
}

func (s *Space) join(o op, empty Node, of []Node) Node {
	switch len(of) {
	case 0:
		return empty
	case 1:
		return of[0]
	}
	half := len(of) / 2
	return s.d.apply(o, s.join(o, empty, of[:half]), s.join(o, empty, of[half:]))
}

// atLeast goes through the conditions and remembers how many more are wanted.
func (s *Space) atLeast(count int, of []pack.Condition) Node {
	if count > len(of) {
		return False
	}
	// more[k] is where at least k of the conditions from i on hold.
	more := make([]Node, max(count, 0)+1)
	more[0] = True
	for i := len(of) - 1; i >= 0; i-- {
		c := s.Condition(of[i])
		for k := len(more) - 1; k > 0; k-- {
			more[k] = s.d.apply(opOr, s.d.apply(opAnd, c, more[k-1]), more[k])
		}
	}
	return more[len(more)-1]
}

func (s *Space) test(c pack.Condition) Node {
	switch c := c.(type) {
	case *pack.Includes:
		return s.includes(c)
	case *pack.In:
		return s.in(c)
	}
	return False
}

func (s *Space) includes(c *pack.Includes) Node {
	o, n := opOr, False
	if c.All {
		o, n = opAnd, True
	}
	known := s.known[c.Slot]
	for i := range s.pack.Slots[c.Slot].Question.Options {
		if c.Mask>>i&1 == 0 {
			continue
		}
		is := False
		if at, open := s.chosenAt[[2]int{c.Slot, i}]; open {
			is = s.d.node(at, []Node{False, True})
		} else if known.Known() {
			is = truth(known>>i&1 == 1)
		}
		n = s.d.apply(o, n, is)
	}
	return n
}

func (s *Space) in(c *pack.In) Node {
	if c.Score != nil {
		var u sum
		for i := range c.Score.Terms {
			u.addTerm(s, &c.Score.Terms[i])
		}
		return s.sumIn(u, c.Ranges)
	}
	slot := &s.pack.Slots[c.Slot]
	if q := slot.Question; !slot.IsItem() && len(q.Items) > 0 {
		if at := s.restAt[q.Slot]; at != none && !s.apart(q) {
			return s.valueIn(at, c.Ranges, s.answeredItems(q))
		}
		var u sum
		u.addTotal(s, q, 1)
		return s.sumIn(u, c.Ranges)
	}
	if at := s.valueAt[c.Slot]; at != none {
		return s.valueIn(at, c.Ranges, 0)
	}
	return truth(within(c.Ranges, s.known[c.Slot]))
}

// apart reports whether items of an instrument are variables by themselves.
func (s *Space) apart(q *pack.Question) bool {
	for _, it := range q.Items {
		if s.valueAt[it.Slot] != none {
			return true
		}
	}
	return false
}

// valueIn is where a variable, and what is added to it, lies in the ranges.
func (s *Space) valueIn(at int32, ranges []pack.Interval, more pack.Value) Node {
	classes := s.variables[at].Classes
	kids := make([]Node, len(classes))
	for i := range classes {
		kids[i] = truth(within(ranges, classes[i].Values[0].From+more))
	}
	return s.d.node(at, kids)
}

// And is where all of the functions hold.
func (s *Space) And(of ...Node) Node { return s.join(opAnd, True, of) }

// Or is where at least one of the functions holds.
func (s *Space) Or(of ...Node) Node { return s.join(opOr, False, of) }

// Not is where the function does not hold.
func (s *Space) Not(n Node) Node { return s.d.apply(opNot, n, 0) }

// Less is where the first function has a smaller constant than the second.
func (s *Space) Less(f, g Node) Node { return s.d.apply(opLess, f, g) }

// Differ is where two functions have different constants.
func (s *Space) Differ(f, g Node) Node { return s.d.apply(opDiff, f, g) }

// Within is the function f where the condition holds, and Outside elsewhere.
func (s *Space) Within(condition, f Node) Node { return s.d.apply(opGuard, condition, f) }

// Raise is the constant v where the condition holds, and f elsewhere, which
// must be less than v everywhere.
func (s *Space) Raise(condition Node, v int, f Node) Node {
	return s.d.apply(opRaise+op(v), condition, f)
}

// Highest is the index of the highest level that some indication argues for:
// indications[l] are the conditions of those of level l. The base needs none.
func (s *Space) Highest(indications [][]pack.Condition) Node {
	f := Constant(0)
	for l, of := range indications {
		if l > 0 {
			f = s.Raise(s.fold(opOr, False, of), l, f)
		}
	}
	return f
}
