package compare

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Apart is why two questions with the same id are two questions.
type Apart int

// The reasons.
const (
	Together   Apart = iota // they are one
	ApartKind               // one kind of answer cannot be given to the other
	ApartUnit               // numbers in another unit
	ApartItems              // another number of items, or of their grades
	ApartNone               // no answer that both take
)

// mapping leads from the values of a joint slot to those of one side.
type mapping struct {
	options []int      // by joint option, the side's; nil for all but options
	factor  pack.Value // of numbers: how many of the side's units a joint one is
}

// value returns the side's value for a joint one.
func (m *mapping) value(q *pack.Question, v pack.Value) pack.Value {
	switch {
	case q.Kind == pack.Multi:
		var mask pack.Value
		for j, o := range m.options {
			mask |= v >> j & 1 << o
		}
		return mask
	case m.options != nil:
		return pack.Value(m.options[v])
	}
	return v * m.factor
}

// ranges returns the joint values that the side's intervals hold, within the
// bounds of the joint question.
func (m *mapping) ranges(q *pack.Question, of []pack.Interval) []pack.Interval {
	var out []pack.Interval
	if m.options != nil {
		for j, o := range m.options {
			if v := pack.Value(o); slices.ContainsFunc(of, func(r pack.Interval) bool { return r.From <= v && v <= r.To }) {
				out = addInterval(out, pack.Interval{From: pack.Value(j), To: pack.Value(j)})
			}
		}
		return out
	}
	for _, r := range of {
		from, to := max(q.Min, ceil(r.From, m.factor)), min(q.Max, floor(r.To, m.factor))
		if from <= to {
			out = addInterval(out, pack.Interval{From: from, To: to})
		}
	}
	return out
}

// addInterval puts r behind the others, to the last one where it touches it.
func addInterval(of []pack.Interval, r pack.Interval) []pack.Interval {
	if n := len(of); n > 0 && of[n-1].To+1 >= r.From {
		of[n-1].To = max(of[n-1].To, r.To)
		return of
	}
	return append(of, r)
}

func floor(v, by pack.Value) pack.Value {
	q := v / by
	if v%by < 0 {
		q--
	}
	return q
}

func ceil(v, by pack.Value) pack.Value { return -floor(-v, by) }

// match brings two questions with the same id together: one that takes the
// answers that both take, and how its values read on each side.
func match(o, n *pack.Question) (*pack.Question, [2]mapping, Apart) {
	q := *n
	switch {
	case isOption(o) && isOption(n):
		// A scale and a choice take the same texts.
		maps := matchOptions(&q, o, n)
		if len(q.Options) == 0 {
			return nil, maps, ApartNone
		}
		q.Min, q.Max = 0, pack.Value(len(q.Options)-1)
		return &q, maps, Together
	case o.Kind != n.Kind:
		return nil, [2]mapping{}, ApartKind
	case n.Kind == pack.Multi:
		maps := matchOptions(&q, o, n)
		if len(q.Options) == 0 {
			return nil, maps, ApartNone
		}
		q.Min, q.Max = 0, 1<<len(q.Options)-1
		return &q, maps, Together
	case n.Kind == pack.Instrument:
		return matchInstrument(&q, o, n)
	case n.Kind == pack.Number:
		return matchNumber(&q, o, n)
	}
	return &q, [2]mapping{{factor: 1}, {factor: 1}}, Together
}

func isOption(q *pack.Question) bool { return q.Kind == pack.Scale || q.Kind == pack.Choice }

// matchOptions leaves q the options that both have, in New's order.
func matchOptions(q, o, n *pack.Question) (maps [2]mapping) {
	q.Options = nil
	maps[Old].options, maps[New].options = []int{}, []int{}
	for i, option := range n.Options {
		if at := optionAt(o, option.ID); at >= 0 {
			q.Options = append(q.Options, option)
			maps[Old].options = append(maps[Old].options, at)
			maps[New].options = append(maps[New].options, i)
		}
	}
	return maps
}

func optionAt(q *pack.Question, id string) int {
	return slices.IndexFunc(q.Options, func(o pack.Option) bool { return o.ID == id })
}

// matchNumber takes the coarser grid, whose numbers both can express.
func matchNumber(q, o, n *pack.Question) (*pack.Question, [2]mapping, Apart) {
	if o.Unit != n.Unit {
		return nil, [2]mapping{}, ApartUnit
	}
	q.Decimals = min(o.Decimals, n.Decimals)
	var maps [2]mapping
	for s, side := range []*pack.Question{o, n} {
		maps[s].factor = 1
		for range side.Decimals - q.Decimals {
			maps[s].factor *= 10
		}
	}
	q.Min = max(ceil(o.Min, maps[Old].factor), ceil(n.Min, maps[New].factor))
	q.Max = min(floor(o.Max, maps[Old].factor), floor(n.Max, maps[New].factor))
	if q.Min > q.Max {
		return nil, maps, ApartNone
	}
	return q, maps, Together
}

// matchInstrument joins two instruments that are added up in the same way. One
// that is given as a total alone goes with one of the same range that has
// items: it is asked for what they add up to.
func matchInstrument(q, o, n *pack.Question) (*pack.Question, [2]mapping, Apart) {
	maps := [2]mapping{{factor: 1}, {factor: 1}}
	q.Fill = pack.Fill{} // of complete answers none is missing
	switch {
	case len(o.Items) == 0 && len(n.Items) == 0:
		return matchNumber(q, o, n)
	case len(o.Items) > 0 && len(n.Items) > 0:
		if len(o.Items) != len(n.Items) || len(o.Grades) != len(n.Grades) {
			return nil, maps, ApartItems
		}
	case o.Min != n.Min || o.Max != n.Max:
		return nil, maps, ApartItems
	case len(n.Items) == 0:
		q.Items, q.Grades = o.Items, o.Grades
	}
	return q, maps, Together
}
