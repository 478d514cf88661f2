package pack

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// Each place that looks at a question over time is found, and nothing else: a
// pack of one of them at a time.
func TestAskedOverTime(t *testing.T) {
	const levels = `levels:
  low:
    title: Low
    summary: Low.
    action: Book.
    LOW
  high:
    title: High
    summary: High.
    action: Book.
    indications: [{id: h, when: {a: yes}, because: A., sources: [s]}]
    HIGH
`
	for _, test := range []struct{ low, high, want string }{
		{"", "", ""},
		{"here: {b: yes}", "", "b"},
		{"objectives: [B, {text: C, when: {c: yes}}]", "", "c"},
		{"objectives: [{text: C, targets: [{i: {at_most: 3}}, {i_2: 0}]}]", "", "i i_2"},
		{"objectives: [{text: C, targets: [{m: none}, {m: {includes: x}}]}]", "", "m"},
		{"step_up: [{id: u, when: {b: {answered: no}}, because: B., sources: [s]}]", "", "b"},
		{"step_up: [{id: u, when: {sum: {at_least: 3}}, because: B., sources: [s]}]", "", "c i"},
		{"", "step_up: [{id: u, course: {changed: {question: i, worse_by: 2, since: last}}, because: B., sources: [s]}]", "i"},
		{"", "step_down: [{id: u, when: {b: yes}, because: B., sources: [s]}]", ""},
		{"", "step_down: [{id: u, when: {b: yes}, course: {any: [{none: [{held: {when: twice, times: 2}}]}, {seen: {when: {b: no}, within_days: 3}}]}, because: B., sources: [s]}]", "b c m"},
	} {
		p := loadText(t, overTimeBase+strings.NewReplacer("LOW", test.low, "HIGH", test.high).Replace(levels))
		var got []string
		for slot, asked := range p.AskedOverTime() {
			if asked {
				got = append(got, p.Slots[slot].ID)
			}
		}
		if diff := cmp.Diff(test.want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%s %s (-want +got)\n%s", test.low, test.high, diff)
		}
	}
}

const overTimeBase = `pack: {id: p, version: 1.0.0, title: P, description: D., population: P., intended_use: U., limits: [L], levels: [low, high], sections: [q]}
sources: {s: {title: S}}
sections:
  q:
    title: Q
    questions:
      a: {kind: yes_no, ask: A, worse: yes}
      b: {kind: yes_no, ask: B, worse: yes}
      c: {kind: yes_no, ask: C, worse: yes}
      m: {kind: multi, ask: M, worse: more, options: {x: X, z: Z}}
      i: {kind: instrument, ask: I, items: [X, Z], grades: [No, A bit, Much]}
scores:
  sum: {title: Sum, sum: [{question: c, weights: {no: 0, yes: 1}}, {question: i}], sources: [s]}
conditions:
  once: {title: once, when: {all: [{c: yes}, {m: x}]}}
  twice: {title: twice, when: {any: [once, {all: [once, {m: z}]}]}}
`

func loadText(t *testing.T, text string) *Pack {
	t.Helper()
	p, problems := check(t, fstest.MapFS{"a.yaml": {Data: []byte(text)}}, "a.yaml")
	if problems != "" {
		t.Fatal(problems)
	}
	return p
}

// A step begins with the answers of the step before; a profile is laid over
// them, and then the step's own, of which null takes one away.
func TestStepAnswers(t *testing.T) {
	p := loadText(t, overTimeBase+`levels: {low: {title: Low, summary: L., action: A.}, high: {title: High, summary: H., action: A.}}
profiles:
  well: {a: no, i: [0, 0]}
courses:
  - name: c
    steps:
      - {day: 0, answers: {a: yes, b: yes, m: [x], i: 4}, expect: {level: low}}
      - {day: 1, answers: {b: null, i_1: 2}, expect: {level: low}}
      - {day: 5, profile: well, answers: {m: none}, expect: {level: low}}
      - {day: 9, placed: high, expect: {level: low}}
`)
	var got strings.Builder
	for _, s := range p.Courses[0].Steps {
		got.WriteString(strings.ReplaceAll(string(p.AnswersJSON(s.Answers)), `"`, "") + "\n")
	}
	want := `{a:yes,b:yes,m:[x],i:4}
{a:yes,b:null,m:[x],i_1:2}
{a:no,b:null,m:[],i_1:0,i_2:0}
{a:no,b:null,m:[],i_1:0,i_2:0}
`
	if diff := cmp.Diff(want, got.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	steps := p.Courses[0].Steps
	if steps[3].Day != 9 || steps[3].Placed != p.Level("high") || steps[2].Placed != nil {
		t.Errorf("got %+v", steps)
	}
}

// Cases over time are tests: without them the pack is the same, and has the
// same hash.
func TestCoursesAreLeftOut(t *testing.T) {
	rules, err := os.ReadFile(filepath.Join(checkData, "ok", "over_time.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	before, courses, _ := strings.Cut(string(rules), "\nprofiles:\n")
	fsys := fstest.MapFS{"a.yaml": {Data: []byte(before + "\n")}, "b_test.yaml": {Data: []byte("profiles:\n" + courses)}}
	var hashes []string
	for _, tests := range []bool{false, true} {
		p, ds, err := Load(fsys, ".", LoadOptions{Tests: tests})
		if err != nil || len(ds) > 0 {
			t.Fatal(err, ds)
		}
		if got := len(p.Courses) > 0; got != tests {
			t.Errorf("tests wanted: %t, read: %t", tests, got)
		}
		hashes = append(hashes, p.Hash)
	}
	if hashes[0] != hashes[1] {
		t.Error("courses are in the hash")
	}
}

func ExamplePack_DescribeCourse() {
	p := clinic()
	worse := &Changed{Slot: p.Question("phq9").Slot, Worse: true, By: 5, Since: SinceWithin, WithinDays: 14}
	steady := &Held{When: &In{Slot: p.Question("can_take_part").Slot, Ranges: []Interval{{1, 1}}}, Times: 2}
	fmt.Println(p.DescribeCourse(worse))
	fmt.Println(p.DescribeCourse(steady))
	// Output:
	// PHQ-9 is at least 5 points worse than at an assessment of the last 14 days
	// at this assessment and the one before: ability to take part is yes
}
