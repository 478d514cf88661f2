package engine

import (
	"encoding/binary"
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
)

// totalReader reads an instrument with items: the bounds of its total in each
// lane, and for each of some codes whether they are at least that. It says what
// instrument.total says, eight lanes at a time: no total is above 125.
type totalReader struct {
	of      *instrument
	column  *[Lanes]uint8 // of given totals
	beyond  uint64        // atLeast of the first code that is no total
	items   []itemColumn
	missing uint64 // atLeast of the first code that is no grade
	filled  uint64 // atLeast of so many missing items that they are not filled in
	atLeast []uint64
	first   int32

	lo, hi [Lanes]uint8
}

type itemColumn struct {
	column *[Lanes]uint8
	never  uint64 // all bits if a total without this item is not filled in
}

// eightSums is what is found of the items of eight lanes, a byte for each.
type eightSums struct {
	sum, missing uint64
	barred       uint64 // the high bit: one that is never filled in is missing
}

func (r *totalReader) read(planes []pair) {
	if r.noItems() {
		r.without()
	} else {
		for i := 0; i < Lanes; i += 8 {
			r.bound(i)
		}
	}
	out := planes[r.first:][:len(r.atLeast)]
	for i, more := range r.atLeast {
		out[i] = pair{carried(&r.hi, more), carried(&r.lo, more)}
	}
}

// noItems reports whether all items are missing in all lanes, as they are where
// none but totals are recorded.
func (r *totalReader) noItems() bool {
	missing := uint64(highs)
	for k := range r.items {
		column := r.items[k].column
		missing &= binary.LittleEndian.Uint64(column[0:8]) + r.missing
		missing &= binary.LittleEndian.Uint64(column[8:16]) + r.missing
		missing &= binary.LittleEndian.Uint64(column[16:24]) + r.missing
		missing &= binary.LittleEndian.Uint64(column[24:32]) + r.missing
		missing &= binary.LittleEndian.Uint64(column[32:40]) + r.missing
		missing &= binary.LittleEndian.Uint64(column[40:48]) + r.missing
		missing &= binary.LittleEndian.Uint64(column[48:56]) + r.missing
		missing &= binary.LittleEndian.Uint64(column[56:64]) + r.missing
	}
	return missing == highs
}

// without finds the bounds where there are no items.
func (r *totalReader) without() {
	highest := uint64(r.of.max) * ones
	for i := 0; i < Lanes; i += 8 {
		given := binary.LittleEndian.Uint64(r.column[i:])
		open := (given + r.beyond) & highs
		open -= open >> 7 // the lower bits of the bytes
		binary.LittleEndian.PutUint64(r.lo[i:], given&^open)
		binary.LittleEndian.PutUint64(r.hi[i:], given&^open|highest&open)
	}
}

// bound finds the bounds of eight lanes.
func (r *totalReader) bound(i int) {
	given := binary.LittleEndian.Uint64(r.column[i:])
	open := (given + r.beyond) & highs
	s := r.sum(i)
	all := open - open>>7 // the lower bits of the bytes
	lo := given&^all | s.sum&all
	hi := given&^all | (s.sum+s.missing*uint64(r.of.top))&all
	for fill := s.fillable(r.filled) & open; fill != 0; fill &= fill - 1 {
		at := bits.TrailingZeros64(fill) &^ 7
		is := uint64(r.of.filledIn(s.at(at)).lo) << at
		lo, hi = lo&^(0xff<<at)|is, hi&^(0xff<<at)|is
	}
	binary.LittleEndian.PutUint64(r.lo[i:], lo)
	binary.LittleEndian.PutUint64(r.hi[i:], hi)
}

func (r *totalReader) sum(i int) (s eightSums) {
	for k := range r.items {
		grades := binary.LittleEndian.Uint64(r.items[k].column[i:])
		missing := (grades + r.missing) & highs
		s.sum += grades &^ (missing - missing>>7)
		s.missing += missing >> 7
		s.barred |= missing & r.items[k].never
	}
	return s
}

// fillable has the high bit of each lane in which missing items are filled in.
func (s *eightSums) fillable(tooMany uint64) uint64 {
	some := s.missing + (128-1)*ones
	return some &^ (s.missing + tooMany) &^ s.barred & highs
}

// at is what was found of the lane whose byte begins at a bit.
func (s *eightSums) at(bit int) (sum, missing pack.Value) {
	return pack.Value(s.sum >> bit & 0xff), pack.Value(s.missing >> bit & 0xff)
}
