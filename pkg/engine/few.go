package engine

import (
	"cmp"
	"math/bits"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// few looks at all completions at once, by what stands of the terms of the
// indications. That says all: a term that stands has no answer against it, so
// the answers that are there have done their part, and what is left of it are
// its tests of open answers.
//
// Most of what is left are single tests. Then each open answer argues for a
// level by itself, and the highest of these is the level. The floor is what
// comes of it where each argues for the least that it can: an answer makes a
// difference if it can argue for more than the floor, and a level from the
// floor up is possible if some answer can argue for it. Terms of which several
// tests are left couple their answers; see joint. Those argue for a level
// together, and are to the others like one answer.
//
// It serves packs whose indications test answers one by one: a sum between two
// bounds, or a condition that is walked, says more than its term shows.
//
// What stands is what a processor cannot foresee, so there are few branches on
// it.
type few struct {
	top   int           // the highest level
	slots []openSlot    // in the order of the questions
	terms []partialTerm // by number

	// Of terms with one test, which stand as long as the answer is open.
	argues  []byLevel           // by slot: the classes that argue for a level or a higher one
	alone   [fewLevels]uint64   // by level: the slots that can argue for higher ones
	reaches [fewLevels]uint64   // by level: those that can argue for just that one
	several [fewLevels][]uint64 // by level: the terms of higher ones with more than one test

	filled uint64 // the slots in which each class may argue for something

	// What is being looked at.
	can      byLevel   // the slots that can argue for just this level
	now      []byLevel // argues, by all single tests that are left, where that is more
	more     []byLevel // by slot: the classes of the tests that are left alone of terms with several
	joint    joint
	deciding []*pack.Question
}

// fewLevels is how many levels it serves, and 64 are the slots: a bit each.
const fewLevels = 16

// byLevel is a set for each level, and an empty one above.
type byLevel [fewLevels + 1]uint64

// openSlot finds out whether a slot has an answer.
type openSlot struct {
	slot     int32
	min      pack.Value
	size     uint64
	full     uint64 // a bit for each class
	question *pack.Question
}

// partialTerm is a term of which some of the tests are left.
type partialTerm struct {
	level int
	slots uint64
	tests []test
	word  uint64 // see pairWord
}

// test is a literal: the classes of a slot in which it holds.
type test struct {
	of  int32 // position in few.slots
	set uint64
}

// newFew is nil where it does not serve.
func (e *Engine) newFew() *few {
	f := &few{top: len(e.pack.Levels) - 1}
	at, ok := f.findSlots(e)
	if !ok || f.top >= fewLevels {
		return nil
	}
	f.argues, f.now, f.more = make([]byLevel, len(f.slots)), make([]byLevel, len(f.slots)), make([]byLevel, len(f.slots))
	for l := range e.pack.Levels {
		f.several[l] = make([]uint64, (len(e.layout.levelOf)+63)/64)
	}
	for i, level := range e.layout.levelOf {
		t := partialTerm{level: int(level)}
		for _, l := range e.terms[i] {
			t.tests = append(t.tests, test{at[l.input], l.set})
			t.slots |= 1 << at[l.input]
		}
		f.terms = append(f.terms, t)
		f.note(i)
	}
	f.findReaches()
	f.joint.prepare(f)
	return f
}

// findSlots finds the slots that the indications test, and the position in them
// of each input.
func (f *few) findSlots(e *Engine) (at map[int32]int32, ok bool) {
	var inputs []int32
	for i := range e.layout.levelOf {
		for _, l := range e.terms[i] {
			if e.inputs.list[l.input].kind != point {
				return nil, false
			}
			if !slices.Contains(inputs, l.input) {
				inputs = append(inputs, l.input)
			}
		}
	}
	question := func(i int32) int {
		return slices.Index(e.pack.Questions, e.pack.Slots[e.inputs.list[i].leaf.slot].Question)
	}
	slices.SortFunc(inputs, func(i, j int32) int { return cmp.Compare(question(i), question(j)) })
	at = make(map[int32]int32)
	for n, i := range inputs {
		if n > 0 && question(i) == question(inputs[n-1]) {
			return nil, false // two that hang on one answer
		}
		at[i] = int32(n)
		in := &e.inputs.list[i]
		s := &e.pack.Slots[in.leaf.slot]
		f.slots = append(f.slots, openSlot{in.leaf.slot, s.Min, uint64(s.Max-s.Min) + 1, in.full, s.Question})
	}
	return at, len(f.slots) <= 64
}

// note takes a term for what it will be asked for.
func (f *few) note(i int) {
	t := &f.terms[i]
	for l := range t.level {
		switch {
		case len(t.tests) > 1:
			f.several[l][i/64] |= 1 << (i % 64)
		case len(t.tests) == 1 && t.tests[0].set != 0:
			f.argues[t.tests[0].of][l+1] |= t.tests[0].set
			f.alone[l] |= t.slots
		}
	}
}

func (f *few) findReaches() {
	may := make([]uint64, len(f.slots))
	for _, t := range f.terms {
		for _, l := range t.tests {
			may[l.of] |= l.set
		}
	}
	for s := range f.slots {
		for l := 1; l <= f.top; l++ {
			f.reaches[l] |= some(f.argues[s][l]&^f.argues[s][l+1]) << s
		}
		if may[s] == f.slots[s].full {
			f.filled |= 1 << s
		}
	}
}

// some is 1 if one of the bits is set.
func some(x uint64) uint64 { return (x | -x) >> 63 }

// at returns the levels that completions lead to, and the questions that make
// a difference, where several levels are left open: by the least of them, the
// terms of indications that stand, and the slots that are open, as open tells
// them. ok is false if more is left than it can look at.
func (f *few) at(least int, standing []uint64, open uint64) (possible uint64, deciding []*pack.Question, ok bool) {
	possible, slots, ok := f.look(least, standing, open)
	f.deciding = f.deciding[:0]
	for ; slots != 0; slots &= slots - 1 {
		f.deciding = append(f.deciding, f.slots[bits.TrailingZeros64(slots)].question)
	}
	return possible, f.deciding, ok
}

// open returns the slots that have no answer, by their positions in few.slots.
func (f *few) open(a pack.Answers) (open uint64) {
	for i := len(f.slots) - 1; i >= 0; i-- {
		s := &f.slots[i]
		_, answered := bits.Sub64(uint64(a[s.slot]-s.min), s.size, 0)
		open = open<<1 | answered ^ 1
	}
	return open
}

// look is at with slots for their questions.
func (f *few) look(least int, standing []uint64, open uint64) (possible, deciding uint64, ok bool) {
	alone, others := open&f.alone[least], uint64(0)
	for i, w := range f.several[least] {
		others |= w & standing[i]
	}
	if others|alone&f.filled != 0 {
		return f.lookCloser(least, standing, open)
	}
	for l := 1; l <= f.top; l++ {
		possible |= some(alone&f.reaches[l]) << l
	}
	return possible>>least<<least | 1<<least, alone, true
}

// lookCloser is look where terms with several tests stand, or an answer may
// lift the floor.
func (f *few) lookCloser(least int, standing []uint64, open uint64) (possible, deciding uint64, ok bool) {
	alone := open & f.alone[least]
	for l := 1; l <= f.top; l++ {
		f.can[l] = alone & f.reaches[l]
	}
	changed := f.reduce(least, standing, open) | alone&f.filled
	f.recount(changed)
	coupled := f.joint.couple(f, open)
	floor := f.floor(changed&^coupled, least)
	if coupled != 0 {
		if possible, deciding, floor, ok = f.joint.look(f, open, floor); !ok {
			return 0, 0, false
		}
	}
	for l := f.top; l > floor; l-- {
		slots := f.can[l] &^ coupled
		possible |= some(slots) << l
		deciding |= slots
	}
	return possible | 1<<floor, deciding, true
}

// reduce finds what the open answers leave of the terms with several tests:
// of one a test alone, of another several still, which is left to joint. It
// returns the slots that these are about.
func (f *few) reduce(least int, standing []uint64, open uint64) (slots uint64) {
	n, coupled := 0, f.joint.left[:cap(f.joint.left)]
	for i, w := range f.several[least] {
		for w &= standing[i]; w != 0; w &= w - 1 {
			at := i*64 + bits.TrailingZeros64(w)
			t := &f.terms[at]
			left := t.slots & open
			both := some(left & (left - 1))
			coupled[n] = int32(at)
			n += int(both)
			s := bits.TrailingZeros64(left) & 63
			set := uint64(0)
			for _, l := range t.tests {
				set |= l.set & -(left >> l.of & 1)
			}
			set &^= f.argues[s][t.level] | -both
			f.more[s][t.level] |= set
			slots |= some(set)<<s | left&-both
		}
	}
	f.joint.left = coupled[:n]
	return slots
}

// recount finds anew what some slots can argue for.
func (f *few) recount(slots uint64) {
	for ; slots != 0; slots &= slots - 1 {
		s := bits.TrailingZeros64(slots)
		argues, more, now := &f.argues[s], &f.more[s], &f.now[s]
		classes := uint64(0)
		for l := f.top; l > 0; l-- {
			before := classes
			classes |= argues[l] | more[l]
			now[l], more[l] = classes, 0
			f.can[l] = f.can[l]&^(1<<s) | some(classes&^before)<<s
		}
	}
}

// floor returns the level that the slots come down to where each argues for
// the least that it can.
func (f *few) floor(slots uint64, least int) int {
	floor := least
	for slots &= f.filled; slots != 0; slots &= slots - 1 {
		s := bits.TrailingZeros64(slots)
		for floor < f.top && f.now[s][floor+1] == f.slots[s].full {
			floor++
		}
	}
	return floor
}
