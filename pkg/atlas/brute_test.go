package atlas_test

import (
	"bytes"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/atlas"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
)

// The oracle knows tables only by what the package says of them: a row holds
// if each of its cells has the value of its column.

// valueOf is the value that complete answers have in a column.
func valueOf(p *pack.Pack, c *atlas.Column, a pack.Answers) pack.Value {
	switch c.Kind {
	case atlas.Score:
		return scoreOf(p, c.Score, a)
	case atlas.AnyOf:
		if a[c.Slot]&c.Options != 0 {
			return 1
		}
		return 0
	}
	return answerOf(p, c.Slot, a)
}

func answerOf(p *pack.Pack, slot int, a pack.Answers) pack.Value {
	q := p.Slots[slot].Question
	if p.Slots[slot].IsItem() || len(q.Items) == 0 {
		return a[slot]
	}
	sum := pack.Value(0)
	for _, it := range q.Items {
		sum += a[it.Slot]
	}
	return sum
}

func scoreOf(p *pack.Pack, s *pack.Score, a pack.Answers) pack.Value {
	sum := pack.Value(0)
	for _, t := range s.Terms {
		v := answerOf(p, t.Slot, a)
		switch q := p.Slots[t.Slot].Question; {
		case t.Weights == nil:
			sum += t.Factor * v
		case q.Kind == pack.Multi:
			for o, w := range t.Weights {
				if v>>o&1 == 1 {
					sum += w
				}
			}
		default:
			sum += t.Weights[v-p.Slots[t.Slot].Min]
		}
	}
	return sum
}

func holds(t *atlas.Table, r *atlas.Row, a pack.Answers) bool {
	for i, cell := range r.Cells {
		v := valueOf(t.Pack, &t.Columns[i], a)
		if cell != nil && !slices.ContainsFunc(cell, func(in pack.Interval) bool { return in.From <= v && v <= in.To }) {
			return false
		}
	}
	return true
}

// trial is a small random pack with all of its complete answers.
type trial struct {
	seed    uint64
	rnd     *rand.Rand
	p       *pack.Pack
	answers []pack.Answers
	levels  []int // of each
}

// trials runs a test on many small packs.
func trials(t *testing.T, n int, limit int, run func(*testing.T, *trial)) {
	t.Helper()
	tried := 0
	for seed := range uint64(n) {
		x := &trial{seed: seed, rnd: rand.New(rand.NewPCG(seed, 21))}
		x.p = enginetest.Pack(x.rnd, enginetest.Size{Questions: 5, Small: true})
		e, err := engine.Compile(x.p)
		if err != nil {
			t.Fatal(err)
		}
		var d engine.Decision
		ok := enginetest.Completions(x.p, x.p.NewAnswers(), limit, func(a pack.Answers) bool {
			e.Decide(a, &d)
			if !d.Determined() {
				t.Fatalf("seed %d: complete answers %v do not determine a level", seed, a)
			}
			x.answers, x.levels = append(x.answers, slices.Clone(a)), append(x.levels, d.Min)
			return true
		})
		if !ok {
			continue
		}
		tried++
		run(t, x)
	}
	if tried < n/4 {
		t.Fatalf("only %d of %d packs were small enough", tried, n)
	}
}

func (x *trial) table(t *testing.T, opts atlas.Options) *atlas.Table {
	t.Helper()
	table, err := atlas.Map(x.p, opts)
	if err != nil {
		t.Fatalf("seed %d: %v", x.seed, err)
	}
	return table
}

// TestEveryCombinationIsInOneRow counts out the rows of small packs.
func TestEveryCombinationIsInOneRow(t *testing.T) {
	scores, totals, joined := 0, 0, 0
	trials(t, 800, 2500, func(t *testing.T, x *trial) {
		opts := atlas.Options{Effort: 1 + x.rnd.IntN(2000)}
		if x.rnd.IntN(3) == 0 {
			for _, l := range x.p.Levels {
				if x.rnd.IntN(2) == 0 {
					opts.Levels = append(opts.Levels, l)
				}
			}
		}
		table := x.table(t, opts)
		counts := make([]int64, len(table.Rows))
		for i, a := range x.answers {
			rows := 0
			for k := range table.Rows {
				if !holds(table, &table.Rows[k], a) {
					continue
				}
				rows++
				counts[k]++
				if got := table.Rows[k].Level.Index; got != x.levels[i] {
					t.Fatalf("seed %d: row %d says level %d of %v, which is %d", x.seed, k, got, a, x.levels[i])
				}
			}
			want := 1
			if opts.Levels != nil && !slices.Contains(opts.Levels, x.p.Levels[x.levels[i]]) {
				want = 0
			}
			if rows != want {
				t.Fatalf("seed %d: %v is in %d rows, wanted %d", x.seed, a, rows, want)
			}
		}
		for k := range table.Rows {
			if n := table.Rows[k].Count; n.Cmp(big.NewInt(counts[k])) != 0 {
				t.Fatalf("seed %d: row %d holds in %v combinations, counted out %d", x.seed, k, n, counts[k])
			}
			if counts[k] == 0 {
				t.Fatalf("seed %d: row %d holds nowhere", x.seed, k)
			}
		}
		if table.Size.Cmp(big.NewInt(int64(len(x.answers)))) != 0 {
			t.Fatalf("seed %d: %v combinations, counted out %d", x.seed, table.Size, len(x.answers))
		}
		for i := range table.Columns {
			switch c := &table.Columns[i]; {
			case c.Kind == atlas.Score:
				scores++
			case c.Kind == atlas.AnyOf && c.Options&(c.Options-1) != 0:
				joined++
			case c.Kind == atlas.Answer && len(x.p.Slots[c.Slot].Question.Items) > 0 && !x.p.Slots[c.Slot].IsItem():
				totals++
			}
		}
	})
	if scores < 20 || totals < 20 || joined < 20 {
		t.Fatalf("%d columns with a score, %d with a total, %d with several options: too few", scores, totals, joined)
	}
}

// TestTablesComeBack writes tables, reads them and checks them.
func TestTablesComeBack(t *testing.T) {
	writers := []func(*bytes.Buffer, *atlas.Table) error{
		func(b *bytes.Buffer, t *atlas.Table) error { return atlas.WriteCSV(b, t) },
		func(b *bytes.Buffer, t *atlas.Table) error { return atlas.WriteJSON(b, t) },
	}
	trials(t, 300, 4000, func(t *testing.T, x *trial) {
		table := x.table(t, atlas.Options{Effort: 500})
		for _, write := range writers {
			var b bytes.Buffer
			if err := write(&b, table); err != nil {
				t.Fatal(err)
			}
			back, ds := atlas.Read(x.p, "table", b.Bytes(), nil)
			if len(ds) > 0 {
				t.Fatalf("seed %d: %v\n%s", x.seed, ds, b.Bytes())
			}
			for i := range back.Rows {
				if got, want := said(back, i), said(table, i); got != want {
					t.Fatalf("seed %d: row %d comes back as %s instead of %s\n%s", x.seed, i, got, want, b.Bytes())
				}
			}
			found, err := atlas.Check(back, atlas.CheckOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if !found.Agrees() {
				t.Fatalf("seed %d: %+v\n%s", x.seed, found, b.Bytes())
			}
		}
	})
}

// said is a row as text, whatever the order of the columns.
func said(t *atlas.Table, row int) string {
	var out []string
	for i, cell := range t.Rows[row].Cells {
		if cell != nil {
			out = append(out, t.Columns[i].Name+"="+t.Columns[i].Format(t.Pack, cell))
		}
	}
	slices.Sort(out)
	return fmt.Sprint(out, t.Rows[row].Level.ID)
}
