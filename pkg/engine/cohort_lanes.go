package engine

import (
	"github.com/carelevel/carelevel/pkg/pack"
)

// laneReader reads what does not go by columns, lane by lane as Decide does it:
// scores, instruments of an unusual shape, and conditions that are walked. No
// shipped pack needs it for what a cohort decides.
type laneReader struct {
	flags []laneFlag
	spans []laneSpan
	walks bool // whether a flag walks the tree

	answers pack.Answers
	sums    sums
	truths  []Truth
}

// laneFlag is a test by itself, or a node of the tree.
type laneFlag struct {
	leaf  *leaf // nil: a node
	node  int32
	plane int32
}

// laneSpan is a total or a score, which is at least some values.
type laneSpan struct {
	leaf    *leaf
	atLeast []pack.Value
	first   int32
}

func (r *laneReader) empty() bool { return len(r.flags)+len(r.spans) == 0 }

// read reads the lanes before n; what the planes have of others stays.
func (r *laneReader) read(c *Cohort, n int) {
	for lane := range n {
		c.Answers(lane, r.answers)
		c.e.sum(r.answers, &r.sums)
		if r.walks {
			c.e.walk(r.answers, &r.sums, r.truths)
		}
		bit := uint64(1) << seat(lane)
		for i := range r.flags {
			f := &r.flags[i]
			t := Unknown
			if f.leaf != nil {
				t = f.leaf.truth(c.e, r.answers, &r.sums)
			} else {
				t = r.truths[f.node]
			}
			c.circuit.planes[f.plane].set(bit, t != False, t == True)
		}
		for i := range r.spans {
			r.spans[i].read(&r.sums, c.circuit.planes, bit)
		}
	}
}

func (s *laneSpan) read(sums *sums, planes []pair, bit uint64) {
	b := sums.leafBounds(s.leaf)
	for i, from := range s.atLeast {
		planes[s.first+int32(i)].set(bit, b.hi >= from, b.lo >= from)
	}
}

func (p *pair) set(bit uint64, possible, holds bool) {
	p.possible &^= bit
	p.holds &^= bit
	if possible {
		p.possible |= bit
	}
	if holds {
		p.holds |= bit
	}
}
