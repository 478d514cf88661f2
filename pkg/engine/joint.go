package engine

import "math/bits"

// joint lays out answers that terms couple: the combinations of their classes
// are bits, one for each, and a term is then the set of those in which it holds.
// The numbers of the combinations are put together from those of the classes.
// Their lowest six bits say where in a word it is, and the others in which word;
// the class of an answer stands in either. So a test of it takes the same bits
// of each word, or all or nothing of a word.
type joint struct {
	left   []int32 // the terms
	slots  uint64  // of these
	words  uint    // of a set of combinations
	axes   []axis  // by slot
	argued combinations
	all    combinations // of a term
	pairs  byLevel      // the words of the terms
	paired uint64       // 1: all terms have one
}

// axis is where the class of a slot's answer stands in the numbers.
type axis struct {
	bits  uint
	spare uint64 // numbers that no class has: they stand for the first one again
	high  bool   // in the words' numbers
	shift uint
}

// maxHigh is how many bits the words' numbers have at most; beyond, the diagram
// is quicker.
const maxHigh = 6

// combinations is a set of them, by their numbers.
type combinations [1 << maxHigh]uint64

// within has, for each bit of the numbers that stand in one word, those in
// which it is set.
var within = [6]uint64{0xaaaaaaaaaaaaaaaa, 0xcccccccccccccccc, 0xf0f0f0f0f0f0f0f0, 0xff00ff00ff00ff00, 0xffff0000ffff0000, 0xffffffff00000000}

func (j *joint) prepare(f *few) {
	j.axes, j.left = make([]axis, len(f.slots)), make([]int32, len(f.terms)+1)
	for i := range f.slots {
		a := &j.axes[i]
		a.bits = uint(bits.Len(uint(bits.OnesCount64(f.slots[i].full) - 1)))
		a.spare = (1<<(1<<a.bits) - 1) &^ f.slots[i].full
	}
	for i := range f.terms {
		f.terms[i].word = f.pairWord(f.terms[i].tests)
	}
}

// couple leaves the terms out of which single answers say all, and returns the
// slots of the others.
func (j *joint) couple(f *few, open uint64) uint64 {
	n := 0
	j.slots, j.paired, j.pairs = 0, 1, byLevel{}
	for _, at := range j.left {
		t := &f.terms[at]
		says := uint64(1)
		for _, l := range t.tests {
			says &= some(l.set&^f.now[l.of][t.level]) | ^open>>l.of
		}
		j.left[n] = at
		n += int(says)
		j.slots |= t.slots & open & -says
		j.pairs[t.level] |= t.word & -says
		j.paired &= some(t.word) | (says ^ 1)
	}
	j.left = j.left[:n]
	return j.slots
}

// layOut gives the classes their places. It is false if there is no room.
func (j *joint) layOut() bool {
	low, high := uint(0), uint(0)
	for m := j.slots; m != 0; m &= m - 1 {
		a := &j.axes[bits.TrailingZeros64(m)]
		if a.high = low+a.bits > 6; a.high {
			a.shift = high
			high += a.bits
		} else {
			a.shift = low
			low += a.bits
		}
	}
	j.words = 1 << min(high, maxHigh)
	return high <= maxHigh
}

// look returns the levels above a floor that combinations lead to, the slots on
// which it depends which, and the level that the combinations come down to if
// that is above the floor. ok is false if there are too many combinations.
func (j *joint) look(f *few, open uint64, floor int) (possible, differs uint64, least int, ok bool) {
	if m := j.slots & (j.slots - 1); m&(m-1) == 0 && j.paired == 1 {
		possible, differs, least = j.lookAtPair(f, floor)
		return possible, differs, least, true
	}
	if !j.layOut() {
		return 0, 0, 0, false
	}
	clear(j.argued[:j.words])
	which, next := uint64(0), 0
	for l := f.top; l > floor; l-- {
		added := j.addSlots(f, l)
		for ; next < len(j.left) && f.terms[j.left[next]].level == l; next++ {
			added |= j.addTerm(&f.terms[j.left[next]], open)
		}
		if added == 0 {
			continue
		}
		possible |= 1 << l
		if j.full() {
			return possible, j.slotsOf(which), l, true
		}
		which |= j.changes()
	}
	return possible, j.slotsOf(which), floor, true
}

// addSlots adds the combinations in which one answer argues for a level.
func (j *joint) addSlots(f *few, level int) (added uint64) {
	for m := j.slots; m != 0; m &= m - 1 {
		s := bits.TrailingZeros64(m)
		if classes := f.now[s][level]; classes != f.now[s][level+1] {
			h := j.axes[s].holding(classes)
			for i := range j.words {
				w := h.in(i)
				added |= w &^ j.argued[i]
				j.argued[i] |= w
			}
		}
	}
	return added
}

// addTerm adds the combinations in which a term holds.
func (j *joint) addTerm(t *partialTerm, open uint64) (added uint64) {
	all := &j.all
	for i := range j.words {
		all[i] = ^uint64(0)
	}
	for _, l := range t.tests {
		if open>>l.of&1 != 0 {
			h := j.axes[l.of].holding(l.set)
			for i := range j.words {
				all[i] &= h.in(i)
			}
		}
	}
	for i := range j.words {
		added |= all[i] &^ j.argued[i]
		j.argued[i] |= all[i]
	}
	return added
}

// full reports whether all combinations are argued for.
func (j *joint) full() bool {
	all := ^uint64(0)
	for _, w := range j.argued[:j.words] {
		all &= w
	}
	return all == ^uint64(0)
}

// changes returns the bits of the combinations' numbers on which it depends
// whether one of them is among those that are argued for.
func (j *joint) changes() (which uint64) {
	var differ [6]uint64
	for _, w := range j.argued[:j.words] {
		differ[0] |= (w ^ w>>1) &^ within[0]
		differ[1] |= (w ^ w>>2) &^ within[1]
		differ[2] |= (w ^ w>>4) &^ within[2]
		differ[3] |= (w ^ w>>8) &^ within[3]
		differ[4] |= (w ^ w>>16) &^ within[4]
		differ[5] |= (w ^ w>>32) &^ within[5]
	}
	for b, d := range differ {
		which |= some(d) << b
	}
	for b := uint(0); 1<<b < j.words; b++ {
		differ := uint64(0)
		for i := range j.words {
			differ |= j.argued[i] ^ j.argued[i^1<<b]
		}
		which |= some(differ) << (6 + b)
	}
	return which
}

// slotsOf returns the slots whose classes stand in some bits of the numbers.
func (j *joint) slotsOf(which uint64) (slots uint64) {
	for m := j.slots; m != 0; m &= m - 1 {
		s := bits.TrailingZeros64(m)
		a := &j.axes[s]
		at := a.shift
		if a.high {
			at += 6
		}
		slots |= some(which>>at&(1<<a.bits-1)) << s
	}
	return slots
}

// holding is a set of combinations by the class of one answer.
type holding struct {
	each  uint64 // in each word that has any
	words uint64 // which have, by the bits of the words' numbers that say the class
	shift uint
	mask  uint
}

// holding returns the combinations in which the answer is in one of the classes.
func (a *axis) holding(classes uint64) holding {
	classes |= a.spare & -(classes & 1)
	if a.high {
		return holding{^uint64(0), classes, a.shift, 1<<a.bits - 1}
	}
	// Each class takes as many as there are combinations of the lower bits; and
	// all of that comes again for those of the higher ones.
	each, wide := uint64(0), uint64(1)<<(1<<a.shift)-1
	for c := range uint(1) << a.bits {
		each |= wide << (c << a.shift) & -(classes >> c & 1)
	}
	for b := a.shift + a.bits; b < 6; b++ {
		each |= each << (1 << b)
	}
	return holding{each, 1, 0, 0}
}

func (h *holding) in(word uint) uint64 { return h.each & -(h.words >> (word >> h.shift & h.mask) & 1) }
