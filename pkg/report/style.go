package report

import "strings"

// style is how a run looks on a terminal with colour. Without colour every
// style looks plain, so none may carry information of its own.
type style int

const (
	plain style = iota
	bold
	faint
	heading
	good
	bad
	open
	alarm
)

// codes keep to the eight colours that every terminal theme makes readable.
var codes = [...]string{
	plain:   "",
	bold:    "1",
	faint:   "2",
	heading: "1;36",
	good:    "32",
	bad:     "1;31",
	open:    "33",
	alarm:   "1;97;41",
}

// paint returns the runs of a line as they are written.
func paint(line []run, color bool) string {
	var b strings.Builder
	for _, r := range line {
		if code := codes[r.style]; color && code != "" && r.Text != "" {
			b.WriteString("\x1b[" + code + "m" + r.Text + "\x1b[0m")
			continue
		}
		b.WriteString(r.Text)
	}
	return b.String()
}

// markStyle is the style of a mark and of the words that say the same.
func markStyle(m mark) style {
	return [...]style{plain, good, bad, open, open}[m]
}
