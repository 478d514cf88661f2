package coverage

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// tree is a condition over its leaves: at least need of its parts hold, or,
// with not, fewer do.
type tree struct {
	leaf int // of Rule.Leaves, where there are no parts
	of   []tree
	need int
	not  bool
}

// value is what becomes of the tree by Kleene's logic.
func (t *tree) value(leaves []engine.Truth) engine.Truth {
	if t.of == nil {
		return leaves[t.leaf]
	}
	sure, open := 0, 0
	for i := range t.of {
		switch t.of[i].value(leaves) {
		case engine.True:
			sure++
		case engine.Unknown:
			open++
		}
	}
	v := engine.False
	switch {
	case sure >= t.need:
		v = engine.True
	case sure+open >= t.need:
		v = engine.Unknown
	}
	if t.not {
		return engine.True - v
	}
	return v
}

// grow makes the tree of a condition and gives the rule its leaves.
func (r *Rule) grow(c pack.Condition) tree {
	joint := func(need int, not bool, of []pack.Condition) tree {
		t := tree{need: need, not: not, of: []tree{}}
		for _, x := range of {
			t.of = append(t.of, r.grow(x))
		}
		return t
	}
	switch c := c.(type) {
	case *pack.All:
		return joint(len(c.Of), false, c.Of)
	case *pack.Any:
		return joint(1, false, c.Of)
	case *pack.None:
		return joint(1, true, c.Of)
	case *pack.AtLeast:
		return joint(c.Count, false, c.Of)
	}
	at := c.Span()
	if at.IsZero() {
		at = r.At
	}
	r.Leaves = append(r.Leaves, &Leaf{Rule: r, Condition: c, At: at})
	return tree{leaf: len(r.Leaves) - 1}
}

// model is a pack with all that is to be tried, prepared for looking at many
// answers.
type model struct {
	engine      *engine.Engine
	pack        *pack.Pack
	rules       []*Rule
	obligations []*Obligation
	conditions  *engine.Conditions
	decision    engine.Decision

	ofRule   map[*Rule][]int
	others   []int // obligations of no rule
	signs    map[*pack.Sign]*Rule
	tested   map[int]bool     // items that some test looks at by themselves
	looked   map[string][]int // what answers meet, of those looked at for suggestions
	grounds  [2]*made
	ofGround map[*Rule]*made
	reviewer *review.Reviewer
	possible uint64 // levels, for the answers looked at last
}

func newModel(e *engine.Engine) (*model, error) {
	m := &model{engine: e, pack: e.Pack(), ofRule: map[*Rule][]int{}, signs: map[*pack.Sign]*Rule{}, tested: map[int]bool{}, ofGround: map[*Rule]*made{}, looked: map[string][]int{}}
	m.addRules()
	var all []pack.Condition
	for _, r := range m.rules {
		r.tree = r.grow(r.When)
		r.first = len(all)
		all = append(all, r.When)
		for _, l := range r.Leaves {
			all = append(all, l.Condition)
			if in, ok := l.Condition.(*pack.In); ok && in.Score == nil && m.pack.Slots[in.Slot].IsItem() {
				m.tested[in.Slot] = true
			}
		}
	}
	for _, s := range m.pack.Scores {
		for _, t := range s.Terms {
			if m.pack.Slots[t.Slot].IsItem() {
				m.tested[t.Slot] = true
			}
		}
	}
	var err error
	if m.conditions, err = engine.NewConditions(m.pack, all...); err != nil {
		return nil, err
	}
	m.oblige()
	return m, nil
}

func (m *model) addRules() {
	used := map[*pack.NamedCondition]bool{}
	add := func(r *Rule) {
		m.rules = append(m.rules, r)
		pack.Walk(r.When, func(c pack.Condition) bool {
			if ref, ok := c.(*pack.Ref); ok {
				used[ref.To] = true
			}
			return true
		})
	}
	for c := range m.pack.Criteria() {
		add(&Rule{ID: c.ID, Kind: c.Kind.String(), At: c.At, When: c.When, Criterion: c})
	}
	for _, l := range m.pack.Levels {
		for _, s := range l.StepUp {
			r := &Rule{ID: s.ID, Kind: "sign", At: s.At, When: s.When}
			if m.signs[s] = r; s.When != nil {
				add(r)
			}
		}
	}
	for _, n := range m.pack.Notes {
		add(&Rule{ID: n.ID, Kind: n.Kind.String(), At: n.At, When: n.When, Note: n})
	}
	for _, s := range m.pack.Services {
		if s.When != nil {
			add(&Rule{ID: s.ID, Kind: "service", At: s.At, When: s.When, Service: s})
		}
	}
	for _, c := range m.pack.Conditions {
		if used[c] {
			m.rules = append(m.rules, &Rule{ID: c.ID, Kind: "condition", At: c.At, When: c.When})
		}
	}
}

func (m *model) add(o Obligation) {
	i := len(m.obligations)
	o.leaf = -1
	if o.Leaf != nil {
		o.leaf = slices.Index(o.Rule.Leaves, o.Leaf)
	}
	m.obligations = append(m.obligations, &o)
	if o.Rule != nil && o.Kind != Sign {
		m.ofRule[o.Rule] = append(m.ofRule[o.Rule], i)
	} else {
		m.others = append(m.others, i)
	}
}

// oblige lists what is to be tried.
func (m *model) oblige() {
	for _, r := range m.rules {
		m.obligeRule(r)
	}
	for _, l := range m.pack.Levels {
		m.add(Obligation{Kind: Level, Level: l, At: l.At})
	}
	for _, q := range m.pack.Questions {
		s := m.pack.Slots[q.Slot]
		switch q.Kind {
		case pack.YesNo, pack.Scale, pack.Choice:
			for v := s.Min; v <= s.Max; v++ {
				m.add(Obligation{Kind: Option, Question: q, Value: v, At: optionAt(q, v)})
			}
		case pack.Multi:
			for v := range q.Options {
				m.add(Obligation{Kind: Option, Question: q, Value: pack.Value(v), At: optionAt(q, pack.Value(v))})
			}
			m.add(Obligation{Kind: Option, Question: q, Value: noOption, At: q.At})
		}
	}
	for _, l := range m.pack.Levels {
		for _, v := range []review.Verdict{review.StepUp, review.Continue, review.StepDown, review.Hold} {
			m.add(Obligation{Kind: Verdict, Level: l, Verdict: v.String(), At: l.At})
		}
	}
	for _, l := range m.pack.Levels {
		for _, s := range l.StepUp {
			m.add(Obligation{Kind: Sign, Rule: m.signs[s], Level: l, At: s.At})
		}
	}
}

// noOption stands for none of the options of a multiple choice.
const noOption = -1

func optionAt(q *pack.Question, v pack.Value) diag.Span {
	if int(v) < len(q.Options) && !q.Options[v].At.IsZero() {
		return q.Options[v].At
	}
	return q.At
}

func (m *model) obligeRule(r *Rule) {
	for k := Holds; k <= Unknown; k++ {
		m.add(Obligation{Kind: k, Rule: r, At: r.At})
	}
	if c := r.Criterion; c != nil && c.Kind == pack.Indication {
		m.add(Obligation{Kind: Alone, Rule: r, At: r.At})
	}
	for _, l := range r.Leaves {
		for k := Holds; k <= DecidesFailing && r.tree.of != nil; k++ { // a rule of one leaf is that leaf
			m.add(Obligation{Kind: k, Rule: r, Leaf: l, At: l.At})
		}
		for _, v := range m.edges(l) {
			m.add(Obligation{Kind: Edge, Rule: r, Leaf: l, Value: v, At: l.At})
		}
	}
}

// edges are the answers on both sides of the thresholds of a leaf, where there
// is an order for them to have sides.
func (m *model) edges(l *Leaf) (values []pack.Value) {
	in, ok := l.Condition.(*pack.In)
	if !ok {
		return nil
	}
	lo, hi := pack.Value(0), pack.Value(0)
	switch {
	case in.Score != nil:
		lo, hi = in.Score.Min, in.Score.Max
	case m.ordered(in.Slot):
		lo, hi = m.pack.Slots[in.Slot].Min, m.pack.Slots[in.Slot].Max
	default:
		return nil
	}
	seen := map[pack.Value]bool{}
	add := func(v pack.Value) {
		if v >= lo && v <= hi && !seen[v] {
			seen[v] = true
			values = append(values, v)
		}
	}
	for _, r := range in.Ranges {
		if r.From > lo {
			add(r.From - 1)
			add(r.From)
		}
		if r.To < hi {
			add(r.To)
			add(r.To + 1)
		}
	}
	return values
}

func (m *model) ordered(slot int) bool {
	switch m.pack.Slots[slot].Question.Kind {
	case pack.Scale, pack.Number, pack.Instrument:
		return true
	}
	return false
}
