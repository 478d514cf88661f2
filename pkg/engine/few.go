package engine

import (
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
)

// few looks at all completions at once where only a few open answers are left
// to matter, which is how most people's are. What stands of the terms of the
// indications says all: a term that stands has no answer against it, so the
// answers that are there have done their part. The classes that the rest of it
// tells apart in the open answers are laid out as bits, one for each
// combination, and a term is then the set of those in which it holds.
//
// It serves packs whose indications test answers one by one: a sum between two
// bounds, or a condition that is walked, says more than its term shows.
type few struct {
	e     *Engine
	slots []openSlot
	terms [][]test // of each term of an indication

	// What is being looked at.
	left  []remnant
	tests []test // of the remnants
	axes  [maxAxes]axis
	used  int // axes
	bits  int // of the combinations' numbers
	words int // of a set of them

	deciding []*pack.Question
}

// openSlot finds out whether a slot has an answer.
type openSlot struct {
	slot     int32
	min      pack.Value
	size     uint64
	full     uint64 // a bit for each class
	question *pack.Question
}

// test is a literal: the classes of a slot, or of an axis, in which it holds.
type test struct {
	of  int32 // position in few.slots, or in few.axes
	set uint64
}

// remnant is what the answers leave of a term, or of several with one test.
type remnant struct {
	level    uint8
	from, to int32 // in few.tests
}

// axis is one open answer and the groups of its classes that the terms tell
// apart: group g stands at the combinations whose bits from shift on are g.
type axis struct {
	slot   int32
	groups []uint64
	shift  int
	bits   int
	room   [maxGroups]uint64
}

// The sizes up to which combinations are laid out; beyond, the diagram is
// quicker.
const (
	maxBits   = 9
	maxAxes   = maxBits
	maxGroups = 32
)

// combinations is a set of them, by their numbers.
type combinations [1 << (maxBits - 6)]uint64

// within has, for each bit of the numbers that stand in one word, those in
// which it is set.
var within = [6]uint64{0xaaaaaaaaaaaaaaaa, 0xcccccccccccccccc, 0xf0f0f0f0f0f0f0f0, 0xff00ff00ff00ff00, 0xffff0000ffff0000, 0xffffffff00000000}

// newFew is nil where it does not serve.
func (e *Engine) newFew() *few {
	f := &few{e: e, terms: make([][]test, len(e.layout.levelOf))}
	at := map[int32]int32{}
	for i := range f.terms {
		for _, l := range e.terms[i] {
			in := &e.inputs.list[l.input]
			if in.kind != point {
				return nil
			}
			n, known := at[l.input]
			if !known {
				n = int32(len(f.slots))
				at[l.input] = n
				s := &e.pack.Slots[in.leaf.slot]
				f.slots = append(f.slots, openSlot{in.leaf.slot, s.Min, uint64(s.Max-s.Min) + 1, in.full, s.Question})
			}
			f.terms[i] = append(f.terms[i], test{n, l.set})
		}
	}
	return f
}

// at returns the levels that completions lead to, and the questions that make
// a difference, after a decision that left several levels open. ok is false if
// more is left than it can look at.
func (f *few) at(d *Decision) (possible uint64, deciding []*pack.Question, ok bool) {
	if !f.gather(d) || !f.layOut() {
		return 0, nil, false
	}
	possible, differs := f.levels(d.Min)
	f.collect(differs)
	return possible, f.deciding, true
}

// gather finds what is left of the standing terms above the least level, and
// what it tells apart. It is false if that is too much.
func (f *few) gather(d *Decision) bool {
	f.left, f.tests, f.used = f.left[:0], f.tests[:0], 0
	above := f.e.layout.levelEnd[d.Min+1]
	for t := nextBit(d.possible, 0, above); t < above; t = nextBit(d.possible, t+1, above) {
		r := remnant{f.e.layout.levelOf[t], int32(len(f.tests)), 0}
		for _, l := range f.terms[t] {
			s := &f.slots[l.of]
			if uint64(d.answers[s.slot]-s.min) < s.size {
				continue
			}
			at := f.axis(l.of)
			if at < 0 {
				return false
			}
			f.tests = append(f.tests, test{at, l.set})
		}
		r.to = int32(len(f.tests))
		if !f.joined(r) {
			f.left = append(f.left, r)
		}
	}
	return true
}

// axis returns the axis of a slot, and -1 if there is no room.
func (f *few) axis(slot int32) int32 {
	for i := range f.axes[:f.used] {
		if f.axes[i].slot == slot {
			return int32(i)
		}
	}
	if f.used == maxAxes {
		return -1
	}
	a := &f.axes[f.used]
	f.used++
	a.slot, a.groups = slot, append(a.room[:0], f.slots[slot].full)
	return int32(f.used - 1)
}

// joined adds a remnant with one test to another of the same level that tests
// the same answer: that one or the other holds is one test of it. That leaves
// fewer classes to tell apart.
func (f *few) joined(r remnant) bool {
	if r.to-r.from != 1 {
		return false
	}
	l := f.tests[r.from]
	for i := len(f.left) - 1; i >= 0 && f.left[i].level == r.level; i-- {
		if o := f.left[i]; o.to-o.from == 1 && f.tests[o.from].of == l.of {
			f.tests[o.from].set |= l.set
			f.tests = f.tests[:r.from]
			return true
		}
	}
	return false
}

// layOut gives the classes that are told apart their places. It is false if
// there is no room.
func (f *few) layOut() bool {
	for _, l := range f.tests {
		if !f.axes[l.of].divide(l.set) {
			return false
		}
	}
	f.bits = 0
	for i := range f.axes[:f.used] {
		a := &f.axes[i]
		a.shift, a.bits = f.bits, bits.Len(uint(len(a.groups)-1))
		f.bits += a.bits
	}
	f.words = 1 << max(0, f.bits-6)
	return f.bits <= maxBits
}

// divide divides the groups of an answer by one more test.
func (a *axis) divide(set uint64) bool {
	for g := range a.groups {
		in, out := a.groups[g]&set, a.groups[g]&^set
		if in == 0 || out == 0 {
			continue
		}
		if len(a.groups) == maxGroups {
			return false
		}
		a.groups[g] = in
		a.groups = append(a.groups, out)
	}
	return true
}

// levels returns the levels that combinations lead to, and the bits of the
// combinations' numbers on which the level depends.
func (f *few) levels(least int) (possible uint64, differs uint) {
	var rest combinations // whose level is not known yet
	for i := range f.words {
		rest[i] = ^uint64(0)
	}
	for i := 0; i < len(f.left); {
		level := f.left[i].level
		var argued combinations
		for ; i < len(f.left) && f.left[i].level == level; i++ {
			f.add(&argued, f.tests[f.left[i].from:f.left[i].to])
		}
		some := uint64(0)
		for i := range f.words {
			argued[i] &= rest[i]
			rest[i] &^= argued[i]
			some |= argued[i]
		}
		if some != 0 {
			possible |= 1 << level
			differs |= f.changes(&argued)
		}
	}
	for _, w := range rest[:f.words] {
		if w != 0 {
			return possible | 1<<least, differs | f.changes(&rest)
		}
	}
	return possible, differs
}

// add adds the combinations in which a standing term holds.
func (f *few) add(to *combinations, t []test) {
	var all combinations
	for i := range f.words {
		all[i] = ^uint64(0)
	}
	for _, l := range t {
		f.keep(&all, &f.axes[l.of], l.set)
	}
	for i := range f.words {
		to[i] |= all[i]
	}
}

// keep keeps the combinations in which an answer is in one of the classes.
// Numbers that no group has stand for the first one again.
func (f *few) keep(all *combinations, a *axis, set uint64) {
	for n := range 1 << a.bits {
		g := 0
		if n < len(a.groups) {
			g = n
		}
		if a.groups[g]&set == 0 {
			f.drop(all, a, n)
		}
	}
}

// drop takes the combinations out in which an answer is in a group.
func (f *few) drop(all *combinations, a *axis, group int) {
	here, high, is := ^uint64(0), 0, 0 // in each word; and the bits of the words' numbers
	for b := range a.bits {
		at := a.shift + b
		switch bit := group >> b & 1; {
		case at >= 6:
			high |= 1 << (at - 6)
			is |= bit << (at - 6)
		case bit == 1:
			here &= within[at]
		default:
			here &^= within[at]
		}
	}
	for i := range f.words {
		if i&high == is {
			all[i] &^= here
		}
	}
}

// changes returns the bits of the combinations' numbers on which it depends
// whether one of them is among these.
func (f *few) changes(these *combinations) (which uint) {
	for b := range min(f.bits, 6) {
		for _, w := range these[:f.words] {
			if (w>>(1<<b)^w)&^within[b] != 0 {
				which |= 1 << b
				break
			}
		}
	}
	for b := 6; b < f.bits; b++ {
		for i, w := range these[:f.words] {
			if w != these[i^1<<(b-6)] {
				which |= 1 << b
				break
			}
		}
	}
	return which
}

// collect names the questions behind bits of the combinations, in the pack's
// order.
func (f *few) collect(which uint) {
	f.deciding = f.deciding[:0]
	for i := range f.axes[:f.used] {
		a := &f.axes[i]
		if which>>a.shift&(1<<a.bits-1) == 0 {
			continue
		}
		q := f.slots[a.slot].question
		at := len(f.deciding)
		f.deciding = append(f.deciding, q)
		for ; at > 0 && f.deciding[at-1].Index > q.Index; at-- {
			f.deciding[at] = f.deciding[at-1]
		}
		f.deciding[at] = q
	}
}
