package atlas

import (
	"fmt"
	"math/big"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// Columns are not always independent: a total is that of its items, and a
// score that of the answers it adds up. What hangs together is a group, within
// which combinations are counted in a space; groups are independent of each
// other, so that a row's count is the product.

// group is some columns that share answers, and no other column does.
type group struct {
	columns []int
	size    *big.Int // ways to answer what they are about
	space   *space.Space
	scale   *big.Int // ways to answer all the rest
	counts  map[string]*big.Int
}

// count fills in the counts, and drops rows that no answers can meet.
func (t *Table) count(nodes int) error {
	t.Size = size(t.Pack)
	rest := new(big.Int).Set(t.Size)
	groups := t.groups()
	for _, g := range groups {
		rest.Quo(rest, g.size)
	}
	kept := t.Rows[:0]
	for _, r := range t.Rows {
		r.Count = new(big.Int).Set(rest)
		for _, g := range groups {
			n, err := t.countIn(g, &r, nodes)
			if err != nil {
				return err
			}
			r.Count.Mul(r.Count, n)
		}
		if r.Count.Sign() > 0 {
			kept = append(kept, r)
		}
	}
	t.Rows = kept
	return nil
}

// size counts the ways to answer all questions.
func size(p *pack.Pack) *big.Int {
	n := big.NewInt(1)
	for a := range allAtoms(p) {
		n.Mul(n, a.size(p))
	}
	return n
}

// atom is one answer that is given by itself: that of a slot, of which a total
// with items is none, or whether an option is selected.
type atom struct {
	slot   int
	option int // -1 if the slot's is no multiple choice
}

func (a atom) size(p *pack.Pack) *big.Int {
	if a.option >= 0 {
		return big.NewInt(2)
	}
	return big.NewInt(int64(p.Slots[a.slot].Max-p.Slots[a.slot].Min) + 1)
}

func allAtoms(p *pack.Pack) map[atom]bool {
	all := map[atom]bool{}
	for _, q := range p.Questions {
		addAtoms(p, q.Slot, -1, all)
	}
	return all
}

// addAtoms adds what the answer of a slot is made of; of a multiple choice the
// options whose bits are set.
func addAtoms(p *pack.Pack, slot int, options pack.Value, to map[atom]bool) {
	switch q := p.Slots[slot].Question; {
	case q.Kind == pack.Multi:
		for o := range q.Options {
			if options>>o&1 == 1 {
				to[atom{slot, o}] = true
			}
		}
	case len(q.Items) > 0 && !p.Slots[slot].IsItem():
		for _, it := range q.Items {
			to[atom{it.Slot, -1}] = true
		}
	default:
		to[atom{slot, -1}] = true
	}
}

// atoms are the answers that a column depends on.
func (c *Column) atoms(p *pack.Pack) map[atom]bool {
	out := map[atom]bool{}
	switch c.Kind {
	case Score:
		for _, t := range c.Score.Terms {
			addAtoms(p, t.Slot, -1, out)
		}
	case AnyOf:
		addAtoms(p, c.Slot, c.Options, out)
	default:
		addAtoms(p, c.Slot, -1, out)
	}
	return out
}

func (t *Table) groups() []*group {
	var atoms []map[atom]bool
	var groups []*group
	for i := range t.Columns {
		own := t.Columns[i].atoms(t.Pack)
		g := &group{columns: []int{i}, counts: map[string]*big.Int{}}
		// Everything that shares an answer with the column becomes one group.
		for k := 0; k < len(groups); {
			if !overlap(atoms[k], own) {
				k++
				continue
			}
			g.columns = append(groups[k].columns, g.columns...)
			for a := range atoms[k] {
				own[a] = true
			}
			groups, atoms = slices.Delete(groups, k, k+1), slices.Delete(atoms, k, k+1)
		}
		groups, atoms = append(groups, g), append(atoms, own)
	}
	for k, g := range groups {
		g.size = big.NewInt(1)
		for a := range atoms[k] {
			g.size.Mul(g.size, a.size(t.Pack))
		}
	}
	return groups
}

func overlap(a, b map[atom]bool) bool {
	for x := range a {
		if b[x] {
			return true
		}
	}
	return false
}

// countIn counts the ways to answer what a group is about as the row says.
func (t *Table) countIn(g *group, r *Row, nodes int) (*big.Int, error) {
	var key strings.Builder
	var cells []pack.Condition
	for _, c := range g.columns {
		fmt.Fprint(&key, r.Cells[c], "|")
		if r.Cells[c] != nil {
			cells = append(cells, t.Columns[c].Condition(r.Cells[c]))
		}
	}
	if len(cells) == 0 {
		return g.size, nil
	}
	if n, ok := g.counts[key.String()]; ok {
		return n, nil
	}
	if g.space == nil {
		if err := t.prepare(g, nodes); err != nil {
			return nil, err
		}
	}
	n := g.space.Count(g.space.Condition(&pack.All{Of: cells}))
	n.Quo(n, g.scale)
	g.counts[key.String()] = n
	return n, g.space.Err()
}

// prepare makes the space of a group, cut as finely as any row needs it.
func (t *Table) prepare(g *group, nodes int) (err error) {
	var all []pack.Condition
	for _, c := range g.columns {
		seen := map[string]bool{}
		for i := range t.Rows {
			cell := t.Rows[i].Cells[c]
			if text := fmt.Sprint(cell); cell != nil && !seen[text] {
				seen[text] = true
				all = append(all, t.Columns[c].Condition(cell))
			}
		}
	}
	if g.space, err = space.New(t.Pack, space.Options{Conditions: all, Nodes: nodes}); err != nil {
		return err
	}
	g.scale = new(big.Int).Quo(g.space.Size(), g.size)
	return nil
}
