package space

import (
	"errors"
	"fmt"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// uses says what the conditions test: only that becomes a variable, and only
// as finely as it is tested.
type uses struct {
	pack     *pack.Pack
	tests    [][]*pack.In   // of a slot's value, by slot; of a total under the instrument's
	options  []pack.Value   // of a multiple choice that are told apart, by slot
	scores   []*pack.Score  // in the order of their first use
	summed   [][]*pack.Term // by slot: the terms of scores that count it
	edges    [][]int        // questions that are tested together
	named    map[*pack.NamedCondition]bool
	underWay map[*pack.NamedCondition]bool
	index    map[*pack.Question]int
}

var errAnswered = errors.New("a condition asks whether something is answered, which is not a question about complete answers")

func findUses(p *pack.Pack, conditions []pack.Condition) (*uses, error) {
	u := &uses{pack: p, tests: make([][]*pack.In, len(p.Slots)), options: make([]pack.Value, len(p.Slots)), summed: make([][]*pack.Term, len(p.Slots)),
		named: map[*pack.NamedCondition]bool{}, underWay: map[*pack.NamedCondition]bool{}, index: map[*pack.Question]int{}}
	for i, q := range p.Questions {
		u.index[q] = i
	}
	for _, c := range conditions {
		if err := u.add(c); err != nil {
			return nil, err
		}
	}
	u.findEdges(conditions)
	return u, nil
}

func (u *uses) add(c pack.Condition) error {
	switch c := c.(type) {
	case *pack.All:
		return u.addEach(c.Of)
	case *pack.Any:
		return u.addEach(c.Of)
	case *pack.None:
		return u.addEach(c.Of)
	case *pack.AtLeast:
		return u.addEach(c.Of)
	case *pack.Ref:
		return u.addNamed(c.To)
	case *pack.In:
		return u.addIn(c)
	case *pack.Includes:
		if c.Slot < 0 || c.Slot >= len(u.options) {
			return errNoSlot
		}
		u.options[c.Slot] |= c.Mask
		return nil
	case *pack.Answered:
		return errAnswered
	}
	return fmt.Errorf("no condition: %T", c)
}

var errNoSlot = errors.New("a condition tests a place that the pack does not have")

func (u *uses) addEach(of []pack.Condition) error {
	for _, c := range of {
		if err := u.add(c); err != nil {
			return err
		}
	}
	return nil
}

func (u *uses) addNamed(to *pack.NamedCondition) error {
	switch {
	case to == nil:
		return errors.New("a reference to no condition")
	case u.underWay[to]:
		return fmt.Errorf("condition %q refers to itself", to.ID)
	case u.named[to]:
		return nil
	}
	u.named[to], u.underWay[to] = true, true
	err := u.add(to.When)
	u.underWay[to] = false
	return err
}

func (u *uses) addIn(c *pack.In) error {
	if c.Score == nil {
		if c.Slot < 0 || c.Slot >= len(u.tests) {
			return errNoSlot
		}
		u.tests[c.Slot] = append(u.tests[c.Slot], c)
		return nil
	}
	if slices.Contains(u.scores, c.Score) {
		return nil
	}
	u.scores = append(u.scores, c.Score)
	for i := range c.Score.Terms {
		t := &c.Score.Terms[i]
		if t.Slot < 0 || t.Slot >= len(u.summed) {
			return errNoSlot
		}
		u.summed[t.Slot] = append(u.summed[t.Slot], t)
		if q := u.pack.Slots[t.Slot].Question; q.Kind == pack.Multi {
			for o, w := range t.Weights {
				if w != 0 {
					u.options[t.Slot] |= 1 << o
				}
			}
		}
	}
	return nil
}

// tested reports whether some condition looks at a slot by itself.
func (u *uses) tested(slot int) bool { return len(u.tests[slot])+len(u.summed[slot]) > 0 }

// maxEdges bounds how many groups the order of variables is found from.
const maxEdges = 4096

// findEdges collects which questions are tested together: those under one
// `all` or `at_least`. The alternatives of `any` are each by itself.
func (u *uses) findEdges(conditions []pack.Condition) {
	seen := map[*pack.NamedCondition]bool{}
	var split func(pack.Condition)
	split = func(c pack.Condition) {
		if len(u.edges) >= maxEdges {
			return
		}
		var of []pack.Condition
		switch c := c.(type) {
		case *pack.Any:
			of = c.Of
		case *pack.None:
			of = c.Of
		case *pack.Ref:
			if !seen[c.To] {
				seen[c.To] = true
				split(c.To.When)
			}
			return
		default:
			u.edges = append(u.edges, u.questionsOf(c))
			return
		}
		for _, k := range of {
			split(k)
		}
	}
	for _, c := range conditions {
		split(c)
	}
	u.addLone()
}

// addLone adds the tested questions that are in no group, by themselves: the
// bound is on what the order is found from, and leaves no question out.
func (u *uses) addLone() {
	grouped := make([]bool, len(u.pack.Questions))
	for _, g := range u.edges {
		for _, q := range g {
			grouped[q] = true
		}
	}
	for i, s := range u.pack.Slots {
		if q := u.index[s.Question]; !grouped[q] && (u.tested(i) || u.options[i] != 0) {
			grouped[q] = true
			u.edges = append(u.edges, []int{q})
		}
	}
}

// questionsOf returns the questions under a condition, each once.
func (u *uses) questionsOf(c pack.Condition) []int {
	var out []int
	seen := map[*pack.NamedCondition]bool{}
	mark := func(slot int) {
		if q := u.index[u.pack.Slots[slot].Question]; !slices.Contains(out, q) {
			out = append(out, q)
		}
	}
	var visit func(pack.Condition)
	visit = func(c pack.Condition) {
		switch c := c.(type) {
		case *pack.All:
			each(c.Of, visit)
		case *pack.Any:
			each(c.Of, visit)
		case *pack.None:
			each(c.Of, visit)
		case *pack.AtLeast:
			each(c.Of, visit)
		case *pack.Ref:
			if !seen[c.To] {
				seen[c.To] = true
				visit(c.To.When)
			}
		case *pack.Includes:
			mark(c.Slot)
		case *pack.In:
			if c.Score == nil {
				mark(c.Slot)
				return
			}
			for _, t := range c.Score.Terms {
				mark(t.Slot)
			}
		}
	}
	visit(c)
	return out
}

func each(of []pack.Condition, visit func(pack.Condition)) {
	for _, c := range of {
		visit(c)
	}
}
