package verify

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// criteria finds what never applies. Requirements have a kind of their own.
func (r *run) criteria() []job {
	var out []job
	for i := range r.rules {
		u := &r.rules[i]
		c := u.part.Criterion
		if c != nil && (c.Kind == pack.Requirement || c.Kind == pack.Indication && c.Level.Index == 0) {
			continue
		}
		p := Proof{ID: "applies-" + u.part.name(), Kind: Criteria, About: u.part, At: u.at}
		level := c != nil && c.Kind == pack.Support || u.part.Service != nil
		out = append(out, job{level: level, conditions: []pack.Condition{u.when}, open: []Proof{p}, prove: func(f *frame) []Proof {
			p := p
			if !f.applies(&p, u.when) {
				return nil
			}
			return []Proof{p}
		}})
	}
	return out
}

// name is what a part is called in the name of a proof; unique among those of
// the same kind of statement.
func (p Part) name() string {
	switch {
	case p.Criterion != nil:
		return p.Criterion.ID
	case p.Service != nil:
		return "service." + p.Service.ID
	case p.Note != nil:
		return "note." + p.Note.ID
	case p.Guarantee != nil:
		return "guarantee." + p.Guarantee.ID
	case p.Question != nil:
		return p.Question.ID
	}
	return p.Level.ID
}

// applies looks for answers with which a part is shown. A support is shown
// with its level alone, and a service with those that offer it. It is false,
// and nothing is said, where such a level is never recommended: that is said of
// the level.
func (f *frame) applies(p *Proof, when pack.Condition) bool {
	n, ok := f.s.Condition(when), f.run.shown(p.About)
	p.Count = f.memo.Count(n)
	if mask, some := f.run.shownAt(p.About); some {
		if n != space.False && mask != 0 && f.leads(mask) == space.False {
			return false
		}
		n = f.s.And(n, f.leads(mask))
		ok = both(ok, func(d *engine.Decision) bool { return d.Determined() && mask>>d.Min&1 == 1 })
	}
	if n == space.False {
		p.Status, p.Code = Refuted, CriterionDead
		return true
	}
	f.witness(p, n, ok)
	if p.About.Note == nil || p.About.Note.Kind != pack.Contradiction {
		f.remarkIfContradictory(p)
	}
	return true
}

// shownAt is the levels with which a part is shown; some is false if it is
// shown with all of them.
func (r *run) shownAt(p Part) (mask uint64, some bool) {
	if p.Criterion != nil && p.Criterion.Kind == pack.Support {
		return 1 << p.Level.Index, true
	}
	for _, l := range r.pack.Levels {
		if slices.Contains(l.Services, p.Service) {
			mask |= 1 << l.Index
		}
	}
	return mask, p.Service != nil
}

// shown is shown by answers for which a part holds.
func (r *run) shown(p Part) shows {
	at := func(state func(*engine.Decision, int) engine.Truth, i int) shows {
		return func(d *engine.Decision) bool { return state(d, i) == engine.True }
	}
	switch {
	case p.Criterion != nil:
		return r.state(p.Criterion, engine.True)
	case p.Service != nil:
		return at((*engine.Decision).Service, slices.Index(r.pack.Services, p.Service))
	case p.Note != nil:
		return at((*engine.Decision).Note, slices.Index(r.pack.Notes, p.Note))
	}
	return at((*engine.Decision).Note, len(r.pack.Notes)+slices.Index(r.pack.Guarantees, p.Guarantee))
}
