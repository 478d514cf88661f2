package space

import "github.com/carelevel/carelevel/pkg/pack"

// What proofs about a whole pack ask of a space.

// Falls is where one step of a variable, from the first class of a pair to the
// second, makes the function less: for some of the steps, and whatever class
// the variable has itself, on which the result does not depend.
func (s *Space) Falls(f Node, variable int, steps [][2]int) Node {
	memo := map[Node]Node{}
	var walk func(Node) Node
	walk = func(n Node) Node {
		v := s.d.varOf(n)
		if v > int32(variable) {
			return False
		}
		if r, ok := memo[n]; ok {
			return r
		}
		r := False
		if v == int32(variable) {
			for _, step := range steps {
				from, to := s.d.under(n)[step[0]], s.d.under(n)[step[1]]
				r = s.d.apply(opOr, r, s.d.apply(opLess, to, from))
			}
		} else {
			at := len(s.d.scratch)
			for c := range s.d.arity[v] {
				kid := walk(s.d.under(n)[c])
				s.d.scratch = append(s.d.scratch, kid)
			}
			r = s.d.node(v, s.d.scratch[at:])
			s.d.scratch = s.d.scratch[:at]
		}
		memo[n] = r
		return r
	}
	return walk(f)
}

// Most is the greatest constant to which some choice of the variables takes
// the function.
func (s *Space) Most(f Node, variables ...int) Node {
	over := make([]bool, len(s.variables))
	for _, v := range variables {
		over[v] = true
	}
	return s.d.project(opMax, f, over)
}

// SumIn is where the values of some variables add up to one in the interval.
// Each of their classes must be one value; of no variables the sum is 0.
func (s *Space) SumIn(variables []int, r pack.Interval) Node {
	var u sum
	for _, v := range variables {
		u.add(s, int32(v), 1)
	}
	return s.sumIn(u, []pack.Interval{r})
}

// Inner returns the inner nodes below some functions, themselves included,
// each once.
func (s *Space) Inner(roots ...Node) []Node {
	top := Node(0)
	for _, r := range roots {
		top = max(top, r)
	}
	if top < terminals {
		return nil
	}
	in := make([]bool, top+1)
	for _, r := range roots {
		in[r] = true
	}
	var out []Node
	for n := top; n >= terminals; n-- {
		if in[n] {
			out = append(out, n)
			for _, k := range s.d.under(n) {
				in[k] = true
			}
		}
	}
	return out
}

// Spent is how much of the budget is used up, in nodes: those that there are,
// or as many as the work would have paid for, whichever is more.
func (s *Space) Spent() int {
	return max(s.d.spent, (s.d.limit*stepsPerNode-s.d.steps)/stepsPerNode)
}
