package space

import (
	"errors"
	"math/rand/v2"
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
)

// TestWideNodesCountForMore builds sums of numbers with thousands of values,
// and holds the memory that it takes against the budget.
func TestWideNodesCountForMore(t *testing.T) {
	const limit = 500
	p := &pack.Pack{ID: "wide"}
	score := &pack.Score{ID: "sum"}
	for i := range 6 {
		q := &pack.Question{ID: "q", Index: i, Slot: i, Kind: pack.Number, Max: 5000}
		p.Questions = append(p.Questions, q)
		p.Slots = append(p.Slots, pack.Slot{ID: "q", Question: q, Item: -1, Max: 5000})
		score.Terms = append(score.Terms, pack.Term{Slot: i, Factor: 1})
		score.Max += 5000
	}
	rnd := rand.New(rand.NewPCG(1, 2))
	var all pack.All
	for range 40 {
		from := pack.Value(rnd.IntN(20000))
		all.Of = append(all.Of, &pack.In{Score: score, Ranges: []pack.Interval{{From: from, To: from + pack.Value(rnd.IntN(9000))}}})
	}
	s, err := New(p, Options{Conditions: []pack.Condition{&all}, Nodes: limit})
	if err != nil {
		t.Fatal(err)
	}
	s.Condition(&pack.AtLeast{Count: 20, Of: all.Of})
	if !errors.Is(s.Err(), ErrTooLarge) {
		t.Fatalf("%d nodes with %d kids, and the error is %v", s.Nodes(), len(s.d.kids), s.Err())
	}
	if most := limit*32 + 5001; len(s.d.kids) > most {
		t.Errorf("a budget of %d nodes was used for %d kids, more than %d", limit, len(s.d.kids), most)
	}
}
