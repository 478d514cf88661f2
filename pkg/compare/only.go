package compare

import (
	"math/big"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// Only is what only one of the packs takes as an answer to a question that both
// ask. Combinations with such an answer are in no figure of Moves.
type Only struct {
	Options []pack.Option  // by which it has more
	Finer   bool           // numbers with more digits after the point
	When    pack.Condition // that one of the answers is given; nil if there are only finer ones, or none can be said

	// Levels is where that pack ends for the combinations with one of the
	// answers, lowest first, and Size how many those are. Nil if no indication
	// tests the question, or there are too many.
	Levels []LevelShare
}

// LevelShare is the part of some combinations that ends at a level.
type LevelShare struct {
	Level *pack.Level
	Share Share
}

// onlys finds what only one side takes.
type onlys struct {
	*comparison
	tested [2]map[*pack.Question]bool
}

func newOnlys(c *comparison) *onlys {
	return &onlys{c, [2]map[*pack.Question]bool{testedBy(c.packs[Old]), testedBy(c.packs[New])}}
}

func (f *onlys) find(q *jointQuestion) (out [2]*Only) {
	for s, own := range q.on {
		only := f.only(Side(s), q, own)
		if only == nil {
			continue
		}
		if only.When != nil && f.tested[s][own] {
			only.Levels = f.levels(Side(s), only.When)
		}
		out[s] = only
	}
	return out
}

func (f *onlys) only(s Side, q *jointQuestion, own *pack.Question) *Only {
	m := &q.maps[s]
	switch {
	case len(own.Options) > 0:
		return onlyOptions(own, m.options)
	case len(own.Items) > 0 || own.Kind == pack.YesNo:
		return nil
	}
	var ranges []pack.Interval
	if lo := q.Min * m.factor; own.Min < lo {
		ranges = append(ranges, pack.Interval{From: own.Min, To: lo - 1})
	}
	if hi := q.Max * m.factor; own.Max > hi {
		ranges = addInterval(ranges, pack.Interval{From: hi + 1, To: own.Max})
	}
	out := &Only{Finer: m.factor > 1}
	if len(ranges) > 0 {
		out.When = &pack.In{Slot: own.Slot, Ranges: ranges}
	}
	if !out.Finer && out.When == nil {
		return nil
	}
	return out
}

// onlyOptions finds the options that are not among the shared ones.
func onlyOptions(own *pack.Question, shared []int) *Only {
	var mask pack.Value
	for _, o := range shared {
		mask |= 1 << o
	}
	out := &Only{}
	in, includes := &pack.In{Slot: own.Slot}, &pack.Includes{Slot: own.Slot}
	for i, o := range own.Options {
		if mask>>i&1 == 0 {
			out.Options = append(out.Options, o)
			includes.Mask |= 1 << i
			in.Ranges = addInterval(in.Ranges, pack.Interval{From: pack.Value(i), To: pack.Value(i)})
		}
	}
	switch {
	case len(out.Options) == 0:
		return nil
	case own.Kind == pack.Multi:
		out.When = includes
	default:
		out.When = in
	}
	return out
}

// levels counts where one pack ends while a condition holds.
func (f *onlys) levels(s Side, when pack.Condition) []LevelShare {
	p := f.packs[s]
	byLevel, all := indications(p)
	own, err := space.New(p, space.Options{Conditions: append(all, when), Nodes: f.opts.Nodes})
	if err != nil {
		return nil
	}
	here := own.Condition(when)
	counts := own.Counts(own.Within(here, own.Highest(byLevel)))
	whole := own.Count(here)
	if own.Err() != nil {
		return nil
	}
	var out []LevelShare
	for i, l := range p.Levels {
		if n := counts[i]; n != nil && n.Sign() > 0 {
			out = append(out, LevelShare{l, Share{new(big.Int).Set(n), whole}})
		}
	}
	return out
}

// indications returns the conditions that argue for each level.
func indications(p *pack.Pack) (byLevel [][]pack.Condition, all []pack.Condition) {
	for _, l := range p.Levels {
		var of []pack.Condition
		for _, c := range l.Indications {
			of = append(of, c.When)
		}
		byLevel = append(byLevel, of)
		all = append(all, of...)
	}
	return byLevel, all
}
