// Package verify proves statements about a pack over all combinations of
// answers, or refutes them: that every level can be reached, that nothing in
// the pack is dead or without effect, that worse answers never lead to less,
// that leaving answers out never does, and that the pack's own guarantees
// hold. What it says is exact, and comes with answers that show it.
//
// It looks at the whole space of complete answers by package space, and holds
// each of its examples against the engine before it says anything. It refuses
// to sample and to guess: what does not fit into its budget is not decided. It
// does not look at conditions that ask whether something is answered, which is
// no question about complete answers, and says where it left one out.
package verify

import (
	"math/big"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Status is what became of a statement.
type Status int

// The statuses.
const (
	Proved    Status = iota // it holds for all answers
	Refuted                 // it does not
	Remark                  // it does not, and that may be meant: worth a look
	Undecided               // deciding it would exceed the budget
)

// String returns "proved", "refuted", "remark" or "undecided".
func (s Status) String() string {
	return [...]string{"proved", "refuted", "remark", "undecided"}[s]
}

// Kind groups statements.
type Kind int

// The kinds of statements, in the order in which they are reported.
const (
	Levels         Kind = iota // each level is recommended for some answers
	Criteria                   // each criterion, note and service is shown for some answers
	Indications                // each indication decides for some answers
	Effects                    // each question, and each answer told apart, changes something
	Requirements               // each requirement can be met and can fail where its level is recommended
	Monotone                   // a worse answer never lowers the level
	MissingIsSafe              // items left out never lower the level
	Guarantees                 // the pack's own sentences about all answers
	StepDown                   // readiness to leave a level can come, and does not contradict its indications
	Contradictions             // answers that the pack says do not go together
	kinds          int  = iota
)

// String returns the kind's name in JSON.
func (k Kind) String() string {
	return [...]string{"levels", "criteria", "indications", "effects", "requirements", "monotone", "missing_is_safe",
		"guarantees", "step_down", "contradictions"}[k]
}

// Code names what was found, for good: programs may hang on it.
type Code string

// What can be found. The first ten and NotDecided fail, the others are remarks.
const (
	LevelUnreachable    Code = "level-unreachable"         // no answers lead to the level
	CriterionDead       Code = "criterion-dead"            // a criterion, note, service or guarantee never applies
	IndicationRedundant Code = "indication-redundant"      // an indication never changes the level
	QuestionNoEffect    Code = "question-without-effect"   // a question changes nothing that the pack says
	AnswerNoEffect      Code = "answer-without-effect"     // a condition tells answers apart, and nothing comes of it
	RequirementNever    Code = "requirement-never-met"     // nobody who is recommended the level meets it
	NotMonotone         Code = "worse-is-less"             // a worse answer lowers the level
	MissingUnsafe       Code = "missing-is-less"           // items left out lower the level
	GuaranteeBroken     Code = "guarantee-broken"          // answers break a sentence of the pack
	StepDownImpossible  Code = "step-down-impossible"      // nobody can ever be ready to leave the level
	NotDecided          Code = "not-decided"               // the budget did not suffice
	RequirementAlways   Code = "requirement-never-fails"   // everybody who is recommended the level meets it
	AnswersAlike        Code = "answers-alike"             // no condition tells some options apart
	StepDownIndicated   Code = "step-down-while-indicated" // ready to leave a level that is still indicated
	OnlyContradictory   Code = "only-in-contradiction"     // holds only in answers that the pack calls contradictory
)

// Report is what was found out about a pack.
type Report struct {
	Pack   *pack.Pack
	Size   *big.Int   // ways to answer all questions, the items of instruments one by one; nil if undecided
	Shares []*big.Int // how many of them lead to each level, by its index; nil if undecided
	Proofs []Proof    // by kind, and within a kind in the order of the pack

	Contradictory *big.Int // how many of them the pack calls contradictory; nil if undecided or if it names none
	LeftOut       []Part   // what asks whether something is answered, and is not looked at
}

// OK reports whether nothing is refuted or undecided.
func (r *Report) OK() bool {
	return r.Count(Refuted)+r.Count(Undecided) == 0
}

// Count returns how many statements have a status.
func (r *Report) Count(s Status) int {
	n := 0
	for i := range r.Proofs {
		if r.Proofs[i].Status == s {
			n++
		}
	}
	return n
}

// Part is something in a pack that a statement is about. All but one of its
// pointers are nil; a Criterion comes with its Level.
type Part struct {
	Level     *pack.Level
	Criterion *pack.Criterion
	Service   *pack.Service
	Note      *pack.Note
	Guarantee *pack.Guarantee
	Question  *pack.Question
}

// Proof is one statement and what became of it.
type Proof struct {
	ID     string // unique in the report, and fit for a file's name: "monotone-coping"
	Kind   Kind
	Status Status
	Code   Code // what was found; empty if nothing was
	About  Part
	At     diag.Span

	// Instruments are those of which items are left out, of MissingIsSafe.
	Instruments []*pack.Question

	// Values are answers that nothing tells apart: of AnswerNoEffect those on
	// the two sides of the line that is drawn, of AnswersAlike one group after
	// the other.
	Values []Alike

	From, To *pack.Level       // of a broken promise: the level that was due, and the one that comes instead
	By       []*pack.Criterion // what covers, enforces or contradicts it
	Only     []*pack.Note      // the contradictions without which it would not be so
	Count    *big.Int          // of how many combinations it is true, or what was found is; nil if not counted
	Witness  []Witness         // none, one, or a pair that differs in as little as can be
	Why      string            // not decided because
}

// Alike are answers to one slot that are not told apart: values, or options of
// a multiple choice.
type Alike struct {
	Slot    int
	Values  []pack.Interval
	Options pack.Value // a bit per option, for a multiple choice
}

// Witness are answers that show what a proof says.
type Witness struct {
	Name    string // of a file, without its extension
	Answers pack.Answers
	Levels  []*pack.Level // the possible ones, lowest first
}

// DefaultNodes is the budget of a run: about 100 MB, and some seconds at worst.
const DefaultNodes = 2_000_000

// Options say how a pack is looked at.
type Options struct {
	// Nodes is the budget of the run, in nodes of decision diagrams;
	// DefaultNodes if it is 0. Statements that it does not suffice for are
	// undecided.
	Nodes int
}
