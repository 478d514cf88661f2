package compare

import (
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// Meaning is how a condition of New differs from that of Old, over all answers
// that both know.
type Meaning int

// The differences; all after Rewritten are ones of what the condition says.
const (
	Same      Meaning = iota
	Rewritten         // written otherwise, and holds for the same answers
	Wider             // holds wherever it held, and elsewhere
	Narrower          // holds only where it held, and not everywhere there
	Other             // holds in new places, and no more in some
	Unsure            // written otherwise, and not compared: it asks whether something is answered, or has too many cases
)

// String returns the difference in one word.
func (m Meaning) String() string {
	return [...]string{"same", "rewritten", "wider", "narrower", "other", "unsure"}[m]
}

// meanings compares conditions one by one, each pair in a space of its own, so
// that no pack has too many.
type meanings struct {
	*comparison
	rewriters [2]*rewriter
	joined    map[*Entry]pack.Condition
}

func newMeanings(c *comparison) *meanings {
	m := &meanings{comparison: c, joined: map[*Entry]pack.Condition{}}
	for s, p := range c.packs {
		m.rewriters[s] = newRewriter(c.joint, Side(s), p)
	}
	return m
}

func (m *meanings) compare(o, n *Entry) (Meaning, [2]Share) {
	if o.score != nil {
		if sameScore(m.rewriters[Old].scoreOf(o.score), m.rewriters[New].scoreOf(n.score)) {
			return Same, [2]Share{}
		}
		return Other, [2]Share{}
	}
	if o.When == nil && n.When == nil {
		return Same, [2]Share{}
	}
	before, after := m.rewritten(Old, o), m.rewritten(New, n)
	if sameWriting(before, after) {
		return Same, [2]Share{}
	}
	return m.prove(before, after)
}

// rewritten returns an entry's condition on joint answers.
func (m *meanings) rewritten(s Side, e *Entry) pack.Condition {
	c, ok := m.joined[e]
	if !ok {
		c = m.rewriters[s].condition(e.When)
		m.joined[e] = c
	}
	return c
}

// pairNodes bounds the comparison of two conditions: there may be hundreds.
const pairNodes = 1 << 17

// prove compares two conditions over all joint answers.
func (m *meanings) prove(before, after pack.Condition) (Meaning, [2]Share) {
	if asksAnswered(before) || asksAnswered(after) {
		return Unsure, [2]Share{}
	}
	nodes := pairNodes
	if m.opts.Nodes > 0 {
		nodes = min(nodes, m.opts.Nodes)
	}
	s, err := space.New(m.joint.pack, space.Options{Conditions: []pack.Condition{before, after}, Nodes: nodes})
	if err != nil {
		return Unsure, [2]Share{}
	}
	o, n := s.Condition(before), s.Condition(after)
	lost, won := s.And(o, s.Not(n)), s.And(n, s.Not(o))
	holds := [2]Share{{s.Count(o), s.Size()}, {s.Count(n), s.Size()}}
	switch {
	case s.Err() != nil:
		return Unsure, [2]Share{}
	case lost == won: // neither is anywhere
		return Rewritten, [2]Share{}
	case lost == space.False:
		return Wider, holds
	case won == space.False:
		return Narrower, holds
	}
	return Other, holds
}
