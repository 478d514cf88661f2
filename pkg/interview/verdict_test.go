package interview

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// TestSkippedQuestionsCannotChangeTheVerdict: the interview of a review ends
// with the verdict that all answers together would have given, and with the
// same of every criterion of readiness where that decides.
func TestSkippedQuestionsCannotChangeTheVerdict(t *testing.T) {
	tried := map[review.Verdict]int{}
	spared := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 3))
		p := enginetest.Pack(r, enginetest.Size{Questions: 8})
		present := p.Levels[r.IntN(len(p.Levels))]
		overTime(r, p, present)
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		last, truth := oneMethod(p, enginetest.Answers(r, p, 85)), oneMethod(p, enginetest.Answers(r, p, 85))
		o, err := Run(context.Background(), e, &truthful{r: r, truth: truth}, Options{Order: engine.Order(seed % 3), Review: &Review{Last: last, Present: present}})
		if err != nil {
			t.Fatal(err)
		}
		full, asked := verdictOf(t, e, present, last, truth), verdictOf(t, e, present, last, o.Answers)
		tried[full.Verdict]++
		if o.Asked < o.Questions {
			spared++
		}
		if full.Verdict != asked.Verdict || full.To != asked.To || !slices.Equal(full.Outcomes, asked.Outcomes) {
			t.Errorf("seed %d: after the interview it is %s %v, with all answers %s %v", seed, asked.Verdict, asked.Outcomes, full.Verdict, full.Outcomes)
		}
		if full.Verdict != review.Hold {
			continue
		}
		for i := range full.Readiness {
			if a, b := full.Readiness[i], asked.Readiness[i]; a.Ready() != b.Ready() || a.State != engine.False && a.Unknown() != b.Unknown() {
				t.Errorf("seed %d: of %s the interview leaves open what all answers say", seed, a.Criterion.ID)
			}
		}
	}
	for v := range pack.Verdicts() {
		if tried[review.Verdict(v)] < 10 {
			t.Errorf("%s came up only %d times", review.Verdict(v), tried[review.Verdict(v)])
		}
	}
	if spared < 50 {
		t.Errorf("only %d interviews did without a question", spared)
	}
}

// overTime gives some of a level's step-down criteria a statement about
// several assessments, and leaves those out that ask whether something is
// answered: they change with a question that cannot change anything else.
func overTime(r *rand.Rand, p *pack.Pack, l *pack.Level) {
	l.StepDown = slices.DeleteFunc(l.StepDown, func(c *pack.Criterion) bool { return asksWhetherAnswered(c.When) })
	var others []pack.Condition
	for c := range p.Criteria() {
		if !asksWhetherAnswered(c.When) {
			others = append(others, c.When)
		}
	}
	for _, c := range l.StepDown {
		other := others[r.IntN(len(others))]
		held := &pack.Held{When: other, Times: 2}
		switch r.IntN(4) {
		case 0:
			c.Course = held
		case 1:
			c.Course = &pack.EachCourse{Joint: pack.JointNone, Of: []pack.Course{&pack.Seen{When: other, WithinDays: 30}}}
		case 2:
			c.Course = &pack.EachCourse{Joint: pack.JointAny, Of: []pack.Course{held, &pack.Held{When: c.When, Times: 2}}}
		}
	}
}

func asksWhetherAnswered(c pack.Condition) bool {
	asks := false
	pack.Walk(c, func(c pack.Condition) bool {
		_, is := c.(*pack.Answered)
		asks = asks || is
		return true
	})
	return asks
}

func verdictOf(t *testing.T, e *engine.Engine, present *pack.Level, last, now pack.Answers) *review.Review {
	t.Helper()
	c, problems := review.NewCourse(e, []review.Entry{
		{Sheet: pack.Sheet{Date: "2026-02-02", Answers: last}}, {Sheet: pack.Sheet{Date: "2026-03-02", Answers: now}}}, review.CourseOptions{})
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	v, err := c.Review(review.Options{Present: present})
	if err != nil {
		t.Fatal(err)
	}
	return v
}
