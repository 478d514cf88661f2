// Package compare says exactly how two packs differ: how many combinations of
// answers change level, from which to which, by which criteria, with a smallest
// example of each; what else was added, taken away or worded otherwise; and
// what that does to real assessments.
//
// Both packs are laid over one space of answers. What both ask is asked once:
// a question is the same if it has the same id and takes the same answers, and
// an answer is the same if one text gives it to both. Whatever only one of the
// packs asks or takes is said, and never matched by guessing: what looks like a
// new name is a hint. Examples are decided again by the engines of both packs
// before they are reported.
//
// Combinations are complete answers, in which the total of an instrument is what
// its items add up to; what differs only while answers are missing, such as how
// many missing items are filled in, is listed and in no figure. What is said
// over several assessments is compared as it is written, and in no figure
// either.
//
// It refuses to estimate: where the space is too large, there are no figures.
package compare

import (
	"errors"
	"fmt"
	"math/big"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// Side is one of the two packs.
type Side int

// The sides.
const (
	Old Side = iota
	New
)

// String returns "old" or "new".
func (s Side) String() string { return [...]string{"old", "new"}[s] }

// Options say how much work a comparison may be.
type Options struct {
	// Nodes bounds the decision diagrams, space.DefaultNodes if it is 0.
	Nodes int
}

// Difference is how two packs differ. It is plain data that points into the
// packs.
type Difference struct {
	Old, New *pack.Pack

	// Moves are the combinations of answers that change level. Nil if there
	// are too many to tell apart.
	Moves *Moves

	Header     []string         // what the packs say of themselves in other words: "title", "limits"
	Order      bool             // the levels that both have are in another order
	Base       bool             // another level is the base
	Levels     []LevelChange    // added, taken away or changed, in the order of New, then of Old
	Reordered  bool             // the questions that both ask are asked in another order
	Questions  []QuestionChange // added, taken away or changed, in the order of New, then of Old
	Entries    []EntryChange    // criteria and all else that has a condition or a text, likewise
	SameNumber bool             // the rules differ, but their version does not
}

// ErrTooLarge says that there are too many combinations to tell apart. It is
// space.ErrTooLarge.
var ErrTooLarge = space.ErrTooLarge

// Packs compares two packs, which must have been read without errors.
//
// An error that wraps ErrTooLarge says that there are too many
// combinations to tell apart; the Difference then holds all but Moves. With
// any other error there is none.
func Packs(old, new *pack.Pack, opts Options) (*Difference, error) {
	c, err := newComparison(old, new, opts)
	if err != nil {
		return nil, err
	}
	d := &Difference{Old: old, New: new, SameNumber: old.Hash != new.Hash && old.Version == new.Version && old.ID == new.ID}
	d.Header = headerChanges(old, new)
	d.Order, d.Base = c.order.conflict, old.Levels[0].ID != new.Levels[0].ID
	d.Levels = levelChanges(old, new)
	d.Reordered = reordered(questionIDs(old), questionIDs(new))
	d.Questions = c.questionChanges()
	d.Entries = c.entryChanges()
	moves, err := c.moves()
	if err != nil {
		return tooLarge(d, err)
	}
	d.Moves = moves
	c.addEffects(d)
	return d, nil
}

// Decides reports whether the packs differ in anything but words: in a level,
// a question or its answers, or in what becomes of a criterion, a service, a
// note or a guarantee.
func (d *Difference) Decides() bool {
	if d.Order || d.Base || d.Moves != nil && d.Moves.Changed.Sign() > 0 {
		return true
	}
	for i := range d.Levels {
		if d.Levels[i].Decides() {
			return true
		}
	}
	for i := range d.Questions {
		if d.Questions[i].Decides() {
			return true
		}
	}
	for i := range d.Entries {
		if d.Entries[i].Decides() {
			return true
		}
	}
	return false
}

// Same reports whether the packs do not differ at all in what they say. Tests
// and comments are not looked at.
func (d *Difference) Same() bool {
	return !d.Decides() && len(d.Header)+len(d.Levels)+len(d.Questions)+len(d.Entries) == 0 && !d.Reordered
}

// Share is a part of a whole.
type Share struct{ Part, Whole *big.Int }

// Float returns the share as a number from 0 to 1; 0 of nothing.
func (s Share) Float() float64 {
	if s.Whole == nil || s.Whole.Sign() == 0 {
		return 0
	}
	f, _ := new(big.Rat).SetFrac(s.Part, s.Whole).Float64()
	return f
}

// comparison is two packs on their way to a Difference.
type comparison struct {
	packs   [2]*pack.Pack
	engines [2]*engine.Engine
	joint   *joint
	order   *order
	pairs   []Cause // the indications of both, brought together; not counted yet
	opts    Options
}

var errLevels = errors.New("has no level, or more than 64")

func newComparison(old, new *pack.Pack, opts Options) (*comparison, error) {
	c := &comparison{packs: [2]*pack.Pack{old, new}, opts: opts}
	for s, p := range c.packs {
		if len(p.Levels) == 0 || len(p.Levels) > 64 {
			return nil, fmt.Errorf("the %v pack %w", Side(s), errLevels)
		}
		e, err := engine.Compile(p)
		if err != nil {
			return nil, fmt.Errorf("the %v pack: %w", Side(s), err)
		}
		c.engines[s] = e
	}
	c.joint = join(old, new)
	c.order = mergeOrders(levelIDs(old), levelIDs(new))
	c.pairs = pairIndications(c.packs)
	return c, nil
}

func levelIDs(p *pack.Pack) []string {
	var ids []string
	for _, l := range p.Levels {
		ids = append(ids, l.ID)
	}
	return ids
}

func questionIDs(p *pack.Pack) []string {
	var ids []string
	for _, q := range p.Questions {
		ids = append(ids, q.ID)
	}
	return ids
}
