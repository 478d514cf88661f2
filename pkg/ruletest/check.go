package ruletest

import (
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// check holds one recommendation against what is expected of it.
type check struct {
	engine   *engine.Engine
	r        *engine.Recommendation
	want     *pack.Expect
	at       diag.Span
	day      int
	failures []Failure
}

const tooOpen = "too much is unanswered to look at every completion; answer more in this case"

// open reports whether it cannot be told which levels are possible, though the
// case wants to know.
func (c *check) open() bool {
	w := c.want
	looks := w.Level != nil || w.Possible != nil || w.Requirements != nil || w.Asks != nil || w.AsksNot != nil || w.Next != nil
	return looks && c.r.Bounds && len(c.r.Possible) > 1
}

func (c *check) all() {
	c.levels()
	c.criteria()
	c.requirements()
	c.services()
	c.notes()
	c.questions()
}

func (c *check) fail(what, expected, got string) {
	c.failures = append(c.failures, Failure{c.at, c.day, what, expected, got})
}

func (c *check) levels() {
	want := c.want.Possible
	if c.want.Level != nil {
		want = []*pack.Level{c.want.Level}
	}
	if want != nil && !slices.Equal(c.r.Possible, want) {
		c.fail("level", levelSet(want), levelSet(c.r.Possible))
	}
}

func (c *check) criteria() {
	for _, f := range c.engine.Findings(c.r.Answers, c.want.Holds) {
		if f.State != engine.True {
			c.fail(f.Criterion.ID, "that it holds", state(f.State))
		}
	}
	for _, f := range c.engine.Findings(c.r.Answers, c.want.HoldsNot) {
		if f.State == engine.True {
			c.fail(f.Criterion.ID, "that it does not hold", "that it holds")
		}
	}
}

func state(t engine.Truth) string {
	return [...]string{engine.False: "that it does not hold", engine.Unknown: "unknown", engine.True: "that it holds"}[t]
}

// requirements looks at what is shown beside the possible levels and not at
// the engine's states: a requirement that is not shown is not there.
func (c *check) requirements() {
	if len(c.want.Requirements) == 0 {
		return
	}
	shown := map[*pack.Criterion]string{}
	for _, f := range c.r.Requirements {
		shown[f.Criterion] = requirementState(f.State)
	}
	for crit := range c.engine.Pack().Criteria() {
		want, ok := c.want.Requirements[crit]
		got := shown[crit]
		if got == "" {
			got = "not shown, since " + crit.Level.ID + " is not possible"
		}
		if ok && got != want {
			c.fail("requirement "+crit.ID, want, got)
		}
	}
}

func requirementState(t engine.Truth) string {
	return [...]string{engine.False: "not_met", engine.Unknown: "unknown", engine.True: "met"}[t]
}

func (c *check) services() {
	suggested := func(s *pack.Service) bool {
		return slices.ContainsFunc(c.r.Services, func(o engine.Offer) bool { return o.Service == s && o.Suggested })
	}
	for _, s := range c.want.Services {
		if !suggested(s) {
			c.fail("service "+s.ID, "suggested", "not suggested")
		}
	}
	for _, s := range c.want.ServicesNot {
		if suggested(s) {
			c.fail("service "+s.ID, "not suggested", "suggested")
		}
	}
}

func (c *check) notes() {
	shown := func(n *pack.Note) bool {
		return slices.ContainsFunc(c.r.Notes, func(m engine.Remark) bool { return m.Note == n })
	}
	for _, n := range c.want.Notes {
		if !shown(n) {
			c.fail(n.Kind.String()+" "+n.ID, "shown", "not shown")
		}
	}
	for _, n := range c.want.NotesNot {
		if shown(n) {
			c.fail(n.Kind.String()+" "+n.ID, "not shown", "shown")
		}
	}
}

// questions looks at those on which the level still hangs.
func (c *check) questions() {
	asked := func(q *pack.Question) bool { return slices.Contains(c.r.Deciding, q) }
	for _, q := range c.want.Asks {
		if !asked(q) {
			c.fail("question "+q.ID, "that the level hangs on it", c.deciding())
		}
	}
	for _, q := range c.want.AsksNot {
		if asked(q) {
			c.fail("question "+q.ID, "that the level does not hang on it", "that it does")
		}
	}
	if q := c.want.Next; q != nil && c.r.Next != q {
		got := "no question: the level is determined"
		if c.r.Next != nil {
			got = c.r.Next.ID
		}
		c.fail("next", q.ID, got)
	}
}

func (c *check) deciding() string {
	if len(c.r.Deciding) == 0 {
		return "that it hangs on no question"
	}
	ids := make([]string, len(c.r.Deciding))
	for i, q := range c.r.Deciding {
		ids[i] = q.ID
	}
	return "that it hangs on " + strings.Join(ids, ", ")
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
