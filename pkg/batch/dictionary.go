package batch

import "encoding/binary"

// dictionary finds numbers by short texts, without making strings of them. It
// stays small, since there is one for every column and all of them should fit
// into the nearest cache; what it has no room for is not remembered.
type dictionary struct {
	table  []entry // a power of two of them, at least half of them free
	filled int
	long   []string // texts that head and tail do not say all of
}

const (
	firstPlaces = 16
	mostPlaces  = 512
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
	n := f.to - f.from
	mask := uint32(len(d.table) - 1)
	for at := mix(head, tail) & mask; int(at) < len(d.table); at = (at + 1) & mask {
		e := &d.table[at]
		if e.head == head && e.tail == tail && e.length == n && (n <= 16 || d.long[e.long] == string(text[f.from:f.to])) {
			return e.value, true
		}
		if e.length == 0 {
			break
		}
	}
	return 0, false
}

// ends are the first and the last eight bytes; of a shorter text, all of it
// twice. There is no branch on the length, which a processor cannot foresee.
func ends(text []byte, f field) (head, tail uint64) {
	keep := kept[min(f.to-f.from, 8)]
	head = binary.LittleEndian.Uint64(text[f.from:]) & keep
	tail = binary.LittleEndian.Uint64(text[max(f.from, f.to-8):]) & keep
	return head, tail
}

// kept masks the bytes of a word that belong to a text of so many bytes.
var kept = [9]uint64{0, 1<<8 - 1, 1<<16 - 1, 1<<24 - 1, 1<<32 - 1, 1<<40 - 1, 1<<48 - 1, 1<<56 - 1, 1<<64 - 1}

// mix spreads texts that differ in any byte over the table.
func mix(head, tail uint64) uint32 {
	return uint32((head ^ tail*0xc2b2ae3d27d4eb4f) * 0x9e3779b97f4a7c15 >> 40)
}

// put keeps a text that is not in the dictionary yet.
func (d *dictionary) put(s string, value int64) {
	if s == "" {
		return
	}
	if 2*(d.filled+1) > len(d.table) && !d.grow() {
		return
	}
	padded := make([]byte, len(s)+slack)
	copy(padded, s)
	e := entry{value: value, length: int32(len(s))}
	e.head, e.tail = ends(padded, field{0, e.length})
	if e.length > 16 {
		e.long = int32(len(d.long))
		d.long = append(d.long, s)
	}
	d.filled++
	d.place(e)
}

func (d *dictionary) place(e entry) {
	mask := uint32(len(d.table) - 1)
	at := mix(e.head, e.tail) & mask
	for d.table[at].length != 0 {
		at = (at + 1) & mask
	}
	d.table[at] = e
}

// grow doubles the table. It is false where it is as large as it may be.
func (d *dictionary) grow() bool {
	if len(d.table) >= mostPlaces {
		return false
	}
	old := d.table
	d.table = make([]entry, max(firstPlaces, 2*len(old)))
	for _, e := range old {
		if e.length != 0 {
			d.place(e)
		}
	}
	return true
}
