package verify_test

import (
	"fmt"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/verify"
)

// effects holds questions and lines against all pairs of answers that differ
// in them alone.
func (o *oracle) effects() {
	for _, q := range o.p.Questions {
		asked := o.leftOutAsks(q)
		if !o.matters(q) {
			if !asked {
				o.proof("effect-"+q.ID, verify.QuestionNoEffect)
			}
			continue
		}
		o.proof("effect-"+q.ID, "")
		if asked {
			continue
		}
		o.alike(q)
		switch {
		case q.Kind == pack.Multi:
			o.options(q)
		case !o.counts(q):
			o.lines(q, q.Slot)
			for _, it := range q.Items {
				o.lines(q, it.Slot)
			}
		}
	}
}

// says is all that the pack says about answers.
func (o *oracle) says(a pack.Answers, totals map[*pack.Question]pack.Value) string {
	r := &reading{p: o.p, a: a, totals: totals}
	out := ""
	for _, c := range o.said {
		out += fmt.Sprint(r.holds(c))
	}
	return out
}

func (o *oracle) leftOutAsks(q *pack.Question) bool {
	found := false
	ask := func(c pack.Condition) {
		if c != nil && asksIfAnswered(c) {
			found = found || o.tests(c, q)
		}
	}
	for c := range o.p.Criteria() {
		ask(c.When)
	}
	for _, s := range o.p.Services {
		ask(s.When)
	}
	for _, n := range o.p.Notes {
		ask(n.When)
	}
	return found
}

// tests reports whether a condition tests a question.
func (o *oracle) tests(c pack.Condition, q *pack.Question) bool {
	found := false
	is := func(slot int) { found = found || o.p.Slots[slot].Question == q }
	pack.Walk(c, func(c pack.Condition) bool {
		switch c := c.(type) {
		case *pack.In:
			if c.Score == nil {
				is(c.Slot)
				return true
			}
			for _, t := range c.Score.Terms {
				is(t.Slot)
			}
		case *pack.Includes:
			is(c.Slot)
		case *pack.Answered:
			is(c.Slot)
		}
		return true
	})
	return found
}

// matters reports whether another answer to a question changes anything.
func (o *oracle) matters(q *pack.Question) bool {
	says := map[string]string{}
	for _, a := range o.all {
		rest := slices.Clone(a)
		for i, s := range o.p.Slots {
			if s.Question == q {
				rest[i] = 0
			}
		}
		key, said := fmt.Sprint(rest), o.says(a, nil)
		if before, ok := says[key]; ok && before != said {
			return true
		}
		says[key] = said
	}
	return false
}

// counts reports whether a score that is tested counts a question.
func (o *oracle) counts(q *pack.Question) bool {
	found := false
	conditions := slices.Clone(o.said)
	for _, g := range o.p.Guarantees {
		conditions = append(conditions, g.Whenever)
	}
	for _, c := range conditions {
		pack.Walk(c, func(c pack.Condition) bool {
			if in, ok := c.(*pack.In); ok && in.Score != nil {
				for _, t := range in.Score.Terms {
					found = found || o.p.Slots[t.Slot].Question == q
				}
			}
			return true
		})
	}
	return found
}

// drawn reports whether some test tells two values of a slot apart.
func drawn(conditions []pack.Condition, slot int, x, y pack.Value) bool {
	found := false
	for _, c := range conditions {
		pack.Walk(c, func(c pack.Condition) bool {
			if in, ok := c.(*pack.In); ok && in.Score == nil && in.Slot == slot {
				in := func(v pack.Value) bool {
					return slices.ContainsFunc(in.Ranges, func(r pack.Interval) bool { return r.From <= v && v <= r.To })
				}
				found = found || in(x) != in(y)
			}
			return true
		})
	}
	return found
}

// lines goes through the values of a slot and expects a proof for each line.
func (o *oracle) lines(q *pack.Question, slot int) {
	s := o.p.Slots[slot]
	if q.Kind == pack.Choice {
		o.choices(q)
		return
	}
	for x := s.Min; x < s.Max; x++ {
		if !drawn(o.said, slot, x, x+1) {
			continue
		}
		id := "line-" + s.ID + "." + o.p.FormatAnswer(slot, x+1)
		if len(q.Items) > 0 {
			o.codes["lines of instruments"]++
		}
		if o.lineMatters(q, slot, x, x+1) {
			o.proof(id, "")
		} else {
			o.proof(id, verify.AnswerNoEffect)
		}
	}
}

// choices compares every group of options with those before it.
func (o *oracle) choices(q *pack.Question) {
	var groups []pack.Value // first option of each
	for x := range q.Max + 1 {
		known, nothing := false, false
		for _, g := range groups {
			known = known || !drawn(o.said, q.Slot, g, x)
		}
		if known {
			continue
		}
		for _, g := range groups {
			nothing = nothing || !o.lineMatters(q, q.Slot, g, x)
		}
		if groups = append(groups, x); len(groups) == 1 {
			continue
		}
		code := verify.Code("")
		if nothing {
			code = verify.AnswerNoEffect
		}
		o.proof("line-"+q.ID+"."+o.p.FormatAnswer(q.Slot, x), code)
	}
}

// lineMatters reports whether anything hangs on a slot's having one value or
// another: a total with the items as they are, and an item with the total as
// it is.
func (o *oracle) lineMatters(q *pack.Question, slot int, x, y pack.Value) bool {
	for _, a := range o.all {
		v := (&reading{p: o.p, a: a}).value(slot)
		if v != x && v != y {
			continue
		}
		var said [2]string
		for i, v := range []pack.Value{x, y} {
			b, totals := slices.Clone(a), map[*pack.Question]pack.Value{}
			if len(q.Items) > 0 {
				totals[q] = (&reading{p: o.p, a: a}).value(q.Slot)
			}
			if b[slot] = v; slot == q.Slot && len(q.Items) > 0 {
				totals[q] = v
			}
			said[i] = o.says(b, totals)
		}
		if said[0] != said[1] {
			return true
		}
	}
	return false
}

func (o *oracle) options(q *pack.Question) {
	for i, option := range q.Options {
		named := false
		for _, c := range o.said {
			pack.Walk(c, func(c pack.Condition) bool {
				switch c := c.(type) {
				case *pack.Includes:
					named = named || c.Slot == q.Slot && c.Mask>>i&1 == 1
				case *pack.In:
					if c.Score != nil {
						for _, t := range c.Score.Terms {
							named = named || t.Slot == q.Slot && t.Weights[i] != 0
						}
					}
				}
				return true
			})
		}
		if !named {
			continue
		}
		code := verify.AnswerNoEffect
		for _, a := range o.all {
			b := slices.Clone(a)
			b[q.Slot] ^= 1 << i
			if o.says(a, nil) != o.says(b, nil) {
				code = ""
				break
			}
		}
		o.proof("line-"+q.ID+"."+option.ID, code)
	}
}

// alike expects the remark on options between which no line is drawn, with
// exactly those.
func (o *oracle) alike(q *pack.Question) {
	p := o.proofs["alike-"+q.ID]
	if p == nil {
		if q.Kind == pack.Scale && !o.counts(q) {
			for x := range q.Max {
				if !drawn(append(o.whenever(), o.said...), q.Slot, x, x+1) {
					o.t.Errorf("nothing tells %d and %d of %s apart, and nothing is said", x, x+1, q.ID)
				}
			}
		}
		return
	}
	o.proof(p.ID, verify.AnswersAlike)
	for _, v := range p.Values {
		if q.Kind == pack.Multi {
			continue
		}
		var of []pack.Value
		for _, r := range v.Values {
			for x := r.From; x <= r.To; x++ {
				of = append(of, x)
			}
		}
		if len(of) < 2 {
			o.t.Errorf("%s: %v alone is alike", p.ID, of)
		}
		for _, x := range of[1:] {
			if drawn(append(o.whenever(), o.said...), q.Slot, of[0], x) {
				o.t.Errorf("%s: %d and %d are told apart", p.ID, of[0], x)
			}
		}
	}
}

func (o *oracle) whenever() []pack.Condition {
	var out []pack.Condition
	for _, g := range o.p.Guarantees {
		out = append(out, g.Whenever)
	}
	return out
}
