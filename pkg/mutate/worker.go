package mutate

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/diag"
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

// trial is a mutant in the making.
type trial struct {
	m       *mutant
	status  Status
	killer  string
	unknown string
	cond    pack.Condition // of rewhen
	course  pack.Course    // of recourse
	changes []change       // the rules that it touches
	other   *worker        // of reload: a worker with the pack read anew
	found   *Case
	broken  []string
}

// change is a rule and its condition in a mutant.
type change struct {
	rule *rule
	when pack.Condition
}

// read finds what a mutant means.
func (w *worker) read(m *mutant) *trial {
	t := &trial{m: m}
	s := m.site
	var ds []diag.Diagnostic
	switch m.act {
	case reload:
		w.reload(t)
		return t
	case rewhen:
		if t.cond, ds = w.pack.ReadCondition(s.file.name, s.file.reread(s.when, m.edits)); t.cond != nil {
			t.changes = w.changesOf(s, t.cond)
		}
	case recourse:
		t.course, ds = w.pack.ReadCourse(s.file.name, s.file.reread(s.course, m.edits))
		t.changes = w.unchanged(s)
	case remove:
		t.changes = []change{{w.byID[s.kind+" "+s.id], never}}
	default:
		t.changes = w.unchanged(s)
	}
	if diag.HasErrors(ds) || m.act == rewhen && t.cond == nil || m.act == recourse && t.course == nil {
		t.status = Stillborn
	}
	return t
}

// never is a condition that no answers meet.
var never pack.Condition = &pack.Any{}

// unchanged is the rule of a site, with the condition that it has.
func (w *worker) unchanged(s *site) []change {
	r := w.byID[s.kind+" "+s.id]
	return []change{{r, *r.when}}
}

// changesOf are the rules that another condition at a site changes: itself, or
// all that refer to a named condition.
func (w *worker) changesOf(s *site, cond pack.Condition) (all []change) {
	if s.kind != "condition" {
		return []change{{w.byID[s.kind+" "+s.id], cond}}
	}
	swap := newSwapper()
	swap.named[w.pack.Condition(s.id)] = &pack.NamedCondition{ID: s.id, When: cond}
	for _, r := range w.rules {
		if when := swap.condition(*r.when); when != *r.when {
			all = append(all, change{r, when})
		}
	}
	return all
}

// run lets the cases that a mutant may matter to run on it, until one fails.
func (w *worker) run(t *trial) error {
	if t.other != nil {
		return t.failing(t.other.engine, t.other.tests, nil, t.other.over.courses)
	}
	if t.m.act == remove && w.missed(t) {
		return nil
	}
	tests, err := w.concerned(t)
	if err != nil {
		return err
	}
	courses, err := w.concernedOver(t)
	if err != nil || len(tests)+len(courses) == 0 {
		return err
	}
	return w.with(t, func() error {
		e, err := engine.Compile(w.pack)
		if err != nil {
			return err
		}
		named, others := t.naming(courses)
		return t.failing(e, tests, named, others)
	})
}

// missed reports whether a case names what is not there any more.
func (w *worker) missed(t *trial) bool {
	r := t.changes[0].rule
	for _, i := range r.named {
		if r.wanted(&w.tests[i].Expect) {
			t.status, t.killer = Killed, w.tests[i].Name
			return true
		}
	}
	for _, c := range w.over.courses {
		if r.wantedOver(c) {
			t.status, t.killer = Killed, c.Name
			return true
		}
	}
	return false
}

// failing runs cases until one fails; those over time several at once, since
// preparing a review costs more than one of them.
func (t *trial) failing(e *engine.Engine, tests []*pack.Test, courses ...[]*pack.CourseTest) error {
	for i := range tests {
		if r := ruletest.Run(e, tests[i:i+1], ruletest.Options{}); !r[0].Passed() {
			t.status, t.killer = Killed, tests[i].Name
			return nil
		}
	}
	for _, some := range courses {
		results, err := ruletest.RunCourses(e, some, ruletest.Options{})
		if err != nil {
			return err
		}
		for _, r := range results {
			if !r.Passed() {
				t.status, t.killer = Killed, r.Name()
				return nil
			}
		}
	}
	return nil
}

// concerned are the cases whose outcome a mutant can change, those that name a
// rule that it touches first. A rule without effect on the level matters only
// to the cases that name it, where its state is another one. An indication
// matters to all cases, where its state is another one, or unknown: then the
// completions that it holds for may be others.
func (w *worker) concerned(t *trial) ([]*pack.Test, error) {
	var first, rest []*pack.Test
	seen := map[int]bool{}
	for _, c := range t.changes {
		conditions, err := engine.NewConditions(w.pack, c.when)
		if err != nil {
			return nil, err
		}
		differs := func(i int) bool {
			was, is := w.base[i].State(c.rule.index), conditions.Under(w.tests[i].Answers).State(0)
			if t.m.act == move {
				return is != engine.False
			}
			return was != is || c.rule.indication() && is == engine.Unknown
		}
		for _, i := range c.rule.named {
			if !seen[i] && differs(i) {
				seen[i] = true
				first = append(first, w.tests[i])
			}
		}
		if !c.rule.indication() {
			continue
		}
		for i := range w.tests {
			if !seen[i] && differs(i) {
				seen[i] = true
				rest = append(rest, w.tests[i])
			}
		}
	}
	return append(first, rest...), nil
}
