package engine

import (
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
)

// layout is the numbering of the terms: first those of the indications, from
// the highest level down, so that the first term that holds names the level;
// then those of the requirements; then those of the notes; then all others,
// which most decisions never look at.
type layout struct {
	levelOf  []uint8 // of a term of an indication
	levelEnd []int32 // of each level: the number after its last term, and after those of all higher levels
	ruleOf   []int32 // of each term, or noRule for a number that is left free
	hot      int     // how many terms are decided at once; the notes begin with the next block
	notes    int     // the number after the last term of a note; the others begin with the next block
}

const noRule = -1

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
	for _, notes := range []bool{true, false} {
		for i := range e.rules {
			if !e.isHot(i) && e.isNote(i) == notes {
				order = append(order, i)
			}
		}
	}
	return order
}

// number gives the terms of all rules their numbers.
func (e *Engine) number(normal [][]term) {
	e.layout.levelEnd = make([]int32, len(e.pack.Levels))
	for _, i := range e.hotFirst() {
		r := &e.rules[i]
		switch {
		case e.isHot(i):
		case e.isNote(i):
			e.fillUpTo(e.layout.hot)
		default:
			e.fillUpTo(e.layout.notes)
		}
		r.from = int32(len(e.terms))
		e.terms = append(e.terms, normal[i]...)
		r.to = int32(len(e.terms))
		for range normal[i] {
			e.layout.ruleOf = append(e.layout.ruleOf, int32(i))
		}
		if !e.isHot(i) {
			if e.isNote(i) {
				e.layout.notes = len(e.terms)
			}
			continue
		}
		e.layout.hot, e.layout.notes = len(e.terms), len(e.terms)
		if c := e.criteria[i]; c.Kind == pack.Indication {
			e.layout.addIndication(e.levelIndex(c.Level), *r)
		}
	}
}

// isHot reports whether Decide computes a rule at once.
func (e *Engine) isHot(rule int) bool {
	return rule < len(e.criteria) && (e.criteria[rule].Kind == pack.Indication || e.criteria[rule].Kind == pack.Requirement)
}

// isNote reports whether a rule is a note.
func (e *Engine) isNote(rule int) bool { return rule >= len(e.criteria)+len(e.pack.Services) }

// blocks is how many blocks so many terms take.
func blocks(terms int) int { return (terms + blockTerms - 1) / blockTerms }

// fillUpTo leaves the numbers up to the first block after a term free.
func (e *Engine) fillUpTo(last int) {
	for len(e.terms) < blocks(last)*blockTerms {
		e.terms = append(e.terms, nil)
		e.layout.ruleOf = append(e.layout.ruleOf, noRule)
	}
}

func (l *layout) addIndication(level int, r rule) {
	for range r.to - r.from {
		l.levelOf = append(l.levelOf, uint8(level))
	}
	for k := range level + 1 {
		l.levelEnd[k] = r.to
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
	for at := from >> 6; from < end; at++ {
		if w := words[at] >> (from & 63); w != 0 {
			return min(from+int32(bits.TrailingZeros64(w)), end)
		}
		from = (from | 63) + 1
	}
	return end
}
