package diag

import (
	"bytes"
	"slices"
	"strings"
	"sync"
	"unicode/utf8"
)

// Sources holds the texts that diagnostics point into, by file name, so that
// a line can be shown beside its problem. The zero value is empty and ready;
// a nil *Sources knows no text. It may be used by several goroutines.
type Sources struct {
	mu    sync.Mutex
	texts map[string]*Text
}

// Add stores the text of a file. The text must not change afterwards.
func (s *Sources) Add(name string, data []byte) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.texts == nil {
		s.texts = make(map[string]*Text)
	}
	s.texts[name] = NewText(data)
}

// Line returns line n (from 1) of a file without its line end, and whether
// there is such a line.
func (s *Sources) Line(name string, n int) (string, bool) {
	if s == nil {
		return "", false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	text := s.texts[name]
	if text == nil || n < 1 || n > text.Lines() {
		return "", false
	}
	return text.Line(n), true
}

// Data returns the text of a file as it was added, but for a byte order mark,
// and whether there is such a file. It must not be changed.
func (s *Sources) Data(name string) ([]byte, bool) {
	if s == nil {
		return nil, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	text := s.texts[name]
	if text == nil {
		return nil, false
	}
	return text.data, true
}

// Names returns the names of the files, sorted.
func (s *Sources) Names() []string {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	names := make([]string, 0, len(s.texts))
	for name := range s.texts {
		names = append(names, name)
	}
	slices.Sort(names)
	return names
}

// Text gives access to a file by its lines. Lines end with LF or CRLF, or with
// a CR alone, as YAML reads them.
type Text struct {
	data   []byte
	text   string // data, once the first line is asked for
	starts []int  // offset of each line, then
}

// NewText returns data as lines. It does not copy data and reads it only when
// a line is wanted: most files have no problem in them.
func NewText(data []byte) *Text {
	return &Text{data: bytes.TrimPrefix(data, []byte("\ufeff"))}
}

// Lines returns the number of lines, at least 1.
func (t *Text) Lines() int {
	t.index()
	return len(t.starts)
}

// Line returns line n, from 1, without its line end; "" outside the text.
func (t *Text) Line(n int) string {
	t.index()
	if n < 1 || n > len(t.starts) {
		return ""
	}
	end := len(t.data)
	if n < len(t.starts) {
		end = t.starts[n]
	}
	return strings.TrimRight(t.text[t.starts[n-1]:end], "\r\n")
}

func (t *Text) index() {
	if t.starts != nil {
		return
	}
	t.text, t.starts = string(t.data), append(make([]int, 0, len(t.data)/32+1), 0)
	for i, c := range t.data {
		if c == '\n' || c == '\r' && (i+1 == len(t.data) || t.data[i+1] != '\n') {
			t.starts = append(t.starts, i+1)
		}
	}
}

// runeOffset returns the byte offset of the character in column col, from 1;
// the length of the line where it is shorter.
func runeOffset(line string, col int) int {
	offset := 0
	for n := 1; n < col && offset < len(line); n++ {
		_, size := utf8.DecodeRuneInString(line[offset:])
		offset += size
	}
	return offset
}
