package explain

import (
	"math/bits"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// sufficient finds answers that force the level whatever all others are, none
// of which can be left out. smallest says that no set of fewer questions does.
func sufficient(o *oracle, r *engine.Recommendation, flips []Flip) (slots []int, smallest bool) {
	s := settler{o: o, r: r, level: r.Level.Index}
	s.begin()
	set := s.leaveOut(s.all)
	if s.nothingCutOff() {
		set, smallest = s.smallest(set, flips)
	}
	for i, q := range s.questions {
		if set>>i&1 == 1 {
			slots = append(slots, answeredSlots(r, q)...)
		}
	}
	return slots, smallest
}

// settler looks for sets of questions, which are bits by their positions.
type settler struct {
	o         *oracle
	r         *engine.Recommendation
	level     int
	questions []*pack.Question // answered, and tested by an indication; at most 64
	all       uint64
	only      pack.Answers // scratch
	more      int          // questions beyond the first 64
}

func (s *settler) begin() {
	tested := testedBy(s.o.e, s.r).slots
	for _, q := range s.r.Pack.Questions {
		is := slices.ContainsFunc(q.Slots(), func(slot int) bool { return tested[slot] })
		switch {
		case !is || len(answeredSlots(s.r, q)) == 0:
		case len(s.questions) == 64:
			s.more++
		default:
			s.all |= 1 << len(s.questions)
			s.questions = append(s.questions, q)
		}
	}
	s.only = s.r.Pack.NewAnswers()
}

// nothingCutOff reports whether all questions that matter are looked at.
func (s *settler) nothingCutOff() bool { return s.more == 0 }

// forces reports whether the answers to the questions of a set give the level
// by themselves. Questions beyond the first 64 are always among them.
func (s *settler) forces(set uint64) bool {
	if s.more > 0 {
		copy(s.only, s.r.Answers)
	}
	for i, q := range s.questions {
		for _, slot := range q.Slots() {
			s.only[slot] = pack.Missing
			if set>>i&1 == 1 {
				s.only[slot] = s.r.Answers[slot]
			}
		}
	}
	return s.o.level(s.only) == s.level
}

// leaveOut leaves out one question after the other, as long as the level
// stays. It begins with the last, so that what stays is what is asked first:
// the weightiest, in a pack that asks safety first.
//
// Once round is enough: with fewer answers nothing becomes determined that was
// not, so an answer that could not be left out cannot be later either.
func (s *settler) leaveOut(set uint64) uint64 {
	for i := len(s.questions) - 1; i >= 0; i-- {
		if fewer := set &^ (1 << i); fewer != set && s.forces(fewer) {
			set = fewer
		}
	}
	return set
}

// maxWork bounds the search for a smallest set: some hundredths of a second.
const maxWork = 200_000

// smallest looks for a set with fewer questions than the given one.
//
// A set forces the level if and only if it has something in common with every
// set of questions whose answers, taken together, could turn it. So it takes a
// smallest set that meets all those known so far; if that is not enough, what
// it leaves out, made as small as it can be, is one more to meet.
func (s *settler) smallest(found uint64, flips []Flip) (set uint64, proved bool) {
	var turning []uint64
	for _, f := range flips {
		if len(f.Changes) == 1 {
			turning = append(turning, s.bit(f.Changes[0].Slot))
		}
	}
	turning = slices.Compact(turning)
	for limit := s.o.work + maxWork; s.o.work < limit; {
		h := meeting{sets: turning, best: found, size: bits.OnesCount64(found), steps: maxSteps}
		h.search(0, 0)
		switch {
		case h.steps < 0:
			return found, false
		case h.best == found:
			return found, true
		case s.forces(h.best):
			return h.best, true
		}
		turning = append(turning, s.all&^s.grow(h.best))
	}
	return found, false
}

// grow adds all that can be added without forcing the level.
func (s *settler) grow(set uint64) uint64 {
	for i := range s.questions {
		if more := set | 1<<i; more != set && !s.forces(more) {
			set = more
		}
	}
	return set
}

func (s *settler) bit(slot int) uint64 {
	return 1 << slices.Index(s.questions, s.r.Pack.Slots[slot].Question)
}

// maxSteps bounds one search of meeting.
const maxSteps = 200_000

// meeting finds a smallest set that has something in common with each of some
// sets.
type meeting struct {
	sets  []uint64
	best  uint64 // to be beaten
	size  int
	steps int
}

// search extends a set that meets the first sets up to at.
func (m *meeting) search(set uint64, at int) {
	if m.steps--; m.steps < 0 {
		return
	}
	for at < len(m.sets) && set&m.sets[at] != 0 {
		at++
	}
	size := bits.OnesCount64(set)
	switch {
	case at == len(m.sets):
		if size < m.size {
			m.best, m.size = set, size
		}
		return
	case size+1 >= m.size:
		return // one more is no gain
	}
	for rest := m.sets[at]; rest != 0; rest &= rest - 1 {
		m.search(set|rest&-rest, at+1)
	}
}

func answeredSlots(r *engine.Recommendation, q *pack.Question) []int {
	return slices.DeleteFunc(q.Slots(), func(s int) bool { return !r.Answers[s].Known() })
}
