package space_test

import (
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

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

// levels makes the space of some answers and the level's function in it.
func levels(t *testing.T, p *pack.Pack, known pack.Answers) (*space.Space, space.Node) {
	t.Helper()
	byLevel, all := indications(p)
	s, err := space.New(p, space.Options{Conditions: all, Known: known})
	if err != nil {
		t.Fatal(err)
	}
	f := s.Highest(byLevel)
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return s, f
}

// brute decides on every completion of a.
type brute struct {
	possible uint64
	deciding []string
	counts   [64]int64
	moved    map[string]int64 // by question: completions in which it alone could change the level
	size     int64
}

func bruteForce(t *testing.T, e *engine.Engine, a pack.Answers, limit int) (b brute, ok bool) {
	t.Helper()
	p := e.Pack()
	var d engine.Decision
	decides, sizes := make([]map[string]uint64, len(p.Questions)), make([]map[string]int64, len(p.Questions))
	b.moved = map[string]int64{}
	for i := range decides {
		decides[i], sizes[i] = map[string]uint64{}, map[string]int64{}
	}
	ok = enginetest.Completions(p, a, limit, func(full pack.Answers) bool {
		e.Decide(full, &d)
		if !d.Determined() {
			t.Fatalf("complete answers %v do not determine a level", full)
		}
		b.possible |= d.Possible
		b.counts[d.Min]++
		b.size++
		for i, q := range p.Questions {
			rest := slices.Clone(full)
			for s := range p.Slots {
				if p.Slots[s].Question == q {
					rest[s] = pack.Missing
				}
			}
			decides[i][fmt.Sprint(rest)] |= d.Possible
			sizes[i][fmt.Sprint(rest)]++
		}
		return true
	})
	for i, q := range p.Questions {
		for rest, mask := range decides[i] {
			if mask&(mask-1) != 0 {
				b.moved[q.ID] += sizes[i][rest]
			}
		}
		if b.moved[q.ID] > 0 {
			b.deciding = append(b.deciding, q.ID)
		}
	}
	return b, ok
}

// TestSpaceAgreesWithBruteForce holds possible levels and deciding questions
// against all completions of random answers to random packs.
func TestSpaceAgreesWithBruteForce(t *testing.T) {
	tried, undetermined, sharper := 0, 0, 0
	for seed := range uint64(1500) {
		rnd := rand.New(rand.NewPCG(seed, 11))
		p := enginetest.Pack(rnd, enginetest.Size{Questions: 5, Small: true})
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, percent := range []int{0, 30, 60, 90} {
			a := enginetest.Answers(rnd, p, percent)
			want, ok := bruteForce(t, e, a, 3000)
			if !ok {
				continue
			}
			tried++
			s, f := levels(t, p, a)
			possible := s.Constants(s.Within(s.Guard(), f))
			if possible != want.possible {
				t.Fatalf("seed %d, %v: possible %b, brute force says %b", seed, a, possible, want.possible)
			}
			var deciding []string
			for _, q := range s.Deciding(f) {
				deciding = append(deciding, q.ID)
			}
			if !slices.Equal(deciding, want.deciding) {
				t.Fatalf("seed %d, %v: deciding %v, brute force says %v", seed, a, deciding, want.deciding)
			}
			var d engine.Decision
			e.Decide(a, &d)
			if possible&^d.Possible != 0 {
				t.Fatalf("seed %d, %v: %b is possible, three-valued bounds %b leave it out", seed, a, possible, d.Possible)
			}
			if possible != d.Possible {
				sharper++
			}
			if possible&(possible-1) != 0 {
				undetermined++
			}
		}
	}
	if tried < 3000 || undetermined < 500 || sharper < 50 {
		t.Fatalf("%d answers were tried, %d undetermined, %d where the three-valued bounds are too wide: too few", tried, undetermined, sharper)
	}
}

// TestCountsAgreeWithBruteForce counts every combination of small packs.
func TestCountsAgreeWithBruteForce(t *testing.T) {
	counted := 0
	for seed := range uint64(600) {
		rnd := rand.New(rand.NewPCG(seed, 12))
		p := enginetest.Pack(rnd, enginetest.Size{Questions: 5, Small: true})
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		want, ok := bruteForce(t, e, p.NewAnswers(), 20000)
		if !ok {
			continue
		}
		counted++
		s, f := levels(t, p, nil)
		if got := s.Size(); got.Cmp(big.NewInt(want.size)) != 0 {
			t.Fatalf("seed %d: %v combinations, counted out %d", seed, got, want.size)
		}
		for l, n := range s.Counts(f) {
			if n == nil {
				n = new(big.Int)
			}
			if n.Cmp(big.NewInt(want.counts[l])) != 0 {
				t.Fatalf("seed %d: %v lead to level %d, counted out %d", seed, n, l, want.counts[l])
			}
		}
		for _, q := range p.Questions {
			if n := s.Influence(f, q); n.Cmp(big.NewInt(want.moved[q.ID])) != 0 {
				t.Fatalf("seed %d: %s matters in %v combinations, counted out %d", seed, q.ID, n, want.moved[q.ID])
			}
		}
	}
	if counted < 200 {
		t.Fatalf("only %d packs were counted", counted)
	}
}

// TestExamplesLeadWhereTheyShould decides on the example of every level, and
// on the point that its answers make.
func TestExamplesLeadWhereTheyShould(t *testing.T) {
	examples := 0
	for seed := range uint64(800) {
		rnd := rand.New(rand.NewPCG(seed, 13))
		p := enginetest.Pack(rnd, enginetest.Size{Questions: 8})
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		s, f := levels(t, p, nil)
		for l := range p.Levels {
			point, found := s.Example(f, 1<<l)
			if found != (s.Constants(f)>>l&1 == 1) {
				t.Fatalf("seed %d: level %d has an example: %v", seed, l, found)
			}
			if !found {
				continue
			}
			examples++
			a := s.Answers(point, s.Support(f)...)
			var d engine.Decision
			if e.Decide(complete(rnd, p, a), &d); !d.Determined() || d.Min != l {
				t.Fatalf("seed %d: %v is no example of level %d: %b", seed, a, l, d.Possible)
			}
			back, ok := s.Point(s.Answers(point, allOf(s)...))
			if !ok || !slices.Equal(back, point) {
				t.Fatalf("seed %d: the point %v comes back as %v", seed, point, back)
			}
			if got := s.At(f, point); got != l {
				t.Fatalf("seed %d: the point of level %d has %d", seed, l, got)
			}
		}
	}
	if examples < 1000 {
		t.Fatalf("only %d examples", examples)
	}
}

func allOf(s *space.Space) []int {
	var all []int
	for v := range s.Variables() {
		all = append(all, v)
	}
	return all
}

// complete answers at random what is missing.
func complete(rnd *rand.Rand, p *pack.Pack, a pack.Answers) pack.Answers {
	full := slices.Clone(a)
	for i, s := range p.Slots {
		if q := s.Question; !full[i].Known() && (s.IsItem() && !full[q.Slot].Known() || !s.IsItem() && len(q.Items) == 0) {
			full[i] = s.Min + pack.Value(rnd.Int64N(int64(s.Max-s.Min)+1))
		}
	}
	return full
}
