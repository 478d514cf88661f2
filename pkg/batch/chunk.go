package batch

import (
	"bytes"
	"io"
)

// Sizes in bytes. A chunk is what one worker takes at once; a record of more
// than maxRecord is none.
const (
	chunkSize = 128 << 10
	maxRecord = 1 << 20
	slack     = 16 // bytes behind the text that may be read, and are not looked at
)

// chunk is a piece of the input that begins and ends with whole records.
type chunk struct {
	buffer []byte
	text   []byte // whole lines of the buffer; at least slack bytes of it follow
	line   int    // of the first line, from 1
	torn   bool   // the text is one line, which begins a record that does not end

	out    []byte
	stats  stats
	errors []RowError
	ends   []int // of the rows in error, in out
	read   int64 // how much of the input was read, this chunk included
	done   chan struct{}
}

// cutAfter leaves nothing behind the i-th record in error.
func (c *chunk) cutAfter(i int) { c.out = c.out[:c.ends[i]] }

// splitter cuts a stream into chunks.
type splitter struct {
	in     io.Reader
	quoted byte // the separator if line breaks may stand in quotes, else 0
	line   int
	rest   []byte // read and not cut off yet
	ended  bool
	read   int64
}

// next fills c with the next records. It returns io.EOF if there is none.
func (s *splitter) next(c *chunk) error {
	c.torn, c.line = false, s.line
	c.buffer = append(c.buffer[:0], s.rest...)
	for want := chunkSize; ; want *= 2 {
		if err := s.fill(c, want); err != nil {
			return err
		}
		if len(c.buffer) == 0 {
			return io.EOF
		}
		end := s.lastEnd(c.buffer)
		switch {
		case s.ended && end < len(c.buffer) && !s.open(c.buffer[end:]):
			end = len(c.buffer)
		case end == 0 && (s.ended || len(c.buffer) > maxRecord):
			end = s.tear(c)
		}
		if end > 0 {
			s.cut(c, end)
			return nil
		}
	}
}

// fill reads until the buffer holds want bytes or the input ends.
func (s *splitter) fill(c *chunk, want int) error {
	for len(c.buffer) < want && !s.ended {
		if cap(c.buffer) < want+slack+1 {
			c.buffer = append(make([]byte, 0, want+slack+1), c.buffer...)
		}
		n, err := s.in.Read(c.buffer[len(c.buffer):want])
		c.buffer = c.buffer[:len(c.buffer)+n]
		s.read += int64(n)
		if err == io.EOF {
			s.ended = true
		} else if err != nil {
			return err
		}
	}
	return nil
}

// lastEnd returns where the last whole record ends; 0 if none does.
func (s *splitter) lastEnd(text []byte) int {
	if s.quoted == 0 || bytes.IndexByte(text, '"') < 0 {
		return bytes.LastIndexByte(text, '\n') + 1
	}
	end, _ := s.walk(text)
	return end
}

// open reports whether the text, which has no whole record, ends in quotes.
func (s *splitter) open(text []byte) bool {
	if s.quoted == 0 {
		return false
	}
	_, open := s.walk(text)
	return open
}

// walk follows the records as fields reads them, a mistake in a line and all,
// and says where the last whole one ends and whether a quote is open after it.
func (s *splitter) walk(text []byte) (end int, open bool) {
	for i := 0; i < len(text); {
		if text[i] != '"' {
			n := bytes.IndexAny(text[i:], string([]byte{s.quoted, '\n', '"'}))
			if n < 0 {
				return end, false
			}
			i += n
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
// not closed does not take the rest of the file with it.
func (s *splitter) tear(c *chunk) int {
	c.torn = true
	if i := bytes.IndexByte(c.buffer, '\n'); i >= 0 {
		return i + 1
	}
	return len(c.buffer)
}

// cut ends the chunk and keeps the rest for the next one.
func (s *splitter) cut(c *chunk, end int) {
	s.rest = append(s.rest[:0], c.buffer[end:]...)
	c.buffer = c.buffer[:end]
	if c.buffer[end-1] != '\n' {
		c.buffer = append(c.buffer, '\n')
	}
	c.text = c.buffer
	s.line += bytes.Count(c.text, []byte{'\n'})
	for range slack {
		c.buffer = append(c.buffer, 0)
	}
	c.text = c.buffer[:len(c.buffer)-slack]
}
