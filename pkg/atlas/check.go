package atlas

import (
	"math/big"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// CheckOptions bound a check.
type CheckOptions struct {
	Levels []*pack.Level // only where table or rules say one of these; nil: as the table says, else all
	Nodes  int           // the budget of the space, space.DefaultNodes if it is 0
}

// maxDetails is how many rows are reported on one by one.
const maxDetails = 100

// Findings are where a table and a pack disagree, over all combinations of
// complete answers. All counts are exact.
type Findings struct {
	Pack   *pack.Pack
	Levels []*pack.Level // that the check was about, nil for all
	Rows   int
	Size   *big.Int // of all combinations

	Differing  *big.Int     // combinations for which some row says another level than the pack
	ByLevel    []Difference // of these, by the table's and the pack's level; no Line
	ByRow      []Difference // by row, in the order of the table, at most maxDetails
	RowsByRow  int          // how many there would be in ByRow
	Clashing   *big.Int     // combinations for which two rows say different levels
	Clashes    []Clash      // by row, each with the first earlier row that it contradicts, at most maxDetails
	RowsClash  int          // how many there would be in Clashes
	Uncovered  *big.Int     // combinations that no row covers
	Missing    []Difference // of these, by the pack's level; no Table
	Impossible []int        // lines of rows that no answers can meet, at most maxDetails
}

// Difference is a set of combinations in which the table and the pack do not
// say the same.
type Difference struct {
	Line    int         // of the row
	Table   *pack.Level // what the row says
	Pack    *pack.Level // what the pack says
	Count   *big.Int
	Example pack.Answers // as few as can be found that are in the set whatever the rest is
}

// Clash is a row and an earlier one that say different levels for the same
// answers.
type Clash struct {
	Line, Earlier  int
	Level, Against *pack.Level
	Count          *big.Int // of combinations that both cover
	Example        pack.Answers
}

// Agrees reports whether the table says of every combination what the pack
// says.
func (f *Findings) Agrees() bool {
	return f.Differing.Sign() == 0 && f.Clashing.Sign() == 0 && f.Uncovered.Sign() == 0
}

// Check holds a table against the pack that it was read for. The table must
// have been read without problems. An error wraps ErrTooLarge if the
// comparison does not fit into the budget.
func Check(t *Table, opts CheckOptions) (*Findings, error) {
	c := &checker{t: t, p: t.Pack, asked: opts.Levels, found: &Findings{Pack: t.Pack, Rows: len(t.Rows), Size: size(t.Pack)}}
	if c.asked == nil {
		c.asked = t.Levels
	}
	c.found.Levels = c.asked
	if err := c.prepare(opts.Nodes); err != nil {
		return nil, err
	}
	c.clashes()
	c.differences()
	c.uncovered()
	return c.found, c.s.Err()
}

// checker compares functions of the answers.
type checker struct {
	t     *Table
	p     *pack.Pack
	asked []*pack.Level
	s     *space.Space
	level space.Node   // the pack's
	rows  []space.Node // where each row holds
	says  []space.Node // by level: where some row says it
	found *Findings
}

func (c *checker) asks(l int) bool { return c.asked == nil || slices.Contains(c.asked, c.p.Levels[l]) }

// prepare builds the pack's level and the rows. The same cell is the same
// condition, however many rows have it.
func (c *checker) prepare(nodes int) (err error) {
	byLevel, all := indications(c.p)
	known := map[string]pack.Condition{}
	tests := make([][]pack.Condition, len(c.t.Rows))
	for i := range c.t.Rows {
		for k, cell := range c.t.Rows[i].Cells {
			if cell == nil {
				continue
			}
			text := c.t.Columns[k].Name + "\n" + c.t.Columns[k].Format(c.p, cell)
			if known[text] == nil {
				known[text] = c.t.Columns[k].Condition(cell)
				all = append(all, known[text])
			}
			tests[i] = append(tests[i], known[text])
		}
	}
	if c.s, err = space.New(c.p, space.Options{Conditions: all, Nodes: nodes}); err != nil {
		return err
	}
	c.level = c.s.Highest(byLevel)
	of := make([][]space.Node, len(c.p.Levels))
	for i := range c.t.Rows {
		row := c.s.Condition(&pack.All{Of: tests[i]})
		c.rows = append(c.rows, row)
		l := c.t.Rows[i].Level.Index
		of[l] = append(of[l], row)
	}
	for l := range of {
		c.says = append(c.says, c.s.Or(of[l]...))
	}
	return c.s.Err()
}

// clashes finds rows that contradict each other.
func (c *checker) clashes() {
	f, s := c.found, c.s
	both := space.False
	for l := range c.says {
		for m := range l {
			if c.asks(l) || c.asks(m) {
				both = s.Or(both, s.And(c.says[l], c.says[m]))
			}
		}
	}
	f.Clashing = s.Count(both)
	before := make([]space.Node, len(c.p.Levels)) // by level: where an earlier row says it, of what is in both
	for i, row := range c.rows {
		if row == space.False && len(f.Impossible) < maxDetails {
			f.Impossible = append(f.Impossible, c.t.Rows[i].Line)
		}
		row = s.And(row, both)
		if row == space.False {
			continue
		}
		own := c.t.Rows[i].Level.Index
		against := space.False
		for l := range before {
			if l != own && (c.asks(l) || c.asks(own)) {
				against = s.Or(against, before[l])
			}
		}
		if s.And(row, against) != space.False {
			if f.RowsClash++; f.RowsClash <= maxDetails {
				c.addClash(i)
			}
		}
		before[own] = s.Or(before[own], row)
	}
}

// addClash reports the first earlier row that row i contradicts.
func (c *checker) addClash(i int) {
	row := &c.t.Rows[i]
	for k := range i {
		earlier := &c.t.Rows[k]
		if earlier.Level == row.Level || !c.asks(earlier.Level.Index) && !c.asks(row.Level.Index) {
			continue
		}
		if both := c.s.And(c.rows[i], c.rows[k]); both != space.False {
			c.found.Clashes = append(c.found.Clashes, Clash{Line: row.Line, Earlier: earlier.Line, Level: row.Level, Against: earlier.Level,
				Count: c.s.Count(both), Example: c.example(both)})
			return
		}
	}
}

// differences finds where rows say another level than the pack.
func (c *checker) differences() {
	f, s := c.found, c.s
	all := space.False
	wrong := make([]uint64, len(c.p.Levels)) // by what the table says: what the pack says instead, as bits
	for l := range c.p.Levels {
		for m := range c.p.Levels {
			if l == m || !c.asks(l) && !c.asks(m) {
				continue
			}
			if d := s.And(c.says[l], c.is(m)); d != space.False {
				wrong[l] |= 1 << m
				all = s.Or(all, d)
				f.ByLevel = append(f.ByLevel, Difference{Table: c.p.Levels[l], Pack: c.p.Levels[m], Count: s.Count(d), Example: c.example(d)})
			}
		}
	}
	f.Differing = s.Count(all)
	for i, row := range c.rows {
		l := c.t.Rows[i].Level
		for m := range c.p.Levels {
			if wrong[l.Index]>>m&1 == 0 {
				continue
			}
			if d := s.And(row, c.is(m)); d != space.False {
				if f.RowsByRow++; f.RowsByRow <= maxDetails {
					f.ByRow = append(f.ByRow, Difference{Line: c.t.Rows[i].Line, Table: l, Pack: c.p.Levels[m], Count: s.Count(d), Example: c.example(d)})
				}
			}
		}
	}
}

// is is where the pack says a level.
func (c *checker) is(l int) space.Node { return c.s.Is(c.level, 1<<l) }

// uncovered finds what no row says anything about.
func (c *checker) uncovered() {
	f, s := c.found, c.s
	rest := s.Not(s.Or(c.says...))
	f.Uncovered = new(big.Int)
	for m := range c.p.Levels {
		if !c.asks(m) {
			continue
		}
		if d := s.And(rest, c.is(m)); d != space.False {
			f.Missing = append(f.Missing, Difference{Pack: c.p.Levels[m], Count: s.Count(d), Example: c.example(d)})
			f.Uncovered.Add(f.Uncovered, f.Missing[len(f.Missing)-1].Count)
		}
	}
}

// example returns answers that are in the set whatever those left out are: the
// mildest ones, less what they can do without.
func (c *checker) example(set space.Node) pack.Answers {
	point, found := c.s.Example(set, 1<<space.True)
	if !found {
		return c.p.NewAnswers() // only beyond the budget, where all is void
	}
	keep := c.s.Support(set)
	for _, mild := range []bool{true, false} {
		for _, q := range c.p.Questions {
			if less := c.without(keep, q, point, mild); len(less) < len(keep) && c.s.Given(set, choices(point, less)...) == space.True {
				keep = less
			}
		}
	}
	return c.s.Answers(point, keep...)
}

// without leaves out the variables of a question; with mild only if each of
// them has its mildest answer.
func (c *checker) without(from []int, q *pack.Question, point []int, mild bool) []int {
	var out []int
	for _, v := range from {
		x := &c.s.Variables()[v]
		if x.Question != q {
			out = append(out, v)
		} else if mild && point[v] != x.Best {
			return from
		}
	}
	return out
}

func choices(point []int, of []int) []space.Choice {
	var out []space.Choice
	for _, v := range of {
		out = append(out, space.Choice{Variable: v, Class: point[v]})
	}
	return out
}
