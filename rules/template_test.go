package rules_test

import (
	"bytes"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/coverage"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/lint"
	"github.com/carelevel/carelevel/pkg/mutate"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/ruletest"
	"github.com/carelevel/carelevel/pkg/verify"
	"github.com/carelevel/carelevel/rules"
)

// What an author begins with keeps all that the program asks of a pack: what
// fails later is then the author's own change.
func TestTemplateIsSound(t *testing.T) {
	p, ds, err := pack.Load(rules.Template(), ".", pack.LoadOptions{Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	r := lint.Check(p, ds, lint.Options{})
	for _, d := range r.Diagnostics {
		t.Errorf("%s:%d: %s [%s]", d.At.File, d.At.Line, d.Message, d.Code)
	}
	if diag.HasErrors(ds) || len(r.Skipped) > 0 || r.Allowed > 0 {
		t.Fatalf("skipped %q, %d warnings allowed", r.Skipped, r.Allowed)
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	results, err := ruletest.RunPack(e, ruletest.Options{})
	if n := ruletest.Count(results); err != nil || !n.OK() || n[ruletest.Skip] > 0 {
		t.Errorf("%v, %v", n, err)
	}
	var cases []coverage.Case
	for _, r := range results {
		cases = append(cases, coverage.Case{Name: r.Name(), Answers: r.Answers(), Reviews: r.Reviews})
	}
	if covered, err := coverage.Run(e, cases); err != nil || !covered.Count(nil).Reaches(100) {
		t.Errorf("its cases do not cover all: %v", err)
	}
	proofs, err := verify.Run(e, verify.Options{})
	if err != nil || !proofs.OK() || proofs.Count(verify.Remark) > 0 {
		t.Errorf("not all is proved, or there are remarks: %v", err)
	}
	mutants, _, err := mutate.Run(rules.Template(), ".", mutate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range mutants.Mutants {
		if m.Status == mutate.Survived {
			t.Errorf("no case notices %s %s: %s", m.Kind, m.ID, m.Words)
		}
	}
}

// It shows everything that a pack is made of.
func TestTemplateIsComplete(t *testing.T) {
	p, _, err := pack.Load(rules.Template(), ".", pack.LoadOptions{Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	iop := p.Level("iop")
	for what, n := range map[string]int{
		"indications": len(iop.Indications), "requirements": len(iop.Requirements), "supports": len(iop.Supports),
		"step-downs": len(iop.StepDown), "signs": len(p.Level("outpatient").StepUp), "objectives": len(iop.Objectives),
		"agreements": len(iop.Agree), "services": len(p.Services), "notes": len(p.Notes), "guarantees": len(p.Guarantees),
		"sources": len(p.Sources), "limits": len(p.Limits), "tests": len(p.Tests), "courses": len(p.Courses),
	} {
		if n == 0 {
			t.Errorf("no %s", what)
		}
	}
	var kinds []pack.Kind
	for _, q := range p.Questions {
		kinds = append(kinds, q.Kind)
	}
	for _, k := range []pack.Kind{pack.YesNo, pack.Scale, pack.Choice, pack.Number, pack.Instrument} {
		if !slices.Contains(kinds, k) {
			t.Errorf("no question of the kind %v", k)
		}
	}
}

// Every file says at its top what it is about, and is laid out as `rules fmt`
// does it.
func TestTemplateTeaches(t *testing.T) {
	names, err := fs.Glob(rules.Template(), "*")
	if err != nil || len(names) < 5 {
		t.Fatalf("%d files, %v", len(names), err)
	}
	for _, name := range names {
		text, err := fs.ReadFile(rules.Template(), name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.HasPrefix(text, []byte("# ")) {
			t.Errorf("%s does not begin with what it is about", name)
		}
		laid, ds := pack.Layout(name, text, pack.LayoutOptions{Indent: true})
		if len(ds) > 0 || !bytes.Equal(laid, text) {
			t.Errorf("%s is not laid out", name)
		}
		for i, line := range strings.Split(string(text), "\n") {
			if len([]rune(line)) > 120 {
				t.Errorf("%s:%d is longer than a window", name, i+1)
			}
		}
	}
}
