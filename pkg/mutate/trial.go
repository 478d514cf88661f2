package mutate

import (
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

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

// overTime reports whether only several assessments can tell a mutant from the
// rules.
func (t *trial) overTime() bool {
	return t.m.act == recourse || t.m.act == uncourse || t.m.site.kind == "sign"
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
