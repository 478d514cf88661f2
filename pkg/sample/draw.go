package sample

import (
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// freeValue is an answer on which no level depends.
type freeValue struct {
	slot int
	min  pack.Value
	dial *dial
	best bool // the greatest value is the mildest
}

// freeChoice are those options of a multiple choice on which no level depends.
type freeChoice struct {
	slot    int
	options []int
	chance  [gravities]uint64 // of each, in 64ths
}

// instrument is a questionnaire with items.
type instrument struct {
	total int   // slots
	items []int // all of them
	open  []int // those that have no variable
	top   pack.Value
	dial  *dial // of the sum of the open ones; nil if the walk draws it
	apart bool  // some item has a variable: it matters by itself
	best  bool
}

// findFree lists what the walk leaves open.
func (g *Generator) findFree(ds dials) {
	drawn := make(map[int]bool)         // slots
	options := make(map[int]pack.Value) // those drawn, by slot
	rest := make(map[int]*variable)     // by the instrument's slot
	for i := range g.walk.variables {
		switch v := &g.walk.variables[i]; v.Kind {
		case space.Value:
			drawn[v.Slot] = true
		case space.Chosen:
			options[v.Slot] |= 1 << v.Option
		case space.Rest:
			rest[v.Slot] = v
		}
	}
	for _, q := range g.pack.Questions {
		switch {
		case len(q.Items) > 0:
			sum := rest[q.Slot]
			if sum != nil {
				sum.sum = len(g.instruments)
			}
			g.addInstrument(q, drawn, sum == nil, ds)
		case q.Kind == pack.Multi:
			g.addChoice(q, options[q.Slot])
		case !drawn[q.Slot]:
			s := &g.pack.Slots[q.Slot]
			g.values = append(g.values, freeValue{q.Slot, s.Min, ds.of(uint64(s.Max-s.Min)+1, leansOf(q)), q.Worse == pack.WorseLower})
		}
	}
	g.sums = make([]pack.Value, len(g.instruments))
}

func (g *Generator) addInstrument(q *pack.Question, drawn map[int]bool, free bool, ds dials) {
	in := instrument{total: q.Slot, top: g.pack.Slots[q.Items[0].Slot].Max, best: q.Worse == pack.WorseLower}
	for _, it := range q.Items {
		in.items = append(in.items, it.Slot)
		if drawn[it.Slot] {
			in.apart = true
		} else {
			in.open = append(in.open, it.Slot)
		}
	}
	if free {
		in.dial = ds.of(uint64(in.top)*uint64(len(in.open))+1, leansOf(q))
	}
	g.instruments = append(g.instruments, in)
}

func (g *Generator) addChoice(q *pack.Question, drawn pack.Value) {
	c := freeChoice{slot: q.Slot}
	for o := range q.Options {
		if drawn>>o&1 == 0 {
			c.options = append(c.options, o)
		}
	}
	for gravity := range gravities {
		c.chance[gravity] = uint64(selected(q, gravity, false))
	}
	g.choices = append(g.choices, c)
}

// answer lays the drawn classes over a.
func (g *Generator) answer(a pack.Answers, gravity int) {
	for i := range g.walk.variables {
		v := &g.walk.variables[i]
		switch c := g.classes[i]; v.Kind {
		case space.Value:
			a[v.Slot] = g.within(v, &v.classes[c], gravity)
		case space.Chosen:
			a[v.Slot] = max(a[v.Slot], 0) | pack.Value(c)<<v.Option
		case space.Rest:
			g.sums[v.sum] = g.within(v, &v.classes[c], gravity)
		}
	}
}

// within draws a value of a class.
func (g *Generator) within(v *variable, c *class, gravity int) pack.Value {
	if c.dial == nil {
		return c.first
	}
	r := g.rank(c.dial, gravity, v.best)
	for _, in := range c.values {
		size := uint64(in.To-in.From) + 1
		if r < size {
			return in.From + pack.Value(r)
		}
		r -= size
	}
	return c.first
}

// rank draws a rank that leans to 0, or to the other end.
func (g *Generator) rank(d *dial, gravity int, best bool) uint64 {
	r := g.turn(d, gravity)
	if best {
		r = d.size - 1 - r
	}
	return r
}

// drawFree answers what no level depends on.
func (g *Generator) drawFree(a pack.Answers, gravity int) {
	for i := range g.values {
		f := &g.values[i]
		a[f.slot] = f.min + pack.Value(g.rank(f.dial, gravity, f.best))
	}
	for i := range g.choices {
		g.choose(a, &g.choices[i], gravity)
	}
}

func (g *Generator) choose(a pack.Answers, f *freeChoice, gravity int) {
	mask, u := max(a[f.slot], 0), uint64(0)
	for i, o := range f.options {
		if i%10 == 0 {
			u = g.rnd.Uint64()
		}
		if u%sixtyFourths < f.chance[gravity] {
			mask |= 1 << o
		}
		u /= sixtyFourths
	}
	a[f.slot] = mask
}

// fillInstruments answers the items that are still open and decides by what an
// instrument is answered.
func (g *Generator) fillInstruments(a pack.Answers, gravity int) {
	for i := range g.instruments {
		in := &g.instruments[i]
		if in.dial != nil {
			g.sums[i] = pack.Value(g.rank(in.dial, gravity, in.best))
		}
		g.share(a, in, g.sums[i])
		g.give(a, in)
	}
}

// share divides a sum among the open items: about evenly, and no two rows
// alike.
func (g *Generator) share(a pack.Answers, in *instrument, sum pack.Value) {
	for i, slot := range in.open {
		left := pack.Value(len(in.open) - i)
		u := g.rnd.Uint64()
		x := sum/left + pack.Value(u&3+1)/2 - 1 // one less, the mean twice, one more
		if pack.Value(u>>32*uint64(left)>>32) < sum%left {
			x++
		}
		x = min(max(x, sum-(left-1)*in.top, 0), in.top, sum)
		a[slot] = x
		sum -= x
	}
}

// give leaves the total, the items, or both.
func (g *Generator) give(a pack.Answers, in *instrument) {
	total := pack.Value(0)
	for _, slot := range in.items {
		total += a[slot]
	}
	u := g.rnd.Uint64() & 15
	if u < 8 && !in.apart {
		for _, slot := range in.items {
			a[slot] = pack.Missing
		}
	}
	if u < 8 && !in.apart || u == 15 {
		a[in.total] = total
	}
}
