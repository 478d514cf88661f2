package coverage_test

import (
	"testing"
	"time"

	"github.com/carelevel/carelevel/pkg/coverage"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/ruletest"
	"github.com/carelevel/carelevel/rules"
)

// shipped is a shipped pack with its cases.
func shipped(t *testing.T, name string) (*engine.Engine, []coverage.Case) {
	t.Helper()
	p, ds, err := pack.Load(rules.FS, name, pack.LoadOptions{Tests: true})
	if err != nil || len(ds) > 0 {
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
		cases = append(cases, coverage.Case{Name: r.Name(), Answers: r.Answers(), Reviews: r.Reviews})
	}
	return e, cases
}

// TestShippedPacks: what the shipped packs' cases lack, the suggested ones have.
func TestShippedPacks(t *testing.T) {
	for _, name := range rules.Names() {
		e, cases := shipped(t, name)
		begin := time.Now()
		before, err := coverage.Run(e, cases)
		if err != nil {
			t.Fatal(err)
		}
		mid := time.Now()
		suggested, left := before.Suggest()
		t.Log(name, mid.Sub(begin), time.Since(mid), before.Count(nil), len(suggested), len(left))
		after, err := coverage.Run(e, append(cases, casesOf(t, e, suggested)...))
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range left {
			t.Logf("%s: no case for %s (%s)", name, after.Words(o), o.State)
			if o.State == coverage.Missing {
				t.Errorf("%s: no case for %s", name, after.Words(o))
			}
		}
		if n := after.Count(nil); n.Covered+len(left) != n.Reachable {
			t.Errorf("%s: %+v and %d left", name, n, len(left))
		}
	}
}
