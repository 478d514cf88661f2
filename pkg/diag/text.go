package diag

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
	"unicode/utf8"
)

// lineWidth is how much of a source line is shown, in characters; a longer one
// is cut around the problem.
const lineWidth = 120

// WriteText writes diagnostics for people: the place, the problem and its
// code, the source line with the place marked below it if src knows the line,
// the logical path, the hint, and related places. Nothing from the input
// reaches w as a control character. The error is w's.
func WriteText(w io.Writer, ds []Diagnostic, src *Sources) error {
	b := bufio.NewWriter(w)
	for _, d := range ds {
		fmt.Fprintf(b, "%s%s: %s [%s]\n", place(d.At), d.Severity, Clean(d.Message), d.Code)
		writeSource(b, d.At, src)
		if d.Path != "" {
			fmt.Fprintf(b, "   in %s\n", head(Clean(d.Path), 2*lineWidth))
		}
		if d.Hint != "" {
			fmt.Fprintf(b, "   help: %s\n", Clean(d.Hint))
		}
		for _, r := range d.Related {
			fmt.Fprintf(b, "   %s%s\n", place(r.At), Clean(r.Message))
		}
	}
	return b.Flush()
}

// place is how a line about a span begins: "iop.yaml:12:9: ", less where less
// is known.
func place(s Span) string {
	switch {
	case s.IsZero():
		return ""
	case s.Line == 0:
		return Clean(s.File) + ": "
	case s.File == "":
		return fmt.Sprintf("%d:%d: ", s.Line, s.Col)
	}
	return fmt.Sprintf("%s:%d:%d: ", Clean(s.File), s.Line, s.Col)
}

func writeSource(w io.Writer, at Span, src *Sources) {
	line, ok := src.Line(at.File, at.Line)
	if !ok || at.Line == 0 || strings.TrimSpace(line) == "" {
		return
	}
	before, marked, after := split(line, at)
	fmt.Fprintf(w, "%4d | %s%s%s\n", at.Line, before, marked, after)
	fmt.Fprintf(w, "     | %s%s\n", strings.Repeat(" ", width(before)), strings.Repeat("^", max(1, width(marked))))
}

// split cuts a line at the ends of a span and shortens what is too long.
func split(line string, at Span) (before, marked, after string) {
	from, to := runeOffset(line, at.Col), len(line)
	if at.EndLine == at.Line {
		to = max(from, runeOffset(line, at.EndCol))
	}
	// Cut roughly before cleaning, which is slow on a line of a megabyte: no
	// more than lineWidth characters of each part can be shown.
	const enough = 4*lineWidth + utf8.UTFMax
	before = tail(Clean(line[min(from, nextRune(line, from-enough)):from]), lineWidth/2)
	marked = Clean(line[from:min(to, nextRune(line, from+enough))])
	after = Clean(line[to:nextRune(line, to+enough)])
	if short := head(marked, lineWidth/2); short != marked {
		return before, short, ""
	}
	return before, marked, head(after, max(0, lineWidth-width(before)-width(marked)))
}

// nextRune returns the first beginning of a character in s at or behind an
// offset, or the end of s.
func nextRune(s string, at int) int {
	if at <= 0 {
		return 0
	}
	for at < len(s) && !utf8.RuneStart(s[at]) {
		at++
	}
	return min(at, len(s))
}

func head(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	return string([]rune(s)[:n]) + "…"
}

func tail(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return "…" + string(r[len(r)-n:])
}

// width is how many columns a terminal gives a text. East Asian characters and
// emoji take two; combining ones none.
func width(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case unicode.In(r, unicode.Mn, unicode.Me) || r == '\u200d' || r == '\u200c':
		case wide(r):
			n += 2
		default:
			n++
		}
	}
	return n
}

func wide(r rune) bool {
	return r >= 0x1100 && r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 ||
		r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 ||
		r >= 0xffe0 && r <= 0xffe6 || r >= 0x1f300 && r <= 0x1faff || r >= 0x20000 && r <= 0x3fffd
}
