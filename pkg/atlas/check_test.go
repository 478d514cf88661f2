package atlas_test

import (
	"math/big"
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/atlas"
	"github.com/carelevel/carelevel/pkg/pack"
)

// mutate changes a table as somebody might who writes one by hand.
func (x *trial) mutate(table *atlas.Table) {
	for range 1 + x.rnd.IntN(3) {
		if len(table.Rows) == 0 {
			return
		}
		i := x.rnd.IntN(len(table.Rows))
		r := &table.Rows[i]
		switch x.rnd.IntN(4) {
		case 0:
			r.Level = x.p.Levels[x.rnd.IntN(len(x.p.Levels))]
		case 1:
			table.Rows = slices.Delete(table.Rows, i, i+1)
		case 2: // one column less is looked at
			if len(r.Cells) > 0 {
				r.Cells = slices.Clone(r.Cells)
				r.Cells[x.rnd.IntN(len(r.Cells))] = nil
			}
		default: // one value only
			if len(r.Cells) > 0 {
				r.Cells = slices.Clone(r.Cells)
				c := x.rnd.IntN(len(r.Cells))
				if cell := r.Cells[c]; cell != nil {
					r.Cells[c] = atlas.Cell{{From: cell[0].From, To: cell[0].From}}
				}
			}
		}
	}
}

// counted is what brute force finds out about a table.
type counted struct {
	differing, clashing, uncovered int64
	byLevel                        map[[2]int]int64
	byRow                          map[[2]int]int64 // row and the pack's level
	missing                        map[int]int64
}

func (x *trial) count(table *atlas.Table, asks func(int) bool) counted {
	c := counted{byLevel: map[[2]int]int64{}, byRow: map[[2]int]int64{}, missing: map[int]int64{}}
	for i, a := range x.answers {
		is := x.levels[i]
		said := map[int]bool{}
		for k := range table.Rows {
			if holds(table, &table.Rows[k], a) {
				l := table.Rows[k].Level.Index
				said[l] = true
				if l != is && (asks(l) || asks(is)) {
					c.byRow[[2]int{k, is}]++
				}
			}
		}
		differs, clash := false, false
		for l := range said {
			if l != is && (asks(l) || asks(is)) {
				c.byLevel[[2]int{l, is}]++
				differs = true
			}
			for m := range said {
				clash = clash || l != m && (asks(l) || asks(m))
			}
		}
		if differs {
			c.differing++
		}
		if clash {
			c.clashing++
		}
		if len(said) == 0 && asks(is) {
			c.uncovered++
			c.missing[is]++
		}
	}
	return c
}

// TestChecksFindWhatBruteForceFinds mutates tables of small packs.
func TestChecksFindWhatBruteForceFinds(t *testing.T) {
	var disagreed, clashed, lacking int
	trials(t, 800, 1500, func(t *testing.T, x *trial) {
		table := x.table(t, atlas.Options{Effort: 500})
		x.mutate(table)
		for i := range table.Rows {
			table.Rows[i].Line = i + 1
		}
		var opts atlas.CheckOptions
		asks := func(int) bool { return true }
		if x.rnd.IntN(3) == 0 {
			opts.Levels = []*pack.Level{x.p.Levels[x.rnd.IntN(len(x.p.Levels))]}
			asks = func(l int) bool { return l == opts.Levels[0].Index }
		}
		want := x.count(table, asks)
		got, err := atlas.Check(table, opts)
		if err != nil {
			t.Fatal(err)
		}
		same := func(what string, got *big.Int, want int64) {
			t.Helper()
			if got.Cmp(big.NewInt(want)) != 0 {
				t.Fatalf("seed %d: %s: %v, counted out %d", x.seed, what, got, want)
			}
		}
		same("differing", got.Differing, want.differing)
		same("clashing", got.Clashing, want.clashing)
		same("uncovered", got.Uncovered, want.uncovered)
		if got.Agrees() != (want.differing+want.clashing+want.uncovered == 0) {
			t.Fatalf("seed %d: agrees is %v", x.seed, got.Agrees())
		}
		if len(got.ByLevel) != len(want.byLevel) || len(got.ByRow) != len(want.byRow) || got.RowsByRow != len(want.byRow) || len(got.Missing) != len(want.missing) {
			t.Fatalf("seed %d: %+v, counted out %+v", x.seed, got, want)
		}
		for _, d := range got.ByLevel {
			same("by level", d.Count, want.byLevel[[2]int{d.Table.Index, d.Pack.Index}])
		}
		for _, d := range got.ByRow {
			same("by row", d.Count, want.byRow[[2]int{d.Line - 1, d.Pack.Index}])
			x.holdsFor(t, d.Example, func(i int) bool {
				return x.levels[i] == d.Pack.Index && holds(table, &table.Rows[d.Line-1], x.answers[i])
			})
			disagreed++
		}
		for _, d := range got.Missing {
			same("missing", d.Count, want.missing[d.Pack.Index])
			x.holdsFor(t, d.Example, func(i int) bool {
				return x.levels[i] == d.Pack.Index && !slices.ContainsFunc(table.Rows, func(r atlas.Row) bool { return holds(table, &r, x.answers[i]) })
			})
			lacking++
		}
		for _, c := range got.Clashes {
			x.holdsFor(t, c.Example, func(i int) bool {
				return holds(table, &table.Rows[c.Line-1], x.answers[i]) && holds(table, &table.Rows[c.Earlier-1], x.answers[i])
			})
			clashed++
		}
	})
	if disagreed < 50 || clashed < 50 || lacking < 50 {
		t.Fatalf("%d differences, %d clashes, %d gaps: too few", disagreed, clashed, lacking)
	}
}

// holdsFor holds an example against all combinations that agree with it: there
// are some, and what it is an example of is true of each.
func (x *trial) holdsFor(t *testing.T, example pack.Answers, is func(i int) bool) {
	t.Helper()
	n := 0
	for i, a := range x.answers {
		agrees := true
		for slot, v := range example {
			agrees = agrees && (!v.Known() || answerOf(x.p, slot, a) == v)
		}
		if !agrees {
			continue
		}
		n++
		if !is(i) {
			t.Fatalf("seed %d: %v is an example that %v refutes", x.seed, example, a)
		}
	}
	if n == 0 {
		t.Fatalf("seed %d: no answers agree with the example %v", x.seed, example)
	}
}
