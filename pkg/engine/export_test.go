package engine

import (
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Way says which way few goes after a decision: what it is that is left.
func (r *Remainder) Way(d *Decision) string {
	f := r.few
	if f == nil {
		return "not served"
	}
	open := f.open(d.answers)
	others := uint64(0)
	for i, w := range f.several[d.Min] {
		others |= w & d.possible[i]
	}
	f.joint.left, f.joint.slots = f.joint.left[:0], 0
	possible, _, ok := f.look(d.Min, d.possible, open)
	coupled := bits.OnesCount64(f.joint.slots)
	switch {
	case d.Determined():
		return "determined"
	case !ok:
		return "too much"
	case others == 0 && open&f.alone[d.Min]&f.filled == 0:
		return "single tests"
	case coupled == 0 && possible>>d.Min&1 == 0:
		return "a floor"
	case coupled == 0 && others == 0:
		return "no floor"
	case coupled == 0:
		return "reduced to single tests"
	case coupled == 2 && f.joint.paired == 1:
		return "a pair"
	case f.joint.words == 1:
		return "several in a word"
	}
	return "several in words"
}

// ByDiagram is Of without few.
func (r *Remainder) ByDiagram(d *Decision) (possible uint64, deciding []*pack.Question, exact bool) {
	f := r.few
	r.few = nil
	defer func() { r.few = f }()
	return r.Of(d)
}
