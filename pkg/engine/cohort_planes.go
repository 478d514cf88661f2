package engine

import (
	"encoding/binary"

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

// scaleReader is a codeReader for a column of at most maxScale answers, as most
// are. The lower three bits of a code are then enough, those of no answer being
// 6 and 7, and sixteen of them stand in a word.
type scaleReader codeReader

const maxScale = 6

// atLeastOfScale is atLeast for the codes of a scale.
func atLeastOfScale(a pack.Value) uint64 { return uint64(8-a) * (ones | ones<<4) }

// read is written out so that the codes stay in registers. Lanes that are four
// words apart share a byte, and have the seats that they have elsewhere.
func (r *scaleReader) read(planes []pair) {
	const low = 7 * ones
	w0 := binary.LittleEndian.Uint64(r.column[0:8])&low | binary.LittleEndian.Uint64(r.column[32:40])&low<<4
	w1 := binary.LittleEndian.Uint64(r.column[8:16])&low | binary.LittleEndian.Uint64(r.column[40:48])&low<<4
	w2 := binary.LittleEndian.Uint64(r.column[16:24])&low | binary.LittleEndian.Uint64(r.column[48:56])&low<<4
	w3 := binary.LittleEndian.Uint64(r.column[24:32])&low | binary.LittleEndian.Uint64(r.column[56:64])&low<<4
	const high = 0x8888888888888888
	open := (w0+r.beyond)&high>>3 | (w1+r.beyond)&high>>2 | (w2+r.beyond)&high>>1 | (w3+r.beyond)&high
	out := planes[r.first:][:len(r.atLeast)]
	for i, more := range r.atLeast {
		is := (w0+more)&high>>3 | (w1+more)&high>>2 | (w2+more)&high>>1 | (w3+more)&high
		out[i] = pair{is, is &^ open}
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

// outside are the seats of the values that are none of a domain: the distance
// to one of its bounds is negative, or what it becomes by turning around.
func outside(column *[Lanes]pack.Value, min, max pack.Value) uint64 {
	out := uint64(0)
	for _, v := range column {
		out = out>>1 | uint64(v-min|(max-v))&(1<<63)
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
		selected := eightBits(r.column, e.shift)
		out := planes[e.first:][:len(e.options)]
		for k, option := range e.options {
			is := having(&selected, option)
			out[k] = pair{is | open, is &^ open}
		}
	}
}

// eightBits returns the eight bits from one on of each value, eight lanes in a
// word.
func eightBits(column *[Lanes]pack.Value, shift uint8) (words [8]uint64) {
	shift &= 63
	for i := range words {
		v := (*[8]pack.Value)(column[8*i:])
		words[i] = uint64(uint8(v[0]>>shift)) | uint64(uint8(v[1]>>shift))<<8 | uint64(uint8(v[2]>>shift))<<16 | uint64(uint8(v[3]>>shift))<<24 |
			uint64(uint8(v[4]>>shift))<<32 | uint64(uint8(v[5]>>shift))<<40 | uint64(uint8(v[6]>>shift))<<48 | uint64(uint8(v[7]>>shift))<<56
	}
	return words
}

// having has the seats of the bytes in which a bit is set.
func having(words *[8]uint64, bit uint8) uint64 {
	bit &= 7
	return words[0]>>bit&ones | words[1]>>bit&ones<<1 | words[2]>>bit&ones<<2 | words[3]>>bit&ones<<3 |
		words[4]>>bit&ones<<4 | words[5]>>bit&ones<<5 | words[6]>>bit&ones<<6 | words[7]>>bit&ones<<7
}
