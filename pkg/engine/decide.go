package engine

import (
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Decide decides on a and writes the result to d, which may be reused and is
// then not allocated again. The answers are those of the engine's pack: a value
// outside of its slot's domain counts as missing, and so do all of them where
// there are more or fewer than the pack has slots.
func (e *Engine) Decide(a pack.Answers, d *Decision) {
	if d.e != e {
		d.prepare(e)
	}
	if len(a) != len(d.answers) {
		a = e.nothing
	}
	copy(d.answers, a)
	e.decideTable(e.hot, d)
	d.noted, d.finished = false, false
	e.findLevels(d)
}

// finish computes what Decide left out, up to the notes or all of it.
func (d *Decision) finish(t *table, done *bool) {
	if !*done {
		*done = true
		d.e.decideTable(t, d)
	}
}

// decideTable reads the inputs of a table and decides on its terms.
func (e *Engine) decideTable(t *table, d *Decision) {
	d.rows = d.rows[:len(t.points)]
	readPoints(t.points, t.numbers, d.answers, d.rows)
	if len(t.spans)+len(t.flags) > 0 {
		e.sum(d.answers, &d.sums)
	}
	t.readWide(d)
	t.readSpans(d)
	t.readMasks(d)
	e.readFlags(t, d)
	for b := t.from; b < t.to; b++ {
		t.decideBlock(b, d)
	}
}

func (t *table) readWide(d *Decision) {
	for i := range t.wide {
		w := &t.wide[i]
		row := w.open
		if v := d.answers[w.slot]; v >= w.min && v <= w.max {
			row = w.first + classAt(w.starts, v)
		}
		d.rows = append(d.rows, row)
	}
}

// classAt scans: there are few classes.
func classAt(starts []pack.Value, v pack.Value) uint32 {
	c := uint32(0)
	for c+1 < uint32(len(starts)) && starts[c+1] <= v {
		c++
	}
	return c
}

func (t *table) readSpans(d *Decision) {
	for i := range t.spans {
		s := &t.spans[i]
		b := d.sums.bounds(s)
		lo := s.class(b.lo)
		hi := lo
		if b.hi != b.lo {
			hi = s.class(b.hi)
		}
		d.rows = append(d.rows, s.first+lo*s.classes+hi)
	}
}

func (t *table) readMasks(d *Decision) {
	for i := range t.masks {
		m := &t.masks[i]
		v := d.answers[m.slot]
		row := m.first
		switch is := v & m.mask; {
		case uint64(v) > m.max:
			row += 2
		case is != 0 && (m.selected == 0 || is == m.selected):
			row++
		}
		d.rows = append(d.rows, row)
	}
}

func (s *sums) bounds(r *spanReader) bounds {
	if r.inst >= 0 {
		return s.totals[r.inst].bounds
	}
	return s.scores[r.score]
}

// class clamps, so that a total out of bounds is one at the bound.
func (s *spanReader) class(v pack.Value) uint32 {
	if i := uint64(v - s.starts[0]); i < uint64(len(s.byValue)) {
		return uint32(s.byValue[i])
	}
	return classAt(s.starts, v)
}

func (e *Engine) readFlags(t *table, d *Decision) {
	walked := false
	for i := range t.flags {
		f := &t.flags[i]
		var is Truth
		switch {
		case f.node == noNode:
			is = f.leaf.truth(e, d.answers, &d.sums)
		case walked:
			is = d.truths[f.node]
		default:
			walked = true
			e.walk(d.answers, &d.sums, d.truths)
			is = d.truths[f.node]
		}
		d.rows = append(d.rows, f.first+flagRows[is])
	}
}

var flagRows = [...]uint32{False: 0, True: 1, Unknown: 2}

// walk evaluates all conditions by Kleene's tables. Children come first in the
// tree, so that one pass over it is enough, however deep it is.
func (e *Engine) walk(a pack.Answers, s *sums, truths []Truth) {
	for i := range e.tree.nodes {
		if n := &e.tree.nodes[i]; n.leaf != noLeaf {
			truths[i] = e.tree.leaves[n.leaf].truth(e, a, s)
		} else {
			truths[i] = n.gateTruth(truths)
		}
	}
}

// readPoints has no branch on whether an answer is there, since that is what a
// processor cannot foresee: a missing answer is one more value. The borrow of
// the subtraction is 1 for a value inside of the domain.
func readPoints(points []pointReader, numbers []uint32, a pack.Answers, rows []uint32) {
	rows = rows[:len(points)]
	for i := range points {
		p := &points[i]
		v := uint64(a[p.slot] - p.min)
		_, inside := bits.Sub64(v, p.size, 0)
		v = p.size ^ (v^p.size)&-inside
		rows[i] = numbers[uint64(p.base)+v]
	}
}

// decideBlock keeps the terms of one block that all rows leave standing.
func (t *table) decideBlock(b int, d *Decision) {
	rows := t.rows[(b-t.from)*int(t.perBlock):][:t.perBlock]
	left := standing(rows, d.rows)
	for i, there := range t.terms[b*blockWords:][:blockWords] {
		d.possible[b*blockWords+i] = left.possible[i] & there
		d.holds[b*blockWords+i] = left.holds[i] & there
	}
}

// standing is written out so that all that it keeps stays in registers.
func standing(rows []row, which []uint32) row {
	p0, p1 := allTerms[0], allTerms[1]
	h0, h1 := p0, p1
	for _, n := range which {
		r := &rows[n]
		p0 &= r.possible[0]
		p1 &= r.possible[1]
		h0 &= r.holds[0]
		h1 &= r.holds[1]
	}
	return row{block{p0, p1}, block{h0, h1}}
}

// findLevels reads the levels off the terms: the first that holds is one of
// the highest level that is argued for, and every possible one before it is
// of a level that could still be.
func (e *Engine) findLevels(d *Decision) {
	end := int32(len(e.layout.levelOf))
	d.Min = 0
	if t := nextBit(d.holds, 0, end); t < end {
		d.Min = int(e.layout.levelOf[t])
	}
	d.Max, d.Possible = d.Min, 1<<d.Min
	if d.Min+1 >= len(e.layout.levelEnd) {
		return
	}
	end = e.layout.levelEnd[d.Min+1]
	for t := nextBit(d.possible, 0, end); t < end; t = nextBit(d.possible, t, end) {
		l := int(e.layout.levelOf[t])
		d.Max = max(d.Max, l)
		d.Possible |= 1 << l
		t = e.layout.levelEnd[l]
	}
}
