package engine

import (
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
)

// outlook is what missing answers can still change. Recommend takes it from
// nowhere else, so that another reasoner can take this one's place.
//
// This one goes by the three-valued bounds: no level and no question is left
// out that could matter, but where conditions contradict each other one may be
// named that does not.
type outlook struct {
	possible []int // levels, lowest first
	deciding []int // questions, in the order of the interview
}

func (e *Engine) outlook(a pack.Answers, d *Decision) outlook {
	var o outlook
	d.Levels(func(l int) bool {
		o.possible = append(o.possible, l)
		return true
	})
	o.deciding = e.decidingQuestions(a, d)
	return o
}

// decidingQuestions are those with a missing answer that a term of an unknown
// indication above the least possible level still hangs on.
func (e *Engine) decidingQuestions(a pack.Answers, d *Decision) []int {
	if d.Determined() {
		return nil
	}
	missing := make([]bool, len(e.pack.Slots))
	end := e.layout.levelEnd[d.Min+1]
	for t := nextBit(d.possible, 0, end); t < end; t = nextBit(d.possible, t+1, end) {
		for _, l := range e.terms[t] {
			e.markMissing(a, d, l, missing)
		}
	}
	asked := make([]bool, len(e.pack.Questions))
	for s, is := range missing {
		if is {
			asked[e.questionIndex(s)] = true
		}
	}
	var out []int
	for q, is := range asked {
		if is {
			out = append(out, q)
		}
	}
	return out
}

// questionIndex does not trust Question.Index, for packs put together by hand.
func (e *Engine) questionIndex(slot int) int {
	for i, q := range e.pack.Questions {
		if q == e.pack.Slots[slot].Question {
			return i
		}
	}
	return 0
}

// markMissing marks the slots that a literal is unknown for the lack of.
func (e *Engine) markMissing(a pack.Answers, d *Decision, l literal, missing []bool) {
	in := &e.inputs.list[l.input]
	switch in.kind {
	case flag:
		j := newJustifier(e, a)
		if in.node != noNode {
			j.walk(in.node, missing)
			return
		}
		if in.leaf.truth(e, a, &d.sums) == Unknown {
			j.leafSlots(&in.leaf, Unknown, missing)
		}
	case span:
		b := d.sums.leafBounds(&in.leaf)
		between := uint64(1)<<(in.classOf(b.hi)+1) - uint64(1)<<in.classOf(b.lo)
		if between&^l.set != 0 && bits.OnesCount64(between) > 1 {
			newJustifier(e, a).leafSlots(&in.leaf, Unknown, missing)
		}
	case point:
		if !e.known(a, in.leaf.slot) {
			missing[in.leaf.slot] = true
		}
	}
}

func (s *sums) leafBounds(l *leaf) bounds {
	if l.kind == inScore {
		return s.scores[l.score]
	}
	return s.totals[l.inst].bounds
}
