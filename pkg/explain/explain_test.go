package explain_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/google/go-cmp/cmp"
)

// eachRandom calls check with explanations of random recommendations of which
// a good part is determined.
func eachRandom(t *testing.T, check func(*testing.T, *engine.Engine, *engine.Recommendation, *explain.Explanation)) {
	t.Helper()
	determined := 0
	for seed := range uint64(150) {
		rnd := rand.New(rand.NewPCG(seed, 7))
		p := enginetest.Pack(rnd, enginetest.Size{Questions: 5, Small: true})
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		for range 6 {
			r := e.Recommend(enginetest.Answers(rnd, p, 90))
			if r.Level != nil {
				determined++
			}
			check(t, e, r, explain.Explain(e, r))
		}
	}
	if determined < 300 {
		t.Fatalf("only %d of the recommendations are determined", determined)
	}
}

func only(r *engine.Recommendation, slots []int) pack.Answers {
	a := r.Pack.NewAnswers()
	for _, s := range slots {
		a[s] = r.Answers[s]
	}
	return a
}

func decide(e *engine.Engine, a pack.Answers) *pack.Level {
	return e.Recommend(a).Level
}

func TestSufficientForcesTheLevelAndNothingCanBeDropped(t *testing.T) {
	eachRandom(t, func(t *testing.T, e *engine.Engine, r *engine.Recommendation, x *explain.Explanation) {
		if r.Level == nil {
			if x.Sufficient != nil || x.Flips != nil {
				t.Fatalf("something is said about an undetermined level: %+v", x)
			}
			return
		}
		if got := decide(e, only(r, x.Sufficient)); got != r.Level {
			t.Fatalf("the sufficient answers %v lead to %v, not to %s", x.Sufficient, got, r.Level.ID)
		}
		for _, q := range r.Pack.Questions {
			fewer := slices.DeleteFunc(slices.Clone(x.Sufficient), func(s int) bool { return r.Pack.Slots[s].Question == q })
			if len(fewer) < len(x.Sufficient) && decide(e, only(r, fewer)) != nil {
				t.Fatalf("%s can be dropped from %v", q.ID, x.Sufficient)
			}
		}
	})
}

// TestSufficientWhateverTheOthersAre counts the completions out.
func TestSufficientWhateverTheOthersAre(t *testing.T) {
	counted := 0
	eachRandom(t, func(t *testing.T, e *engine.Engine, r *engine.Recommendation, x *explain.Explanation) {
		if r.Level == nil {
			return
		}
		var d engine.Decision
		enginetest.Completions(r.Pack, only(r, x.Sufficient), 5000, func(a pack.Answers) bool {
			counted++
			if e.Decide(a, &d); d.Min != r.Level.Index {
				t.Fatalf("%v are called sufficient for %s, but %v leads to level %d", x.Sufficient, r.Level.ID, a, d.Min)
			}
			return true
		})
	})
	if counted < 10000 {
		t.Fatalf("only %d completions were tried", counted)
	}
}

// TestFlipsAreAllThereAre holds the single changes against every value of
// every answered slot.
func TestFlipsAreAllThereAre(t *testing.T) {
	type goal struct {
		slot  int
		level string
		more  bool
	}
	isMore := func(s pack.Slot, from, to pack.Value) bool {
		return to > from && (s.Question.Kind == pack.Scale || s.Question.Kind == pack.Number || s.Question.Kind == pack.Instrument)
	}
	flipped := 0
	eachRandom(t, func(t *testing.T, e *engine.Engine, r *engine.Recommendation, x *explain.Explanation) {
		if r.Level == nil {
			return
		}
		want := map[goal]bool{}
		for s, slot := range r.Pack.Slots {
			if byItems(r, slot) {
				continue // a change of one item is not told apart from one of the total
			}
			for v := slot.Min; v <= slot.Max && r.Answers[s].Known(); v++ {
				a := slices.Clone(r.Answers)
				a[s] = v
				if l := decide(e, a); l != nil && l != r.Level {
					want[goal{s, l.ID, isMore(slot, r.Answers[s], v)}] = true
				}
			}
		}
		got := map[goal]bool{}
		for _, f := range x.Flips {
			flipped++
			checkFlip(t, e, r, f)
			if len(f.Changes) == 1 && !byItems(r, r.Pack.Slots[f.Changes[0].Slot]) {
				c := f.Changes[0]
				got[goal{c.Slot, f.Level.ID, isMore(r.Pack.Slots[c.Slot], c.From, c.To)}] = true
			}
			if len(f.Changes) > 1 && len(want) > 0 {
				t.Fatalf("pairs are named though one change is enough: %v", f)
			}
		}
		if diff := cmp.Diff(fmt.Sprint(want), fmt.Sprint(got)); diff != "" {
			t.Fatalf("single changes of %v (-want +got):\n%s", r.Answers, diff)
		}
	})
	if flipped < 300 {
		t.Fatalf("only %d flips were checked", flipped)
	}
}

// byItems reports whether the slot belongs to an instrument with items: its
// total and its items are one answer.
func byItems(r *engine.Recommendation, s pack.Slot) bool {
	return s.Question.Kind == pack.Instrument && len(s.Question.Items) > 0
}

func checkFlip(t *testing.T, e *engine.Engine, r *engine.Recommendation, f explain.Flip) {
	t.Helper()
	a := slices.Clone(r.Answers)
	for _, c := range f.Changes {
		if c.From == c.To {
			t.Fatalf("%v changes nothing", f)
		}
		a[c.Slot] = c.To
	}
	if got := decide(e, a); got != f.Level {
		t.Fatalf("%v leads to %v", f, got)
	}
}

func TestWhyNotSpeaksOfEveryOtherLevel(t *testing.T) {
	eachRandom(t, func(t *testing.T, e *engine.Engine, r *engine.Recommendation, x *explain.Explanation) {
		var want, got []string
		for _, l := range r.Pack.Levels {
			if l != r.Level {
				want = append(want, l.ID)
			}
		}
		for _, w := range x.WhyNot {
			got = append(got, w.Level.ID)
			checkWhyNot(t, r, w)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("levels (-want +got):\n%s", diff)
		}
	})
}

func checkWhyNot(t *testing.T, r *engine.Recommendation, w explain.WhyNot) {
	t.Helper()
	lower := w.Level.Index < r.Possible[0].Index
	for _, f := range w.Findings {
		bound := slices.ContainsFunc(r.OneOf, func(g engine.Finding) bool { return g.Criterion == f.Criterion })
		if lower && (f.State != engine.True && !bound || f.Criterion.Level.Index <= w.Level.Index) {
			t.Fatalf("%s is named against the lower %s", f.Criterion.ID, w.Level.ID)
		}
		if !lower && (f.State == engine.True || f.Criterion.Level != w.Level) {
			t.Fatalf("%s is named against %s", f.Criterion.ID, w.Level.ID)
		}
	}
	if lower && len(w.Findings) == 0 {
		t.Fatalf("nothing is said against the lower %s", w.Level.ID)
	}
}

// TestSmallestIsSmallest tries every set of questions with fewer answers.
func TestSmallestIsSmallest(t *testing.T) {
	proved, smaller := 0, 0
	eachRandom(t, func(t *testing.T, e *engine.Engine, r *engine.Recommendation, x *explain.Explanation) {
		if r.Level == nil {
			return
		}
		if !x.Smallest {
			t.Fatalf("no smallest set is found for %v", r.Answers)
		}
		proved++
		size := len(questionsOf(r, x.Sufficient))
		for set := range 1 << len(r.Pack.Questions) {
			if bits.OnesCount(uint(set)) >= size {
				continue
			}
			a := r.Pack.NewAnswers()
			for i, s := range r.Pack.Slots {
				if set>>s.Question.Index&1 == 1 {
					a[i] = r.Answers[i]
				}
			}
			smaller++
			if decide(e, a) == r.Level {
				t.Fatalf("%v: the answers %v determine the level, and are fewer than %v", r.Answers, a, x.Sufficient)
			}
		}
	})
	if proved < 300 || smaller < 500 {
		t.Fatalf("%d sets, %d smaller ones: too few", proved, smaller)
	}
}

func questionsOf(r *engine.Recommendation, slots []int) map[*pack.Question]bool {
	out := map[*pack.Question]bool{}
	for _, s := range slots {
		out[r.Pack.Slots[s].Question] = true
	}
	return out
}

// TestNearestIsNearest goes through all complete answers for one that needs
// fewer changes.
func TestNearestIsNearest(t *testing.T) {
	found, none, open, items := 0, 0, 0, 0
	eachRandom(t, func(t *testing.T, e *engine.Engine, r *engine.Recommendation, x *explain.Explanation) {
		if r.Level == nil {
			return
		}
		if slices.ContainsFunc(r.Pack.Questions, func(q *pack.Question) bool { return len(q.Items) > 0 }) {
			for _, w := range x.WhyNot {
				items += len(w.Nearest)
				if len(w.Nearest) > 0 {
					checkFlip(t, e, r, explain.Flip{Level: w.Level, Changes: w.Nearest})
				}
			}
			return
		}
		least := map[*pack.Level]int{}
		enginetest.Completions(r.Pack, r.Pack.NewAnswers(), 5000, func(a pack.Answers) bool {
			var d engine.Decision
			e.Decide(a, &d)
			l := r.Pack.Levels[d.Min]
			if n := changed(r, a); least[l] == 0 || n < least[l] {
				least[l] = n
			}
			return true
		})
		for _, w := range x.WhyNot {
			if w.Nearest == nil {
				if n, reached := least[w.Level]; reached {
					t.Fatalf("%v: nothing leads to %s, and %d changes do", r.Answers, w.Level.ID, n)
				}
				none++
				continue
			}
			found++
			a := slices.Clone(r.Answers)
			for _, c := range w.Nearest {
				if a[c.Slot] != c.From || c.From == c.To {
					t.Fatalf("%v: no change: %v", r.Answers, c)
				}
				if !c.From.Known() {
					open++
				}
				a[c.Slot] = c.To
			}
			if got := decide(e, a); got != w.Level {
				t.Fatalf("%v: %v leads to %v, not to %s", r.Answers, w.Nearest, got, w.Level.ID)
			}
			if n := changed(r, a); n != least[w.Level] {
				t.Fatalf("%v: %v are %d changes to %s, and %d are enough", r.Answers, w.Nearest, n, w.Level.ID, least[w.Level])
			}
		}
	})
	if found < 100 || none < 5 || open < 10 || items < 30 {
		t.Fatalf("%d found, %d not reachable, %d open answers, %d beside items: too few", found, none, open, items)
	}
}

// changed counts the given answers that a changes.
func changed(r *engine.Recommendation, a pack.Answers) int {
	n := 0
	for s, v := range r.Answers {
		if v.Known() && v != a[s] {
			n++
		}
	}
	return n
}
