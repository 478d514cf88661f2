package report

import (
	"strings"

	"github.com/mattn/go-runewidth"
)

// columns measures text in terminal columns. It does not look at the locale,
// so that the same report has the same lines on every machine.
var columns = &runewidth.Condition{EastAsianWidth: false, StrictEmojiNeutral: true}

func width(s string) int { return columns.StringWidth(s) }

// run is text in one style.
type run struct {
	Text  string
	style style
}

// atom is a piece of text that a line is not broken in.
type atom struct {
	run
	width int
	space bool // a space stands before it unless it begins a line
}

// atoms cuts runs at spaces, and between wide characters, as Chinese, Japanese
// and Korean text is broken. A word that is longer than a line is cut anywhere,
// except for an address, which must stay whole to be copied.
func atoms(runs []run, limit int) []atom {
	var out []atom
	space := false
	for _, r := range runs {
		for i, word := range strings.Split(r.Text, " ") {
			space = space || i > 0
			if word == "" {
				continue
			}
			for _, piece := range pieces(word, limit) {
				out = append(out, atom{run{piece, r.style}, width(piece), space})
				space = false
			}
		}
	}
	return out
}

func pieces(word string, limit int) []string {
	if isAddress(word) {
		return []string{word}
	}
	var out []string
	var piece strings.Builder
	n, wide := 0, false
	cut := func() {
		if piece.Len() > 0 {
			out = append(out, piece.String())
			piece.Reset()
			n = 0
		}
	}
	for _, r := range word {
		w := columns.RuneWidth(r)
		// A mark without width stays with the character it belongs to.
		if w > 0 && (n+w > limit || (wide || w == 2) && !closes(r)) {
			cut()
		}
		if w > 0 {
			wide = w == 2
		}
		piece.WriteRune(r)
		n += w
	}
	cut()
	return out
}

// closes reports whether a line must not begin with r.
func closes(r rune) bool {
	return strings.ContainsRune("，。、；：？！）」』】》〉.,;:?!)]”’…", r)
}

func isAddress(word string) bool {
	return strings.HasPrefix(word, "https://") || strings.HasPrefix(word, "http://")
}

// wrap lays runs out in lines of at most limit columns.
func wrap(runs []run, limit int) [][]run {
	limit = max(limit, 8)
	var lines [][]run
	var line []run
	n := 0
	for _, a := range atoms(runs, limit) {
		gap := 0
		if a.space && n > 0 {
			gap = 1
		}
		if n > 0 && n+gap+a.width > limit {
			lines, line, n, gap = append(lines, line), nil, 0, 0
		}
		line = extend(line, a.run, gap)
		n += gap + a.width
	}
	return append(lines, line)
}

// extend puts r at the end of a line, joined to the run before it where the
// style is the same. A gap takes the style only inside one.
func extend(line []run, r run, gap int) []run {
	pad := strings.Repeat(" ", gap)
	if last := len(line) - 1; last >= 0 && line[last].style == r.style {
		line[last].Text += pad + r.Text
		return line
	}
	if gap > 0 {
		line = append(line, run{pad, plain})
	}
	return append(line, r)
}
