package verify_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/verify"
)

// filledPack is a random pack of a few short instruments with filled-in items,
// whose indications test totals, items and a yes/no question.
func filledPack(rnd *rand.Rand) *pack.Pack {
	p := &pack.Pack{ID: "filled"}
	instruments := 1 + rnd.IntN(2)
	for i := range instruments {
		items := 3 + rnd.IntN(2)/instruments
		q := &pack.Question{ID: fmt.Sprintf("q%d", i), Index: i, Slot: len(p.Slots), Kind: pack.Instrument, Worse: pack.WorseHigher,
			Grades: make([]pack.Option, 2+rnd.IntN(2)/instruments), Fill: pack.Fill{AtMost: 1 + rnd.IntN(2)}}
		q.Max = pack.Value(items * (len(q.Grades) - 1))
		p.Questions = append(p.Questions, q)
		p.Slots = append(p.Slots, pack.Slot{ID: q.ID, Question: q, Item: -1, Max: q.Max})
		for k := range items {
			q.Items = append(q.Items, pack.Item{ID: fmt.Sprintf("%s_%d", q.ID, k+1), Slot: len(p.Slots)})
			p.Slots = append(p.Slots, pack.Slot{ID: q.Items[k].ID, Question: q, Item: k, Max: pack.Value(len(q.Grades) - 1)})
		}
		if rnd.IntN(2) == 0 {
			q.Fill.Never = []int{rnd.IntN(items)}
		}
	}
	q := &pack.Question{ID: "yes", Index: instruments, Slot: len(p.Slots), Kind: pack.YesNo, Max: 1}
	p.Questions, p.Slots = append(p.Questions, q), append(p.Slots, pack.Slot{ID: q.ID, Question: q, Item: -1, Max: 1})
	for i := range 2 + rnd.IntN(2) {
		l := &pack.Level{ID: fmt.Sprintf("level%d", i), Index: i}
		p.Levels = append(p.Levels, l)
		for k := range min(i, 1) * (1 + rnd.IntN(2)) {
			l.Indications = append(l.Indications, &pack.Criterion{ID: fmt.Sprintf("%s-%d", l.ID, k), Level: l, When: filledCondition(rnd, p, 2)})
		}
	}
	if rnd.IntN(3) == 0 {
		p.Notes = []*pack.Note{{ID: "note", Kind: pack.Contradiction, When: filledCondition(rnd, p, 1)}}
	}
	return p
}

func filledCondition(rnd *rand.Rand, p *pack.Pack, depth int) pack.Condition {
	if depth == 0 || rnd.IntN(4) == 0 {
		slot := p.Questions[rnd.IntN(len(p.Questions))].Slot // totals more often than not
		if rnd.IntN(3) == 0 {
			slot = rnd.IntN(len(p.Slots))
		}
		from := pack.Value(rnd.Int64N(int64(p.Slots[slot].Max) + 1))
		to := p.Slots[slot].Max
		if rnd.IntN(4) == 0 {
			to = from + pack.Value(rnd.Int64N(int64(to-from)+1))
		}
		return &pack.In{Slot: slot, Ranges: []pack.Interval{{From: from, To: to}}}
	}
	of := []pack.Condition{filledCondition(rnd, p, depth-1), filledCondition(rnd, p, depth-1)}
	switch rnd.IntN(5) {
	case 0, 1:
		return &pack.Any{Of: of}
	case 2:
		return &pack.None{Of: of}
	}
	return &pack.All{Of: of}
}

// possible returns the levels that answers leave possible, a filled-in total
// standing for the items that are left out.
func possible(e *engine.Engine, a pack.Answers) (mask uint64) {
	var d engine.Decision
	enginetest.Completions(e.Pack(), a, 1<<20, func(full pack.Answers) bool {
		e.Decide(full, &d)
		mask |= d.Possible
		return true
	})
	return mask
}

// reached returns the levels that complete items reach.
func reached(e *engine.Engine, a pack.Answers) uint64 {
	p := *e.Pack()
	p.Questions, p.Slots = slices.Clone(p.Questions), slices.Clone(p.Slots)
	for i, q := range p.Questions {
		unfilled := *q
		unfilled.Fill = pack.Fill{}
		p.Questions[i] = &unfilled
		for _, s := range q.Slots() {
			p.Slots[s].Question = &unfilled
		}
	}
	var d engine.Decision
	mask := uint64(0)
	enginetest.Completions(&p, a, 1<<20, func(full pack.Answers) bool {
		e.Decide(full, &d)
		mask |= d.Possible
		return true
	})
	return mask
}

// TestMissingIsSafeAgreesWithBruteForce leaves out any answers of any complete
// ones. That statements about single instruments are enough, unless tested
// items are left out of several, is part of what it shows.
func TestMissingIsSafeAgreesWithBruteForce(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	for seed := range uint64(250) {
		p := filledPack(rand.New(rand.NewPCG(seed, 41)))
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		report, err := verify.Run(e, verify.Options{})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		safe := true
		for i := range report.Proofs {
			if pr := &report.Proofs[i]; pr.Kind == verify.MissingIsSafe {
				safe = safe && pr.Status == verify.Proved
				if pr.Status == verify.Refuted {
					checkLoss(t, e, pr)
					if pr.Only != nil {
						count["only in contradictions"]++
					}
					if pr.ID == "missing-q0" {
						checkOnly(t, e, pr)
					} else if len(pr.ID) > len("missing-q0") {
						count["together"]++
					}
				}
			}
		}
		if want := safeByBruteForce(e); safe != want {
			t.Fatalf("seed %d: safe %v, brute force says %v", seed, safe, want)
		}
		count[fmt.Sprint(safe)]++
		if t.Failed() {
			t.Fatalf("at seed %d", seed)
		}
	}
	often(t, count["true"], 60, "safe")
	often(t, count["false"], 60, "not safe")
	often(t, count["only in contradictions"], 5, "only in contradictions")
	t.Log(count)
}

func safeByBruteForce(e *engine.Engine) bool {
	p, safe := e.Pack(), true
	enginetest.AllAnswers(p, 1<<20, func(a pack.Answers) bool {
		for _, q := range p.Questions {
			if len(q.Items) > 0 && a[q.Slot].Known() {
				return true // it would stay with the items left out
			}
		}
		safe = top(possible(e, a)) >= top(reached(e, a))
		return safe
	})
	return safe
}

func top(mask uint64) int {
	n := -1
	for ; mask != 0; mask >>= 1 {
		n++
	}
	return n
}

func checkLoss(t *testing.T, e *engine.Engine, p *verify.Proof) {
	t.Helper()
	if len(p.Witness) != 2 {
		t.Fatalf("%s has %d witnesses", p.ID, len(p.Witness))
	}
	full, left := p.Witness[0], p.Witness[1]
	for i, v := range left.Answers {
		if v.Known() && v != full.Answers[i] {
			t.Errorf("%s: %v is not %v with answers left out", p.ID, left.Answers, full.Answers)
		}
	}
	higher, lower := possible(e, full.Answers), possible(e, left.Answers)
	if higher != 1<<p.From.Index || top(lower) != p.To.Index || p.To.Index >= p.From.Index {
		t.Errorf("%s: from %b to %b, but it says from %s to %s", p.ID, higher, lower, p.From.ID, p.To.ID)
	}
	mask := uint64(0)
	for _, l := range left.Levels {
		mask |= 1 << l.Index
	}
	if mask != lower {
		t.Errorf("%s: %b is possible, but it says %b", p.ID, lower, mask)
	}
}

// checkOnly goes through all ways to leave out items of the one instrument, and
// expects that those which lower the level are all contradictory, or that the
// witness is not.
func checkOnly(t *testing.T, e *engine.Engine, p *verify.Proof) {
	t.Helper()
	of, q := e.Pack(), p.About.Question
	if len(of.Notes) == 0 {
		return
	}
	var d engine.Decision
	if p.Only == nil {
		if e.Decide(p.Witness[0].Answers, &d); d.Note(0) == engine.True {
			t.Errorf("%s: the witness is contradictory, and nothing is said", p.ID)
		}
		return
	}
	enginetest.Completions(of, of.NewAnswers(), 1<<20, func(a pack.Answers) bool {
		e.Decide(a, &d)
		level, contradictory := d.Min, d.Note(0) == engine.True
		for mask := 1; mask < 1<<len(q.Items) && !contradictory; mask++ {
			left := slices.Clone(a)
			for i, it := range q.Items {
				if mask>>i&1 == 1 {
					left[it.Slot] = pack.Missing
				}
			}
			if top(possible(e, left)) < level {
				t.Errorf("%s: only in %s, but also from %v to %v", p.ID, p.Only[0].ID, a, left)
			}
		}
		return true
	})
}
