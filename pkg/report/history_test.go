package report

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// coursePack reads the pack of these tests. Each gets its own and may change it.
func coursePack(t testing.TB) *pack.Pack {
	t.Helper()
	p, ds, err := pack.Load(os.DirFS("testdata/history"), "pack.yaml", pack.LoadOptions{})
	if err != nil || diag.HasErrors(ds) {
		t.Fatal(err, ds)
	}
	return p
}

// visit is an assessment of a course as a test states it.
type visit struct {
	date, answers string
	placed        *pack.Placement
	then          []string // the levels recorded as recommended; nil: none recorded
	notes         string
	version       string
}

// fiveVisits have everything that a course shows: a level other than the
// recommended one, a score that is missing, one filled in, a follow-up that is
// late, an answer that is missing, a level that nothing says, older rules.
var fiveVisits = []visit{
	{date: "2026-01-05", answers: "{risk: plan, monitoring: constant, function: impaired, phq: 24, gad: 18}",
		placed: &pack.Placement{Level: "inpatient", By: "psychiatrist", Date: "2026-01-05"}, then: []string{"inpatient"}, version: "1.0.0"},
	{date: "2026-01-17", answers: "{risk: passive, monitoring: several, function: impaired, phq: [2, 2, 2, 2, 2, null, 2, 2, 1]}",
		placed: &pack.Placement{Level: "iop", By: "team", Date: "2026-01-19"}, then: []string{"iop"}},
	{date: "2026-02-02", answers: "{risk: passive, monitoring: several, function: impaired, phq: 12, gad: 9, distress: 60}"},
	{date: "2026-04-15", answers: "{risk: none, monitoring: weekly, function: impaired, phq: 6, gad: 5, distress: 35}", then: []string{"iop"},
		placed: &pack.Placement{Level: "outpatient", By: "team", Date: "2026-04-15", Reason: "person_declines", Text: "Has found work again."}},
	{date: "2026-06-12", answers: "{risk: none, function: impaired, phq: 14, gad: 14}", notes: "Moves house\nin July."},
}

func courseOf(t testing.TB, p *pack.Pack, id string, visits ...visit) *review.Course {
	t.Helper()
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	var entries []review.Entry
	for i, v := range visits {
		s, ds := p.ReadAnswers("a.yaml", []byte(v.answers), nil)
		if diag.HasErrors(ds) {
			t.Fatal(ds)
		}
		s.ID, s.Date, s.Notes, s.Placement = id, v.date, v.notes, v.placed
		s.Pack.Version = v.version
		if v.then != nil {
			s.Recommended = &pack.Recommended{Levels: v.then}
		}
		entries = append(entries, review.Entry{Name: fmt.Sprintf("%d.yaml", i+1), Sheet: s})
	}
	c, problems := review.NewCourse(e, entries, review.CourseOptions{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	return c
}

func historyText(t testing.TB, c *review.Course, width int, ascii bool) string {
	return rendered(t, func(w io.Writer) error {
		return HistoryText(w, c, HistoryOptions{TextOptions{Width: width}, ascii})
	})
}

// tableText is a table with its cells between bars.
func tableText(rows [][]string) string {
	var b strings.Builder
	for _, r := range rows {
		b.WriteString(strings.Join(r, " | ") + "\n")
	}
	return b.String()
}

func TestHistories(t *testing.T) {
	for _, tt := range []struct {
		name   string
		visits []visit
	}{{"five", fiveVisits}, {"two", fiveVisits[1:3]}, {"one", fiveVisits[:1]}} {
		c := courseOf(t, coursePack(t), "A-4711", tt.visits...)
		golden(t, "../history/"+tt.name+".txt", historyText(t, c, 0, false))
		golden(t, "../history/"+tt.name+".html", strings.Replace(rendered(t, func(w io.Writer) error { return HistoryHTML(w, c) }), pageStyle+historyStyle, "", 1))
	}
	c := courseOf(t, coursePack(t), "", fiveVisits...)
	golden(t, "../history/five-120.txt", historyText(t, c, 120, false))
	golden(t, "../history/five-40-ascii.txt", historyText(t, c, 40, true))
	golden(t, "../history/five.md", rendered(t, func(w io.Writer) error { return HistoryMarkdown(w, c) }))
	golden(t, "../history/five.json", rendered(t, func(w io.Writer) error { return HistoryJSON(w, c) }))
	golden(t, "../history/five-table.txt", tableText(HistoryTable(c)))
}

// What came and what went is the difference of what holds, and no reason that
// held is lost from sight.
func TestHistoryReasons(t *testing.T) {
	b := newHistoryBuilder(courseOf(t, coursePack(t), "", fiveVisits...))
	var before []string
	for i := range b.c.Assessments {
		var now []string
		for _, f := range b.c.Recommendation(i).Indications {
			now = append(now, f.Criterion.ID)
		}
		only := func(these, those []string) []string {
			out := []string{}
			for _, id := range these {
				if !slices.Contains(those, id) {
					out = append(out, id)
				}
			}
			slices.Sort(out)
			return out
		}
		got := slices.Sorted(slices.Values(criterionIDs(b.came(i))))
		if diff := cmp.Diff(only(now, before), append([]string{}, got...)); diff != "" {
			t.Errorf("came at %d: %s", i, diff)
		}
		got = slices.Sorted(slices.Values(append(criterionIDs(b.went(i)), criterionIDs(b.lost(i))...)))
		if diff := cmp.Diff(only(before, now), append([]string{}, got...)); diff != "" {
			t.Errorf("went at %d: %s", i, diff)
		}
		before = now
	}
}

// No line is wider than asked for, whatever the width.
func TestHistoryWidths(t *testing.T) {
	c := courseOf(t, coursePack(t), "A-4711", fiveVisits...)
	for w := minWidth; w <= maxWidth; w++ {
		for l := range strings.Lines(historyText(t, c, w, w%2 == 0)) {
			if n := width(strings.TrimSuffix(l, "\n")); n > w {
				t.Fatalf("%d columns in a width of %d: %q", n, w, l)
			}
		}
	}
}

// Without colour nothing is lost, and with it only escapes come to it.
func TestHistoryColour(t *testing.T) {
	c := courseOf(t, coursePack(t), "A-4711", fiveVisits...)
	got := rendered(t, func(w io.Writer) error {
		return HistoryText(w, c, HistoryOptions{TextOptions: TextOptions{Color: true}})
	})
	if !strings.Contains(got, "\x1b[") {
		t.Error("no colour")
	}
	if diff := cmp.Diff(historyText(t, c, 0, false), colorCode.ReplaceAllString(got, "")); diff != "" {
		t.Error(diff)
	}
}

// ASCII is asked of the drawing, not of what packs and people write.
func TestHistoryASCII(t *testing.T) {
	text := historyText(t, courseOf(t, coursePack(t), "A-4711", fiveVisits...), 80, true)
	_, drawing, _ := strings.Cut(text, "\nScores")
	drawing, _, _ = strings.Cut(drawing, "\nAssessments\n")
	for i, r := range drawing {
		if r > 126 {
			t.Fatalf("%q in %q", r, drawing[max(0, i-20):i+4])
		}
	}
}

func TestTogether(t *testing.T) {
	var all []review.Problem
	for _, name := range strings.Fields("a b c d e f g") {
		all = append(all, review.Problem{Name: name, Message: "old"})
		if name == "b" || name == "c" {
			all = append(all, review.Problem{Name: name, Message: "no id"})
		}
	}
	all = append(all, review.Problem{Message: "of none"})
	want := []review.Problem{{Name: "a, b, c, d, e and 2 more", Message: "old"}, {Name: "b and c", Message: "no id"}, {Message: "of none"}}
	if diff := cmp.Diff(want, Together(all)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]review.Problem{{Name: "a, b, c, d, e and f", Message: "old"}}, Together(slices.DeleteFunc(all, func(p review.Problem) bool { return p.Message != "old" || p.Name == "g" }))); diff != "" {
		t.Error(diff)
	}
}

func TestMeasureWords(t *testing.T) {
	at := func(date, answers string) visit { return visit{date: date, answers: answers} }
	for _, tt := range []struct {
		visits []visit
		want   string
	}{
		{[]visit{at("2026-01-01", "{phq: 20}")}, "now 20 (severe)"},
		{[]visit{at("2026-01-01", "{phq: 20}"), at("2026-01-29", "{phq: 17}")},
			"first 20 (2026-01-01), now 17 (moderately severe); since the first time better by 3, which can be chance (less than 5); by week 4 it is expected to be below 17"},
		{[]visit{at("2026-01-01", "{phq: 20}"), at("2026-01-29", "{phq: 4}")},
			"first 20 (2026-01-01), now 4 (minimal); since the first time reliably better by 16; response (at least half of it is gone); remission (below 5)"},
		{[]visit{at("2026-01-01", "{phq: 9}"), at("2026-01-08", "{risk: none}")}, "first 9 (2026-01-01), no total now"},
	} {
		d := buildHistory(courseOf(t, coursePack(t), "", tt.visits...))
		if got := d.Glance[1].Value.Text; got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}
