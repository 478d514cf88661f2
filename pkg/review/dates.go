package review

import "github.com/carelevel/carelevel/pkg/pack"

// Stay is how long the person has been at the present level.
type Stay struct {
	// Known says that the earlier assessments tell when the level began.
	Known bool
	Began int         // the day: of the placement, else of the assessment
	At    *Assessment // of the course, with which it began
	Days  int         // from Began to the present assessment

	// Open says that after an assessment in between nothing tells where the
	// person was; the stay is counted through it.
	Open bool

	Usual pack.Range // days; the level's; may be zero
}

// Gap is a follow-up that came later than the level asks for.
type Gap struct {
	Days   int         // since the assessment before
	Latest int         // days after which a review was due at the latest
	Over   int         // Days less Latest, above 0
	Level  *pack.Level // whose review days they are: where the person was then
}

// Next is when to look again.
type Next struct {
	Level *pack.Level // whose review days they are
	Days  int         // from the present assessment
	Day   int
	Early bool // at the early end of the level's review days: a sign is seen, or the person is held, or it is open where to
}

// DueDate is something to be written or signed, and when.
type DueDate struct {
	Due   *pack.Due
	Level *pack.Level
	Known bool  // whether it is known when the level began
	Began int   // the day from which it counts
	Came  []int // days on which it fell due after the assessment before and before the present one: nothing says whether it was done
	Next  int   // the day on which it is due next, the present one or later; 0 where the level ends now or Known is false
}
