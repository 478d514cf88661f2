package atlas

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// DrawCriteria draws what argues for the levels, nil for all: arrows lead from
// questions over conditions to indications, and from these to their level, and
// say with which answers. It is the pack as its authors wrote it, and so shows
// what stands in it and not what comes of it where levels contend; that is
// what DrawDecision is for.
//
// Any one arrow that leads into a box is enough. Where it takes several, they
// meet in a gate first: all of, none of, at least two of.
func DrawCriteria(p *pack.Pack, levels []*pack.Level) *Graph {
	g := &Graph{Title: p.Title + ": what argues for each level", Note: "Any one arrow into a box is enough; the highest level that is reached is recommended."}
	if len(levels) == 1 {
		g.Title = p.Title + ": what argues for at least " + levels[0].Title
		g.Note = "Any one arrow into a box is enough; a higher level that is reached, too, is recommended instead."
	}
	if levels == nil {
		levels = p.Levels
	}
	d := &criteria{newGraphBuilder(p, g)}
	for _, l := range levels {
		if len(l.Indications) > 0 || len(levels) == 1 {
			d.level(l)
		}
	}
	return g
}

type criteria struct{ *graphBuilder }

// join says how the arrows into a node count together.
type join uint8

const (
	joinAny join = iota
	joinAll
	joinNone
	joinCount // at least so many, in which no two may become one
)

func (d *criteria) level(l *pack.Level) {
	to := d.graphBuilder.level(l)
	for _, c := range l.Indications {
		from := d.add("criterion", c.ID, Node{Kind: CriterionNode, Text: c.Because})
		d.edge(from, to)
		d.draw(c.When, from, joinAny, c.ID)
	}
	if len(l.Indications) == 0 {
		d.edge(d.add("criterion", l.ID+"-none", Node{Kind: CriterionNode, Text: "nothing argues for more"}), to)
	}
}

// draw leads arrows from what a condition tests to a node whose arrows count
// as how says. path tells gates of one criterion apart.
func (d *criteria) draw(c pack.Condition, to string, how join, path string) {
	switch c := c.(type) {
	case *pack.All:
		d.several(c.Of, "all of", joinAll, to, how, path)
	case *pack.Any:
		if how == joinNone { // none of some is none of each
			d.each(c.Of, to, how, path)
			return
		}
		d.several(c.Of, "any of", joinAny, to, how, path)
	case *pack.None:
		if !d.opposite(c, to, how) {
			d.each(c.Of, d.gate("none of", to, path), joinNone, path)
		}
	case *pack.AtLeast:
		d.each(c.Of, d.gate(fmt.Sprintf("at least %d of", c.Count), to, path), joinCount, path)
	case *pack.Ref:
		d.edge(d.condition(c.To), to)
	case *pack.In, *pack.Includes:
		column, label := d.leaf(c)
		d.test(column, label, c, to, how)
	}
}

// test leads an arrow from a question.
func (d *criteria) test(column Column, label string, c pack.Condition, to string, how join) {
	d.answer(Edge{From: d.column(column), To: to, Label: label, Test: c}, how == joinAny || how == joinNone)
}

// several draws conditions that are joined, through a gate where their arrows
// would count in another way.
func (d *criteria) several(of []pack.Condition, word string, own join, to string, how join, path string) {
	if own != how && len(of) != 1 {
		to, how = d.gate(word, to, path), own
	}
	d.each(of, to, how, path)
}

func (d *criteria) each(of []pack.Condition, to string, how join, path string) {
	for i, c := range of {
		d.draw(c, to, how, fmt.Sprintf("%s-%d", path, i+1))
	}
}

func (d *criteria) gate(word, to, path string) string {
	gate := d.add("gate", path, Node{Kind: GateNode, Text: word})
	d.edge(gate, to)
	return gate
}

// condition returns the node of a named condition, and draws it the first time.
func (d *criteria) condition(to *pack.NamedCondition) string {
	id, ok := d.known[to]
	if !ok {
		title := to.Title
		if title == "" {
			title = strings.NewReplacer("_", " ", "-", " ").Replace(to.ID)
		}
		id = d.add("condition", to.ID, Node{Kind: ConditionNode, Text: title})
		d.known[to] = id
		d.draw(to.When, id, joinAny, to.ID)
	}
	return id
}

// column returns the node of a question, an item or a score. To a score lead
// arrows from what it adds up.
func (d *criteria) column(c Column) string {
	var of any = c.Slot
	if c.Kind == Score {
		of = c.Score
	}
	id, ok := d.known[of]
	switch {
	case ok:
	case c.Kind == Score:
		id = d.add("score", c.Score.ID, Node{Kind: ConditionNode, Text: c.Score.Title})
		d.known[of] = id
		for _, t := range c.Score.Terms {
			d.g.Edges = append(d.g.Edges, Edge{From: d.column(answerColumn(d.p, t.Slot)), To: id, Label: "adds"})
		}
	default:
		id = d.add("question", d.p.Slots[c.Slot].ID, Node{Kind: QuestionNode, Text: c.noun(d.p)})
		d.known[of] = id
	}
	return id
}

// leaf returns what a single test is about, and the answers that meet it.
func (d *criteria) leaf(c pack.Condition) (Column, string) {
	if in, ok := c.(*pack.In); ok {
		column := d.columnOf(in)
		return column, column.answerWords(d.p, in.Ranges)
	}
	is := c.(*pack.Includes)
	options := anyOfColumn(d.p, is.Slot, is.Mask)
	labels := options.optionLabels()
	switch {
	case is.All:
		return answerColumn(d.p, is.Slot), strings.Join(labels, " + ")
	case len(labels) > 1 && len(labels) == len(options.question.Options):
		return answerColumn(d.p, is.Slot), "any"
	}
	return answerColumn(d.p, is.Slot), strings.Join(labels, between)
}

func (d *criteria) columnOf(in *pack.In) Column {
	if in.Score != nil {
		return scoreColumn(in.Score)
	}
	return answerColumn(d.p, in.Slot)
}

// opposite leads an arrow for the answers that do not meet a single test, if
// that is what a condition asks for.
func (d *criteria) opposite(c *pack.None, to string, how join) bool {
	if len(c.Of) != 1 {
		return false
	}
	switch x := c.Of[0].(type) {
	case *pack.In:
		column := d.columnOf(x)
		rest := complement(x.Ranges, column.domain)
		if len(rest) == 0 {
			return false
		}
		d.test(column, column.answerWords(d.p, rest), c, to, how)
	case *pack.Includes:
		column, label := d.leaf(x)
		word := "not "
		switch {
		case x.Mask&(x.Mask-1) == 0:
		case x.All:
			word = "not all of "
		default:
			word = "none of "
			if label == "any" {
				word, label = "none", ""
			}
		}
		d.test(column, word+label, c, to, how)
	default:
		return false
	}
	return true
}
