package engine

import "math/bits"

// Two coupled answers with at most eight classes each, which is what most
// coupled answers are, fit into one word: a byte for each class of the first,
// and in it a bit for each class of the second. Here, too, numbers that no class
// has stand for the first one again.

const (
	eachByte = 0x0101010101010101
	diagonal = 0x8040201008040201 // of each byte the bit with its number
	highBits = 0x8080808080808080
)

// ofFirst returns the bytes of some classes of the first answer.
func ofFirst(classes uint64) uint64 {
	one := classes * eachByte & diagonal // in each byte at most one bit
	return (one + (highBits - eachByte)) & highBits >> 7 * 0xff
}

// ofSecond returns the bits of some classes of the second answer.
func ofSecond(classes uint64) uint64 { return classes * eachByte }

// eight lets the numbers that none of the classes has stand for the first one.
func (s *openSlot) eight(classes uint64) uint64 {
	return classes | ^s.full&0xff&-(classes&1)
}

// pairWord returns the combinations in which a term with two tests holds, and 0
// if it has no word.
func (f *few) pairWord(t []test) uint64 {
	if len(t) != 2 || f.slots[t[0].of].full > 0xff || f.slots[t[1].of].full > 0xff {
		return 0
	}
	if t[0].of > t[1].of {
		t[0], t[1] = t[1], t[0]
	}
	return ofFirst(f.slots[t[0].of].eight(t[0].set)) & ofSecond(f.slots[t[1].of].eight(t[1].set))
}

// lookAtPair is look for two answers.
func (j *joint) lookAtPair(f *few, floor int) (possible, differs uint64, least int) {
	a, b := bits.TrailingZeros64(j.slots)&63, 63-bits.LeadingZeros64(j.slots)
	first, second, byFirst, bySecond := &f.slots[a], &f.slots[b], &f.now[a], &f.now[b]
	argued, onFirst, onSecond := uint64(0), uint64(0), uint64(0)
	for l := f.top; l > floor; l-- {
		before := argued
		argued |= ofFirst(first.eight(byFirst[l])) | ofSecond(second.eight(bySecond[l])) | j.pairs[l]
		possible |= some(argued^before) << l
		if argued == ^uint64(0) {
			floor = l
			break
		}
		onFirst |= argued ^ bits.RotateLeft64(argued, 8)
		onSecond |= (argued ^ argued>>1) &^ highBits
	}
	return possible, some(onFirst)<<a | some(onSecond)<<b, floor
}
