package engine

import "github.com/carelevel/carelevel/pkg/pack"

// bounds are the least and the greatest value that missing answers leave open.
type bounds struct{ lo, hi pack.Value }

// total is what the answers say of an instrument.
type total struct {
	bounds
	known bool // given, summed or filled: then lo is hi
}

// sums are the totals of all instruments and the scores that an engine needs.
type sums struct {
	totals []total  // as Engine.instruments
	scores []bounds // as Engine.scores
}

func (e *Engine) newSums() sums {
	return sums{totals: make([]total, len(e.instruments)), scores: make([]bounds, len(e.scores))}
}

func (e *Engine) sum(a pack.Answers, s *sums) {
	for i := range e.instruments {
		s.totals[i] = e.instruments[i].total(a)
	}
	for i := range e.scores {
		s.scores[i] = e.scores[i].bounds(a, s.totals)
	}
}

// known reports whether a slot holds an answer. A value outside of the slot's
// domain is none.
func (e *Engine) known(a pack.Answers, slot int32) bool {
	s := &e.pack.Slots[slot]
	return a[slot] >= s.Min && a[slot] <= s.Max
}

// slotBounds are those of what is written in a slot: for an instrument, of
// the total that was given as such.
func (e *Engine) slotBounds(a pack.Answers, slot int32) bounds {
	if e.known(a, slot) {
		return bounds{a[slot], a[slot]}
	}
	return bounds{e.pack.Slots[slot].Min, e.pack.Slots[slot].Max}
}

// instrument is what the engine needs of a question of this kind. It repeats
// pack.Question.Total in a form that needs no pointers and takes values
// outside of a domain as missing; the tests hold the two against each other.
type instrument struct {
	question   *pack.Question
	slot       int
	min, max   pack.Value
	items      int
	top        pack.Value // the highest grade
	fillAtMost int
	never      []int // slots
}

func findInstruments(p *pack.Pack) []instrument {
	var out []instrument
	for _, q := range p.Questions {
		if q.Kind != pack.Instrument {
			continue
		}
		in := instrument{question: q, slot: q.Slot, min: p.Slots[q.Slot].Min, max: p.Slots[q.Slot].Max,
			items: len(q.Items), fillAtMost: q.Fill.AtMost}
		if in.items > 0 {
			in.top = p.Slots[q.Slot+1].Max
		}
		for _, i := range q.Fill.Never {
			in.never = append(in.never, q.Items[i].Slot)
		}
		out = append(out, in)
	}
	return out
}

// instrumentAt returns the position among the instruments of the one whose
// total the slot is, or -1.
func instrumentAt(p *pack.Pack, slot int) int32 {
	if p.Slots[slot].IsItem() || p.Slots[slot].Question.Kind != pack.Instrument {
		return -1
	}
	n := int32(0)
	for _, q := range p.Questions {
		if q == p.Slots[slot].Question {
			return n
		}
		if q.Kind == pack.Instrument {
			n++
		}
	}
	return -1
}

func (in *instrument) total(a pack.Answers) total {
	if v := a[in.slot]; v >= in.min && v <= in.max {
		return total{bounds{v, v}, true}
	}
	sum, missing := pack.Value(0), 0
	for _, v := range a[in.slot+1 : in.slot+1+in.items] {
		if uint64(v) <= uint64(in.top) {
			sum += v
		} else {
			missing++
		}
	}
	switch {
	case in.items == 0:
		return total{bounds: bounds{in.min, in.max}}
	case missing == 0:
		return in.exactly(sum)
	case missing <= in.fillAtMost && missing < in.items && in.mayFill(a):
		return in.filledIn(sum, pack.Value(missing))
	}
	return total{bounds: bounds{max(sum, in.min), min(sum+pack.Value(missing)*in.top, in.max)}}
}

// filledIn is the total where so many missing items are filled in with the mean
// of the others, rounded half up.
func (in *instrument) filledIn(sum, missing pack.Value) total {
	n, given := pack.Value(in.items), pack.Value(in.items)-missing
	return in.exactly((2*sum*n + given) / (2 * given))
}

// exactly keeps a total inside of its domain, also where a pack that was put
// together by hand gives one that does not fit the items.
func (in *instrument) exactly(v pack.Value) total {
	v = max(in.min, min(v, in.max))
	return total{bounds{v, v}, true}
}

// begun reports whether any item is answered.
func (in *instrument) begun(a pack.Answers) bool {
	for _, v := range a[in.slot+1 : in.slot+1+in.items] {
		if uint64(v) <= uint64(in.top) {
			return true
		}
	}
	return false
}

func (in *instrument) mayFill(a pack.Answers) bool {
	for _, s := range in.never {
		if uint64(a[s]) > uint64(in.top) {
			return false
		}
	}
	return true
}

// score is a pack's score with, for each summand, what it adds if the answer
// is missing.
type score struct{ summands []summand }

type summand struct {
	slot    int32
	inst    int32 // as leaf.inst
	min     pack.Value
	max     pack.Value // of the domain of the slot
	weights []pack.Value
	multi   bool
	factor  pack.Value
	missing bounds
}

func prepareScores(p *pack.Pack) []score {
	out := make([]score, len(p.Scores))
	for i, s := range p.Scores {
		for _, t := range s.Terms {
			out[i].summands = append(out[i].summands, newSummand(p, t))
		}
	}
	return out
}

func newSummand(p *pack.Pack, t pack.Term) summand {
	slot := &p.Slots[t.Slot]
	s := summand{slot: int32(t.Slot), inst: instrumentAt(p, t.Slot), min: slot.Min, max: slot.Max, weights: t.Weights,
		multi: t.Weights != nil && slot.Question.Kind == pack.Multi && !slot.IsItem(), factor: t.Factor}
	switch {
	case s.multi:
		for _, w := range s.weights {
			s.missing.lo += min(w, 0)
			s.missing.hi += max(w, 0)
		}
	case s.weights != nil:
		s.missing = bounds{s.weights[0], s.weights[0]}
		for _, w := range s.weights {
			s.missing = bounds{min(s.missing.lo, w), max(s.missing.hi, w)}
		}
	default:
		s.missing = bounds{slot.Min, slot.Max}.times(t.Factor)
	}
	return s
}

func (b bounds) times(factor pack.Value) bounds {
	if factor < 0 {
		return bounds{b.hi * factor, b.lo * factor}
	}
	return bounds{b.lo * factor, b.hi * factor}
}

func (s *score) bounds(a pack.Answers, totals []total) bounds {
	var sum bounds
	for i := range s.summands {
		b := s.summands[i].bounds(a, totals)
		sum.lo += b.lo
		sum.hi += b.hi
	}
	return sum
}

func (s *summand) bounds(a pack.Answers, totals []total) bounds {
	if s.inst >= 0 && s.weights == nil {
		return totals[s.inst].times(s.factor)
	}
	v := a[s.slot]
	switch {
	case v < s.min || v > s.max:
		return s.missing
	case s.multi:
		sum := pack.Value(0)
		for i, w := range s.weights {
			if v&(1<<i) != 0 {
				sum += w
			}
		}
		return bounds{sum, sum}
	case s.weights != nil:
		w := s.weights[v-s.min]
		return bounds{w, w}
	}
	return bounds{v * s.factor, v * s.factor}
}

// scoreDomain is what a score's sum is bounded by while nothing is answered.
func scoreDomain(p *pack.Pack, s *pack.Score) (lo, hi pack.Value) {
	for _, t := range s.Terms {
		b := newSummand(p, t).missing
		lo, hi = lo+b.lo, hi+b.hi
	}
	return lo, hi
}
