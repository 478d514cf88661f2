package ruletest_test

import (
	"bytes"
	"regexp"
	"testing"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/ruletest"
	"github.com/google/go-cmp/cmp"
)

const rules = `
pack:
  id: small
  version: 1.0.0
  title: Small
  description: A pack for the tests.
  population: Nobody.
  intended_use: Tests.
  limits: [For tests.]
  levels: [low, high]
  sections: [one]
sections:
  one:
    title: One
    questions:
      unwell: {kind: yes_no, ask: "Unwell?", worse: yes}
      alone: {kind: yes_no, ask: "Alone?", worse: yes}
sources:
  book: {title: A book}
services:
  talk: {title: Talking, when: {alone: yes}, because: Alone., sources: [book]}
levels:
  low: {title: Low, summary: Low., action: Nothing., sources: [book], services: [talk]}
  high:
    title: High
    summary: High.
    action: Something.
    sources: [book]
    services: [talk]
    indications:
      - {id: unwell-and-alone, when: {all: [{unwell: yes}, {alone: yes}]}, because: Unwell and alone., sources: [book]}
    requirements:
      - {id: not-alone, when: {alone: no}, otherwise: Find somebody., sources: [book]}
warnings:
  - {id: unwell-warning, when: {unwell: yes}, because: Unwell., sources: [book]}
tests:
`

func load(t testing.TB, text string) *engine.Engine {
	t.Helper()
	src := new(diag.Sources)
	fsys := fstest.MapFS{"small.yaml": {Data: []byte(text)}}
	p, ds, err := pack.Load(fsys, "small.yaml", pack.LoadOptions{Tests: true, Sources: src})
	if err != nil || len(ds) > 0 {
		var text bytes.Buffer
		diag.WriteText(&text, ds, src)
		t.Fatal(err, text.String())
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func run(t *testing.T, tests, pattern string) (string, bool) {
	t.Helper()
	e := load(t, rules+tests)
	results, err := ruletest.RunPack(e, ruletest.Options{Run: regexp.MustCompile(pattern)})
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	ok, err := ruletest.WriteText(&out, e.Pack().ID, results)
	if err != nil {
		t.Fatal(err)
	}
	return out.String(), ok
}

const holding = `
  - name: unwell and alone
    answers: {unwell: yes, alone: yes}
    expect:
      level: high
      holds: [unwell-and-alone]
      requirements: {not-alone: not_met}
      services: [talk]
      notes: [unwell-warning]
  - name: not known whether alone
    answers: {unwell: yes}
    expect: {possible: [low, high], holds_not: [unwell-and-alone], requirements: {not-alone: unknown}, asks: [alone], asks_not: [unwell], next: alone}
  - name: well
    answers: {unwell: no}
    expect: {level: low, services_not: [talk], notes_not: [unwell-warning]}
`

const failing = `
  - name: everything wrong
    answers: {unwell: yes, alone: yes}
    expect:
      level: low
      holds_not: [unwell-and-alone]
      requirements: {not-alone: met}
      services_not: [talk]
      notes_not: [unwell-warning]
      asks: [alone]
      next: alone
  - name: nothing shown
    answers: {unwell: no}
    expect:
      possible: [low, high]
      holds: [unwell-and-alone]
      requirements: {not-alone: unknown}
      services: [talk]
      notes: [unwell-warning]
  - name: open
    answers: {unwell: yes}
    expect: {level: high, asks: [unwell], asks_not: [alone], next: unwell}
  - name: later
    skip: the clinic has not decided
    answers: {unwell: yes}
    expect: {level: low}
`

func TestWhatIsSaid(t *testing.T) {
	for _, tt := range []struct {
		name, tests, run, want string
		ok                     bool
	}{
		{"all hold", holding, "", "small: 3 of 3 cases hold\n", true},
		{"some are chosen", holding, "^well", "small: 1 of 1 case holds\n", true},
		{"none is chosen", holding, "ill", "small: no case was run\n", false},
		{"all fail", failing, "", `small.yaml:38:11: everything wrong
  level: expected low, got high
  unwell-and-alone: expected that it does not hold, got that it holds
  requirement not-alone: expected met, got not_met
  service talk: expected not suggested, got suggested
  warning unwell-warning: expected not shown, got shown
  question alone: expected that the level hangs on it, got that it hangs on no question
  next: expected alone, got no question: the level is determined
  what decided:
    unwell-and-alone holds, for high: unwell = yes, alone = yes
small.yaml:48:11: nothing shown
  level: expected undetermined between low, high, got low
  unwell-and-alone: expected that it holds, got that it does not hold
  requirement not-alone: expected unknown, got not shown, since high is not possible
  service talk: expected suggested, got not suggested
  warning unwell-warning: expected shown, got not shown
  what decided:
    no indication holds, which leaves low
small.yaml:56:11: open
  level: expected high, got undetermined between low, high
  question unwell: expected that the level hangs on it, got that it hangs on alone
  question alone: expected that the level does not hang on it, got that it does
  next: expected unwell, got alone
  what decided:
    unwell-and-alone is unknown, for high: needs alone
small.yaml:59:11: later
  skipped: the clinic has not decided
small: 3 of 3 cases failed, 1 skipped
`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := run(t, tt.tests, tt.run)
			if diff := cmp.Diff(tt.want, got); diff != "" || ok != tt.ok {
				t.Errorf("ok is %v, want %v (-want +got):\n%s", ok, tt.ok, diff)
			}
		})
	}
}
