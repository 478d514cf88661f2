package batch_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/google/go-cmp/cmp"
)

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
