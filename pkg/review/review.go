// Package review compares several assessments of one person: whether more care
// is indicated than the person has now, the same, or less; what being ready for
// less still lacks; what changed since the last time; and when to look again.
//
// The level comes from the present answers alone, by package engine. What
// earlier assessments add can only keep a person where more is given; where they
// are silent they add nothing. A present answer that is missing makes nobody
// ready for less. The package reads no files, builds no text but that of problems, knows
// no question by its name and no clock: days are those of the assessments. It
// refuses assessments of which it cannot tell that they are one person's, in
// order, by rules that it knows.
package review

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Review is the last assessment of a course held against the earlier ones.
type Review struct {
	Course *Course
	Now    *Assessment // the one that is reviewed
	Before *Assessment // the one right before

	Present  Present       // where the person is cared for now
	Possible []*pack.Level // for the present answers, lowest first; a single one is recommended
	Bounds   bool          // as engine.Recommendation.Bounds: Possible, and with it Outcomes, may name too much

	Verdict  Verdict
	Outcomes []Verdict // that missing answers leave open, in the order of Verdict; never empty; a single one is the verdict

	// To is where the verdict leads. To hold and to continue lead to the present
	// level. Where more than one level is possible, a step up leads at least to
	// To, the lowest of them, and a step down at most down to To, the highest.
	// Undetermined leads to the present level if all outcomes do, and is else
	// nil.
	To *pack.Level

	Readiness []Readiness   // the step-down criteria of the present level, in the pack's order, whatever the verdict
	Signs     []SignFinding // the step-up signs of the present level, in the pack's order
	Here      Here          // what the answers say of where the person is

	Changed  []Change          // answers that are not as before, in slot order
	Came     []*pack.Criterion // indications that hold now and did not before, the highest level first
	Went     []*pack.Criterion // that held before and do not any more
	Open     []*pack.Criterion // that held before and of which missing answers leave open whether they do
	Measures []Measure         // one for each instrument with a total in the course

	Stay Stay
	Gap  *Gap  // nil: the follow-up was in time, or nothing says when it should have been
	Next *Next // nil: the level to come names no days
	Due  []DueDate
}

// Present is the level at which the person is cared for now.
type Present struct {
	Level  *pack.Level
	Origin Origin // never OriginNone

	// Otherwise is the level that the earlier assessments say, where another
	// one was given; else nil.
	Otherwise *pack.Level
}

// PresentError says that nothing tells at which level the person is cared for
// now: the last earlier assessment records no placement, and its answers left
// the level open.
type PresentError struct {
	Before   *Assessment
	Possible []string // ids of the levels that were possible for its answers then, lowest first
}

// Error names the assessment and what to do.
func (e *PresentError) Error() string {
	return fmt.Sprintf("nothing says where the person is cared for now: %s, of %s, records no placement, and its answers left open %s; say which level it is with --at",
		diag.Clean(e.Before.Name), e.Before.Sheet.Date, strings.Join(e.Possible, " or "))
}

// Review reviews the last assessment of the course. It fails if there is no
// earlier one or the level given is none of the pack's, and with a
// *PresentError if nothing says where the person is.
func (c *Course) Review(opts Options) (*Review, error) {
	n := len(c.Assessments)
	if n < 2 {
		return nil, errors.New("a review holds an assessment against earlier ones, and there is none")
	}
	r := &Review{Course: c, Now: c.Assessments[n-1], Before: c.Assessments[n-2]}
	if err := r.present(opts.Present); err != nil {
		return nil, err
	}
	r.stay()
	r.readiness()
	r.signs()
	r.decide()
	r.here()
	r.dates()
	if !opts.Brief {
		r.tell()
	}
	return r, nil
}

// tell fills in what a brief review leaves out.
func (r *Review) tell() {
	for i := range r.Readiness {
		r.Readiness[i].Slots = r.Course.slots(r.Readiness[i].Criterion.When, r.Now.Index)
	}
	for i := range r.Signs {
		r.Signs[i].Slots = r.Course.slots(r.Signs[i].Sign.When, r.Now.Index)
	}
	r.Changed = r.Course.changes(r.Before.Index, r.Now.Index)
	r.CompareIndications()
	r.Measures = r.Course.Measures()
}

// present finds where the person is.
func (r *Review) present(given *pack.Level) error {
	switch {
	case given == nil && r.Before.Level == nil:
		return &PresentError{r.Before, r.Course.leftOpen(r.Before)}
	case given == nil:
		r.Present = Present{Level: r.Before.Level, Origin: r.Before.Origin}
	case !slices.Contains(r.Course.Reviewer.pack.Levels, given):
		return fmt.Errorf("level %s is none of the rules in use", quote(given.ID))
	default:
		r.Present = Present{Level: given, Origin: OriginGiven}
		if r.Before.Level != given {
			r.Present.Otherwise = r.Before.Level
		}
	}
	return nil
}

// leftOpen names the levels that were possible when an assessment was recorded,
// or are now if nothing was recorded.
func (c *Course) leftOpen(a *Assessment) []string {
	if then := a.Sheet.Recommended; then != nil && len(then.Levels) > 1 {
		return then.Levels
	}
	var ids []string
	levels, _ := c.Possible(a.Index)
	for _, l := range levels {
		ids = append(ids, l.ID)
	}
	return ids
}

// decide comes to the verdict.
func (r *Review) decide() {
	levels := r.Course.Reviewer.pack.Levels
	possible, exact := r.Course.reach(r.Now.Index)
	r.Possible, _ = r.Course.Possible(r.Now.Index)
	r.Bounds = !exact
	ready := !slices.ContainsFunc(r.Readiness, func(f Readiness) bool { return !f.Ready() })
	d := decide(slices.Index(levels, r.Present.Level), possible, ready)
	r.Verdict, r.Outcomes = d.verdict, d.outcomes
	if d.to != nowhere {
		r.To = levels[d.to]
	}
}

// Readiness is one step-down criterion of the present level.
type Readiness struct {
	Criterion *pack.Criterion
	State     engine.Truth // of its condition over the present answers
	Slots     []int        // the answers behind that; see engine.Finding
	Course    engine.Truth // of what it says about the course; True where it says nothing

	// CourseOpen says that the course, which is Unknown, could speak against it
	// once answers that are missing now are given.
	CourseOpen bool
}

// Ready reports whether the criterion does not stand in the way of a step down.
// The course can only take readiness away. Where it is unknown because earlier
// assessments do not show it, it does not: nobody can answer for them any more.
// Where present answers are missing it does, for a missing answer makes nobody
// ready.
func (f *Readiness) Ready() bool {
	return f.State == engine.True && f.Course != engine.False && !f.CourseOpen
}

// Unknown reports whether the criterion is not ready, but nothing that is known
// says so: present answers are missing.
func (f *Readiness) Unknown() bool {
	return !f.Ready() && f.State != engine.False && f.Course != engine.False
}

func (r *Review) readiness() {
	n, criteria := r.Now.Index, r.Present.Level.StepDown
	r.Readiness = make([]Readiness, 0, len(criteria))
	for _, c := range criteria {
		course := r.says(c.Course)
		r.Readiness = append(r.Readiness, Readiness{Criterion: c, State: r.Course.Holds(c.When, n),
			Course: course.is, CourseOpen: course.is == engine.Unknown && course.least == engine.False})
	}
}

// Outstanding returns the step-down criteria that are not ready: those of which
// it is known, and those of which it is not known for missing answers.
func (r *Review) Outstanding() (not, unknown []Readiness) {
	for _, f := range r.Readiness {
		switch {
		case f.Unknown():
			unknown = append(unknown, f)
		case !f.Ready():
			not = append(not, f)
		}
	}
	return not, unknown
}

// SignFinding is one step-up sign of the present level.
type SignFinding struct {
	Sign   *pack.Sign
	State  engine.Truth // of both together
	When   engine.Truth // of its condition; True where it has none
	Course engine.Truth // of what it says about the course; True where it says nothing
	Slots  []int        // the answers behind When
}

// Seen reports whether the sign is seen.
func (s *SignFinding) Seen() bool { return s.State == engine.True }

func (r *Review) signs() {
	n := r.Now.Index
	for _, s := range r.Present.Level.StepUp {
		f := SignFinding{Sign: s, When: r.Course.Holds(s.When, n), Course: r.Says(s.Course)}
		f.State = min(f.When, f.Course)
		r.Signs = append(r.Signs, f)
	}
}

// Seen returns the signs that are seen.
func (r *Review) Seen() []SignFinding {
	var seen []SignFinding
	for _, s := range r.Signs {
		if s.Seen() {
			seen = append(seen, s)
		}
	}
	return seen
}

// Here is what the present answers say of where the person is now, by the
// levels' Here.
type Here struct {
	Levels    []*pack.Level // that they say, lowest first
	Otherwise bool          // they say another level than the present one, or that it is not that
}

func (r *Review) here() {
	for _, l := range r.Course.Reviewer.pack.Levels {
		if l.Here == nil {
			continue
		}
		state, present := r.Course.Holds(l.Here, r.Now.Index), l == r.Present.Level
		if state == engine.True {
			r.Here.Levels = append(r.Here.Levels, l)
		}
		if state == engine.True && !present || state == engine.False && present {
			r.Here.Otherwise = true
		}
	}
}
