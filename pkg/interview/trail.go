package interview

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// place is one prompt: a question, an item of an instrument, or the choice of
// how to answer an instrument.
type place struct {
	q      *pack.Question
	slot   int
	method bool
}

// firstPlace is where asking q begins.
func firstPlace(q *pack.Question) place {
	return place{q: q, slot: q.Slot, method: len(q.Items) > 0}
}

// placed reports whether cur has been answered before and so is in the trail.
func (s *session) placed() bool { return s.at < len(s.trail) && s.trail[s.at] == s.cur }

// next finds what to ask after the first s.at places of the trail, and makes
// it cur. It is false where nothing has to be asked.
//
// What was asked before is shown again in its old order, if it still matters
// after what now stands before it; places that do not are passed over and keep
// their answers.
func (s *session) next() bool {
	r := s.recommend(s.answers)
	if r.Level != nil && r.Level.Emergency {
		return false
	}
	shown := s.shown()
	if s.at > 0 && s.nextInInstrument(s.trail[s.at-1].q, shown) {
		return true
	}
	for ; s.at < len(s.trail); s.at++ {
		if shown[s.at] {
			s.cur = s.trail[s.at]
			return true
		}
	}
	if q := s.unfinished(); q != nil {
		s.cur, _ = s.gap(q)
		return true
	}
	if q := s.wanted(r); q != nil {
		s.cur = firstPlace(q)
		return true
	}
	return false
}

// nextInInstrument stays with an instrument until it is complete: half a
// questionnaire is no use to anybody.
func (s *session) nextInInstrument(q *pack.Question, shown []bool) bool {
	if len(q.Items) == 0 {
		return false
	}
	i := s.at
	for ; i < len(s.trail) && s.trail[i].q == q; i++ {
		if shown[i] {
			s.at, s.cur = i, s.trail[i]
			return true
		}
	}
	if p, ok := s.gap(q); ok {
		s.at, s.cur = i, p
		return true
	}
	return false
}

// gap is the first place of an instrument, under its present method, that has
// not been answered.
func (s *session) gap(q *pack.Question) (place, bool) {
	switch s.methods[q.Index] {
	case ByTotal:
		return place{q: q, slot: q.Slot}, s.answers[q.Slot] == pack.Missing
	case ByItems:
		for _, it := range q.Items {
			if s.answers[it.Slot] == pack.Missing {
				return place{q: q, slot: it.Slot}, true
			}
		}
	}
	return place{}, false
}

// unfinished is an instrument that was begun and is not complete, as a draft
// may hold one.
func (s *session) unfinished() *pack.Question {
	for _, q := range s.pack.Questions {
		if _, ok := s.gap(q); ok && len(q.Items) > 0 {
			return q
		}
	}
	return nil
}

// wanted is the question to put next, nil if there is none: one that can still
// decide the level, in a review one that can still decide whether a lower one
// is for now, or else one that fills in details.
func (s *session) wanted(r *engine.Recommendation) *pack.Question {
	if s.opts.All {
		return s.firstNew(s.pack.Questions)
	}
	if r.Next != nil && !s.put(r.Next) {
		return r.Next
	}
	if q := s.firstNew(r.Deciding); q != nil {
		return q
	}
	if q := s.firstNew(s.due(s.answers, r)); q != nil {
		return q
	}
	if r.Level != nil && r.Level == s.detail {
		return s.firstNew(s.details(s.answers, r.Level))
	}
	return nil
}

func (s *session) firstNew(qs []*pack.Question) *pack.Question {
	for _, q := range qs {
		if !s.put(q) {
			return q
		}
	}
	return nil
}

// back goes to the place before cur that matters; at the beginning it stays.
func (s *session) back() bool {
	i := s.previous(s.at)
	if i < 0 {
		return false
	}
	s.at, s.cur = i, s.trail[i]
	return true
}

// previous is the last shown place before position i, or -1.
func (s *session) previous(i int) int {
	shown := s.shown()
	for i--; i >= 0; i-- {
		if shown[i] {
			return i
		}
	}
	return -1
}

// shown says for every place of the trail whether it matters after the shown
// ones before it. Only those count: a later answer that settles everything
// must not make the earlier ones, which led to it, disappear.
func (s *session) shown() []bool {
	shown := make([]bool, len(s.trail))
	before := s.pack.NewAnswers()
	matters := map[int]bool{} // by question index; an instrument's items follow its first place
	for i, p := range s.trail {
		m, seen := matters[p.q.Index]
		if !seen {
			m = s.opts.All || s.matters(p.q, before)
			matters[p.q.Index] = m
		}
		if shown[i] = m && s.underMethod(p); shown[i] && !p.method {
			before[p.slot] = s.answers[p.slot]
		}
	}
	return shown
}

// matters reports whether q, unanswered, can change what is said after these
// answers.
func (s *session) matters(q *pack.Question, before pack.Answers) bool {
	r := s.recommend(before)
	if slices.Contains(r.Deciding, q) || slices.Contains(s.due(before, r), q) {
		return true
	}
	return s.detail != nil && r.Level != nil && slices.Contains(s.details(before, r.Level), q)
}

// underMethod reports whether a place belongs to the present way of answering
// its instrument.
func (s *session) underMethod(p place) bool {
	switch {
	case p.method || len(p.q.Items) == 0:
		return true
	case p.slot == p.q.Slot:
		return s.methods[p.q.Index] == ByTotal
	}
	return s.methods[p.q.Index] == ByItems
}

// retrace makes a trail of the answers that the interview starts with, in the
// order of the pack, so that they can be gone back to.
func (s *session) retrace() {
	for _, q := range s.pack.Questions {
		if len(q.Items) == 0 {
			if s.answers[q.Slot] != pack.Missing {
				s.trail = append(s.trail, firstPlace(q))
			}
			continue
		}
		s.retraceInstrument(q)
	}
}

func (s *session) retraceInstrument(q *pack.Question) {
	places := []place{firstPlace(q)}
	for _, it := range q.Items {
		if s.answers[it.Slot] != pack.Missing {
			places = append(places, place{q: q, slot: it.Slot})
		}
	}
	total := s.answers[q.Slot]
	switch {
	case total.Known():
		// The total stands: the items beside it have been found to agree, and
		// Total reads the total first.
		s.methods[q.Index] = ByTotal
		places = []place{firstPlace(q), {q: q, slot: q.Slot}}
	case len(places) > 1:
		s.methods[q.Index] = ByItems
	case total == pack.NotAssessed:
		s.methods[q.Index] = NotUsed
	default:
		return
	}
	s.trail = append(s.trail, places...)
}

// choose changes how an instrument is answered. What was answered in another
// way is put aside and comes back with it: a total and items that contradict
// each other must never stand side by side.
func (s *session) choose(q *pack.Question, m Method) {
	if s.methods[q.Index] == m {
		return
	}
	if old := s.methods[q.Index]; old == ByItems || old == ByTotal {
		for _, slot := range q.Slots() {
			if s.answers[slot] != pack.Missing {
				s.aside[slot], s.answers[slot] = s.answers[slot], pack.Missing
			}
		}
	}
	s.methods[q.Index] = m
	s.answers[q.Slot] = pack.Missing
	switch m {
	case NotUsed:
		s.answers[q.Slot] = pack.NotAssessed
	case ByTotal:
		s.answers[q.Slot] = s.aside[q.Slot]
	case ByItems:
		for _, it := range q.Items {
			s.answers[it.Slot] = s.aside[it.Slot]
		}
	}
}
