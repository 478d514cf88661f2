package batch

import (
	"encoding/binary"
	"math/bits"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// heard is what short values of one question say. It has only what was read by
// the careful way before, as strings without escapes and as numbers of JSON: in
// what is found here there is nothing that must not be there.
type heard struct {
	record  int64       // that answered the question last
	many    bool        // a list of options may be the answer
	texts   *dictionary // of the question's cells
	numbers *[128]pack.Value

	// Where answers are noted: codes, which are values less the least, or values.
	narrow *[engine.Lanes]uint8
	wide   *[engine.Lanes]pack.Value
	least  pack.Value
}

// unheard is what a number says that was not read yet. No number says it.
const unheard = pack.Missing

var nothingHeard = unheardNumbers()

func unheardNumbers() *[128]pack.Value {
	var n [128]pack.Value
	for i := range n {
		n[i] = unheard
	}
	return &n
}

// hear lets the questions know the texts of their cells, and their columns.
func (o *objects) hear(all []cells) {
	for i := range all {
		h, c := &o.heard[i], &all[i]
		h.texts, h.least = &c.known, c.p.Slots[c.slot].Min
		h.narrow, h.wide = c.cohort.Narrow(c.slot), c.cohort.Wide(c.slot)
	}
}

// windowOfValue is what may be looked at of a value: a short string with its
// quotes, and more, so that a place of five bits behind the first is always in it.
const windowOfValue = 33

// short returns head and tail of a string up to the quote that closes it, and how
// many bytes there are: mostShort if that is not among them. There is no branch
// on where it is, which a processor cannot foresee.
func short(w0, w1, quotes0, quotes1 uint64) (head, tail uint64, length int) {
	none := uint64(int64(^quotes0&(quotes0-1)) >> 63) // all bits set if there is no quote in the first word
	noneAtAll := uint64(int64(^quotes1&(quotes1-1)) >> 63)
	length = (bits.TrailingZeros64(quotes0) + bits.TrailingZeros64(quotes1)&int(none)) >> 3
	return w0 & ((quotes0^(quotes0-1))>>8 | none), w1 & ((quotes1^(quotes1-1))>>8 | noneAtAll) & none, length
}

// twoWords returns the first bytes of a string, and marks for the quotes among
// them, the lowest of each word being exact.
func twoWords(t *[windowOfValue - 1]byte) (w0, w1, quotes0, quotes1 uint64) {
	w0, w1 = binary.LittleEndian.Uint64(t[:8]), binary.LittleEndian.Uint64(t[8:mostShort])
	return w0, w1, zeros(w0 ^ quotes), zeros(w1 ^ quotes)
}

const quotes = '"' * ones

// zeros has the high bit of each byte that is 0, exactly for the lowest one;
// bytes above it may be marked wrongly, if they are 1.
func zeros(w uint64) uint64 { return (w - ones) &^ w & highs }

// smallNumber returns a place for each number of one or two digits, the first of
// which is given, and how many it has.
func smallNumber(first uint64, t *[windowOfValue]byte) (place uint64, n int) {
	second := uint64(t[1] - '0')
	two := (second - 10) >> 63
	return (first + (10+9*first+second)&-two) & 127, 1 + int(two)
}

// options reads a list of options that were read before, each of them once, and
// returns how many bytes it has.
func (s *heard) options(text []byte, from int) (mask pack.Value, n int, ok bool) {
	at := from + 1
	if !s.many || text[from] != '[' {
		return 0, 0, false
	}
	if text[at] == ']' {
		return 0, 2, true // none of them
	}
	for text[at] == '"' {
		t := (*[windowOfValue - 1]byte)(text[at+1:])
		head, tail, length := short(twoWords(t))
		e := s.texts.at(head, tail)
		v := pack.Value(e.value)
		if !e.is(head, tail, uint16(length)) || t[length&31] != '"' || e.alone != 0 || mask&v != 0 {
			break
		}
		mask |= v
		switch at += length + 2; text[at] {
		case ']':
			return mask, at + 1 - from, true
		case ',':
			if at++; text[at] == ' ' {
				at++
			}
		}
	}
	return 0, 0, false
}

// learn remembers what a number says, if it is one of one or two digits.
func (s *heard) learn(text []byte, v pack.Value) {
	first := text[0] - '0'
	if first > 9 || len(text) > 2 || !v.Known() {
		return
	}
	if s.numbers == nothingHeard {
		s.numbers = unheardNumbers()
	}
	var t [windowOfValue]byte
	copy(t[:], text)
	place, _ := smallNumber(uint64(first), &t)
	s.numbers[place] = v
}
