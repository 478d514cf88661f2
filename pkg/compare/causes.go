package compare

import (
	"math/big"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// Cause is an indication that makes combinations change level: it argues for a
// level above the other one, in one pack and not in the other. Without
// criteria it is the levels themselves: their names or their order.
type Cause struct {
	ID    string
	On    [2]*pack.Criterion // nil where the pack does not have it
	Count *big.Int           // of how many changes it is a part
	Alone *big.Int           // how many there would not be if it had stayed as in Old; nil: not known
}

// Levels reports whether the cause is no criterion.
func (c *Cause) Levels() bool { return c.On == [2]*pack.Criterion{} }

// Reason is a cause in one case.
type Reason struct {
	ID    string
	On    [2]*pack.Criterion
	Holds [2]engine.Truth // False where the pack does not have it
}

// pairIndications brings the indications of both packs together by their ids,
// in New's order, the highest level first, those of Old that are gone last.
func pairIndications(packs [2]*pack.Pack) []Cause {
	var out []Cause
	at := map[string]int{}
	for _, s := range []Side{New, Old} {
		for _, l := range slices.Backward(packs[s].Levels) {
			for _, c := range l.Indications {
				i, ok := at[c.ID]
				if !ok {
					i, at[c.ID] = len(out), len(out)
					out = append(out, Cause{ID: c.ID})
				}
				out[i].On[s] = c
			}
		}
	}
	return out
}

// matters reports on which sides a criterion that holds has a part in a move:
// in Old where it argues for more than New's level, in New where it argues for
// more than Old's. Where the order of two levels is not known it is what argues
// for either.
func (c *comparison) matters(on [2]*pack.Criterion, from, to string) (out [2]bool) {
	direction := c.order.direction(from, to)
	levels, other := [2]string{from, to}, [2]string{to, from}
	for s, criterion := range on {
		if criterion == nil {
			continue
		}
		id := criterion.Level.ID
		switch {
		case direction == Aside:
			out[s] = id == levels[s]
		case (direction == Lower) == (Side(s) == Old):
			out[s] = c.order.above(id, other[s])
		}
	}
	return out
}

// sameLevel reports whether a criterion argues for the same level in both.
func sameLevel(on [2]*pack.Criterion) bool {
	return on[Old] != nil && on[New] != nil && on[Old].Level.ID == on[New].Level.ID
}

// reasons are the indications that make the difference between two decisions.
// While one of them is open, they are all that became of any of them.
func (c *comparison) reasons(old, new *engine.Decision, from, to string) []Reason {
	var out []Reason
	for _, p := range c.pairs {
		r := Reason{ID: p.ID, On: p.On}
		for s, d := range []*engine.Decision{old, new} {
			if p.On[s] != nil {
				i, _ := c.engines[s].CriterionIndex(p.On[s])
				r.Holds[s] = d.State(i)
			}
		}
		if c.isReason(&r, from, to) {
			out = append(out, r)
		}
	}
	return out
}

func (c *comparison) isReason(r *Reason, from, to string) bool {
	if sameLevel(r.On) && r.Holds[Old] == r.Holds[New] {
		return false
	}
	if from == "" || to == "" { // not determined
		return r.Holds[Old] != engine.False || r.Holds[New] != engine.False
	}
	m := c.matters(r.On, from, to)
	return m[Old] && r.Holds[Old] == engine.True || m[New] && r.Holds[New] == engine.True
}

// part is where a criterion has a part in a move.
func (m *mover) part(c *Cause, holds [2]space.Node, from, to string) space.Node {
	matters := m.matters(c.On, from, to)
	out := space.False
	for s := range holds {
		if !matters[s] {
			continue
		}
		here := holds[s]
		if sameLevel(c.On) {
			here = m.s.And(here, m.s.Not(holds[1-s]))
		}
		out = m.s.Or(out, here)
	}
	return out
}

// findCauses counts in which changes of level every indication has a part. It
// leaves them out if that takes more than the space may hold.
func (m *mover) findCauses(out *Moves) {
	all, holds := m.changedIndications()
	levels := Cause{Count: new(big.Int)}
	for i := range all {
		all[i].Count = new(big.Int)
	}
	perMove := make([][]Cause, len(m.moves))
	for k, move := range m.moves {
		rest, from, to := move.n, out.Moves[k].From.ID, out.Moves[k].To.ID
		for i := range all {
			part := m.s.And(move.n, m.part(&all[i], holds[i], from, to))
			if part == space.False {
				continue
			}
			rest = m.s.And(rest, m.s.Not(part))
			perMove[k] = append(perMove[k], m.counted(all[i], part))
			all[i].Count.Add(all[i].Count, m.without(m.s.Count(part)))
		}
		if rest != space.False {
			perMove[k] = append(perMove[k], m.counted(Cause{}, rest))
			levels.Count.Add(levels.Count, m.without(m.s.Count(rest)))
		}
	}
	if m.s.Err() != nil {
		return
	}
	for k := range perMove {
		out.Moves[k].Causes = perMove[k]
		byCount(out.Moves[k].Causes)
	}
	out.Causes = m.causesOf(all, holds, levels)
}

func (m *mover) counted(c Cause, part space.Node) Cause {
	c.Count = m.without(m.s.Count(part))
	return c
}

// changedIndications are those that are not the same on both sides, and where
// each holds.
func (m *mover) changedIndications() (all []Cause, holds [][2]space.Node) {
	for _, c := range m.comparison.pairs {
		var h [2]space.Node
		for s, criterion := range c.On {
			if criterion != nil {
				h[s] = m.s.Condition(m.conds[s][criterion])
			}
		}
		if !sameLevel(c.On) || h[Old] != h[New] {
			all, holds = append(all, c), append(holds, h)
		}
	}
	return all, holds
}

// causesOf keeps those that have a part in some change.
func (m *mover) causesOf(all []Cause, holds [][2]space.Node, levels Cause) []Cause {
	var out []Cause
	for i := range all {
		if all[i].Count.Sign() == 0 {
			continue
		}
		all[i].Alone = m.alone(&all[i], holds[i])
		if m.s.Err() != nil {
			all[i].Alone = nil
		}
		out = append(out, all[i])
	}
	if levels.Count.Sign() > 0 {
		out = append(out, levels)
	}
	byCount(out)
	return out
}

func byCount(all []Cause) {
	slices.SortStableFunc(all, func(a, b Cause) int { return b.Count.Cmp(a.Count) })
}

// alone counts the changes that there would not be if this criterion had
// stayed as it was in Old, and all else were as it is in New. It is nil where
// New has no place for it.
func (m *mover) alone(c *Cause, holds [2]space.Node) *big.Int {
	if m.s.Err() != nil {
		return nil
	}
	back := -1
	if old := c.On[Old]; old != nil {
		if back = slices.IndexFunc(m.packs[New].Levels, func(l *pack.Level) bool { return l.ID == old.Level.ID }); back < 0 {
			return nil
		}
	}
	f := space.Constant(0)
	for i, l := range m.packs[New].Levels {
		argues := space.False
		for _, other := range l.Indications {
			if other != c.On[New] {
				argues = m.s.Or(argues, m.s.Condition(m.conds[New][other]))
			}
		}
		if i == back {
			argues = m.s.Or(argues, holds[Old])
		}
		if i > 0 {
			f = m.s.Raise(argues, i, f)
		}
	}
	count := new(big.Int)
	for _, move := range m.moves {
		if n := slices.IndexFunc(m.packs[New].Levels, func(l *pack.Level) bool { return l.ID == m.packs[Old].Levels[move.old].ID }); n >= 0 {
			count.Add(count, m.without(m.s.Count(m.s.And(move.n, m.s.Is(f, 1<<n)))))
		}
	}
	return count
}
