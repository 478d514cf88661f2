package report

import (
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/review"
)

// HistoryOptions say how the course of a person is laid out.
type HistoryOptions struct {
	TextOptions
	ASCII bool // the drawing keeps to ASCII, for a terminal without other signs
}

// HistoryText writes the course of one person for a terminal or a plain file: a
// drawing of scores and levels over the days, and a row for each assessment.
func HistoryText(w io.Writer, c *review.Course, opts HistoryOptions) error {
	t, d, g := newTexter(opts.TextOptions), buildHistory(c), &unicodeGlyphs
	if opts.ASCII {
		g = &asciiGlyphs
	}
	t.put("", "", run{"Course:", heading}, run{" ", plain}, run{d.Name, bold})
	t.put("", "", run{strings.Join(d.About, " · "), faint})
	t.space()
	t.facts(d.Glance, 0)
	t.space()
	t.plot(d.Chart, g)
	t.put("", "", run{"Assessments", heading})
	t.courseTable(d, g)
	for _, n := range d.Notes {
		t.put("", indent, run{n.Text, faint})
	}
	t.space()
	t.put("", "", run{"Rules " + d.Rules + " · " + d.Footer, faint})
	return t.flush(w)
}

// The columns of the table that are as wide as what they hold can become; the
// others share what is left.
const (
	dateColumn    = len("2006-01-02")
	daysColumn    = 4
	narrowestCell = 11
)

// courseTable writes the assessments as a table, and where the columns would
// become too narrow to read, below each other.
func (t *texter) courseTable(d *history, g *glyphs) {
	shared := len(d.Heads) - 2
	each := (t.width - dateColumn - daysColumn - columnGap*(len(d.Heads)-1)) / shared
	if each < narrowestCell {
		t.courseBlocks(d)
		return
	}
	widths := []int{dateColumn, daysColumn}
	for range shared {
		widths = append(widths, min(each, widestCell))
	}
	t.courseRow(d.Heads, widths, bold)
	var rule []string
	for _, n := range widths {
		rule = append(rule, strings.Repeat(g.floor, n))
	}
	t.courseRow(rule, widths, faint)
	for _, r := range d.Rows {
		t.courseRow(r.Cells, widths, plain)
		t.courseLines(r, dateColumn+columnGap, d.labels())
	}
	t.space()
}

// widestCell keeps the columns of a wide terminal near each other.
const widestCell = 24

func (t *texter) courseRow(cells []string, widths []int, s style) {
	var row []gridCell
	for i, text := range cells {
		style := s
		if i == 0 && s == plain {
			style = bold
		}
		row = append(row, gridCell{text: [][]run{{{text, style}}}, width: widths[i]})
	}
	t.grid(row)
}

// courseLines are what there is to say of an assessment beside its row, each
// thing on a line of its own.
func (t *texter) courseLines(r historyRow, margin, label int) {
	for _, l := range r.Lines {
		sign := " "
		if l.Mark != markNone {
			sign = l.Mark.Symbol()
		}
		for i, f := range l.Flow {
			head := []run{{sign + " ", markStyle(l.Mark)}, {l.Label, markOr(l.Mark, bold)}}
			if i > 0 {
				head = []run{{"", plain}}
			}
			t.grid([]gridCell{
				{width: margin - columnGap, text: [][]run{nil}},
				{width: label + 2, text: [][]run{head}},
				{width: t.width - margin - label - 4, text: [][]run{phraseRuns(f)}, hang: 2},
			})
		}
	}
}

func (t *texter) courseBlocks(d *history) {
	for _, r := range d.Rows {
		t.put("", "", run{r.Date, bold})
		var facts []fact
		for i := 1; i < len(r.Cells); i++ {
			label := d.Heads[i]
			if i == 1 {
				label = "Days since" // the date above it says since which: the one before
			}
			facts = append(facts, fact{Label: label, Value: line{Text: r.Cells[i]}})
		}
		t.facts(facts, len(indent))
		t.courseLines(r, columnGap, d.labels())
		t.space()
	}
}
