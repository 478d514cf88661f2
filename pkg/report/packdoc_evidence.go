package report

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Evidence is what was found out about a pack beside reading it, in plain
// values: this package finds out none of it. A part that is nil was not looked
// at, and Missing says why.
type Evidence struct {
	Proofs   *Proofs
	Tests    *TestCounts
	Coverage *Coverage
	Mutants  *Mutants
	Missing  []string // what was not looked at and why, a sentence each
}

// Proofs are what was proved, or refuted, over all combinations of answers.
type Proofs struct {
	Size                                string   // how many combinations there are, for people; empty: too many to count
	Shares                              []string // how many of them lead to each level, by its index; nil: not counted
	Proved, Refuted, Undecided, Remarks int
	Kinds                               []Finding        // a line on each kind of statement
	Findings                            []Finding        // what is refuted, not decided or a remark, in whole sentences
	Guarantees                          map[string]Proof // by the guarantee's id
}

// Finding is a text with a name for it.
type Finding struct{ Name, Text string }

// Proof is what became of one guarantee.
type Proof struct {
	Holds bool
	Text  string // "proved for all answers", or by which answers it is broken
}

// TestCounts are how many of the pack's cases there are, and what came of them.
type TestCounts struct {
	Cases, Courses               int // at one time, and over time
	Passed, Failed, Broken, Skip int // of both; Broken: it could not be told what comes of them
	Failing                      []string
}

// Coverage is how much of what the rules tell apart the cases have tried.
type Coverage struct {
	Covered, Reachable, Impossible, Undecided int
	Kinds                                     []CoverageKind
}

// CoverageKind is the coverage of one kind of things to be tried.
type CoverageKind struct {
	Name               string
	Covered, Reachable int
}

// Mutants are small changes of the rules, and how many of them a case notices.
type Mutants struct {
	Noticed, Unnoticed, Same, Refused int
	Gaps                              []Finding // of the unnoticed: in what, and the change
}

// percent is a part of a whole, rounded down: 100 % is all of it.
func percent(part, whole int) string {
	if whole == 0 {
		return "100 %"
	}
	tenths := part * 1000 / whole
	return strings.TrimSuffix(fmt.Sprintf("%d.%d", tenths/10, tenths%10), ".0") + " %"
}

// glanceEvidence is the evidence in a few lines, where the document begins.
func (v *packView) glanceEvidence() {
	e := v.in.Evidence
	if e == nil {
		return
	}
	var facts []fact
	say := func(label, text string) { facts = append(facts, fact{Label: label, Value: line{Text: clean(text)}}) }
	if p := e.Proofs; p != nil {
		say("Proofs", p.words())
		if n := len(v.p.Guarantees); n > 0 {
			say("Guarantees", fmt.Sprintf("%d of %d proved for all answers", p.held(v.p.Guarantees), n))
		}
	}
	if t := e.Tests; t != nil {
		say("Test cases", t.words())
	}
	if c := e.Coverage; c != nil {
		say("Coverage", c.words())
	}
	if m := e.Mutants; m != nil {
		say("Changes noticed", m.words())
	}
	p := part{Facts: facts}
	for _, m := range e.Missing {
		p.After = append(p.After, line{Text: sentence(clean(m))})
	}
	add(&v.sections, "evidence", "The evidence at a glance", p)
}

// before says what the evidence has against the rules as they are, where nobody
// who signs can miss it.
func (e *Evidence) before() string {
	var found []string
	say := func(n int, one, many string) {
		if n == 1 {
			found = append(found, one)
		} else if n > 1 {
			found = append(found, fmt.Sprintf("%d %s", n, many))
		}
	}
	if p := e.Proofs; p != nil {
		say(p.Refuted, "1 statement is refuted", "statements are refuted")
		say(p.Undecided, "1 statement is not decided", "statements are not decided")
	}
	if t := e.Tests; t != nil {
		say(t.Failed+t.Broken, "1 of the rules' own cases does not hold", "of the rules' own cases do not hold")
	}
	if len(found) == 0 {
		return ""
	}
	return "To be settled before this is signed: " + joined(found, "and") + "."
}

func (p *Proofs) words() string {
	text := count(p.Proved, "statement") + " proved"
	if p.Size != "" {
		text += " over all " + p.Size + " ways to answer"
	}
	for _, n := range []struct {
		n    int
		word string
	}{{p.Refuted, "refuted"}, {p.Undecided, "not decided"}} {
		if n.n > 0 {
			text += fmt.Sprintf("; %d %s", n.n, n.word)
		}
	}
	if p.Remarks > 0 {
		text += "; " + count(p.Remarks, "remark")
	}
	return text
}

func (p *Proofs) held(all []*pack.Guarantee) int {
	n := 0
	for _, g := range all {
		if p.Guarantees[g.ID].Holds {
			n++
		}
	}
	return n
}

func (t *TestCounts) words() string {
	text := fmt.Sprintf("%d of %d hold", t.Passed, t.Passed+t.Failed+t.Broken)
	if t.Courses > 0 {
		text += fmt.Sprintf(" (%s at one time, %d over time)", count(t.Cases, "case"), t.Courses)
	}
	if t.Skip > 0 {
		text += fmt.Sprintf("; %d skipped", t.Skip)
	}
	if t.Cases+t.Courses == 0 {
		return "there are none"
	}
	return text
}

func (c *Coverage) words() string {
	text := fmt.Sprintf("%d of %d things to try are tried by a case, %s", c.Covered, c.Reachable, percent(c.Covered, c.Reachable))
	if c.Impossible > 0 {
		text += fmt.Sprintf("; %d more are proved to be impossible", c.Impossible)
	}
	return text
}

func (m *Mutants) words() string {
	return fmt.Sprintf("%d of %d small changes of the rules make a case fail, %s", m.Noticed, m.Noticed+m.Unnoticed, percent(m.Noticed, m.Noticed+m.Unnoticed))
}

// proved adds to a guarantee what became of it.
func (v *packView) proved(g *pack.Guarantee, it item) item {
	if v.in.Evidence == nil || v.in.Evidence.Proofs == nil {
		return it
	}
	proof, looked := v.in.Evidence.Proofs.Guarantees[g.ID]
	if !looked {
		proof.Text = "not looked at"
	}
	if it.Mark = markFails; proof.Holds {
		it.Mark = markHolds
	} else if !looked {
		it.Mark = markUnknown
	}
	it.Then = append(it.Then, fact{Label: "Proof", Value: line{Text: sentence(clean(proof.Text))}})
	return it
}

// evidence is all of it, where one looks it up.
func (v *packView) evidence() {
	e := v.in.Evidence
	if e == nil {
		return
	}
	if p := e.Proofs; p != nil {
		v.proofs(p)
	}
	if t := e.Tests; t != nil {
		failing := part{Head: "Cases that do not hold"}
		for _, name := range t.Failing {
			failing.Items = append(failing.Items, item{Mark: markFails, Text: line{Text: clean(name)}})
		}
		add(&v.sections, "tests", "Test cases", part{Lines: []line{{Text: sentence(clean(capital(t.words())))},
			{Text: "A case is a set of answers, or several of one person over time, and what must come of it. It stands with the rules."}}}, failing)
	}
	if c := e.Coverage; c != nil {
		v.coverage(c)
	}
	if m := e.Mutants; m != nil {
		v.mutants(m)
	}
}

func (v *packView) proofs(p *Proofs) {
	about := part{Lines: []line{{Text: sentence(clean(p.words()))},
		{Text: "Every combination of answers was looked at, and not a sample. A proof says what the rules do, not whether that is right."}}}
	kinds := part{Head: "By kind of statement"}
	for _, k := range p.Kinds {
		kinds.Facts = append(kinds.Facts, fact{Label: capital(clean(k.Name)), Value: line{Text: sentence(clean(k.Text))}})
	}
	shares := part{Head: "How many ways to answer lead to each level"}
	for i, share := range p.Shares {
		shares.Facts = append(shares.Facts, fact{Label: capital(levelName(v.p.Levels[i])), Value: line{Text: clean(share)}})
	}
	if len(shares.Facts) > 0 {
		shares.After = []line{{Text: "Every way to answer counts the same here, however rare the person is: this is no share of people."}}
	}
	add(&v.sections, "proofs", "Proofs", about, kinds, shares, part{Head: "What was found", Items: findings(p.Findings, len(p.Findings))})
}

func (v *packView) coverage(c *Coverage) {
	kinds := part{Head: "By kind"}
	for _, k := range c.Kinds {
		kinds.Facts = append(kinds.Facts, fact{Label: capital(clean(k.Name)), Value: line{Text: fmt.Sprintf("%d of %d, %s", k.Covered, k.Reachable, percent(k.Covered, k.Reachable))}})
	}
	about := part{Lines: []line{{Text: sentence(capital(c.words()))},
		{Text: "To be tried are: every rule and every test in it holding, failing and left open by missing answers; each deciding alone; both sides of every threshold; every level, option and verdict. What no answers can bring about does not count."}}}
	if c.Undecided > 0 {
		about.Lines = append(about.Lines, line{Text: fmt.Sprintf("Of %d it is not decided whether they are possible; they count as not tried.", c.Undecided)})
	}
	add(&v.sections, "coverage", "Coverage of the cases", about, kinds)
}

// mostGaps is how many unnoticed changes are listed; `carelevel rules mutate`
// has all of them.
const mostGaps = 40

func (v *packView) mutants(m *Mutants) {
	about := part{Lines: []line{{Text: sentence(capital(m.words()))},
		{Text: "Every small change that could be a mistake was made, one at a time, and the cases were run on it: a threshold moved by a step, a comparison reversed, a part left out. A change that no case notices is a gap in the cases; it is no mistake in the rules."}}}
	if n := m.Same + m.Refused; n > 0 {
		about.Lines = append(about.Lines, line{Text: fmt.Sprintf("Not counted: %d that change nothing for any complete answers, and %d that are no rules at all.", m.Same, m.Refused)})
	}
	gaps := part{Head: "Changes that no case notices", Items: findings(m.Gaps, mostGaps)}
	if more := len(m.Gaps) - mostGaps; more > 0 {
		gaps.After = []line{{Text: fmt.Sprintf("And %d more: 'carelevel rules mutate' lists them, each with a case that would notice it.", more)}}
	}
	add(&v.sections, "mutants", "Changes that the cases notice", about, gaps)
}

func findings(all []Finding, most int) []item {
	var out []item
	for _, f := range all[:min(len(all), most)] {
		out = append(out, item{Word: capital(clean(f.Name)), Text: line{Text: sentence(clean(f.Text))}})
	}
	return out
}
