package batch

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"math/bits"
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
	beyond uint64 // see low
	quotes bool   // whether there are any in the chunk
	long   bool   // there is no record, for the line is too long
	block  int    // the 64 bytes that are looked at
	marks  uint64 // what may be ends of fields in them and is still to come
	record []field
}

func newFields(c *chunk, comma byte) fields {
	return fields{text: c.buffer, end: len(c.text), line: c.line, next: c.line, comma: comma, beyond: uint64(0x7f-max(comma, '\n')) * ones,
		quotes: bytes.IndexByte(c.text, '"') >= 0, long: c.long, block: -64}
}

const (
	ones  = 0x0101010101010101
	highs = 0x8080808080808080
)

// zeros has the high bit of each byte that is 0, exactly for the lowest one;
// bytes above it may be marked wrongly, if they are 1.
func zeros(w uint64) uint64 { return (w - ones) &^ w & highs }

// problem of a record, if it is none.
type problem struct {
	code, text string
	column     int // from 1; 0 if it is about all of the record
}

// tooLong says that a line is no record.
func tooLong() *problem {
	return &problem{code: "record-long", text: fmt.Sprintf("the line has more than %d bytes, which no record has", maxRecord)}
}

// read reads the next record. It is false at the end of the chunk.
func (f *fields) read() (wrong *problem, ok bool) {
	for f.pos < f.end {
		f.record = f.record[:0]
		f.line = f.next
		if f.long {
			f.pos = f.end
			wrong = tooLong()
		} else if f.quotes {
			wrong = f.careful()
		} else {
			f.plain()
		}
		if wrong != nil || len(f.record) != 1 || f.record[0].from != f.record[0].to || f.text[f.record[0].from] == '"' {
			return wrong, true
		}
	}
	return nil, false
}

// plain reads a record of a chunk without quotes. Where fields may end is marked
// for 64 bytes at once: how many ends there are in a word is what a processor
// cannot foresee. What it works with is kept out of f while it does.
func (f *fields) plain() {
	text, record, block, marks, comma, beyond := f.text, f.record, f.block, f.marks, f.comma, f.beyond
	from := int32(f.pos)
	for {
		for marks == 0 {
			block += 64
			marks = low(text[block:block+64], beyond)
		}
		at := block + bits.TrailingZeros64(marks)
		marks &= marks - 1
		switch text[at] {
		case comma:
			record = append(record, field{from, int32(at)})
			from = int32(at) + 1
		case '\n':
			f.record, f.block, f.marks = record, block, marks
			f.endRecord(int(from), at)
			return
		}
	}
}

// low marks those of 64 bytes that are no greater than the comma and the line
// break, the first by the lowest bit: these, and the blanks and few signs that
// stand before the comma in ASCII, which answers seldom have. To look for two
// bytes exactly takes twice as long. Beyond, added to a byte that is greater,
// carries into its high bit.
func low(text []byte, beyond uint64) (marks uint64) {
	text = text[:64]
	for i := 0; i < 64; i += 8 {
		w := binary.LittleEndian.Uint64(text[i:])
		marks |= (^(w&^highs + beyond | w) & highs >> 7 * gather >> 56) << i
	}
	return marks
}

// gather brings the lowest bits of eight bytes together in the highest byte.
const gather = 0x0102040810204080

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

// careful reads a record of a chunk in which there are quotes.
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
				return &problem{"quote", "a quote in a field that does not begin with one", len(f.record) + 1}
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
	return true, &problem{"quote", "a quote that is not closed", len(f.record) + 1}
}

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
	column := len(f.record) + 1
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
