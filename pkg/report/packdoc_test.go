package report

import (
	"html"
	"io"
	"regexp"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// fullEvidence has one of everything, with s in all its texts.
func fullEvidence(p *pack.Pack, s string) *Evidence {
	e := &Evidence{
		Proofs: &Proofs{Size: s + "1.2 × 10^9", Proved: 41, Refuted: 1, Undecided: 1, Remarks: 2,
			Kinds:      []Finding{{s + "levels", s + "5 of 5 are recommended to somebody"}, {s + "guarantees", s + "1 of 2 hold for all answers"}},
			Findings:   []Finding{{s + "refuted", s + "Guarantee late is broken: outpatient comes where at least iop was due."}, {s + "remark", s + "No condition tells some answers apart."}},
			Guarantees: map[string]Proof{},
		},
		Tests:    &TestCounts{Cases: 12, Courses: 2, Passed: 12, Failed: 1, Skip: 1, Failing: []string{s + "a case that fails"}},
		Coverage: &Coverage{Covered: 199, Reachable: 200, Impossible: 3, Undecided: 1, Kinds: []CoverageKind{{s + "holds", 20, 20}, {s + "edges", 9, 10}}},
		Mutants:  &Mutants{Noticed: 8, Unnoticed: 1, Same: 2, Refused: 3, Gaps: []Finding{{s + "indication iop-phq9", s + "15 → 16"}}},
		Missing:  []string{s + "Something was not looked at"},
	}
	for range p.Levels {
		e.Proofs.Shares = append(e.Proofs.Shares, s+"20 %")
	}
	for i, g := range p.Guarantees {
		e.Proofs.Guarantees[g.ID] = Proof{i == 0, s + "proved for all answers"}
	}
	return e
}

func fullPack(p *pack.Pack, s string) PackInput {
	return PackInput{Pack: p, Evidence: fullEvidence(p, s), Approval: true,
		Against: &Against{Old: &pack.Pack{ID: "clinic", Version: s + "1.1.0", Hash: s}, Text: s + "2 of 100 combinations change level.\n  - a line | with a bar\n\n"}}
}

// guaranteed has two guarantees, which the clinic has not.
func guaranteed(p *pack.Pack, s string) *pack.Pack {
	for i, when := range []string{"iop-phq9", "op-works"} {
		c := p.Criterion(when)
		g := &pack.Guarantee{ID: "guarantee-" + when, Whenever: c.When, AtLeast: p.Levels[1-i], Because: s + "This is always so", Sources: p.Sources[:1]}
		p.Guarantees = append(p.Guarantees, g)
	}
	p.Guarantees[1].AtMost = p.Levels[2]
	return p
}

func packText(t testing.TB, in PackInput, w int) string {
	return rendered(t, func(out io.Writer) error { return PackText(out, in, TextOptions{Width: w}) })
}

func packMarkdown(t testing.TB, in PackInput) string {
	return rendered(t, func(w io.Writer) error { return PackMarkdown(w, in) })
}

func packHTML(t testing.TB, in PackInput) string {
	return rendered(t, func(w io.Writer) error { return PackHTML(w, in) })
}

func TestPackDocument(t *testing.T) {
	in := fullPack(guaranteed(clinic(t), ""), "")
	golden(t, "../packdoc/clinic.txt", packText(t, in, 80))
	golden(t, "../packdoc/clinic.40.txt", packText(t, in, 40))
	golden(t, "../packdoc/clinic.md", packMarkdown(t, in))
	golden(t, "../packdoc/clinic.html", strings.Replace(packHTML(t, in), pageStyle+packStyle, "", 1))
}

// What was not looked at is not claimed.
func TestPackWithoutEvidence(t *testing.T) {
	for _, in := range []PackInput{{Pack: clinic(t)}, {Pack: clinic(t), Evidence: &Evidence{Missing: []string{"nothing was looked at"}}}} {
		for _, got := range []string{packText(t, in, 80), packMarkdown(t, in), packHTML(t, in)} {
			for _, word := range []string{"proved for", "Proof:", "statements proved", "Coverage", "Test cases", "Approved as"} {
				if strings.Contains(got, word) {
					t.Errorf("%q stands in\n%s", word, got)
				}
			}
			if !strings.Contains(words(got), "not a validated instrument") {
				t.Error("it does not say that it is not validated")
			}
			if in.Evidence != nil && !strings.Contains(words(got), "nothing was looked at") {
				t.Error("it does not say what is missing")
			}
		}
	}
}

var (
	tags   = regexp.MustCompile(`<[^>]*>`)
	spaces = regexp.MustCompile(`[\s\x{a0}]+`)
)

// words are the letters of a document, without its layout and markup.
func words(s string) string {
	if strings.HasPrefix(s, "<!doctype") {
		_, s, _ = strings.Cut(s, "</style>")
		s = html.UnescapeString(tags.ReplaceAllString(s, " "))
	}
	s = strings.NewReplacer(`\`, "", "*", "", "`", "").Replace(s)
	return spaces.ReplaceAllString(s, " ")
}

// Whoever signs has read all of it: nothing that the rules say may be left out
// in any form.
func TestPackDocumentIsWhole(t *testing.T) {
	for _, name := range rules.Names() {
		p, _, err := pack.Load(rules.FS, name, pack.LoadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		in := fullPack(p, "")
		for form, got := range map[string]string{"text": packText(t, in, 120), "markdown": packMarkdown(t, in), "page": packHTML(t, in)} {
			got = strings.ReplaceAll(words(got), " ", "")
			for _, want := range saidBy(p) {
				if want = strings.ReplaceAll(words(want), " ", ""); !strings.Contains(got, strings.TrimSuffix(want, ".")) {
					t.Errorf("%s, %s: %q is missing", name, form, want)
				}
			}
		}
	}
}

// saidBy is every text and every id of a pack that somebody signs for.
func saidBy(p *pack.Pack) []string {
	all := []string{p.Title, p.Description, p.Population, p.IntendedUse, p.Version, p.Hash}
	statements := func(of []pack.Statement) {
		for _, s := range of {
			all = append(all, s.Text)
		}
	}
	tree := func(lines []pack.Line) {
		for _, l := range lines {
			all = append(all, l.Text)
		}
	}
	statements(p.Limits)
	for _, l := range p.Levels {
		all = append(all, l.Title, l.Summary, l.Action, l.Care.Setting)
		statements(l.Suits)
		statements(l.Aims())
		statements(l.Agree)
		statements(l.Team)
		statements(l.Documentation)
		for _, s := range l.StepUp {
			all = append(all, s.ID, s.Because[1:])
			tree(p.DescribeSignLines(&pack.Sign{When: s.When}))
			tree(p.DescribeCourseLines(s.Course))
		}
		for _, o := range l.Objectives {
			tree(p.DescribeLines(o.When))
			for _, target := range o.Targets {
				all = append(all, p.Describe(target))
			}
		}
		for _, d := range l.Due {
			all = append(all, d.Text)
		}
	}
	for c := range p.Criteria() {
		all = append(all, c.ID, c.Otherwise)
		if c.Because != "" {
			all = append(all, c.Because[1:])
		}
		tree(p.DescribeLines(c.When)[1:])
		tree(p.DescribeCourseLines(c.Course))
	}
	for _, q := range p.Questions {
		all = append(all, q.ID, q.Ask, q.Help)
		for _, o := range q.Options {
			all = append(all, o.ID, o.Label)
		}
	}
	for _, s := range p.Services {
		all = append(all, s.Title, s.Detail, s.Because, s.Evidence.String())
	}
	for _, n := range p.Notes {
		all = append(all, n.ID, n.Because)
		statements(n.Try)
		tree(p.DescribeLines(n.When))
	}
	for _, g := range p.Guarantees {
		all = append(all, g.ID, g.Because)
		tree(p.DescribeLines(g.Whenever))
	}
	for _, s := range p.Sources {
		all = append(all, s.Title, s.URL)
	}
	return all
}

func TestHostilePackDocuments(t *testing.T) {
	inside := regexp.MustCompile(`<a href="#[a-z0-9-]*">`)
	for _, s := range hostile {
		in := fullPack(guaranteed(poisoned(t, s), s), s)
		for _, w := range []int{40, 80, 120} {
			safeTerminal(t, packText(t, in, w))
		}
		note := packMarkdown(t, in)
		_, after, _ := strings.Cut(note, "## Changes since")
		changes, _, _ := strings.Cut(after, "\n## ")
		for l := range strings.Lines(changes[strings.Index(changes, "\n"):]) {
			if l != "\n" && !strings.HasPrefix(l, "    ") {
				t.Fatalf("a line of code that is none: %q", l)
			}
		}
		safeTerminal(t, note)
		safeMarkdown(t, strings.Replace(note, changes, "", 1))
		page := packHTML(t, in)
		safePage(t, inside.ReplaceAllString(page, ""))
	}
}

// The table of contents leads somewhere, and every place has one name.
func TestPackContents(t *testing.T) {
	page := packHTML(t, fullPack(clinic(t), ""))
	ids := map[string]int{}
	for _, m := range regexp.MustCompile(` id="([^"]*)"`).FindAllStringSubmatch(page, -1) {
		ids[m[1]]++
	}
	for id, n := range ids {
		if n > 1 {
			t.Errorf("%d places are called %s", n, id)
		}
	}
	links := regexp.MustCompile(`<a href="#([^"]*)"`).FindAllStringSubmatch(page, -1)
	if len(links) != len(ids) {
		t.Errorf("%d links, %d places", len(links), len(ids))
	}
	for _, m := range links {
		if ids[m[1]] == 0 {
			t.Errorf("#%s leads nowhere", m[1])
		}
	}
}

// What speaks against the rules stands where it cannot be missed, and where
// nothing does, nothing is said.
func TestPackBeforeSigning(t *testing.T) {
	e := fullEvidence(clinic(t), "")
	want := "To be settled before this is signed: 1 statement is refuted, 1 statement is not decided and 1 of the rules' own cases does not hold."
	if got := e.before(); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	in := PackInput{Pack: clinic(t), Evidence: e}
	for _, got := range []string{packText(t, in, 80), packMarkdown(t, in), packHTML(t, in)} {
		if got = words(got); !strings.Contains(got, want) || strings.Index(got, want) > strings.Index(got, "evidence at a glance") && !strings.Contains(got, "Contents") {
			t.Errorf("it is not said in front:\n%s", got)
		}
	}
	e.Proofs.Refuted, e.Proofs.Undecided, e.Tests.Failed = 0, 0, 0
	if got := e.before(); got != "" {
		t.Errorf("nothing speaks against it, and it says %q", got)
	}
}

func TestPercentIsNotRoundedUp(t *testing.T) {
	for _, tt := range []struct {
		part, whole int
		want        string
	}{{0, 0, "100 %"}, {1, 1, "100 %"}, {0, 3, "0 %"}, {9999, 10000, "99.9 %"}, {1198, 1572, "76.2 %"}, {1, 2, "50 %"}} {
		if got := percent(tt.part, tt.whole); got != tt.want {
			t.Errorf("percent(%d, %d) = %s, want %s", tt.part, tt.whole, got, tt.want)
		}
	}
}
