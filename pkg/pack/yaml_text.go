package pack

import (
	"bytes"
	"fmt"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/diag"
)

// maxBadCharacters is how many characters out of place make a file no text.
const maxBadCharacters = 10

// characters refuses what is no text: other encodings than UTF-8, NUL and other
// control characters, and invisible ones, which make two ids differ that look
// alike. What it returns has a space for each of them, so that reading goes on
// and finds the other mistakes too, with lines and columns as they were. ok is
// false where that makes no sense.
func (g *guard) characters(data []byte) (clean []byte, ok bool) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	if bytes.HasPrefix(data, []byte{0xFF, 0xFE}) || bytes.HasPrefix(data, []byte{0xFE, 0xFF}) {
		g.whole("text-encoding", "the file is in UTF-16; expected UTF-8", "save it again with the encoding UTF-8")
		return nil, false
	}
	clean = data
	line, lineStart, bad := 1, 0, 0
	for i := 0; i < len(data); {
		c := data[i]
		if c >= ' ' && c < 0x7f || c == '\t' {
			i++
			continue
		}
		if c == '\n' || c == '\r' {
			if i++; c == '\r' && i < len(data) && data[i] == '\n' {
				i++
			}
			line, lineStart = line+1, i
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		if message, hint := badCharacter(r, data[i:i+size]); message != "" {
			if bad++; bad > maxBadCharacters {
				g.ds = nil // one mistake: it is no text at all
				g.whole("text-encoding", "the file is not text", "is it the right file?")
				return nil, false
			}
			if bad == 1 {
				clean = bytes.Clone(data)
			}
			col := utf8.RuneCount(data[lineStart:i]) + 1
			code := "text-control"
			if r == utf8.RuneError {
				code = "text-encoding"
			}
			g.add(code, diag.Span{File: g.file, Line: line, Col: col, EndLine: line, EndCol: col + 1}, message, hint)
			blank(clean[i : i+size])
		}
		i += size
	}
	return clean, true
}

// longLine reports the first line that is too long to be read in good time.
func (g *guard) longLine(data []byte) bool {
	line := 0
	for text := range bytes.Lines(data) {
		if line++; len(text) > maxLineBytes {
			at := diag.Span{File: g.file, Line: line, Col: 1, EndLine: line, EndCol: 2}
			g.add("line-long", at, fmt.Sprintf("the line has more than %d characters", maxLineBytes), "break it: lists and mappings in brackets may go on over many lines")
			return true
		}
	}
	return false
}

// blank keeps the columns right by leaving one character: DEL-free ASCII where
// there was one byte, and a no-break space or a wide one where there were more.
func blank(b []byte) {
	switch len(b) {
	case 1:
		b[0] = ' '
	case 2:
		copy(b, "\u00a0")
	case 3:
		copy(b, "\u3000")
	default:
		copy(b, "\U00010000")
	}
}

func badCharacter(r rune, raw []byte) (message, hint string) {
	if r == utf8.RuneError && len(raw) == 1 {
		return fmt.Sprintf("byte %02X is not UTF-8", raw[0]), "save the file with the encoding UTF-8"
	}
	if _, found := diag.Control(string(raw)); found {
		return fmt.Sprintf("control or invisible character U+%04X", r), "remove it"
	}
	return "", ""
}
