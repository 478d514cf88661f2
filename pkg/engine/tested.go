package engine

import "github.com/carelevel/carelevel/pkg/pack"

// Tests returns the tests that the indications come down to, equal ones once,
// as they stand in the pack: what can move the level at all.
func (e *Engine) Tests() []pack.Condition {
	seen := make([]bool, len(e.tree.nodes))
	for i, c := range e.criteria {
		if c.Kind == pack.Indication {
			seen[e.rules[i].root] = true
		}
	}
	var out []pack.Condition
	for i := len(seen) - 1; i >= 0; i-- { // parents come after their kids
		n := &e.tree.nodes[i]
		if !seen[i] {
			continue
		}
		for _, k := range n.kids {
			seen[k] = true
		}
		if n.leaf != noLeaf {
			out = append(out, e.tree.leaves[n.leaf].from)
		}
	}
	return out
}

// Score returns the least and the greatest value that a score of the pack can
// have under a; they are the same once all that it sums is answered.
func (e *Engine) Score(a pack.Answers, s *pack.Score) (lo, hi pack.Value) {
	if s.Index < 0 || s.Index >= len(e.scores) || e.pack.Scores[s.Index] != s {
		return 0, 0
	}
	sums := e.newSums()
	e.sum(e.clean(a), &sums)
	b := sums.scores[s.Index]
	return b.lo, b.hi
}
