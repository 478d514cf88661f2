package batch

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
)

// field is where a field stands in its chunk.
type field struct{ from, to int32 }

// fields reads the records of one chunk as encoding/csv does: quotes around
// fields, doubled inside of them, line breaks in them; empty lines left out.
// Text in quotes is mended in place, so that a field is always a piece of the
// chunk.
//
// Two things are otherwise than there, and lose nothing. A quote that is not
// closed within maxRecord bytes makes its first line a record in error, and the
// next line is read as any other; encoding/csv takes all of the file for that
// record. And a line of more than maxRecord bytes is a record in error.
type fields struct {
	text   []byte // with slack bytes behind it that may be read
	end    int    // of the text
	pos    int
	line   int // of the record that was read last
	next   int // of the one after it
	comma  byte
	quotes bool // whether there are any in the chunk
	long   bool // there is no record, for the line is too long
	record []field

	// What gather read: the records of up to engine.Lanes lanes, by places in a
	// window of the text. A field begins behind the end of the one before it, and
	// the first one behind where the end of one before it would be.
	window *window
	base   int // where it begins
	ends   []ends
	lines  [engine.Lanes]int
	odd    [engine.Lanes]*oddRecord // nil for one whose fields are in the window
}

// window is a piece of a chunk in which records are looked at together. As long
// as places in it are numbers of two bytes, none is out of its bounds, and the
// compiler knows it.
type window [windowSize + mostShort]byte

const windowSize = 1 << 16

// ends are where the fields of a column end, by lane.
type ends [engine.Lanes]uint16

// oddRecord is a record that is none, that has no field for each column, or that
// is too long for the window. In its place are empty fields.
type oddRecord struct {
	wrong  *problem
	fields []field
}

func newFields(c *chunk, comma byte) fields {
	return fields{text: c.buffer, end: len(c.text), line: c.line, next: c.line, comma: comma,
		quotes: bytes.IndexByte(c.text, '"') >= 0, long: c.long}
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080

	// gather brings the lowest bits of eight bytes together in the highest byte.
	gather = 0x0102040810204080
)

// problem of a record, if it is none.
type problem struct {
	code, text string
	column     int // from 1; 0 if it is about all of the record
}

// tooLong says that a line is no record.
func tooLong() *problem {
	return &problem{code: "record-long", text: fmt.Sprintf("the line has more than %d bytes, which no record has", maxRecord)}
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

// read reads the next record, however many fields it has. It is false at the end
// of the chunk.
func (f *fields) read() (wrong *problem, ok bool) {
	for f.pos < f.end {
		f.record = f.record[:0]
		f.line = f.next
		if f.long {
			f.pos = f.end
			wrong = tooLong()
		} else {
			wrong = f.careful()
		}
		if wrong != nil || len(f.record) != 1 || f.record[0].from != f.record[0].to || f.text[f.record[0].from] == '"' {
			return wrong, true
		}
	}
	return nil, false
}

// endRecord ends the record before the line break at at.
func (f *fields) endRecord(from, at int) {
	to := at
	if to > from && f.text[to-1] == '\r' {
		to--
	}
	f.record = append(f.record, field{int32(from), int32(to)})
	f.pos = at + 1
	f.next++
}

// careful reads a record byte by byte.
func (f *fields) careful() *problem {
	for {
		from := f.pos
		if f.text[from] != '"' {
			at := from
			bare := false
			for f.text[at] != f.comma && f.text[at] != '\n' {
				bare = bare || f.text[at] == '"'
				at++
			}
			if bare {
				f.skipLine(at)
				return &problem{"quote", "a quote in a field that does not begin with one", f.column()}
			}
			if f.text[at] == '\n' {
				f.endRecord(from, at)
				return nil
			}
			f.record = append(f.record, field{int32(from), int32(at)})
			f.pos = at + 1
			continue
		}
		if ended, wrong := f.quoted(); ended || wrong != nil {
			return wrong
		}
	}
}

// quoted reads a field in quotes, and says whether the record ends with it.
func (f *fields) quoted() (ended bool, wrong *problem) {
	to := f.pos + 1 // where the mended text ends
	from := to
	for at := to; at < f.end; at++ {
		switch b := f.text[at]; {
		case b == '"' && f.text[at+1] == '"':
			at++
			f.text[to] = '"'
			to++
		case b == '"':
			return f.closed(from, to, at+1)
		case b == '\r' && f.text[at+1] == '\n':
			// As encoding/csv has it: a line break is one character.
		default:
			if b == '\n' {
				f.next++
			}
			f.text[to] = b
			to++
		}
	}
	f.pos = f.end
	return true, &problem{"quote", "a quote that is not closed", f.column()}
}

// column is the one that is being read, from 1.
func (f *fields) column() int { return len(f.record) + 1 }

// closed goes on behind the closing quote.
func (f *fields) closed(from, to, at int) (ended bool, wrong *problem) {
	if f.text[at] == '\r' && f.text[at+1] == '\n' {
		at++
	}
	switch f.text[at] {
	case f.comma:
		f.record = append(f.record, field{int32(from), int32(to)})
		f.pos = at + 1
		return false, nil
	case '\n':
		f.record = append(f.record, field{int32(from), int32(to)})
		f.pos = at + 1
		f.next++
		return true, nil
	}
	column := f.column()
	f.skipLine(at)
	return true, &problem{"quote", "text behind a closing quote; a quote inside of quotes is written twice", column}
}

// skipLine goes on with the next line.
func (f *fields) skipLine(at int) {
	for f.text[at] != '\n' {
		at++
	}
	f.pos = at + 1
	f.next++
}
