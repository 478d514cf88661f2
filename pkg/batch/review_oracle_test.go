package batch_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// expectPeople puts the rows of a table together from single reviews, in the
// plainest way. Persons stand one after the other.
func expectPeople(t *testing.T, e *engine.Engine, all []pack.Sheet) (rows [][]string) {
	t.Helper()
	for from, to := 0, 0; from < len(all); from = to {
		for to = from; to < len(all) && all[to].ID == all[from].ID; to++ {
		}
		var entries []review.Entry
		for i, s := range all[from:to] {
			entries = append(entries, review.Entry{Name: fmt.Sprint("line ", from+i), Sheet: s})
		}
		c, problems := review.NewCourse(e, entries, review.CourseOptions{})
		if problems != nil {
			t.Fatal(problems)
		}
		rows = append(rows, expectPerson(t, e, c))
	}
	return rows
}

// expectPerson is a row without its last cells, which are those of the pack and
// of what is wrong.
func expectPerson(t *testing.T, e *engine.Engine, c *review.Course) []string {
	t.Helper()
	now, n := c.Now(), len(c.Assessments)
	rec := c.Recommendation(n - 1)
	level := ""
	if rec.Level != nil {
		level = rec.Level.ID
	}
	x := map[string]string{"id": now.Sheet.ID, "date": now.Sheet.Date, "assessments": fmt.Sprint(n), "status": "single", "level": level, "possible": joined(rec.Possible, func(l *pack.Level) string { return l.ID })}
	for _, m := range c.Measures() {
		expectMeasure(x, &m)
	}
	if n > 1 {
		if r, err := c.Review(review.Options{}); err != nil {
			x["status"] = "error"
		} else {
			expectReview(x, r)
		}
	}
	var row []string
	for _, name := range reviewColumns(e.Pack()) {
		row = append(row, x[name])
	}
	return row
}

func expectMeasure(x map[string]string, m *review.Measure) {
	q := m.Question.ID + "_"
	var before []review.Point
	for _, p := range m.Points {
		if m.Now == nil || p.Assessment != m.Now.Assessment {
			before = append(before, p)
		}
	}
	x[q+"first"] = fmt.Sprint(m.Points[0].Total)
	if len(before) > 0 {
		x[q+"before"] = fmt.Sprint(before[len(before)-1].Total)
	}
	if m.Now == nil {
		return
	}
	x[q+"now"] = fmt.Sprint(m.Now.Total)
	for name, s := range map[string]*review.Shift{"since_first": m.SinceFirst, "since_before": m.SinceLast} {
		switch {
		case s == nil || m.Question.ReliableChange == 0:
		case s.Reliable:
			x[q+name] = s.Way.String()
		default:
			x[q+name] = "no"
		}
	}
	var marks []string
	if m.Response {
		marks = append(marks, "response")
	}
	if m.Remission {
		marks = append(marks, "remission")
	}
	if m.Behind {
		marks = append(marks, "behind")
	}
	x[q+"marks"] = strings.Join(marks, ";")
}

func expectReview(x map[string]string, r *review.Review) {
	x["status"], x["verdict"] = "determined", r.Verdict.String()
	if r.Verdict == review.Undetermined {
		x["status"] = "undetermined"
	}
	x["outcomes"] = joined(r.Outcomes, review.Verdict.String)
	x["present"], x["origin"] = r.Present.Level.ID, r.Present.Origin.String()
	if r.Stay.Known {
		x["since"], x["days_at_level"] = review.Date(r.Stay.Began), fmt.Sprint(r.Stay.Days)
	}
	if r.To != nil {
		x["to"] = r.To.ID
	}
	not, unknown := r.Outstanding()
	out := append(slices.Clone(not), unknown...)
	slices.SortStableFunc(out, func(a, b review.Readiness) int {
		of := func(f review.Readiness) int { return slices.Index(r.Present.Level.StepDown, f.Criterion) }
		return of(a) - of(b)
	})
	readiness := func(f review.Readiness) string { return f.Criterion.ID }
	criterion := func(c *pack.Criterion) string { return c.ID }
	x["outstanding"], x["outstanding_unknown"] = joined(out, readiness), joined(unknown, readiness)
	x["signs"] = joined(r.Seen(), func(s review.SignFinding) string { return s.Sign.ID })
	x["came"], x["went"], x["open"] = joined(r.Came, criterion), joined(r.Went, criterion), joined(r.Open, criterion)
	if r.Gap != nil {
		x["gap_days"] = fmt.Sprint(r.Gap.Over)
	}
	if r.Next != nil {
		x["next_review"] = review.Date(r.Next.Day)
	}
	var due, fell []string
	for _, d := range r.Due {
		if d.Known && d.Came > 0 {
			fell = append(fell, review.Date(d.Last)+" "+d.Due.Text)
		}
		if d.Known && !d.Ends {
			due = append(due, review.Date(d.Next)+" "+d.Due.Text)
		}
	}
	x["due"], x["fell_due"] = strings.Join(due, ";"), strings.Join(fell, ";")
	x["here"] = joined(r.Here.Levels, func(l *pack.Level) string { return l.ID })
}

func joined[T any](all []T, text func(T) string) string {
	var texts []string
	for _, x := range all {
		texts = append(texts, text(x))
	}
	return strings.Join(texts, ";")
}

func reviewColumns(p *pack.Pack) []string {
	names := strings.Fields("id date assessments status verdict outcomes present origin since days_at_level level possible to outstanding outstanding_unknown signs came went open")
	for _, q := range p.Questions {
		if q.Kind == pack.Instrument {
			for _, c := range strings.Fields("first before now since_first since_before marks") {
				names = append(names, q.ID+"_"+c)
			}
		}
	}
	return append(names, strings.Fields("gap_days next_review due fell_due here")...)
}
