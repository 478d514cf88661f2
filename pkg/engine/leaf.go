package engine

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// leafKind is where a leaf's value comes from.
type leafKind uint8

const (
	inSlot   leafKind = iota // an answer
	inTotal                  // an instrument's total, perhaps only bounded
	inScore                  // a score, perhaps only bounded
	includes                 // options of a multiple choice
	answered                 // whether there is an answer
)

// leaf is one test.
type leaf struct {
	from   pack.Condition // as it stands in the pack
	kind   leafKind
	slot   int32 // all but inScore
	score  int32 // inScore
	inst   int32 // position in Engine.instruments for a slot that is a total's, else -1
	ranges []pack.Interval
	mask   pack.Value
	all    bool
	want   bool
}

// newLeaf expects a condition that checkLeaf has passed.
func newLeaf(p *pack.Pack, from pack.Condition) leaf {
	l := leafOf(p, from)
	l.from = from
	return l
}

func leafOf(p *pack.Pack, c pack.Condition) leaf {
	switch c := c.(type) {
	case *pack.In:
		if c.Score != nil {
			lo, hi := scoreDomain(p, c.Score)
			return leaf{kind: inScore, score: int32(c.Score.Index), inst: -1, ranges: tidy(c.Ranges, lo, hi)}
		}
		l := leaf{kind: inSlot, slot: int32(c.Slot), inst: instrumentAt(p, c.Slot)}
		if l.inst >= 0 {
			l.kind = inTotal
		}
		l.ranges = tidy(c.Ranges, p.Slots[c.Slot].Min, p.Slots[c.Slot].Max)
		return l
	case *pack.Includes:
		return leaf{kind: includes, slot: int32(c.Slot), inst: -1, mask: c.Mask, all: c.All}
	case *pack.Answered:
		return leaf{kind: answered, slot: int32(c.Slot), inst: instrumentAt(p, c.Slot), want: c.Want}
	}
	return leaf{}
}

// key is equal for leaves that test the same.
func (l *leaf) key() string {
	return fmt.Sprint(l.kind, l.slot, l.score, l.ranges, l.mask, l.all, l.want)
}

// tidy sorts intervals, joins those that touch, and cuts them to the domain.
func tidy(ranges []pack.Interval, lo, hi pack.Value) []pack.Interval {
	sorted := slices.SortedFunc(slices.Values(ranges), func(x, y pack.Interval) int { return cmp.Compare(x.From, y.From) })
	var out []pack.Interval
	for _, r := range sorted {
		r.From, r.To = max(r.From, lo), min(r.To, hi)
		switch last := len(out) - 1; {
		case r.From > r.To:
		case last >= 0 && r.From <= out[last].To+1:
			out[last].To = max(out[last].To, r.To)
		default:
			out = append(out, r)
		}
	}
	return out
}

// testInterval says what is known of a value between lo and hi, bounds
// included: that it lies in one of the ranges, in none, or neither.
func testInterval(ranges []pack.Interval, lo, hi pack.Value) Truth {
	for _, r := range ranges {
		switch {
		case r.From <= lo && hi <= r.To:
			return True
		case r.From <= hi && lo <= r.To:
			return Unknown
		}
	}
	return False
}

// truth evaluates a leaf. s holds the totals and scores of a.
func (l *leaf) truth(e *Engine, a pack.Answers, s *sums) Truth {
	switch l.kind {
	case inTotal:
		return testInterval(l.ranges, s.totals[l.inst].lo, s.totals[l.inst].hi)
	case inScore:
		return testInterval(l.ranges, s.scores[l.score].lo, s.scores[l.score].hi)
	case includes:
		return l.includesTruth(e, a)
	case answered:
		known := e.known(a, l.slot)
		if l.inst >= 0 {
			known = s.totals[l.inst].known
		}
		if known == l.want {
			return True
		}
		return False
	}
	b := e.slotBounds(a, l.slot)
	return testInterval(l.ranges, b.lo, b.hi)
}

func (l *leaf) includesTruth(e *Engine, a pack.Answers) Truth {
	if !e.known(a, l.slot) {
		return Unknown
	}
	if l.includesValue(a[l.slot]) {
		return True
	}
	return False
}

func (l *leaf) includesValue(v pack.Value) bool {
	if l.all {
		return v&l.mask == l.mask
	}
	return v&l.mask != 0
}
