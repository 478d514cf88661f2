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

func reviewAll(t testing.TB, e *engine.Engine, in string, opts batch.Options) (string, *batch.Summary, error) {
	t.Helper()
	var out bytes.Buffer
	s, err := batch.Review(context.Background(), e, strings.NewReader(in), &out, opts)
	return out.String(), s, err
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
