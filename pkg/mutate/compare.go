package mutate

import (
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// compare marks the mutants of a site that do the same as the rules for all
// complete answers: every rule that they touch holds for the same ones. Equal
// functions are equal nodes, so this is exact. Moved indications do the same if
// the level is the same everywhere.
func (w *worker) compare(s *site, tried []*trial) {
	var conditions []pack.Condition
	var open []*trial
	for _, t := range tried {
		if t.status == Stillborn || t.m.act == uncourse || t.m.act == remove && !t.hides() {
			continue
		}
		open = append(open, t)
		conditions = append(conditions, w.compared(t)...)
	}
	if len(open) == 0 {
		return
	}
	sp, err := space.New(w.pack, space.Options{Conditions: conditions, Nodes: w.nodes})
	if err != nil {
		w.apart(s, tried, open, err)
		return
	}
	for _, t := range open {
		if equal := w.same(sp, t); sp.Err() != nil {
			w.apart(s, tried, open, sp.Err())
			return
		} else if equal {
			t.status = Equivalent
		}
	}
}

// hides reports whether what is taken away is seen only where it holds. A
// requirement is shown, met or not; what one is ready for hangs on every
// criterion of it.
func (t *trial) hides() bool {
	r := t.changes[0].rule
	return r.sign == nil && (r.criterion == nil || r.criterion.Kind == pack.Indication || r.criterion.Kind == pack.Support)
}

// compared are the conditions that same looks at.
func (w *worker) compared(t *trial) (all []pack.Condition) {
	for _, c := range t.changes {
		if c.when != nil {
			all = append(all, *c.rule.when, c.when)
		}
	}
	switch {
	case t.m.act == move:
		_, indications := w.indications()
		all = append(all, indications...)
	case t.m.act == recourse:
		all = append(append(all, conditionsIn(*t.changes[0].rule.course())...), conditionsIn(t.course)...)
	case t.m.site.kind == "condition":
		all = append(all, w.pack.Condition(t.m.site.id).When, t.cond)
	}
	return all
}

// apart looks at mutants one by one where they do not fit into one space, and
// says of a single one that it is not decided.
func (w *worker) apart(s *site, tried, open []*trial, err error) {
	if len(tried) == 1 {
		tried[0].status, tried[0].unknown = Survived, err.Error()
		return
	}
	for _, t := range open {
		t.status = Survived
		w.compare(s, []*trial{t})
	}
}

// same reports whether a mutant does the same as the rules.
func (w *worker) same(sp *space.Space, t *trial) bool {
	switch {
	case t.m.act == move:
		before, _ := w.indications()
		undo := w.moved(t.changes[0].rule.criterion, w.pack.Level(t.m.level))
		after, _ := w.indications()
		undo()
		return sp.Highest(before) == sp.Highest(after)
	case t.m.act == recourse:
		return sameCourse(sp, *t.changes[0].rule.course(), t.course)
	case t.m.site.kind == "condition" && w.usedOver(t.m.site.id) && sp.Condition(w.pack.Condition(t.m.site.id).When) != sp.Condition(t.cond):
		return false
	}
	for _, c := range t.changes {
		if sp.Condition(*c.rule.when) != sp.Condition(c.when) {
			return false
		}
	}
	return true
}

// indications are the conditions that argue for each level.
func (w *worker) indications() (byLevel [][]pack.Condition, all []pack.Condition) {
	for _, l := range w.pack.Levels {
		var of []pack.Condition
		for _, c := range l.Indications {
			of = append(of, c.When)
		}
		byLevel, all = append(byLevel, of), append(all, of...)
	}
	return byLevel, all
}
