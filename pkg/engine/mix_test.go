package engine

import (
	"math/rand/v2"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
)

// The random packs are only worth something as long as they take every way
// through the engine. These are the packs of the tests against the oracle.
func TestRandomPacksTakeEveryWay(t *testing.T) {
	seen := make(map[string]int)
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := enginetest.Pack(r, enginetest.Size{Questions: 8})
		e, err := Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		for _, table := range []*table{e.hot, e.cold} {
			seen["slots by value"] += len(table.points)
			seen["slots by class"] += len(table.wide)
			seen["totals and scores"] += len(table.spans)
			countFlags(table.flags, seen)
		}
		for range 5 {
			countInstruments(e, enginetest.Answers(r, p, 70), seen)
		}
		for c := range p.Criteria() {
			pack.Walk(c.When, func(c pack.Condition) bool {
				countCondition(c, seen)
				return true
			})
		}
	}
	for _, way := range []string{"slots by value", "slots by class", "totals and scores", "tests alone", "walked",
		"totals filled in", "totals open", "scores tested", "multiple choices tested", "at least of several"} {
		if seen[way] < 20 {
			t.Errorf("%s: only %d times", way, seen[way])
		}
	}
}

func countFlags(flags []flagReader, seen map[string]int) {
	for _, f := range flags {
		if f.node == noNode {
			seen["tests alone"]++
		} else {
			seen["walked"]++
		}
	}
}

func countInstruments(e *Engine, a pack.Answers, seen map[string]int) {
	for i := range e.instruments {
		in := &e.instruments[i]
		_, filled, known := in.question.Total(a)
		switch {
		case filled > 0:
			seen["totals filled in"]++
		case !known && in.begun(a):
			seen["totals open"]++
		}
	}
}

func countCondition(c pack.Condition, seen map[string]int) {
	switch c := c.(type) {
	case *pack.In:
		if c.Score != nil {
			seen["scores tested"]++
		}
	case *pack.Includes:
		seen["multiple choices tested"]++
	case *pack.AtLeast:
		if len(c.Of) > c.Count && c.Count > 1 {
			seen["at least of several"]++
		}
	}
}
