package engine_test

import (
	"math/rand/v2"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
)

// TestReadSaysWhatFindingsSay reads the conditions of criteria as if they were
// none, and holds them against the oracle, too.
func TestReadSaysWhatFindingsSay(t *testing.T) {
	var tried [3]int
	for seed := range uint64(150) {
		r := rand.New(rand.NewPCG(seed, 31))
		p := enginetest.Pack(r, enginetest.Size{Questions: 6})
		e := compile(t, p)
		var conditions []pack.Condition
		for _, c := range e.Criteria() {
			conditions = append(conditions, c.When)
		}
		for range 10 {
			a := enginetest.Answers(r, p, []int{20, 50, 80, 100}[r.IntN(4)])
			got, err := engine.Read(p, a, conditions...)
			if err != nil {
				t.Fatal(err)
			}
			var want []engine.Reading
			for i, f := range e.Findings(a, e.Criteria()) {
				want = append(want, engine.Reading{State: f.State, Slots: f.Slots})
				if naive := oracle(conditions[i], p, a); got[i].State != naive {
					t.Fatalf("seed %d: %s is %v, the oracle says %v", seed, f.Criterion.ID, got[i].State, naive)
				}
				tried[f.State]++
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Fatalf("seed %d (-findings +read):\n%s", seed, d)
			}
		}
	}
	if min(tried[0], tried[1], tried[2]) < 1000 {
		t.Errorf("too few tried: %v", tried)
	}
}

func TestReadOfNothing(t *testing.T) {
	p := clinical()
	got, err := engine.Read(p, p.NewAnswers(), nil)
	if d := cmp.Diff([]engine.Reading{{State: engine.True}}, got); d != "" || err != nil {
		t.Error(err, d)
	}
	circle := &pack.NamedCondition{ID: "circle"}
	circle.When = &pack.Ref{To: circle}
	for want, c := range map[string]pack.Condition{
		"refers to itself": circle.When,
		"slot":             &pack.In{Slot: len(p.Slots)},
	} {
		if _, err := engine.Read(p, p.NewAnswers(), c); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if _, err := engine.Read(&pack.Pack{}, nil); err == nil {
		t.Error("a pack without levels is read")
	}
}
