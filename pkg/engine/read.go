package engine

import "github.com/carelevel/carelevel/pkg/pack"

// Reading is what becomes of a condition under some answers, and the answers
// that made it so, as in a Finding.
type Reading struct {
	State Truth
	Slots []int
}

// Read returns what becomes of conditions under a, in their order: of those
// that decide nothing and are no rules of an engine, such as whom an objective
// is for. No condition at all is true. The answers are read as Decide reads
// them.
//
// It prepares the conditions each time, in some microseconds: who asks the same
// of a million answers wants Compile. It fails where Compile would, for
// conditions that were not read from a pack without errors.
func Read(p *pack.Pack, a pack.Answers, conditions ...pack.Condition) ([]Reading, error) {
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
	j := newJustifier(e, e.clean(a))
	var out []Reading
	for i := range e.rules {
		state, slots := j.rule(i)
		out = append(out, Reading{state, slots})
	}
	return out, nil
}
