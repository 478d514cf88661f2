package batch

import (
	"encoding/binary"
	"math/bits"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// dictionary finds numbers by short texts, without making strings of them. It
// stays small, since there is one for every column and all of them should fit
// into the nearest cache; what it has no room for is not remembered.
//
// No two texts share a place: a processor cannot foresee how many places it
// would have to look at. When a new text meets another one, all are mixed in
// another way until none do.
type dictionary struct {
	table []entry // a power of two of them
	mixer uint64
	shift uint // so that what is left of a product of 64 bits is a place
	known []entry
	long  []string // texts that head and tail do not say all of

	refused int // texts that met another one in every way
}

const (
	firstPlaces = 16
	mostPlaces  = 512
	mixers      = 32 // ways to mix that are tried before the table grows

	// Two long texts with the same ends always meet. To find that out takes
	// longer than to read a cell, and is not done for every record.
	mostRefused = 16
)

// entry is a text and what it stands for.
type entry struct {
	head, tail uint64 // see headAndTail
	value      int64
	length     uint16 // beyondShort if head and tail do not say all of the text
	long       int16  // position among the long ones
	code       uint8  // of the value in a narrow column of a cohort
	alone      int8   // -1 if the value is none of several: no option, or more than one
}

// aloneMask is 0 for one option of a multiple choice.
func aloneMask(value int64) int8 {
	if value > 0 && value&(value-1) == 0 {
		return 0
	}
	return -1
}

// find returns the number of a field of the text, which has slack bytes behind
// it.
func (d *dictionary) find(text []byte, f field) (value int64, found bool) {
	if f.to-f.from > mostShort {
		return d.findLong(text[f.from:f.to])
	}
	length := uint16(f.to - f.from)
	head, tail := headAndTail((*[mostShort]byte)(text[f.from:]), length)
	if e := d.at(head, tail); e.is(head, tail, length) {
		return e.value, true
	}
	return 0, false
}

// mostShort is how long a text may be of which head and tail say all, and
// beyondShort the length of none.
const (
	mostShort   = 16
	beyondShort = 1<<16 - 1
)

func (d *dictionary) findLong(text []byte) (value int64, found bool) {
	head, tail := endsOfLong(text)
	e := d.at(head, tail)
	if e.length == beyondShort && d.long[e.long] == string(text) {
		return e.value, true
	}
	return 0, false
}

// empty is what an empty text says: nothing. It has the first place of every
// dictionary, so that it is found like any other text.
var empty = entry{value: int64(pack.Missing), alone: -1, code: engine.CodeMissing}

// nothing is all that is found in an empty dictionary.
var nothing = []entry{empty}

// at is the one place where a text can be.
func (d *dictionary) at(head, tail uint64) *entry {
	table, mixer, shift := d.places()
	return &table[place(head, tail, mixer, shift)]
}

// places are all of them, and how texts are mixed to find theirs.
func (d *dictionary) places() (table []entry, mixer uint64, shift uint) {
	if len(d.table) == 0 {
		return nothing, 0, 0
	}
	return d.table, d.mixer, d.shift
}

// place is the number of the place where a text can be.
func place(head, tail, mixer uint64, shift uint) uint64 { return (head + tail) * mixer >> (shift & 63) }

// is reports whether the place holds a short text.
func (e *entry) is(head, tail uint64, length uint16) bool {
	return e.head == head && e.tail == tail && e.length == length
}

// headAndTail are the first eight bytes of a short text and those after them. What it
// does not have is 0. There is no branch on the length, which a processor
// cannot foresee. Of a longer text they say nothing.
func headAndTail(text *[mostShort]byte, length uint16) (head, tail uint64) {
	return binary.LittleEndian.Uint64(text[:8]) & keptOfHead[length&31], binary.LittleEndian.Uint64(text[8:]) & keptOfTail[length&31]
}

// These mask the bytes of two words that belong to a text of so many bytes.
var keptOfHead, keptOfTail = func() (head, tail [32]uint64) {
	for n := range head {
		head[n] = 1<<(8*min(n, 8)) - 1
		tail[n] = 1<<(8*max(0, n-8)) - 1
	}
	return head, tail
}()

// endsOfLong are the first and the last eight bytes.
func endsOfLong(text []byte) (head, tail uint64) {
	return binary.LittleEndian.Uint64(text), binary.LittleEndian.Uint64(text[len(text)-8:])
}

// put keeps a text that is not in the dictionary yet, if there is room.
func (d *dictionary) put(s string, value int64) { d.putCode(s, value, 0) }

// putCode is put for a value that stands as a code in a narrow column.
func (d *dictionary) putCode(s string, value int64, code uint8) {
	if s == "" || len(d.known) >= mostPlaces/4 || d.refused >= mostRefused {
		return
	}
	e, long := entry{value: value, alone: aloneMask(value), code: code, length: beyondShort}, len(d.long)
	if len(s) <= mostShort {
		var padded [mostShort]byte
		copy(padded[:], s)
		e.length = uint16(len(s))
		e.head, e.tail = headAndTail(&padded, e.length)
	} else {
		e.head, e.tail = endsOfLong([]byte(s))
		e.long = int16(long)
		d.long = append(d.long, s)
	}
	d.known = append(d.known, e)
	for size := max(firstPlaces, len(d.table)); size <= mostPlaces; size *= 2 {
		if d.arrange(size) {
			return
		}
	}
	d.known = d.known[:len(d.known)-1]
	d.long = d.long[:long]
	d.refused++
	d.arrange(len(d.table))
}

// arrange looks for a way to mix in which no two texts meet.
func (d *dictionary) arrange(size int) bool {
	if len(d.table) != size {
		d.table = make([]entry, size)
	}
	d.shift = uint(64 - bits.TrailingZeros(uint(size)))
	d.mixer = 0x9e3779b97f4a7c15
	for range mixers {
		if d.spread() {
			return true
		}
		d.mixer = d.mixer*0xbf58476d1ce4e5b9 | 1
	}
	return false
}

func (d *dictionary) spread() bool {
	clear(d.table)
	d.table[0] = empty
	for _, e := range d.known {
		at := place(e.head, e.tail, d.mixer, d.shift)
		if at == 0 || d.table[at].length != 0 {
			return false
		}
		d.table[at] = e
	}
	return true
}
