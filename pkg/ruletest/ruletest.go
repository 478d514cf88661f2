// Package ruletest runs the test cases that a pack carries: answers, and what
// its author says must come of them.
//
// It looks at a recommendation as a reader of it does, so that a case fails
// where the reader would be told something else. It refuses to call anything
// a success that was not run: no cases at all is a failure.
package ruletest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Options say which cases are run.
type Options struct {
	Run *regexp.Regexp // only the cases whose name it matches; nil: all
}

// Result is what came of one case.
type Result struct {
	Test     *pack.Test
	Failures []string // "expected …, got …"; none if the case holds
	Decided  []string // what decided, for a failed case: one line a criterion
}

// Passed reports whether the case holds.
func (r Result) Passed() bool { return len(r.Failures) == 0 }

// Run runs the cases of e's pack, in their order.
func Run(e *engine.Engine, tests []*pack.Test, opts Options) []Result {
	var results []Result
	for _, t := range tests {
		if opts.Run == nil || opts.Run.MatchString(t.Name) {
			results = append(results, runOne(e, t))
		}
	}
	return results
}

func runOne(e *engine.Engine, t *pack.Test) Result {
	c := check{engine: e, r: e.Recommend(t.Answers), want: t.Expect}
	c.levels()
	c.criteria()
	c.requirements()
	c.services()
	c.notes()
	result := Result{Test: t, Failures: c.failures}
	if !result.Passed() {
		result.Decided = decided(c.r)
	}
	return result
}

// check holds one recommendation against what is expected of it.
type check struct {
	engine   *engine.Engine
	r        *engine.Recommendation
	want     pack.Expect
	failures []string
}

func (c *check) fail(format string, args ...any) {
	c.failures = append(c.failures, fmt.Sprintf(format, args...))
}

func (c *check) levels() {
	want := c.want.Possible
	if c.want.Level != nil {
		want = []*pack.Level{c.want.Level}
	}
	if want != nil && !slices.Equal(c.r.Possible, want) {
		c.fail("expected %s, got %s", levelSet(want), levelSet(c.r.Possible))
	}
}

func (c *check) criteria() {
	for _, f := range c.engine.Findings(c.r.Answers, c.want.Holds) {
		if f.State != engine.True {
			c.fail("expected %s to hold, got %s", f.Criterion.ID, f.State)
		}
	}
	for _, f := range c.engine.Findings(c.r.Answers, c.want.HoldsNot) {
		if f.State == engine.True {
			c.fail("expected %s not to hold, got %s", f.Criterion.ID, f.State)
		}
	}
}

// requirements looks at what is shown beside the possible levels and not at
// the engine's states: a requirement that is not shown is not there.
func (c *check) requirements() {
	shown := map[*pack.Criterion]string{}
	for _, f := range c.r.Requirements {
		shown[f.Criterion] = [...]string{engine.False: "not_met", engine.Unknown: "unknown", engine.True: "met"}[f.State]
	}
	for crit := range c.engine.Pack().Criteria() {
		want, ok := c.want.Requirements[crit]
		got := shown[crit]
		if got == "" {
			got = "not shown, since " + crit.Level.ID + " is not possible"
		}
		if ok && got != want {
			c.fail("expected requirement %s to be %s, got %s", crit.ID, want, got)
		}
	}
}

func (c *check) services() {
	for _, s := range c.want.Services {
		suggested := slices.ContainsFunc(c.r.Services, func(o engine.Offer) bool { return o.Service == s && o.Suggested })
		if !suggested {
			c.fail("expected service %s to be suggested, got none of it", s.ID)
		}
	}
}

func (c *check) notes() {
	shown := func(n *pack.Note) bool {
		return slices.ContainsFunc(c.r.Notes, func(m engine.Remark) bool { return m.Note == n })
	}
	for _, n := range c.want.Notes {
		if !shown(n) {
			c.fail("expected the %s %s to be shown, got none of it", n.Kind, n.ID)
		}
	}
	for _, n := range c.want.NotesNot {
		if shown(n) {
			c.fail("expected the %s %s not to be shown, got it", n.Kind, n.ID)
		}
	}
}

func levelSet(levels []*pack.Level) string {
	ids := make([]string, len(levels))
	for i, l := range levels {
		ids[i] = l.ID
	}
	if len(ids) == 1 {
		return ids[0]
	}
	return "undetermined between " + strings.Join(ids, ", ")
}

// decided says which indications hold, and which still could where the level
// is open, each with the answers behind it.
func decided(r *engine.Recommendation) []string {
	var lines []string
	for _, f := range r.Indications {
		lines = append(lines, fmt.Sprintf("%s holds, for %s: %s", f.Criterion.ID, f.Criterion.Level.ID, answers(r, f.Slots)))
	}
	for _, f := range r.Open {
		lines = append(lines, fmt.Sprintf("%s is unknown, for %s: needs %s", f.Criterion.ID, f.Criterion.Level.ID, names(r.Pack, f.Slots)))
	}
	if len(lines) == 0 {
		lines = append(lines, "no indication holds, which leaves "+r.Pack.Levels[0].ID)
	}
	return lines
}

func answers(r *engine.Recommendation, slots []int) string {
	parts := make([]string, len(slots))
	for i, s := range slots {
		v := r.Answers[s]
		if q := r.Pack.Slots[s].Question; q.Kind == pack.Instrument && !v.Known() && !r.Pack.Slots[s].IsItem() {
			v, _, _ = q.Total(r.Answers)
		}
		parts[i] = r.Pack.Slots[s].ID + " = " + r.Pack.FormatAnswer(s, v)
	}
	return strings.Join(parts, ", ")
}

func names(p *pack.Pack, slots []int) string {
	parts := make([]string, len(slots))
	for i, s := range slots {
		parts[i] = p.Slots[s].ID
	}
	return strings.Join(parts, ", ")
}
