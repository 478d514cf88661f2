package rules_test

import (
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

func TestPacksPassTheirOwnTests(t *testing.T) {
	for _, name := range rules.Names() {
		p := load(t, name)
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, tt := range p.Tests {
			t.Run(name+"/"+tt.Name, func(t *testing.T) { runCase(t, e, tt) })
		}
	}
}

func runCase(t *testing.T, e *engine.Engine, tt *pack.Test) {
	r, want := e.Recommend(tt.Answers), tt.Expect
	possible := want.Possible
	if want.Level != nil {
		possible = []*pack.Level{want.Level}
	}
	if possible != nil && !slices.Equal(r.Possible, possible) {
		t.Errorf("possible: %v, want %v", ids(r.Possible), ids(possible))
	}
	for _, f := range e.Findings(tt.Answers, want.Holds) {
		if f.State != engine.True {
			t.Errorf("%s is %s, want it to hold", f.Criterion.ID, f.State)
		}
	}
	for _, f := range e.Findings(tt.Answers, want.HoldsNot) {
		if f.State == engine.True {
			t.Errorf("%s holds", f.Criterion.ID)
		}
	}
	runRequirements(t, r, want)
	for _, s := range want.Services {
		if !slices.ContainsFunc(r.Services, func(o engine.Offer) bool { return o.Service == s && o.Suggested }) {
			t.Errorf("service %s is not suggested", s.ID)
		}
	}
	shown := func(n *pack.Note) bool {
		return slices.ContainsFunc(r.Notes, func(m engine.Remark) bool { return m.Note == n })
	}
	for _, n := range want.Notes {
		if !shown(n) {
			t.Errorf("note %s is not shown", n.ID)
		}
	}
	for _, n := range want.NotesNot {
		if shown(n) {
			t.Errorf("note %s is shown", n.ID)
		}
	}
}

// A requirement is looked for in the recommendation and not in the engine: it
// has to be shown there, beside a level that is possible.
func runRequirements(t *testing.T, r *engine.Recommendation, want pack.Expect) {
	state := map[*pack.Criterion]string{}
	for _, f := range r.Requirements {
		state[f.Criterion] = [...]string{"not_met", "unknown", "met"}[f.State]
	}
	for c, w := range want.Requirements {
		if state[c] != w {
			t.Errorf("requirement %s is %q, want %q", c.ID, state[c], w)
		}
	}
}

func ids(ls []*pack.Level) []string {
	out := make([]string, len(ls))
	for i, l := range ls {
		out[i] = l.ID
	}
	return out
}
