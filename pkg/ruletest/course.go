package ruletest

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// Assessments are the steps of a case over time as the assessments that they
// stand for, from 1 January 2001 on: no rule looks at the calendar.
func Assessments(p *pack.Pack, t *pack.CourseTest) []review.Entry {
	const begin = 11323 // 2001-01-01
	entries := make([]review.Entry, len(t.Steps))
	for i, s := range t.Steps {
		date := review.Date(begin + s.Day)
		sheet := pack.Sheet{Date: date, Answers: s.Answers, Pack: p.Identity()}
		if s.Placed != nil {
			sheet.Placement = &pack.Placement{Level: s.Placed.ID, Date: date}
		}
		entries[i] = review.Entry{Name: fmt.Sprintf("day %d", s.Day), Sheet: sheet}
	}
	return entries
}

func runCourse(reviewer *review.Reviewer, t *pack.CourseTest) Result {
	e := reviewer.Engine()
	result := Result{Course: t}
	course, problems := reviewer.NewCourse(Assessments(e.Pack(), t), review.CourseOptions{})
	if len(problems) > 0 {
		result.Status, result.Reason = Error, problems[0].String()
		return result
	}
	for i := range t.Steps {
		s := step{CourseStep: &t.Steps[i], check: check{engine: e, r: course.Recommendation(i), want: &t.Steps[i].Expect, at: t.Steps[i].At, day: t.Steps[i].Day}}
		if err := s.run(course.Until(i + 1)); err != "" {
			result.Status, result.Reason = Error, fmt.Sprintf("day %d: %s", s.Day, err)
			return result
		}
		if s.seen != nil {
			result.Reviews = append(result.Reviews, s.seen)
		}
		if len(s.failures) > 0 {
			result.Status = Fail
			result.Failures = append(result.Failures, s.failures...)
			for _, line := range s.decided {
				result.Decided = append(result.Decided, fmt.Sprintf("day %d: %s", s.Day, line))
			}
		}
	}
	return result
}

// step is one assessment of a case over time under test.
type step struct {
	*pack.CourseStep
	check
	decided []string
	seen    *review.Review // nil: it says nothing about one
}

// run holds the step against what is expected of it, and returns why that
// cannot be told, if it cannot.
func (s *step) run(so *review.Course) (problem string) {
	if s.open() {
		return tooOpen
	}
	if s.all(); len(s.failures) > 0 {
		s.decided = decided(s.r)
	}
	if !s.reviewed() {
		return ""
	}
	r, err := so.Review(review.Options{})
	switch {
	case err != nil:
		return reviewProblem(err)
	case r.Bounds && len(r.Possible) > 1:
		return tooOpen
	}
	s.seen = r
	before := len(s.failures)
	s.verdict(r)
	s.outstanding(r)
	s.signs(r)
	if len(s.failures) > before {
		s.decided = append(s.decided, decidedOver(r)...)
	}
	return ""
}

// reviewProblem says why there is no review in the words of a case.
func reviewProblem(err error) string {
	var nowhere *review.PresentError
	if !errors.As(err, &nowhere) {
		return err.Error()
	}
	return fmt.Sprintf("nothing says where the person is: the answers of %s leave %s open; write placed: there", nowhere.Before.Name, strings.Join(nowhere.Possible, " or "))
}

func (s *step) reviewed() bool {
	w := &s.Review
	return w.Verdict != "" || w.To != nil || w.Outstanding != nil || w.OutstandingNot != nil || w.Signs != nil || w.SignsNot != nil
}

func (s *step) verdict(r *review.Review) {
	if want := s.Review.Verdict; want != "" && want != r.Verdict.String() {
		s.fail("verdict", want, verdict(r))
	}
	if want := s.Review.To; want != nil && want != r.To {
		got := "no level: " + verdict(r)
		if r.To != nil {
			got = r.To.ID
		}
		s.fail("to", want.ID, got)
	}
}

// verdict is the verdict of a review with what else it may come to.
func verdict(r *review.Review) string {
	if len(r.Outcomes) < 2 {
		return r.Verdict.String()
	}
	outcomes := make([]string, len(r.Outcomes))
	for i, o := range r.Outcomes {
		outcomes[i] = o.String()
	}
	return fmt.Sprintf("%s (%s)", r.Verdict, strings.Join(outcomes, " or "))
}

// What is said of readiness and of signs.
const (
	isOutstanding = "outstanding"
	isSeen        = "seen"
)

func (s *step) outstanding(r *review.Review) {
	state := func(c *pack.Criterion) string {
		i := slices.IndexFunc(r.Readiness, func(f review.Readiness) bool { return f.Criterion == c })
		switch {
		case i < 0:
			return "not asked, since the person is at " + r.Present.Level.ID
		case r.Readiness[i].Ready():
			return "ready"
		}
		return isOutstanding
	}
	for _, c := range s.Review.Outstanding {
		if got := state(c); got != isOutstanding {
			s.fail(c.ID, isOutstanding, got)
		}
	}
	for _, c := range s.Review.OutstandingNot {
		if got := state(c); got == isOutstanding {
			s.fail(c.ID, "not outstanding", got)
		}
	}
}

func (s *step) signs(r *review.Review) {
	state := func(g *pack.Sign) string {
		i := slices.IndexFunc(r.Signs, func(f review.SignFinding) bool { return f.Sign == g })
		switch {
		case i < 0:
			return "not looked for, since the person is at " + r.Present.Level.ID
		case r.Signs[i].Seen():
			return isSeen
		case r.Signs[i].State == engine.Unknown:
			return "unknown"
		}
		return "not seen"
	}
	for _, g := range s.Review.Signs {
		if got := state(g); got != isSeen {
			s.fail("sign "+g.ID, isSeen, got)
		}
	}
	for _, g := range s.Review.SignsNot {
		if got := state(g); got == isSeen {
			s.fail("sign "+g.ID, "not seen", got)
		}
	}
}
