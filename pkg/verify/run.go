package verify

import (
	"errors"
	"slices"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// Run proves or refutes all that there is to say about the engine's pack. The
// error is for a pack that has no space of answers, and for an example that
// the engine does not confirm, which is a mistake in this package.
func Run(e *engine.Engine, opts Options) (*Report, error) {
	r, err := newRun(e, opts)
	if err != nil {
		return nil, err
	}
	for _, jobs := range [][]job{
		r.levels(), r.criteria(), r.needed(), r.effects(), r.requirements(), r.monotone(), r.missing(), r.guarantees(), r.stepDown(), r.contradictions(),
	} {
		for _, j := range jobs {
			if r.do(j); r.err != nil {
				return nil, r.err
			}
		}
	}
	return r.report, nil
}

// run is one run under way.
type run struct {
	engine *engine.Engine // the pack's, with the guarantees as further notes
	pack   *pack.Pack     // as the caller knows it
	d      engine.Decision
	report *Report

	rules       []rule             // all that is looked at
	indications [][]pack.Condition // by level
	leftOut     map[pack.Condition]bool
	asked       map[*pack.Question]bool // what conditions that are left out test

	budget, left int    // of nodes
	shared       *frame // of all that is looked at; nil if there is none
	sharedTries  int
	noLevel      error // why the level is not decided, nil as long as it may be
	err          error

	patience, weight int // for making witnesses short, and what one try costs
}

// rule is a part of the pack with a condition.
type rule struct {
	part Part
	when pack.Condition
	at   diag.Span
}

func newRun(e *engine.Engine, opts Options) (*run, error) {
	p := e.Pack()
	r := &run{pack: p, report: &Report{Pack: p}, leftOut: map[pack.Condition]bool{}, asked: map[*pack.Question]bool{}}
	if r.budget = opts.Nodes; r.budget <= 0 {
		r.budget = DefaultNodes
	}
	r.left = r.budget
	r.collect()
	r.patience, r.weight = maxPatience, weigh(p, len(r.rules))
	var err error
	r.engine, err = withGuarantees(e)
	return r, err
}

// withGuarantees compiles the pack with its guarantees as notes, so that the
// engine can say whether their conditions hold.
func withGuarantees(e *engine.Engine) (*engine.Engine, error) {
	if len(e.Pack().Guarantees) == 0 {
		return e, nil
	}
	p := *e.Pack()
	p.Notes = slices.Clone(p.Notes)
	for _, g := range p.Guarantees {
		p.Notes = append(p.Notes, &pack.Note{ID: g.ID, When: g.Whenever})
	}
	return engine.Compile(&p)
}

// collect lists what there is to look at, and what is left out.
func (r *run) collect() {
	p := r.pack
	r.indications = make([][]pack.Condition, len(p.Levels))
	for c := range p.Criteria() {
		if r.add(rule{Part{Level: c.Level, Criterion: c}, c.When, c.At}) && c.Kind == pack.Indication {
			r.indications[c.Level.Index] = append(r.indications[c.Level.Index], c.When)
		}
	}
	for _, s := range p.Services {
		if s.When != nil {
			r.add(rule{Part{Service: s}, s.When, s.At})
		}
	}
	for _, n := range p.Notes {
		r.add(rule{Part{Note: n}, n.When, n.At})
	}
	for _, g := range p.Guarantees {
		r.add(rule{Part{Guarantee: g}, g.Whenever, g.At})
	}
}

// add reports whether the rule is one to be looked at.
func (r *run) add(u rule) bool {
	answered := false
	var tested []*pack.Question
	pack.Walk(u.when, func(c pack.Condition) bool {
		_, is := c.(*pack.Answered)
		answered = answered || is
		tested = append(tested, questionsOf(r.pack, c)...)
		return true
	})
	if !answered {
		r.rules = append(r.rules, u)
		return true
	}
	r.report.LeftOut = append(r.report.LeftOut, u.part)
	r.leftOut[u.when] = true
	for _, q := range tested {
		r.asked[q] = true
	}
	return false
}

// questionsOf returns the questions that one test is about; none if c is no
// test.
func questionsOf(p *pack.Pack, c pack.Condition) []*pack.Question {
	switch c := c.(type) {
	case *pack.In:
		if c.Score == nil {
			return []*pack.Question{p.Slots[c.Slot].Question}
		}
		var of []*pack.Question
		for _, t := range c.Score.Terms {
			of = append(of, p.Slots[t.Slot].Question)
		}
		return of
	case *pack.Includes:
		return []*pack.Question{p.Slots[c.Slot].Question}
	case *pack.Answered:
		return []*pack.Question{p.Slots[c.Slot].Question}
	}
	return nil
}

// job is one statement, or several that share their work.
type job struct {
	level      bool             // whether it is about the level
	conditions []pack.Condition // what else it is about
	pack       *pack.Pack       // nil for the pack that is looked at

	// prove returns what it finds in the frame; that is void if the frame has
	// exceeded its budget by then.
	prove func(*frame) []Proof
	keep  func([]Proof) // called with what was found within the budget; may be nil
	// better is tried where something is refuted: it finds the same and shows
	// it better, or takes too much.
	better *job
	// open are the statements, for the case that they are not decided.
	open []Proof
}

// do tries a job in the space of everything, and if that is too much for one
// space, in one of its own, so that one hard statement spoils no other.
func (r *run) do(j job) {
	if j.pack == nil {
		if f := r.sharedFrame(); f != nil {
			if r.try(f, j) {
				return
			}
			r.close(f)
			r.shared = nil
		}
	}
	err := r.tryAlone(j)
	switch {
	case err == nil || r.err != nil:
		return
	case !errors.Is(err, space.ErrTooLarge):
		r.err = err
		return
	}
	for _, p := range j.open {
		p.Status, p.Code, p.Why = Undecided, NotDecided, err.Error()
		r.report.Proofs = append(r.report.Proofs, p)
	}
}

// tryAlone tries a job in a space of its own.
func (r *run) tryAlone(j job) error {
	if j.level && r.noLevel != nil {
		return r.noLevel
	}
	limit := r.left / part
	if j.level && len(j.conditions) == 0 {
		limit = r.left / half
	}
	f, err := r.newFrame(j, limit)
	if err != nil {
		return err
	}
	defer r.close(f)
	r.try(f, j)
	return f.s.Err()
}

// try keeps what the job finds if it stays within the budget.
func (r *run) try(f *frame, j job) bool {
	proofs := j.prove(f)
	if f.s.Err() != nil {
		return false
	}
	if f.err != nil {
		r.err = f.err
	}
	if j.better != nil && slices.ContainsFunc(proofs, func(p Proof) bool { return p.Status == Refuted }) {
		before := len(r.report.Proofs)
		if r.tryAlone(*j.better) == nil && len(r.report.Proofs) > before {
			return true
		}
	}
	if j.keep != nil {
		j.keep(proofs)
	}
	r.report.Proofs = append(r.report.Proofs, proofs...)
	return true
}
