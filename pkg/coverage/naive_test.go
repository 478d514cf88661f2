package coverage_test

import (
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/coverage"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
)

// The oracle reads the definitions as they are written in the rule authors'
// guide, condition by condition and answer by answer, with no preparation at
// all: Kleene's tables over what stands in the pack.

const (
	no, maybe, yes = engine.False, engine.Unknown, engine.True
)

// naive evaluates a condition in which the leaf with number at, counted as
// written, is replaced by a constant; -1 replaces none. next counts them.
type naive struct {
	p    *pack.Pack
	a    pack.Answers
	at   int
	by   engine.Truth
	next int
}

func (n *naive) value(c pack.Condition) engine.Truth {
	joint := func(of []pack.Condition, need int) engine.Truth {
		sure, open := 0, 0
		for _, x := range of {
			switch n.value(x) {
			case yes:
				sure++
			case maybe:
				open++
			}
		}
		switch {
		case sure >= need:
			return yes
		case sure+open >= need:
			return maybe
		}
		return no
	}
	switch c := c.(type) {
	case *pack.All:
		return joint(c.Of, len(c.Of))
	case *pack.Any:
		return joint(c.Of, 1)
	case *pack.None:
		return yes - joint(c.Of, 1)
	case *pack.AtLeast:
		return joint(c.Of, c.Count)
	}
	n.next++
	if n.next-1 == n.at {
		return n.by
	}
	return n.leaf(c)
}

func (n *naive) leaf(c pack.Condition) engine.Truth {
	switch c := c.(type) {
	case *pack.Ref:
		inside := naive{p: n.p, a: n.a, at: -1}
		return inside.value(c.To.When)
	case *pack.Answered:
		known := n.a[c.Slot].Known()
		if q := n.p.Slots[c.Slot].Question; q.Kind == pack.Instrument && !n.p.Slots[c.Slot].IsItem() {
			_, _, known = q.Total(n.a)
		}
		return truth(known == c.Want)
	case *pack.Includes:
		v := n.a[c.Slot]
		switch {
		case !v.Known():
			return maybe
		case c.All:
			return truth(v&c.Mask == c.Mask)
		}
		return truth(v&c.Mask != 0)
	case *pack.In:
		lo, hi := n.looksAt(c)
		open := false
		for _, r := range c.Ranges {
			if r.From <= lo && hi <= r.To {
				return yes
			}
			open = open || r.From <= hi && lo <= r.To
		}
		if open {
			return maybe
		}
		return no
	}
	panic("no such condition")
}

func truth(is bool) engine.Truth {
	if is {
		return yes
	}
	return no
}

// looksAt is the least and the greatest value that a test can be about.
func (n *naive) looksAt(c *pack.In) (lo, hi pack.Value) {
	if c.Score == nil {
		return n.bounds(c.Slot)
	}
	for _, t := range c.Score.Terms {
		l, h := n.bounds(t.Slot)
		var worth []pack.Value
		for v := l; v <= h; v++ {
			worth = append(worth, n.worth(t, v))
		}
		lo, hi = lo+slices.Min(worth), hi+slices.Max(worth)
	}
	return lo, hi
}

func (n *naive) worth(t pack.Term, v pack.Value) (sum pack.Value) {
	s := n.p.Slots[t.Slot]
	switch {
	case t.Weights == nil:
		return t.Factor * v
	case s.Question.Kind != pack.Multi:
		return t.Weights[v-s.Min]
	}
	for i, w := range t.Weights {
		if v>>i&1 == 1 {
			sum += w
		}
	}
	return sum
}

func (n *naive) bounds(slot int) (lo, hi pack.Value) {
	s := n.p.Slots[slot]
	switch {
	case s.Question.Kind == pack.Instrument && !s.IsItem():
		return s.Question.TotalBounds(n.a)
	case n.a[slot].Known():
		return n.a[slot], n.a[slot]
	}
	return s.Min, s.Max
}

// meets is what an obligation asks for, word by word. Reviews are not in one
// set of answers.
func meets(e *engine.Engine, o *coverage.Obligation, a pack.Answers) bool {
	p := e.Pack()
	whole := func(r *coverage.Rule) engine.Truth { n := naive{p: p, a: a, at: -1}; return n.value(r.When) }
	switch o.Kind {
	case coverage.Level:
		r := e.Recommend(a)
		return r.Level == o.Level
	case coverage.Option:
		v := a[o.Question.Slot]
		if o.Question.Kind == pack.Multi && v.Known() {
			return o.Value < 0 && v == 0 || o.Value >= 0 && v&(1<<o.Value) != 0
		}
		return v.Known() && v == o.Value
	case coverage.Alone:
		for c := range p.Criteria() {
			if c.Kind != pack.Indication || c.Level.Index < o.Rule.Criterion.Level.Index {
				continue
			}
			n := naive{p: p, a: a, at: -1}
			if v := n.value(c.When); c == o.Rule.Criterion && v != yes || c != o.Rule.Criterion && v != no {
				return false
			}
		}
		return true
	case coverage.Edge:
		n := naive{p: p, a: a, at: -1}
		lo, hi := n.looksAt(o.Leaf.Condition.(*pack.In))
		return lo == hi && lo == o.Value
	}
	state := whole(o.Rule)
	if o.Leaf != nil {
		n := naive{p: p, a: a, at: -1}
		state = n.leaf(o.Leaf.Condition)
	}
	want := map[coverage.Kind]engine.Truth{coverage.Holds: yes, coverage.Fails: no, coverage.Unknown: maybe, coverage.DecidesHolding: yes, coverage.DecidesFailing: no}[o.Kind]
	if state != want || o.Kind <= coverage.Unknown {
		return state == want
	}
	at := slices.Index(o.Rule.Leaves, o.Leaf)
	with, without := naive{p: p, a: a, at: at, by: yes}, naive{p: p, a: a, at: at, by: no}
	x, y := with.value(o.Rule.When), without.value(o.Rule.When)
	return x != y && x != maybe && y != maybe
}

// TestAgainstEveryAnswer: of some answers, exactly what the definitions say is
// covered; and of what none of all answers covers, exactly that is called
// impossible.
func TestAgainstEveryAnswer(t *testing.T) {
	tried, impossible := 0, 0
	for seed := uint64(0); seed < 400 && tried < 10; seed++ {
		e, r := randomPack(t, seed)
		p := e.Pack()
		var all []pack.Answers
		keep := func(a pack.Answers) bool {
			if p.CheckAnswers(a) == nil {
				all = append(all, slices.Clone(a))
			}
			return true
		}
		if !enginetest.AllAnswers(p, 800, keep) {
			continue
		}
		tried++
		checkSome(t, seed, e, all[r.IntN(len(all))])
		none, err := coverage.Run(e, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range none.Obligations {
			if o.Kind == coverage.Verdict || o.Kind == coverage.Sign {
				continue
			}
			can := slices.ContainsFunc(all, func(a pack.Answers) bool { return meets(e, o, a) })
			switch {
			case o.State == coverage.Impossible && can, o.State == coverage.Missing && !can, o.State == coverage.Covered:
				t.Errorf("seed %d: %s is %s, and it is %v that some answers do it", seed, none.Words(o), o.State, can)
			case o.State == coverage.Impossible:
				impossible++
			}
		}
	}
	if tried < 10 || impossible < 10 {
		t.Errorf("only %d packs, and %d obligations that cannot be met", tried, impossible)
	}
}

// checkSome holds the coverage by one set of answers against the definitions.
func checkSome(t *testing.T, seed uint64, e *engine.Engine, a pack.Answers) {
	t.Helper()
	r, err := coverage.Run(e, []coverage.Case{{Name: "one", Answers: []pack.Answers{a}}})
	if err != nil {
		t.Fatal(err)
	}
	for _, o := range r.Obligations {
		if o.Kind == coverage.Verdict || o.Kind == coverage.Sign {
			continue
		}
		if got := o.State == coverage.Covered; got != meets(e, o, a) {
			t.Errorf("seed %d: %s is %s", seed, r.Words(o), o.State)
		}
	}
}
