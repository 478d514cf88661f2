package batch

import "encoding/binary"

// dictionary finds numbers by short texts, without making strings of them.
// Once it is three quarters full it takes no more.
type dictionary struct {
	table  [dictionaryPlaces]entry
	filled int
}

const (
	dictionaryPlaces = 128 // a power of two
	tries            = 8   // places that are looked at for one text
)

type entry struct {
	head, tail uint64 // the first eight bytes, and the last
	length     int32  // 0: the place is free
	value      int64
	text       string // only looked at where head and tail do not say it all
}

// find returns the number of a field of the text, which has slack bytes behind
// it; or the place where it would stand, -1 if there is none.
func (d *dictionary) find(text []byte, f field) (value int64, place int, found bool) {
	n := f.to - f.from
	head, tail := ends(text, f)
	at := mix(head, tail, n)
	for range tries {
		e := &d.table[at]
		if e.length == 0 {
			return 0, int(at), false
		}
		if e.head == head && e.tail == tail && e.length == n && (n <= 16 || e.text == string(text[f.from:f.to])) {
			return e.value, int(at), true
		}
		at = (at + 1) % dictionaryPlaces
	}
	return 0, -1, false
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
func mix(head, tail uint64, n int32) uint32 {
	h := head*0x9e3779b97f4a7c15 ^ tail*0xc2b2ae3d27d4eb4f
	return uint32(h>>40^uint64(n)) % dictionaryPlaces
}

// put keeps a text at the place that find gave for it.
func (d *dictionary) put(place int, s string, value int64) {
	if place < 0 || d.filled >= dictionaryPlaces*3/4 || s == "" {
		return
	}
	padded := make([]byte, len(s)+slack)
	copy(padded, s)
	f := field{0, int32(len(s))}
	head, tail := ends(padded, f)
	d.filled++
	d.table[place] = entry{head, tail, f.to, value, s}
}

// add is put for a text that was not looked for.
func (d *dictionary) add(s string, value int64) {
	padded := make([]byte, len(s)+slack)
	copy(padded, s)
	if _, place, found := d.find(padded, field{0, int32(len(s))}); !found {
		d.put(place, s, value)
	}
}
