package pack

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
)

// overTime loads the pack of testdata with something more in it.
func overTime(t *testing.T, more string) (*Pack, []string) {
	t.Helper()
	fsys := fstest.MapFS{"a.yaml": {Data: []byte(more)}}
	p, ds, err := Load(fsys, "a.yaml", LoadOptions{Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	var codes []string
	for _, d := range ds {
		if !strings.HasSuffix(d.Code, "-missing") { // the rest of a pack
			codes = append(codes, d.Code)
		}
	}
	return p, codes
}

const askA = "sections: {s: {title: S, questions: {a: {kind: yes_no, ask: A, worse: yes}}}}\n"

// Statements over time are bounded as conditions are: by their depth, and by
// what they hold together.
func TestCoursesThatExplode(t *testing.T) {
	deep := askA + "levels:\n  low:\n    step_up:\n      - id: x\n        course: " + strings.Repeat("{any: [", 40) + "{seen: {when: {a: yes}, within_days: 1}}" + strings.Repeat("]}", 40) + "\n"
	if _, codes := overTime(t, deep); !slices.Contains(codes, "yaml-deep") {
		t.Errorf("deep: %v", codes)
	}
	var wide strings.Builder
	wide.WriteString(askA + "conditions:\n  c0: {title: C, when: {a: yes}}\n")
	for i := range 9 { // c9 has about a thousand parts
		fmt.Fprintf(&wide, "  c%d: {title: C, when: {all: [c%d, c%d]}}\n", i+1, i, i)
	}
	wide.WriteString("levels:\n  low:\n    step_up:\n      - id: x\n        course:\n          any:\n")
	parts := strings.Repeat("            - held: {when: c9, times: 20}\n", 4)
	for n, want := range map[int]bool{1: false, 2: true} {
		_, codes := overTime(t, wide.String()+strings.Repeat(parts, n))
		if got := slices.Contains(codes, "condition-large"); got != want {
			t.Errorf("%d statements: %v", 4*n, codes)
		}
	}
}

// The cases over time take memory for each step and question.
func TestCasesThatTakeMemory(t *testing.T) {
	steps := func(n int) string {
		var b strings.Builder
		for day := range n {
			fmt.Fprintf(&b, "      - {day: %d, expect: {level: low}}\n", day)
		}
		return b.String()
	}
	base := askA + "levels: {low: {title: Low}}\n"
	if p, codes := overTime(t, base+"courses:\n  - name: c\n    steps:\n"+steps(maxSteps)); slices.Contains(codes, "list-length") || len(p.Courses) != 1 || len(p.Courses[0].Steps) != maxSteps {
		t.Errorf("%d steps: %v", maxSteps, codes)
	}
	if p, codes := overTime(t, base+"courses:\n  - name: c\n    steps:\n"+steps(maxSteps+1)); !slices.Contains(codes, "list-length") || len(p.Courses) != 0 {
		t.Errorf("%d steps: %v", maxSteps+1, codes)
	}
	var large strings.Builder
	large.WriteString("sections:\n  s:\n    title: S\n    questions:\n")
	const questions = 4000
	for i := range questions {
		fmt.Fprintf(&large, "      q%d: {kind: yes_no, ask: A, worse: yes}\n", i)
	}
	large.WriteString("levels: {low: {title: Low}}\ncourses:\n")
	for i := range 20 {
		fmt.Fprintf(&large, "  - name: c%d\n    steps:\n%s", i, steps(maxSteps))
	}
	p, codes := overTime(t, large.String())
	if n := maxCells / questions / maxSteps; len(p.Courses) != n || slices.Index(codes, "pack-large") < 0 {
		t.Errorf("%d courses were read, want %d: %v", len(p.Courses), n, codes)
	}
}
