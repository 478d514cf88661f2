package verify_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/verify"
)

// The oracle goes through all complete answers of small packs and reads every
// condition in the plainest way.

// reading evaluates conditions over complete answers, with the totals that it
// is told or else the sums of the items.
type reading struct {
	p      *pack.Pack
	a      pack.Answers
	totals map[*pack.Question]pack.Value
}

func (r *reading) holds(c pack.Condition) bool {
	switch c := c.(type) {
	case *pack.All:
		return r.count(c.Of) == len(c.Of)
	case *pack.Any:
		return r.count(c.Of) > 0
	case *pack.None:
		return r.count(c.Of) == 0
	case *pack.AtLeast:
		return r.count(c.Of) >= c.Count
	case *pack.Ref:
		return r.holds(c.To.When)
	case *pack.Includes:
		v := r.a[c.Slot] & c.Mask
		return v == c.Mask || !c.All && v != 0
	case *pack.In:
		v := pack.Value(0)
		if c.Score == nil {
			v = r.value(c.Slot)
		} else {
			for _, t := range c.Score.Terms {
				v += r.adds(t)
			}
		}
		return slices.ContainsFunc(c.Ranges, func(x pack.Interval) bool { return x.From <= v && v <= x.To })
	}
	panic(fmt.Sprintf("%T", c))
}

func (r *reading) count(cs []pack.Condition) int {
	n := 0
	for _, c := range cs {
		if r.holds(c) {
			n++
		}
	}
	return n
}

func (r *reading) value(slot int) pack.Value {
	q := r.p.Slots[slot].Question
	if len(q.Items) == 0 || r.p.Slots[slot].IsItem() {
		return r.a[slot]
	}
	if t, ok := r.totals[q]; ok {
		return t
	}
	sum := pack.Value(0)
	for _, it := range q.Items {
		sum += r.a[it.Slot]
	}
	return sum
}

func (r *reading) adds(t pack.Term) pack.Value {
	v := r.value(t.Slot)
	switch s := r.p.Slots[t.Slot]; {
	case t.Weights == nil:
		return v * t.Factor
	case s.Question.Kind == pack.Multi:
		sum := pack.Value(0)
		for o, w := range t.Weights {
			if v>>o&1 == 1 {
				sum += w
			}
		}
		return sum
	default:
		return t.Weights[v-s.Min]
	}
}

func (r *reading) level() int {
	for _, l := range slices.Backward(r.p.Levels) {
		if l.Index > 0 && slices.ContainsFunc(l.Indications, func(c *pack.Criterion) bool { return r.holds(c.When) }) {
			return l.Index
		}
	}
	return 0
}

// asksIfAnswered reports whether a condition is left out of what is proved.
func asksIfAnswered(c pack.Condition) bool {
	found := false
	pack.Walk(c, func(c pack.Condition) bool {
		_, is := c.(*pack.Answered)
		found = found || is
		return true
	})
	return found
}

// randomPack is a random pack with directions, contradictions and guarantees.
func randomPack(rnd *rand.Rand) *pack.Pack {
	p := enginetest.Pack(rnd, enginetest.Size{Questions: 5, Small: true})
	direct(rnd, p)
	return p
}

// direct gives a random pack what random packs lack.
func direct(rnd *rand.Rand, p *pack.Pack) {
	for _, q := range p.Questions {
		switch q.Kind {
		case pack.Choice:
			q.Worse = pack.WorseNeither
		case pack.YesNo, pack.Number:
			q.Worse = pack.Worse(rnd.IntN(3))
		case pack.Multi:
			q.Worse = pack.Worse(rnd.IntN(2))
		}
	}
	for _, n := range p.Notes {
		n.Kind = pack.NoteKind(rnd.IntN(3))
	}
	for i := range rnd.IntN(4) {
		g := &pack.Guarantee{ID: fmt.Sprintf("g%d", i)}
		g.Whenever = anyCondition(rnd, p)
		l := p.Levels[rnd.IntN(len(p.Levels))]
		switch rnd.IntN(3) {
		case 0:
			g.AtMost = l
		case 1:
			g.AtLeast, g.AtMost = p.Levels[0], l
		default:
			g.AtLeast = l
		}
		if g.Whenever != nil {
			p.Guarantees = append(p.Guarantees, g)
		}
	}
}

// sparse leaves only some of what a random pack says, so that there is more
// that nothing depends on.
func sparse(rnd *rand.Rand, p *pack.Pack) {
	some := func(of []*pack.Criterion) []*pack.Criterion {
		return of[:min(len(of), rnd.IntN(2))]
	}
	for _, l := range p.Levels {
		l.Indications, l.Requirements, l.Supports, l.StepDown = some(l.Indications), some(l.Requirements), nil, nil
	}
	p.Notes, p.Guarantees = p.Notes[:min(len(p.Notes), rnd.IntN(2))], nil
	for _, s := range p.Services {
		s.When = nil
	}
}

// anyCondition is that of some criterion, or several of them joined.
func anyCondition(rnd *rand.Rand, p *pack.Pack) pack.Condition {
	var of []pack.Condition
	for c := range p.Criteria() {
		if !asksIfAnswered(c.When) {
			of = append(of, c.When)
		}
	}
	if len(of) == 0 {
		return nil
	}
	x, y := of[rnd.IntN(len(of))], of[rnd.IntN(len(of))]
	switch rnd.IntN(3) {
	case 0:
		return &pack.All{Of: []pack.Condition{x, &pack.None{Of: []pack.Condition{y}}}}
	case 1:
		return &pack.Any{Of: []pack.Condition{x, y}}
	}
	return x
}

// oracle knows all complete answers of a pack.
type oracle struct {
	t     *testing.T
	p     *pack.Pack
	all   []pack.Answers
	level []int
	bad   []bool // contradictory
	said  []pack.Condition
	// proofs of the run by id, and those that were looked at
	proofs map[string]*verify.Proof
	report *verify.Report
	seen   map[string]bool
	codes  map[string]int // how often what was found
}

// answers lists all complete answers; nil if there are more than limit.
func answers(p *pack.Pack, limit int) []pack.Answers {
	var out []pack.Answers
	enginetest.Completions(p, p.NewAnswers(), limit, func(a pack.Answers) bool {
		out = append(out, slices.Clone(a))
		return true
	})
	return out
}

func newOracle(t *testing.T, p *pack.Pack, codes map[string]int) *oracle {
	t.Helper()
	o := &oracle{t: t, p: p, all: answers(p, 1500), proofs: map[string]*verify.Proof{}, seen: map[string]bool{}, codes: codes}
	if o.all == nil {
		return nil
	}
	var contradictions []pack.Condition
	for _, n := range p.Notes {
		if !asksIfAnswered(n.When) && n.Kind == pack.Contradiction {
			contradictions = append(contradictions, n.When)
		}
	}
	for _, a := range o.all {
		r := &reading{p: p, a: a}
		o.level = append(o.level, r.level())
		o.bad = append(o.bad, r.count(contradictions) > 0)
	}
	add := func(c pack.Condition) {
		if c != nil && !asksIfAnswered(c) {
			o.said = append(o.said, c)
		}
	}
	for c := range p.Criteria() {
		add(c.When)
	}
	for _, s := range p.Services {
		add(s.When)
	}
	for _, n := range p.Notes {
		add(n.When)
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	if o.report, err = verify.Run(e, verify.Options{}); err != nil {
		t.Fatal(err)
	}
	for i := range o.report.Proofs {
		proof := &o.report.Proofs[i]
		if o.proofs[proof.ID] != nil {
			t.Errorf("two proofs %s", proof.ID)
		}
		o.proofs[proof.ID] = proof
	}
	return o
}

// where lists the complete answers of which something is true.
func (o *oracle) where(is func(r *reading, level int) bool) (out []int) {
	for i, a := range o.all {
		if is(&reading{p: o.p, a: a}, o.level[i]) {
			out = append(out, i)
		}
	}
	return out
}

func (o *oracle) holding(c pack.Condition) []int {
	return o.where(func(r *reading, _ int) bool { return r.holds(c) })
}

// proof expects a proof with a code; "" for a proved one.
func (o *oracle) proof(id string, code verify.Code) *verify.Proof {
	o.t.Helper()
	o.seen[id] = true
	p := o.proofs[id]
	if p == nil {
		o.t.Errorf("there is no proof %s", id)
		return &verify.Proof{}
	}
	if p.Code != code {
		o.t.Errorf("%s: found %q, want %q", id, p.Code, code)
	}
	if (p.Status == verify.Proved) != (code == "") {
		o.t.Errorf("%s is %v with code %q", id, p.Status, p.Code)
	}
	kind := p.Kind.String() + " "
	if code == "" {
		o.codes[kind+"proved"]++
	} else {
		o.codes[kind+string(code)]++
	}
	return p
}

// exists expects a statement that something is true of some answers: refuted
// with a code if there are none, a remark if they are all contradictory.
func (o *oracle) exists(id string, of []int, code verify.Code) *verify.Proof {
	o.t.Helper()
	switch {
	case len(of) == 0:
		return o.proof(id, code)
	case o.onlyBad(of):
		return o.proof(id, verify.OnlyContradictory)
	}
	return o.proof(id, "")
}

func (o *oracle) onlyBad(of []int) bool {
	return !slices.ContainsFunc(of, func(i int) bool { return !o.bad[i] })
}

// counted expects a proof's count.
func (o *oracle) counted(p *verify.Proof, of []int) {
	o.t.Helper()
	if p.Count == nil || p.Count.Int64() != int64(len(of)) {
		o.t.Errorf("%s counts %v, want %d", p.ID, p.Count, len(of))
	}
}

// covered expects that criteria cover some answers, and that none of them is
// there for nothing.
func (o *oracle) covered(p *verify.Proof, of []int) {
	o.t.Helper()
	for skip := -1; skip < len(p.By); skip++ {
		left := 0
		for _, i := range of {
			r := &reading{p: o.p, a: o.all[i]}
			covered := false
			for k, c := range p.By {
				covered = covered || k != skip && r.holds(c.When)
			}
			if !covered {
				left++
			}
		}
		if (left == 0) != (skip < 0) {
			o.t.Errorf("%s: without %d of %d criteria %d answers are not covered", p.ID, skip, len(p.By), left)
		}
	}
}

// onlyIn expects that the contradictions of a proof cover some answers.
func (o *oracle) onlyIn(p *verify.Proof, of []int) {
	o.t.Helper()
	if p.Only == nil {
		return
	}
	for _, i := range of {
		r := &reading{p: o.p, a: o.all[i]}
		if !slices.ContainsFunc(p.Only, func(n *pack.Note) bool { return r.holds(n.When) }) {
			o.t.Errorf("%s: %v is not contradictory", p.ID, o.all[i])
		}
	}
}

// shows expects that a witness shows something whatever is still missing.
func (o *oracle) shows(p *verify.Proof, w verify.Witness, is func(r *reading, level int) bool) {
	o.t.Helper()
	var r reading
	ok := enginetest.Completions(o.p, w.Answers, 1<<20, func(a pack.Answers) bool {
		r = reading{p: o.p, a: a, totals: map[*pack.Question]pack.Value{}}
		for _, q := range o.p.Questions {
			if a[q.Slot].Known() && len(q.Items) > 0 {
				r.totals[q] = a[q.Slot]
			}
		}
		if !is(&r, r.level()) {
			o.t.Errorf("%s: the witness %v does not show it with %v", p.ID, w.Answers, a)
			return false
		}
		return true
	})
	if !ok {
		o.t.Errorf("%s: the witness %v leaves too much open", p.ID, w.Answers)
	}
	if err := o.p.CheckAnswers(w.Answers); err != nil {
		o.t.Errorf("%s: the witness %v cannot be: %v", p.ID, w.Answers, err)
	}
}

// witness expects one witness of a true statement.
func (o *oracle) witness(p *verify.Proof, is func(r *reading, level int) bool) {
	o.t.Helper()
	if len(p.Witness) != 1 {
		o.t.Errorf("%s has %d witnesses", p.ID, len(p.Witness))
		return
	}
	o.shows(p, p.Witness[0], is)
}
