package mutate

import (
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/ruletest"
)

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
