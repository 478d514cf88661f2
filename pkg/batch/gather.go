package batch

import (
	"bytes"
	"encoding/binary"
	"math/bits"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
)

// window is a piece of a chunk in which records are looked at together. As long
// as places in it are numbers of two bytes, none is out of its bounds, and the
// compiler knows it.
type window [windowSize + mostShort]byte

// windowSize is less than the greatest number of two bytes, so that no field in
// a window is as long as beyondShort.
const windowSize = 1<<16 - 1

// ends are where the fields of a column end, by lane.
type ends [engine.Lanes]uint16

// oddRecord is a record that is none, that has no field for each column, or that
// is too long for the window. In its place are empty fields.
type oddRecord struct {
	wrong  *problem
	fields []field
}

// gather reads the next records, as many as a cohort and the window have room
// for, and returns how many: none at the end of the chunk. They are to have so
// many columns.
func (f *fields) gather(columns int) (n int) {
	if len(f.ends) < 1+columns+tooMany {
		f.ends = make([]ends, 1+columns+tooMany)
	}
	f.base = f.pos
	for n < engine.Lanes && f.pos < f.end && f.pos-f.base <= windowSize/2 {
		f.odd[n] = nil
		f.lines[n] = f.next
		if f.quotes || f.long || !f.plain(n, columns) {
			wrong, ok := f.read()
			if !ok {
				break
			}
			f.lines[n] = f.line
			f.odd[n] = f.place(n, columns, wrong)
		}
		n++
	}
	f.window = (*window)(f.text[f.base:])
	return n
}

// place puts the record that was read into its lane, unless it is odd. Where
// there were quotes its fields move together.
func (f *fields) place(lane, columns int, wrong *problem) *oddRecord {
	if wrong != nil || len(f.record) != columns || f.pos-f.base > windowSize {
		for i := range f.ends[:1+columns] {
			f.ends[i][lane] = uint16(i) - 1
		}
		return &oddRecord{wrong, slices.Clone(f.record)}
	}
	at := f.record[0].from
	f.ends[0][lane] = uint16(at-int32(f.base)) - 1
	for i, x := range f.record {
		if x.from > at {
			copy(f.text[at:], f.text[x.from:x.to])
		}
		at += x.to - x.from
		f.ends[1+i][lane] = uint16(at - int32(f.base))
		at++
	}
	return nil
}

// at is a field of a record that gather read.
func (f *fields) at(lane, column int) field {
	if odd := f.odd[lane]; odd != nil {
		return odd.fields[column]
	}
	from, to := f.ends[column][lane]+1, f.ends[1+column][lane]
	return field{int32(f.base) + int32(from), int32(f.base) + int32(to)}
}

// plain reads a record of a chunk without quotes that has a field for each
// column. It is false, and has read nothing, where the next one is none.
func (f *fields) plain(lane, columns int) bool {
	text, pos := f.text, f.pos
	stop := pos + bytes.IndexByte(text[pos:f.end], '\n')
	if stop-f.base >= windowSize {
		return false
	}
	f.ends[0][lane] = uint16(pos-f.base) - 1
	k, pattern := 0, uint64(f.comma)*ones
	for at := pos; at < stop; at += 64 {
		marks := same((*[64]byte)(text[at:]), pattern)
		if left := stop - at; left < 64 {
			marks &= 1<<left - 1
		}
		n := bits.OnesCount64(marks)
		if k+n >= columns {
			return false
		}
		spread(f.ends[1+k:], lane&(engine.Lanes-1), n, marks, uint16(at-f.base))
		k += n
	}
	to := stop
	if to > pos && text[to-1] == '\r' {
		to--
	}
	if k != columns-1 || k == 0 && pos == to {
		return false
	}
	f.ends[columns][lane] = uint16(to - f.base)
	f.pos = stop + 1
	f.next++
	return true
}

// spread writes down n ends of fields, which are where marks are set. It writes
// four at a time, whether they are there or not: how many there are is what a
// processor cannot foresee.
func spread(to []ends, lane, n int, marks uint64, at uint16) {
	for ; n > 0; n -= 4 {
		four := (*[4]ends)(to)
		four[0][lane&63] = at + uint16(bits.TrailingZeros64(marks))
		marks &= marks - 1
		four[1][lane&63] = at + uint16(bits.TrailingZeros64(marks))
		marks &= marks - 1
		four[2][lane&63] = at + uint16(bits.TrailingZeros64(marks))
		marks &= marks - 1
		four[3][lane&63] = at + uint16(bits.TrailingZeros64(marks))
		marks &= marks - 1
		to = to[4:]
	}
}

// tooMany is how many ends may be written down that are none.
const tooMany = 4

// same marks those of 64 bytes that the pattern repeats, the first by the lowest
// bit. It is written out so that all stays in registers.
func same(text *[64]byte, pattern uint64) (marks uint64) {
	const rest = ^uint64(highs)
	w0 := binary.LittleEndian.Uint64(text[0:8]) ^ pattern
	w1 := binary.LittleEndian.Uint64(text[8:16]) ^ pattern
	w2 := binary.LittleEndian.Uint64(text[16:24]) ^ pattern
	w3 := binary.LittleEndian.Uint64(text[24:32]) ^ pattern
	w4 := binary.LittleEndian.Uint64(text[32:40]) ^ pattern
	w5 := binary.LittleEndian.Uint64(text[40:48]) ^ pattern
	w6 := binary.LittleEndian.Uint64(text[48:56]) ^ pattern
	w7 := binary.LittleEndian.Uint64(text[56:64]) ^ pattern
	other := (w0&rest + rest | w0) & highs >> 7
	other |= (w1&rest + rest | w1) & highs >> 6
	other |= (w2&rest + rest | w2) & highs >> 5
	other |= (w3&rest + rest | w3) & highs >> 4
	other |= (w4&rest + rest | w4) & highs >> 3
	other |= (w5&rest + rest | w5) & highs >> 2
	other |= (w6&rest + rest | w6) & highs >> 1
	other |= (w7&rest + rest | w7) & highs
	return ^turned(other)
}

// turned turns eight bytes of eight bits: bit i of byte j becomes bit j of byte
// i.
func turned(x uint64) uint64 {
	t := (x ^ x>>7) & 0x00aa00aa00aa00aa
	x ^= t ^ t<<7
	t = (x ^ x>>14) & 0x0000cccc0000cccc
	x ^= t ^ t<<14
	t = (x ^ x>>28) & 0x00000000f0f0f0f0
	return x ^ t ^ t<<28
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080

	// gather brings the lowest bits of eight bytes together in the highest byte.
	gather = 0x0102040810204080
)
