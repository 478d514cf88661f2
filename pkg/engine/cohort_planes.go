package engine

import (
	"encoding/binary"
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
)

// The columns of a cohort become planes eight lanes at a time. A code is below
// 128, so that eight of them stand in one word with room for a carry: what is
// at least a has its high bit set once 128-a is added.

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// atLeast is what to add to eight codes for those from a on to set their high
// bits.
func atLeast(a pack.Value) uint64 { return uint64(128-a) * ones }

// carried has the seats of the codes of which the high bit is set once more is
// added. It is written out so that all stays in registers.
func carried(column *[Lanes]uint8, more uint64) uint64 {
	plane := (binary.LittleEndian.Uint64(column[0:8]) + more) & highs >> 7
	plane |= (binary.LittleEndian.Uint64(column[8:16]) + more) & highs >> 6
	plane |= (binary.LittleEndian.Uint64(column[16:24]) + more) & highs >> 5
	plane |= (binary.LittleEndian.Uint64(column[24:32]) + more) & highs >> 4
	plane |= (binary.LittleEndian.Uint64(column[32:40]) + more) & highs >> 3
	plane |= (binary.LittleEndian.Uint64(column[40:48]) + more) & highs >> 2
	plane |= (binary.LittleEndian.Uint64(column[48:56]) + more) & highs >> 1
	return plane | (binary.LittleEndian.Uint64(column[56:64])+more)&highs
}

// codeReader reads a narrow column: for each of some codes, which answers are
// at least that.
type codeReader struct {
	column  *[Lanes]uint8
	beyond  uint64   // atLeast of the first code that is no answer
	atLeast []uint64 // of the codes
	first   int32    // the plane of the first code; the others follow
}

func (r *codeReader) read(planes []pair) {
	open := carried(r.column, r.beyond)
	out := planes[r.first:][:len(r.atLeast)]
	for i, more := range r.atLeast {
		is := carried(r.column, more)
		out[i] = pair{is, is &^ open} // no answer is greater than all
	}
}

// valueReader reads a wide column in the same way.
type valueReader struct {
	column   *[Lanes]pack.Value
	min, max pack.Value
	atLeast  []pack.Value
	first    int32
}

func (r *valueReader) read(planes []pair) {
	open := outside(r.column, r.min, r.max)
	out := planes[r.first:][:len(r.atLeast)]
	for i, from := range r.atLeast {
		less := uint64(0)
		for lane := range Lanes {
			less = less>>1 | uint64(r.column[lane]-from)&(1<<63)
		}
		is := ^seats(less)
		out[i] = pair{is | open, is &^ open}
	}
}

// outside are the seats of the values that are none of a domain. A missing
// answer is so small that subtracting from it turns it around.
func outside(column *[Lanes]pack.Value, min, max pack.Value) uint64 {
	out := uint64(0)
	for _, v := range column {
		_, in := bits.Sub64(uint64(v-min), uint64(max-min)+1, 0)
		out = out>>1 | (in^1)<<63
	}
	return seats(out)
}

// optionReader reads a multiple choice: for each of some options, where it is
// among those that are selected.
type optionReader struct {
	column *[Lanes]pack.Value
	max    pack.Value
	eights []eightOptions
	known  int32 // the plane of whether there is an answer
}

// eightOptions are those of eight following ones that are tested.
type eightOptions struct {
	shift   uint8
	options []uint8 // counted from shift
	first   int32
}

func (r *optionReader) read(planes []pair) {
	open := outside(r.column, 0, r.max)
	planes[r.known] = pair{^uint64(0), ^open}
	for i := range r.eights {
		e := &r.eights[i]
		var mask [Lanes]uint8
		for lane, v := range r.column {
			mask[lane] = uint8(v >> e.shift)
		}
		out := planes[e.first:][:len(e.options)]
		for k, option := range e.options {
			is := selected(&mask, option)
			out[k] = pair{is | open, is &^ open}
		}
	}
}

// selected has the seats of the bytes in which a bit is set.
func selected(mask *[Lanes]uint8, bit uint8) uint64 {
	bit &= 7
	plane := binary.LittleEndian.Uint64(mask[0:8]) >> bit & ones
	plane |= binary.LittleEndian.Uint64(mask[8:16]) >> bit & ones << 1
	plane |= binary.LittleEndian.Uint64(mask[16:24]) >> bit & ones << 2
	plane |= binary.LittleEndian.Uint64(mask[24:32]) >> bit & ones << 3
	plane |= binary.LittleEndian.Uint64(mask[32:40]) >> bit & ones << 4
	plane |= binary.LittleEndian.Uint64(mask[40:48]) >> bit & ones << 5
	plane |= binary.LittleEndian.Uint64(mask[48:56]) >> bit & ones << 6
	return plane | binary.LittleEndian.Uint64(mask[56:64])>>bit&ones<<7
}
