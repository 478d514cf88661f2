package compare

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// Moves are the combinations of answers that change level. A combination
// answers every question that an indication of either pack tests; instruments
// are answered by their items.
type Moves struct {
	Questions int      // how many are answered
	Size      *big.Int // how many combinations there are
	Changed   *big.Int // how many of them change level
	By        [3]*big.Int

	// Covers is the part of what one pack can be answered that both can be.
	Covers [2]Share

	Levels []LevelCount // of both packs, lowest first as far as that is known
	Moves  []Move       // lowerings first, and the most frequent of each direction
	Causes []Cause      // over all moves; see Cause. Nil if there are too many to find out
}

// LevelCount is how many combinations end at a level.
type LevelCount struct {
	ID string
	In [2]*big.Int // nil where the pack does not have the level
}

// Move is all that leads from one level to another.
type Move struct {
	From, To  *pack.Level // of Old, and of New
	Direction Direction
	Count     *big.Int
	Example   Example
	Causes    []Cause // see Moves.Causes
}

// Example is the mildest combination of answers with this move: as few
// questions as can be are not answered at their best. As answers to either
// pack it determines the two levels.
type Example struct {
	Answers [2]pack.Answers
	Stands  []Stand  // what is not at its best, in the order of the questions
	Others  int      // how many other questions are answered, each at its best
	Reasons []Reason // the criteria that make the difference here, the highest level first
}

// Stand is one answer of an example: to New if it asks the question, else to
// Old.
type Stand struct {
	Side  Side
	Only  bool // the other side does not ask it
	Slot  int
	Value pack.Value
}

// mover finds the moves.
type mover struct {
	*comparison
	s      *space.Space
	free   *big.Int // ways to answer what no indication tests
	levels [2]space.Node
	conds  [2]map[*pack.Criterion]pack.Condition
	moves  []moveNode
}

type moveNode struct {
	old, new int // the levels' indices
	n        space.Node
	count    *big.Int
}

func (c *comparison) moves() (*Moves, error) {
	m := &mover{comparison: c}
	if err := m.build(); err != nil {
		return nil, err
	}
	out := m.count()
	for i := range m.moves {
		move, err := m.describe(&m.moves[i])
		if err != nil {
			return nil, err
		}
		out.Moves = append(out.Moves, move)
	}
	if err := m.s.Err(); err != nil {
		return nil, err
	}
	m.findCauses(out)
	slices.SortStableFunc(out.Moves, func(a, b Move) int {
		return cmp.Or(cmp.Compare(a.Direction, b.Direction), b.Count.Cmp(a.Count))
	})
	return out, nil
}

// build makes the space of all indications, and the level's function of each
// side in it. The functions have each its own levels as constants.
func (m *mover) build() error {
	var all []pack.Condition
	var byLevel [2][][]pack.Condition
	for s, p := range m.packs {
		r := newRewriter(m.joint, Side(s), p)
		m.conds[s] = map[*pack.Criterion]pack.Condition{}
		for _, l := range p.Levels {
			var of []pack.Condition
			for _, c := range l.Indications {
				when := r.condition(c.When)
				m.conds[s][c] = when
				of = append(of, when)
			}
			byLevel[s] = append(byLevel[s], of)
			all = append(all, of...)
		}
	}
	var err error
	if m.s, err = space.New(m.joint.pack, space.Options{Conditions: all, Nodes: m.opts.Nodes}); err != nil {
		return err
	}
	for s := range m.levels {
		m.levels[s] = m.s.Highest(byLevel[s])
	}
	return m.s.Err()
}

// count counts the combinations of every pair of levels.
func (m *mover) count() *Moves {
	tested := m.tested()
	m.free = big.NewInt(1)
	out := &Moves{Changed: new(big.Int)}
	for _, q := range m.joint.questions {
		if tested[q.Question] {
			out.Questions++
		} else {
			m.free.Mul(m.free, ways(m.joint.pack, q.Question))
		}
	}
	out.Size = m.without(m.s.Size())
	out.Covers = m.covers(tested)
	for i := range out.By {
		out.By[i] = new(big.Int)
	}
	m.countPairs(out)
	out.Levels = m.levelCounts()
	return out
}

func (m *mover) countPairs(out *Moves) {
	for o, from := range m.packs[Old].Levels {
		here := m.s.Is(m.levels[Old], 1<<o)
		if here == space.False {
			continue
		}
		counts := m.s.Counts(m.s.Within(here, m.levels[New]))
		for n, to := range m.packs[New].Levels {
			if counts[n] == nil || from.ID == to.ID {
				continue
			}
			count := m.without(counts[n])
			m.moves = append(m.moves, moveNode{o, n, m.s.And(here, m.s.Is(m.levels[New], 1<<n)), count})
			out.Changed.Add(out.Changed, count)
			by := out.By[m.order.direction(from.ID, to.ID)]
			by.Add(by, count)
		}
	}
}

// levelCounts lists the levels of New, and each that only Old has after the
// one below it.
func (m *mover) levelCounts() []LevelCount {
	var out []LevelCount
	for _, s := range []Side{New, Old} {
		counts, at := m.s.Counts(m.levels[s]), 0
		for i, l := range m.packs[s].Levels {
			n := new(big.Int)
			if counts[i] != nil {
				n = m.without(counts[i])
			}
			k := slices.IndexFunc(out, func(c LevelCount) bool { return c.ID == l.ID })
			if k < 0 {
				k = at
				if s == New {
					k = len(out)
				}
				out = slices.Insert(out, k, LevelCount{ID: l.ID})
			}
			out[k].In[s] = n
			at = k + 1
		}
	}
	return out
}

// without divides out what no indication tests.
func (m *mover) without(n *big.Int) *big.Int { return new(big.Int).Quo(n, m.free) }

// tested marks the joint questions that an indication tests.
func (m *mover) tested() map[*pack.Question]bool {
	out := map[*pack.Question]bool{}
	for s, p := range m.packs {
		for q := range testedBy(p) {
			out[m.joint.of[s][q].Question] = true
		}
	}
	return out
}

// ways returns in how many ways a question can be answered, an instrument by
// its items.
func ways(p *pack.Pack, q *pack.Question) *big.Int {
	if len(q.Items) == 0 {
		return size(p.Slots[q.Slot].Min, p.Slots[q.Slot].Max)
	}
	n := big.NewInt(1)
	for _, it := range q.Items {
		n.Mul(n, size(p.Slots[it.Slot].Min, p.Slots[it.Slot].Max))
	}
	return n
}

func size(lo, hi pack.Value) *big.Int {
	n := big.NewInt(int64(hi - lo))
	return n.Add(n, big.NewInt(1))
}

// covers compares the answers that both take to those that each takes.
func (m *mover) covers(tested map[*pack.Question]bool) (out [2]Share) {
	for s, p := range m.packs {
		part, whole := big.NewInt(1), big.NewInt(1)
		for _, q := range m.joint.questions {
			own := q.on[s]
			if own == nil || !tested[q.Question] {
				continue
			}
			if len(own.Items) == 0 && len(q.Items) > 0 {
				continue // the same totals
			}
			part.Mul(part, ways(m.joint.pack, q.Question))
			whole.Mul(whole, ways(p, own))
		}
		out[s] = Share{part, whole}
	}
	return out
}

// describe finds a move's example and holds it against both engines.
func (m *mover) describe(n *moveNode) (Move, error) {
	from, to := m.packs[Old].Levels[n.old], m.packs[New].Levels[n.new]
	out := Move{From: from, To: to, Direction: m.order.direction(from.ID, to.ID), Count: n.count}
	point, found := m.s.Example(n.n, 1<<space.True)
	if !found {
		return out, errors.Join(m.s.Err(), fmt.Errorf("no example leads from %s to %s", from.ID, to.ID))
	}
	a := m.s.Answers(point, everything(m.s)...)
	var d [2]engine.Decision
	for s, level := range []*pack.Level{from, to} {
		out.Example.Answers[s] = m.joint.answers(Side(s), m.packs[s], a)
		m.engines[s].Decide(out.Example.Answers[s], &d[s])
		if !d[s].Determined() || d[s].Min != level.Index {
			return out, fmt.Errorf("the %v engine does not agree that the example of %s to %s ends at %s", Side(s), from.ID, to.ID, level.ID)
		}
	}
	m.stands(&out.Example, point)
	out.Example.Reasons = m.reasons(&d[Old], &d[New], from.ID, to.ID)
	return out, nil
}

func everything(s *space.Space) []int {
	all := make([]int, len(s.Variables()))
	for v := range all {
		all[v] = v
	}
	return all
}

// stands picks the answers that are not at their best.
func (m *mover) stands(e *Example, point []int) {
	out := map[*pack.Question]bool{}
	for v, at := range m.s.Variables() {
		out[at.Question] = out[at.Question] || point[v] != at.Best
	}
	for _, q := range m.joint.questions {
		stands, answered := out[q.Question]
		switch {
		case stands:
			e.Stands = append(e.Stands, m.standsOf(q, e, point)...)
		case answered:
			e.Others++
		}
	}
}

// standsOf are the answers to one question: of an instrument the total, if it
// is known, and those items that are tested by themselves.
func (m *mover) standsOf(q *jointQuestion, e *Example, point []int) []Stand {
	side := New
	if q.on[New] == nil || len(q.on[New].Items) < len(q.Items) && q.on[Old] != nil {
		side = Old
	}
	own, a := q.on[side], e.Answers[side]
	only := q.on[1-side] == nil
	if len(own.Items) == 0 {
		return []Stand{{side, only, own.Slot, a[own.Slot]}}
	}
	var out []Stand
	if total, filled, known := own.Total(a); known && filled == 0 {
		out = append(out, Stand{side, only, own.Slot, total})
	}
	for v, at := range m.s.Variables() {
		if at.Question == q.Question && at.Kind == space.Value && point[v] != at.Best {
			slot := own.Items[m.joint.pack.Slots[at.Slot].Item].Slot
			out = append(out, Stand{side, only, slot, a[slot]})
		}
	}
	return out
}

// tooLarge returns what is known without the moves.
func tooLarge(d *Difference, err error) (*Difference, error) {
	if errors.Is(err, space.ErrTooLarge) {
		return d, fmt.Errorf("comparing all combinations of answers: %w", err)
	}
	return nil, err
}
