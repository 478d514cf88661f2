package batch_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/rules"
	"github.com/google/go-cmp/cmp"
)

// shortly is of each result what an error changes, a line each.
func shortly(t testing.TB, out string) string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	var b strings.Builder
	for _, row := range rows[1:] {
		words := []string{row[at["id"]], row[at["date"]], row[at["assessments"]], row[at["status"]]}
		for _, name := range []string{"verdict", "present", "warnings", "error"} {
			if cell := row[at[name]]; cell != "" {
				words = append(words, cell)
			}
		}
		fmt.Fprintln(&b, strings.Join(words, " | "))
	}
	return b.String()
}

// Nothing is lost: every person and every record that is nobody's has a result,
// and no review is made from a part of what there is.
func TestReviewErrors(t *testing.T) {
	e := compile(t, rules.Default)
	for _, c := range []struct{ name, in, want string }{
		{"an answer", "id,date,emergency\na,2026-01-01,none\na,2026-01-08,nnoe\nb,2026-01-01,overdose\n", `
a | 2026-01-08 | 2 | error | line 3, column 3 (emergency): "nnoe" is not one of its answers; expected any of overdose, withdrawal, commands, no_intake, medical or none
b | 2026-01-01 | 1 | single
`},
		{"no id", "id,date,emergency\na,2026-01-01,overdose\n ,2026-01-03,overdose\na,2026-01-08,overdose\nNA,2026-01-08,overdose\n", `
 | 2026-01-03 | 1 | error | line 3, column 1 (id): nothing says whose assessment it is; expected the id of the person
 | 2026-01-08 | 1 | error | line 5, column 1 (id): nothing says whose assessment it is; expected the id of the person
a | 2026-01-08 | 2 | determined | continue | crisis
`},
		{"no date", "who,day,emergency\na,,overdose\na,2026-13-01,overdose\na,2026-01-08,overdose\n", `
a | 2026-01-08 | 3 | error | line 2, column 2 (day): there is no date; expected the day of the assessment as YYYY-MM-DD; line 3, column 2 (day): "2026-13-01" is no date; expected YYYY-MM-DD
`},
		{"the same day", "id,date,emergency\na,2026-01-01,overdose\na,2026-01-01,overdose\n", `
a | 2026-01-01 | 2 | error | line 3: is of the same day, 2026-01-01, as line 2; expected a later one; one assessment a day can be compared: put the date right, or leave one out
`},
		{"a level", "id,date,placed,emergency\na,2026-01-01,ipo,overdose\na,2026-01-08,,overdose\nb,2026-01-01,Intensive outpatient program,none\nb,2026-01-08,,overdose\nc,2026-01-01,not_assessed,overdose\n", `
a | 2026-01-08 | 2 | error | line 2, column 3 (placed): "ipo" is no level; expected one of outpatient, iop, php, inpatient, crisis; did you mean "iop"?
b | 2026-01-08 | 2 | determined | step_up | iop
c | 2026-01-01 | 1 | error | line 6, column 3 (placed): "not_assessed" is no level; expected one of outpatient, iop, php, inpatient, crisis
`},
		{"nothing says where the person is", "id,date,emergency\na,2026-01-01,none\na,2026-01-08,overdose\n", `
a | 2026-01-08 | 2 | error | line 2 (placed): nothing says where the person is cared for after the assessment of 2026-01-01: it records no placement, and its answers leave open outpatient or iop or php or inpatient or crisis; write the level into the column placed
`},
		{"too few fields", "id,date,emergency\na,2026-01-01,overdose\na,2026-01-08\nb,2026-01-01,overdose\n", `
a | 2026-01-01 | 2 | error | line 3: 2 fields, and the header has 3
b | 2026-01-01 | 1 | single
`},
		{"too few fields, of the next person", "id,date,emergency\na,2026-01-01,overdose\nb,2026-01-08\nb,2026-02-01,overdose\n", `
a | 2026-01-01 | 1 | single
b | 2026-02-01 | 2 | error | line 3: 2 fields, and the header has 3
`},
		{"fields that are shifted break no order", "id,date,emergency\na,2026-01-01,overdose\nzz,a,2026-01-08,overdose\na,2026-01-08,overdose\nb,2026-01-01,overdose\n", `
zz |  | 1 | error | line 3: 4 fields, and the header has 3
a | 2026-01-08 | 2 | determined | continue | crisis
b | 2026-01-01 | 1 | single
`},
		{"a quote", "id,date,emergency\na,2026-01-01,overdose\na,2026-01-08,ov\"er\nb,2026-01-01,overdose\n", `
a | 2026-01-01 | 2 | error | line 3, column 3 (emergency): a quote in a field that does not begin with one
b | 2026-01-01 | 1 | single
`},
		{"not UTF-8", "id,date,emergency\na\xff,2026-01-01,overdose\nb,2026-01-01,overdose\n", `
` + "a\xff" + ` | 2026-01-01 | 1 | error | line 2, column 1 (id): the id is not UTF-8
b | 2026-01-01 | 1 | single
`},
		{"a formula", "id,date,emergency\n=1+1,2026-01-01,overdose\n", `
'=1+1 | 2026-01-01 | 1 | single
`},
	} {
		opts := batch.Options{}
		if strings.HasPrefix(c.in, "who") {
			opts.Columns.To, opts.DateColumn = map[string]string{"who": "id"}, "day"
		}
		got, s, err := reviewAll(t, e, c.in, opts)
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if diff := cmp.Diff(strings.TrimPrefix(c.want, "\n"), shortly(t, got)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
		if n := strings.Count(shortly(t, got), "| error |"); s.Errors != int64(n) {
			t.Errorf("%s: %d errors counted, and %d told", c.name, s.Errors, n)
		}
	}
}

// In JSON Lines an assessment may say all that a file of one may.
func TestReviewOfRecords(t *testing.T) {
	e := compile(t, rules.Default)
	p := e.Pack()
	made := fmt.Sprintf(`"pack":{"id":%q,"version":%q,"hash":%q}`, p.ID, p.Version, p.Hash)
	line := func(date, more string) string {
		return fmt.Sprintf(`{"id":"a","date":%q,%s,"answers":{"emergency":["overdose"]}}`+"\n", date, more)
	}
	now := line("2026-02-01", made)
	for _, c := range []struct{ name, in, want string }{
		{"placement", line("2026-01-01", made+`,"placement":{"level":"inpatient","by":"nurse","date":"2026-01-02"}`) + now,
			"a | 2026-02-01 | 2 | determined | step_up | inpatient"},
		{"placed", line("2026-01-01", `"placed":"php"`) + now, "a | 2026-02-01 | 2 | determined | step_up | php"},
		{"placed by its title", line("2026-01-01", `"placed":"OUTPATIENT"`) + now, "a | 2026-02-01 | 2 | determined | step_up | outpatient"},
		{"placed nowhere", line("2026-01-01", `"placed":null`) + now, "a | 2026-02-01 | 2 | determined | continue | crisis"},
		{"recommendation", line("2026-01-01", made+`,"recommendation":{"status":"determined","level":"iop"}`) + now, "a | 2026-02-01 | 2 | determined | step_up | iop"},
		{"both", line("2026-01-01", `"placed":"php","placement":{"level":"inpatient","by":"nurse","date":"2026-01-02"}`) + now,
			"a | 2026-02-01 | 2 | error | line 1, column 58 (placement): the placement is there twice: under placed, and under placement"},
		{"no level", line("2026-01-01", `"placed":5`) + now, "a | 2026-02-01 | 2 | error | line 1, column 40 (placed): found a number; expected the id of a level"},
		{"a placement that is none", line("2026-01-01", `"placement":{"level":"inpatient","date":"2026-01-02"}`) + now,
			`a | 2026-02-01 | 2 | error | line 1, column 43 (placement): missing key "by"`},
		{"a draft", line("2026-01-01", `"draft":true`) + now,
			"a | 2026-02-01 | 2 | error | line 1: is a draft; expected a finished assessment; go on with the interview, or take draft out of the file if nothing more can be asked"},
		{"newer rules", line("2026-01-01", fmt.Sprintf(`"pack":{"id":%q,"version":"99.0.0"}`, p.ID)) + now,
			"a | 2026-02-01 | 2 | error | line 1: made with version 99.0.0 of the rules, which is newer than " + p.Version + ", the one in use; use those rules, or take the answers as they are with --any-version"},
		{"older rules", line("2026-01-01", fmt.Sprintf(`"pack":{"id":%q,"version":"1.0.0"}`, p.ID)) + now,
			"a | 2026-02-01 | 2 | determined | continue | crisis | line 1: made with version 1.0.0 of the rules, which is older than " + p.Version + ", the one in use, by which all is judged here"},
		{"older rules, often", line("2026-01-01", fmt.Sprintf(`"pack":{"id":%q,"version":"1.0.0"}`, p.ID)) + line("2026-01-02", fmt.Sprintf(`"pack":{"id":%q,"version":"1.0.0"}`, p.ID)) + now,
			"a | 2026-02-01 | 3 | determined | continue | crisis | line 1 and 1 more: made with version 1.0.0 of the rules, which is older than " + p.Version + ", the one in use, by which all is judged here"},
		{"no object", "[]\n" + now, " |  | 1 | error | line 1, column 1: found a list; expected an object\na | 2026-02-01 | 1 | single"},
	} {
		got, _, err := reviewAll(t, e, c.in, batch.Options{Input: batch.JSONLines})
		if err != nil {
			t.Fatalf("%s: %v", c.name, err)
		}
		if diff := cmp.Diff(c.want+"\n", shortly(t, got)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", c.name, diff)
		}
	}
}

// Whoever stands out of order is named, with the one before and both lines.
func TestReviewOrder(t *testing.T) {
	e := compile(t, rules.Default)
	for _, c := range []struct{ rows, want, people string }{
		{"a b c", "", "a b c"},
		{"1 2 10", "", "1 2 10"},
		{"1 10 2", "", "1 10 2"},
		{"007 7 8 0010", "", "007 7 8 0010"},
		{"99999999999999999999 100000000000000000000", "", "99999999999999999999 100000000000000000000"},
		{"a a b", "", "a b"},
		{"b a", `the ids do not ascend as text: "b" (line 2) is followed by "a" (line 3)`, ""},
		{"a b a", `the ids do not ascend as text: "b" (line 3) is followed by "a" (line 4)`, "a"},
		{"1 10 2 1", `the ids do not ascend as text: "2" (line 4) is followed by "1" (line 5); and the ids do not ascend as numbers: "10" (line 3) is followed by "2" (line 4)`, "1 10"},
		{"2 10 x", `the ids do not ascend as text: "2" (line 2) is followed by "10" (line 3); and "x" (line 4) is no whole number`, "2"},
		{"a@2026-02-01 a@2026-01-01", `the dates of "a" do not ascend: 2026-02-01 (line 2) is followed by 2026-01-01 (line 3)`, ""},
		{"a@2026-02-01 a@ a@2026-01-01", `the dates of "a" do not ascend: 2026-02-01 (line 2) is followed by 2026-01-01 (line 4)`, ""},
	} {
		in := "id,date,emergency\n"
		for i, word := range strings.Fields(c.rows) {
			id, date, dated := strings.Cut(word, "@")
			if !dated {
				date = fmt.Sprintf("2026-01-%02d", i+1)
			}
			in += id + "," + date + ",overdose\n"
		}
		out, _, err := reviewAll(t, e, in, batch.Options{})
		problem := ""
		if order := (*batch.OrderError)(nil); errors.As(err, &order) {
			problem = order.Problem
		} else if err != nil {
			t.Fatal(err)
		}
		if problem != c.want {
			t.Errorf("%s: got %q, want %q", c.rows, problem, c.want)
		}
		var people []string
		for line := range strings.Lines(shortly(t, out)) {
			people = append(people, strings.Fields(line)[0])
		}
		if got := strings.Join(people, " "); got != c.people {
			t.Errorf("%s: the results are of %q, want %q", c.rows, got, c.people)
		}
	}
}

func TestReviewNeedsIDsAndDates(t *testing.T) {
	e := compile(t, rules.Default)
	for _, c := range []struct {
		header string
		opts   batch.Options
		want   string
	}{
		{"emergency", batch.Options{}, `column "id": the input has no such column, and a review has to know whose assessment each record is
column "date": the input has no such column, and a review has to know of which day each assessment is`},
		{"id,dat,emergency", batch.Options{Reviews: batch.Reviews{DateColumn: "date"}}, `column 2, "dat": no question has this name; did you mean "date"?
column "date": it is to hold the dates, and the input has no such column; did you mean "dat"?`},
		{"id,date,day,emergency", batch.Options{Reviews: batch.Reviews{DateColumn: "day"}}, `column 2, "date": the dates are said to be in column "day", and no question has this name`},
		{"id,date,emergency", batch.Options{Reviews: batch.Reviews{PlacedColumn: "level"}}, `column "level": it is to hold the placements, and the input has no such column`},
	} {
		_, _, err := reviewAll(t, e, c.header+"\n", c.opts)
		if err == nil || err.Error() != c.want {
			t.Errorf("%s:\n%v\nwant\n%s", c.header, err, c.want)
		}
	}
	// Without a review a column of placements is none.
	if _, _, err := run(t, e, "id,placed,emergency\n", batch.Options{}); err == nil {
		t.Error("a batch takes a column of placements")
	}
}

func TestReviewStops(t *testing.T) {
	e := compile(t, rules.Default)
	in := "id,date,emergency\na,2026-01-01,overdose\nb,2026-01-01,x\nc,2026-01-01,overdose\nd,x,x\nd,2026-01-01,overdose\ne,2026-01-01,overdose\n"
	for _, c := range []struct {
		opts           batch.Options
		ids            string
		errors, people int64
	}{
		{batch.Options{FailFast: true}, "a b", 1, 2},
		{batch.Options{MaxErrors: 2}, "a b c d", 2, 4},
		{batch.Options{MaxErrors: 3}, "a b c d e", 2, 5},
	} {
		for _, workers := range []int{1, 3} {
			c.opts.Workers = workers
			told := 0
			c.opts.Errors = func(batch.RowError) { told++ }
			out, s, err := reviewAll(t, e, in, c.opts)
			var stopped *batch.StoppedError
			if errors.As(err, &stopped) != (c.ids != "a b c d e") {
				t.Errorf("%s: %v", c.ids, err)
			}
			var ids []string
			for line := range strings.Lines(shortly(t, out)) {
				ids = append(ids, line[:1])
			}
			if got := strings.Join(ids, " "); got != c.ids || s.Errors != c.errors || s.Review.People != c.people || told != map[int64]int{1: 1, 2: 3}[c.errors] {
				t.Errorf("got %s, %d errors of %d persons, %d told; want %s, %d of %d", got, s.Errors, s.Review.People, told, c.ids, c.errors, c.people)
			}
		}
	}
}

// A person with more assessments than anybody has is in error, and takes no
// more memory than that.
func TestReviewOfTooMany(t *testing.T) {
	batch.SetMostAssessments(t, 3)
	e := compile(t, rules.Default)
	in := "id,date,emergency\n"
	for i := range 5 {
		in += fmt.Sprintf("a,2026-01-%02d,overdose\n", i+1)
	}
	for i := range 3 {
		in += fmt.Sprintf("b,2026-01-%02d,overdose\n", i+1)
	}
	for _, sort := range []bool{false, true} {
		out, _, err := reviewAll(t, e, in, batch.Options{Reviews: batch.Reviews{Sort: sort}})
		want := "a | 2026-01-03 | 5 | error | line 5: this person has more than 3 assessments\nb | 2026-01-03 | 3 | determined | continue | crisis\n"
		if diff := cmp.Diff(want, shortly(t, out)); err != nil || diff != "" {
			t.Errorf("%v\n%s", err, diff)
		}
	}
}

// With a level for everybody nobody is in error for want of one, and whoever
// was elsewhere is told of.
func TestReviewAtALevel(t *testing.T) {
	e := compile(t, rules.Default)
	in := "id,date,emergency\na,2026-01-01,none\na,2026-01-02,overdose\nb,2026-01-01,overdose\nb,2026-01-02,overdose\n"
	out, _, err := reviewAll(t, e, in, batch.Options{Reviews: batch.Reviews{At: "php"}})
	want := `a | 2026-01-02 | 2 | determined | step_up | php
b | 2026-01-02 | 2 | determined | step_up | php | the earlier assessments say that the person is at crisis, and not at php
`
	if diff := cmp.Diff(want, shortly(t, out)); err != nil || diff != "" {
		t.Errorf("%v\n%s", err, diff)
	}
}
