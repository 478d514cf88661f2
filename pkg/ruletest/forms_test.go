package ruletest_test

import (
	"bytes"
	"encoding/xml"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/ruletest"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const overTime = `
courses:
  - name: better, and ready
    steps:
      - {day: 0, answers: {unwell: yes, alone: yes}, expect: {level: high}}
      - {day: 7, answers: {unwell: no}, review: {verdict: step_down, to: low, outstanding_not: [well-again]}}
  - name: "wrong & <everything> #1"
    steps:
      - {day: 0, placed: high, answers: {unwell: yes, alone: yes}, expect: {level: low}}
      - day: 7
        answers: {unwell: no}
        review: {verdict: hold, to: high, outstanding: [well-again], signs: [worried]}
      - day: 9
        placed: high
        answers: {unwell: null}
        review: {verdict: continue, outstanding_not: [well-again], signs_not: [worried]}
      - {day: 12, answers: {unwell: yes}, review: {outstanding_not: [well-again], signs_not: [worried]}}
  - name: nobody knows where the person is
    steps:
      - {day: 0, answers: {alone: yes}, expect: {asks: [unwell]}}
      - {day: 7, answers: {unwell: no}, review: {verdict: hold}}
  - name: later
    skip: not yet
    steps:
      - {day: 0, answers: {alone: yes}, expect: {asks: [unwell]}}
      - {day: 7, answers: {unwell: no}, review: {verdict: hold}}
`

// withTime is the pack of the tests with readiness to leave, and a sign.
func withTime() string {
	return strings.Replace(rules, "    requirements:\n", `    step_down:
      - {id: well-again, when: {unwell: no}, because: Well again., sources: [book]}
    step_up:
      - {id: worried, when: {unwell: yes}, because: Worried., sources: [book]}
    requirements:
`, 1)
}

func suites(t *testing.T, pattern string) []ruletest.Suite {
	t.Helper()
	e := load(t, withTime()+holding+failing+overTime)
	results, err := ruletest.RunPack(e, ruletest.Options{Run: regexp.MustCompile(pattern)})
	if err != nil {
		t.Fatal(err)
	}
	return []ruletest.Suite{{Pack: e.Pack(), Results: results}}
}

func writeText(w io.Writer, s []ruletest.Suite) error {
	_, err := ruletest.WriteText(w, s[0].Pack.ID, s[0].Results)
	return err
}

func TestForms(t *testing.T) {
	for name, write := range map[string]func(io.Writer, []ruletest.Suite) error{
		"results.txt": writeText, "results.json": ruletest.WriteJSON, "results.xml": ruletest.WriteJUnit, "results.tap": ruletest.WriteTAP,
	} {
		t.Run(name, func(t *testing.T) {
			var got bytes.Buffer
			if err := write(&got, suites(t, "")); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("run with -update and look at what changed (-want +got):\n%s", diff)
			}
		})
	}
}

// junit is what build servers read of it.
type junit struct {
	Tests, Failures, Errors, Skipped int
	Suites                           []struct {
		Tests int `xml:"tests,attr"`
		Cases []struct {
			Name    string    `xml:"name,attr"`
			Class   string    `xml:"classname,attr"`
			Failure *struct{} `xml:"failure"`
			Error   *struct{} `xml:"error"`
			Skipped *struct{} `xml:"skipped"`
		} `xml:"testcase"`
	} `xml:"testsuite"`
}

func TestJUnitCountsWhatItHolds(t *testing.T) {
	s := suites(t, "")
	var b bytes.Buffer
	if err := ruletest.WriteJUnit(&b, s); err != nil {
		t.Fatal(err)
	}
	var j junit
	if err := xml.Unmarshal(b.Bytes(), &j); err != nil {
		t.Fatal(err)
	}
	var n ruletest.Counts
	for _, c := range j.Suites[0].Cases {
		switch {
		case c.Name == "" || c.Class == "":
			t.Error("a case without a name")
		case c.Failure != nil:
			n[ruletest.Fail]++
		case c.Error != nil:
			n[ruletest.Error]++
		case c.Skipped != nil:
			n[ruletest.Skip]++
		default:
			n[ruletest.Pass]++
		}
	}
	if want := ruletest.Count(s[0].Results); n != want || j.Suites[0].Tests != want.All() {
		t.Errorf("%v, want %v", n, want)
	}
}

// TestTAP reads the protocol as a harness does: the plan first, then one line a
// test, in order, with what is said about it indented.
func TestTAP(t *testing.T) {
	for _, pattern := range []string{"", "no such case"} {
		s := suites(t, pattern)
		var b bytes.Buffer
		if err := ruletest.WriteTAP(&b, s); err != nil {
			t.Fatal(err)
		}
		line := regexp.MustCompile(`^(not )?ok (\d+) - small: ((?:[^\\#]|\\.)+?)( # SKIP .+)?$`)
		lines := strings.Split(strings.TrimSuffix(b.String(), "\n"), "\n")
		if lines[0] != "TAP version 14" || !regexp.MustCompile(`^1\.\.\d+( #.*)?$`).MatchString(lines[1]) {
			t.Fatalf("%q", lines[:2])
		}
		n := 0
		for _, l := range lines[2:] {
			if m := line.FindStringSubmatch(l); m != nil {
				r := s[0].Results[n]
				if n++; m[2] != strconv.Itoa(n) || (m[1] != "") == r.Passed() || (m[4] != "") != (r.Status == ruletest.Skip) {
					t.Errorf("%q for %s", l, r.Status)
				}
			} else if !strings.HasPrefix(l, "  ") {
				t.Errorf("%q", l)
			}
		}
		if want := "1.." + strconv.Itoa(n); n != len(s[0].Results) || !strings.HasPrefix(lines[1], want) {
			t.Errorf("%d lines, plan %q, want %d", n, lines[1], len(s[0].Results))
		}
	}
}

// TestNothingRunIsNoSuccess: neither nothing nor only what is skipped.
func TestNothingRunIsNoSuccess(t *testing.T) {
	for _, pattern := range []string{"no such case", "^later"} {
		if n := ruletest.Count(suites(t, pattern)[0].Results); n.OK() {
			t.Errorf("%q: %s", pattern, n)
		}
	}
}
