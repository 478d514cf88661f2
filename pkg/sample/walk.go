package sample

import (
	"fmt"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// walk is the pack's decision diagram, made for drawing ways through it that
// end at a given level. At each node the kids are weighed by how likely the
// level is below them, so that every way to the level is as likely as its
// answers are among those of all ways there, and none leads astray.
type walk struct {
	variables []variable
	at        []int32               // by node: its variable; the root is the last node
	first     []int32               // by node: position of its kids
	kids      []int32               // nodes; a negative one is a constant
	ends      [][]uint32            // by level and gravity: the steps of every node, as kids
	free      [gravities][][]uint32 // by variable: the steps where no node asks for it
}

// variable is one of the space, with what it takes to answer it.
type variable struct {
	space.Variable
	classes []class
	best    bool // the greatest value is the mildest
	sum     int  // Rest: which instrument's
}

type class struct {
	first  pack.Value
	values []pack.Interval
	dial   *dial // nil if there is only one value
}

// maxSteps bounds the tables: 64 MB.
const maxSteps = 16 << 20

// newWalk returns the walk and the levels that occur, by index, lowest first.
func newWalk(p *pack.Pack, indications [][]pack.Condition, opts space.Options, ds dials) (*walk, []int, error) {
	s, err := space.New(p, opts)
	if err != nil {
		return nil, nil, err
	}
	f := s.Highest(indications)
	if err := s.Err(); err != nil {
		return nil, nil, err
	}
	var levels []int
	for l := range p.Levels {
		if s.Constants(f)>>l&1 == 1 {
			levels = append(levels, l)
		}
	}
	w := &walk{}
	w.addVariables(s.Variables(), ds)
	w.addNodes(s, f)
	if n := len(w.kids) * len(levels) * 2; n > maxSteps {
		return nil, nil, fmt.Errorf("%w: %d steps for the ways to each level, more than %d", space.ErrTooLarge, n, maxSteps)
	}
	w.weigh(s.Variables(), levels)
	return w, levels, nil
}

func (w *walk) addVariables(vs []space.Variable, ds dials) {
	for _, v := range vs {
		added := variable{Variable: v, best: v.Question.Worse == pack.WorseLower && v.Kind != space.Chosen}
		for _, c := range v.Classes {
			size := uint64(0)
			for _, r := range c.Values {
				size += uint64(r.To-r.From) + 1
			}
			made := class{first: c.Values[0].From, values: c.Values}
			if size > 1 {
				made.dial = ds.of(size, leansOf(v.Question))
			}
			added.classes = append(added.classes, made)
		}
		w.variables = append(w.variables, added)
	}
}

// addNodes copies the diagram of f, kids before their parents.
func (w *walk) addNodes(s *space.Space, f space.Node) {
	if _, is := f.Constant(); is {
		return
	}
	nodes := s.Inner(f)
	slices.Sort(nodes) // a node is made after those below it
	number := make(map[space.Node]int32, len(nodes))
	for i, n := range nodes {
		number[n] = int32(i)
		at, kids := s.Under(n)
		w.at = append(w.at, int32(at))
		w.first = append(w.first, int32(len(w.kids)))
		for _, k := range kids {
			if c, is := k.Constant(); is {
				w.kids = append(w.kids, int32(-1-c))
			} else {
				w.kids = append(w.kids, number[k])
			}
		}
	}
}

// weigh makes the tables of steps, two gravities for each level.
func (w *walk) weigh(vs []space.Variable, levels []int) {
	var spreads [gravities][][]mass
	for gravity := range gravities {
		for i := range vs {
			weights := spread(&vs[i], gravity)
			ends := make([]uint32, len(weights))
			steps(weights, ends)
			spreads[gravity] = append(spreads[gravity], weights)
			w.free[gravity] = append(w.free[gravity], ends)
		}
	}
	for i, l := range levels {
		for more := range 2 {
			w.ends = append(w.ends, w.weighFor(l, spreads[base(i, len(levels))+more]))
		}
	}
}

// weighFor makes the steps toward one level: a kid's weight is that of its
// class times how likely the level is below it.
func (w *walk) weighFor(level int, spreads [][]mass) []uint32 {
	ends := make([]uint32, len(w.kids))
	likely := make([]mass, len(w.at))
	var weights []mass
	for n, v := range w.at {
		weights = weights[:0]
		sum := mass{}
		kids := w.under(int32(n))
		for c, k := range kids {
			below := mass{}
			if k >= 0 {
				below = likely[k]
			} else if int(-1-k) == level {
				below = one
			}
			weights = append(weights, spreads[v][c].times(below))
			sum = sum.plus(weights[c])
		}
		likely[n] = sum
		if sum.m != 0 {
			steps(weights, ends[w.first[n]:][:len(kids)])
		}
	}
	return ends
}

func (w *walk) under(n int32) []int32 {
	return w.kids[w.first[n]:][:len(w.variables[w.at[n]].classes)]
}

// draw draws a class for every variable: those that the way to the level
// depends on by the table, the others freely.
func (w *walk) draw(g *Generator, table, gravity int) {
	n := int32(len(w.at) - 1)
	ends, free := w.ends[table], w.free[gravity]
	for v := range w.variables {
		u := g.step()
		if n < 0 || w.at[n] != int32(v) {
			g.classes[v] = pick(free[v], u)
			continue
		}
		first := w.first[n]
		c := pick(ends[first:], u)
		g.classes[v] = c
		n = w.kids[first+int32(c)]
	}
}
