package interview

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// put reports whether a question has been put: answered, or left open as not
// assessed.
func (s *session) put(q *pack.Question) bool {
	if s.answers[q.Slot] != pack.Missing {
		return true
	}
	for _, it := range q.Items {
		if s.answers[it.Slot] == pack.Missing {
			return false
		}
	}
	return len(q.Items) > 0
}

// known reports whether a question has an answer.
func (s *session) known(q *pack.Question) bool {
	if q.Kind == pack.Instrument {
		_, _, known := q.Total(s.answers)
		return known
	}
	return s.answers[q.Slot].Known()
}

func (s *session) asked() int {
	n := 0
	for _, q := range s.pack.Questions {
		if s.put(q) {
			n++
		}
	}
	return n
}

func (s *session) panel() Panel {
	r := s.recommend(s.answers)
	p := Panel{Level: r.Level, Asked: s.asked(), Remaining: s.remaining(r)}
	p.Detail = r.Level != nil && !s.opts.All && len(s.fresh(s.due(s.answers, r))) == 0
	if s.opts.Review != nil {
		p.Present = s.opts.Review.Present
	}
	for _, l := range s.pack.Levels {
		p.Levels = append(p.Levels, LevelState{Level: l, Possible: slices.Contains(r.Possible, l)})
	}
	for _, f := range r.Indications {
		p.Holds = append(p.Holds, f.Criterion)
	}
	for _, n := range r.Notes {
		if n.Note.Kind != pack.Barrier {
			p.Notes = append(p.Notes, n.Note)
		}
	}
	return p
}

// remaining counts the questions that may still be put.
func (s *session) remaining(r *engine.Recommendation) int {
	switch {
	case r.Level != nil && r.Level.Emergency:
		return 0
	case s.opts.All:
		return len(s.pack.Questions) - s.asked()
	}
	if ready := s.fresh(s.due(s.answers, r)); len(ready) > 0 {
		return len(ready)
	}
	if r.Level != nil {
		return len(s.fresh(s.details(s.answers, r.Level)))
	}
	return len(s.fresh(r.Deciding))
}

// fresh returns the questions that have not been put.
func (s *session) fresh(qs []*pack.Question) []*pack.Question {
	var out []*pack.Question
	for _, q := range qs {
		if !s.put(q) {
			out = append(out, q)
		}
	}
	return out
}
