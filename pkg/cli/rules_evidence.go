package cli

import (
	"errors"
	"fmt"

	"github.com/carelevel/carelevel/pkg/coverage"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/mutate"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/report"
	"github.com/carelevel/carelevel/pkg/ruletest"
	"github.com/carelevel/carelevel/pkg/verify"
)

// evidence gathers what there is to say for a pack. What cannot be looked at is
// said in the document rather than an error: those who sign must know it.
type evidence struct {
	*globals
	name    string
	mutants bool

	report.Evidence
}

func (g *evidence) gather(p *pack.Pack) (*report.Evidence, error) {
	e, err := engine.Compile(p)
	if err != nil {
		return nil, err
	}
	proofs, err := verify.Run(e, verify.Options{})
	if err != nil {
		return nil, err
	}
	g.Proofs = proofsOf(proofs)
	if ids := partIDs(proofs.LeftOut); len(ids) > 0 {
		g.missing("The proofs leave out what asks whether something is answered: " + joinWords(ids))
	}
	tested, err := g.cases()
	if err == nil && tested && g.mutants {
		err = g.changes()
	}
	if !g.mutants {
		g.missing("How many changes of the rules the cases notice was not tried: --no-mutants")
	}
	return &g.Evidence, err
}

func (g *evidence) missing(why string) { g.Missing = append(g.Missing, why) }

func partIDs(parts []verify.Part) []string {
	var ids []string
	for _, p := range parts {
		switch {
		case p.Criterion != nil:
			ids = append(ids, p.Criterion.ID)
		case p.Service != nil:
			ids = append(ids, p.Service.ID)
		case p.Note != nil:
			ids = append(ids, p.Note.ID)
		case p.Guarantee != nil:
			ids = append(ids, p.Guarantee.ID)
		}
	}
	return ids
}

// proofsOf are the proofs in plain values.
func proofsOf(r *verify.Report) *report.Proofs {
	out := &report.Proofs{Proved: r.Count(verify.Proved), Refuted: r.Count(verify.Refuted), Undecided: r.Count(verify.Undecided),
		Remarks: r.Count(verify.Remark), Guarantees: map[string]report.Proof{}}
	if r.Size != nil {
		out.Size = verify.FormatCount(r.Size)
		for _, n := range r.Shares {
			out.Shares = append(out.Shares, verify.FormatShare(n, r.Size))
		}
	}
	for _, l := range r.Summary() {
		out.Kinds = append(out.Kinds, report.Finding(l))
	}
	for _, s := range []verify.Status{verify.Refuted, verify.Undecided, verify.Remark} {
		for i := range r.Proofs {
			if p := &r.Proofs[i]; p.Status == s {
				out.Findings = append(out.Findings, report.Finding{Name: s.String(), Text: r.Message(p)})
			}
		}
	}
	for i := range r.Proofs {
		if p := &r.Proofs[i]; p.Kind == verify.Guarantees {
			out.Guarantees[p.About.Guarantee.ID] = guaranteeProof(r, p)
		}
	}
	return out
}

func guaranteeProof(r *verify.Report, p *verify.Proof) report.Proof {
	if p.Status != verify.Proved {
		return report.Proof{Text: p.Status.String() + ": " + r.Message(p)}
	}
	text := "proved for all answers"
	if p.Count != nil && r.Size != nil {
		text += fmt.Sprintf("; it is about %s of %s ways to answer (%s)", verify.FormatCount(p.Count), verify.FormatCount(r.Size), verify.FormatShare(p.Count, r.Size))
	}
	return report.Proof{Holds: true, Text: text}
}

// cases runs the pack's own cases and finds what they cover. It is false where
// nothing more can be tried with them.
func (g *evidence) cases() (ok bool, err error) {
	p, ds, err := readPack(g.name, true, nil)
	if err != nil {
		return false, err
	}
	if diag.HasErrors(ds) {
		g.missing("The cases were not run: their files have mistakes, which 'carelevel rules check' lists")
		return false, nil
	}
	e, err := engine.Compile(p)
	if err != nil {
		return false, err
	}
	results, err := ruletest.RunPack(e, ruletest.Options{})
	if err != nil {
		return false, err
	}
	g.Tests = testsOf(results)
	covered, err := coverage.Run(e, coverageCases(results))
	if err != nil {
		return false, err
	}
	g.Coverage = coverageOf(covered)
	return true, nil
}

func testsOf(results []ruletest.Result) *report.TestCounts {
	n := ruletest.Count(results)
	out := &report.TestCounts{Passed: n[ruletest.Pass], Failed: n[ruletest.Fail], Broken: n[ruletest.Error], Skip: n[ruletest.Skip]}
	for _, r := range results {
		if r.Course != nil {
			out.Courses++
		} else {
			out.Cases++
		}
		if !r.Passed() {
			out.Failing = append(out.Failing, r.Name())
		}
	}
	return out
}

func coverageOf(r *coverage.Report) *report.Coverage {
	all := r.Count(nil)
	out := &report.Coverage{Covered: all.Covered, Reachable: all.Reachable, Impossible: all.Impossible, Undecided: all.Undecided}
	for _, group := range r.Groups() {
		out.Kinds = append(out.Kinds, report.CoverageKind{Name: group.Name, Covered: group.Counts.Covered, Reachable: group.Counts.Reachable})
	}
	return out
}

// changes tries how many small changes of the rules the cases notice.
func (g *evidence) changes() error {
	fsys, root, called := packFiles(g.name)
	run := mutation{globals: g.globals}
	opts := mutate.Options{Name: called}
	done := run.progress(&opts)
	r, _, err := mutate.Run(fsys, root, opts)
	done()
	var failing *mutate.FailingError
	switch {
	case errors.As(err, &failing):
		g.missing("How many changes of the rules the cases notice was not tried: cases fail without any")
		return nil
	case errors.Is(err, mutate.ErrNoCases):
		g.missing("How many changes of the rules the cases notice was not tried: there are no cases")
		return nil
	case err != nil:
		return err
	}
	g.Mutants = &report.Mutants{Noticed: r.Count(mutate.Killed), Unnoticed: r.Count(mutate.Survived), Same: r.Count(mutate.Equivalent), Refused: r.Count(mutate.Stillborn)}
	for _, m := range r.Mutants {
		if m.Status == mutate.Survived {
			g.Mutants.Gaps = append(g.Mutants.Gaps, report.Finding{Name: m.Kind + " " + m.ID, Text: m.Words})
		}
	}
	return nil
}
