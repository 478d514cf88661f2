// Package pack is the domain in plain values: levels of care, questions,
// criteria, conditions, sources and answers; and the strict reading of it from
// YAML, which returns what could be read together with every problem found.
//
// It knows what a pack says and refuses to decide anything with it: that is
// package engine.
package pack

import "github.com/carelevel/carelevel/pkg/diag"

// Pack is one set of rules: what is asked, what the levels are, what argues
// for them, and where that stands.
type Pack struct {
	ID          string
	Version     string // semantic version, such as "1.0.0"
	Hash        string // "sha256:" and 64 hex digits over the rule files, without tests
	Title       string
	Description string
	Population  string      // whom the rules are about
	IntendedUse string      // who may use them, for what
	Limits      []Statement // what the rules cannot do, said in every report

	Levels     []*Level          // least to most intensive; the first is the base
	Sections   []*Section        // in the order of the interview
	Questions  []*Question       // in the order of the interview
	Slots      []Slot            // the places of an Answers value
	Scores     []*Score          // in the order of definition
	Conditions []*NamedCondition // in the order of definition
	Services   []*Service        // in the order of definition
	Notes      []*Note           // warnings, contradictions and barriers, in the order of definition
	Sources    []*Source         // in the order of definition
	Guarantees []*Guarantee      // in the order of definition
	Allows     []Allow           // warnings about the pack that may stand, in the order of writing
	Profiles   []*Profile        // named starting points of the tests
	Tests      []*Test           // the pack's own cases; empty unless they were asked for
	Courses    []*CourseTest     // its cases over time; likewise

	At diag.Span // of the pack's id
}

// Statement is a sentence of a pack, with the sources it stands on.
type Statement struct {
	Text    string
	Sources []*Source
	At      diag.Span
}

// Source is where a criterion or a statement comes from.
type Source struct {
	ID    string
	Title string
	URL   string // may be empty
	Date  string // as the source gives it, may be empty
	Note  string // how it was used, may be empty
	At    diag.Span
}

// Level is one level of care.
type Level struct {
	ID      string
	Index   int    // position in Pack.Levels, 0 is the base
	Title   string // "Intensive outpatient program"
	Short   string // "IOP"; the title where the pack gives none
	Summary string // one or two sentences

	// Action says what to do when the level is recommended; for a referral,
	// to whom; for an emergency, at once.
	Action    string
	Referral  bool // provided elsewhere: the pack is not about choosing its programme
	Emergency bool // the interview stops as soon as it is reached

	Care          Care
	Suits         []Statement // who it is for
	Objectives    []Objective // what it aims at
	Agree         []Statement // what to settle together with the person
	Team          []Statement // who provides it
	Documentation []Statement // what the record has to show
	Services      []*Service  // what it consists of; which fit the answers is the engine's to say

	Indications  []*Criterion // each that holds argues for at least this level
	Requirements []*Criterion // must hold to be admitted; never move the recommendation
	Supports     []*Criterion // facts in favour, for the explanation only
	StepDown     []*Criterion // readiness to leave for a lower level
	StepUp       []*Sign      // what argues for looking again sooner; never moves the recommendation

	// Here holds of answers that say that the person is at this level now; nil
	// where the pack has no such answer. A review warns where the record says
	// otherwise.
	Here Condition
	Due  []Due // what is to be written or signed again at intervals

	Sources []*Source // of the description
	At      diag.Span
}

// Care is the dose of a level. A zero Range is not stated.
type Care struct {
	HoursPerWeek   Range
	DaysPerWeek    Range
	SessionMinutes Range  // one session or one day's programme
	StayDays       Range  // usual length of stay
	ReviewDays     Range  // review after so many days, at the latest
	Setting        string // "at home, programme during the day"
}

// Range is a closed interval of numbers as a pack states them.
type Range struct{ From, To float64 }

// IsZero reports whether the range is not stated.
func (r Range) IsZero() bool { return r == Range{} }

// CriterionKind says what a criterion does.
type CriterionKind int

// The kinds of criteria, in the order in which a level lists them.
const (
	Indication CriterionKind = iota
	Requirement
	Support
	StepDown
)

// String returns the kind as the rule language spells a single one:
// "indication", "requirement", "support" or "step_down".
func (k CriterionKind) String() string {
	return [...]string{"indication", "requirement", "support", "step_down"}[k]
}

// Criterion is one condition of a level, with its reason and its sources.
type Criterion struct {
	ID        string // unique within the pack
	Kind      CriterionKind
	Level     *Level
	When      Condition
	Course    Course // step-down only, may be nil: where it is false, the earlier assessments speak against being ready
	Because   string // why it matters; required for all but requirements
	Otherwise string // requirements only: what to do when it is not met or unknown
	Sources   []*Source
	At        diag.Span // of the id
}

// NamedCondition is a condition that others refer to by its id.
type NamedCondition struct {
	ID    string
	Title string // how it reads in a sentence: "impairment in at least two areas"
	When  Condition
	At    diag.Span
}

// Evidence is how well a service is supported.
type Evidence int

// The degrees of evidence.
const (
	EvidenceUnstated Evidence = iota
	EvidenceStrong
	EvidenceModerate
	EvidenceLimited
	EvidenceLittle // offered in places, with little evidence: said wherever it is shown
)

// String returns the degree as the rule language spells it, "" if unstated.
func (e Evidence) String() string {
	return [...]string{"", "strong", "moderate", "limited", "little"}[e]
}

// Service is something that levels offer: a therapy, a group, a check.
type Service struct {
	ID       string
	Title    string
	Detail   string    // one sentence, may be empty
	When     Condition // suggested when it holds; nil: part of the level for everybody
	Because  string    // why it fits those answers; required with When
	Evidence Evidence
	Sources  []*Source
	At       diag.Span
}

// NoteKind says what a note is about.
type NoteKind int

// The kinds of notes. None of them moves the recommendation.
const (
	Warning       NoteKind = iota // something that must be looked at
	Contradiction                 // answers that do not go together
	Barrier                       // something in the way of taking part, to be solved
)

// String returns "warning", "contradiction" or "barrier".
func (k NoteKind) String() string {
	return [...]string{"warning", "contradiction", "barrier"}[k]
}

// Note is a text that some answers call for.
type Note struct {
	ID      string
	Kind    NoteKind
	When    Condition
	Because string      // what it says
	Try     []Statement // what could be done about it
	Sources []*Source
	At      diag.Span
}

// Guarantee is a sentence about all answers: whenever a condition holds, the
// level is at least, or at most, a given one.
type Guarantee struct {
	ID       string
	Whenever Condition
	AtLeast  *Level // nil if not stated
	AtMost   *Level // nil if not stated
	Because  string
	Sources  []*Source
	At       diag.Span
}

// Profile is a named set of answers that tests start from.
type Profile struct {
	ID      string
	Answers Answers
	At      diag.Span
}

// Test is one case of the pack: answers, and what must come of them.
type Test struct {
	Name    string
	Skip    string  // why it is not run; empty: it is
	Answers Answers // the profile's, with the test's own laid over
	Expect  Expect
	At      diag.Span
}

// Expect is what a test wants; what is nil or empty is not looked at.
type Expect struct {
	Level        *Level   // determined, at this level
	Possible     []*Level // exactly these, lowest first
	Holds        []*Criterion
	HoldsNot     []*Criterion
	Requirements map[*Criterion]string // "met", "not_met" or "unknown"
	Services     []*Service            // suggested
	ServicesNot  []*Service            // not suggested
	Notes        []*Note               // shown
	NotesNot     []*Note               // not shown
	Asks         []*Question           // the level hangs on them
	AsksNot      []*Question           // it does not
	Next         *Question             // to be asked next
}
