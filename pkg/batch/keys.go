package batch

import (
	"encoding/binary"

	"github.com/carelevel/carelevel/pkg/pack"
)

// key is one that was read, and what came behind it: the records of a file have
// the same keys in the same order nearly always.
//
// Its text is all that was between the value before it and its own value, as it
// was written: a comma or, for the first key of an object, the brace, then the
// key in quotes and the colon, and blanks anywhere. The same bytes in the same
// place of the grammar mean the same, so that they need not be read again. That
// is why there are two keys for each name: one opens an object and follows its
// beginning alone, and the other follows values alone.
type key struct {
	text, mask [keyWords]uint64 // bytes behind its end are 0
	length     int              // of the text
	what       int              // a slot, or a key that is no question
	next       [2]*key          // the one that came behind it first, and the last other one
	heard      *heard           // nil if it is no question
}

// keyWords is the room for a key's text. It does for the longest keys of the
// shipped packs with a blank here and there; a longer text is read each time.
const keyWords = 3

// noKey is expected where nothing is known yet. No text is its.
var noKey = &key{text: [keyWords]uint64{1}}

// is reports whether text that begins with these words begins with the key's.
func (k *key) is(w0, w1, w2 uint64) bool {
	return (w0&k.mask[0]^k.text[0])|(w1&k.mask[1]^k.text[1])|(w2&k.mask[2]^k.text[2]) == 0
}

// keyOrder has the keys that may stand in a line, and what was seen of their order.
type keyOrder struct {
	top, answers *key // the beginnings of the objects, which the first keys follow
	opening      []key
	other        []key
}

func newKeyOrder(p *pack.Pack, all []heard) keyOrder {
	none := [2]*key{noKey, noKey}
	o := keyOrder{top: &key{next: none}, answers: &key{next: none}}
	for _, list := range []*[]key{&o.opening, &o.other} {
		for what := placedKey; what < len(p.Slots); what++ {
			k := key{what: what, next: none}
			if what >= 0 {
				k.heard = &all[what]
			}
			*list = append(*list, k)
		}
	}
	return o
}

// opens reports whether an object begins behind k, and not another key.
func (o *keyOrder) opens(k *key) bool { return k == o.top || k == o.answers }

// learn notes that a key came behind k, and the text that stands for it.
func (o *keyOrder) learn(k *key, what int64, text []byte) *key {
	n := &o.other[what-placedKey]
	if o.opens(k) {
		n = &o.opening[what-placedKey]
	}
	if !n.spell(text) {
		return n
	}
	switch {
	case k.next[0] == n || k.next[1] == n:
	case k.next[0] == noKey:
		k.next[0] = n
	default:
		k.next[1] = n
	}
	return n
}

// spell notes how a key is written, if there is room for that.
func (k *key) spell(text []byte) bool {
	if len(text) > 8*keyWords {
		return false
	}
	var padded, mask [8 * keyWords]byte
	copy(padded[:], text)
	for i := range text {
		mask[i] = 0xff
	}
	for i := range k.text {
		k.text[i] = binary.LittleEndian.Uint64(padded[8*i:])
		k.mask[i] = binary.LittleEndian.Uint64(mask[8*i:])
	}
	k.length = len(text)
	return true
}
