package report

import (
	"encoding/json"
	"io"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// poisonedCourse has a hostile text wherever a pack or a record has text.
func poisonedCourse(t testing.TB, s string) *review.Course {
	p := coursePack(t)
	p.Title, p.Version, p.Hash = s+p.Title, "1.1.0", s
	for _, q := range p.Questions {
		q.Name = s + q.Name
		for i := range q.Bands {
			q.Bands[i].Label = s + q.Bands[i].Label
		}
	}
	for _, l := range p.Levels {
		l.Title, l.Short = s+l.Title, s+l.Short
		for _, sign := range l.StepUp {
			sign.Because, sign.ID = s+sign.Because, s+sign.ID
		}
	}
	for c := range p.Criteria() {
		c.Because, c.ID = s+c.Because, s+c.ID
	}
	visits := append([]visit(nil), fiveVisits...)
	for i := range visits {
		visits[i].notes = s
		if at := visits[i].placed; at != nil {
			visits[i].placed = &pack.Placement{Level: at.Level, Date: at.Date, By: s, Reason: s, Text: s}
		}
	}
	visits[3].then = []string{s}
	c := courseOf(t, p, s, visits...)
	for _, a := range c.Assessments {
		a.Name = s
	}
	c.Warnings = append(c.Warnings, review.Problem{Name: s, Message: s, Hint: s})
	return c
}

func TestHostileHistories(t *testing.T) {
	for _, s := range hostile {
		c := poisonedCourse(t, s)
		for _, w := range []int{40, 80, 120} {
			safeTerminal(t, historyText(t, c, w, w == 80))
		}
		safeMarkdown(t, rendered(t, func(w io.Writer) error { return HistoryMarkdown(w, c) }))
		page := rendered(t, func(w io.Writer) error { return HistoryHTML(w, c) })
		safePage(t, strings.Replace(page, `<a href="#table">`, "", 1))
		readDrawing(t, page)
		if got := rendered(t, func(w io.Writer) error { return HistoryJSON(w, c) }); !json.Valid([]byte(got)) {
			t.Errorf("no JSON: %q", got)
		}
		for _, row := range HistoryTable(c) {
			safeTerminal(t, row[len(row)-1])
			if len(row) != len(HistoryTable(c)[0]) {
				t.Errorf("a row of %d cells: %q", len(row), row)
			}
		}
	}
}

// A table is one in Markdown whatever stands in its cells.
func TestHistoryMarkdownTable(t *testing.T) {
	c := poisonedCourse(t, "a | b\n")
	note := rendered(t, func(w io.Writer) error { return HistoryMarkdown(w, c) })
	for l := range strings.Lines(note) {
		if bars := strings.Count(strings.ReplaceAll(l, `\|`, ""), "|"); strings.HasPrefix(l, "|") && bars != 8 {
			t.Errorf("%d bars in %q", bars, l)
		}
	}
}
