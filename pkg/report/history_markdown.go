package report

import (
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/review"
)

// HistoryMarkdown writes the course of one person as a note for a chart:
// CommonMark with a table, without HTML and without a drawing.
func HistoryMarkdown(w io.Writer, c *review.Course) error {
	m, d := &marker{}, buildHistory(c)
	m.heading(1, "Course: "+d.Name)
	m.block(escape(strings.Join(d.About, " · ")))
	for _, f := range d.Glance {
		m.entry("", "**"+escape(f.Label)+":** "+markedUp(f.Value))
	}
	m.end()
	m.row(d.Heads)
	m.b.WriteString(strings.Repeat("|---", len(d.Heads)) + "|\n")
	for _, r := range d.Rows {
		m.row(r.Cells)
	}
	m.end()
	m.heading(2, "From one to the next")
	for _, r := range d.Rows {
		if len(r.Lines) > 0 {
			m.entry("", "**"+escape(r.Date)+"**")
		}
		for _, l := range r.Lines {
			m.entry("  ", courseLineMarkdown(l))
		}
	}
	for _, n := range d.Notes {
		m.block(escape(n.Text))
	}
	m.block("Rules " + escape(d.Rules) + " · " + escape(d.Footer))
	_, err := io.WriteString(w, m.b.String())
	return err
}

// row writes one row of a table.
func (m *marker) row(cells []string) {
	for _, c := range cells {
		m.b.WriteString("| " + escape(c) + " ")
	}
	m.b.WriteString("|\n")
}

func courseLineMarkdown(l historyLine) string {
	var flow []string
	for _, f := range l.Flow {
		f.Text.Text = sentence(f.Text.Text)
		flow = append(flow, phraseMarkdown(f))
	}
	text := "*" + escape(l.Label) + ":* " + strings.Join(flow, " ")
	if l.Mark != markNone {
		text = l.Mark.Symbol() + " " + text
	}
	return text
}
