package mutate

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// with calls f while the worker's pack is as the mutant has it. That this is
// what the edited text says is held against it in the tests.
func (w *worker) with(t *trial, f func() error) error {
	var undo []func()
	defer func() {
		for _, u := range slices.Backward(undo) {
			u()
		}
	}()
	set := func(at *pack.Condition, to pack.Condition) {
		was := *at
		*at = to
		undo = append(undo, func() { *at = was })
	}
	r := (*rule)(nil)
	if len(t.changes) > 0 {
		r = t.changes[0].rule
	}
	switch t.m.act {
	case rewhen:
		for _, c := range t.changes {
			set(c.rule.when, c.when)
		}
		if t.m.site.kind == "condition" { // what is said over time refers to it, too
			set(&w.pack.Condition(t.m.site.id).When, t.cond)
		}
	case recourse, uncourse:
		at := r.course()
		was := *at
		*at = t.course
		undo = append(undo, func() { *at = was })
	case remove:
		undo = append(undo, w.without(r))
	case move:
		undo = append(undo, w.moved(r.criterion, w.pack.Level(t.m.level)))
	}
	return f()
}

// course is where the statement over time of a rule stands.
func (r *rule) course() *pack.Course {
	if r.sign != nil {
		return &r.sign.Course
	}
	return &r.criterion.Course
}

// without takes a criterion, a sign or a note away, until undo is called.
func (w *worker) without(r *rule) (undo func()) {
	switch {
	case r.note != nil:
		return drop(&w.pack.Notes, r.note)
	case r.sign != nil:
		return drop(&r.sign.Level.StepUp, r.sign)
	}
	l := r.criterion.Level
	list := [...]*[]*pack.Criterion{pack.Indication: &l.Indications, pack.Requirement: &l.Requirements, pack.Support: &l.Supports, pack.StepDown: &l.StepDown}[r.criterion.Kind]
	return drop(list, r.criterion)
}

func drop[T comparable](list *[]T, one T) (undo func()) {
	was := *list
	*list = slices.DeleteFunc(slices.Clone(was), func(it T) bool { return it == one })
	return func() { *list = was }
}

// moved brings an indication to the end of another level's, until undo is
// called.
func (w *worker) moved(c *pack.Criterion, to *pack.Level) (undo func()) {
	from := c.Level
	back, was := drop(&from.Indications, c), to.Indications
	to.Indications, c.Level = append(slices.Clone(was), c), to
	return func() {
		to.Indications, c.Level = was, from
		back()
	}
}
