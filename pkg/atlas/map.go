package atlas

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// Map returns the behaviour of a pack as a table: disjoint rows that together
// hold every combination of complete answers, or every one that leads to the
// levels asked for, the highest level first. The same pack gives the same
// table on any machine.
//
// An error wraps ErrTooManyRows if the table would have more rows than
// opts.MaxRows, and ErrTooLarge if the pack has too many combinations
// for the budget.
func Map(p *pack.Pack, opts Options) (*Table, error) {
	m, err := newMapper(p, opts)
	if err != nil {
		return nil, err
	}
	t := &Table{Pack: p, Columns: m.columns, Levels: opts.Levels}
	for l := len(p.Levels) - 1; l >= 0; l-- {
		if !t.asks(p.Levels[l]) {
			continue
		}
		if err := m.addLevel(t, p.Levels[l]); err != nil {
			return nil, err
		}
	}
	if err := t.count(m.opts.Nodes); err != nil {
		return nil, err
	}
	t.arrange()
	return t, nil
}

// asks reports whether the table is about a level.
func (t *Table) asks(l *pack.Level) bool { return t.Levels == nil || slices.Contains(t.Levels, l) }

// mapper holds the level function of the flat pack.
type mapper struct {
	pack     *pack.Pack
	flat     *flat
	opts     Options
	space    *space.Space
	level    space.Node
	columns  []Column
	columnOf []int // by variable: its column, or -1
}

func newMapper(p *pack.Pack, opts Options) (*mapper, error) {
	if opts.MaxRows == 0 {
		opts.MaxRows = DefaultMaxRows
	}
	if opts.Effort == 0 {
		opts.Effort = DefaultEffort
	}
	m := &mapper{pack: p, flat: flatten(p), opts: opts}
	byLevel, _ := indications(p)
	var all []pack.Condition
	for l := range byLevel {
		byLevel[l] = m.flat.conditions(byLevel[l])
		all = append(all, byLevel[l]...)
	}
	var err error
	if m.space, err = space.New(m.flat.pack, space.Options{Conditions: all, Nodes: opts.Nodes}); err != nil {
		return nil, err
	}
	m.level = m.space.Highest(byLevel)
	m.findColumns()
	return m, m.space.Err()
}

// findColumns makes a column of every variable on which the level depends, and
// one of all options of a multiple choice that matter only together.
func (m *mapper) findColumns() {
	m.columnOf = slices.Repeat([]int{-1}, len(m.space.Variables()))
	masks := m.joinOptions()
	at := m.space.Support(m.level)
	vars := m.space.Variables()
	slices.SortFunc(at, func(a, b int) int {
		return cmp.Or(cmp.Compare(vars[a].Slot, vars[b].Slot), cmp.Compare(vars[a].Option, vars[b].Option))
	})
	for _, v := range at {
		m.columnOf[v] = len(m.columns)
		switch x := &vars[v]; {
		case x.Kind == space.Chosen:
			m.columns = append(m.columns, anyOfColumn(m.pack, x.Slot, masks[v]))
		case x.Slot >= len(m.pack.Slots):
			m.columns = append(m.columns, scoreColumn(m.flat.scores[x.Slot]))
		default:
			m.columns = append(m.columns, answerColumn(m.pack, x.Slot))
		}
	}
}

// joinOptions makes one variable of those options of a question of which it
// only matters whether at least one is selected: the first of them stands for
// all. It returns which options every variable of an option stands for.
func (m *mapper) joinOptions() map[int]pack.Value {
	s, masks := m.space, map[int]pack.Value{}
	vars := s.Variables()
	for _, v := range s.Support(m.level) {
		if vars[v].Kind != space.Chosen {
			continue
		}
		masks[v] = 1 << vars[v].Option
		for w := range v {
			if masks[w] != 0 && vars[w].Slot == vars[v].Slot && m.alike(w, v) {
				m.level = s.Given(m.level, space.Choice{Variable: v, Class: 0})
				masks[w] |= masks[v]
				delete(masks, v)
				break
			}
		}
	}
	return masks
}

// alike reports whether it is the same for the level that one option is
// selected, that the other is, and that both are.
func (m *mapper) alike(a, b int) bool {
	given := func(x, y int) space.Node {
		return m.space.Given(m.level, space.Choice{Variable: a, Class: x}, space.Choice{Variable: b, Class: y})
	}
	both := given(1, 1)
	return given(1, 0) == both && given(0, 1) == both
}

// addLevel adds the rows that lead to one level.
func (m *mapper) addLevel(t *Table, l *pack.Level) error {
	is := m.space.Is(m.level, 1<<l.Index)
	if err := m.space.Err(); err != nil {
		return err
	}
	g, f := newForest(m.space, is, 1<<space.True)
	s := fewRows(g, f, m.opts.Effort)
	left := m.opts.MaxRows - len(t.Rows)
	boxes := s.boxes(f, 2*left) // merging makes fewer of them, but not half as many
	boxes = merge(boxes)
	if len(boxes) > left {
		return fmt.Errorf("%w: more than %d with those of level %s", ErrTooManyRows, m.opts.MaxRows, l.ID)
	}
	for _, b := range boxes {
		t.Rows = append(t.Rows, Row{Cells: m.cells(b), Level: l})
	}
	return nil
}

// cells are the answers that a box allows, by column.
func (m *mapper) cells(b box) []Cell {
	cells := make([]Cell, len(m.columns))
	for v, at := range m.columnOf {
		if at < 0 || !slices.Contains(b[v], false) {
			continue
		}
		var cell Cell
		for c, in := range b[v] {
			if in {
				cell = append(cell, m.space.Variables()[v].Classes[c].Values...)
			}
		}
		cells[at] = normal(cell)
	}
	return cells
}

// arrange brings the rows of each level into an order for reading: those with
// few conditions first, then those with many combinations.
func (t *Table) arrange() {
	slices.SortStableFunc(t.Rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(b.Level.Index, a.Level.Index), cmp.Compare(a.tests(), b.tests()), b.Count.Cmp(a.Count), compareCells(a.Cells, b.Cells))
	})
}

// tests counts the columns in which the row does not allow every answer.
func (r *Row) tests() int {
	n := 0
	for _, c := range r.Cells {
		if c != nil {
			n++
		}
	}
	return n
}

// compareCells compares column by column; a cell that allows every answer
// comes last.
func compareCells(a, b []Cell) int {
	for i := range a {
		if a[i] == nil || b[i] == nil {
			if a[i] != nil || b[i] != nil {
				return cmp.Compare(len(b[i]), len(a[i]))
			}
			continue
		}
		c := slices.CompareFunc(a[i], b[i], func(x, y pack.Interval) int {
			return cmp.Or(cmp.Compare(x.From, y.From), cmp.Compare(x.To, y.To))
		})
		if c != 0 {
			return c
		}
	}
	return 0
}
