package engine

import "github.com/carelevel/carelevel/pkg/pack"

// Truth is one of Kleene's three values.
type Truth uint8

// The truth values.
const (
	False Truth = iota
	Unknown
	True
)

// String returns "false", "unknown" or "true".
func (t Truth) String() string { return [...]string{"false", "unknown", "true"}[t] }

// Recommendation is what a pack says about one person's answers, in full. It
// is plain data that points into the pack, and no text is built for it.
type Recommendation struct {
	Pack    *pack.Pack
	Answers pack.Answers

	Level    *pack.Level   // nil while undetermined
	Possible []*pack.Level // that missing answers could still lead to, lowest first; never empty

	// Bounds says that there is too much open to look at every completion:
	// Possible and Deciding leave nothing out, but may name a level or a
	// question that no completion leads to.
	Bounds bool

	Indications  []Finding // those that hold, at every level, the most intensive first
	OneOf        []Finding // unknown ones of which at least one holds, whatever the missing answers are, where that is why no lower level is possible
	Open         []Finding // indications above the least possible level that are unknown, the most intensive first
	Requirements []Finding // of every possible level, lowest first, in the pack's order, in every state
	Supports     []Finding // of every possible level: those that hold
	StepDown     []Finding // of every possible level, in every state
	Services     []Offer   // of every possible level, in the pack's order
	Notes        []Remark  // those that hold, in the pack's order
	Filled       []Filled  // instruments whose totals stand in for missing items

	Deciding []*pack.Question // unanswered ones on which the level can still depend, in the order of the interview
	Next     *pack.Question   // the one to ask next; nil if none is deciding
}

// Finding is a criterion, what became of it, and the answers that made it so.
type Finding struct {
	Criterion *pack.Criterion
	State     Truth
	Slots     []int // the answered slots behind a true or false state; the missing ones behind an unknown one; in slot order
}

// Offer is a service of a level and whether the answers call for it.
type Offer struct {
	Service   *pack.Service
	Level     *pack.Level
	Suggested bool  // its condition holds, or it has none
	Slots     []int // the answers that call for it; empty without a condition
}

// Remark is a note that applies.
type Remark struct {
	Note  *pack.Note
	Slots []int // the answers that call for it
}

// Filled is an instrument's total that stands in for missing items.
type Filled struct {
	Question *pack.Question
	Total    pack.Value
	Items    int // how many were filled in
}
