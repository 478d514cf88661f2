package review

import (
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Change is an answer that is not as it was at the assessment before. That of
// an instrument is its total, given, summed or filled in; its items have
// changes of their own.
type Change struct {
	Slot     int
	From, To pack.Value // Missing where there is no answer
	Way      Way
}

// Way is what a change means.
type Way int

// The ways. Better and worse go by the question's direction.
const (
	Better Way = iota
	Worse
	Other // the question has no direction, or some options came and others went
	New   // there was no answer before
	Gone  // there is none now
)

// String returns "better", "worse", "other", "new" or "gone".
func (w Way) String() string { return [...]string{"better", "worse", "other", "new", "gone"}[w] }

// changes compares two assessments.
func (c *Course) changes(before, now int) []Change {
	var out []Change
	slots := c.Reviewer.pack.Slots
	for slot := range slots {
		from, _, was := c.value(slot, before)
		to, _, is := c.value(slot, now)
		ch := Change{Slot: slot, From: from, To: to}
		switch {
		case was && is && from == to || !was && !is:
			continue
		case !was:
			ch.From, ch.Way = pack.Missing, New
		case !is:
			ch.To, ch.Way = pack.Missing, Gone
		default:
			ch.Way = way(slots[slot].Question, from, to)
		}
		if out == nil {
			out = make([]Change, 0, len(slots)-slot)
		}
		out = append(out, ch)
	}
	return out
}

// worseHigher reports whether more of what a question asks for is worse; ok is
// false if it has no direction. An item has that of its instrument.
func worseHigher(q *pack.Question) (higher, ok bool) {
	switch {
	case q.Kind == pack.Scale:
		return true, true
	case q.Kind == pack.Choice:
		return false, false
	}
	return q.Worse == pack.WorseHigher, q.Worse != pack.WorseNeither
}

// way says what it means that an answer is another one. A multiple choice is
// more only if all options are still there.
func way(q *pack.Question, from, to pack.Value) Way {
	more, less := to > from, to < from
	if q.Kind == pack.Multi {
		more, less = from&^to == 0, to&^from == 0
	}
	higher, ok := worseHigher(q)
	switch {
	case !ok || more == less:
		return Other
	case more == higher:
		return Worse
	}
	return Better
}

// CompareIndications fills in Came, Went and Open, also of a brief review.
func (r *Review) CompareIndications() {
	r.Came, r.Went, r.Open = nil, nil, nil
	v := r.Course.Reviewer
	d := v.decisions.Get().(*engine.Decision)
	defer v.decisions.Put(d)
	v.engine.Decide(r.Before.Sheet.Answers, d)
	held := make([]bool, len(v.indications))
	for i, in := range v.indications {
		held[i] = d.State(in.index) == engine.True
	}
	v.engine.Decide(r.Now.Sheet.Answers, d)
	for i, in := range v.indications {
		switch is := d.State(in.index); {
		case is == engine.True && !held[i]:
			r.Came = append(r.Came, in.criterion)
		case is == engine.False && held[i]:
			r.Went = append(r.Went, in.criterion)
		case is == engine.Unknown && held[i]:
			r.Open = append(r.Open, in.criterion)
		}
	}
}
