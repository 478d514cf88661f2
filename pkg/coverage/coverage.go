// Package coverage says which of the things that a pack's rules tell apart its
// cases have tried, and writes the cases that are missing.
//
// What is to be tried are obligations: every rule and every part of its
// condition holding, failing and unknown; every part deciding alone; both
// sides of every threshold; every level, every option, every verdict from every
// level. What package space proves to be impossible is not asked for.
//
// It looks at answers alone. That a case expects the right thing of them, or
// anything at all, is for mutants to show and for people to say: it refuses to
// invent an expectation.
package coverage

import (
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// Kind is what an obligation asks for.
type Kind int

// The kinds. Holds, Fails and Unknown are asked for of each rule and of each leaf
// of its condition; of a rule that is one leaf, once.
const (
	Holds          Kind = iota // a case in which it is true
	Fails                      // a case in which it is false
	Unknown                    // a case in which missing answers leave it open
	DecidesHolding             // a leaf that is true, and its rule would be another if it alone were false
	DecidesFailing             // a leaf that is false, and its rule would be another if it alone were true
	Edge                       // a leaf's answer right at a threshold, or one step beyond it
	Alone                      // an indication that holds where no other argues for as much
	Level                      // a level, recommended
	Option                     // an option, chosen
	Verdict                    // a verdict of a review, from a level
	Sign                       // a step-up sign, seen in a review
)

// String returns the kind as results spell it.
func (k Kind) String() string {
	return [...]string{"holds", "fails", "unknown", "decides_holding", "decides_failing", "edge", "alone", "level", "option", "verdict", "sign"}[k]
}

// State is what became of an obligation.
type State int

// The states.
const (
	Missing    State = iota // no case does it
	Covered                 // some case does
	Impossible              // proved: no answers do
	Undecided               // no case does it, and it is not proved that there can be one
)

// String returns the state as results spell it.
func (s State) String() string {
	return [...]string{"missing", "covered", "impossible", "undecided"}[s]
}

// Obligation is one thing to be tried.
type Obligation struct {
	Kind     Kind
	Rule     *Rule          // nil for Level, Option, Verdict
	Leaf     *Leaf          // of the rule; nil: the rule as a whole
	Question *pack.Question // Option
	Level    *pack.Level    // Level; Verdict: where the person is
	Value    pack.Value     // Edge: the answer; Option: its position, of a multiple choice -1 for none of them
	Verdict  string         // Verdict: one of pack.Verdicts
	At       diag.Span

	State State
	By    string // the name of the first case that does it

	leaf int // of Rule.Leaves, or -1
}

// Rule is something with a condition: a criterion, a note, a service, a sign,
// or a named condition that one of them uses. A named condition is a rule of
// its own: what uses it sees one leaf.
type Rule struct {
	ID        string
	Kind      string // "indication", "warning", "service", "sign", "condition", …
	At        diag.Span
	When      pack.Condition
	Leaves    []*Leaf // in the order of writing
	Criterion *pack.Criterion
	Note      *pack.Note
	Service   *pack.Service

	tree  tree
	first int // of its conditions in the prepared ones: its own, then its leaves'
}

// Leaf is a test of an answer, or a reference to a named condition, at its
// place in a rule.
type Leaf struct {
	Rule      *Rule
	Condition pack.Condition // In, Includes, Answered or Ref
	At        diag.Span
}

// Case is what a case of the pack tries.
type Case struct {
	Name    string
	Answers []pack.Answers // of a case over time, those of each step
	Reviews []*review.Review
}

// Report is the coverage of a pack.
type Report struct {
	Pack        *pack.Pack
	Rules       []*Rule
	Obligations []*Obligation // in the order of the pack
	Cases       int

	model *model
}

// Counts are how many obligations there are.
type Counts struct{ Covered, Reachable, Impossible, Undecided int }

// Run finds the coverage of e's pack by cases. It fails for a pack whose
// conditions were not read without errors.
func Run(e *engine.Engine, cases []Case) (*Report, error) {
	m, err := newModel(e)
	if err != nil {
		return nil, err
	}
	for _, c := range cases {
		for _, a := range c.Answers {
			m.cover(m.look(a), c.Name)
		}
		for _, r := range c.Reviews {
			m.cover(m.lookReview(r), c.Name)
		}
	}
	m.prove()
	return &Report{Pack: e.Pack(), Rules: m.rules, Obligations: m.obligations, Cases: len(cases), model: m}, nil
}

// Count counts the obligations that a filter keeps; nil keeps all. What cannot
// be is not among the reachable; what is undecided is.
func (r *Report) Count(keep func(*Obligation) bool) (n Counts) {
	for _, o := range r.Obligations {
		if keep != nil && !keep(o) {
			continue
		}
		if o.State == Impossible {
			n.Impossible++
			continue
		}
		n.Reachable++
		switch o.State {
		case Covered:
			n.Covered++
		case Undecided:
			n.Undecided++
		}
	}
	return n
}

// Reaches reports whether at least so many percent of the reachable are
// covered; of nothing all is.
func (n Counts) Reaches(percent float64) bool {
	return float64(n.Covered)*100 >= percent*float64(n.Reachable)
}

// Percent is the share of the reachable that is covered, in tenths of a percent,
// rounded down: 1000 is all of it and nothing less.
func (n Counts) Percent() int {
	if n.Reachable == 0 {
		return 1000
	}
	return n.Covered * 1000 / n.Reachable
}
