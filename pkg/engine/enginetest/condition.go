package enginetest

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/pack"
)

// conditions makes named ones, each of which may refer to those before it.
func (b *builder) conditions() {
	for i := range b.between(0, 3) {
		when := b.condition(2, false)
		b.p.Conditions = append(b.p.Conditions, &pack.NamedCondition{ID: fmt.Sprintf("c%d", i), Title: "named", When: when})
	}
}

func (b *builder) condition(depth int, answered bool) pack.Condition {
	if depth == 0 || b.chance(30) {
		return b.leaf(answered)
	}
	if b.chance(3) {
		return b.wide(answered)
	}
	of := b.list(b.between(1, 4), depth-1, answered)
	switch b.r.IntN(4) {
	case 0:
		return &pack.All{Of: of}
	case 1:
		return &pack.Any{Of: of}
	case 2:
		return &pack.None{Of: of}
	}
	return &pack.AtLeast{Count: b.between(1, len(of)), Of: of}
}

// wide is a condition with more terms than an engine will want to spell out.
func (b *builder) wide(answered bool) pack.Condition {
	return &pack.AtLeast{Count: b.between(3, 6), Of: b.list(b.between(8, 10), 0, answered)}
}

func (b *builder) list(n, depth int, answered bool) []pack.Condition {
	var of []pack.Condition
	for range n {
		of = append(of, b.condition(depth, answered))
	}
	return of
}

func (b *builder) leaf(answered bool) pack.Condition {
	if n := len(b.p.Conditions); n > 0 && b.chance(20) {
		return &pack.Ref{To: b.p.Conditions[b.r.IntN(n)]}
	}
	if n := len(b.p.Scores); n > 0 && b.chance(15) {
		s := b.p.Scores[b.r.IntN(n)]
		return &pack.In{Score: s, Ranges: b.ranges(s.Min, s.Max)}
	}
	slot := b.r.IntN(len(b.p.Slots))
	s := b.p.Slots[slot]
	switch {
	case answered && b.chance(10):
		return &pack.Answered{Slot: slot, Want: b.chance(50)}
	case s.Question.Kind == pack.Multi:
		return &pack.Includes{Slot: slot, Mask: 1 + pack.Value(b.r.Int64N(int64(s.Max))), All: b.chance(50)}
	}
	return &pack.In{Slot: slot, Ranges: b.ranges(s.Min, s.Max)}
}

// ranges are one interval or two, now and then many, sorted and apart. Now and
// then they are all of the domain.
func (b *builder) ranges(lo, hi pack.Value) []pack.Interval {
	var out []pack.Interval
	want := b.between(1, 2)
	if b.chance(3) {
		want = 40
	}
	from := lo
	for from <= hi && len(out) < want {
		from += pack.Value(b.r.Int64N(int64(min(hi-from, 1000/pack.Value(want)+1)) + 1))
		to := from + pack.Value(b.r.Int64N(int64(min(hi-from, 1000/pack.Value(want)+1))+1))
		out = append(out, pack.Interval{From: from, To: to})
		from = to + 2
	}
	return out
}
