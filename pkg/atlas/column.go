package atlas

import (
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// ColumnKind says what a column of a table is about.
type ColumnKind uint8

// The kinds of columns.
const (
	Answer ColumnKind = iota // the answer to a question or an item, or the total of an instrument
	AnyOf                    // whether at least one of some options of a multiple choice is selected
	Score                    // a score
)

// Column is one thing that the rows of a table tell apart.
//
// Its name is the id of the question, the item or the score. Of a multiple
// choice it is the question, a colon, and one or more options joined by |, and
// the cell says whether at least one of these is selected. Where the total of
// an instrument and some of its items are tested, each is a column of its own,
// and the total is that of all items. A question whose id means something else
// in the head of a table (level, share, …) has a question mark after it.
type Column struct {
	Kind    ColumnKind
	Name    string
	Slot    int         // of Answer and AnyOf
	Options pack.Value  // of AnyOf: bit i is option i
	Score   *pack.Score // of Score
	domain  pack.Interval
	// question is that of the slot, nil of a score; item is whether the slot
	// is that of an item.
	question *pack.Question
	item     bool
}

// ownColumns are the heads of columns that are not about answers. All but
// level are for the reader, and a check passes them over.
var ownColumns = []string{"level", "combinations", "share", "row", "example", "note", "notes", "comment", "comments"}

func answerColumn(p *pack.Pack, slot int) Column {
	s := &p.Slots[slot]
	return Column{Kind: Answer, Name: escapeName(s.ID), Slot: slot, domain: pack.Interval{From: s.Min, To: s.Max}, question: s.Question, item: s.IsItem()}
}

func scoreColumn(s *pack.Score) Column {
	return Column{Kind: Score, Name: escapeName(s.ID), Score: s, domain: pack.Interval{From: s.Min, To: s.Max}}
}

func anyOfColumn(p *pack.Pack, slot int, options pack.Value) Column {
	q := p.Slots[slot].Question
	var ids []string
	for i, o := range q.Options {
		if options>>i&1 == 1 {
			ids = append(ids, o.ID)
		}
	}
	return Column{Kind: AnyOf, Name: q.ID + ":" + strings.Join(ids, "|"), Slot: slot, Options: options, domain: pack.Interval{From: 0, To: 1}, question: q}
}

func escapeName(id string) string {
	if slices.Contains(ownColumns, id) {
		return id + "?"
	}
	return id
}

// Condition returns the test that a cell of the column stands for.
func (c *Column) Condition(cell Cell) pack.Condition {
	switch c.Kind {
	case Score:
		return &pack.In{Score: c.Score, Ranges: cell}
	case AnyOf:
		is := &pack.Includes{Slot: c.Slot, Mask: c.Options}
		if cell[0].From == 1 {
			return is
		}
		return &pack.None{Of: []pack.Condition{is}}
	}
	return &pack.In{Slot: c.Slot, Ranges: cell}
}
