package batch

import (
	"bytes"
	"io"
	"slices"
)

// Sizes in bytes. A chunk is what one worker takes at once; a record of more
// than maxRecord, its line break left out, is none. Variables for tests alone.
var (
	chunkSize = 128 << 10
	maxRecord = 1 << 20
)

// slack is how many bytes there are behind the text that may be read, and are
// not looked at.
const slack = windowSize + mostShort

// chunk is a piece of the input that begins and ends with whole records.
type chunk struct {
	buffer []byte
	text   []byte // whole lines of the buffer; at least slack bytes of it follow
	line   int    // of the first line, from 1
	torn   bool   // the text is one line, which begins a record that does not end
	long   bool   // the text is the beginning of a line of more than maxRecord

	out    []byte
	stats  stats
	errors []RowError
	ends   []end        // of the records in error
	kept   []assessment // the records of a review
	read   int64        // how much of the input was read, this chunk included
	done   chan struct{}
}

// end is where a record in error ends: what there is behind it may be cut off.
type end struct {
	out, errors int
	stats       *stats // up to it; nil if there is no limit
}

// cutAfter leaves nothing behind the i-th record in error.
func (c *chunk) cutAfter(i int) {
	e := c.ends[i]
	c.out, c.errors, c.stats = c.out[:e.out], c.errors[:e.errors], *e.stats
}

// splitter cuts a stream into chunks. Where it cuts says nothing about what is
// a record: that depends on the record's own bytes alone.
type splitter struct {
	in       io.Reader
	quoted   byte // the separator if line breaks may stand in quotes, else 0
	line     int
	rest     []byte // read and not cut off yet
	skipping bool   // what comes next is the rest of a line that was too long
	err      error  // what ended the input, io.EOF for one
	read     int64
}

// next fills c with the next records. It returns what ended the input if there
// is none: all whole records before an error come first.
func (s *splitter) next(c *chunk) error {
	c.torn, c.long, c.line = false, false, s.line
	c.buffer = append(c.buffer[:0], s.rest...)
	s.rest = s.rest[:0]
	s.skipLine(c)
	for want := min(chunkSize, maxRecord+1); ; want = min(2*want, maxRecord+1) {
		s.fill(c, want)
		if end := s.end(c); end > 0 {
			s.cut(c, end)
			return nil
		}
		if s.err != nil {
			return s.err
		}
	}
}

// skipLine drops the rest of a line that was too long, which the line before
// it has been counted for.
func (s *splitter) skipLine(c *chunk) {
	for s.skipping {
		s.fill(c, min(chunkSize, maxRecord+1))
		if i := bytes.IndexByte(c.buffer, '\n'); i >= 0 {
			c.buffer = c.buffer[:copy(c.buffer, c.buffer[i+1:])]
			s.skipping = false
			return
		}
		c.buffer = c.buffer[:0]
		s.skipping = s.err == nil
	}
}

// fill reads until the buffer holds want bytes or the input ends.
func (s *splitter) fill(c *chunk, want int) {
	for idle := 0; len(c.buffer) < want && s.err == nil; {
		if cap(c.buffer) < want+slack+1 {
			c.buffer = append(make([]byte, 0, want+slack+1), c.buffer...)
		}
		n, err := s.in.Read(c.buffer[len(c.buffer):want])
		c.buffer = c.buffer[:len(c.buffer)+n]
		s.read += int64(n)
		s.err = err
		if idle++; n > 0 {
			idle = 0
		}
		if idle == maxIdle && err == nil {
			s.err = io.ErrNoProgress
		}
	}
}

// maxIdle is how often a reader may return nothing.
const maxIdle = 100

// end says where the chunk ends, which is where a record does; 0 if more has
// to be read before that can be said, or no whole record is left.
func (s *splitter) end(c *chunk) int {
	end, open := s.lastEnd(c.buffer)
	left := len(c.buffer) - end
	switch {
	case s.err == io.EOF && 0 < left && left <= maxRecord && !open:
		return len(c.buffer) // the last line has no line break
	case end == 0 && left > 0 && (s.err == io.EOF || left > maxRecord):
		return s.tear(c)
	}
	return end
}

// lastEnd returns where the last whole record ends, 0 if none does, and whether
// a quote is open behind it.
func (s *splitter) lastEnd(text []byte) (end int, open bool) {
	if s.quoted == 0 || bytes.IndexByte(text, '"') < 0 {
		return bytes.LastIndexByte(text, '\n') + 1, false
	}
	return s.walk(text)
}

// walk follows the records as fields reads them, a mistake in a line and all,
// and says where the last whole one ends and whether a quote is open after it.
func (s *splitter) walk(text []byte) (end int, open bool) {
	for i := 0; i < len(text); {
		if text[i] != '"' {
			for i < len(text) && text[i] != s.quoted && text[i] != '\n' && text[i] != '"' {
				i++
			}
		} else if i = closing(text, i+1); i < 0 {
			return end, true
		} else if i+1 < len(text) && text[i] == '\r' && text[i+1] == '\n' {
			i++
		}
		if i >= len(text) {
			return end, false
		}
		if text[i] != s.quoted {
			n := bytes.IndexByte(text[i:], '\n')
			if n < 0 {
				return end, false
			}
			i += n
			end = i + 1
		}
		i++
	}
	return end, false
}

// closing returns the place behind the quote that closes a field, or -1.
func closing(text []byte, i int) int {
	for {
		n := bytes.IndexByte(text[i:], '"')
		if n < 0 {
			return -1
		}
		if i += n + 1; i >= len(text) || text[i] != '"' {
			return i
		}
		i++
	}
}

// tear takes the first line for a record by itself, so that one quote that is
// not closed does not take the rest of the file with it. It is one in error,
// and so is a line that is too long.
func (s *splitter) tear(c *chunk) int {
	if i := bytes.IndexByte(c.buffer, '\n'); i >= 0 {
		c.torn = true
		return i + 1
	}
	c.long = len(c.buffer) > maxRecord
	c.torn, s.skipping = !c.long, c.long
	return len(c.buffer)
}

// cut ends the chunk and keeps the rest for the next one.
func (s *splitter) cut(c *chunk, end int) {
	s.rest = append(s.rest, c.buffer[end:]...)
	c.buffer = c.buffer[:end]
	if c.buffer[end-1] != '\n' {
		c.buffer = append(c.buffer, '\n')
	}
	c.text = c.buffer
	s.line += bytes.Count(c.text, []byte{'\n'})
	n := len(c.buffer)
	c.buffer = slices.Grow(c.buffer, slack)[:n+slack]
	c.text = c.buffer[:n]
}
