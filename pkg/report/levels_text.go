package report

import (
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// The layout of levels side by side: a gutter for the sign of rows that
// differ, their labels, and columns that must not become too narrow to read.
const (
	labelColumn   = 14
	narrowColumn  = 26
	columnGap     = 2
	nothingStated = "–"
)

// LevelsText writes the levels side by side; where that would make columns too
// narrow, below each other, aspect by aspect.
func LevelsText(w io.Writer, p *pack.Pack, levels []*pack.Level, opts TextOptions) error {
	t := newTexter(opts)
	c := compare(p, levels)
	t.put("", "", run{"Levels of care", heading}, run{" · ", faint}, run{c.Title, faint})
	t.space()
	t.compared(c)
	if len(levels) > 1 {
		t.put("", "", run{differsNote, faint})
		t.space()
	}
	t.citations(c.Sources)
	t.put("", "", run{"Rules " + c.Rules, faint})
	return t.flush(w)
}

func (t *texter) compared(c *comparison) {
	if n := len(c.Columns); n > 0 && (t.width-labelColumn-columnGap)/n-columnGap >= narrowColumn {
		t.sideBySide(c)
	} else {
		t.stacked(c)
	}
}

func (t *texter) sideBySide(c *comparison) {
	each := (t.width-labelColumn-columnGap)/len(c.Columns) - columnGap
	row := []gridCell{{text: [][]run{nil}, width: labelColumn}}
	var rule []run
	for _, name := range c.Columns {
		row = append(row, gridCell{text: [][]run{{{name, bold}}}, width: each})
		rule = append(rule, run{strings.Repeat("─", each), faint}, run{strings.Repeat(" ", columnGap), plain})
	}
	t.grid(row)
	t.write(append([]run{{strings.Repeat(" ", labelColumn+columnGap), plain}}, rule...))
	for _, r := range c.Rows {
		row := []gridCell{{text: [][]run{rowLabel(r, len(c.Columns))}, width: labelColumn, hang: 2}}
		if !r.Differs && len(r.Cells) > 1 {
			text := append([][]run{{{"The same for all:", faint}}}, cellRuns(r.Cells[0])...)
			row = append(row, gridCell{text: text, width: t.width - labelColumn - columnGap, hang: hangOf(r.Cells[0])})
		} else {
			for _, c := range r.Cells {
				row = append(row, gridCell{text: cellRuns(c), width: each, hang: hangOf(c)})
			}
		}
		t.grid(row)
		t.space()
	}
}

func rowLabel(r comparedRow, columns int) []run {
	if r.Differs && columns > 1 {
		return []run{{"≠\u00a0", open}, {r.Label, bold}}
	}
	return []run{{"\u00a0\u00a0", plain}, {r.Label, bold}}
}

// stacked keeps the comparison: every aspect is followed by what each level
// says of it.
func (t *texter) stacked(c *comparison) {
	for _, r := range c.Rows {
		label := rowLabel(r, len(c.Columns))
		if len(c.Columns) == 1 {
			label = label[1:]
		}
		t.put("", "", label...)
		if !r.Differs && len(r.Cells) > 1 {
			t.put(indent, indent, run{"The same for all.", faint})
			t.cell(r.Cells[0])
			t.space()
			continue
		}
		for i, cell := range r.Cells {
			if len(c.Columns) > 1 {
				t.put(indent, indent, run{c.Columns[i], faint})
			}
			t.cell(cell)
		}
		t.space()
	}
}

func (t *texter) cell(c cell) {
	margin := indent + indent
	t.grid([]gridCell{{width: 2, text: [][]run{nil}}, {text: cellRuns(c), width: t.width - len(margin), hang: hangOf(c)}})
}

// hangOf indents the later lines of a list's entries below their first word.
func hangOf(c cell) int {
	if len(c) > 1 {
		return 2
	}
	return 0
}

func cellRuns(c cell) [][]run {
	if len(c) == 0 {
		return [][]run{{{nothingStated, faint}}}
	}
	var out [][]run
	for _, l := range c {
		runs := lineRuns(l)
		if len(c) > 1 {
			runs = append([]run{{"•\u00a0", plain}}, runs...)
		}
		out = append(out, runs)
	}
	return out
}

// gridCell is a column's share of a row: paragraphs, each laid out in width
// columns with its later lines indented by hang.
type gridCell struct {
	text  [][]run
	width int
	hang  int
}

func (g gridCell) laidOut() [][]run {
	var out [][]run
	for _, p := range g.text {
		for i, l := range wrap(p, g.width-g.hang) {
			if i > 0 && g.hang > 0 {
				l = append([]run{{strings.Repeat(" ", g.hang), plain}}, l...)
			}
			out = append(out, l)
		}
	}
	return out
}

// grid writes cells beside each other.
func (t *texter) grid(row []gridCell) {
	var columns [][][]run
	height := 0
	for _, g := range row {
		columns = append(columns, g.laidOut())
		height = max(height, len(columns[len(columns)-1]))
	}
	for i := range height {
		var l []run
		for j, c := range columns {
			n := 0
			if i < len(c) {
				l = append(l, c[i]...)
				n = lineWidth(c[i])
			}
			if j < len(columns)-1 {
				l = append(l, run{strings.Repeat(" ", max(0, row[j].width-n)+columnGap), plain})
			}
		}
		t.write(l)
	}
}
