package mutate

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// overTime is the cases over time of a pack, and what each says of the rules as
// they are.
type overTime struct {
	courses []*pack.CourseTest
	base    [][]engine.Under // by course and step
}

func (o *overTime) prepare(conditions *engine.Conditions) {
	for _, c := range o.courses {
		var steps []engine.Under
		for _, s := range c.Steps {
			steps = append(steps, conditions.Under(s.Answers))
		}
		o.base = append(o.base, steps)
	}
}

// concernedOver are the cases over time whose outcome a mutant can change, as
// concerned are the others. What is said over time, and readiness that is not
// asked for any more, may matter to all of them.
func (w *worker) concernedOver(t *trial) (out []*pack.CourseTest, err error) {
	if t.m.act == recourse || t.m.act == uncourse || t.m.act == remove || t.m.site.kind == "condition" && w.usedOver(t.m.site.id) {
		return w.over.courses, nil
	}
	for _, c := range t.changes {
		conditions, err := engine.NewConditions(w.pack, c.when)
		if err != nil {
			return nil, err
		}
		for i, course := range w.over.courses {
			if !slices.Contains(out, course) && (c.rule.decides() || c.rule.namedOver(course)) && w.differsOver(t, c.rule, i, conditions) {
				out = append(out, course)
			}
		}
	}
	return out, nil
}

// decides reports whether reviews hang on a rule.
func (r *rule) decides() bool {
	return r.indication() || r.sign != nil || r.criterion != nil && r.criterion.Kind == pack.StepDown
}

func (w *worker) differsOver(t *trial, r *rule, course int, conditions *engine.Conditions) bool {
	for i, s := range w.over.courses[course].Steps {
		was, is := w.over.base[course][i].State(r.index), conditions.Under(s.Answers).State(0)
		if was != is || r.indication() && (is == engine.Unknown || t.m.act == move && is == engine.True) {
			return true
		}
	}
	return false
}

func (r *rule) namedOver(c *pack.CourseTest) bool {
	return slices.ContainsFunc(c.Steps, func(s pack.CourseStep) bool { return r.mentioned(&s.Expect) })
}

// wantedOver reports whether a case over time fails where the rule is not there
// at all.
func (r *rule) wantedOver(c *pack.CourseTest) bool {
	return slices.ContainsFunc(c.Steps, func(s pack.CourseStep) bool {
		return r.wanted(&s.Expect) || contains(s.Review.Outstanding, r.criterion) || contains(s.Review.Signs, r.sign)
	})
}

// naming splits cases over time into those that name what a mutant touches, and
// the others.
func (t *trial) naming(courses []*pack.CourseTest) (named, others []*pack.CourseTest) {
	for _, c := range courses {
		if slices.ContainsFunc(t.changes, func(ch change) bool { return ch.rule.reviewed(c) }) {
			named = append(named, c)
		} else {
			others = append(others, c)
		}
	}
	return named, others
}

// reviewed reports whether a review in a case over time is asked for a rule.
func (r *rule) reviewed(c *pack.CourseTest) bool {
	return slices.ContainsFunc(c.Steps, func(s pack.CourseStep) bool {
		w := &s.Review
		return contains(w.Outstanding, r.criterion) || contains(w.OutstandingNot, r.criterion) || contains(w.Signs, r.sign) || contains(w.SignsNot, r.sign)
	})
}

// usedOver reports whether something that is said over time refers to a named
// condition.
func (w *worker) usedOver(id string) bool { return usedOver(w.pack, w.pack.Condition(id)) }

func usedOver(p *pack.Pack, n *pack.NamedCondition) (found bool) {
	look := func(c pack.Course) {
		for _, when := range conditionsIn(c) {
			found = found || refers(when, n)
		}
	}
	for _, l := range p.Levels {
		for _, c := range l.StepDown {
			look(c.Course)
		}
		for _, s := range l.StepUp {
			look(s.Course)
		}
	}
	return found
}

// refers reports whether a condition refers to a named one, or to one that
// does.
func refers(c pack.Condition, n *pack.NamedCondition) (found bool) {
	pack.Walk(c, func(c pack.Condition) bool {
		ref, ok := c.(*pack.Ref)
		found = found || ok && ref.To == n
		return !found
	})
	return found
}

// conditionsIn are the conditions in a statement over time.
func conditionsIn(c pack.Course) (all []pack.Condition) {
	pack.WalkCourse(c, func(c pack.Course) {
		switch c := c.(type) {
		case *pack.Held:
			all = append(all, c.When)
		case *pack.Seen:
			all = append(all, c.When)
		}
	})
	return all
}

// sameCourse reports whether two statements over time are the same but for
// conditions that hold for the same complete answers. Others may do the same,
// too, which is not looked for.
func sameCourse(sp *space.Space, a, b pack.Course) bool {
	switch a := a.(type) {
	case *pack.EachCourse:
		b, ok := b.(*pack.EachCourse)
		return ok && a.Joint == b.Joint && slices.EqualFunc(a.Of, b.Of, func(a, b pack.Course) bool { return sameCourse(sp, a, b) })
	case *pack.Held:
		b, ok := b.(*pack.Held)
		return ok && a.Times == b.Times && sp.Condition(a.When) == sp.Condition(b.When)
	case *pack.Seen:
		b, ok := b.(*pack.Seen)
		return ok && a.WithinDays == b.WithinDays && sp.Condition(a.When) == sp.Condition(b.When)
	case *pack.Changed:
		b, ok := b.(*pack.Changed)
		if !ok {
			return false
		}
		return sameChange(sp.Pack().Slots[a.Slot], *a, *b)
	}
	return false
}

// fewAnswers bounds how many answers to a question are compared with each other.
const fewAnswers = 1000

// sameChange reports whether two changes are the same for all pairs of answers.
// They are if nothing differs, or if no two answers lie so far apart that the
// one percentage tells them apart and the other does not: half of 27 points and
// 49 percent of them are both 14 points.
func sameChange(slot pack.Slot, a, b pack.Changed) bool {
	x, y := a.Percent, b.Percent
	a.At, a.Percent, b.Percent = b.At, 0, 0
	if a != b || x == y {
		return a == b && x == y
	}
	if x == 0 || y == 0 || slot.Max-slot.Min >= fewAnswers {
		return false
	}
	for then := slot.Min; then <= slot.Max; then++ {
		size := max(then, -then)
		for by := pack.Value(1); by <= slot.Max-slot.Min; by++ {
			if (100*by >= pack.Value(x)*size) != (100*by >= pack.Value(y)*size) && (then+by <= slot.Max || then-by >= slot.Min) {
				return false
			}
		}
	}
	return true
}
