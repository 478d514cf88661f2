package batch

import "encoding/binary"

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

// entry is half a cache line.
type entry struct {
	head, tail uint64 // the first eight bytes, and the last
	value      int64
	length     int32 // 0: the place is free
	long       int32 // position among the long ones
}

// find returns the number of a field of the text, which has slack bytes behind
// it.
func (d *dictionary) find(text []byte, f field) (value int64, found bool) {
	head, tail := ends(text, f)
	e := d.at(head, tail)
	if n := f.to - f.from; e.head != head || e.tail != tail || e.length != n || n > 16 && d.long[e.long] != string(text[f.from:f.to]) {
		return 0, false
	}
	return e.value, true
}

// nothing is what is found in an empty dictionary.
var nothing = make([]entry, 1)

// at is the one place where a text can be.
func (d *dictionary) at(head, tail uint64) *entry {
	table := d.table
	if len(table) == 0 {
		table = nothing
	}
	return &table[d.place(head, tail)&uint64(len(table)-1)]
}

// is reports whether the place holds a text of so many bytes that head and
// tail say all of.
func (e *entry) is(head, tail uint64, length int32) bool {
	return e.head == head && e.tail == tail && e.length == length && length <= 16
}

// ends are the first and the last eight bytes; of a shorter text, all of it
// twice. There is no branch on the length, which a processor cannot foresee:
// min and max would be one.
func ends(text []byte, f field) (head, tail uint64) {
	more := f.to - f.from - 8
	short := more >> 31 // all bits set if the text is shorter than a word
	keep := kept[(8+more&short)&15]
	head = binary.LittleEndian.Uint64(text[f.from:]) & keep
	tail = binary.LittleEndian.Uint64(text[f.from+more&^short:]) & keep
	return head, tail
}

// kept masks the bytes of a word that belong to a text of so many bytes.
var kept = [16]uint64{0, 1<<8 - 1, 1<<16 - 1, 1<<24 - 1, 1<<32 - 1, 1<<40 - 1, 1<<48 - 1, 1<<56 - 1, 1<<64 - 1}

func (d *dictionary) place(head, tail uint64) uint64 {
	return (head ^ tail*0xc2b2ae3d27d4eb4f) * d.mixer >> 40
}

// put keeps a text that is not in the dictionary yet, if there is room.
func (d *dictionary) put(s string, value int64) {
	if s == "" || len(d.known) >= mostPlaces/4 || d.refused >= mostRefused {
		return
	}
	padded, long := make([]byte, len(s)+slack), len(d.long)
	copy(padded, s)
	e := entry{value: value, length: int32(len(s))}
	e.head, e.tail = ends(padded, field{0, e.length})
	if e.length > 16 {
		e.long = int32(len(d.long))
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
	for _, e := range d.known {
		at := &d.table[d.place(e.head, e.tail)&uint64(len(d.table)-1)]
		if at.length != 0 {
			return false
		}
		*at = e
	}
	return true
}
