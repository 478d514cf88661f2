// Package engine turns a pack and one person's answers into a recommendation.
//
// A pack is compiled once. Deciding is then pure and deterministic, and one
// engine serves any number of goroutines. The logic is Kleene's strong one
// with three values: a condition over missing answers is unknown unless the
// answers that are there settle it. The highest level with an indication that
// holds is a lower bound, and every higher level with an unknown indication an
// upper one; where they leave more than one level open, package space looks at
// all completions, and what is said of them is exact.
//
// The package decides and says which answers did it. It refuses to guess a
// missing answer, to build text, and to know any question by its name.
package engine

import "github.com/carelevel/carelevel/pkg/pack"

// Engine is a compiled pack. It is never written to after Compile, but for what
// is made once when it is first asked for.
type Engine struct {
	pack     *pack.Pack
	criteria []*pack.Criterion // as pack.Criteria yields them
	rules    []rule            // criteria, then services, then notes
	index    map[*pack.Criterion]int

	required [][]required // by level

	tree        tree
	instruments []instrument
	scores      []score
	inputs      inputs
	terms       []term // by number
	layout      layout
	hot         *table       // what Decide computes
	notes, cold *table       // what is computed when it is asked for
	nothing     pack.Answers // as many missing ones as there are slots
	budget      int          // of nodes, for one outlook
	whole       *whole
}

// rule is anything with a condition: a criterion, a service or a note.
type rule struct {
	root     int32 // its node in the tree, or noNode if it always holds
	from, to int32 // its terms
}

const noNode = -1

// Compile prepares p for deciding. Packs that were read without errors always
// compile; others fail with what is wrong with them: a condition that refers
// to itself, or to a slot or a score that the pack does not have. p must not
// be changed afterwards.
func Compile(p *pack.Pack) (*Engine, error) {
	if err := checkShape(p); err != nil {
		return nil, err
	}
	e := &Engine{pack: p, budget: budget, whole: new(whole), nothing: p.NewAnswers(), index: make(map[*pack.Criterion]int)}
	for c := range p.Criteria() {
		e.index[c] = len(e.criteria)
		e.criteria = append(e.criteria, c)
	}
	e.instruments = findInstruments(p)
	e.scores = prepareScores(p)
	if err := e.plantTree(); err != nil {
		return nil, err
	}
	normal := e.normalise()
	e.number(normal)
	e.findRequired()
	hot, notes := blocks(e.layout.hot), blocks(e.layout.notes)
	e.hot = e.newTable(0, hot)
	e.notes = e.newTable(hot, notes)
	e.cold = e.newTable(notes, blocks(len(e.terms)))
	return e, nil
}

// WithBudget returns an engine that looks at all completions only as long as
// that takes no more than so many nodes of a decision diagram, and else says
// that it goes by bounds; see Recommendation.Bounds.
func (e *Engine) WithBudget(nodes int) *Engine {
	other := *e
	other.budget, other.whole = nodes, new(whole)
	return &other
}

// Pack returns the pack that was compiled.
func (e *Engine) Pack() *pack.Pack { return e.pack }

// Criteria returns the criteria in the order of their indices, which is that
// of pack.Criteria. It must not be changed.
func (e *Engine) Criteria() []*pack.Criterion { return e.criteria }

// CriterionIndex returns the index of one of the pack's criteria, and false
// for a criterion of another pack.
func (e *Engine) CriterionIndex(c *pack.Criterion) (int, bool) {
	i, ok := e.index[c]
	return i, ok
}
