package coverage

import (
	"encoding/binary"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// cover marks obligations as done by a case.
func (m *model) cover(done []int, by string) {
	for _, i := range done {
		if o := m.obligations[i]; o.State != Covered {
			o.State, o.By = Covered, by
		}
	}
}

// look returns which obligations answers meet, by position.
func (m *model) look(a pack.Answers) (done []int) {
	m.possible, _ = m.engine.PossibleIn(a, &m.decision)
	under := m.conditions.Under(a)
	for _, r := range m.rules {
		l := ruleLook{m, r, a, make([]engine.Truth, len(r.Leaves)), under.State(r.first)}
		for i := range r.Leaves {
			l.leaves[i] = under.State(r.first + 1 + i)
		}
		for _, i := range m.ofRule[r] {
			if l.meets(m.obligations[i]) {
				done = append(done, i)
			}
		}
	}
	for _, i := range m.others {
		if m.meets(m.obligations[i], a) {
			done = append(done, i)
		}
	}
	return done
}

// lookAgain is look for answers that come up again and again.
func (m *model) lookAgain(a pack.Answers) []int {
	key := make([]byte, 0, 2*len(a))
	for _, v := range a {
		if !v.Known() {
			v = pack.Missing
		}
		key = binary.AppendVarint(key, int64(v))
	}
	done, ok := m.looked[string(key)]
	if !ok {
		done = slices.Clip(m.look(a))
		m.looked[string(key)] = done
	}
	return done
}

// ruleLook is a rule under some answers.
type ruleLook struct {
	*model
	rule   *Rule
	a      pack.Answers
	leaves []engine.Truth
	state  engine.Truth
}

func (l *ruleLook) meets(o *Obligation) bool {
	at, leaf := l.state, o.leaf
	if leaf >= 0 {
		at = l.leaves[leaf]
	}
	switch o.Kind {
	case Holds:
		return at == engine.True
	case Fails:
		return at == engine.False
	case Unknown:
		return at == engine.Unknown
	case DecidesHolding:
		return at == engine.True && l.decides(leaf)
	case DecidesFailing:
		return at == engine.False && l.decides(leaf)
	case Edge:
		v, known := l.valueOf(o.Leaf.Condition.(*pack.In), l.a)
		return known && v == o.Value
	}
	return at == engine.True && l.alone(o.Rule.Criterion)
}

// decides reports whether the rule would be another if one leaf were: the
// others as they are, and both outcomes settled.
func (l *ruleLook) decides(leaf int) bool {
	now := l.leaves[leaf]
	before := l.rule.tree.value(l.leaves)
	l.leaves[leaf] = engine.True - now
	after := l.rule.tree.value(l.leaves)
	l.leaves[leaf] = now
	return before != engine.Unknown && after != engine.Unknown && before != after
}

// valueOf is the answer that a test looks at.
func (m *model) valueOf(in *pack.In, a pack.Answers) (pack.Value, bool) {
	if in.Score != nil {
		lo, hi := m.engine.Score(a, in.Score)
		return lo, lo == hi
	}
	s := &m.pack.Slots[in.Slot]
	if s.Question.Kind == pack.Instrument && !s.IsItem() {
		v, _, known := s.Question.Total(a)
		return v, known
	}
	return a[in.Slot], a[in.Slot].Known()
}

// alone reports whether every other indication of the level of one, and of the
// higher ones, does not hold.
func (m *model) alone(c *pack.Criterion) bool {
	for i, x := range m.engine.Criteria() {
		if x != c && x.Kind == pack.Indication && x.Level.Index >= c.Level.Index && m.decision.State(i) != engine.False {
			return false
		}
	}
	return true
}

// meets is for what belongs to no rule.
func (m *model) meets(o *Obligation, a pack.Answers) bool {
	switch o.Kind {
	case Level:
		return m.possible == 1<<o.Level.Index
	case Option:
		v := a[o.Question.Slot]
		switch {
		case !v.Known():
			return false
		case o.Question.Kind != pack.Multi:
			return v == o.Value
		case o.Value == noOption:
			return v == 0
		}
		return v>>o.Value&1 == 1
	}
	return false // what a review comes to is not in one set of answers
}

// lookReview returns which obligations a review meets.
func (m *model) lookReview(r *review.Review) (done []int) {
	for _, i := range m.others {
		o := m.obligations[i]
		switch o.Kind {
		case Verdict:
			if o.Level == r.Present.Level && o.Verdict == r.Verdict.String() {
				done = append(done, i)
			}
		case Sign:
			for _, s := range r.Seen() {
				if m.signs[s.Sign] == o.Rule {
					done = append(done, i)
				}
			}
		}
	}
	return done
}
