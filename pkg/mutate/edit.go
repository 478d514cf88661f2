package mutate

import (
	"bytes"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// edit replaces the bytes from start to end of a file.
type edit struct {
	file       *file
	start, end int
	text       string
}

// file is one file of the rules.
type file struct {
	name string // in diagnostics
	data []byte
	root *pack.Outline
}

// text is what an outline stands for in its file.
func (f *file) text(o *pack.Outline) string { return string(f.data[o.Start:o.End]) }

func (f *file) replace(o *pack.Outline, text string) edit { return edit{f, o.Start, o.End, text} }

// lineStart is where the line of an offset begins.
func (f *file) lineStart(at int) int { return bytes.LastIndexByte(f.data[:at], '\n') + 1 }

// lineEnd is where the line of an offset ends, before its line break.
func (f *file) lineEnd(at int) int {
	if i := bytes.IndexByte(f.data[at:], '\n'); i >= 0 {
		at += i
		if at > 0 && f.data[at-1] == '\r' {
			at--
		}
		return at
	}
	return len(f.data)
}

// nextLine is where the line after that of an offset begins.
func (f *file) nextLine(at int) int {
	if i := bytes.IndexByte(f.data[at:], '\n'); i >= 0 {
		return at + i + 1
	}
	return len(f.data)
}

// line is the number of an offset's line, from 1.
func (f *file) line(at int) int { return 1 + bytes.Count(f.data[:at], []byte("\n")) }

// column is how far into its line an offset is, as that many spaces.
func (f *file) column(at int) string {
	return strings.Repeat(" ", len([]rune(string(f.data[f.lineStart(at):at]))))
}

// dash is where the dash of an element of a list without brackets stands, if
// nothing but spaces is before it on its line.
func (f *file) dash(item *pack.Outline) (at int, ok bool) {
	from := f.lineStart(item.Start)
	before := string(f.data[from:item.Start])
	at = from + len(before) - len(strings.TrimLeft(before, " "))
	return at, at < item.Start && strings.TrimRight(before, " ") == strings.Repeat(" ", at-from)+"-"
}

// drop takes an element out of a list that has others.
func (f *file) drop(list *pack.Outline, i int) (e edit, ok bool) {
	item, n := list.Of[i], len(list.Of)
	switch {
	case n < 2:
		return edit{}, false
	case list.Flow && i+1 < n:
		return edit{f, item.Start, list.Of[i+1].Start, ""}, true
	case list.Flow:
		return edit{f, list.Of[i-1].End, item.End, ""}, true
	}
	at, ok := f.dash(item)
	return edit{f, f.lineStart(at), f.nextLine(max(item.Start, item.End-1)), ""}, ok
}

// push adds an element to the end of a list.
func (f *file) push(list *pack.Outline, text string) (e edit, ok bool) {
	last := list.Of[len(list.Of)-1]
	if list.Flow {
		return edit{f, last.End, last.End, ", " + text}, true
	}
	at, ok := f.dash(last)
	end := f.lineEnd(max(last.Start, last.End-1))
	return edit{f, end, end, "\n" + f.column(at) + "- " + text}, ok
}

// negate puts a condition, or a statement over time, under none.
func (f *file) negate(o *pack.Outline) edit {
	text := f.text(o)
	switch {
	case o.Kind == pack.OutlineWord || o.Flow:
		return f.replace(o, "{none: ["+text+"]}")
	case !strings.Contains(text, "\n"):
		return f.replace(o, "none: [{"+text+"}]")
	}
	indent := f.column(o.Start)
	return f.replace(o, "none:\n"+indent+"  - "+shift(text, 4))
}

// shift moves all lines of a text but the first to the right, or by less than 0
// to the left. Empty lines stay empty.
func shift(text string, by int) string {
	lines := strings.SplitAfter(text, "\n")
	for i, line := range lines {
		switch {
		case i == 0 || strings.TrimSpace(line) == "":
		case by >= 0:
			lines[i] = strings.Repeat(" ", by) + line
		default:
			lines[i] = line[min(-by, len(line)-len(strings.TrimLeft(line, " "))):]
		}
	}
	return strings.Join(lines, "")
}

// entry returns the lines of an element of a list without brackets: all that
// is indented behind its dash, without comments and empty lines at its end.
func (f *file) entry(item *pack.Outline) (start, end int, ok bool) {
	at, ok := f.dash(item)
	if !ok {
		return 0, 0, false
	}
	start = f.lineStart(at)
	depth := at - start
	end = f.nextLine(at)
	for next := end; next < len(f.data); {
		line := string(f.data[next:f.nextLine(next)])
		text := strings.TrimLeft(line, " ")
		blank := strings.TrimSpace(text) == ""
		if !blank && len(line)-len(text) <= depth {
			break
		}
		next += len(line)
		if !blank && text[0] != '#' {
			end = next
		}
	}
	return start, end, true
}

// apply returns the text of a file with those edits that are its own. They do
// not overlap.
func (f *file) apply(edits []edit) []byte {
	return f.applyTo(0, len(f.data), edits)
}

// applyTo is apply for a part of the file, which holds its edits as a whole.
func (f *file) applyTo(start, end int, edits []edit) []byte {
	own := slices.DeleteFunc(slices.Clone(edits), func(e edit) bool { return e.file != f || e.start < start || e.end > end })
	slices.SortStableFunc(own, func(a, b edit) int { return a.start - b.start })
	var out []byte
	at := start
	for _, e := range own {
		out = append(append(out, f.data[at:e.start]...), e.text...)
		at = e.end
	}
	return append(out, f.data[at:end]...)
}

// reread is an edited part as a text of its own, fit for the pack's reader.
// Edits of its last line may reach behind it.
func (f *file) reread(part *pack.Outline, edits []edit) []byte {
	end := part.End
	for _, e := range edits {
		end = max(end, e.end)
	}
	return append([]byte(f.column(part.Start)), f.applyTo(part.Start, end, edits)...)
}
