package coverage_test

import (
	"bytes"
	"regexp"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/coverage"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/ruletest"
	"github.com/carelevel/carelevel/rules"
)

// covered reads a shipped pack, runs its cases, or only those in a text, and
// returns what they cover.
func covered(t *testing.T, name string, own bool, extra string) *coverage.Report {
	t.Helper()
	opts := pack.LoadOptions{Tests: own}
	if extra != "" {
		opts.Cases = []pack.CaseFile{{Name: "extra.yaml", Data: []byte(extra)}}
	}
	p, ds, err := pack.Load(rules.FS, name, opts)
	if err != nil || diag.HasErrors(ds) {
		t.Fatal(err, ds)
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	results, err := ruletest.RunPack(e, ruletest.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var cases []coverage.Case
	for _, r := range results {
		if !r.Passed() {
			t.Errorf("%s: %s: %s %v", name, r.Name(), r.Reason, r.Failures)
		}
		cases = append(cases, coverage.Case{Name: r.Name(), Answers: r.Answers(), Reviews: r.Reviews})
	}
	report, err := coverage.Run(e, cases)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// suggestions is the file that an author gets, and what there is no case for.
func suggestions(t *testing.T, r *coverage.Report) (text string, left []*coverage.Obligation) {
	t.Helper()
	cases, left := r.Suggest()
	var b bytes.Buffer
	if err := r.WriteSuggestions(&b, cases); err != nil {
		t.Fatal(err)
	}
	return b.String(), left
}

// confirmed takes the comment signs away, as an author does who agrees.
func confirmed(text string) string {
	return regexp.MustCompile(`(?m)^( +)# ([a-z_]+: )`).ReplaceAllString(text, "$1$2")
}

// TestShippedPacks: what the shipped packs' cases lack, the suggested ones have
// once they are confirmed, and so they do where there are no cases at all.
// Until then the pack does not load.
func TestShippedPacks(t *testing.T) {
	for _, name := range rules.Names() {
		for _, own := range []bool{true, false} {
			before := covered(t, name, own, "")
			t.Logf("%s, own cases %v: %+v", name, own, before.Count(nil))
			text, left := suggestions(t, before)
			for _, o := range left {
				if o.State == coverage.Missing {
					t.Errorf("%s: no case for %s", name, before.Words(o))
				}
			}
			if n := before.Count(nil); n.Covered+len(left) == n.Reachable { // nothing is missing but what no case is found for
				if strings.Contains(text, "name:") {
					t.Errorf("%s: nothing is missing, and suggested is\n%s", name, text)
				}
				continue
			}
			_, ds, err := pack.Load(rules.FS, name, pack.LoadOptions{Tests: own, Cases: []pack.CaseFile{{Name: "x.yaml", Data: []byte(text)}}})
			if n := before.Count(nil); err != nil || n.Covered+len(left) < n.Reachable && !diag.HasErrors(ds) {
				t.Errorf("%s: cases that nobody confirmed are taken: %v", name, err)
			}
			after := covered(t, name, own, confirmed(text)).Count(nil)
			if after.Covered+len(left) != after.Reachable {
				t.Errorf("%s: %+v, and %d without a case\n%s", name, after, len(left), text)
			}
		}
	}
}
