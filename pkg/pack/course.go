package pack

import "github.com/carelevel/carelevel/pkg/diag"

// Course is a statement about several assessments of one person: the present
// one, and those before it. Like a condition it is true, false or unknown. It
// is one of EachCourse, Held, Seen and Changed.
//
// It stands beside a condition and never in one: what decides the level is one
// set of answers, over which everything can be proved.
type Course interface {
	Span() diag.Span
	course()
}

// Joint says how many of several statements must hold.
type Joint int

// The joints, as in conditions.
const (
	JointAll Joint = iota
	JointAny
	JointNone
)

// String returns the joint as the rule language spells it.
func (j Joint) String() string { return [...]string{"all", "any", "none"}[j] }

// EachCourse holds if all, any or none of its statements do.
type EachCourse struct {
	Joint Joint
	Of    []Course
	At    diag.Span
}

// Held holds if the condition held at each of the last Times assessments, the
// present one included. It is unknown while fewer have been made, unless one of
// those made speaks against it.
type Held struct {
	When  Condition
	Times int // 1 to 20
	At    diag.Span
}

// Seen holds if the condition held at one of the assessments of the last
// WithinDays days, the present one included: day 14 before the present one
// still belongs to the last 14 days. Where none is known to speak for it, it is
// unknown as long as one of them might.
type Seen struct {
	When       Condition
	WithinDays int // 1 to 3660
	At         diag.Span
}

// Changed holds if an answer is better, or worse, than at an earlier assessment
// by at least so much. Without both answers it is unknown.
type Changed struct {
	Slot    int   // of a scale, in options; a number; an instrument's total; or an item
	Worse   bool  // worse by so much, else better by so much
	By      Value // above 0, in the slot's units; 0 where Percent says how much
	Percent int   // 1 to 100, of the earlier answer; 0 where By says how much
	Since   Since
	// WithinDays, with SinceWithin, is how far back the earlier assessments may
	// lie: it holds if it does against any of them. 1 to 3660.
	WithinDays int
	At         diag.Span
}

// Since says which earlier assessment an answer is compared with.
type Since int

// The assessments to compare with.
const (
	SinceFirst  Since = iota // the first one in which the question was answered
	SinceLast                // the one right before the present one
	SinceLevel               // the one at which the present level of care began
	SinceWithin              // any of the last WithinDays days
)

// String returns it as the rule language spells it; "" for SinceWithin, which
// is written as within_days.
func (s Since) String() string { return [...]string{"first", "last", "level", ""}[s] }

func (c *EachCourse) Span() diag.Span { return c.At }
func (c *Held) Span() diag.Span       { return c.At }
func (c *Seen) Span() diag.Span       { return c.At }
func (c *Changed) Span() diag.Span    { return c.At }

func (*EachCourse) course() {}
func (*Held) course()       {}
func (*Seen) course()       {}
func (*Changed) course()    {}

// WalkCourse calls visit for c and every statement below it, parents first.
func WalkCourse(c Course, visit func(Course)) {
	if c == nil {
		return
	}
	visit(c)
	if each, ok := c.(*EachCourse); ok {
		for _, of := range each.Of {
			WalkCourse(of, visit)
		}
	}
}

// Sign is something that argues, while the person is at a level, for looking
// again sooner and thinking about more care. It does not move the
// recommendation. At least one of When and Course is there; the sign is seen
// if what is there holds.
type Sign struct {
	ID      string // unique among criteria, notes and signs
	Level   *Level
	When    Condition // over the present answers; may be nil
	Course  Course    // over all assessments; may be nil
	Because string
	Sources []*Source
	At      diag.Span
}

// Due is something to be written or signed again and again while a person is
// at a level, such as a certification.
type Due struct {
	Text    string
	First   int // days after the level began, the first time
	Every   int // days after the time before, from then on
	Sources []*Source
	At      diag.Span
}

// Objective is what a level aims at, and by what it can be seen to be reached.
type Objective struct {
	Statement
	When Condition // whom it is for; nil: everybody
	// Targets are what is to be reached, each an In or Includes of a question's
	// slot; that none of the options of a multiple choice applies is the In of
	// 0. See TargetSlot.
	Targets []Condition
}

// Aims returns the objectives of a level as the statements that they are.
func (l *Level) Aims() []Statement {
	var all []Statement
	for _, o := range l.Objectives {
		all = append(all, o.Statement)
	}
	return all
}

// Milestone is the total below which an instrument is expected to be after so
// many weeks of treatment.
type Milestone struct {
	Weeks int
	Below Value
	At    diag.Span
}

// CourseTest is a case of the pack over time: one person's assessments, and
// what must come of each.
type CourseTest struct {
	Name  string
	Skip  string // why it is not run; empty: it is
	Steps []CourseStep
	At    diag.Span
}

// CourseStep is one assessment of a CourseTest.
type CourseStep struct {
	Day     int     // after the first step, which is day 0; ascending
	Placed  *Level  // where the person is cared for from then on; nil: as recommended
	Answers Answers // those of the step before, with the profile's and the step's own laid over
	Expect  Expect
	Review  ReviewExpect
	At      diag.Span
}

// ReviewExpect is what a review must say; what is empty is not looked at. The
// first step of a course has no review.
type ReviewExpect struct {
	Verdict        string // one of Verdicts
	To             *Level // where the verdict leads
	Outstanding    []*Criterion
	OutstandingNot []*Criterion
	Signs          []*Sign
	SignsNot       []*Sign
}

// Verdicts are what a review can come to, as the rule language and the results
// spell them: more is indicated than the present level gives; the same; less,
// and the person is ready for it; less, and not yet ready; the answers leave
// it open.
func Verdicts() []string {
	return []string{"step_up", "continue", "step_down", "hold", "undetermined"}
}
