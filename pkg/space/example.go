package space

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Example returns a class for every variable such that f takes one of the
// constants whose bits are set, and false if it takes none of them. It is the
// mildest: as few questions as can be have another answer than the best, then
// as few variables, and then they differ by as little as can be.
func (s *Space) Example(f Node, constants uint64) (point []int, found bool) {
	return s.Nearest(f, constants, s.better)
}

// Nearest is Example with another place to differ from: as few questions as
// can be are answered otherwise than by the given classes. A variable whose
// class is negative may become anything, and is the mildest that it can be.
func (s *Space) Nearest(f Node, constants uint64, from []int) (point []int, found bool) {
	p := path{s: s, from: from, cost: make([][2]int64, max(f, terminals)+1)}
	nodes := s.below(f)
	for i := len(nodes) - 1; i >= 0; i-- {
		p.price(nodes[i], constants)
	}
	if p.cost[f][0] == never {
		return nil, false
	}
	for v, c := range from {
		if c < 0 {
			c = s.better[v]
		}
		point = append(point, c)
	}
	for n, begun := f, 0; n >= terminals; {
		v, c := int(s.d.varOf(n)), p.cheapest(n, begun)
		point[v] = c
		n, begun = s.d.under(n)[c], p.after(n, c, begun)
	}
	return point, true
}

// path finds the cheapest way through a diagram. The variables of a question
// stand together, and what one of them costs depends on whether one before it
// differs already: that is the second index of cost.
type path struct {
	s    *Space
	from []int
	cost [][2]int64
}

// What it costs to differ: in a question, in a variable, and by how much. A
// variable has less than 1<<20 classes, and a space less than 1<<20 variables.
const (
	never    = int64(1) << 62
	question = int64(1) << 42
	variable = int64(1) << 21
)

func (p *path) price(n Node, constants uint64) {
	for begun := range 2 {
		p.cost[n][begun] = never
		if n >= terminals {
			p.cost[n][begun] = p.through(n, p.cheapest(n, begun), begun)
		} else if n < 64 && constants>>n&1 == 1 {
			p.cost[n][begun] = 0
		}
	}
}

// cheapest returns the class by which it is cheapest to go on.
func (p *path) cheapest(n Node, begun int) int {
	best := 0
	for c := range p.s.d.under(n) {
		if p.through(n, c, begun) < p.through(n, best, begun) {
			best = c
		}
	}
	return best
}

// through is what it costs to go on by a class.
func (p *path) through(n Node, class, begun int) int64 {
	rest := p.cost[p.s.d.under(n)[class]][p.after(n, class, begun)]
	if rest == never {
		return never
	}
	return rest + p.away(int(p.s.d.varOf(n)), class, begun)
}

// after is whether, by a class, the question of the next node has begun to
// differ.
func (p *path) after(n Node, class, begun int) int {
	v, k := int(p.s.d.varOf(n)), p.s.d.under(n)[class]
	if k < terminals || p.s.variables[v].Question != p.s.variables[p.s.d.varOf(k)].Question {
		return 0
	}
	if p.differs(v, class) {
		return 1
	}
	return begun
}

func (p *path) differs(v, class int) bool { return p.from[v] >= 0 && class != p.from[v] }

func (p *path) away(v, class, begun int) int64 {
	switch {
	case p.differs(v, class):
		cost := variable + int64(max(class-p.from[v], p.from[v]-class))
		if begun == 0 {
			cost += question
		}
		return cost
	case p.from[v] < 0 && class != p.s.better[v]:
		return 1
	}
	return 0
}

// Answers returns the answers at a point: the known ones, and those to the
// questions of the named variables; all others are missing. A class is
// answered by its value that is nearest to the best one.
func (s *Space) Answers(point []int, variables ...int) pack.Answers {
	asked := map[*pack.Question]bool{}
	for _, v := range variables {
		asked[s.variables[v].Question] = true
	}
	a := append(pack.Answers(nil), s.known...)
	for v := range s.variables {
		if asked[s.variables[v].Question] {
			s.answer(a, &s.variables[v], point[v])
		}
	}
	return a
}

// Toward returns a with the named variables as they are at a point: each
// answered by the value of its class that is nearest to the present answer, and
// if there is none, to the best one.
func (s *Space) Toward(a pack.Answers, point []int, variables ...int) pack.Answers {
	out := append(pack.Answers(nil), a...)
	for _, at := range variables {
		v := &s.variables[at]
		now := out[v.Slot]
		switch {
		case v.Kind == Chosen && now.Known():
			out[v.Slot] = now&^(1<<v.Option) | v.Classes[point[at]].Values[0].From<<v.Option
		case v.Kind == Value && now.Known():
			out[v.Slot] = v.Classes[point[at]].nearest(now)
		case v.Kind == Rest && len(v.Items) == len(v.Question.Items):
			out[v.Slot] = v.Classes[point[at]].Values[0].From
			if total, _, known := v.Question.Total(a); known {
				out[v.Slot] = v.Classes[point[at]].nearest(total)
			}
		default:
			s.answer(out, v, point[at])
		}
	}
	return out
}

// nearest returns the value of the class that is nearest to x, the lesser of
// two.
func (c *Class) nearest(x pack.Value) pack.Value {
	best := c.Values[0].From
	for _, r := range c.Values {
		if v := max(r.From, min(x, r.To)); max(v-x, x-v) < max(best-x, x-best) {
			best = v
		}
	}
	return best
}

func (s *Space) answer(a pack.Answers, v *Variable, class int) {
	c := v.Classes[class]
	x := c.Values[0].From
	if v.Question.Worse == pack.WorseLower && v.Kind == Value {
		x = c.Values[len(c.Values)-1].To
	}
	switch v.Kind {
	case Value:
		a[v.Slot] = x
	case Chosen:
		a[v.Slot] = max(a[v.Slot], 0) | x<<v.Option
	case Rest:
		s.share(a, v, x)
	}
}

// share gives the sum of a rest to its items, the first ones first; where they
// are all items that there are, it is the total that is given.
func (s *Space) share(a pack.Answers, v *Variable, sum pack.Value) {
	if len(v.Items) == len(v.Question.Items) {
		a[v.Slot] = sum
		return
	}
	for _, slot := range v.Items {
		x := min(sum, s.pack.Slots[slot].Max)
		a[slot] = x
		sum -= x
	}
}

// Point returns the classes of complete answers. It is false if something that
// the space has a variable for is missing.
func (s *Space) Point(a pack.Answers) (point []int, complete bool) {
	point = s.Classes(a)
	return point, !slices.Contains(point, none)
}

// Classes returns the class of every variable under a, and -1 where a leaves it
// open.
func (s *Space) Classes(a pack.Answers) []int {
	classes := make([]int, len(s.variables))
	for i := range s.variables {
		classes[i] = s.classIn(a, &s.variables[i])
	}
	return classes
}

func (s *Space) classIn(a pack.Answers, v *Variable) int {
	switch v.Kind {
	case Chosen:
		if !a[v.Slot].Known() {
			return none
		}
		return int(a[v.Slot] >> v.Option & 1)
	case Rest:
		if total, _, known := v.Question.Total(a); known && len(v.Items) == len(v.Question.Items) {
			return v.ClassOf(total)
		}
		sum := pack.Value(0)
		for _, slot := range v.Items {
			if !a[slot].Known() {
				return none
			}
			sum += a[slot]
		}
		return v.ClassOf(sum)
	}
	if !a[v.Slot].Known() {
		return none
	}
	return v.ClassOf(a[v.Slot])
}
