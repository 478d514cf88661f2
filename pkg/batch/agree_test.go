package batch_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/report"
	"github.com/carelevel/carelevel/rules"
	"github.com/google/go-cmp/cmp"
)

var assessments = flag.Int("assessments", 5_000, "how many random assessments a batch and single recommendations are compared on")

// Expected results are put together from single recommendations, in the
// plainest way.
type (
	expected struct {
		Schema       string                `json:"schema"`
		Pack         expectedPack          `json:"pack"`
		ID           string                `json:"id"`
		Date         string                `json:"date"`
		Status       string                `json:"status"`
		Level        *string               `json:"level"`
		Possible     []string              `json:"possible"`
		Exact        bool                  `json:"exact"`
		Indications  []expectedIndication  `json:"indications"`
		Requirements []expectedRequirement `json:"requirements"`
		Deciding     []string              `json:"deciding"`
		Answers      json.RawMessage       `json:"answers"`
		Warnings     []expectedWarning     `json:"warnings"`
	}
	expectedPack struct {
		ID      string `json:"id"`
		Version string `json:"version"`
		Hash    string `json:"hash"`
	}
	expectedIndication struct {
		Criterion string `json:"criterion"`
		Level     string `json:"level"`
	}
	expectedRequirement struct {
		Criterion string `json:"criterion"`
		Level     string `json:"level"`
		State     string `json:"state"`
	}
	expectedWarning struct {
		ID   string `json:"id"`
		Kind string `json:"kind"`
	}
)

func expect(e *engine.Engine, id string, a pack.Answers) expected {
	p, r := e.Pack(), e.Recommend(a)
	x := expected{Schema: "carelevel.recommendation/1", Pack: expectedPack{p.ID, p.Version, p.Hash}, ID: id, Status: "undetermined", Exact: !r.Bounds,
		Possible: []string{}, Indications: []expectedIndication{}, Requirements: []expectedRequirement{}, Deciding: []string{}, Answers: p.AnswersJSON(a), Warnings: []expectedWarning{}}
	if r.Level != nil {
		x.Status, x.Level = "determined", &r.Level.ID
	}
	for _, l := range r.Possible {
		x.Possible = append(x.Possible, l.ID)
	}
	for _, f := range r.Indications {
		x.Indications = append(x.Indications, expectedIndication{f.Criterion.ID, f.Criterion.Level.ID})
	}
	for _, f := range r.Requirements {
		state := map[engine.Truth]string{engine.True: "met", engine.False: "not_met", engine.Unknown: "unknown"}[f.State]
		x.Requirements = append(x.Requirements, expectedRequirement{f.Criterion.ID, f.Criterion.Level.ID, state})
	}
	for _, q := range r.Deciding {
		x.Deciding = append(x.Deciding, q.ID)
	}
	for _, n := range r.Notes {
		x.Warnings = append(x.Warnings, expectedWarning{n.Note.ID, n.Note.Kind.String()})
	}
	return x
}

// cells is the same as a line of CSV.
func (x *expected) cells() []string {
	var indications, unmet, unknown, warnings []string
	for _, i := range x.Indications {
		indications = append(indications, i.Criterion)
	}
	for _, r := range x.Requirements {
		switch r.State {
		case "not_met":
			unmet = append(unmet, r.Criterion)
		case "unknown":
			unknown = append(unknown, r.Criterion)
		}
	}
	for _, w := range x.Warnings {
		warnings = append(warnings, w.ID)
	}
	level := ""
	if x.Level != nil {
		level = *x.Level
	}
	cells := []string{x.ID, x.Status, level}
	for _, list := range [][]string{x.Possible, indications, unmet, unknown, x.Deciding, warnings} {
		cells = append(cells, strings.Join(list, ";"))
	}
	return append(cells, x.Pack.ID, x.Pack.Version, x.Pack.Hash, "")
}

// agree runs assessments through the batch in all ways and compares each line.
func agree(t *testing.T, e *engine.Engine, all []pack.Answers) {
	t.Helper()
	var wantTable, wantLines, lines bytes.Buffer
	w, j := csv.NewWriter(&wantTable), json.NewEncoder(&wantLines)
	j.SetEscapeHTML(false)
	w.Write(strings.Split("id,status,level,possible,indications,unmet,unknown,deciding,warnings,pack,version,hash,error", ","))
	for i, a := range all {
		x := expect(e, fmt.Sprint("r", i), a)
		w.Write(x.cells())
		if err := j.Encode(x); err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(&lines, `{"id":"r%d","answers":%s}`+"\n", i, e.Pack().AnswersJSON(a))
	}
	w.Flush()
	in := table(e.Pack(), all)
	for _, c := range []struct {
		name, in, want string
		opts           batch.Options
	}{
		{"CSV to CSV", in, wantTable.String(), batch.Options{}},
		{"CSV to JSON Lines", in, wantLines.String(), batch.Options{Output: batch.JSONLines}},
		{"JSON Lines to JSON Lines", lines.String(), wantLines.String(), batch.Options{Input: batch.JSONLines, Output: batch.JSONLines}},
	} {
		got, s, err := run(t, e, c.in, c.opts)
		if err != nil || s.Errors > 0 || s.Rows != int64(len(all)) {
			t.Fatalf("%s: %+v, %v", c.name, s, err)
		}
		if got != c.want {
			t.Fatalf("%s: single (-), batch (+)\n%s", c.name, firstDifference(c.want, got))
		}
	}
}

func firstDifference(want, got string) string {
	a, b := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(a), len(b)) {
		if a[i] != b[i] {
			return cmp.Diff(a[i], b[i])
		}
	}
	return fmt.Sprintf("%d lines, and %d", len(a), len(b))
}

func TestBatchAgreesWithSingle(t *testing.T) {
	for _, name := range rules.Names() {
		e := compile(t, name)
		var all []pack.Answers
		for _, c := range e.Pack().Tests {
			all = append(all, c.Answers)
		}
		agree(t, e, all)
	}
	n := *assessments
	if testing.Short() {
		n /= 10
	}
	e := compile(t, rules.Default)
	rnd := rand.New(rand.NewPCG(1, 7))
	for percent := 10; percent <= 100; percent += 10 {
		var all []pack.Answers
		for range n / 10 {
			all = append(all, enginetest.Answers(rnd, e.Pack(), percent))
		}
		agree(t, e, all)
	}
}

func TestBatchAgreesOnRandomPacks(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 8))
	for seed := range 60 {
		e := compiled(t, enginetest.Pack(rnd, enginetest.Size{Questions: 1 + seed%12, Small: seed%2 == 0}))
		var all []pack.Answers
		for range 50 {
			all = append(all, enginetest.Answers(rnd, e.Pack(), 20+seed))
		}
		agree(t, e, all)
	}
}

// With Explain each line is the single recommendation's, byte for byte.
func TestExplainedLinesAreTheReports(t *testing.T) {
	e := compile(t, rules.Default)
	record := func(w io.Writer, s pack.Sheet) error {
		r := e.Recommend(s.Answers)
		return report.JSONLine(w, report.Input{Recommendation: r, Explanation: explain.Explain(e, r), ID: s.ID, Date: s.Date})
	}
	rnd := rand.New(rand.NewPCG(1, 9))
	var all []pack.Answers
	var want bytes.Buffer
	for i := range 100 {
		all = append(all, enginetest.Answers(rnd, e.Pack(), i+1))
		if err := record(&want, pack.Sheet{Answers: all[i], ID: fmt.Sprint("r", i), Date: "2026-01-01"}); err != nil {
			t.Fatal(err)
		}
	}
	got, _, err := run(t, e, table(e.Pack(), all), batch.Options{Output: batch.JSONLines, Explain: true, Record: record, Date: "2026-01-01"})
	if err != nil || got != want.String() {
		t.Errorf("%v\n%s", err, firstDifference(want.String(), got))
	}
}
