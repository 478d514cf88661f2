package pack

import "github.com/carelevel/carelevel/pkg/diag"

// Section groups questions under a heading, in the order of the interview.
type Section struct {
	ID        string
	Title     string
	Help      string
	Questions []*Question
	At        diag.Span
}

// Kind says what answers a question takes.
type Kind int

// The kinds of questions.
const (
	YesNo      Kind = iota
	Scale           // one of Options, ordered from best to worst
	Choice          // one of Options, without order
	Multi           // any of Options, or none of them
	Number          // a number with bounds and unit
	Instrument      // a scored questionnaire: its items, or its total
)

// String returns the kind as the rule language spells it.
func (k Kind) String() string {
	return [...]string{"yes_no", "scale", "choice", "multi", "number", "instrument"}[k]
}

// Worse is the direction in which an answer argues for more care, if it does.
// A scale's is always WorseHigher, since it is written from best to worst, and
// a choice has none.
type Worse int

// The directions. For yes/no, higher is yes; for a multiple choice, higher is
// one option more.
const (
	WorseNeither Worse = iota
	WorseHigher
	WorseLower
)

// Question is one thing that is asked.
type Question struct {
	ID      string
	Index   int // position in Pack.Questions
	Slot    int // its place in Answers; an instrument's total
	Section *Section
	Kind    Kind
	Name    string // short noun for sentences, "suicide risk"; empty where the pack gives none, see Noun
	Ask     string // the question, as it is put to the clinician
	Help    string
	Worse   Worse

	Options []Option // scale, choice and multi (at most 62)

	// Min and Max bound the answer, inclusive, and for an instrument its
	// total. They are in units of 10^-Decimals, as every Value of a number is.
	Min, Max Value
	Decimals int    // digits after the point, 0 to 3
	Unit     string // "days"; may be empty

	Items  []Item   // an instrument's, empty if it can only be given as a total
	Grades []Option // the answers of every item, worth 0, 1, 2, …
	Bands  []Band   // an instrument's named intervals of the total, may be empty
	Fill   Fill     // how an instrument's total stands in for missing items

	// Over time: 0 where the source gives none.
	ReliableChange int         // points
	Remission      int         // a total below this
	Milestones     []Milestone // by weeks

	AskAnew bool // review asks it again rather than confirm the last answer
	Sources []*Source
	At      diag.Span
}

// Option is one of the answers that a question offers.
type Option struct {
	ID    string
	Label string
	Help  string
	At    diag.Span
}

// Item is one question of an instrument.
type Item struct {
	ID   string // the instrument's id, "_", and its number from 1: phq9_3
	Slot int
	Text string
	At   diag.Span
}

// Band is a named interval of a total or a score, bounds included.
type Band struct {
	ID, Label string
	From, To  Value
	At        diag.Span
}

// Fill says how many missing items of an instrument are filled with the mean
// of those answered, and which never are. If more are missing, or one of
// Never, there is no total.
type Fill struct {
	AtMost int
	Never  []int // positions in Items, from 0
}

// Score is a named sum over answers.
type Score struct {
	ID       string
	Index    int // position in Pack.Scores
	Title    string
	Terms    []Term
	Min, Max Value // what the sum can reach
	Bands    []Band
	Sources  []*Source
	At       diag.Span
}

// Term is one summand of a score: Weights[v-min] for a yes/no, scale or choice
// answer, the sum of the selected options' weights for a multiple choice, and
// Factor times the value for numbers, instruments and items.
type Term struct {
	Slot    int
	Weights []Value // per option; yes/no: no, yes. Nil for numbers
	Factor  Value
	At      diag.Span
}

// Slot is one place of an Answers value: a question's, or an instrument's
// item's. A question's slot comes right before those of its items.
type Slot struct {
	ID       string
	Question *Question
	Item     int // position in Question.Items, or -1 for the question itself
	Min, Max Value
}

// IsItem reports whether the slot belongs to an item of an instrument.
func (s Slot) IsItem() bool { return s.Item >= 0 }

// Slots returns the places of the question's answers: its own and, of an
// instrument, those of its items.
func (q *Question) Slots() []int {
	slots := []int{q.Slot}
	for _, it := range q.Items {
		slots = append(slots, it.Slot)
	}
	return slots
}
