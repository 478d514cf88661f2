package form

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/charmbracelet/x/ansi"
)

// oneLine makes a text of a pack fit for one line of a terminal.
func oneLine(s string) string {
	return diag.Clean(strings.Join(strings.Fields(s), " "))
}

// paragraphs makes a text of a pack fit for a terminal and keeps its lines.
func paragraphs(s string) string {
	lines := strings.Split(strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n")), "\n")
	for i, l := range lines {
		lines[i] = diag.Clean(strings.TrimSpace(l))
	}
	return strings.Join(lines, "\n")
}

// wrap breaks a text between words into lines of at most width columns, inside
// of a word only where it is longer than that. The libraries' own wrapping
// breaks at hyphens, too, and tears "PHQ-9" and "24-hour" apart. An empty text
// has no lines.
func wrap(s string, width int) []string {
	if s == "" {
		return nil
	}
	width = max(width, 1)
	var lines []string
	for paragraph := range strings.SplitSeq(s, "\n") {
		line := ""
		for word := range strings.FieldsSeq(paragraph) {
			if line != "" && ansi.StringWidth(line)+1+ansi.StringWidth(word) > width {
				lines, line = append(lines, line), ""
			}
			if line != "" {
				line += " "
			}
			line += word
			if ansi.StringWidth(line) > width {
				parts := strings.Split(ansi.Hardwrap(line, width, true), "\n")
				lines, line = append(lines, parts[:len(parts)-1]...), parts[len(parts)-1]
			}
		}
		lines = append(lines, line)
	}
	return lines
}

// hang wraps a text behind a first word or mark, with the following lines
// below the text and not below the mark.
func hang(mark, s string, width int) []string {
	indent := ansi.StringWidth(mark)
	lines := wrap(s, width-indent)
	for i := range lines {
		if i == 0 {
			lines[i] = mark + lines[i]
		} else {
			lines[i] = strings.Repeat(" ", indent) + lines[i]
		}
	}
	return lines
}

// cut shortens a line to width columns, with an ellipsis where something is
// missing.
func cut(s string, width int) string {
	return ansi.Truncate(s, max(width, 0), "…")
}

// pad fills a line up to width columns.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(0, width-ansi.StringWidth(s)))
}

// upTo keeps the first n lines; the last of them ends in an ellipsis if there
// were more.
func upTo(lines []string, n, width int) []string {
	if len(lines) <= n {
		return lines
	}
	if n <= 0 {
		return nil
	}
	kept := append([]string(nil), lines[:n]...)
	kept[n-1] = strings.TrimRight(ansi.Truncate(kept[n-1], max(width-2, 0), ""), " ") + " …"
	return kept
}

func count(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// dim and the like of style.go work line by line.
func each(lines []string, f func(...string) string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		if out[i] = l; l != "" {
			out[i] = f(l)
		}
	}
	return out
}
