package space_test

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// points yields every combination of classes, in the same slice; none if
// there are more than limit.
func points(s *space.Space, limit int, yield func([]int)) bool {
	n := 1
	for _, v := range s.Variables() {
		if n *= len(v.Classes); n > limit {
			return false
		}
	}
	point := make([]int, len(s.Variables()))
	for {
		yield(point)
		i := 0
		for ; i < len(point); i++ {
			if point[i]++; point[i] < len(s.Variables()[i].Classes) {
				break
			}
			point[i] = 0
		}
		if i == len(point) {
			return true
		}
	}
}

// smallSpaces calls test with the level's function over the whole space of
// random packs.
func smallSpaces(t *testing.T, seeds uint64, test func(rnd *rand.Rand, s *space.Space, f space.Node)) {
	t.Helper()
	for seed := range seeds {
		rnd := rand.New(rand.NewPCG(seed, 21))
		p := enginetest.Pack(rnd, enginetest.Size{Questions: 5, Small: true})
		s, f := levels(t, p, nil)
		test(rnd, s, f)
		if t.Failed() {
			t.Fatalf("at seed %d", seed)
		}
	}
}

func TestFallsAgreesWithEveryPoint(t *testing.T) {
	falls, holds := 0, 0
	smallSpaces(t, 300, func(rnd *rand.Rand, s *space.Space, f space.Node) {
		for v := range s.Variables() {
			classes := len(s.Variables()[v].Classes)
			steps := [][2]int{{rnd.IntN(classes), rnd.IntN(classes)}, {rnd.IntN(classes), rnd.IntN(classes)}}
			got := s.Falls(f, v, steps)
			points(s, 2000, func(point []int) {
				want := 0
				for _, step := range steps {
					before, after := slices.Clone(point), slices.Clone(point)
					before[v], after[v] = step[0], step[1]
					if s.At(f, after) < s.At(f, before) {
						want = 1
					}
				}
				if s.At(got, point) != want {
					t.Errorf("variable %d, steps %v, point %v: want %d", v, steps, point, want)
				}
				falls += want
				holds += 1 - want
			})
		}
	})
	if falls < 1000 || holds < 1000 {
		t.Fatalf("%d falls, %d not: too few", falls, holds)
	}
}

func TestMostAgreesWithEveryPoint(t *testing.T) {
	smallSpaces(t, 300, func(rnd *rand.Rand, s *space.Space, f space.Node) {
		var over []int
		for v := range s.Variables() {
			if rnd.IntN(3) == 0 && len(over) < 2 {
				over = append(over, v)
			}
		}
		got := s.Most(f, over...)
		want := map[[8]int]int{}
		key := func(point []int) (k [8]int) {
			k[7] = -1
			for i, c := range point {
				if !slices.Contains(over, i) && i < 8 {
					k[i] = c
				}
			}
			return k
		}
		if len(s.Variables()) > 8 {
			return
		}
		points(s, 2000, func(point []int) { want[key(point)] = max(want[key(point)], s.At(f, point)) })
		points(s, 2000, func(point []int) {
			if s.At(got, point) != want[key(point)] {
				t.Errorf("over %v at %v: %d, want %d", over, point, s.At(got, point), want[key(point)])
			}
		})
	})
}

func TestSumInAgreesWithEveryPoint(t *testing.T) {
	summed := 0
	smallSpaces(t, 600, func(rnd *rand.Rand, s *space.Space, _ space.Node) {
		var of []int
		for i, v := range s.Variables() {
			if !slices.ContainsFunc(v.Classes, func(c space.Class) bool { return len(c.Values) > 1 || c.Values[0].From != c.Values[0].To }) {
				of = append(of, i)
			}
		}
		r := pack.Interval{From: pack.Value(rnd.IntN(4) - 1)}
		r.To = r.From + pack.Value(rnd.IntN(3))
		got := s.SumIn(of, r)
		points(s, 2000, func(point []int) {
			sum, want := pack.Value(0), 0
			for _, v := range of {
				sum += s.Variables()[v].Classes[point[v]].Values[0].From
			}
			if r.From <= sum && sum <= r.To {
				want = 1
			}
			if s.At(got, point) != want {
				t.Errorf("the sum of %v at %v is in %v: want %d", of, point, r, want)
			}
			summed += want
		})
	})
	if summed < 1000 {
		t.Fatalf("only %d sums", summed)
	}
}

// TestMemoAgreesWithTheSpace asks one memo about all levels and criteria in
// turn.
func TestMemoAgreesWithTheSpace(t *testing.T) {
	smallSpaces(t, 300, func(_ *rand.Rand, s *space.Space, f space.Node) {
		m := s.Memo()
		for range 2 {
			for l := range s.Pack().Levels {
				n := s.Is(f, 1<<l)
				want := s.Count(n)
				if got := m.Count(n); got.Cmp(want) != 0 {
					t.Errorf("level %d: %v, want %v", l, got, want)
				}
				share, _ := new(big.Float).Quo(new(big.Float).SetInt(want), new(big.Float).SetInt(s.Size())).Float64()
				if got := m.Share(n); math.Abs(got-share) > 1e-9 {
					t.Errorf("level %d: a share of %v, want %v", l, got, share)
				}
				point, found := m.Example(n)
				wantPoint, wantFound := s.Example(n, 1<<1)
				if found != wantFound || !slices.Equal(point, wantPoint) {
					t.Errorf("level %d: example %v %v, want %v %v", l, point, found, wantPoint, wantFound)
				}
			}
		}
	})
}

func TestInnerFindsEveryNode(t *testing.T) {
	smallSpaces(t, 100, func(_ *rand.Rand, s *space.Space, f space.Node) {
		want := map[space.Node]bool{}
		var walk func(space.Node)
		walk = func(n space.Node) {
			if _, is := n.Constant(); is || want[n] {
				return
			}
			want[n] = true
			_, kids := s.Under(n)
			for _, k := range kids {
				walk(k)
			}
		}
		g := s.Is(f, 2)
		walk(f)
		walk(g)
		got := s.Inner(f, g)
		for _, n := range got {
			if !want[n] {
				t.Errorf("node %d is not below", n)
			}
		}
		if len(got) != len(want) {
			t.Errorf("%d nodes, want %d", len(got), len(want))
		}
	})
}

func TestSpentIsWithinTheBudget(t *testing.T) {
	smallSpaces(t, 50, func(_ *rand.Rand, s *space.Space, _ space.Node) {
		if s.Spent() < s.Nodes() || s.Spent() > space.DefaultNodes {
			t.Errorf("spent %d for %d nodes", s.Spent(), s.Nodes())
		}
	})
}
