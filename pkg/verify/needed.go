package verify

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// needed finds the indications without which the level would be the same for
// everybody: wherever one of those holds, another one of its level or of a
// higher one does.
func (r *run) needed() []job {
	var out []job
	for i, c := range r.indicationsFrom(0, nil) {
		p := Proof{ID: "decides-" + c.ID, Kind: Indications, About: Part{Level: c.Level, Criterion: c}, At: c.At}
		out = append(out, job{level: true, open: []Proof{p}, prove: func(f *frame) []Proof {
			here := f.node(c)
			if here == space.False || f.alwaysArgued(c) {
				return nil // said of the criterion, or of the levels below that nobody reaches
			}
			p := p
			alone := f.s.And(here, f.s.Not(f.others()[i]))
			p.Count = f.memo.Count(alone)
			if alone == space.False {
				p.Status, p.Code = Refuted, IndicationRedundant
				p.By = f.coverBy(here, r.indicationsFrom(c.Level.Index, c))
				return []Proof{p}
			}
			f.witness(&p, alone, r.decidesAlone(c))
			f.remarkIfContradictory(&p)
			return []Proof{p}
		}})
	}
	return out
}

// alwaysArgued reports whether another indication argues for as much whatever
// the answers are.
func (f *frame) alwaysArgued(c *pack.Criterion) bool {
	return slices.ContainsFunc(f.run.indicationsFrom(c.Level.Index, c), func(d *pack.Criterion) bool { return f.node(d) == space.True })
}

// decidesAlone is shown by answers that lead to the criterion's level, and
// would not without it.
func (r *run) decidesAlone(c *pack.Criterion) shows {
	ok := []shows{determined(c.Level), r.state(c, engine.True)}
	for _, other := range r.indicationsFrom(c.Level.Index, c) {
		ok = append(ok, r.state(other, engine.False))
	}
	return both(ok...)
}

// others returns, for every indication in the order of indicationsFrom, where
// another one argues for as much. What the ones before and behind it in its
// level say is joined up once for all of them.
func (f *frame) others() []space.Node {
	if f.decisive != nil {
		return f.decisive
	}
	above := space.False
	var out [][]space.Node
	for _, l := range slices.Backward(f.run.pack.Levels[1:]) {
		here := make([]space.Node, len(l.Indications))
		before := above
		for i, c := range l.Indications {
			here[i] = before
			before = f.s.Or(before, f.node(c))
		}
		behind := space.False
		for i, c := range slices.Backward(l.Indications) {
			here[i] = f.s.Or(here[i], behind)
			behind = f.s.Or(behind, f.node(c))
		}
		above = before
		out = append(out, here)
	}
	slices.Reverse(out)
	f.decisive = slices.Concat(out...)
	return f.decisive
}
