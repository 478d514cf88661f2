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
		if t.status == Stillborn {
			continue
		}
		if t.m.act == remove && t.changes[0].rule.criterion != nil && t.changes[0].rule.criterion.Kind == pack.Requirement {
			continue // it was shown, met or not
		}
		open = append(open, t)
		for _, c := range t.changes {
			conditions = append(conditions, *c.rule.when, c.when)
		}
		if t.m.act == move {
			_, all := w.indications()
			conditions = append(conditions, all...)
		}
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
	if t.m.act == move {
		before, _ := w.indications()
		var after [][]pack.Condition
		w.moved(t, func() error { after, _ = w.indications(); return nil })
		return sp.Highest(before) == sp.Highest(after)
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
