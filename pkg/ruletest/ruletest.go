// Package ruletest runs the test cases that a pack carries: answers, and what
// its author says must come of them; and the same over time, several
// assessments of one person and what their review must say.
//
// It looks at a recommendation as a reader of it does, so that a case fails
// where the reader would be told something else. It refuses to call anything
// a success that was not run: no cases at all is a failure, and so are cases
// that are all skipped.
package ruletest

import (
	"regexp"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// Options say which cases are run.
type Options struct {
	Run *regexp.Regexp // only the cases whose name it matches; nil: all
}

func (o Options) selects(name string) bool { return o.Run == nil || o.Run.MatchString(name) }

// Status is what came of a case.
type Status int

// The statuses.
const (
	Pass  Status = iota
	Fail         // something else came of it than was expected
	Error        // it could not be told what comes of it
	Skip         // not run, as its author wants it
)

// String returns "pass", "fail", "error" or "skip".
func (s Status) String() string { return [...]string{"pass", "fail", "error", "skip"}[s] }

// Result is what came of one case.
type Result struct {
	Test   *pack.Test       // or
	Course *pack.CourseTest // a case over time
	Status Status

	Reason   string    // why it was skipped, or why it could not be told what comes of it
	Failures []Failure // of a failed case
	Decided  []string  // what decided, for a failed case: one line a criterion

	Reviews []*review.Review // of a case over time: those that it says something about
}

// Failure is one expectation that was not met.
type Failure struct {
	At       diag.Span // of the case, or of the step of a case over time
	Day      int       // of the step; 0 in a case at one time
	What     string    // what it is about: "level", "requirement iop-groups", "verdict"
	Expected string
	Got      string
}

// String says it in one line.
func (f Failure) String() string {
	return f.What + ": expected " + f.Expected + ", got " + f.Got
}

// Passed reports whether nothing speaks against the rules: the case holds, or
// it was skipped.
func (r Result) Passed() bool { return r.Status == Pass || r.Status == Skip }

// Name returns the name of the case.
func (r Result) Name() string {
	if r.Course != nil {
		return r.Course.Name
	}
	return r.Test.Name
}

// At returns where the case stands.
func (r Result) At() diag.Span {
	if r.Course != nil {
		return r.Course.At
	}
	return r.Test.At
}

// Answers returns the answers that were looked at, in a case over time those of
// each step; none of a case that was skipped.
func (r Result) Answers() []pack.Answers {
	switch {
	case r.Status == Skip:
		return nil
	case r.Course == nil:
		return []pack.Answers{r.Test.Answers}
	}
	var all []pack.Answers
	for _, s := range r.Course.Steps {
		all = append(all, s.Answers)
	}
	return all
}

// Counts are how many results there are of each status.
type Counts [Skip + 1]int

// Count counts results by their status.
func Count(results []Result) (n Counts) {
	for _, r := range results {
		n[r.Status]++
	}
	return n
}

// OK reports whether cases were run and all that were hold.
func (n Counts) OK() bool { return n[Pass] > 0 && n[Fail]+n[Error] == 0 }

// All is how many there are.
func (n Counts) All() int { return n[Pass] + n[Fail] + n[Error] + n[Skip] }

// RunPack runs all cases of e's pack: those at one time and then those over
// time, in their order. It fails where review.NewReviewer would.
func RunPack(e *engine.Engine, opts Options) ([]Result, error) {
	results := Run(e, e.Pack().Tests, opts)
	over, err := RunCourses(e, e.Pack().Courses, opts)
	return append(results, over...), err
}

// Run runs cases of e's pack, in their order.
func Run(e *engine.Engine, tests []*pack.Test, opts Options) []Result {
	var results []Result
	for _, t := range tests {
		switch {
		case !opts.selects(t.Name):
		case t.Skip != "":
			results = append(results, Result{Test: t, Status: Skip, Reason: t.Skip})
		default:
			results = append(results, runOne(e, t))
		}
	}
	return results
}

func runOne(e *engine.Engine, t *pack.Test) Result {
	c := check{engine: e, r: e.Recommend(t.Answers), want: &t.Expect, at: t.At}
	result := Result{Test: t}
	if c.open() {
		result.Status, result.Reason = Error, tooOpen
		return result
	}
	c.all()
	if result.Failures = c.failures; len(c.failures) > 0 {
		result.Status, result.Decided = Fail, decided(c.r)
	}
	return result
}

// RunCourses runs cases over time of e's pack, in their order. It fails where
// review.NewReviewer would.
func RunCourses(e *engine.Engine, courses []*pack.CourseTest, opts Options) ([]Result, error) {
	if len(courses) == 0 {
		return nil, nil
	}
	reviewer, err := review.NewReviewer(e)
	if err != nil {
		return nil, err
	}
	var results []Result
	for _, t := range courses {
		switch {
		case !opts.selects(t.Name):
		case t.Skip != "":
			results = append(results, Result{Course: t, Status: Skip, Reason: t.Skip})
		default:
			results = append(results, runCourse(reviewer, t))
		}
	}
	return results, nil
}
