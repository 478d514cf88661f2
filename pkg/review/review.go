// Package review compares several assessments of one person: whether more care
// is indicated than the person has now, the same, or less; what being ready for
// less still lacks; what changed since the last time; and when to look again.
//
// The level comes from the present answers alone, by package engine. What
// earlier assessments add can only keep a person where more is given: a
// missing answer, and an assessment that was never made, make nobody ready for
// less. The package reads no files, builds no text but that of problems, knows
// no question by its name and no clock: days are those of the assessments. It
// refuses assessments of which it cannot tell that they are one person's, in
// order, by rules that it knows.
package review

import (
	"sync"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Reviewer is a pack prepared for reviews. It serves any number of goroutines;
// a Course belongs to one.
type Reviewer struct {
	engine *engine.Engine
	pack   *pack.Pack

	tests    *engine.Conditions
	testAt   map[pack.Condition]int // position in tests
	decision sync.Pool              // of *engine.Decision
}

// CourseOptions are how a course is taken. The zero value is the strict one.
type CourseOptions struct {
	// AnyVersion takes assessments that were made with rules that are newer
	// than those in use, or of another major version, and warns of them.
	AnyVersion bool
}

// Options are what a review is told beside the assessments.
type Options struct {
	// Present is the level at which the person is cared for now; nil: as the
	// last earlier assessment says.
	Present *pack.Level
}

// NewReviewer prepares the pack of an engine. It fails where engine.Compile
// would: for conditions that were not read from a pack without errors.
func NewReviewer(e *engine.Engine) (*Reviewer, error) { panic("being written") }

// NewCourse takes the assessments of one person, the earliest first. It
// returns either the course, which has what is to be warned of, or every
// problem there is, in the order of the entries. Who reads many courses
// prepares a Reviewer once.
func NewCourse(e *engine.Engine, entries []Entry, opts CourseOptions) (*Course, []Problem) {
	panic("being written")
}

// NewCourse is as the function of this name.
func (r *Reviewer) NewCourse(entries []Entry, opts CourseOptions) (*Course, []Problem) {
	panic("being written")
}
