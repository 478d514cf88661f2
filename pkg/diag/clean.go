package diag

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Clean makes text fit for a terminal: whatever could drive one or deceive
// its reader (control characters and escapes, line breaks, writing directions,
// characters without width, bytes that are no UTF-8) is spelled out, as in
// ‹U+001B›. A tab becomes a space. Text without any is returned as it is.
func Clean(s string) string {
	if visible(s) || !strings.ContainsFunc(s, unfit) && utf8.ValidString(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == '\t':
			b.WriteByte(' ')
		case r == utf8.RuneError && !strings.HasPrefix(s[i:], "\uFFFD"):
			fmt.Fprintf(&b, "‹%02X›", s[i])
		case unfit(r):
			fmt.Fprintf(&b, "‹U+%04X›", r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// visible reports whether all of a text is ASCII that can be seen, or blanks, as
// nearly all texts are. It looks at eight bytes at a time.
func visible(s string) bool {
	const ones, blanks, highs = 0x0101010101010101, 0x2020202020202020, 0x8080808080808080
	for len(s) >= 8 {
		w := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		// What is below the blank borrows, and DEL carries, into the high bit.
		if ((w-blanks)|(w+ones)|w)&highs != 0 {
			return false
		}
		s = s[8:]
	}
	for i := range len(s) {
		if s[i] < ' ' || s[i] >= 0x7f {
			return false
		}
	}
	return true
}

// unfit reports whether a character must not reach a terminal as it is. Joiners
// stay: scripts and emoji need them, and they only ever join what is visible.
func unfit(r rune) bool {
	switch {
	case r < 0x7f: // nearly all text, and quicker than the tables
		return r < ' '
	case r == '\u200c' || r == '\u200d' || r == '\ufe0f':
		return false
	case r == '\u2028' || r == '\u2029' || r == '\u3164' || r == '\u115f' || r == '\u1160':
		return true
	}
	return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Co) || r >= 0xE0000 && r <= 0xE0FFF
}

// Control returns the first character of s that a text of a pack or an answer
// must not hold, and whether there is one. Line breaks and tabs are allowed.
func Control(s string) (r rune, found bool) {
	for _, r := range s {
		if r != '\n' && r != '\t' && unfit(r) {
			return r, true
		}
	}
	return 0, false
}
