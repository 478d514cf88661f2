package engine

import (
	"math/big"
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// outlook is what missing answers can still change.
type outlook struct {
	possible uint64           // levels, by index
	deciding []*pack.Question // in the order of the interview
	next     *pack.Question
	oneOf    []*pack.Criterion // see Recommendation.OneOf
	exact    bool
}

// Order says which of the deciding questions comes next.
type Order int

// The orders.
const (
	// OrderSections follows the pack's sections. In the first that has a
	// deciding question it is the one with the most to decide.
	OrderSections Order = iota
	// OrderPack is the order in which the pack lists its questions.
	OrderPack
	// OrderShortest is the question with the most to decide of all.
	OrderShortest
)

// budget bounds the space of one recommendation: some tenths of a second. The
// shipped packs need a hundredth of it.
const budget = 1 << 16

// outlook is exact: it looks at the whole space of what is still open. Where
// the three-valued bounds leave one level there is nothing to look at; where
// the space is too large they are all that can be said.
func (e *Engine) outlook(order Order, j *justifier, d *Decision) outlook {
	if d.Determined() {
		return outlook{possible: d.Possible, exact: true}
	}
	o, ok := e.exactOutlook(order, j, d)
	if !ok {
		return e.boundsOutlook(j, d)
	}
	return o
}

func (e *Engine) exactOutlook(order Order, j *justifier, d *Decision) (outlook, bool) {
	open := e.openIndications(j, d)
	s, f, err := e.openSpace(open, j, d)
	if err != nil {
		return outlook{}, false
	}
	o := outlook{exact: true, possible: s.Constants(s.Within(s.Guard(), f)), deciding: s.Deciding(f)}
	o.next = order.next(s, f, o.deciding)
	if least := bits.TrailingZeros64(o.possible); least > d.Min {
		o.oneOf = oneOf(s, open[least:])
	}
	return o, s.Err() == nil
}

// openSpace returns the space of what is open, and the level in it.
func (e *Engine) openSpace(open [][]*pack.Criterion, j *justifier, d *Decision) (*space.Space, space.Node, error) {
	s, err := space.New(e.pack, space.Options{Conditions: conditions(open), Known: j.a, Nodes: e.budget})
	if err != nil {
		return nil, 0, err
	}
	f := space.Constant(d.Min)
	for l := d.Min + 1; l < len(open); l++ {
		var here []space.Node
		for _, c := range open[l] {
			here = append(here, s.Condition(c.When))
		}
		f = s.Raise(s.Or(here...), l, f)
	}
	return s, f, s.Err()
}

// openIndications returns, by level, the unknown indications above the least
// level: all that can still move it.
func (e *Engine) openIndications(j *justifier, d *Decision) [][]*pack.Criterion {
	open := make([][]*pack.Criterion, len(e.pack.Levels))
	for l := d.Min + 1; l < len(open); l++ {
		for _, c := range e.pack.Levels[l].Indications {
			if j.truths[e.rules[e.index[c]].root] == Unknown {
				open[l] = append(open[l], c)
			}
		}
	}
	return open
}

func conditions(byLevel [][]*pack.Criterion) []pack.Condition {
	var out []pack.Condition
	for _, of := range byLevel {
		for _, c := range of {
			out = append(out, c.When)
		}
	}
	return out
}

// next returns the question to ask next: the first, or the one whose answer by
// itself changes the level in most of the completions; of equal ones, the
// first of the interview.
func (o Order) next(s *space.Space, f space.Node, deciding []*pack.Question) *pack.Question {
	var best *pack.Question
	var most *big.Int
	for _, q := range deciding {
		if o == OrderPack {
			return q
		}
		if best != nil && o == OrderSections && q.Section != deciding[0].Section {
			break
		}
		if n := s.Influence(f, q); best == nil || n.Cmp(most) > 0 {
			best, most = q, n
		}
	}
	return best
}

// oneOf returns indications of which, whatever the missing answers are, at
// least one holds. None of them can be left out.
func oneOf(s *space.Space, open [][]*pack.Criterion) []*pack.Criterion {
	var all []*pack.Criterion
	var nodes []space.Node
	for _, of := range open {
		for _, c := range of {
			all, nodes = append(all, c), append(nodes, s.Condition(c.When))
		}
	}
	never := s.Not(s.Guard())
	for i := len(all) - 1; i >= 0; i-- {
		fewer := append(append([]space.Node{never}, nodes[:i]...), nodes[i+1:]...)
		if s.Or(fewer...) == space.True {
			all = append(all[:i], all[i+1:]...)
			nodes = append(nodes[:i], nodes[i+1:]...)
		}
	}
	return all
}
