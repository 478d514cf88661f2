package engine

import "github.com/carelevel/carelevel/pkg/pack"

// Conditions are conditions that decide nothing and are no rules of an engine,
// such as whom an objective is for, prepared for looking at the answers of
// many. They are never written to and serve any number of goroutines.
type Conditions struct {
	e *Engine // holds the conditions as its only rules
}

// NewConditions prepares conditions over the questions of p. No condition at
// all is true. It fails where Compile would, for conditions that were not read
// from a pack without errors.
func NewConditions(p *pack.Pack, conditions ...pack.Condition) (*Conditions, error) {
	if err := checkShape(p); err != nil {
		return nil, err
	}
	e := &Engine{pack: p, instruments: findInstruments(p), scores: prepareScores(p)}
	b := newPlanter(p, &e.tree)
	for _, c := range conditions {
		root := int32(noNode)
		if c != nil {
			var err error
			if root, err = b.plant(c); err != nil {
				return nil, err
			}
		}
		e.rules = append(e.rules, rule{root: root})
	}
	return &Conditions{e}, nil
}

// Under is what becomes of Conditions under one person's answers. It belongs to
// one goroutine.
type Under struct{ j *justifier }

// Under evaluates the conditions. The answers are read as Decide reads them.
func (c *Conditions) Under(a pack.Answers) Under { return Under{newJustifier(c.e, c.e.clean(a))} }

// State returns what becomes of the condition with this index.
func (u Under) State(i int) Truth {
	root := u.j.e.rules[i].root
	if root == noNode {
		return True
	}
	return u.j.truths[root]
}

// Slots returns the answered slots behind a true or false state and the missing
// ones behind an unknown one, in slot order.
func (u Under) Slots(i int) []int {
	_, slots := u.j.rule(i)
	return slots
}

// Reading is what becomes of a condition under some answers, and the answers
// that made it so, as in a Finding.
type Reading struct {
	State Truth
	Slots []int
}

// Read is NewConditions and Under for who looks once. It prepares the
// conditions each time, in some microseconds.
func Read(p *pack.Pack, a pack.Answers, conditions ...pack.Condition) ([]Reading, error) {
	c, err := NewConditions(p, conditions...)
	if err != nil {
		return nil, err
	}
	u := c.Under(a)
	var out []Reading
	for i := range conditions {
		out = append(out, Reading{u.State(i), u.Slots(i)})
	}
	return out, nil
}
