package compare

import (
	"cmp"
	"errors"
	"fmt"
	"math/big"
	"slices"

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

// mover finds the moves.
type mover struct {
	*comparison
	s      *space.Space
	tested map[*pack.Question]bool // joint questions that an indication of either pack tests
	free   *big.Int                // ways to answer the others
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
	m.tested = m.findTested()
	if err := m.build(); err != nil {
		return nil, err
	}
	out := m.count()
	if err := m.s.Err(); err != nil {
		return nil, err
	}
	for i := range m.moves {
		move, err := m.describe(&m.moves[i])
		if err != nil {
			return nil, err
		}
		out.Moves = append(out.Moves, move)
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
	m.free = big.NewInt(1)
	out := &Moves{Changed: new(big.Int)}
	for _, q := range m.joint.questions {
		if m.tested[q.Question] {
			out.Questions++
		} else {
			m.free.Mul(m.free, ways(m.joint.pack, q.Question))
		}
	}
	out.Size = m.without(m.s.Size())
	out.Covers = m.covers()
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

func (m *mover) levelCounts() []LevelCount {
	var out []LevelCount
	for _, id := range mergedLevels(m.packs) {
		out = append(out, LevelCount{ID: id})
	}
	for s, p := range m.packs {
		counts := m.s.Counts(m.levels[s])
		for i := range out {
			if l := p.Level(out[i].ID); l != nil {
				out[i].In[s] = new(big.Int)
				if n := counts[l.Index]; n != nil {
					out[i].In[s] = m.without(n)
				}
			}
		}
	}
	return out
}

// without divides out what no indication tests.
func (m *mover) without(n *big.Int) *big.Int { return new(big.Int).Quo(n, m.free) }

func (m *mover) findTested() map[*pack.Question]bool {
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
func (m *mover) covers() (out [2]Share) {
	for s, p := range m.packs {
		part, whole := big.NewInt(1), big.NewInt(1)
		for _, q := range m.joint.questions {
			own := q.on[s]
			if own == nil || !m.tested[q.Question] {
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

// tooLarge returns what is known without the moves.
func tooLarge(d *Difference, err error) (*Difference, error) {
	if errors.Is(err, space.ErrTooLarge) {
		return d, fmt.Errorf("comparing all combinations of answers: %w", err)
	}
	return nil, err
}
