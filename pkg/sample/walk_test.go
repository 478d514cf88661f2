package sample

import (
	"fmt"
	"math"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// The chance of every combination of classes, by the tables of the walk, is
// what brute force says: its share of all combinations that lead to the level.
func TestWaysAreAsLikelyAsTheyShouldBe(t *testing.T) {
	tried := 0
	for seed := range uint64(150) {
		p := enginetest.Pack(rand.New(rand.NewPCG(seed, 7)), enginetest.Size{Questions: 4, Small: true})
		for i, q := range p.Questions {
			q.Worse = pack.Worse((int(seed) + i) % 3)
		}
		opts, byLevel := spaceOf(p)
		w, levels, err := newWalk(p, byLevel, opts, dials{})
		if err != nil {
			t.Fatal(err)
		}
		s, err := space.New(p, opts)
		if err != nil {
			t.Fatal(err)
		}
		f := s.Highest(byLevel)
		points := allPoints(s.Variables())
		if len(points) > 3000 {
			continue
		}
		tried++
		for i, level := range levels {
			for more := range 2 {
				gravity := base(i, len(levels)) + more
				checkWays(t, fmt.Sprintf("seed %d, level %d, gravity %d", seed, level, gravity), points, func(point []int) float64 {
					if s.At(f, point) != level {
						return 0
					}
					return chanceOf(s.Variables(), point, gravity)
				}, func(point []int) float64 { return w.chance(point, 2*i+more, gravity) })
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d packs were small enough", tried)
	}
}

func spaceOf(p *pack.Pack) (opts space.Options, byLevel [][]pack.Condition) {
	for _, l := range p.Levels {
		var of []pack.Condition
		for _, c := range l.Indications {
			of = append(of, c.When)
		}
		byLevel = append(byLevel, of)
		opts.Conditions = append(opts.Conditions, of...)
	}
	return opts, byLevel
}

func allPoints(vs []space.Variable) [][]int {
	points := [][]int{nil}
	for i := range vs {
		var longer [][]int
		for _, p := range points {
			for c := range vs[i].Classes {
				longer = append(longer, append(append([]int(nil), p...), c))
			}
		}
		points = longer
	}
	return points
}

func checkWays(t *testing.T, name string, points [][]int, want, got func([]int) float64) {
	t.Helper()
	sum := 0.0
	for _, p := range points {
		sum += want(p)
	}
	for _, p := range points {
		if w, g := want(p)/sum, got(p); math.Abs(w-g) > 1e-6 || w == 0 && g != 0 {
			t.Errorf("%s: the chance of %v is %g, want %g", name, p, g, w)
			return
		}
	}
}

// chanceOf multiplies what each variable's lean says, from its values alone.
func chanceOf(vs []space.Variable, point []int, gravity int) float64 {
	chance := 1.0
	for i, c := range point {
		v := &vs[i]
		if v.Kind == space.Chosen {
			is := float64(selected(v.Question, gravity, true)) / sixtyFourths
			chance *= []float64{1 - is, is}[c]
			continue
		}
		lo, hi := domain(v)
		n, part := float64(hi-lo+1), 0.0
		for _, in := range v.Classes[c].Values {
			for x := in.From; x <= in.To; x++ {
				r := float64(x - lo)
				if v.Question.Worse == pack.WorseLower {
					r = float64(hi - x)
				}
				part += tail(leansOf(v.Question)[gravity], (n-r)/n) - tail(leansOf(v.Question)[gravity], (n-r-1)/n)
			}
		}
		chance *= part
	}
	return chance
}

// tail is how likely a draw is to lie in the worst part s of all ranks.
func tail(l lean, s float64) float64 {
	switch l {
	case middle:
		return s*s*s + 3*s*s*(1-s)
	case greater:
		return s*s + 2*s*(1-s)
	}
	return math.Pow(s, float64(l))
}

// chance follows a point through the tables.
func (w *walk) chance(point []int, table, gravity int) float64 {
	chance := 1.0
	n := int32(len(w.at) - 1)
	for v, c := range point {
		ends := w.free[gravity][v]
		if asked := n >= 0 && w.at[n] == int32(v); asked {
			ends = w.ends[table][w.first[n]:]
			n = w.kids[w.first[n]+int32(c)]
		}
		from := uint32(0)
		if c > 0 {
			from = ends[c-1]
		}
		chance *= float64(ends[c]-from) / whole
	}
	return chance
}

func TestMasses(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 1))
	random := func() *big.Int {
		x := new(big.Int).SetUint64(r.Uint64() >> r.IntN(64))
		return x.Lsh(x, uint(r.IntN(200)))
	}
	for range 20_000 {
		x, y := random(), random()
		checkMass(t, newMass(x).times(newMass(y)), new(big.Int).Mul(x, y))
		checkMass(t, newMass(x).plus(newMass(y)), new(big.Int).Add(x, y))
	}
}

// checkMass wants a mass that is at most one part in 2^62 too small.
func checkMass(t *testing.T, got mass, want *big.Int) {
	t.Helper()
	if got.m>>63 == 0 && (got.m != 0 || want.Sign() != 0) {
		t.Fatalf("%v is not in its form", got)
	}
	exact := new(big.Float).SetMantExp(new(big.Float).SetUint64(got.m), got.e)
	off := new(big.Float).Sub(new(big.Float).SetInt(want), exact)
	limit := new(big.Float).SetMantExp(new(big.Float).SetInt(want), -62)
	if off.Sign() < 0 || off.Cmp(limit) > 0 {
		t.Fatalf("%v is off by %g, want %v", got, off, want)
	}
}

func TestSteps(t *testing.T) {
	w := func(xs ...int64) (out []mass) {
		for _, x := range xs {
			out = append(out, newMass(big.NewInt(x)))
		}
		return out
	}
	for _, c := range []struct {
		weights []mass
		want    []uint32
	}{
		{w(5), []uint32{whole}},
		{w(1, 1), []uint32{whole / 2, whole}},
		{w(0, 3, 0, 1, 0), []uint32{0, whole / 4 * 3, whole / 4 * 3, whole, whole}},
		{[]mass{{1 << 63, -10_000}, {}, {}}, []uint32{whole, whole, whole}},
		{[]mass{{1 << 63, -10_000}, {1 << 63, 10_000}}, []uint32{0, whole}},
		{[]mass{{1 << 63, 10_000}, {1 << 63, -10_000}}, []uint32{whole, whole}},
	} {
		got := make([]uint32, len(c.weights))
		steps(c.weights, got)
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("steps of %v: %v, want %v", c.weights, got, c.want)
		}
	}
}

// A dial draws every rank, the mild ones oftener, whatever its length.
func TestDials(t *testing.T) {
	for _, size := range []uint64{1, 2, 5, 256, 257, 1000, 1 << 40} {
		d := dials{}.of(size, &number)
		g := &Generator{rnd: rand.NewPCG(1, size)}
		below, greatest := 0, uint64(0)
		for range 4000 {
			x := g.turn(d, 0)
			if x >= size {
				t.Fatalf("rank %d of %d", x, size)
			}
			if x < (size+9)/10 {
				below++
			}
			greatest = max(greatest, x)
		}
		if below < 3500 || size > 5 && greatest == 0 {
			t.Errorf("of %d ranks, %d of 4000 draws are in the mildest tenth, the greatest is %d", size, below, greatest)
		}
	}
}
