package engine_test

import (
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
)

// TestConditionsSayWhatReadSays holds conditions that are prepared once against
// those that are prepared each time, and against the oracle.
func TestConditionsSayWhatReadSays(t *testing.T) {
	var tried [3]int
	for seed := range uint64(100) {
		r := rand.New(rand.NewPCG(seed, 37))
		p := enginetest.Pack(r, enginetest.Size{Questions: 6})
		conditions := []pack.Condition{nil}
		for c := range p.Criteria() {
			conditions = append(conditions, c.When)
		}
		prepared, err := engine.NewConditions(p, conditions...)
		if err != nil {
			t.Fatal(err)
		}
		for range 10 {
			a := enginetest.Answers(r, p, []int{20, 50, 80, 100}[r.IntN(4)])
			want, err := engine.Read(p, a, conditions...)
			if err != nil {
				t.Fatal(err)
			}
			under := prepared.Under(a)
			for i, c := range conditions {
				got := engine.Reading{State: under.State(i), Slots: under.Slots(i)}
				if d := cmp.Diff(want[i], got); d != "" {
					t.Fatalf("seed %d, condition %d (-read +prepared):\n%s", seed, i, d)
				}
				if c != nil && got.State != oracle(c, p, a) {
					t.Fatalf("seed %d, condition %d is %s, the oracle says %s", seed, i, got.State, oracle(c, p, a))
				}
				tried[got.State]++
			}
		}
	}
	if min(tried[0], tried[1], tried[2]) < 500 {
		t.Errorf("too few tried: %v", tried)
	}
}

// TestConditionsServeManyAtOnce is for the race detector.
func TestConditionsServeManyAtOnce(t *testing.T) {
	p := clinical()
	var conditions []pack.Condition
	for c := range p.Criteria() {
		conditions = append(conditions, c.When)
	}
	prepared, err := engine.NewConditions(p, conditions...)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for seed := range uint64(4) {
		all.Go(func() {
			r := rand.New(rand.NewPCG(seed, 0))
			for range 50 {
				a := enginetest.Answers(r, p, 60)
				under := prepared.Under(a)
				for i, c := range conditions {
					if got, want := under.State(i), oracle(c, p, a); got != want {
						t.Errorf("condition %d is %s, want %s", i, got, want)
					}
				}
			}
		})
	}
	all.Wait()
}

func TestConditionsThatCannotBe(t *testing.T) {
	p := clinical()
	circle := &pack.NamedCondition{ID: "circle"}
	circle.When = &pack.Ref{To: circle}
	for want, c := range map[string]pack.Condition{
		"refers to itself": circle.When,
		"slot":             &pack.In{Slot: len(p.Slots)},
	} {
		if _, err := engine.NewConditions(p, c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if _, err := engine.NewConditions(&pack.Pack{}); err == nil {
		t.Error("a pack without levels is prepared")
	}
}
