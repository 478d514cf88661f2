package compare_test

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/compare"
	"github.com/carelevel/carelevel/pkg/pack"
)

// overTime is the pack of testdata that says everything over time, edited.
func overTime(t *testing.T, edits ...string) *pack.Pack {
	t.Helper()
	data, err := os.ReadFile("../../testdata/check/ok/over_time.yaml")
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(edits); i += 2 {
		if n := bytes.Count(data, []byte(edits[i])); n != 1 {
			t.Fatalf("%q is there %d times", edits[i], n)
		}
		data = bytes.Replace(data, []byte(edits[i]), []byte(edits[i+1]), 1)
	}
	return load(t, fstest.MapFS{"pack.yaml": {Data: data}})
}

// Every edit of what is said over time is noticed, and no more than that.
func TestOverTime(t *testing.T) {
	for _, test := range []struct {
		name  string
		edits []string
		want  string // what is said after the figures
	}{
		{"nothing", nil, "\nThe packs say the same.\n"},
		{"a named condition has another name", []string{"  worst:", "  worse:", "when: worst, because: Nothing", "when: worse, because: Nothing", "when: worst, because: It suffers", "when: worse, because: It suffers",
			"held: {when: worst", "held: {when: worse", "seen: {when: worst", "seen: {when: worse", "no functioning left", "nothing left"},
			"\nCriteria, and what else has a condition\n" +
				"  Added: condition worse; perhaps it was worst, which says the same\n    when: functioning is gone\n" +
				"  Removed: condition worst; perhaps it is now worse, which says the same\n    was: functioning is gone\n"},
		{"readiness must have held for longer", []string{"at_most: impaired}}, times: 2}", "at_most: impaired}}, times: 3}"},
			"\nCriteria, and what else has a condition\n" +
				"  Changed: step-down iop-down-functioning of IOP; says something else over time\n" +
				"    over time, was: at this assessment and the one before: functioning is impaired or better\n" +
				"    over time, now: at this assessment and the 2 before: functioning is impaired or better\n"},
		{"no more over time", []string{"        course: {held: {when: {functioning: {at_most: impaired}}, times: 2}}\n", ""},
			"\nCriteria, and what else has a condition\n" +
				"  Changed: step-down iop-down-functioning of IOP; says something else over time\n" +
				"    over time, was: at this assessment and the one before: functioning is impaired or better\n    over time, now: nothing\n"},
		{"a sign is gone", []string{"      - {id: op-worst, when: worst, because: Nothing works., sources: [policy]}", "      []"},
			"\nCriteria, and what else has a condition\n  Removed: step-up sign op-worst of Outpatient\n    was: no functioning left\n"},
		{"a sign is seen elsewhere", []string{"{id: op-worst, when: worst,", "{id: op-worst, when: {functioning: {at_least: impaired}},"},
			"\nCriteria, and what else has a condition\n  Changed: step-up sign op-worst of Outpatient; wider: it holds where it held, and elsewhere\n" +
				"    was: no functioning left:\n    was: functioning is gone\n    now: functioning is impaired or worse\n    held for 33.3% of the answers, holds for 66.7%\n"},
		{"a sign over time is new", []string{"    here:", "    supports: []\n    here:", "    step_up:\n      - id: iop-worse\n", "    step_up:\n      - {id: iop-new, course: {changed: {question: phq9, worse_by: 9, since: first}}, because: New., sources: [policy]}\n      - id: iop-worse\n"},
			"\nCriteria, and what else has a condition\n  Added: step-up sign iop-new of IOP\n    over time, when: PHQ-9 is at least 9 points worse than when first answered\n"},
		{"one amount and one time", []string{"worse_by: 5, within_days: 14", "worse_by: 6, within_days: 14", "worse_by: 1, since: last", "worse_by: 1, since: first"},
			"\nCriteria, and what else has a condition\n  Changed: step-up sign iop-worse of IOP; says something else over time\n" +
				"    over time, was: PHQ-9 is at least 5 points worse than at an assessment of the last 14 days\n" +
				"    over time, was: PHQ-9 item 9 (\"Death\") is at least 1 point worse than at the assessment before\n" +
				"    over time, now: PHQ-9 is at least 6 points worse than at an assessment of the last 14 days\n" +
				"    over time, now: PHQ-9 item 9 (\"Death\") is at least 1 point worse than when first answered\n"},
		{"texts of a sign", []string{"because: It gets worse.", "because: It is worse."},
			"\nDifferences in wording alone\n  step-up sign iop-worse: because\n"},
		{"milestones", []string{"{weeks: 8, below: 10}", "{weeks: 8, below: 9}"},
			"\nQuestions\n  Changed: phq9, \"PHQ-9\"\n    what review makes of it over time differs\n"},
		{"a target", []string{"phq9: {at_most: mild}", "phq9: {at_most: minimal}"}, "\nLevels\n  Changed: IOP says something else over time: targets\n"},
		{"for whom", []string{"when: {phq9: {at_least: more}}", "when: {phq9: {at_least: 12}}"}, "\nLevels\n  Changed: IOP says something else over time: targets\n"},
		{"a level in other words", []string{"- Stabilise", "- Stabilise soon", "here: {coming_from: iop}", "here: {coming_from: home}", "Which days", "What days", "first: 18", "first: 20"},
			"\nLevels\n  Changed: IOP says something else over time: due, here\n\nDifferences in wording alone\n  level iop: objectives, agree\n"},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, err := compare.Packs(named(overTime(t), "0"), named(overTime(t, append(test.edits, "version: 1.0.0", "version: 1.0.1")...), "1"), compare.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			if err := compare.Text(&b, compare.Report{Difference: d, Width: 200}); err != nil {
				t.Fatal(err)
			}
			_, got, _ := strings.Cut(b.String(), "can move the level.\n")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if d.Same() != (test.edits == nil) {
				t.Errorf("same: %t", d.Same())
			}
		})
	}
}

// A change over time alone is one of more than words, to programs as well.
func TestOverTimeJSON(t *testing.T) {
	d, err := compare.Packs(overTime(t), overTime(t, "at_most: impaired}}, times: 2}", "at_most: impaired}}, times: 3}"), compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := compare.JSON(&b, compare.Report{Difference: d}); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Decides  bool `json:"decides"`
		Criteria []struct {
			ID      string `json:"id"`
			Meaning string `json:"meaning"`
			Course  bool   `json:"course_changed"`
			Old     string `json:"old_course"`
			New     string `json:"new_course"`
		} `json:"criteria"`
	}
	if err := json.Unmarshal(b.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if !got.Decides || len(got.Criteria) != 1 {
		t.Fatalf("got %+v", got)
	}
	c := got.Criteria[0]
	if c.ID != "iop-down-functioning" || c.Meaning != "same" || !c.Course || c.Old != "at this assessment and the one before: functioning is impaired or better" || !strings.Contains(c.New, "the 2 before") {
		t.Errorf("got %+v", c)
	}
}
