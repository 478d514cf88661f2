// Package atlas draws a pack as a whole: a table of few rows, each a
// combination of answers and the level that it leads to, against which another
// implementation of the same rules can be tested; the comparison of such a
// table, whoever made it, with the pack; and pictures of the criteria and of
// the decision.
//
// Its tables are exact: every combination of complete answers is in one row,
// and how many there are in each is counted out. It says that a table is small
// and not that none is smaller, refuses to leave rows out of one that has
// become too large, and says nothing about missing answers.
package atlas

import (
	"errors"
	"math/big"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// Table is the behaviour of a pack, or a part of it: which level each
// combination of answers leads to. Map makes one, ReadCSV and ReadJSON read
// one.
type Table struct {
	Pack    *pack.Pack
	Columns []Column
	Rows    []Row
	// Levels are those whose rows the table is about, nil for all of them.
	Levels []*pack.Level
	// Size is how many ways there are to answer all questions of the pack; of
	// an instrument with items, the items are what is answered.
	Size *big.Int
}

// Row is a condition and the level where it holds.
type Row struct {
	Cells []Cell // by column
	Level *pack.Level
	Count *big.Int // in how many combinations it holds; nil in a table that was read
	Line  int      // of the file that it was read from, else 0
}

// Condition returns what the row says of the answers.
func (t *Table) Condition(r *Row) pack.Condition {
	all := new(pack.All)
	for i, cell := range r.Cells {
		if cell != nil {
			all.Of = append(all.Of, t.Columns[i].Condition(cell))
		}
	}
	return all
}

// Share returns which part of all combinations the row holds in, from 0 to 1,
// as near as a float64 comes to it; 0 in a table that was read.
func (t *Table) Share(r *Row) float64 { return shareOf(r.Count, t.Size) }

func shareOf(part, whole *big.Int) float64 {
	if part == nil || whole.Sign() == 0 {
		return 0
	}
	share, _ := new(big.Rat).SetFrac(part, whole).Float64()
	return share
}

// DefaultMaxRows is how many rows a table may have if nothing else is said.
const DefaultMaxRows = 100_000

// ErrTooLarge says that a pack has too many combinations for the budget. It is
// that of package space.
var ErrTooLarge = space.ErrTooLarge

// ErrTooManyRows says that a table would have more rows than it may.
var ErrTooManyRows = errors.New("the table has too many rows")

// Options bound a table.
type Options struct {
	Levels  []*pack.Level // only rows that lead to one of these; nil for all
	MaxRows int           // DefaultMaxRows if it is 0
	Nodes   int           // the budget of each space, space.DefaultNodes if it is 0
	Effort  int           // how hard to look for fewer rows, in steps for each level; DefaultEffort if it is 0
}

// DefaultEffort is about a third of a second for each level.
const DefaultEffort = 2_500_000

// indications returns the conditions that argue for each level.
func indications(p *pack.Pack) (byLevel [][]pack.Condition, all []pack.Condition) {
	for _, l := range p.Levels {
		var of []pack.Condition
		for _, c := range l.Indications {
			of = append(of, c.When)
		}
		byLevel = append(byLevel, of)
		all = append(all, of...)
	}
	return byLevel, all
}
