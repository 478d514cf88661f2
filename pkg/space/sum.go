package space

import (
	"cmp"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// sum is a number plus what each of some variables adds to it.
type sum struct {
	base  pack.Value
	parts []part
}

type part struct {
	variable int32
	adds     []pack.Value // by class
}

// add counts a variable each of whose classes is one value.
func (u *sum) add(s *Space, at int32, factor pack.Value) {
	classes := s.variables[at].Classes
	adds := make([]pack.Value, len(classes))
	for i := range classes {
		adds[i] = classes[i].Values[0].From * factor
	}
	u.parts = append(u.parts, part{at, adds})
}

// addTotal counts the total of an instrument with items.
func (u *sum) addTotal(s *Space, q *pack.Question, factor pack.Value) {
	if total, _, known := q.Total(s.known); known {
		u.base += total * factor
		return
	}
	u.base += s.answeredItems(q) * factor
	for _, it := range q.Items {
		if at := s.valueAt[it.Slot]; at != none {
			u.add(s, at, factor)
		}
	}
	if at := s.restAt[q.Slot]; at != none {
		u.add(s, at, factor)
	}
}

// addTerm counts one term of a score.
func (u *sum) addTerm(s *Space, t *pack.Term) {
	slot := &s.pack.Slots[t.Slot]
	known := s.known[t.Slot]
	switch at := s.valueAt[t.Slot]; {
	case slot.Question.Kind == pack.Instrument && !slot.IsItem() && len(slot.Question.Items) > 0:
		u.addTotal(s, slot.Question, t.Factor)
	case slot.Question.Kind == pack.Multi:
		u.addOptions(s, t)
	case known.Known():
		u.base += s.contribution(t, known)
	case at != none:
		adds := make([]pack.Value, len(s.variables[at].Classes))
		for i, c := range s.variables[at].Classes {
			adds[i] = s.contribution(t, c.Values[0].From)
		}
		u.parts = append(u.parts, part{at, adds})
	}
}

func (u *sum) addOptions(s *Space, t *pack.Term) {
	for o, w := range t.Weights {
		if known := s.known[t.Slot]; known.Known() {
			if known>>o&1 == 1 {
				u.base += w
			}
		} else if at, is := s.chosenAt[[2]int{t.Slot, o}]; is {
			u.parts = append(u.parts, part{at, []pack.Value{0, w}})
		}
	}
}

// sumIn is where the sum lies in one of the ranges.
func (s *Space) sumIn(u sum, ranges []pack.Interval) Node {
	b := adder{d: s.d, parts: joined(u.parts), ranges: ranges, memo: map[partial]Node{}}
	b.lo, b.hi = make([]pack.Value, len(b.parts)+1), make([]pack.Value, len(b.parts)+1)
	for i, p := range slices.Backward(b.parts) {
		b.lo[i], b.hi[i] = b.lo[i+1]+slices.Min(p.adds), b.hi[i+1]+slices.Max(p.adds)
	}
	return b.from(0, u.base)
}

// joined brings the parts into the order of their variables, with one part
// for each.
func joined(parts []part) []part {
	parts = slices.Clone(parts)
	slices.SortStableFunc(parts, func(a, b part) int { return cmp.Compare(a.variable, b.variable) })
	var out []part
	for _, p := range parts {
		if n := len(out); n > 0 && out[n-1].variable == p.variable {
			adds := slices.Clone(out[n-1].adds)
			for i, x := range p.adds {
				adds[i] += x
			}
			out[n-1].adds = adds
			continue
		}
		out = append(out, p)
	}
	return out
}

// adder builds the diagram of a sum from what has been added up so far: two
// ways to the same partial sum have the same rest.
type adder struct {
	d      *diagram
	parts  []part
	lo, hi []pack.Value // what the parts from i on can still add
	ranges []pack.Interval
	memo   map[partial]Node
}

type partial struct {
	part int
	sum  pack.Value
}

func (b *adder) from(i int, sum pack.Value) Node {
	touched := false
	for _, r := range b.ranges {
		if r.From <= sum+b.lo[i] && sum+b.hi[i] <= r.To {
			return True
		}
		touched = touched || r.From <= sum+b.hi[i] && sum+b.lo[i] <= r.To
	}
	if !touched || b.d.full {
		return False
	}
	at := partial{i, sum}
	if n, ok := b.memo[at]; ok {
		return n
	}
	// A partial sum costs what a node does: they can be many and come down to
	// few nodes.
	if b.d.steps -= stepsPerNode * charge(len(b.parts[i].adds)); b.d.steps < 0 {
		b.d.full = true
		return False
	}
	kids := make([]Node, len(b.parts[i].adds))
	for c, x := range b.parts[i].adds {
		kids[c] = b.from(i+1, sum+x)
	}
	n := b.d.node(b.parts[i].variable, kids)
	b.memo[at] = n
	return n
}
