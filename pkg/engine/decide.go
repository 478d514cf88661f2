package engine

import "github.com/carelevel/carelevel/pkg/pack"

// Decide decides on a and writes the result to d, which may be reused and is
// then not allocated again. The answers are those of the engine's pack: a value
// outside of its slot's domain counts as missing, and so do all of them where
// there are more or fewer than the pack has slots.
func (e *Engine) Decide(a pack.Answers, d *Decision) {
	if d.e != e {
		d.prepare(e)
	}
	if len(a) != len(d.nothing) {
		a = d.nothing
	}
	d.known, d.open = d.known[:0], d.open[:0]
	e.sum(a, &d.sums)
	e.readPoints(a, d)
	e.readWide(a, d)
	e.readSpans(d)
	e.readFlags(a, d)
	for b := range e.table.hot {
		e.decideBlock(b, d)
	}
	d.blocks = e.table.hot
	e.findLevels(d)
}

// readPoints is written without a branch on whether an answer is there, since
// that is what a processor cannot foresee: both lists get their entry, and only
// one grows.
func (e *Engine) readPoints(a pack.Answers, d *Decision) {
	known, open := d.known[:cap(d.known)], d.open[:cap(d.open)]
	numbers := e.table.numbers
	k, o := 0, 0
	for i := range e.table.points {
		p := &e.table.points[i]
		v := min(uint64(a[p.slot]-p.min), p.size)
		known[k] = numbers[uint64(p.base)+v]
		open[o] = p.open
		in := 0
		if v < p.size {
			in = 1
		}
		k += in
		o += 1 - in
	}
	d.known, d.open = known[:k], open[:o]
}

func (e *Engine) readWide(a pack.Answers, d *Decision) {
	for i := range e.table.wide {
		w := &e.table.wide[i]
		v := a[w.slot]
		if v < w.min || v > w.max {
			d.open = append(d.open, w.open)
			continue
		}
		d.known = append(d.known, w.first+classAt(w.starts, v))
	}
}

// classAt scans: there are few classes.
func classAt(starts []pack.Value, v pack.Value) int32 {
	c := int32(0)
	for c+1 < int32(len(starts)) && starts[c+1] <= v {
		c++
	}
	return c
}

func (e *Engine) readSpans(d *Decision) {
	for i := range e.table.spans {
		s := &e.table.spans[i]
		b := d.sums.bounds(s)
		lo := s.class(b.lo)
		hi := lo
		if b.hi != b.lo {
			hi = s.class(b.hi)
		}
		row := s.first + 2*(lo*s.classes+hi)
		d.known = append(d.known, row)
		if lo != hi {
			d.open = append(d.open, row+1)
		}
	}
}

func (s *sums) bounds(r *spanReader) bounds {
	if r.inst >= 0 {
		return s.totals[r.inst].bounds
	}
	return s.scores[r.score]
}

// class clamps, so that a total out of bounds is one at the bound.
func (s *spanReader) class(v pack.Value) int32 {
	if i := uint64(v - s.starts[0]); i < uint64(len(s.byValue)) {
		return int32(s.byValue[i])
	}
	return classAt(s.starts, v)
}

func (e *Engine) readFlags(a pack.Answers, d *Decision) {
	if e.inputs.walkAll {
		e.walk(a, &d.sums, d.truths)
	}
	for i := range e.table.flags {
		f := &e.table.flags[i]
		t := Unknown
		if f.node != noNode {
			t = d.truths[f.node]
		} else {
			t = f.leaf.truth(e, a, &d.sums)
		}
		switch t {
		case True:
			d.known = append(d.known, f.first+1)
		case False:
			d.known = append(d.known, f.first)
		case Unknown:
			d.open = append(d.open, f.first+2)
		}
	}
}

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

// decideBlock keeps the terms of one block that all rows leave standing.
func (e *Engine) decideBlock(b int, d *Decision) {
	t := &e.table
	rows := t.rows[b*int(t.perBlock):][:t.perBlock]
	possible := (*[blockWords]uint64)(d.possible[b*blockWords:])
	holds := (*[blockWords]uint64)(d.holds[b*blockWords:])
	*possible = *(*[blockWords]uint64)(t.terms[b*blockWords:])
	keep(rows, d.known, possible)
	*holds = *possible
	keep(rows, d.open, holds)
}

func keep(rows [][blockWords]uint64, which []int32, words *[blockWords]uint64) {
	w0, w1, w2, w3 := words[0], words[1], words[2], words[3]
	for _, r := range which {
		row := &rows[r]
		w0 &= row[0]
		w1 &= row[1]
		w2 &= row[2]
		w3 &= row[3]
	}
	words[0], words[1], words[2], words[3] = w0, w1, w2, w3
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
