package review

import "github.com/carelevel/carelevel/pkg/pack"

// Measure is the course of one instrument's total.
type Measure struct {
	Question *pack.Question
	Points   []Point // where there is a total, the earliest first; never empty

	// Now is the point of the last assessment; nil if it has no total, and then
	// there is nothing of what follows.
	Now       *Point
	SinceLast *Shift // against the point before; nil if there is none
	First     *Shift // against the first point; nil if that is the present one

	Response  bool // at most half of the first total, which was above 0
	Remission bool // below what the pack calls remission

	// Milestone is the last one that the weeks since the first assessment have
	// reached; nil if none. Behind says that the total is not below it.
	Milestone *pack.Milestone
	Behind    bool
	Weeks     int // whole weeks since the first assessment
}

// Point is a total at one assessment.
type Point struct {
	Assessment *Assessment
	Total      pack.Value
	Filled     int        // how many items were filled in
	Band       *pack.Band // that it lies in; nil if in none
}

// Shift is how far a total has moved.
type Shift struct {
	From     Point
	By       pack.Value // the present total less the one then
	Way      Way        // Better, Worse or, if the same or without direction, Other
	Reliable bool       // by at least what the pack calls a reliable change
}

// Measures returns the course of each instrument that has a total in it, in the
// order of the interview.
func (c *Course) Measures() []Measure { panic("being written") }
