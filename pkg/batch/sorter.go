package batch

import (
	"cmp"
	"encoding/binary"
	"errors"
	"iter"
	"math"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// sorter holds all records of a file in few bytes each, and gives them back
// sorted: by person and date, and where both are the same in the order of the
// file. An answer takes as many bytes as its question has answers for; ids are
// kept once.
type sorter struct {
	p      *pack.Pack
	widths []int // by slot, in bytes
	size   int   // of a record
	blocks [][]byte
	keys   []sortKey
	ids    []string // without an id: ""
	at     map[string]uint32
	levels map[string]byte       // from 1
	odd    map[uint32]assessment // records with more than answers, by number
	last   string
	lastAt uint32
}

// sortKey is what a record is sorted by.
type sortKey struct {
	person uint32
	day    int32
	number uint32 // of the record, in the order of the file
}

// recordsPerBlock is for how many records room is made at once.
const recordsPerBlock = 1 << 13

// besides is what a record takes beside its answers: the line and the level.
const besides = 8 + 1

func newSorter(p *pack.Pack) *sorter {
	s := &sorter{p: p, size: besides, at: map[string]uint32{}, levels: map[string]byte{}, odd: map[uint32]assessment{}}
	for i := range p.Slots {
		of := &p.Slots[i]
		width := 8
		for _, w := range []int{1, 2, 4} {
			if uint64(of.Max-of.Min) < 1<<(8*w)-2 {
				width = w
				break
			}
		}
		s.widths = append(s.widths, width)
		s.size += width
	}
	for i, l := range p.Levels {
		s.levels[l.ID] = byte(i + 1)
	}
	return s
}

var errTooManyToSort = errors.New("there are too many records to sort them here; sort the file by person and date first")

func (s *sorter) add(records []assessment) error {
	for i := range records {
		k := &records[i]
		if len(s.keys) == math.MaxUint32 {
			return errTooManyToSort
		}
		number := uint32(len(s.keys))
		s.keys = append(s.keys, sortKey{s.person(k.id), int32(k.day), number})
		s.write(number, k)
		if len(k.errors) > 0 || k.sheet != nil {
			odd := *k
			odd.answers = nil // they are packed
			s.odd[number] = odd
		}
	}
	return nil
}

// person returns the number of an id.
func (s *sorter) person(id string) uint32 {
	if len(s.ids) > 0 && id == s.last {
		return s.lastAt
	}
	at, known := s.at[id]
	if !known {
		at = uint32(len(s.ids))
		id = strings.Clone(id)
		s.ids = append(s.ids, id)
		s.at[id] = at
	}
	s.last, s.lastAt = id, at
	return at
}

// write packs a record. Missing and NotAssessed stand before a slot's least
// value; what lies outside of its domain is none, as the engine has it.
func (s *sorter) write(number uint32, k *assessment) {
	if number%recordsPerBlock == 0 {
		s.blocks = append(s.blocks, make([]byte, recordsPerBlock*s.size))
	}
	b := s.record(number)
	binary.LittleEndian.PutUint64(b, uint64(k.line))
	b[8] = s.levels[k.placed]
	b = b[besides:]
	for i, v := range k.answers {
		of := &s.p.Slots[i]
		packed := uint64(0)
		switch {
		case v == pack.NotAssessed:
			packed = 1
		case v.Known() && of.Min <= v && v <= of.Max:
			packed = uint64(v-of.Min) + 2
		}
		put(b[:s.widths[i]], packed)
		b = b[s.widths[i]:]
	}
}

func (s *sorter) record(number uint32) []byte {
	at := int(number%recordsPerBlock) * s.size
	return s.blocks[number/recordsPerBlock][at : at+s.size]
}

func put(b []byte, v uint64) {
	for i := range b {
		b[i] = byte(v >> (8 * i))
	}
}

func get(b []byte) (v uint64) {
	for i := range b {
		v |= uint64(b[i]) << (8 * i)
	}
	return v
}

// read unpacks a record.
func (s *sorter) read(key sortKey, a pack.Answers) assessment {
	b := s.record(key.number)
	k, odd := s.odd[key.number]
	if !odd {
		k = assessment{line: int(binary.LittleEndian.Uint64(b)), id: s.ids[key.person], day: int(key.day), date: review.Date(int(key.day))}
		if b[8] > 0 {
			k.placed = s.p.Levels[b[8]-1].ID
		}
	}
	if len(k.errors) > 0 {
		return k
	}
	k.answers = a
	b = b[besides:]
	for i, width := range s.widths {
		switch packed := get(b[:width]); packed {
		case 0:
			a[i] = pack.Missing
		case 1:
			a[i] = pack.NotAssessed
		default:
			a[i] = pack.Value(packed-2) + s.p.Slots[i].Min
		}
		b = b[width:]
	}
	return k
}

// all sorts the records and returns them in order. Ids are compared as numbers
// if all of them are whole ones.
func (s *sorter) all() iter.Seq[assessment] {
	s.sort()
	return func(yield func(assessment) bool) {
		var slab pack.Answers
		n := len(s.widths)
		for _, key := range s.keys {
			if len(slab) < n {
				slab = make(pack.Answers, roomFor*n)
			}
			if !yield(s.read(key, slab[:n:n])) {
				return
			}
			slab = slab[n:]
		}
	}
}

func (s *sorter) sort() {
	compare := compareWhole
	byRank := make([]uint32, 0, len(s.ids))
	for i, id := range s.ids {
		if id != "" && !isWhole(id) {
			compare = strings.Compare
		}
		byRank = append(byRank, uint32(i))
	}
	s.at = nil // not looked at any more
	slices.SortFunc(byRank, func(a, b uint32) int { return compare(s.ids[a], s.ids[b]) })
	rank := make([]uint32, len(s.ids))
	for r, i := range byRank {
		rank[i] = uint32(r)
	}
	slices.SortFunc(s.keys, func(a, b sortKey) int {
		return cmp.Or(cmp.Compare(rank[a.person], rank[b.person]), cmp.Compare(a.day, b.day), cmp.Compare(a.number, b.number))
	})
}
