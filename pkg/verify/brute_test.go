package verify_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/verify"
)

// TestProofsAgreeWithBruteForce holds every kind of statement against all
// complete answers of random packs.
func TestProofsAgreeWithBruteForce(t *testing.T) {
	t.Parallel()
	codes := map[string]int{}
	tried := 0
	for seed := range uint64(1000) {
		rnd := rand.New(rand.NewPCG(seed, 31))
		p := randomPack(rnd)
		if seed%2 == 1 {
			sparse(rnd, p)
		}
		o := newOracle(t, p, codes)
		if o == nil {
			continue
		}
		tried++
		o.levels()
		o.criteria()
		o.indications()
		o.requirements()
		o.monotone()
		o.guarantees()
		o.stepDown()
		o.contradictions()
		o.effects()
		for id, p := range o.proofs {
			if !o.seen[id] && p.Kind != verify.MissingIsSafe {
				t.Errorf("the proof %s was not expected", id)
			}
		}
		if t.Failed() {
			t.Fatalf("at seed %d", seed)
		}
	}
	often(t, tried, 300, "packs")
	for _, kind := range []string{"levels proved", "levels level-unreachable", "levels only-in-contradiction",
		"criteria proved", "criteria criterion-dead", "criteria only-in-contradiction",
		"indications proved", "indications indication-redundant", "indications only-in-contradiction",
		"effects proved", "effects question-without-effect", "effects answer-without-effect", "effects answers-alike",
		"requirements proved", "requirements requirement-never-met", "requirements requirement-never-fails",
		"monotone proved", "monotone worse-is-less", "guarantees proved", "guarantees guarantee-broken",
		"step_down proved", "step_down step-down-impossible", "step_down step-down-while-indicated", "contradictions proved", "lines of instruments"} {
		often(t, codes[kind], 30, kind)
	}
	t.Log(codes)
}

func often(t *testing.T, n, least int, what string) {
	t.Helper()
	if n < least {
		t.Errorf("%s: %d, want at least %d for this test to mean something", what, n, least)
	}
}

func (o *oracle) levels() {
	for _, l := range o.p.Levels {
		here := func(_ *reading, level int) bool { return level == l.Index }
		of := o.where(here)
		p := o.exists("level-"+l.ID, of, verify.LevelUnreachable)
		o.counted(p, of)
		if len(of) > 0 {
			o.onlyIn(p, of)
			o.witness(p, here)
			continue
		}
		argued := o.where(func(r *reading, _ int) bool {
			return l.Index == 0 || slices.ContainsFunc(l.Indications, func(c *pack.Criterion) bool { return r.holds(c.When) })
		})
		o.covered(p, argued)
	}
}

func (o *oracle) criteria() {
	for c := range o.p.Criteria() {
		if c.Kind == pack.Requirement || asksIfAnswered(c.When) {
			continue
		}
		o.applies("applies-"+c.ID, c.When, func(level int) bool { return c.Kind != pack.Support || level == c.Level.Index }, false)
	}
	for _, s := range o.p.Services {
		if s.When != nil && !asksIfAnswered(s.When) {
			o.applies("applies-service."+s.ID, s.When, func(level int) bool { return slices.Contains(o.p.Levels[level].Services, s) }, false)
		}
	}
	for _, n := range o.p.Notes {
		if !asksIfAnswered(n.When) {
			o.applies("applies-note."+n.ID, n.When, func(int) bool { return true }, n.Kind == pack.Contradiction)
		}
	}
	for _, g := range o.p.Guarantees {
		o.applies("applies-guarantee."+g.ID, g.Whenever, func(int) bool { return true }, false)
	}
}

func (o *oracle) applies(id string, c pack.Condition, at func(level int) bool, contradiction bool) {
	is := func(r *reading, level int) bool { return at(level) && r.holds(c) }
	of := o.where(is)
	if len(o.holding(c)) > 0 && len(o.where(func(_ *reading, level int) bool { return at(level) })) == 0 {
		return // said of the level
	}
	var p *verify.Proof
	if contradiction && len(of) > 0 {
		p = o.proof(id, "")
	} else {
		p = o.exists(id, of, verify.CriterionDead)
		o.onlyIn(p, of)
	}
	o.counted(p, o.holding(c))
	if len(of) > 0 {
		o.witness(p, is)
	}
}

func (o *oracle) indications() {
	for _, l := range o.p.Levels[1:] {
		for _, c := range l.Indications {
			if len(o.holding(c.When)) == 0 {
				continue
			}
			without := o.others(c)
			if slices.ContainsFunc(without, func(d *pack.Criterion) bool { return len(o.holding(d.When)) == len(o.all) }) {
				continue // said of the levels below
			}
			alone := func(r *reading, _ int) bool {
				return r.holds(c.When) && !slices.ContainsFunc(without, func(d *pack.Criterion) bool { return r.holds(d.When) })
			}
			of := o.where(alone)
			p := o.exists("decides-"+c.ID, of, verify.IndicationRedundant)
			o.counted(p, of)
			if len(of) == 0 {
				o.covered(p, o.holding(c.When))
				continue
			}
			o.onlyIn(p, of)
			o.witness(p, func(r *reading, level int) bool { return alone(r, level) && level == l.Index })
		}
	}
}

// others are the indications of at least a criterion's level, but itself.
func (o *oracle) others(c *pack.Criterion) []*pack.Criterion {
	var out []*pack.Criterion
	for _, l := range o.p.Levels[c.Level.Index:] {
		for _, d := range l.Indications {
			if d != c {
				out = append(out, d)
			}
		}
	}
	return out
}

func (o *oracle) requirements() {
	for c := range o.p.Criteria() {
		at := func(_ *reading, level int) bool { return level == c.Level.Index }
		if c.Kind != pack.Requirement || asksIfAnswered(c.When) || len(o.where(at)) == 0 {
			continue
		}
		met := func(r *reading, level int) bool { return at(r, level) && r.holds(c.When) }
		fails := func(r *reading, level int) bool { return at(r, level) && !r.holds(c.When) }
		p := o.exists("met-"+c.ID, o.where(met), verify.RequirementNever)
		o.counted(p, o.where(met))
		if p.Witness != nil {
			o.witness(p, met)
		}
		p = o.exists("fails-"+c.ID, o.where(fails), verify.RequirementAlways)
		o.counted(p, o.where(fails))
		if p.Witness != nil {
			o.witness(p, fails)
		}
	}
}

func (o *oracle) guarantees() {
	for _, g := range o.p.Guarantees {
		broken := func(r *reading, level int) bool {
			return r.holds(g.Whenever) && (g.AtLeast != nil && level < g.AtLeast.Index || g.AtMost != nil && level > g.AtMost.Index)
		}
		of := o.where(broken)
		if len(of) == 0 {
			o.counted(o.proof("guarantee-"+g.ID, ""), o.holding(g.Whenever))
			continue
		}
		p := o.proof("guarantee-"+g.ID, verify.GuaranteeBroken)
		o.counted(p, of)
		o.onlyIn(p, of)
		if (p.Only != nil) != o.onlyBad(of) {
			o.t.Errorf("%s: only in %v, and all are contradictory: %v", p.ID, p.Only, o.onlyBad(of))
		}
		o.witness(p, broken)
		o.shows(p, p.Witness[0], func(_ *reading, level int) bool { return level == p.To.Index })
	}
}

func (o *oracle) stepDown() {
	for _, l := range o.p.Levels {
		if len(l.StepDown) == 0 || slices.ContainsFunc(l.StepDown, func(c *pack.Criterion) bool { return asksIfAnswered(c.When) }) {
			continue
		}
		ready := func(r *reading) bool {
			return !slices.ContainsFunc(l.StepDown, func(c *pack.Criterion) bool { return !r.holds(c.When) })
		}
		leaves := func(r *reading, level int) bool {
			return ready(r) && (level < l.Index || l.Index == 0 && level == 0)
		}
		everReady := o.where(func(r *reading, _ int) bool { return ready(r) })
		if below := o.where(func(_ *reading, level int) bool { return level < max(l.Index, 1) }); len(below) > 0 {
			of := o.where(leaves)
			p := o.exists("leave-"+l.ID, of, verify.StepDownImpossible)
			o.counted(p, of)
			if len(of) > 0 {
				o.witness(p, leaves)
			} else {
				o.covered(p, everReady)
			}
		}
		if l.Index == 0 || len(everReady) == 0 {
			continue
		}
		stays := func(r *reading, _ int) bool {
			return ready(r) && slices.ContainsFunc(l.Indications, func(c *pack.Criterion) bool { return r.holds(c.When) })
		}
		if of := o.where(stays); len(of) > 0 {
			p := o.proof("ready-"+l.ID, verify.StepDownIndicated)
			o.counted(p, of)
			o.witness(p, stays)
			for _, c := range l.Indications {
				can := len(o.where(func(r *reading, _ int) bool { return ready(r) && r.holds(c.When) })) > 0
				if can != slices.Contains(p.By, c) {
					o.t.Errorf("%s names %s: %v, but it can hold: %v", p.ID, c.ID, !can, can)
				}
			}
		} else {
			o.proof("ready-"+l.ID, "")
		}
	}
}

func (o *oracle) contradictions() {
	all, any := 0, false
	for _, bad := range o.bad {
		if bad {
			all++
		}
	}
	for _, n := range o.p.Notes {
		if n.Kind != pack.Contradiction || asksIfAnswered(n.When) {
			continue
		}
		any = true
		if of := o.holding(n.When); len(of) > 0 {
			o.counted(o.proof("contradiction-"+n.ID, ""), of)
		}
	}
	if got := o.report.Contradictory; any != (got != nil) || any && got.Int64() != int64(all) {
		o.t.Errorf("contradictory: %v, want %d", got, all)
	}
}

// neighbours yields answers with the next worse answer to a question, and what
// they were before.
func (o *oracle) neighbours(q *pack.Question, yield func(better, worse pack.Answers)) {
	step := func(a pack.Answers, slot int, by pack.Value) {
		b := slices.Clone(a)
		if b[slot] += by; b[slot] >= o.p.Slots[slot].Min && b[slot] <= o.p.Slots[slot].Max {
			yield(a, b)
		}
	}
	by := pack.Value(1)
	if q.Worse == pack.WorseLower {
		by = -1
	}
	for _, a := range o.all {
		switch {
		case q.Kind == pack.Multi:
			for i := range q.Options {
				if a[q.Slot]>>i&1 == 0 {
					step(a, q.Slot, 1<<i)
				}
			}
		case len(q.Items) > 0:
			for _, it := range q.Items {
				step(a, it.Slot, by)
			}
		default:
			step(a, q.Slot, by)
		}
	}
}

func (o *oracle) monotone() {
	for _, q := range o.p.Questions {
		if q.Worse == pack.WorseNeither {
			continue
		}
		falls, clean := 0, 0
		o.neighbours(q, func(better, worse pack.Answers) {
			if (&reading{p: o.p, a: worse}).level() < (&reading{p: o.p, a: better}).level() {
				if falls++; !o.contradictory(better) && !o.contradictory(worse) {
					clean++
				}
			}
		})
		if falls == 0 {
			o.proof("monotone-"+q.ID, "")
			continue
		}
		p := o.proof("monotone-"+q.ID, verify.NotMonotone)
		if (p.Only != nil) != (clean == 0) {
			o.t.Errorf("%s: only in %v, but %d of %d are not contradictory", p.ID, p.Only, clean, falls)
		}
		if len(p.Witness) != 2 {
			o.t.Fatalf("%s has %d witnesses", p.ID, len(p.Witness))
		}
		o.shows(p, p.Witness[0], func(_ *reading, level int) bool { return level == p.From.Index })
		o.shows(p, p.Witness[1], func(_ *reading, level int) bool { return level == p.To.Index })
		if p.To.Index >= p.From.Index {
			o.t.Errorf("%s falls from %s to %s", p.ID, p.From.ID, p.To.ID)
		}
		o.oneStep(p, q)
	}
}

func (o *oracle) contradictory(a pack.Answers) bool {
	r := &reading{p: o.p, a: a}
	return slices.ContainsFunc(o.p.Notes, func(n *pack.Note) bool {
		return n.Kind == pack.Contradiction && !asksIfAnswered(n.When) && r.holds(n.When)
	})
}

// oneStep expects a pair that differs in one step of one answer.
func (o *oracle) oneStep(p *verify.Proof, q *pack.Question) {
	o.t.Helper()
	var changed []int
	better, worse := p.Witness[0].Answers, p.Witness[1].Answers
	for i := range better {
		if better[i] != worse[i] {
			changed = append(changed, i)
		}
	}
	if len(changed) != 1 || o.p.Slots[changed[0]].Question != q {
		o.t.Errorf("%s: %v and %v differ in %v", p.ID, better, worse, changed)
		return
	}
	x, y := better[changed[0]], worse[changed[0]]
	switch {
	case q.Kind == pack.Multi:
		if added := y &^ x; x&^y != 0 || added&(added-1) != 0 {
			o.t.Errorf("%s: from %b to %b", p.ID, x, y)
		}
	case q.Worse == pack.WorseLower && y != x-1, q.Worse == pack.WorseHigher && y != x+1:
		o.t.Errorf("%s: from %d to %d", p.ID, x, y)
	}
}
