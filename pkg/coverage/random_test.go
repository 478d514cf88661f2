package coverage_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/carelevel/carelevel/pkg/coverage"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// randomPack is a small pack with some profiles.
func randomPack(t *testing.T, seed uint64) (*engine.Engine, *rand.Rand) {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 7))
	p := enginetest.Pack(r, enginetest.Size{Questions: 5, Small: true})
	for i := range 2 {
		p.Profiles = append(p.Profiles, &pack.Profile{ID: fmt.Sprint("p", i), Answers: enginetest.Answers(r, p, 90)})
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return e, r
}

// reviewed is the review of two assessments with the same answers.
func reviewed(t *testing.T, e *engine.Engine, a pack.Answers, placed *pack.Level) []*review.Review {
	t.Helper()
	entries := []review.Entry{
		{Name: "a", Sheet: pack.Sheet{Date: "2026-01-01", Answers: a, Pack: e.Pack().Identity(), Placement: &pack.Placement{Level: placed.ID, Date: "2026-01-01"}}},
		{Name: "b", Sheet: pack.Sheet{Date: "2026-01-15", Answers: a, Pack: e.Pack().Identity()}},
	}
	c, problems := review.NewCourse(e, entries, review.CourseOptions{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	r, err := c.Review(review.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return []*review.Review{r}
}

func casesOf(t *testing.T, e *engine.Engine, s []*coverage.Suggestion) (cases []coverage.Case) {
	for _, x := range s {
		c := coverage.Case{Name: x.Name, Answers: []pack.Answers{x.Answers}}
		if x.Placed != nil {
			c.Reviews = reviewed(t, e, x.Answers, x.Placed)
		}
		cases = append(cases, c)
	}
	return cases
}

// TestSuggestionsCoverWhatCanBe: with the suggested cases beside the others,
// all that is reachable is covered, and every suggestion does what it says.
func TestSuggestionsCoverWhatCanBe(t *testing.T) {
	left, total := 0, 0
	for seed := range uint64(15) {
		e, r := randomPack(t, seed)
		var cases []coverage.Case
		for i := range r.IntN(3) {
			cases = append(cases, coverage.Case{Name: fmt.Sprint("c", i), Answers: []pack.Answers{enginetest.Answers(r, e.Pack(), 80)}})
		}
		before, err := coverage.Run(e, cases)
		if err != nil {
			t.Fatal(err)
		}
		suggested, rest := before.Suggest()
		after, err := coverage.Run(e, append(cases, casesOf(t, e, suggested)...))
		if err != nil {
			t.Fatal(err)
		}
		n := after.Count(nil)
		total += n.Reachable
		if n.Covered+len(rest) != n.Reachable {
			t.Errorf("seed %d: %+v and %d left", seed, n, len(rest))
		}
		for _, o := range rest {
			if o.State == coverage.Missing {
				left++
				t.Logf("seed %d: no case for %s (%s)", seed, after.Words(o), o.State)
			}
		}
	}
	t.Logf("%d of %d left", left, total)
	if left > 0 {
		t.Fail()
	}
}
