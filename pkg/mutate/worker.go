package mutate

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/ruletest"
)

// worker tries mutants on a pack of its own, which it changes and changes back.
type worker struct {
	report *Report
	nodes  int
	pack   *pack.Pack
	engine *engine.Engine
	rules  []*rule
	byID   map[string]*rule
	tests  []*pack.Test
	base   []engine.Under // of the rules, by test
	over   overTime
}

// rule is anything of a pack with a condition.
type rule struct {
	index     int
	criterion *pack.Criterion
	service   *pack.Service
	note      *pack.Note
	sign      *pack.Sign
	when      *pack.Condition // where its condition stands; a sign may have none
	named     []int           // the tests that name it
}

func (r *rule) indication() bool {
	return r.criterion != nil && r.criterion.Kind == pack.Indication
}

func newWorker(r *Report, nodes int) (*worker, error) {
	p, _, err := pack.Load(r.fsys, r.root, pack.LoadOptions{Tests: true, Name: r.name})
	if err != nil {
		return nil, err
	}
	w := &worker{report: r, nodes: nodes, pack: p, byID: map[string]*rule{}}
	if w.engine, err = engine.Compile(p); err != nil {
		return nil, err
	}
	w.findRules()
	if err := w.findTests(); err != nil {
		return nil, err
	}
	return w, w.prepare()
}

func (w *worker) findRules() {
	add := func(kind, id string, r *rule) {
		r.index = len(w.rules)
		w.rules = append(w.rules, r)
		w.byID[kind+" "+id] = r
	}
	for c := range w.pack.Criteria() {
		add(c.Kind.String(), c.ID, &rule{criterion: c, when: &c.When})
	}
	for _, s := range w.pack.Services {
		if s.When != nil {
			add("service", s.ID, &rule{service: s, when: &s.When})
		}
	}
	for _, n := range w.pack.Notes {
		add(n.Kind.String(), n.ID, &rule{note: n, when: &n.When})
	}
	for _, l := range w.pack.Levels {
		for _, s := range l.StepUp {
			add("sign", s.ID, &rule{sign: s, when: &s.When})
		}
	}
}

// findTests keeps the cases that are run, and insists that they hold.
func (w *worker) findTests() error {
	results, err := ruletest.RunPack(w.engine, ruletest.Options{})
	if err != nil {
		return err
	}
	failing := &FailingError{}
	for _, r := range results {
		switch {
		case !r.Passed():
			failing.Names = append(failing.Names, r.Name())
		case r.Status == ruletest.Skip:
		case r.Test != nil:
			w.tests = append(w.tests, r.Test)
		default:
			w.over.courses = append(w.over.courses, r.Course)
		}
	}
	switch {
	case len(failing.Names) > 0:
		return failing
	case len(w.tests)+len(w.over.courses) == 0:
		return ErrNoCases
	}
	return nil
}

// prepare finds what each case says of the rules as they are, and which cases
// name which rules.
func (w *worker) prepare() error {
	var all []pack.Condition
	for _, r := range w.rules {
		all = append(all, *r.when)
	}
	conditions, err := engine.NewConditions(w.pack, all...)
	if err != nil {
		return err
	}
	for i, t := range w.tests {
		w.base = append(w.base, conditions.Under(t.Answers))
		for _, r := range w.rules {
			if r.mentioned(&t.Expect) {
				r.named = append(r.named, i)
			}
		}
	}
	w.over.prepare(conditions)
	return nil
}

// mentioned reports whether a case looks at a rule by its name, and not at the
// level alone.
func (r *rule) mentioned(e *pack.Expect) bool {
	return r.wanted(e) || contains(e.HoldsNot, r.criterion) || contains(e.ServicesNot, r.service) || contains(e.NotesNot, r.note)
}

// wanted reports whether a case fails where the rule is not there at all.
func (r *rule) wanted(e *pack.Expect) bool {
	if r.criterion != nil && e.Requirements[r.criterion] != "" {
		return true
	}
	return contains(e.Holds, r.criterion) || contains(e.Services, r.service) || contains(e.Notes, r.note)
}

func contains[T comparable](all []T, one T) bool {
	var none T
	for _, it := range all {
		if it == one && it != none {
			return true
		}
	}
	return false
}

// do finds out what becomes of the mutants of a job.
func (w *worker) do(j *job) error {
	var tried []*trial
	for _, m := range j.mutants {
		tried = append(tried, w.read(m))
	}
	w.compare(j.site, tried)
	for _, t := range tried {
		if t.status == Survived {
			if err := w.run(t); err != nil {
				return fmt.Errorf("%s %s, %s: %w", j.site.kind, j.site.id, t.m.words, err)
			}
		}
		if t.status == Survived {
			if err := w.suggest(t); err != nil {
				return fmt.Errorf("%s %s, %s: %w", j.site.kind, j.site.id, t.m.words, err)
			}
		}
		j.done = append(j.done, w.tell(t))
	}
	return nil
}
