package batch_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
	"github.com/carelevel/carelevel/rules"
	"github.com/google/go-cmp/cmp"
)

// courseOf is a random course of one person: from one assessment on, with some
// answers as they were before, placed here and there.
func courseOf(r *rand.Rand, p *pack.Pack, id string) (all []pack.Sheet) {
	percent, day := []int{40, 90, 100}[r.IntN(3)], 20000+r.IntN(400)
	a := enginetest.Answers(r, p, percent)
	for i := range 1 + r.IntN(5) {
		if other := enginetest.Answers(r, p, percent); i > 0 {
			a = slices.Clone(a)
			for _, q := range p.Questions {
				for _, slot := range q.Slots() {
					if r.IntN(3) == 0 {
						a[slot] = other[slot]
					}
				}
			}
			if p.CheckAnswers(a) != nil {
				a = other
			}
		}
		s := pack.Sheet{ID: id, Date: review.Date(day), Answers: a}
		if r.IntN(3) > 0 {
			s.Placement = &pack.Placement{Level: p.Levels[r.IntN(len(p.Levels))].ID, By: "psychologist", Date: s.Date}
		}
		all = append(all, s)
		day += 1 + r.IntN(70)
	}
	return all
}

// told is a course of the pack's own cases, and what of it was known after each
// assessment.
func told(c *pack.CourseTest, id string) (all []pack.Sheet) {
	for i := range c.Steps {
		for k, step := range c.Steps[:i+1] {
			s := pack.Sheet{ID: fmt.Sprintf("%s-%d", id, i), Date: review.Date(20000 + step.Day), Answers: step.Answers}
			if step.Placed != nil && k < i {
				s.Placement = &pack.Placement{Level: step.Placed.ID, By: "nurse", Date: s.Date}
			}
			all = append(all, s)
		}
	}
	return all
}

// reviewTable writes sheets as CSV, with a column for every slot.
func reviewTable(p *pack.Pack, all []pack.Sheet) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	header := []string{"date", "id", "placed"}
	for _, s := range p.Slots {
		header = append(header, s.ID)
	}
	w.Write(header)
	for _, s := range all {
		row := []string{s.Date, s.ID, ""}
		if s.Placement != nil {
			row[2] = s.Placement.Level
		}
		for slot, v := range s.Answers {
			cell := ""
			if v != pack.Missing {
				cell = p.FormatAnswer(slot, v)
			}
			row = append(row, strings.ReplaceAll(cell, ", ", ";"))
		}
		w.Write(row)
	}
	w.Flush()
	return b.String()
}

// reviewLines writes sheets as a file of one assessment has them, each on a
// line. The placement is, if later, of another day than the assessment.
func reviewLines(t *testing.T, p *pack.Pack, all []pack.Sheet, later bool) string {
	var b strings.Builder
	for i, s := range all {
		line := map[string]any{"schema": pack.SheetSchema, "id": s.ID, "date": s.Date, "answers": p.AnswersJSON(s.Answers),
			"pack": map[string]string{"id": p.ID, "version": p.Version, "hash": p.Hash}}
		if at := s.Placement; at != nil {
			placement := map[string]string{"level": at.Level, "by": at.By, "date": at.Date}
			if day, _ := review.Day(at.Date); later && (i+1 == len(all) || all[i+1].Date > review.Date(day+1) || all[i+1].ID != s.ID) {
				placement["date"] = review.Date(day + 1)
			}
			line["placement"] = placement
		}
		text, err := json.Marshal(line)
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(text, '\n'))
	}
	return b.String()
}

// readLines reads each line as the file that it could be.
func readLines(t *testing.T, p *pack.Pack, lines string) (all []pack.Sheet) {
	t.Helper()
	for line := range strings.Lines(lines) {
		s, ds := p.ReadAnswers("a.json", []byte(line), nil)
		if diag.HasErrors(ds) {
			t.Fatalf("%v: %s", ds, line)
		}
		all = append(all, s)
	}
	return all
}

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

func reviewAll(t testing.TB, e *engine.Engine, in string, opts batch.Options) (string, *batch.Summary, error) {
	t.Helper()
	var out bytes.Buffer
	s, err := batch.Review(context.Background(), e, strings.NewReader(in), &out, opts)
	return out.String(), s, err
}

// rowsOf reads a table of results, and leaves out what expectPerson does.
func rowsOf(t *testing.T, p *pack.Pack, out string) [][]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := append(reviewColumns(p), "warnings", "pack", "version", "hash", "error")
	if !slices.Equal(rows[0], want) {
		t.Fatal(cmp.Diff(want, rows[0]))
	}
	rows = rows[1:]
	for i := range rows {
		if (rows[i][3] == "error") != (rows[i][len(want)-1] != "") {
			t.Errorf("status %s, and error %q", rows[i][3], rows[i][len(want)-1])
		}
		rows[i] = rows[i][:len(want)-5]
	}
	return rows
}

// linesOf reads lines of JSON as the rows that they stand for.
func linesOf(t *testing.T, p *pack.Pack, out string) (rows [][]string) {
	t.Helper()
	for line := range strings.Lines(out) {
		var o struct {
			ID, Date, Status   string
			Assessments        int
			Verdict, Level, To string
			Outcomes, Possible []string
			Present            struct {
				Level, Since, Basis string
				Days                json.Number
			}
			Outstanding, Signs     []string
			OutstandingUnknown     []string `json:"outstanding_unknown"`
			Came, Went, Open, Here []string
			Next                   struct{ Date string } `json:"next_review"`
			Gap                    struct{ Over json.Number }
			Due                    []struct{ Text, Last, Next string }
			Measures               []struct {
				Question   string
				First, Now json.Number
				Before     json.Number
				SinceFirst *struct {
					Direction string
					Reliable  bool
				} `json:"since_first"`
				SinceLast *struct {
					From      json.Number
					Direction string
					Reliable  bool
				} `json:"since_last"`
				Response, Remission, Behind bool
			}
		}
		if err := json.Unmarshal([]byte(line), &o); err != nil {
			t.Fatal(err)
		}
		list := func(all []string) string { return strings.Join(all, ";") }
		x := map[string]string{"id": o.ID, "date": o.Date, "status": o.Status, "assessments": fmt.Sprint(o.Assessments), "verdict": o.Verdict, "level": o.Level, "to": o.To,
			"outcomes": list(o.Outcomes), "possible": list(o.Possible), "present": o.Present.Level, "since": o.Present.Since, "origin": o.Present.Basis, "days_at_level": o.Present.Days.String(),
			"outstanding": list(o.Outstanding), "outstanding_unknown": list(o.OutstandingUnknown), "signs": list(o.Signs), "came": list(o.Came), "went": list(o.Went), "open": list(o.Open),
			"here": list(o.Here), "next_review": o.Next.Date, "gap_days": o.Gap.Over.String()}
		var due, fell []string
		for _, d := range o.Due {
			if d.Last != "" {
				fell = append(fell, d.Last+" "+d.Text)
			}
			if d.Next != "" {
				due = append(due, d.Next+" "+d.Text)
			}
		}
		x["due"], x["fell_due"] = list(due), list(fell)
		for _, m := range o.Measures {
			q := m.Question + "_"
			x[q+"first"], x[q+"before"], x[q+"now"] = m.First.String(), m.Before.String(), m.Now.String()
			if s := m.SinceFirst; s != nil {
				x[q+"since_first"] = map[bool]string{true: s.Direction, false: "no"}[s.Reliable]
			}
			if s := m.SinceLast; s != nil {
				x[q+"since_before"] = map[bool]string{true: s.Direction, false: "no"}[s.Reliable]
			}
			var marks []string
			for i, holds := range []bool{m.Response, m.Remission, m.Behind} {
				if holds {
					marks = append(marks, []string{"response", "remission", "behind"}[i])
				}
			}
			x[q+"marks"] = list(marks)
		}
		var row []string
		for _, name := range reviewColumns(p) {
			row = append(row, x[name])
		}
		rows = append(rows, row)
	}
	return rows
}

// For every person the result is that of a single review, from every form into
// every form, whatever the workers and the sizes of pieces.
func TestReviewAgreesWithSingle(t *testing.T) {
	batch.SetSizes(t, 4<<10, 1<<20)
	rnd := rand.New(rand.NewPCG(5, 6))
	for _, name := range rules.Names() {
		e := compile(t, name)
		p := e.Pack()
		var all []pack.Sheet
		for i := range 60 {
			all = append(all, courseOf(rnd, p, fmt.Sprintf("p%03d", i))...)
		}
		for i, c := range p.Courses {
			all = append(all, told(c, fmt.Sprintf("q%03d", i))...)
		}
		table, lines := reviewTable(p, all), reviewLines(t, p, all, true)
		want, wantLines := expectPeople(t, e, all), expectPeople(t, e, readLines(t, p, lines))
		if name == rules.Default {
			checkVaried(t, want)
		}
		for _, c := range []struct {
			name, in string
			opts     batch.Options
			want     [][]string
		}{
			{"CSV to CSV", table, batch.Options{}, want},
			{"CSV to JSON Lines", table, batch.Options{Output: batch.JSONLines}, want},
			{"JSON Lines to JSON Lines", lines, batch.Options{Input: batch.JSONLines, Output: batch.JSONLines}, wantLines},
			{"JSON Lines to CSV", lines, batch.Options{Input: batch.JSONLines}, wantLines},
			{"compressed", gzipped(table), batch.Options{}, want},
		} {
			for _, workers := range []int{1, 3} {
				c.opts.Workers = workers
				out, s, err := reviewAll(t, e, c.in, c.opts)
				if err != nil || s.Rows != int64(len(all)) || s.Review.People != int64(len(want)) || s.Review.Nobody != 0 {
					t.Fatalf("%s, %s: %v, %+v", name, c.name, err, s)
				}
				read := rowsOf
				if c.opts.Output == batch.JSONLines {
					read = linesOf
				}
				if diff := cmp.Diff(c.want, read(t, p, out)); diff != "" {
					t.Fatalf("%s, %s, %d workers: single (-), batch (+)\n%s", name, c.name, workers, diff)
				}
			}
		}
	}
}

// checkVaried makes sure that everything came up that may come of a person.
func checkVaried(t *testing.T, rows [][]string) {
	t.Helper()
	seen := map[string]bool{}
	for _, row := range rows {
		seen[row[3]], seen[row[4]] = true, true
	}
	for _, word := range append(pack.Verdicts(), "single", "error") {
		if !seen[word] {
			t.Errorf("no person is %s", word)
		}
	}
}

// A file that is sorted here gives what the sorted file gives, byte for byte.
func TestReviewSorts(t *testing.T) {
	rnd := rand.New(rand.NewPCG(5, 7))
	for seed := range 12 {
		e := compile(t, rules.Default)
		if seed > 0 {
			e = compiled(t, enginetest.Pack(rnd, enginetest.Size{Questions: 1 + seed%9, Small: seed%2 == 0}))
		}
		format := []string{"%02d", "%d", "p%02d"}[seed%3]
		var all []pack.Sheet
		for i := range 60 {
			for _, s := range courseOf(rnd, e.Pack(), fmt.Sprintf(format, 5+i)) {
				s.Placement = &pack.Placement{Level: e.Pack().Levels[0].ID, Date: s.Date} // so that nobody is in error, which would name a line
				all = append(all, s)
			}
		}
		want, _, err := reviewAll(t, e, reviewTable(e.Pack(), all), batch.Options{})
		if err != nil {
			t.Fatal(err)
		}
		rnd.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
		table := reviewTable(e.Pack(), all)
		if got, _, err := reviewAll(t, e, table, batch.Options{Reviews: batch.Reviews{Sort: true}}); err != nil || got != want {
			t.Fatalf("%v\n%s", err, firstDifference(want, got))
		}
		if _, _, err := reviewAll(t, e, table, batch.Options{}); err == nil {
			t.Error("a file that is not sorted is taken for one that is")
		}
	}
}
