package mutate

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/ruletest"
)

var seeds = flag.Uint64("seeds", 3, "how many random packs are tried by brute force; each takes a second")

// TestAgainstBruteForce: on random small packs, written now in lines and now in
// brackets, what is said to do the same does so for all complete answers, by
// reading the edited text and deciding on each; what is not said to does not.
// Every case that is suggested holds for the rules, and fails on the edited
// text.
func TestAgainstBruteForce(t *testing.T) {
	seen := [Stillborn + 1]int{}
	for seed := range *seeds {
		g := &generator{r: rand.New(rand.NewPCG(seed, 7))}
		fsys := fstest.MapFS{"p/pack.yaml": {Data: []byte(g.pack())}}
		r, ds, err := Run(fsys, "p", Options{})
		if err != nil || r == nil {
			t.Fatalf("seed %d: %v %v\n%s", seed, err, ds, fsys["p/pack.yaml"].Data)
		}
		for i, m := range allMutants(r) {
			told := &r.Mutants[i]
			seen[told.Status]++
			where := fmt.Sprintf("seed %d, line %d: %s %s, %s", seed, told.Line, told.Kind, told.ID, told.Words)
			bruteForce(t, r, m, told, where)
			if t.Failed() {
				t.Fatalf("%s\n%s", unified(m.edits), fsys["p/pack.yaml"].Data)
			}
		}
	}
	for status, n := range seen {
		if n < 3 {
			t.Errorf("only %d mutants are %v: the packs are too simple", n, Status(status))
		}
	}
}

func bruteForce(t *testing.T, r *Report, m *mutant, told *Mutant, where string) {
	t.Helper()
	p, ds, err := r.load(m.edits, false)
	if err != nil || p == nil || diag.HasErrors(ds) != (told.Status == Stillborn) {
		t.Errorf("%s is %v, and reading it gives %v %v", where, told.Status, err, ds)
		return
	}
	if told.Status == Stillborn {
		return
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(where, err)
	}
	if same := sameEverywhere(r, e); same != (told.Status == Equivalent) {
		t.Errorf("%s is %v, and for all complete answers the same: %v", where, told.Status, same)
	}
	if told.Status != Survived {
		return
	}
	if told.Case == nil && m.act == remove && told.Kind == "step_down" {
		return // that nobody is ever ready takes a case over time to be seen
	}
	if told.Case == nil {
		t.Errorf("%s survived, and no case is suggested", where)
		return
	}
	if !ruletest.Run(r.engine, []*pack.Test{told.Case.Test}, ruletest.Options{})[0].Passed() {
		t.Errorf("%s: the case that is suggested fails for the rules", where)
	}
	pasteCase(t, r, m, told, where)
}

// pasteCase puts the suggested case at the end of the edited text, where it
// must not hold, or not even read.
func pasteCase(t *testing.T, r *Report, m *mutant, told *Mutant, where string) {
	t.Helper()
	f := m.site.file
	pasted := append(append([]edit{}, m.edits...), edit{f, len(f.data), len(f.data), told.Case.YAML(r.Pack)})
	p, ds, err := r.load(pasted, true)
	switch {
	case err != nil || p == nil:
		t.Fatal(where, err)
	case diag.HasErrors(ds) && m.act == remove:
		return
	case diag.HasErrors(ds):
		t.Errorf("%s: the case does not read: %v\n%s", where, ds, told.Case.YAML(r.Pack))
		return
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(where, err)
	}
	last := p.Tests[len(p.Tests)-1]
	if ruletest.Run(e, []*pack.Test{last}, ruletest.Options{})[0].Passed() {
		t.Errorf("%s: the case that is suggested holds for it\n%s", where, told.Case.YAML(r.Pack))
	}
}

// sameEverywhere decides on all complete answers with both packs.
func sameEverywhere(r *Report, other *engine.Engine) (same bool) {
	same = true
	start := r.Pack.NewAnswers()
	enginetest.Completions(r.Pack, start, 1_000_000, func(a pack.Answers) bool {
		same = seenOf(r.engine, a) == seenOf(other, a)
		return same
	})
	return same
}

// seenOf writes what a reader may be shown: the level; criteria and notes that
// hold; requirements of the level, met or not; services of the level that are
// suggested; and readiness to leave each level, whatever the level is.
func seenOf(e *engine.Engine, a pack.Answers) string {
	r := e.Recommend(a)
	var all []string
	for c := range e.Pack().Criteria() {
		state := e.Findings(a, []*pack.Criterion{c})[0].State
		switch {
		case c.Kind == pack.Requirement && c.Level == r.Level, c.Kind == pack.StepDown:
			all = append(all, c.ID+" "+state.String())
		case c.Kind != pack.Requirement && state == engine.True:
			all = append(all, c.ID)
		}
	}
	for _, o := range r.Services {
		if o.Suggested {
			all = append(all, o.Service.ID)
		}
	}
	for _, n := range r.Notes {
		all = append(all, n.Note.ID)
	}
	slices.Sort(all)
	return r.Level.ID + " " + strings.Join(all, " ")
}

// generator writes the text of random packs.
type generator struct{ r *rand.Rand }

func (g *generator) one(of ...string) string { return of[g.r.IntN(len(of))] }

const questions = `
sections:
  one:
    title: One
    questions:
      yes_no: {kind: yes_no, ask: "Yes?", worse: yes}
      scale: {kind: scale, ask: "How much?", options: {s0: None, s1: Some, s2: Much}}
      choice: {kind: choice, ask: "Which?", options: {c0: First, c1: Second, c2: Third}}
      multi: {kind: multi, ask: "Which ones?", worse: more, options: {m0: First, m1: Second, m2: Third}}
      number: {kind: number, ask: "How many?", min: 0, max: 4, worse: higher}
scores:
  score:
    title: score
    sum:
      - question: scale
      - {question: yes_no, weights: {no: 0, yes: 2}}
      - question: number
        factor: 1
    sources: [book]
sources:
  book: {title: A book}
`

func (g *generator) pack() string {
	var b strings.Builder
	b.WriteString("pack: {id: random, version: 1.0.0, title: Random, description: Random., population: Nobody., intended_use: Tests., limits: [For tests.], levels: [low, middle, high], sections: [one]}\n")
	b.WriteString(questions)
	b.WriteString("conditions:\n")
	for i := range 2 {
		fmt.Fprintf(&b, "  named%d: # a comment\n    title: named\n    when:%s\n", i, g.block(3, 2, i))
	}
	b.WriteString("services:\n")
	fmt.Fprintf(&b, "  talk:\n    title: Talk\n    when:%s\n    because: Because.\n    sources: [book]\n", g.block(3, 2, 2))
	b.WriteString("levels:\n")
	for i, level := range []string{"low", "middle", "high"} {
		fmt.Fprintf(&b, "  %s:\n    title: Level\n    summary: Level.\n    action: Act.\n    sources: [book]\n", level)
		if i > 0 {
			b.WriteString("    services: [talk]\n")
			g.list(&b, "indications", level+"-in", "because", 1+g.r.IntN(2))
		}
		g.list(&b, "requirements", level+"-re", "otherwise", g.r.IntN(2))
		g.list(&b, "supports", level+"-su", "because", g.r.IntN(2))
		g.list(&b, "step_down", level+"-st", "because", g.r.IntN(2))
	}
	b.WriteString("warnings:\n")
	fmt.Fprintf(&b, "- id: warn\n  when:%s\n  because: Because.\n  sources: [book]\n", g.block(2, 2, 2))
	b.WriteString("profiles:\n  best: {yes_no: no, scale: s0, choice: c0, multi: none, number: 0}\n")
	b.WriteString("tests:\n  - name: nothing\n    profile: best\n    expect: {possible: [low, middle, high]}\n")
	text := b.String()
	return g.withTrueTest(text)
}

// withTrueTest gives the only case the level that comes of it, so that few
// mutants are noticed.
func (g *generator) withTrueTest(text string) string {
	for _, level := range []string{"low", "middle", "high"} {
		tried := strings.Replace(text, "possible: [low, middle, high]", "level: "+level, 1)
		if _, _, err := Run(fstest.MapFS{"p/pack.yaml": {Data: []byte(tried)}}, "p", Options{Run: nothing}); err == nil {
			return tried
		}
	}
	return text
}

func (g *generator) list(b *strings.Builder, key, id, reason string, n int) {
	if n == 0 {
		return
	}
	fmt.Fprintf(b, "    %s:\n", key)
	for i := range n {
		if g.r.IntN(3) == 0 {
			fmt.Fprintf(b, "      - {id: %s-%d, when: %s, %s: Because., sources: [book]}\n", id, i, g.flow(2, 2), reason)
			continue
		}
		fmt.Fprintf(b, "      - id: %s-%d # its id\n        when:%s\n        %s: Because.\n        sources: [book]\n\n", id, i, g.block(5, 2, 2), reason)
	}
}

// block writes a condition behind a key: on the same line, or on lines of its
// own at a depth of two spaces each.
func (g *generator) block(depth, deep, named int) string {
	switch {
	case deep == 0 || g.r.IntN(3) == 0:
		return " " + g.flow(deep, named)
	case g.r.IntN(4) == 0:
		return "\n" + strings.Repeat("  ", depth) + g.bare(named)
	}
	indent := strings.Repeat("  ", depth)
	key, n := g.one("all", "any", "none"), 1+g.r.IntN(3)
	out := fmt.Sprintf("\n%s%s:", indent, key)
	for range n {
		if g.r.IntN(4) == 0 {
			out += "\n" + indent + "  # a comment"
		}
		if part := g.block(depth+2, deep-1, named); strings.HasPrefix(part, "\n") {
			out += "\n" + indent + "  - " + strings.TrimLeft(part, "\n ")
		} else {
			out += "\n" + indent + "  -" + part
		}
	}
	return out
}

// bare is a test without brackets around it.
func (g *generator) bare(named int) string {
	for {
		if text := g.leaf(named); strings.HasPrefix(text, "{") {
			return text[1 : len(text)-1]
		}
	}
}

func (g *generator) flow(deep, named int) string {
	if deep == 0 || g.r.IntN(2) == 0 {
		return g.leaf(named)
	}
	var parts []string
	for range 1 + g.r.IntN(3) {
		parts = append(parts, g.flow(deep-1, named))
	}
	list := "[" + strings.Join(parts, ", ") + "]"
	if g.r.IntN(4) == 0 {
		return fmt.Sprintf("{at_least: {count: %d, of: %s}}", 1+g.r.IntN(len(parts)), list)
	}
	return fmt.Sprintf("{%s: %s}", g.one("all", "any", "none"), list)
}

func (g *generator) leaf(named int) string {
	switch g.r.IntN(7) {
	case 0:
		return "{yes_no: " + g.one("yes", "no") + "}"
	case 1:
		return "{scale: " + g.one("s0", "s2", "[s0, s2]", "{at_least: s1}", "{at_most: s1}", "{at_most: s0}", "{between: [s0, s1]}") + "}"
	case 2:
		return "{choice: " + g.one("c0", "c1", "[c0, c2]") + "}"
	case 3:
		return "{multi: " + g.one("m0", "none", "{includes: [m0, m1]}", "{includes_all: [m1, m2]}", "{includes: m2}") + "}"
	case 4:
		return "{number: " + g.one("0", "3", "[1, 3]", "{at_least: 2}", "{at_most: 3}", "{between: [1, 2]}") + "}"
	case 5:
		return "{score: " + g.one("{at_least: 3}", "{at_most: 5}", "4") + "}"
	}
	if named > 0 {
		return fmt.Sprintf("named%d", g.r.IntN(named))
	}
	return "{scale: s1}"
}
