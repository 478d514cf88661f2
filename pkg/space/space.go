// Package space holds the whole space of answers at once: conditions become
// reduced ordered decision diagrams over everything that is still open, and a
// question about all combinations of answers, however many, becomes a walk
// over a few nodes. What it says is exact: sets, counts, examples.
//
// A variable's values are joined to what the conditions can tell apart. The
// total of an instrument and the sum of a score are built by dynamic
// programming over what they add up. Equal functions are the same node, so
// that proving an equality is comparing two numbers.
//
// It knows conditions and no criteria, and refuses to go on beyond its budget:
// a space that would become too large is an error, never an approximation.
package space

import (
	"errors"
	"fmt"
	"math/big"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// ErrTooLarge says that a space does not fit into its budget.
var ErrTooLarge = errors.New("too many combinations to tell apart")

// DefaultNodes is a budget that most packs keep far below: about 100 MB.
const DefaultNodes = 2_000_000

// Options say what a space is about.
type Options struct {
	// Conditions are all that will be asked about. They decide which
	// variables there are, and how finely they are cut.
	Conditions []pack.Condition
	// Known are the answers that are given. Nil: none. Values outside of
	// their domain count as missing, as they do for the engine.
	Known pack.Answers
	// Nodes is the budget, DefaultNodes if it is 0.
	Nodes int
}

// Space is the set of all completions of some answers. It belongs to one
// goroutine, and so do its nodes.
type Space struct {
	pack      *pack.Pack
	known     pack.Answers
	uses      *uses
	variables []Variable
	d         *diagram

	valueAt  []int32          // by slot: the variable of its value, or none
	restAt   []int32          // by an instrument's slot: the variable of its rest, or none
	chosenAt map[[2]int]int32 // by slot and option
	free     *big.Int         // ways to answer what no variable stands for

	conditions map[pack.Condition]Node
	named      map[*pack.NamedCondition]Node
	guard      Node
	better     []int // by variable: its mildest class
}

const none = -1

// New prepares a space. The error wraps ErrTooLarge if the domains alone do
// not fit; other errors say which condition is no question about answers: one
// that tests whether something is answered, refers to itself, or tests what
// the pack does not have.
func New(p *pack.Pack, opts Options) (*Space, error) {
	s := &Space{pack: p, known: clean(p, opts.Known), chosenAt: map[[2]int]int32{}, free: big.NewInt(1),
		conditions: map[pack.Condition]Node{}, named: map[*pack.NamedCondition]Node{}}
	var err error
	if s.uses, err = findUses(p, opts.Conditions); err != nil {
		return nil, err
	}
	if err = s.findVariables(); err != nil {
		return nil, err
	}
	arity := make([]int32, len(s.variables))
	for i := range s.variables {
		arity[i] = int32(len(s.variables[i].Classes))
		s.better = append(s.better, s.variables[i].Best)
	}
	limit := opts.Nodes
	if limit == 0 {
		limit = DefaultNodes
	}
	s.d = newDiagram(arity, limit)
	s.guard = s.agreement()
	return s, s.Err()
}

// Err returns an error that wraps ErrTooLarge once the budget was exceeded.
// All that was computed since is void: look here before using any result.
func (s *Space) Err() error {
	if s.d.full {
		return fmt.Errorf("%w: more than %d nodes for %d variables", ErrTooLarge, s.d.limit, len(s.variables))
	}
	return nil
}

// Pack returns the pack whose answers the space is about.
func (s *Space) Pack() *pack.Pack { return s.pack }

// Variables returns the variables in their order. They must not be changed.
func (s *Space) Variables() []Variable { return s.variables }

// Nodes returns how many nodes the space holds.
func (s *Space) Nodes() int { return len(s.d.variable) }

// Guard is true where the combination of classes can be: a given total and
// the items beside it agree. It is True unless a total was given without all
// of its items and some condition tests one of those.
func (s *Space) Guard() Node { return s.guard }

// clean returns a copy of a without values outside of their domain.
func clean(p *pack.Pack, a pack.Answers) pack.Answers {
	out := p.NewAnswers()
	if len(a) != len(out) {
		return out
	}
	for i, v := range a {
		if s := &p.Slots[i]; v >= s.Min && v <= s.Max {
			out[i] = v
		}
	}
	return out
}

// findVariables makes a variable of everything open that is tested.
func (s *Space) findVariables() error {
	s.valueAt, s.restAt = make([]int32, len(s.pack.Slots)), make([]int32, len(s.pack.Slots))
	for i := range s.pack.Slots {
		s.valueAt[i], s.restAt[i] = none, none
	}
	tested := orderQuestions(len(s.pack.Questions), s.uses.edges)
	for _, q := range tested {
		if err := s.addQuestion(s.pack.Questions[q]); err != nil {
			return err
		}
	}
	for i, q := range s.pack.Questions {
		if !slices.Contains(tested, i) {
			s.leaveFree(q)
		}
	}
	return nil
}

func (s *Space) addQuestion(q *pack.Question) error {
	switch {
	case q.Kind == pack.Multi:
		s.addOptions(q)
		return nil
	case len(q.Items) > 0:
		return s.addInstrument(q)
	}
	return s.addValue(q.Slot, false)
}

// leaveFree counts the ways to answer a question that nothing tests.
func (s *Space) leaveFree(q *pack.Question) {
	slots := []int{q.Slot}
	if len(q.Items) > 0 {
		if _, _, known := q.Total(s.known); known {
			return
		}
		slots = nil
		for _, it := range q.Items {
			slots = append(slots, it.Slot)
		}
	}
	for _, slot := range slots {
		s.multiply(slot)
	}
}

// multiply counts the values of a slot that is open and has no variable.
func (s *Space) multiply(slot int) {
	if !s.known[slot].Known() {
		size := big.NewInt(int64(s.pack.Slots[slot].Max - s.pack.Slots[slot].Min))
		s.free.Mul(s.free, size.Add(size, big.NewInt(1)))
	}
}

func (s *Space) addVariable(v Variable, lo, hi pack.Value) int32 {
	v.Best = v.mildest(lo, hi, s.uses.tests[v.Slot])
	s.variables = append(s.variables, v)
	return int32(len(s.variables) - 1)
}

func (s *Space) addOptions(q *pack.Question) {
	if s.known[q.Slot].Known() {
		return
	}
	for o := range q.Options {
		if s.uses.options[q.Slot]>>o&1 == 0 {
			s.free.Lsh(s.free, 1)
			continue
		}
		v := Variable{Kind: Chosen, Question: q, Slot: q.Slot, Option: o, Classes: []Class{
			{Values: []pack.Interval{{From: 0, To: 0}}, Count: big.NewInt(1)}, {Values: []pack.Interval{{From: 1, To: 1}}, Count: big.NewInt(1)}}}
		s.chosenAt[[2]int{q.Slot, o}] = s.addVariable(v, 0, 1)
	}
}

// addValue makes a variable of a slot; exactly, with a class for every value,
// since a total counts it.
func (s *Space) addValue(slot int, exactly bool) error {
	if s.known[slot].Known() {
		return nil
	}
	tests, terms, domain := s.uses.tests[slot], s.uses.summed[slot], s.pack.Slots[slot]
	v := Variable{Kind: Value, Question: domain.Question, Slot: slot}
	var starts []pack.Value
	for _, t := range tests {
		starts = appendStarts(starts, t.Ranges, 0)
	}
	err := v.cut(domain.Min, domain.Max, starts, exactly || len(terms) > 0, func(x pack.Value) string {
		var k key
		for _, t := range tests {
			k.flag(within(t.Ranges, x))
		}
		for _, t := range terms {
			k.number(s.contribution(t, x))
		}
		if exactly {
			k.number(x)
		}
		return string(k)
	})
	s.valueAt[slot] = s.addVariable(v, domain.Min, domain.Max)
	return err
}

func appendStarts(starts []pack.Value, ranges []pack.Interval, less pack.Value) []pack.Value {
	for _, r := range ranges {
		starts = append(starts, r.From-less, r.To+1-less)
	}
	return starts
}

func within(ranges []pack.Interval, x pack.Value) bool {
	for _, r := range ranges {
		if r.From <= x && x <= r.To {
			return true
		}
	}
	return false
}

// contribution is what an answer adds to a score by one of its terms.
func (s *Space) contribution(t *pack.Term, x pack.Value) pack.Value {
	if t.Weights != nil {
		return t.Weights[x-s.pack.Slots[t.Slot].Min]
	}
	return x * t.Factor
}
