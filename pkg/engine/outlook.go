package engine

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

func (e *Engine) outlook(j *justifier, d *Decision) outlook {
	var o outlook
	d.Levels(func(l int) bool {
		o.possible = append(o.possible, l)
		return true
	})
	o.deciding = e.decidingQuestions(j, d)
	return o
}

// decidingQuestions are those with a missing answer that a term of an unknown
// indication above the least possible level still hangs on.
func (e *Engine) decidingQuestions(j *justifier, d *Decision) []int {
	if d.Determined() {
		return nil
	}
	missing := make([]bool, len(e.pack.Slots))
	end := e.layout.levelEnd[d.Min+1]
	for t := nextBit(d.possible, 0, end); t < end; t = nextBit(d.possible, t+1, end) {
		for _, l := range e.terms[t] {
			j.markMissing(l, missing)
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
func (j *justifier) markMissing(l literal, missing []bool) {
	in := &j.e.inputs.list[l.input]
	switch {
	case in.node != noNode:
		if j.truths[in.node] == Unknown {
			j.walk(in.node, missing)
		}
	case in.kind == flag:
		if in.leaf.truth(j.e, j.a, &j.sums) == Unknown {
			j.leafSlots(&in.leaf, Unknown, missing)
		}
	case in.kind == span:
		b := j.sums.leafBounds(&in.leaf)
		between := uint64(1)<<(in.classOf(b.hi)+1) - uint64(1)<<in.classOf(b.lo)
		if between&l.set != 0 && between&^l.set != 0 {
			j.leafSlots(&in.leaf, Unknown, missing)
		}
	default:
		j.leafSlots(&in.leaf, Unknown, missing)
	}
}

func (s *sums) leafBounds(l *leaf) bounds {
	if l.kind == inScore {
		return s.scores[l.score]
	}
	return s.totals[l.inst].bounds
}
