package engine_test

import (
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
)

func TestDecideAgreesWithTheOracleOnRandomPacks(t *testing.T) {
	pairs := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := enginetest.Pack(r, enginetest.Size{Questions: 8})
		e := compile(t, p)
		var d engine.Decision
		for range 50 {
			a := enginetest.Answers(r, p, []int{20, 50, 80, 100}[r.IntN(4)])
			e.Decide(a, &d)
			if !agrees(t, p, a, e, &d) {
				t.Fatalf("seed %d", seed)
			}
			pairs++
		}
	}
	if pairs < 20_000 {
		t.Errorf("only %d pairs tried", pairs)
	}
}

func TestDecideAgreesWithTheOracleOnAllAnswersOfSmallPacks(t *testing.T) {
	tried := 0
	for seed := range uint64(800) {
		p := enginetest.Pack(rand.New(rand.NewPCG(seed, 2)), enginetest.Size{Questions: 3, Small: true})
		e := compile(t, p)
		var d engine.Decision
		enginetest.AllAnswers(p, 2000, func(a pack.Answers) bool {
			tried++
			e.Decide(a, &d)
			return agrees(t, p, a, e, &d)
		})
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
	if tried < 20_000 {
		t.Errorf("only %d answers tried", tried)
	}
}

// agrees compares everything that a decision says with the oracle.
func agrees(t *testing.T, p *pack.Pack, a pack.Answers, e *engine.Engine, d *engine.Decision) bool {
	t.Helper()
	least, possible := oracleLevels(p, a)
	if d.Min != least || d.Possible != possible || d.Max != bits.Len64(possible)-1 || d.Determined() != (possible == 1<<least) {
		t.Errorf("answers %v: got levels %d to %d of %b, want %d of %b", a, d.Min, d.Max, d.Possible, least, possible)
		return false
	}
	for i, c := range e.Criteria() {
		if got, want := d.State(i), oracle(c.When, p, a); got != want {
			t.Errorf("answers %v: criterion %s is %v, want %v", a, c.ID, got, want)
			return false
		}
	}
	for i, s := range p.Services {
		want := engine.True
		if s.When != nil {
			want = oracle(s.When, p, a)
		}
		if got := d.Service(i); got != want {
			t.Errorf("answers %v: service %s is %v, want %v", a, s.ID, got, want)
			return false
		}
	}
	for i, n := range p.Notes {
		if got, want := d.Note(i), oracle(n.When, p, a); got != want {
			t.Errorf("answers %v: note %s is %v, want %v", a, n.ID, got, want)
			return false
		}
	}
	return true
}

func TestPossibleLevelsCoverAllCompletions(t *testing.T) {
	tried, determined := 0, 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 3))
		p := enginetest.Pack(r, enginetest.Size{Questions: 4, Small: true})
		e := compile(t, p)
		for range 10 {
			a := enginetest.Answers(r, p, 60)
			var d, full engine.Decision
			e.Decide(a, &d)
			reached := uint64(0)
			enginetest.Completions(p, a, 500, func(b pack.Answers) bool {
				e.Decide(b, &full)
				if !full.Determined() {
					t.Fatalf("seed %d: complete answers %v are undetermined", seed, b)
				}
				reached |= full.Possible
				return true
			})
			if reached == 0 {
				continue
			}
			tried++
			if reached&^d.Possible != 0 {
				t.Fatalf("seed %d: answers %v reach levels %b, said to be possible are %b", seed, a, reached, d.Possible)
			}
			if d.Determined() {
				determined++
			}
		}
	}
	if tried < 1000 || determined < 200 {
		t.Errorf("only %d answers tried, %d determined", tried, determined)
	}
}

func compile(t testing.TB, p *pack.Pack) *engine.Engine {
	t.Helper()
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return e
}
