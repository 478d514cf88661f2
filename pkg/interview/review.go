package interview

import (
	"fmt"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Review makes an interview the next assessment of somebody. The last answers
// are shown, and one that still holds can be confirmed in one step; but none
// is taken over by itself, and what has to be asked anew cannot be confirmed.
type Review struct {
	Last pack.Answers // the last assessment's; not changed
	Date string       // of the last assessment, for people to read

	// Present is the level at which the person is cared for; nil if that is not
	// known. Where less is recommended, what readiness to leave it waits for is
	// asked, too.
	Present *pack.Level
}

// Last is what was answered last time to what a prompt asks.
type Last struct {
	Value   pack.Value // Missing if it was not asked; of the choice of a method, the instrument's total
	Date    string
	Confirm bool // Confirm takes it; else the question has to be answered afresh
}

// checkReview refuses answers that cannot be those of the pack.
func (s *session) checkReview() error {
	if r := s.opts.Review; r != nil && len(r.Last) != len(s.answers) {
		return fmt.Errorf("last answers to %d questions and items, but the rules %s have %d", len(r.Last), s.pack.ID, len(s.answers))
	}
	return nil
}

// lastTime is what was answered last time at a place; nil where this is no
// review.
func (s *session) lastTime(p place) *Last {
	r := s.opts.Review
	if r == nil {
		return nil
	}
	l := &Last{Value: r.Last[p.slot], Date: r.Date}
	if p.slot == p.q.Slot && p.q.Kind == pack.Instrument {
		if total, _, known := p.q.Total(r.Last); known {
			l.Value = total
		}
	}
	l.Confirm = l.Value.Known() && !s.anew[p.q]
	return l
}

// askedAnew are the questions of which last time's answer proves nothing: what
// the pack marks, instruments, which are about the last days and weeks, and
// whatever an emergency can be seen by.
func askedAnew(p *pack.Pack) map[*pack.Question]bool {
	anew := map[*pack.Question]bool{}
	for _, q := range p.Questions {
		anew[q] = q.AskAnew || q.Kind == pack.Instrument
	}
	for _, l := range p.Levels {
		for _, c := range l.Indications {
			if l.Emergency {
				markTested(p, c.When, anew)
			}
		}
	}
	return anew
}

// markTested marks the questions that a condition tests by themselves. What
// goes into a score is not marked: it would be half of the pack.
func markTested(p *pack.Pack, c pack.Condition, marked map[*pack.Question]bool) {
	pack.Walk(c, func(c pack.Condition) bool {
		switch c := c.(type) {
		case *pack.In:
			if c.Score == nil {
				marked[p.Slots[c.Slot].Question] = true
			}
		case *pack.Includes:
			marked[p.Slots[c.Slot].Question] = true
		case *pack.Answered:
			marked[p.Slots[c.Slot].Question] = true
		}
		return true
	})
}

// due are the questions that a review asks though the level hangs on none of
// them: what readiness waits for, instruments that were answered last time, so
// that their change can be told, and what the pack marks to be asked anew in the
// first section, which is that of safety. They come once what can still decide
// has been asked.
func (s *session) due(a pack.Answers, r *engine.Recommendation) []*pack.Question {
	review := s.opts.Review
	if review == nil || len(s.fresh(r.Deciding)) > 0 {
		return nil
	}
	missing := map[int]bool{}
	for _, q := range s.pack.Questions {
		if q.AskAnew && len(s.pack.Sections) > 0 && q.Section == s.pack.Sections[0] && !a[q.Slot].Known() {
			missing[q.Slot] = true
		}
	}
	s.markFollowed(a, missing)
	for _, q := range s.readiness(a, r) {
		missing[q.Slot] = true
	}
	return s.questionsOf(missing)
}

// markFollowed marks the instruments that have a total of last time and none
// now.
func (s *session) markFollowed(a pack.Answers, missing map[int]bool) {
	for _, q := range s.pack.Questions {
		if _, _, before := q.Total(s.opts.Review.Last); q.Kind == pack.Instrument && before {
			if _, _, now := q.Total(a); !now {
				missing[q.Slot] = true
			}
		}
	}
}

// readiness are the questions without which it is not known whether somebody
// who may need less is ready to leave the present level. They are not asked
// before the level is found out: it can turn out that not less is called for.
func (s *session) readiness(a pack.Answers, r *engine.Recommendation) []*pack.Question {
	review := s.opts.Review
	if review.Present == nil || r.Possible[0].Index >= review.Present.Index {
		return nil
	}
	missing := map[int]bool{}
	for _, f := range s.engine.Findings(a, review.Present.StepDown) {
		if f.State == engine.Unknown {
			mark(missing, f.Slots)
		}
		if f.State != engine.False {
			s.markCourse(a, f.Criterion.Course, missing)
		}
	}
	return s.questionsOf(missing)
}

// details are the questions that fill in what is said beside the level; in a
// review also what the signs for more care wait for.
func (s *session) details(a pack.Answers, level *pack.Level) []*pack.Question {
	open := s.engine.Unsettled(a, level)
	r := s.opts.Review
	if r == nil {
		return open
	}
	missing := map[int]bool{}
	if r.Present != nil {
		for _, sign := range r.Present.StepUp {
			s.markUnknown(a, sign.When, missing)
			s.markCourse(a, sign.Course, missing)
		}
	}
	for _, q := range open {
		missing[q.Slot] = true
	}
	return s.questionsOf(missing)
}

// markCourse marks the slots without which the present answers do not say what
// becomes of a statement about several assessments.
func (s *session) markCourse(a pack.Answers, c pack.Course, missing map[int]bool) {
	pack.WalkCourse(c, func(c pack.Course) {
		switch c := c.(type) {
		case *pack.Held:
			s.markUnknown(a, c.When, missing)
		case *pack.Seen:
			s.markUnknown(a, c.When, missing)
		case *pack.Changed:
			if !s.answeredAt(a, c.Slot) {
				missing[c.Slot] = true
			}
		}
	})
}

func (s *session) answeredAt(a pack.Answers, slot int) bool {
	if q := s.pack.Slots[slot].Question; slot == q.Slot && q.Kind == pack.Instrument {
		_, _, known := q.Total(a)
		return known
	}
	return a[slot].Known()
}

// markUnknown marks the slots that a condition is unknown for the lack of. One
// that cannot be read, which no pack without errors has, asks for nothing.
func (s *session) markUnknown(a pack.Answers, c pack.Condition, missing map[int]bool) {
	if c == nil {
		return
	}
	readings, err := engine.Read(s.pack, a, c)
	if err == nil && readings[0].State == engine.Unknown {
		mark(missing, readings[0].Slots)
	}
}

func mark(marked map[int]bool, slots []int) {
	for _, slot := range slots {
		marked[slot] = true
	}
}

// questionsOf returns the questions of slots, in the order of the interview.
func (s *session) questionsOf(slots map[int]bool) []*pack.Question {
	var out []*pack.Question
	for slot := range s.pack.Slots {
		if q := s.pack.Slots[slot].Question; slots[slot] && !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	return out
}
