package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// countedOut decides on every completion of a, and says which levels come of
// them, and for which questions two completions that differ in nothing else
// have different levels. It is false if there are more than limit.
func countedOut(t *testing.T, e *engine.Engine, a pack.Answers, limit int) (levels uint64, deciding []string, ok bool) {
	t.Helper()
	p := e.Pack()
	var d engine.Decision
	byRest := make([]map[string]uint64, len(p.Questions))
	for i := range byRest {
		byRest[i] = map[string]uint64{}
	}
	ok = enginetest.Completions(p, a, limit, func(full pack.Answers) bool {
		if e.Decide(full, &d); !d.Determined() {
			t.Fatalf("the complete answers %v determine no level", full)
		}
		levels |= d.Possible
		for i, q := range p.Questions {
			if !open(q, a) {
				continue
			}
			rest := slices.Clone(full)
			for _, s := range q.Slots() {
				rest[s] = pack.Missing
			}
			byRest[i][fmt.Sprint(rest)] |= d.Possible
		}
		return true
	})
	for i, q := range p.Questions {
		for _, mask := range byRest[i] {
			if mask&(mask-1) != 0 {
				deciding = append(deciding, q.ID)
				break
			}
		}
	}
	return levels, deciding, ok
}

func open(q *pack.Question, a pack.Answers) bool {
	return slices.ContainsFunc(q.Slots(), func(s int) bool { return !a[s].Known() })
}

func compareExactly(t *testing.T, e *engine.Engine, a pack.Answers, limit int) (r *engine.Recommendation, ok bool) {
	t.Helper()
	levels, deciding, ok := countedOut(t, e, a, limit)
	if !ok {
		return nil, false
	}
	r = e.Recommend(a)
	var got []string
	for _, q := range r.Deciding {
		got = append(got, q.ID)
	}
	if possible(r) != levels || !slices.Equal(got, deciding) {
		t.Fatalf("%v: levels %b and deciding %v, counted out %b and %v", a, possible(r), got, levels, deciding)
	}
	if r.Bounds || (r.Next == nil) != (len(deciding) == 0) || r.Next != nil && !slices.Contains(deciding, r.Next.ID) {
		t.Fatalf("%v: bounds %v, next %v of %v", a, r.Bounds, r.Next, deciding)
	}
	return r, true
}

// TestEveryRecommendationOfSmallPacksIsExact goes through all answers, the
// missing ones included.
func TestEveryRecommendationOfSmallPacksIsExact(t *testing.T) {
	tried, packs, byCases := 0, 0, 0
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 21))
		p := enginetest.Pack(r, enginetest.Size{Questions: 3, Small: true})
		e := compile(t, p)
		complete := enginetest.AllAnswers(p, 1200, func(a pack.Answers) bool {
			if p.CheckAnswers(a) != nil {
				return true
			}
			if r, ok := compareExactly(t, e, a, 5000); ok {
				tried++
				if len(r.OneOf) > 0 {
					byCases++
					checkOneOf(t, e, r)
				}
			}
			return true
		})
		if complete {
			packs++
		}
	}
	if packs < 300 || tried < 15000 || byCases < 50 {
		t.Errorf("%d packs, %d answers, %d forced by cases: too few", packs, tried, byCases)
	}
}

// checkOneOf tries that in every completion one of the indications holds, and
// that each of them is needed for that.
func checkOneOf(t *testing.T, e *engine.Engine, r *engine.Recommendation) {
	t.Helper()
	alone := make([]bool, len(r.OneOf))
	enginetest.Completions(r.Pack, r.Answers, 5000, func(a pack.Answers) bool {
		var d engine.Decision
		e.Decide(a, &d)
		holding := -1
		for i, f := range r.OneOf {
			at, _ := e.CriterionIndex(f.Criterion)
			switch {
			case d.State(at) != engine.True:
			case holding >= 0:
				holding = len(r.OneOf) // more than one
			default:
				holding = i
			}
		}
		if holding < 0 {
			t.Fatalf("%v: none of the indications of which one is to hold does for %v", r.Answers, a)
		}
		if holding < len(alone) {
			alone[holding] = true
		}
		return true
	})
	if slices.Contains(alone, false) {
		t.Fatalf("%v: an indication of %d is not needed", r.Answers, len(r.OneOf))
	}
}

// TestRecommendationsOfTheShippedPacksAreExact leaves some answers out of
// random ones, and of the packs' own cases, and counts all completions out.
func TestRecommendationsOfTheShippedPacksAreExact(t *testing.T) {
	for _, name := range rules.Names() {
		p, _, err := pack.Load(rules.FS, name, pack.LoadOptions{Tests: true})
		if err != nil {
			t.Fatal(err)
		}
		e := compile(t, p)
		asked := levelQuestions(e)
		r := rand.New(rand.NewPCG(1, 22))
		undetermined, tried := 0, 0
		for i := range 160 {
			a := enginetest.Answers(r, p, 100)
			if i%10 > 0 {
				a = slices.Clone(p.Tests[r.IntN(len(p.Tests))].Answers)
			}
			fill(p, a)
			for range 2 + r.IntN(4) {
				q := asked[r.IntN(len(asked))]
				a[q.Slot] = pack.Missing
			}
			if rec, ok := compareExactly(t, e, a, 4000); ok {
				tried++
				if rec.Level == nil {
					undetermined++
				}
			}
		}
		if undetermined < 30 {
			t.Errorf("%s: only %d of %d undetermined", name, undetermined, tried)
		}
	}
}

// levelQuestions are those that an indication tests, none of which is an
// instrument.
func levelQuestions(e *engine.Engine) []*pack.Question {
	var out []*pack.Question
	for _, c := range e.Tests() {
		if in, ok := c.(*pack.In); ok && in.Score == nil {
			if q := e.Pack().Slots[in.Slot].Question; !slices.Contains(out, q) && q.Kind != pack.Instrument {
				out = append(out, q)
			}
		}
	}
	return out
}

// fill answers what is missing with the best value, and instruments item by
// item.
func fill(p *pack.Pack, a pack.Answers) {
	for i, s := range p.Slots {
		switch q := s.Question; {
		case len(q.Items) > 0 && !s.IsItem():
			a[i] = pack.Missing
		case a[i].Known():
		case q.Worse == pack.WorseLower:
			a[i] = s.Max
		default:
			a[i] = s.Min
		}
	}
}

// TestTooLargeASpaceGoesByBounds takes the budget away: what is said leaves
// nothing out, and says that it may name too much.
func TestTooLargeASpaceGoesByBounds(t *testing.T) {
	bounded, wider := 0, 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 23))
		p := enginetest.Pack(r, enginetest.Size{Questions: 6, Small: true})
		e := compile(t, p)
		a := enginetest.Answers(r, p, 50)
		exact, rough := e.Recommend(a), e.WithBudget(1).Recommend(a)
		if possible(exact)&^possible(rough) != 0 {
			t.Fatalf("seed %d: %b is possible, the bounds say %b", seed, possible(exact), possible(rough))
		}
		if !rough.Bounds {
			continue
		}
		bounded++
		for _, q := range exact.Deciding {
			if !slices.Contains(rough.Deciding, q) {
				t.Fatalf("seed %d: %s decides and the bounds leave it out", seed, q.ID)
			}
		}
		if len(rough.Deciding) > len(exact.Deciding) || possible(rough) != possible(exact) {
			wider++
		}
	}
	if bounded < 100 || wider < 10 {
		t.Errorf("%d times bounds, %d times wider: too few", bounded, wider)
	}
}

func ExampleEngine_RecommendBy() {
	p, _, err := pack.Load(rules.FS, rules.Default, pack.LoadOptions{})
	if err != nil {
		panic(err)
	}
	e, err := engine.Compile(p)
	if err != nil {
		panic(err)
	}
	r := e.RecommendBy(engine.OrderShortest, p.NewAnswers())
	var levels []string
	for _, l := range r.Possible {
		levels = append(levels, l.ID)
	}
	fmt.Println(strings.Join(levels, " "), len(r.Deciding), r.Next.ID)
	// Output: outpatient iop php inpatient crisis 23 emergency
}

// TestPossibleSaysWhatRecommendSays of random answers, by both ways of looking
// at them.
func TestPossibleSaysWhatRecommendSays(t *testing.T) {
	independent := 0
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 24))
		p := enginetest.Pack(r, enginetest.Size{Questions: 6})
		e := compile(t, p)
		if !slices.ContainsFunc(p.Questions, func(q *pack.Question) bool { return len(q.Items) > 0 }) {
			independent++
		}
		for range 6 {
			a := enginetest.Answers(r, p, 50)
			got, exact := e.Possible(a)
			if rec := e.Recommend(a); got != possible(rec) || exact == rec.Bounds {
				t.Fatalf("seed %d: %b (exact: %v) and %b (bounds: %v)", seed, got, exact, possible(rec), rec.Bounds)
			}
		}
	}
	if independent < 100 {
		t.Errorf("only %d packs without items", independent)
	}
}

// TestRemainderSaysWhatRecommendSays of random answers to random packs, one
// after the other by the same remainder.
func TestRemainderSaysWhatRecommendSays(t *testing.T) {
	undetermined := 0
	for seed := range uint64(600) {
		r := rand.New(rand.NewPCG(seed, 25))
		p := enginetest.Pack(r, enginetest.Size{Questions: 7})
		e := compile(t, p)
		rest := e.Remainder()
		var d engine.Decision
		for range 8 {
			a := enginetest.Answers(r, p, 30+r.IntN(70))
			e.Decide(a, &d)
			levels, deciding, exact := rest.Of(&d)
			rec := e.Recommend(a)
			if levels != possible(rec) || exact == rec.Bounds || !slices.Equal(deciding, rec.Deciding) {
				t.Fatalf("seed %d: %b by %v (exact: %v), and %b by %v", seed, levels, deciding, exact, possible(rec), rec.Deciding)
			}
			if rec.Level == nil {
				undetermined++
			}
		}
	}
	if undetermined < 600 {
		t.Errorf("only %d undetermined", undetermined)
	}
}

// BenchmarkRemainder leaves some answers out of the default pack's cases, some
// from few people and many from others, as they come.
func BenchmarkRemainder(b *testing.B) {
	p, _, err := pack.Load(rules.FS, rules.Default, pack.LoadOptions{Tests: true})
	if err != nil {
		b.Fatal(err)
	}
	e := compile(b, p)
	for _, bench := range []struct {
		name         string
		least, most  int
		undetermined bool // only these
	}{{"a few left out", 4, 4, true}, {"many left out", 10, 30, true}, {"everyone", 0, 12, false}} {
		b.Run(bench.name, func(b *testing.B) {
			rnd := rand.New(rand.NewPCG(1, 26))
			var all []engine.Decision
			for len(all) < 1024 {
				a := leaveOut(rnd, p.Tests[rnd.IntN(len(p.Tests))].Answers, bench.least+rnd.IntN(bench.most-bench.least+1))
				var d engine.Decision
				if e.Decide(a, &d); !bench.undetermined || e.Recommend(a).Level == nil {
					all = append(all, d)
				}
			}
			rest := e.Remainder()
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				rest.Of(&all[i%len(all)])
			}
		})
	}
}
