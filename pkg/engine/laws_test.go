package engine_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
)

// verdict is all that a decision says, in a form that can be compared.
type verdict struct {
	Min, Max    int
	Possible    uint64
	Indications []int
	States      []engine.Truth // criteria, services, notes
}

func verdictOf(e *engine.Engine, d *engine.Decision) verdict {
	v := verdict{Min: d.Min, Max: d.Max, Possible: d.Possible, Indications: d.Indications(nil)}
	for i := range e.Criteria() {
		v.States = append(v.States, d.State(i))
	}
	for i := range e.Pack().Services {
		v.States = append(v.States, d.Service(i))
	}
	for i := range e.Pack().Notes {
		v.States = append(v.States, d.Note(i))
	}
	return v
}

func decide(e *engine.Engine, a pack.Answers) verdict {
	var d engine.Decision
	e.Decide(a, &d)
	return verdictOf(e, &d)
}

// A criterion that holds, or does not, does so whatever the missing answers
// are. Only one that asks whether there is an answer may change.
func TestSettledCriteriaStaySettled(t *testing.T) {
	settled := 0
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 4))
		p := enginetest.Pack(r, enginetest.Size{Questions: 4, Small: true})
		e := compile(t, p)
		for range 5 {
			a := enginetest.Answers(r, p, 60)
			before := decide(e, a)
			enginetest.Completions(p, a, 300, func(b pack.Answers) bool {
				after := decide(e, b)
				for i, c := range e.Criteria() {
					if before.States[i] == engine.Unknown || asksWhetherAnswered(c.When) {
						continue
					}
					settled++
					if after.States[i] != before.States[i] {
						t.Fatalf("seed %d: %s is %v for %v and %v for %v", seed, c.ID, before.States[i], a, after.States[i], b)
					}
				}
				return true
			})
		}
	}
	if settled < 20_000 {
		t.Errorf("only %d settled criteria tried", settled)
	}
}

func asksWhetherAnswered(c pack.Condition) (is bool) {
	pack.Walk(c, func(c pack.Condition) bool {
		_, here := c.(*pack.Answered)
		is = is || here
		return true
	})
	return is
}

// Whoever answers a question that is not deciding gets the level that they
// would have got with any other answer to it, whatever the rest is answered,
// and opens no level that was closed before.
func TestOnlyDecidingQuestionsDecide(t *testing.T) {
	tried, deciding := 0, 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 5))
		p := enginetest.Pack(r, enginetest.Size{Questions: 5, Small: true})
		e := compile(t, p)
		for range 8 {
			a := withFilledTotals(p, enginetest.Answers(r, p, 50))
			rec := e.Recommend(a)
			deciding += len(rec.Deciding)
			before := possible(rec)
			for _, q := range p.Questions {
				if slices.Contains(rec.Deciding, q) {
					continue
				}
				eachAnswer(p, q, a, func(b pack.Answers) {
					if p.CheckAnswers(b) != nil {
						return // items that do not add up to the total
					}
					if after := possible(e.Recommend(b)); after&^before != 0 {
						t.Fatalf("seed %d: %s is not deciding for %v, and yet %v opens %b beside %b", seed, q.ID, a, b, after, before)
					}
				})
				tried += expectNoLevelHangsOn(t, e, q, a)
			}
		}
	}
	if tried < 20_000 || deciding < 500 {
		t.Errorf("only %d answers tried, %d questions deciding", tried, deciding)
	}
}

func possible(r *engine.Recommendation) (mask uint64) {
	for _, l := range r.Possible {
		mask |= 1 << slices.Index(r.Pack.Levels, l)
	}
	return mask
}

// expectNoLevelHangsOn completes all other answers in every way and returns
// how many answers to the question it compared.
func expectNoLevelHangsOn(t *testing.T, e *engine.Engine, q *pack.Question, a pack.Answers) (compared int) {
	t.Helper()
	enginetest.Completions(e.Pack(), a, 200, func(c pack.Answers) bool {
		rest := slices.Clone(c)
		copy(rest[q.Slot:q.Slot+1+len(q.Items)], a[q.Slot:])
		level := -1
		eachAnswer(e.Pack(), q, rest, func(b pack.Answers) {
			var d engine.Decision
			if e.Decide(b, &d); !d.Determined() || e.Pack().CheckAnswers(b) != nil {
				return // a total without its items, or with others
			}
			compared++
			if level >= 0 && d.Min != level {
				t.Fatalf("%s is not deciding for %v, and yet %v has level %d and another answer level %d", q.ID, a, b, d.Min, level)
			}
			level = d.Min
		})
		return true
	})
	return compared
}

// withFilledTotals writes down totals that stand in for missing items, since
// one more item would be a change of such a total and not an addition.
func withFilledTotals(p *pack.Pack, a pack.Answers) pack.Answers {
	for _, q := range p.Questions {
		if q.Kind == pack.Instrument {
			if v, filled, known := q.Total(a); known && filled > 0 {
				a[q.Slot] = v
			}
		}
	}
	return a
}

// eachAnswer yields a with the missing answers of one question given in every
// way: an instrument's by its items and by its total.
func eachAnswer(p *pack.Pack, q *pack.Question, a pack.Answers, yield func(pack.Answers)) {
	items := p.Slots[q.Slot+1 : q.Slot+1+len(q.Items)]
	if !a[q.Slot].Known() {
		lo, hi := q.Min, q.Max
		if q.Kind == pack.Instrument {
			lo, hi = q.TotalBounds(a)
		}
		if _, _, summed := total(q, a); !summed {
			for v := lo; v <= hi; v++ {
				b := slices.Clone(a)
				b[q.Slot] = v
				yield(b)
			}
		}
	}
	eachItem(a, q.Slot+1, items, yield)
}

func total(q *pack.Question, a pack.Answers) (pack.Value, int, bool) {
	if q.Kind != pack.Instrument {
		return pack.Missing, 0, false
	}
	return q.Total(a)
}

func eachItem(a pack.Answers, first int, items []pack.Slot, yield func(pack.Answers)) {
	if len(items) == 0 {
		yield(a)
		return
	}
	if a[first].Known() {
		eachItem(a, first+1, items[1:], yield)
		return
	}
	for v := items[0].Min; v <= items[0].Max; v++ {
		b := slices.Clone(a)
		b[first] = v
		eachItem(b, first+1, items[1:], yield)
	}
}

// A decision says nothing of the one before it, be that another engine's.
func TestDecisionsAreUsedAgain(t *testing.T) {
	var d engine.Decision
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 7))
		p := enginetest.Pack(r, enginetest.Size{Questions: 6})
		e := compile(t, p)
		for range 5 {
			a := enginetest.Answers(r, p, 60)
			e.Decide(a, &d)
			if diff := cmp.Diff(decide(e, a), verdictOf(e, &d)); diff != "" {
				t.Fatalf("seed %d: fresh and used (-want +got):\n%s", seed, diff)
			}
		}
	}
}

// A list of conditions with nothing on it is no pack's, but of packs put
// together by hand: any of none is false, and all of none true.
func TestConditionsOfNothing(t *testing.T) {
	for _, test := range []struct {
		when pack.Condition
		want engine.Truth
	}{
		{&pack.Any{}, engine.False},
		{&pack.All{}, engine.True},
		{&pack.None{}, engine.True},
	} {
		base, top := &pack.Level{ID: "base"}, &pack.Level{ID: "top", Index: 1}
		top.Indications = []*pack.Criterion{{ID: "only", Kind: pack.Indication, Level: top, When: test.when}}
		e := compile(t, &pack.Pack{ID: "hollow", Levels: []*pack.Level{base, top}})
		var d engine.Decision
		e.Decide(nil, &d)
		held := len(d.Indications(nil))
		if d.State(0) != test.want || (held == 1) != (test.want == engine.True) || (d.Min == 1) != (test.want == engine.True) {
			t.Errorf("%T of nothing: state %v, %d hold, level %d; want %v", test.when, d.State(0), held, d.Min, test.want)
		}
	}
}

// A value that no reader would have let pass is missing, and never an answer.
func TestAnswersOutsideOfTheirDomainAreMissing(t *testing.T) {
	tried := 0
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 10))
		p := enginetest.Pack(r, enginetest.Size{Questions: 6})
		e := compile(t, p)
		a := enginetest.Answers(r, p, 80)
		clean := slices.Clone(a)
		for i, s := range p.Slots {
			if r.IntN(3) > 0 {
				continue
			}
			wrong := []pack.Value{s.Min - 1, s.Max + 1, math.MaxInt64, math.MinInt64 + 2, -1 << 40, 1 << 40}
			if v := wrong[r.IntN(len(wrong))]; v < s.Min || v > s.Max {
				a[i], clean[i] = v, pack.Missing
				tried++
			}
		}
		expectSame(t, e, a, clean)
	}
	if tried < 400 {
		t.Errorf("only %d values tried", tried)
	}
}

func expectSame(t *testing.T, e *engine.Engine, a, clean pack.Answers) {
	t.Helper()
	if diff := cmp.Diff(decide(e, clean), decide(e, a)); diff != "" {
		t.Errorf("answers %v (-clean +got):\n%s", a, diff)
	}
	got, want := e.Recommend(a), e.Recommend(clean)
	if got.Level != want.Level || !slices.Equal(got.Possible, want.Possible) || !slices.Equal(got.Deciding, want.Deciding) {
		t.Errorf("answers %v: recommended %v of %v, want %v of %v", a, got.Level, got.Possible, want.Level, want.Possible)
	}
	level := e.Pack().Levels[0]
	if got, want := e.Unsettled(a, level), e.Unsettled(clean, level); !slices.Equal(got, want) {
		t.Errorf("answers %v: %d questions unsettled, want %d", a, len(got), len(want))
	}
	if diff := cmp.Diff(len(e.Findings(clean, e.Criteria())), len(e.Findings(a, e.Criteria()))); diff != "" {
		t.Errorf("answers %v: findings (-clean +got):\n%s", a, diff)
	}
}
