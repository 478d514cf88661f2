package review

import (
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Verdict is what a review comes to.
type Verdict int

// The verdicts, in the order of pack.Verdicts.
const (
	StepUp       Verdict = iota // more is indicated than the present level gives
	Continue                    // the same
	StepDown                    // less, and the person is ready for it
	Hold                        // less, and not yet ready: stay, with what is outstanding
	Undetermined                // missing answers leave it open; see Review.Outcomes
)

// String returns the verdict as pack.Verdicts spells it.
func (v Verdict) String() string { return pack.Verdicts()[v] }

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

// Review reviews the last assessment of the course. It fails if there is no
// earlier one, and with a *PresentError if nothing says where the person is.
func (c *Course) Review(opts Options) (*Review, error) { panic("being written") }

// PresentError says that nothing tells at which level the person is cared for
// now: the last earlier assessment records no placement, and its answers left
// the level open.
type PresentError struct {
	Before   *Assessment
	Possible []*pack.Level // that were possible for its answers then
}

// Error names the assessment and what to do.
func (e *PresentError) Error() string { panic("being written") }

// Present is the level at which the person is cared for now.
type Present struct {
	Level  *pack.Level
	Origin Origin // never OriginNone

	// Otherwise is the level that the earlier assessments say, where another
	// one was given; else nil.
	Otherwise *pack.Level
}

// Readiness is one step-down criterion of the present level.
type Readiness struct {
	Criterion *pack.Criterion
	State     engine.Truth // of its condition over the present answers
	Slots     []int        // the answers behind that; see engine.Finding
	Course    engine.Truth // of what it says about the course; True where it says nothing
}

// Ready reports whether the criterion stands in the way of a step down no more.
// A course that is unknown does not: it can only take readiness away.
func (r *Readiness) Ready() bool { panic("being written") }

// Outstanding returns the step-down criteria that are not ready: first those of
// which it is known, then those of which it is not known for missing answers.
func (r *Review) Outstanding() (not, unknown []Readiness) { panic("being written") }

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

// Seen returns the signs that are seen.
func (r *Review) Seen() []SignFinding { panic("being written") }

// Here is what the present answers say of where the person is now, by the
// levels' Here.
type Here struct {
	Levels    []*pack.Level // that they say, lowest first
	Otherwise bool          // they say another level than the present one, or that it is not that
}
