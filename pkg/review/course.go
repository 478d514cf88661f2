package review

import (
	"math/bits"
	"time"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Entry is an assessment as it was read.
type Entry struct {
	Name  string // in problems: the file's
	Sheet pack.Sheet
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

	found []*found // by assessment
}

// found is what has been found of one assessment so far.
type found struct {
	recommendation *engine.Recommendation

	reached  bool // whether possible and exact are set
	possible uint64
	exact    bool

	tested bool // whether tests is set
	tests  engine.Under
}

// Until returns the course of the first n assessments, at next to no cost: what
// a review of the n-th would have seen. Its warnings are those of the whole
// course. 1 <= n <= len(Assessments).
func (c *Course) Until(n int) *Course {
	return &Course{Reviewer: c.Reviewer, Assessments: c.Assessments[:n:n], Warnings: c.Warnings, found: c.found[:n:n]}
}

// Now returns the last assessment, which is the one that a review is of.
func (c *Course) Now() *Assessment { return c.Assessments[len(c.Assessments)-1] }

// Recommendation returns what the rules in use recommend for the answers of the
// assessment with this index. It is made when it is first asked for.
func (c *Course) Recommendation(i int) *engine.Recommendation {
	f := c.found[i]
	if f.recommendation == nil {
		f.recommendation = c.Reviewer.engine.Recommend(c.Assessments[i].Sheet.Answers)
	}
	return f.recommendation
}

// Possible returns the levels that are possible for the answers of the
// assessment with this index, lowest first: a single one is recommended. exact
// is as the opposite of engine.Recommendation.Bounds. It costs a small part of
// Recommendation.
func (c *Course) Possible(i int) (levels []*pack.Level, exact bool) {
	all := c.Reviewer.pack.Levels
	possible, exact := c.reach(i)
	if possible&(possible-1) == 0 {
		at := bits.TrailingZeros64(possible)
		return all[at : at+1 : at+1], exact
	}
	for m := possible; m != 0; m &= m - 1 {
		levels = append(levels, all[bits.TrailingZeros64(m)])
	}
	return levels, exact
}

// reach is Possible as bits.
func (c *Course) reach(i int) (levels uint64, exact bool) {
	f := c.found[i]
	if !f.reached {
		d := c.Reviewer.decisions.Get().(*engine.Decision)
		f.possible, f.exact = c.Reviewer.engine.PossibleIn(c.Assessments[i].Sheet.Answers, d)
		c.Reviewer.decisions.Put(d)
		f.reached = true
	}
	return f.possible, f.exact
}

// Holds returns what becomes of a condition over the pack's questions under the
// answers of the assessment with this index. No condition is true.
func (c *Course) Holds(when pack.Condition, i int) engine.Truth {
	if when == nil {
		return engine.True
	}
	if at, ok := c.Reviewer.testAt[when]; ok {
		return c.under(i).State(at)
	}
	read, err := engine.Read(c.Reviewer.pack, c.Assessments[i].Sheet.Answers, when)
	if err != nil {
		return engine.Unknown
	}
	return read[0].State
}

// slots returns the answers behind Holds of a condition that is prepared.
func (c *Course) slots(when pack.Condition, i int) []int {
	if when == nil {
		return nil
	}
	return c.under(i).Slots(c.Reviewer.testAt[when])
}

func (c *Course) under(i int) engine.Under {
	f := c.found[i]
	if !f.tested {
		f.tests, f.tested = c.Reviewer.tests.Under(c.Assessments[i].Sheet.Answers), true
	}
	return f.tests
}

// value returns the answer in a slot at one assessment, an instrument's total as
// the engine takes it: given, summed or filled in.
func (c *Course) value(slot, i int) (v pack.Value, filled int, known bool) {
	s, a := &c.Reviewer.pack.Slots[slot], c.Assessments[i].Sheet.Answers
	if s.IsItem() || s.Question.Kind != pack.Instrument {
		v = a[slot]
		return v, 0, v.Known()
	}
	v, filled, known = s.Question.Total(a)
	if known { // as the engine, also where a pack put together by hand has other bounds than its items
		v = max(s.Min, min(v, s.Max))
	}
	return v, filled, known
}

// Date writes a day, counted from 1 January 1970, as YYYY-MM-DD.
func Date(day int) string {
	return time.Unix(int64(day)*secondsPerDay, 0).UTC().Format(time.DateOnly)
}

// Day reads a date, YYYY-MM-DD, as a day counted from 1 January 1970.
func Day(date string) (day int, ok bool) {
	t, err := time.Parse(time.DateOnly, date)
	return int(t.Unix() / secondsPerDay), err == nil // whole days, so that it does not matter where rounding goes
}

const secondsPerDay = 24 * 60 * 60
