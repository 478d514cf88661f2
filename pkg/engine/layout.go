package engine

import (
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
)

// layout is the numbering of the terms: first those of the indications, from
// the highest level down, so that the first term that holds names the level;
// then those of the requirements; then all others, which most decisions never
// look at.
type layout struct {
	levelOf  []uint8 // of a term of an indication
	levelEnd []int32 // of each level: the number after its last term, and after those of all higher levels
	ruleOf   []int32 // of each term
	hot      int     // how many terms are decided at once
}

// hotFirst returns the positions of the rules in the order of their terms.
func (e *Engine) hotFirst() []int {
	var order []int
	for l := len(e.pack.Levels) - 1; l >= 0; l-- {
		for i, c := range e.criteria {
			if c.Kind == pack.Indication && c.Level == e.pack.Levels[l] {
				order = append(order, i)
			}
		}
	}
	for i, c := range e.criteria {
		if c.Kind == pack.Requirement {
			order = append(order, i)
		}
	}
	for i := range e.rules {
		if i >= len(e.criteria) || e.criteria[i].Kind == pack.Support || e.criteria[i].Kind == pack.StepDown {
			order = append(order, i)
		}
	}
	return order
}

// number gives the terms of all rules their numbers.
func (e *Engine) number(normal [][]term) {
	e.layout.levelEnd = make([]int32, len(e.pack.Levels))
	for _, i := range e.hotFirst() {
		r := &e.rules[i]
		r.from = int32(len(e.terms))
		e.terms = append(e.terms, normal[i]...)
		r.to = int32(len(e.terms))
		for range normal[i] {
			e.layout.ruleOf = append(e.layout.ruleOf, int32(i))
		}
		if i >= len(e.criteria) {
			continue
		}
		switch c := e.criteria[i]; c.Kind {
		case pack.Indication:
			l := e.levelIndex(c.Level)
			for range normal[i] {
				e.layout.levelOf = append(e.layout.levelOf, uint8(l))
			}
			for k := 0; k <= l; k++ {
				e.layout.levelEnd[k] = r.to
			}
			e.layout.hot = len(e.terms)
		case pack.Requirement:
			e.layout.hot = len(e.terms)
		}
	}
}

// levelIndex does not trust Level.Index, which a pack put together by hand may
// have left out.
func (e *Engine) levelIndex(l *pack.Level) int {
	for i, m := range e.pack.Levels {
		if m == l {
			return i
		}
	}
	return 0
}

// anyBit reports whether one of the bits from..to-1 is set.
func anyBit(words []uint64, from, to int32) bool {
	if from >= to {
		return false
	}
	first, last := from>>6, (to-1)>>6
	head := ^uint64(0) << (from & 63)
	tail := ^uint64(0) >> (63 - (to-1)&63)
	if first == last {
		return words[first]&head&tail != 0
	}
	if words[first]&head != 0 || words[last]&tail != 0 {
		return true
	}
	for _, w := range words[first+1 : last] {
		if w != 0 {
			return true
		}
	}
	return false
}

// nextBit returns the first set bit from from on and before end, or end.
func nextBit(words []uint64, from, end int32) int32 {
	for from < end {
		if w := words[from>>6] >> (from & 63); w != 0 {
			return min(from+int32(bits.TrailingZeros64(w)), end)
		}
		from = (from | 63) + 1
	}
	return end
}
