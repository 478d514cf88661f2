package engine

import (
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
)

// cohortWiring turns the normal forms of an engine's rules into a circuit over
// the columns of a cohort. Tests come down to few planes: of an answer in order,
// whether it is at least so much; of a multiple choice, whether an option is
// among it.
type cohortWiring struct {
	*wiring
	e       *Engine
	c       *Cohort
	sources []*source
	at      map[sourceKey]*source
	literal map[literal]int32
}

type sourceKind uint8

const (
	fromCodes   sourceKind = iota // of a narrow column
	fromValues                    // of a wide one
	fromOptions                   // of one that holds a multiple choice
	fromTotals                    // of an instrument with items
	fromBounds                    // of a total or a score, lane by lane
	fromTests                     // a test or a node, lane by lane
)

// sourceKey is what there is one source of.
type sourceKey struct {
	kind sourceKind
	of   int32 // a slot, an instrument, a node, or nothing
	leaf *leaf // of what is read lane by lane; nil for a node
}

// source is where given gates come from: one for each mark, which is the value
// that is reached, or the option.
type source struct {
	sourceKey
	marks []pack.Value
	gates []int32
}

// anyAnswer is the mark of options for whether there is an answer.
const anyAnswer = -1

func (w *cohortWiring) source(kind sourceKind, of int32, leaf *leaf) *source {
	key := sourceKey{kind, of, leaf}
	s := w.at[key]
	if s == nil {
		s = &source{sourceKey: key}
		w.at[key] = s
		w.sources = append(w.sources, s)
	}
	return s
}

// gate returns the gate of a mark.
func (w *cohortWiring) gate(s *source, mark pack.Value) int32 {
	for i, m := range s.marks {
		if m == mark {
			return s.gates[i]
		}
	}
	s.marks, s.gates = append(s.marks, mark), append(s.gates, w.given())
	return s.gates[len(s.gates)-1]
}

// rule returns the gate of a rule, and those of its terms.
func (w *cohortWiring) rule(r rule) (is int32, terms []int32) {
	is = never
	for _, t := range w.e.terms[r.from:r.to] {
		term := always
		for _, l := range t {
			term = w.both(term, w.literalGate(l))
		}
		terms = append(terms, term)
		is = w.either(is, term)
	}
	return is, terms
}

func (w *cohortWiring) literalGate(l literal) int32 {
	g, ok := w.literal[l]
	if !ok {
		g = w.newLiteral(l)
		w.literal[l] = g
	}
	return g
}

func (w *cohortWiring) newLiteral(l literal) int32 {
	in := &w.e.inputs.list[l.input]
	switch {
	case in.kind == flag:
		return w.polarity(w.flag(l.input), l.set)
	case in.masks != nil:
		return w.choices(in, l.set)
	case in.kind == span:
		if l.set == 0 {
			return never
		}
		return w.runs(in, w.spanSource(l.input), l.set)
	}
	s := w.pointSource(in.leaf.slot)
	switch l.set {
	case 0:
		known := w.gate(s, in.starts[0])
		return w.butNot(known, known) // unknown without an answer, else false
	case in.full:
		return w.gate(s, in.starts[0])
	}
	return w.runs(in, s, l.set)
}

// runs is whether a value lies in one of some classes: in stretches of them,
// each from where it begins and before where it ends.
func (w *cohortWiring) runs(in *input, s *source, set uint64) int32 {
	is := never
	for from := 0; set>>from != 0; {
		from += bits.TrailingZeros64(set >> from)
		to := from + bits.TrailingZeros64(^(set >> from))
		run := always
		if from > 0 {
			run = w.gate(s, in.starts[from])
		}
		if to < len(in.starts) {
			run = w.butNot(run, w.gate(s, in.starts[to]))
		}
		is = w.either(is, run)
		from = to
	}
	return is
}

func (w *cohortWiring) pointSource(slot int32) *source {
	if w.c.narrow[slot] != nil {
		return w.source(fromCodes, slot, nil)
	}
	return w.source(fromValues, slot, nil)
}

// known is whether there is an answer: true where it is, else unknown.
func (w *cohortWiring) known(slot int32) int32 {
	if s := &w.e.pack.Slots[slot]; w.c.wide[slot] == nil || s.Question.Kind != pack.Multi {
		return w.gate(w.pointSource(slot), s.Min)
	}
	return w.gate(w.source(fromOptions, slot, nil), anyAnswer)
}

// spanSource is that of a total or a score. A total without items is known or
// it is not, as any number.
func (w *cohortWiring) spanSource(input int32) *source {
	l := &w.e.inputs.list[input].leaf
	if l.inst >= 0 && l.kind == inTotal {
		switch in := &w.e.instruments[l.inst]; {
		case in.items == 0:
			return w.pointSource(l.slot)
		case w.c.addsUp(in):
			return w.source(fromTotals, l.inst, nil)
		}
	}
	return w.source(fromBounds, 0, l)
}

// polarity is what classes of a flag come down to.
func (w *cohortWiring) polarity(flag int32, set uint64) int32 {
	switch set {
	case flagTrue:
		return flag
	case flagFalse:
		return w.not(flag)
	case 0:
		return w.butNot(flag, flag)
	}
	return w.either(flag, w.not(flag))
}

func (w *cohortWiring) flag(input int32) int32 {
	in := &w.e.inputs.list[input]
	if in.node == noNode {
		return w.test(&in.leaf)
	}
	return w.gate(w.source(fromTests, in.node, nil), 0)
}

// test is one test by itself.
func (w *cohortWiring) test(l *leaf) int32 {
	slot := &w.e.pack.Slots[l.slot]
	switch {
	case l.kind == includes && w.c.wide[l.slot] != nil && slot.Min == 0:
		return w.included(l)
	case l.kind == answered && (l.inst < 0 || w.e.instruments[l.inst].items == 0):
		is := w.surely(w.gate(w.pointSource(l.slot), slot.Min))
		if l.want {
			return is
		}
		return w.not(is)
	}
	return w.gate(w.source(fromTests, 0, l), 0)
}

// included is a test of a multiple choice.
func (w *cohortWiring) included(l *leaf) int32 {
	s := w.source(fromOptions, l.slot, nil)
	known := w.gate(s, anyAnswer)
	switch {
	case l.mask == 0 && l.all:
		return known
	case l.mask == 0:
		return w.butNot(known, known)
	}
	is := never
	if l.all {
		is = always
	}
	for mask := uint64(l.mask); mask != 0; mask &= mask - 1 {
		option := w.gate(s, pack.Value(bits.TrailingZeros64(mask)))
		if l.all {
			is = w.both(is, option)
		} else {
			is = w.either(is, option)
		}
	}
	return is
}

// choices is whether a multiple choice lies in one of some classes, which are
// told apart by its tests. Most often it is one test, or some that hold and
// others that do not: then all other classes differ from these in one of them.
func (w *cohortWiring) choices(in *input, set uint64) int32 {
	if set == 0 {
		return w.anyClass(in, 0)
	}
	hold, fail := ^uint64(0), ^uint64(0) // in all classes of the set
	for c, s := range in.class {
		if set>>c&1 != 0 {
			hold &= s
			fail &= ^s
		}
	}
	for c, s := range in.class {
		if set>>c&1 == 0 && hold&^s == 0 && fail&s == 0 {
			return w.anyClass(in, set)
		}
	}
	return w.class(in, hold, fail)
}

// anyClass goes through the classes one by one. It is unknown without an
// answer, even if there are none.
func (w *cohortWiring) anyClass(in *input, set uint64) int32 {
	first := w.test(&in.masks[0])
	is := w.butNot(first, first)
	for c, s := range in.class {
		if set>>c&1 != 0 {
			is = w.either(is, w.class(in, s, ^s))
		}
	}
	return is
}

// class is that some tests of a multiple choice hold and others do not. It is
// unknown without an answer, even if there are none of either.
func (w *cohortWiring) class(in *input, hold, fail uint64) int32 {
	is := always
	for i := range in.masks {
		switch t := w.test(&in.masks[i]); {
		case hold>>i&1 != 0:
			is = w.both(is, t)
		case fail>>i&1 != 0:
			is = w.butNot(is, t)
		}
	}
	if is == always {
		first := w.test(&in.masks[0])
		return w.either(first, w.not(first))
	}
	return is
}
