package verify_test

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/verify"
)

// hostile is a pack whose indications compare sums that hardly two ways of
// answering have in common, so that nothing can be joined.
func hostile(criteria int) *pack.Pack {
	rnd := rand.New(rand.NewPCG(1, 1))
	p := &pack.Pack{ID: "hostile"}
	for i := range 40 {
		q := &pack.Question{ID: fmt.Sprintf("q%d", i), Index: i, Slot: i, Kind: pack.Scale, Max: 3, Options: make([]pack.Option, 4), Worse: pack.WorseHigher}
		p.Questions = append(p.Questions, q)
		p.Slots = append(p.Slots, pack.Slot{ID: q.ID, Question: q, Item: -1, Max: 3})
	}
	for i := range 3 {
		p.Levels = append(p.Levels, &pack.Level{ID: fmt.Sprintf("l%d", i), Index: i})
	}
	for i := range criteria {
		s := &pack.Score{ID: fmt.Sprintf("s%d", i), Index: i}
		for _, slot := range rnd.Perm(40) {
			w := []pack.Value{0, pack.Value(rnd.IntN(1 << 20)), pack.Value(rnd.IntN(1 << 20)), pack.Value(rnd.IntN(1 << 20))}
			s.Terms = append(s.Terms, pack.Term{Slot: slot, Weights: w})
			s.Max += 1 << 20
		}
		p.Scores = append(p.Scores, s)
		l := p.Levels[1+i%2]
		l.Indications = append(l.Indications, &pack.Criterion{ID: fmt.Sprintf("c%d", i), Level: l,
			When: &pack.In{Score: s, Ranges: []pack.Interval{{From: s.Max / 2, To: s.Max}}}})
	}
	simple := &pack.In{Slot: 0, Ranges: []pack.Interval{{From: 1, To: 3}}}
	p.Levels[1].StepDown = []*pack.Criterion{{ID: "easy", Kind: pack.StepDown, Level: p.Levels[1], When: simple}}
	return p
}

// TestHostilePacksEnd: what is too much is not decided, and says so; what is
// simple is decided all the same.
func TestHostilePacksEnd(t *testing.T) {
	t.Parallel()
	for _, criteria := range []int{1, 40} {
		report, err := verify.Run(compile(t, hostile(criteria)), verify.Options{Nodes: 100_000})
		if err != nil {
			t.Fatal(err)
		}
		if report.OK() || report.Count(verify.Undecided) < criteria {
			t.Errorf("%d criteria: %d statements are not decided", criteria, report.Count(verify.Undecided))
		}
		for _, p := range report.Proofs {
			switch {
			case p.ID == "applies-easy" && p.Status != verify.Proved:
				t.Errorf("%s is %v", p.ID, p.Status)
			case p.Status == verify.Undecided && (p.Code != verify.NotDecided || !strings.Contains(p.Why, "too many combinations") || p.Witness != nil || p.Count != nil):
				t.Errorf("%s is not decided: %+v", p.ID, p)
			case p.Kind == verify.Levels && p.Status != verify.Undecided:
				t.Errorf("%s is %v", p.ID, p.Status)
			}
		}
	}
}

// TestSmallBudgetsLieNever runs random packs with all sorts of budgets: what
// is decided then is what is decided with enough of it.
func TestSmallBudgetsLieNever(t *testing.T) {
	t.Parallel()
	decided, open, alone := 0, 0, 0
	for seed := range uint64(30) {
		p := randomPack(rand.New(rand.NewPCG(seed, 51)))
		e := compile(t, p)
		full, err := verify.Run(e, verify.Options{})
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]verify.Proof{}
		for _, p := range full.Proofs {
			want[p.ID] = p
		}
		for _, nodes := range []int{1, 10, 20, 40, 80, 160, 320, 640, 1280, 2560, 5120} {
			report, err := verify.Run(e, verify.Options{Nodes: nodes})
			if err != nil {
				t.Fatal(err)
			}
			before := open
			for _, p := range report.Proofs {
				switch w := want[p.ID]; {
				case p.Status == verify.Undecided:
					open++
				case p.Status == w.Status && p.Code == w.Code, w.Code == verify.OnlyContradictory && p.Status == verify.Proved:
					decided++ // a space of its own does not know the contradictions
				default:
					t.Errorf("seed %d, %d nodes: %s is %v %s, and %v %s with enough", seed, nodes, p.ID, p.Status, p.Code, w.Status, w.Code)
				}
			}
			if open > before && len(report.Proofs) > open-before {
				alone++
			}
		}
	}
	often(t, decided, 1000, "decided")
	often(t, open, 1000, "not decided")
	often(t, alone, 50, "runs that decided some")
}

// TestUndecidedIsSaid: a report without counts is printed all the same.
func TestUndecidedIsSaid(t *testing.T) {
	report, err := verify.Run(compile(t, hostile(1)), verify.Options{Nodes: 1000})
	if err != nil {
		t.Fatal(err)
	}
	var text, forPrograms bytes.Buffer
	if err := report.WriteText(&text, verify.TextOptions{Rules: "hostile"}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"hostile : 40 questions, and more ways to answer them than can be told apart\n",
		"levels             0 of 3 are recommended to somebody; 3 not decided\n",
		"not decided [not-decided]\n   Not decided whether level l1 is recommended for some answers. Too many combinations",
		"hostile: 1 statement proved,",
	} {
		if !strings.Contains(text.String(), want) {
			t.Errorf("%q is not in\n%s", want, text.String())
		}
	}
	if err := verify.WriteJSON(&forPrograms, []*verify.Report{report}); err != nil || !strings.Contains(forPrograms.String(), `"combinations": null`) {
		t.Errorf("%v\n%s", err, forPrograms.String())
	}
	if ds := report.Diagnostics(); len(ds) == 0 || ds[0].Severity != diag.Error || ds[0].Code != "not-decided" {
		t.Errorf("%+v", ds)
	}
}

// TestEveryExampleIsConfirmed runs packs that are too large for brute force:
// every example that a report gives has been confirmed by the engine, or there
// is an error.
func TestEveryExampleIsConfirmed(t *testing.T) {
	t.Parallel()
	examples := 0
	for seed := range uint64(120) {
		rnd := rand.New(rand.NewPCG(seed, 61))
		p := enginetest.Pack(rnd, enginetest.Size{Questions: 12})
		direct(rnd, p)
		report, err := verify.Run(compile(t, p), verify.Options{Nodes: 300_000})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		for _, p := range report.Proofs {
			examples += len(p.Witness)
		}
	}
	often(t, examples, 2000, "examples")
}
