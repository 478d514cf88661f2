package atlas

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// DrawDecision draws how the answers lead to a level, exactly: from the first
// question, every arrow names answers and leads to the next question that
// still matters, and at last to a level. With a level, the picture is about
// whether at least that level is recommended, and ends in yes or no; nil for
// all levels at once, which is large for a pack of many criteria.
//
// It is a reduced ordered decision diagram: no two nodes decide alike, and no
// question is asked that cannot matter any more. The error wraps
// ErrTooLarge or ErrTooManyNodes.
func DrawDecision(p *pack.Pack, level *pack.Level, nodes int) (*Graph, error) {
	m, err := newMapper(p, Options{Nodes: nodes})
	if err != nil {
		return nil, err
	}
	d := &decision{graphBuilder: newGraphBuilder(p, &Graph{Down: true}), m: m, level: level, ids: map[ref]string{}}
	d.g.Title, d.g.Note = p.Title+": how the answers lead to a level", "From the top, follow the arrow with the answer."
	f, counted := m.level, ^uint64(0)
	if level != nil {
		d.g.Title = p.Title + ": whether at least " + level.Title + " is recommended"
		f = m.space.Is(f, ^uint64(0)<<level.Index)
	}
	if err := m.space.Err(); err != nil {
		return nil, err
	}
	forest, root := newForest(m.space, f, counted)
	order := shortOrder(forest, root)
	forest, root = reordered(forest, root, order)
	if n := forest.size(root); n > maxDrawn {
		return nil, fmt.Errorf("%w: %d, more than %d", ErrTooManyNodes, n, maxDrawn)
	}
	d.forest, d.order = forest, order
	d.draw(root)
	return d.g, nil
}

// decision draws a diagram whose variables have been put into an order.
type decision struct {
	*graphBuilder
	m      *mapper
	level  *pack.Level
	forest *forest
	order  []int // by position in the forest: the variable of the space
	ids    map[ref]string
}

// draw adds the questions layer by layer, which is how one reads, then the
// arrows.
func (d *decision) draw(root ref) {
	layers := make([][]ref, len(d.forest.arity))
	d.forest.visit(root, func(r ref) {
		v := d.forest.varOf(r)
		layers[v] = append(layers[v], r)
	})
	for v, layer := range layers {
		for _, r := range layer {
			c := d.column(v)
			d.ids[r] = d.add("question", c.id(), Node{Kind: QuestionNode, Text: c.noun(d.p), Layer: v + 1})
		}
	}
	if root < constants {
		d.end(root)
	}
	for v, layer := range layers {
		for _, r := range layer {
			d.arrows(r, v)
		}
	}
}

// column is that of the variable at a position of the order.
func (d *decision) column(v int) *Column { return &d.m.columns[d.m.columnOf[d.order[v]]] }

// end adds a level, or yes or no. Each arrow has one of its own: if all led to
// the same, they would cross the whole picture.
func (d *decision) end(c ref) string {
	switch {
	case d.level == nil:
		l := d.p.Levels[c]
		return d.add("level", l.ID, Node{Kind: LevelNode, Text: cmp.Or(l.Short, l.Title)})
	case c == ref(space.True):
		return d.add("leaf", "yes", Node{Kind: LevelNode, Text: "yes"})
	}
	return d.add("leaf", "no", Node{Kind: NoNode, Text: "no"})
}

// arrows leads from a node to each of its kids once.
func (d *decision) arrows(r ref, v int) {
	kids, c := d.forest.under(r), d.column(v)
	classes := d.m.space.Variables()[d.order[v]].Classes
	for i, k := range kids {
		if slices.Contains(kids[:i], k) {
			continue
		}
		var cell Cell
		for class := range kids {
			if kids[class] == k {
				cell = append(cell, classes[class].Values...)
			}
		}
		to := d.ids[k]
		if k < constants {
			to = d.end(k)
		}
		cell = normal(cell)
		d.answer(Edge{From: d.ids[r], To: to, Label: c.answerWords(d.p, cell), Test: c.Condition(cell)}, false)
	}
}

// id is that of the question, item or score.
func (c *Column) id() string {
	if c.Kind == Score {
		return c.Score.ID
	}
	if c.item {
		return c.question.Items[c.Slot-c.question.Slot-1].ID
	}
	return c.question.ID
}
