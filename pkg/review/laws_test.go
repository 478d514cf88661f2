package review_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// each reviews random courses and hands them on with what they were made of.
func each(t *testing.T, seeds uint64, visit func(r *rand.Rand, v *review.Reviewer, in []review.Entry, got *review.Review)) {
	t.Helper()
	for seed := range seeds {
		r := rand.New(rand.NewPCG(seed, 11))
		p := packOverTime(r)
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		v, err := review.NewReviewer(e)
		if err != nil {
			t.Fatal(err)
		}
		for range 4 {
			in := course(r, p)
			if got := reviewed(t, v, in, nil); got != nil {
				visit(r, v, in, got)
			}
		}
	}
}

// reviewed returns nil where nothing says where the person is.
func reviewed(t *testing.T, v *review.Reviewer, in []review.Entry, at *pack.Level) *review.Review {
	t.Helper()
	c, problems := v.NewCourse(in, review.CourseOptions{})
	if problems != nil {
		t.Fatal(problems)
	}
	r, err := c.Review(review.Options{Present: at})
	if err != nil {
		return nil
	}
	return r
}

// TestMissingAnswersMakeNobodyReady takes present answers away.
func TestMissingAnswersMakeNobodyReady(t *testing.T) {
	taken, held := 0, 0
	each(t, 500, func(r *rand.Rand, v *review.Reviewer, in []review.Entry, full *review.Review) {
		p := v.Engine().Pack()
		last := len(in) - 1
		answers := in[last].Sheet.Answers
		for range 5 {
			fewer := slices.Clone(answers)
			for _, q := range p.Questions {
				if r.IntN(3) == 0 {
					for _, slot := range q.Slots() {
						fewer[slot] = pack.Missing
					}
				}
			}
			in[last].Sheet.Answers = fewer
			less := reviewed(t, v, in, full.Present.Level)
			for i := range less.Readiness {
				c := less.Readiness[i].Criterion
				if less.Readiness[i].Ready() && !full.Readiness[i].Ready() && !asksWhetherAnswered(c.When) {
					t.Fatalf("%s is ready without an answer, and not with it", c.ID)
				}
			}
			if less.Verdict == review.StepDown {
				taken++
				if full.Verdict != review.StepDown && !slices.ContainsFunc(less.Readiness, func(f review.Readiness) bool { return asksWhetherAnswered(f.Criterion.When) }) {
					t.Fatalf("%s becomes a step down for want of an answer", full.Verdict)
				}
			} else if full.Verdict == review.StepDown {
				held++
			}
		}
		in[last].Sheet.Answers = answers
	})
	if taken < 50 || held < 50 {
		t.Errorf("too little tried: %d step downs with missing answers, %d lost for them", taken, held)
	}
}

func asksWhetherAnswered(c pack.Condition) (asks bool) {
	pack.Walk(c, func(c pack.Condition) bool {
		if _, is := c.(*pack.Answered); is {
			asks = true
		}
		return true
	})
	return asks
}

// TestAStepDownIsTheEnginesToo: nobody steps down whom the engine, which sees
// the present answers alone, holds for not ready or for at least this level.
func TestAStepDownIsTheEnginesToo(t *testing.T) {
	n := 0
	each(t, 500, func(_ *rand.Rand, v *review.Reviewer, in []review.Entry, r *review.Review) {
		answers := in[len(in)-1].Sheet.Answers
		for i, f := range v.Engine().Findings(answers, r.Present.Level.StepDown) {
			if got := r.Readiness[i]; got.State != f.State || !slices.Equal(got.Slots, f.Slots) {
				t.Fatalf("%s is %s by %v, the engine says %s by %v", f.Criterion.ID, got.State, got.Slots, f.State, f.Slots)
			}
			if r.Verdict == review.StepDown && f.State != engine.True {
				t.Fatalf("a step down, and %s is %s", f.Criterion.ID, f.State)
			}
		}
		if r.Verdict == review.StepDown {
			n++
			for _, l := range v.Engine().Recommend(answers).Possible {
				if l.Index >= r.Present.Level.Index || l.Index > r.To.Index {
					t.Fatalf("a step down from %s to %s, and %s is possible", r.Present.Level.ID, r.To.ID, l.ID)
				}
			}
		}
	})
	if n < 50 {
		t.Errorf("only %d step downs", n)
	}
}

// TestEarlierAssessmentsDoNotMoveTheLevel: they can keep, and nothing else.
func TestEarlierAssessmentsDoNotMoveTheLevel(t *testing.T) {
	each(t, 300, func(r *rand.Rand, v *review.Reviewer, in []review.Entry, before *review.Review) {
		p := v.Engine().Pack()
		for i := range in[:len(in)-1] {
			in[i].Sheet.Answers = enginetest.Answers(r, p, 70)
		}
		after := reviewed(t, v, in, before.Present.Level)
		swap := map[review.Verdict]review.Verdict{review.StepDown: review.Hold, review.Hold: review.StepDown}
		for i, o := range before.Outcomes {
			if other, ok := swap[o]; o != after.Outcomes[i] && (!ok || other != after.Outcomes[i]) {
				t.Fatalf("%v becomes %v by other answers in the past", before.Outcomes, after.Outcomes)
			}
		}
	})
}

// TestReviewIsDeterminate makes the same review anew, twice from one course and
// once from another reviewer.
func TestReviewIsDeterminate(t *testing.T) {
	each(t, 100, func(_ *rand.Rand, v *review.Reviewer, in []review.Entry, first *review.Review) {
		other, err := review.NewReviewer(v.Engine())
		if err != nil {
			t.Fatal(err)
		}
		again, err := first.Course.Review(review.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range []*review.Review{again, reviewed(t, other, in, nil)} {
			if d := cmp.Diff(summarise(first), summarise(r)); d != "" {
				t.Fatal(d)
			}
		}
	})
}

// TestBriefLeavesOut holds what is left of a brief review against the whole.
func TestBriefLeavesOut(t *testing.T) {
	each(t, 100, func(_ *rand.Rand, _ *review.Reviewer, _ []review.Entry, whole *review.Review) {
		brief, err := whole.Course.Review(review.Options{Brief: true})
		if err != nil {
			t.Fatal(err)
		}
		if brief.Changed != nil || brief.Came != nil || brief.Went != nil || brief.Open != nil || brief.Measures != nil {
			t.Fatal("it is not brief")
		}
		want := summarise(whole)
		want.Changed, want.Came, want.Went, want.Open, want.Measures = nil, nil, nil, nil, nil
		if d := cmp.Diff(want, summarise(brief)); d != "" {
			t.Fatal(d)
		}
	})
}

// TestUntilIsTheCourseThatWasThen holds a part of a course against one that was
// never longer.
func TestUntilIsTheCourseThatWasThen(t *testing.T) {
	each(t, 200, func(_ *rand.Rand, v *review.Reviewer, in []review.Entry, all *review.Review) {
		for n := 2; n < len(in); n++ {
			part, err := all.Course.Until(n).Review(review.Options{})
			then := reviewed(t, v, in[:n], nil)
			if (err == nil) != (then != nil) {
				t.Fatal(err)
			}
			if then == nil {
				continue
			}
			if d := cmp.Diff(summarise(then), summarise(part)); d != "" {
				t.Fatal(d)
			}
		}
	})
}

// TestMoreSevereIsNeverLess goes through all pairs of present answers of a pack
// whose level never falls with worse answers, after several pasts.
func TestMoreSevereIsNeverLess(t *testing.T) {
	e := compile(t)
	v, err := review.NewReviewer(e)
	if err != nil {
		t.Fatal(err)
	}
	for _, past := range [][]string{
		{"2026-03-02 iop phq9=16 functioning=impaired danger=no"},
		{"2026-03-02 iop phq9=9 functioning=kept danger=no"},
		{"2026-02-02 iop phq9=20 functioning=kept danger=yes", "2026-03-02 iop phq9=9 functioning=kept danger=no"},
		{"2026-03-02 ward phq9=9 functioning=lost danger=yes"},
		{"2026-03-02 weekly phq9=9 functioning=kept danger=no"},
		{"2026-02-02 iop functioning=kept danger=no", "2026-03-02 iop phq9=9"},
	} {
		in := append(entries(t, e.Pack(), past...), entry(t, e.Pack(), "2026-03-12 -"))
		moreSevere(t, v, in)
	}
}

func moreSevere(t *testing.T, v *review.Reviewer, in []review.Entry) {
	t.Helper()
	p := v.Engine().Pack()
	last := &in[len(in)-1].Sheet
	type result struct{ functioning, danger, phq9, rank, to int }
	var all []result
	rank := map[review.Verdict]int{review.StepDown: 0, review.Hold: 1, review.Continue: 1, review.StepUp: 2}
	for functioning := range 3 {
		for danger := range 2 {
			for phq9 := range 28 {
				last.Answers = p.NewAnswers()
				for id, v := range map[string]int{"functioning": functioning, "danger": danger, "phq9": phq9} {
					last.Answers[p.Question(id).Slot] = pack.Value(v)
				}
				r := reviewed(t, v, in, nil)
				all = append(all, result{functioning, danger, phq9, rank[r.Verdict], r.To.Index})
			}
		}
	}
	for _, a := range all {
		for _, b := range all {
			if a.functioning <= b.functioning && a.danger <= b.danger && a.phq9 <= b.phq9 && (a.rank > b.rank || a.to > b.to) {
				t.Fatalf("%v is less than %v", b, a)
			}
		}
	}
}
