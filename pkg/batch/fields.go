package batch

import (
	"bytes"
	"fmt"

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

func newFields(c *chunk, comma byte) fields {
	return fields{text: c.buffer, end: len(c.text), line: c.line, next: c.line, comma: comma,
		quotes: bytes.IndexByte(c.text, '"') >= 0, long: c.long}
}

// problem of a record, if it is none.
type problem struct {
	code, text string
	column     int // from 1; 0 if it is about all of the record
}

// tooLong says that a line is no record.
func tooLong() *problem {
	return &problem{code: "record-long", text: fmt.Sprintf("the line has more than %d bytes, which no record has", maxRecord)}
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
