package engine

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// boundsOutlook goes by the three-valued bounds: no level and no question is
// left out that could matter, but where conditions contradict each other one
// may be named that does not.
func (e *Engine) boundsOutlook(j *justifier, d *Decision) outlook {
	o := outlook{possible: d.Possible, deciding: e.decidingQuestions(j, d)}
	if len(o.deciding) > 0 {
		o.next = o.deciding[0]
	}
	return o
}

// decidingQuestions are those with a missing answer that the level can still
// depend on.
func (e *Engine) decidingQuestions(j *justifier, d *Decision) []*pack.Question {
	missing := make([]bool, len(e.pack.Slots))
	for _, t := range e.openTerms(j, d) {
		for _, l := range t {
			j.markMissing(l, missing)
		}
	}
	var out []*pack.Question
	for _, q := range e.pack.Questions {
		if slices.ContainsFunc(q.Slots(), func(s int) bool { return missing[s] }) {
			out = append(out, q)
		}
	}
	return out
}

// openTerms are what is left of the possible terms above the least possible
// level once the answers are put in. One that holds only where another of its
// level or a higher one holds decides nothing and is dropped: "x, or x and y"
// waits for x alone.
func (e *Engine) openTerms(j *justifier, d *Decision) []term {
	var open []term
	from := int32(0)
	for l := len(e.pack.Levels) - 1; l > d.Min; l-- {
		var here []term
		end := e.layout.levelEnd[l]
		for t := nextBit(d.possible, from, end); t < end; t = nextBit(d.possible, t+1, end) {
			here = append(here, j.rest(e.terms[t]))
		}
		for _, t := range absorb(here) {
			if !slices.ContainsFunc(open, func(s term) bool { return implies(t, s) }) {
				open = append(open, t)
			}
		}
		from = end
	}
	return open
}

// rest is what a possible term still waits for.
func (j *justifier) rest(t term) term {
	out := make(term, 0, len(t))
	for _, l := range t {
		if j.unknown(l) {
			out = append(out, l)
		}
	}
	return out
}

// unknown reports whether a literal of a possible term is not yet true.
func (j *justifier) unknown(l literal) bool {
	in := &j.e.inputs.list[l.input]
	switch {
	case in.node != noNode:
		return j.truths[in.node] == Unknown
	case in.kind == flag:
		return in.leaf.truth(j.e, j.a, &j.sums) == Unknown
	case in.kind == span:
		b := j.sums.leafBounds(&in.leaf)
		between := uint64(1)<<(in.classOf(b.hi)+1) - uint64(1)<<in.classOf(b.lo)
		return between&^l.set != 0
	}
	return !j.e.known(j.a, in.leaf.slot)
}

// markMissing marks the slots that an unknown literal hangs on.
func (j *justifier) markMissing(l literal, missing []bool) {
	if in := &j.e.inputs.list[l.input]; in.node != noNode {
		j.walk(in.node, missing)
	} else {
		j.leafSlots(&in.leaf, Unknown, missing)
	}
}

func (s *sums) leafBounds(l *leaf) bounds {
	if l.kind == inScore {
		return s.scores[l.score]
	}
	return s.totals[l.inst].bounds
}
