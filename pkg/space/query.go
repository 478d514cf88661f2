package space

import (
	"math/big"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Choice names one class of one variable, by their positions.
type Choice struct{ Variable, Class int }

// Constants returns which constants below 64 the function takes, as bits.
func (s *Space) Constants(f Node) uint64 {
	mask := uint64(0)
	s.visit(f, func(n Node) {
		if n < 64 {
			mask |= 1 << n
		}
	})
	return mask
}

// Support returns the variables on which the function depends, by position.
func (s *Space) Support(f Node) []int {
	used := make([]bool, len(s.variables))
	s.visit(f, func(n Node) {
		if n >= terminals {
			used[s.d.varOf(n)] = true
		}
	})
	var out []int
	for v, is := range used {
		if is {
			out = append(out, v)
		}
	}
	return out
}

// Deciding returns the questions on whose answers the function depends, in the
// order of the pack: for each there is a completion in which another answer to
// it alone leads to another constant.
func (s *Space) Deciding(f Node) []*pack.Question {
	on := make([]bool, len(s.pack.Questions))
	for _, v := range s.Support(f) {
		q := s.uses.index[s.variables[v].Question]
		on[q] = on[q] || s.guard == True || s.moves(f, s.variables[v].Question)
	}
	var out []*pack.Question
	for q, is := range on {
		if is {
			out = append(out, s.pack.Questions[q])
		}
	}
	return out
}

// moves reports whether some combinations that exist differ in the question
// alone and in the function. Where variables are not independent, that they
// are in the diagram does not say so.
func (s *Space) moves(f Node, q *pack.Question) bool {
	over, seen := s.of(q), 0
	everywhere := True
	for mask, l := s.Constants(f), 0; mask != 0; mask, l = mask>>1, l+1 {
		if mask&1 == 0 {
			continue
		}
		at := s.And(s.guard, s.Is(f, 1<<l))
		reachable := s.d.project(opOr, at, over)
		// Two constants that are both reachable from one and the same rest.
		if seen > 0 && s.And(reachable, everywhere) != False {
			return true
		}
		if seen++; seen == 1 {
			everywhere = reachable
		} else {
			everywhere = s.Or(everywhere, reachable)
		}
	}
	return false
}

// Influence counts the completions in which another answer to the question
// leads to another constant. It does not look at Guard.
func (s *Space) Influence(f Node, q *pack.Question) *big.Int {
	over := s.of(q)
	return s.Count(s.Less(s.d.project(opMin, f, over), s.d.project(opMax, f, over)))
}

// of marks the variables of a question.
func (s *Space) of(q *pack.Question) []bool {
	over := make([]bool, len(s.variables))
	for v := range s.variables {
		over[v] = s.variables[v].Question == q
	}
	return over
}

// Is returns where the function takes one of the constants whose bits are set.
func (s *Space) Is(f Node, constants uint64) Node {
	var to [terminals]Node
	for v := range 64 {
		to[v] = truth(constants>>v&1 == 1)
	}
	return s.d.rewrite(f, s.unchosen(), &to)
}

// Given returns the function with some variables fixed.
func (s *Space) Given(f Node, choices ...Choice) Node {
	chosen := s.unchosen()
	for _, c := range choices {
		chosen[c.Variable] = int32(c.Class)
	}
	return s.d.rewrite(f, chosen, &unchanged)
}

func (s *Space) unchosen() []int32 {
	return slices.Repeat([]int32{none}, len(s.variables))
}

var unchanged = func() (t [terminals]Node) {
	for v := range t {
		t[v] = Node(v)
	}
	return t
}()

// Reach returns which constants below 64 the function takes where the variables
// have the given classes, a negative one standing for any. It writes nothing,
// so that any number of goroutines may call it at once.
func (s *Space) Reach(f Node, classes []int) uint64 {
	if f < terminals {
		return 1 << f
	}
	r := reach{s: s, classes: classes, seen: make([]uint64, f/64+1)}
	r.visit(f)
	return r.mask
}

type reach struct {
	s       *Space
	classes []int
	seen    []uint64
	mask    uint64
}

func (r *reach) visit(n Node) {
	for n >= terminals {
		c := r.classes[r.s.d.varOf(n)]
		if c < 0 {
			break
		}
		n = r.s.d.under(n)[c]
	}
	switch bit := uint64(1) << (n & 63); {
	case n < terminals:
		r.mask |= 1 << n
		return
	case r.seen[n/64]&bit != 0:
		return
	default:
		r.seen[n/64] |= bit
	}
	for _, k := range r.s.d.under(n) {
		r.visit(k)
	}
}

// At returns the constant that the function has at one class for every
// variable.
func (s *Space) At(f Node, point []int) int {
	for f >= terminals {
		f = s.d.under(f)[point[s.d.varOf(f)]]
	}
	return int(f)
}

// Under returns the variable of an inner node and its kids by class. The kids
// must not be changed.
func (s *Space) Under(n Node) (variable int, kids []Node) {
	return int(s.d.varOf(n)), s.d.under(n)
}

// visit calls see for every node below f, f included, each once.
func (s *Space) visit(f Node, see func(Node)) {
	for _, n := range s.below(f) {
		see(n)
	}
}

// below returns the nodes below f, f included, parents before their kids: a
// node is made after those below it.
func (s *Space) below(f Node) []Node {
	if f < terminals {
		return []Node{f}
	}
	in := make([]bool, f+1)
	in[f] = true
	count := 0
	for n := f; n >= terminals; n-- {
		if in[n] {
			count++
			for _, k := range s.d.under(n) {
				in[k] = true
			}
		}
	}
	out := make([]Node, 0, count+4)
	for n := f; n >= 0; n-- {
		if in[n] {
			out = append(out, n)
		}
	}
	return out
}
