package explain

import (
	"math/bits"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// candidates are the changes worth trying: of every answered slot that an
// indication tests, to one value of each stretch that the indications can tell
// apart, the nearest one.
func candidates(e *engine.Engine, r *engine.Recommendation) []candidate {
	t := testedBy(e, r)
	var out []candidate
	for slot := range r.Pack.Slots {
		from, known := present(r, slot)
		if !known || !t.slots[slot] {
			continue
		}
		for _, to := range values(r.Pack, t, slot, from) {
			out = append(out, candidate{Change{slot, from, to}, steps(r.Pack.Slots[slot], from, to)})
		}
	}
	return out
}

// present is the answer as it counts: an instrument's total may come from its
// items.
func present(r *engine.Recommendation, slot int) (pack.Value, bool) {
	s := r.Pack.Slots[slot]
	if s.Question.Kind == pack.Instrument && !s.IsItem() {
		v, _, known := s.Question.Total(r.Answers)
		return v, known
	}
	v := r.Answers[slot]
	return v, v.Known()
}

// steps measures a change: options moved on a scale, options added or taken
// away, the share of a number's domain, and one for everything else.
func steps(s pack.Slot, from, to pack.Value) float64 {
	switch {
	case s.IsItem():
		return distance(from, to)
	case s.Question.Kind == pack.Scale:
		return distance(from, to)
	case s.Question.Kind == pack.Multi:
		return float64(bits.OnesCount64(uint64(from ^ to)))
	case s.Question.Kind == pack.Number, s.Question.Kind == pack.Instrument:
		// A domain counts as four steps, about as many as a scale has.
		return 4 * distance(from, to) / float64(s.Max-s.Min)
	}
	return 1
}

func distance(a, b pack.Value) float64 {
	if a > b {
		a, b = b, a
	}
	return float64(b - a)
}

// tested is what the indications look at.
type tested struct {
	slots  []bool
	cuts   map[int][]pack.Value // the least value of each stretch, per slot
	masks  map[int][]pack.Value // options that are tested together, per slot
	summed map[int]bool         // slots in a score: each value can matter
}

func testedBy(e *engine.Engine, r *engine.Recommendation) tested {
	t := tested{make([]bool, len(r.Pack.Slots)), map[int][]pack.Value{}, map[int][]pack.Value{}, map[int]bool{}}
	for _, c := range e.Tests() {
		switch c := c.(type) {
		case *pack.Includes:
			t.slots[c.Slot] = true
			t.masks[c.Slot] = append(t.masks[c.Slot], c.Mask)
		case *pack.In:
			if c.Score != nil {
				t.addScore(e, r, c)
				continue
			}
			t.slots[c.Slot] = true
			for _, x := range c.Ranges {
				t.cuts[c.Slot] = append(t.cuts[c.Slot], x.From, x.To+1)
			}
		}
	}
	return t
}

// addScore marks what the score sums. An instrument's items carry its total,
// but a change to them is tried as a change to the total.
func (t *tested) addScore(e *engine.Engine, r *engine.Recommendation, c *pack.In) {
	lo, hi := e.Score(r.Answers, c.Score)
	for _, term := range c.Score.Terms {
		t.slots[term.Slot] = true
		t.summed[term.Slot] = true
		if q := r.Pack.Slots[term.Slot].Question; q.Kind == pack.Multi {
			t.masks[term.Slot] = append(t.masks[term.Slot], r.Pack.Slots[term.Slot].Max)
		}
		if from, known := present(r, term.Slot); known && term.Weights == nil && term.Factor != 0 {
			t.cutsOfScore(c, term, from, lo, hi)
		}
	}
}

// cutsOfScore finds where one number that a score sums takes it into or out of
// a tested interval, the other answers being what they are. A cut too many does
// no harm, so each is made on both sides of the quotient.
func (t *tested) cutsOfScore(c *pack.In, term pack.Term, from, lo, hi pack.Value) {
	for _, x := range c.Ranges {
		for _, edge := range []pack.Value{x.From, x.To + 1} {
			for _, sum := range []pack.Value{lo, hi} {
				at := from + (edge-sum)/term.Factor
				t.cuts[term.Slot] = append(t.cuts[term.Slot], at-1, at, at+1, at+2)
			}
		}
	}
}

// values are the other values of a slot that are worth trying.
func values(p *pack.Pack, t tested, slot int, from pack.Value) []pack.Value {
	s := p.Slots[slot]
	switch {
	case s.Question.Kind == pack.Multi:
		return selections(t.masks[slot], s, from)
	case s.Max-s.Min < maxEach && (s.IsItem() || s.Question.Kind == pack.Scale || s.Question.Kind == pack.Choice || s.Question.Kind == pack.YesNo || t.summed[slot]):
		return allBut(s, from)
	}
	return nearestOfEach(t.cuts[slot], s, from)
}

// maxEach is the largest domain of which every value is tried.
const maxEach = 256

func allBut(s pack.Slot, from pack.Value) []pack.Value {
	var out []pack.Value
	for v := s.Min; v <= s.Max; v++ {
		if v != from {
			out = append(out, v)
		}
	}
	return out
}

// nearestOfEach returns, of each stretch between cuts, the value nearest to
// from.
func nearestOfEach(cuts []pack.Value, s pack.Slot, from pack.Value) []pack.Value {
	starts := append([]pack.Value{s.Min}, cuts...)
	slices.Sort(starts)
	starts = slices.Compact(starts)
	var out []pack.Value
	for i, lo := range starts {
		hi := s.Max
		if i+1 < len(starts) {
			hi = starts[i+1] - 1
		}
		v := max(lo, min(from, hi))
		if v != from && lo >= s.Min && lo <= s.Max {
			out = append(out, v)
		}
	}
	return out
}

// maxSelected is the number of tested options up to which all of their
// selections are tried.
const maxSelected = 8

// selections are the other selections of a multiple choice. Options that no
// indication tests stay as they are. Where too many are tested for all their
// selections, those are tried that have one option more or less, or a whole
// tested group, or none.
func selections(masks []pack.Value, s pack.Slot, from pack.Value) []pack.Value {
	var all pack.Value
	for _, m := range masks {
		all |= m
	}
	var out []pack.Value
	if bits.OnesCount64(uint64(all)) <= maxSelected {
		for sub := all; ; sub = (sub - 1) & all {
			out = append(out, from&^all|sub)
			if sub == 0 {
				break
			}
		}
	} else {
		out = append(out, 0)
		for i := range s.Question.Options {
			out = append(out, from^1<<i)
		}
		for _, m := range masks {
			out = append(out, from&^m, from|m)
		}
	}
	slices.Sort(out)
	out = slices.Compact(out)
	return slices.DeleteFunc(out, func(v pack.Value) bool { return v == from })
}
