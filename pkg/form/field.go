package form

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/huh"
)

// field is a huh field with the little that this program needs beside it:
// where its cursor stands, so that long lists can be scrolled here. huh's own
// scrolling loses options that are broken over several lines.
type field interface {
	// layout makes the field width columns wide, with the help of every row
	// below it or without.
	layout(width int, inlineHelp bool)
	// view returns the lines, and which of them are under the cursor.
	view() (lines []string, from, to int)
	update(msg tea.Msg)
	help() string    // about what is under the cursor
	helps() []string // about every row
}

// someWidth is a field's until it is laid out.
const someWidth = 80

// list is a choice of one row.
type list struct {
	st     *styles
	rows   []row
	cursor int
	width  int
	inline bool
	huh    *huh.Select[int]
	tall   []int // lines of each row
}

func newList(st *styles, rows []row, cursor int) *list {
	l := &list{st: st, rows: rows, cursor: cursor, width: someWidth}
	l.build()
	return l
}

func (l *list) layout(width int, inlineHelp bool) {
	if l.width != width || l.inline != inlineHelp {
		l.width, l.inline = width, inlineHelp
		l.build()
	}
}

func (l *list) build() {
	options, tall := options(l.st, l.rows, l.width-selectorWidth, l.inline)
	l.tall = tall
	l.huh = huh.NewSelect[int]().Options(options...)
	l.huh.WithTheme(l.st.theme).WithKeyMap(l.st.keys).WithWidth(l.width)
	l.huh.Focus()
	// Walking there, and not starting there, keeps huh from scrolling away
	// the rows above.
	for range l.cursor {
		l.huh.Update(tea.KeyMsg{Type: tea.KeyDown})
	}
}

func (l *list) update(msg tea.Msg) {
	l.huh.Update(msg)
	if i, ok := l.huh.Hovered(); ok {
		l.cursor = i
	}
}

// move puts the cursor on a row.
func (l *list) move(to int) {
	for l.cursor != to {
		l.update(tea.KeyMsg{Type: tea.KeyDown})
	}
}

func (l *list) view() (lines []string, from, to int) {
	from, to = span(l.tall, l.cursor)
	return linesOf(l.huh.View()), from, to
}

func (l *list) help() string { return l.rows[l.cursor].help }

func (l *list) helps() []string { return helpsOf(l.rows) }

// checks is a choice of any rows, or of the last one, which excludes the
// others.
type checks struct {
	st       *styles
	rows     []row
	selected []bool
	cursor   int
	width    int
	inline   bool
	huh      *huh.MultiSelect[int]
	tall     []int
}

func newChecks(st *styles, rows []row, selected []bool) *checks {
	c := &checks{st: st, rows: rows, selected: selected, width: someWidth}
	for i, is := range selected {
		if is {
			c.cursor = i
			break
		}
	}
	c.build()
	return c
}

func (c *checks) layout(width int, inlineHelp bool) {
	if c.width != width || c.inline != inlineHelp {
		c.width, c.inline = width, inlineHelp
		c.build()
	}
}

func (c *checks) build() {
	options, tall := options(c.st, c.rows, c.width-selectorWidth-boxWidth, c.inline)
	c.tall = tall
	c.huh = huh.NewMultiSelect[int]().Options(options...)
	c.huh.WithTheme(c.st.theme).WithKeyMap(c.st.keys).WithWidth(c.width)
	c.huh.Focus()
	for i := range c.rows {
		if c.selected[i] {
			c.huh.Update(tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{' '}})
		}
		c.huh.Update(tea.KeyMsg{Type: tea.KeyDown})
	}
	c.huh.Update(tea.KeyMsg{Type: tea.KeyHome})
	for range c.cursor {
		c.huh.Update(tea.KeyMsg{Type: tea.KeyDown})
	}
}

func (c *checks) update(msg tea.Msg) {
	if k, ok := msg.(tea.KeyMsg); ok && (k.String() == " " || k.String() == "x") {
		c.toggle(c.cursor)
		c.build()
		return
	}
	c.huh.Update(msg)
	if i, ok := c.huh.Hovered(); ok {
		c.cursor = i
	}
}

// toggle keeps "none of these" from standing beside something else.
func (c *checks) toggle(i int) {
	c.selected[i] = !c.selected[i]
	last := len(c.rows) - 1
	for j := range c.selected {
		if c.selected[i] && (i == last) != (j == last) {
			c.selected[j] = false
		}
	}
}

func (c *checks) view() (lines []string, from, to int) {
	from, to = span(c.tall, c.cursor)
	return linesOf(c.huh.View()), from, to
}

func (c *checks) help() string { return c.rows[c.cursor].help }

func (c *checks) helps() []string { return helpsOf(c.rows) }

// chosen counts the rows that are selected.
func (c *checks) chosen() int {
	n := 0
	for _, is := range c.selected {
		if is {
			n++
		}
	}
	return n
}

// entry is a text to type.
type entry struct {
	st   *styles
	text string
	huh  *huh.Input
}

func newEntry(st *styles, text, placeholder string, limit int) *entry {
	e := &entry{st: st, text: text}
	e.huh = huh.NewInput().Prompt(selector).Placeholder(placeholder).CharLimit(limit).Value(&e.text)
	e.huh.WithTheme(st.theme).WithKeyMap(st.keys)
	e.huh.Focus()
	return e
}

func (e *entry) layout(width int, _ bool) { e.huh.WithWidth(width) }

func (e *entry) update(msg tea.Msg) { e.huh.Update(msg) }

func (e *entry) view() (lines []string, from, to int) { return linesOf(e.huh.View()), 0, 1 }

func (e *entry) help() string { return "" }

func (e *entry) helps() []string { return nil }

func helpsOf(rows []row) []string {
	var out []string
	for _, r := range rows {
		if r.help != "" {
			out = append(out, r.help)
		}
	}
	return out
}

// options makes huh's options of rows, broken to width columns, and says how
// many lines each takes. huh tells options apart by their text, so that no two
// may have the same.
func options(st *styles, rows []row, width int, inlineHelp bool) ([]huh.Option[int], []int) {
	var out []huh.Option[int]
	tall := make([]int, len(rows))
	used := map[string]bool{}
	for i, r := range rows {
		lines := wrap(r.label, width)
		if inlineHelp {
			lines = append(lines, each(hang("  ", r.help, width), st.quiet.Render)...)
		}
		text := strings.Join(lines, "\n")
		for used[text] {
			text += " "
		}
		used[text] = true
		tall[i] = max(1, len(lines))
		out = append(out, huh.NewOption(text, i))
	}
	return out, tall
}

// span is which lines a row takes.
func span(tall []int, row int) (from, to int) {
	for _, n := range tall[:row] {
		from += n
	}
	return from, from + tall[row]
}

func linesOf(view string) []string {
	lines := strings.Split(view, "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return lines
}
