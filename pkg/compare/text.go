package compare

import (
	"io"
	"strings"
	"unicode/utf8"
)

// Text writes a report for people, in lines of at most r.Width columns but for
// tables and what cannot be broken.
func Text(w io.Writer, r Report) error {
	t := &texter{width: r.Width}
	if t.width == 0 {
		t.width = 80
	}
	d := r.doc()
	t.wrap("", "", d.title)
	for _, b := range d.blocks {
		t.block(&b)
	}
	_, err := io.WriteString(w, t.b.String())
	return err
}

type texter struct {
	b     strings.Builder
	width int
}

func (t *texter) block(b *block) {
	switch {
	case b.heading != "":
		t.b.WriteByte('\n')
		t.wrap("", "", b.heading)
	case b.table != nil:
		t.table(b.table)
	case b.items != nil:
		for _, it := range b.items {
			t.wrap("  ", "    ", it.text)
			for _, line := range it.then {
				t.wrap("    ", "      ", line)
			}
		}
	default:
		t.b.WriteByte('\n')
		t.wrap("", "", b.text)
	}
}

var unmark = strings.NewReplacer(idFrom, "", idTo, "")

// wrap writes a text, the first line behind one margin and the others behind
// another.
func (t *texter) wrap(first, margin, text string) {
	line := first
	for i, word := range strings.Fields(unmark.Replace(text)) {
		if i > 0 && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > t.width {
			t.b.WriteString(line + "\n")
			line = margin + word
			continue
		}
		if i > 0 {
			line += " "
		}
		line += word
	}
	t.b.WriteString(line + "\n")
}

func (t *texter) table(of *table) {
	rows := append([][]string{of.head}, of.rows...)
	widths := make([]int, len(of.head))
	for r, row := range rows {
		rows[r] = make([]string, len(row))
		for i, cell := range row {
			rows[r][i] = shortened(unmark.Replace(cell))
			widths[i] = max(widths[i], utf8.RuneCountInString(rows[r][i]))
		}
	}
	t.b.WriteByte('\n')
	for _, row := range rows {
		line := " "
		for i, cell := range row {
			pad := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i < of.words {
				line += " " + cell + pad + " "
			} else {
				line += " " + pad + cell + " "
			}
		}
		t.b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
}

// cellWidth is how much of a level's name stands in a table.
const cellWidth = 28

func shortened(cell string) string {
	if r := []rune(cell); len(r) > cellWidth {
		return string(r[:cellWidth-1]) + "…"
	}
	return cell
}
