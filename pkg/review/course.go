package review

import (
	"time"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Entry is an assessment as it was read.
type Entry struct {
	Name  string // in problems: the file's
	Sheet pack.Sheet
}

// Problem is what is wrong with one assessment of a course, or only to be
// warned of. Its texts are foreign in part and are cleaned.
type Problem struct {
	Name    string // of the entry; empty where it is about all of them
	Message string // what was found and what is expected: lower case, no full stop
	Hint    string // what to do; may be empty
}

// Assessment is one assessment of a course.
type Assessment struct {
	Name  string
	Sheet pack.Sheet
	Index int // in Course.Assessments
	Day   int // of the assessment; see Date

	// Level is where the person was cared for from then on, as Origin says it;
	// nil: nothing says.
	Level  *pack.Level
	Origin Origin
}

// Origin is where it is known from at which level a person is cared for.
type Origin int

// The origins, the strongest first but for OriginNone.
const (
	OriginNone        Origin = iota // it is not known
	OriginGiven                     // it was told: Options.Present
	OriginPlaced                    // a placement was recorded
	OriginRecorded                  // no placement, but what was recommended when the assessment was recorded
	OriginRecommended               // neither, but what the rules in use recommend for the answers
)

// String returns "none", "given", "placed", "recorded" or "recommended".
func (o Origin) String() string {
	return [...]string{"none", "given", "placed", "recorded", "recommended"}[o]
}

// Course is the assessments of one person, in the order of their days. It
// belongs to one goroutine: some of it is found when it is first asked for.
type Course struct {
	Reviewer    *Reviewer
	Assessments []*Assessment // at least one
	Warnings    []Problem     // in the order of the assessments

	seen []*seen // by assessment
}

// Until returns the course of the first n assessments, which is as cheap as
// none: what a review of the n-th would have seen. 1 <= n <= len(Assessments).
func (c *Course) Until(n int) *Course { panic("being written") }

// Now returns the last assessment, which is the one that a review is of.
func (c *Course) Now() *Assessment { return c.Assessments[len(c.Assessments)-1] }

// Recommendation returns what the rules in use recommend for the answers of the
// assessment with this index. It is made when it is first asked for.
func (c *Course) Recommendation(i int) *engine.Recommendation { panic("being written") }

// Possible returns the levels that are possible for the answers of the
// assessment with this index, lowest first: a single one is recommended. exact
// is as the opposite of engine.Recommendation.Bounds. It costs a small part of
// Recommendation.
func (c *Course) Possible(i int) (levels []*pack.Level, exact bool) { panic("being written") }

// Holds returns what becomes of a condition under the answers of the assessment
// with this index.
func (c *Course) Holds(when pack.Condition, i int) engine.Truth { panic("being written") }

// Date writes a day, counted from 1 January 1970, as YYYY-MM-DD.
func Date(day int) string {
	return time.Unix(int64(day)*secondsPerDay, 0).UTC().Format(time.DateOnly)
}

// Day reads a date, YYYY-MM-DD, as a day counted from 1 January 1970.
func Day(date string) (day int, ok bool) {
	t, err := time.Parse(time.DateOnly, date)
	return int(t.Unix() / secondsPerDay), err == nil
}

const secondsPerDay = 24 * 60 * 60

// seen is what has been found of one assessment so far.
type seen struct{ _ int }
