package engine_test

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// The oracle evaluates conditions as they are written, by Kleene's tables,
// with no preparation at all. It is slow and short, to be read at a glance.

func oracle(c pack.Condition, p *pack.Pack, a pack.Answers) engine.Truth {
	switch c := c.(type) {
	case *pack.All:
		return count(c.Of, len(c.Of), p, a)
	case *pack.Any:
		return count(c.Of, 1, p, a)
	case *pack.None:
		return engine.True - count(c.Of, 1, p, a)
	case *pack.AtLeast:
		return count(c.Of, c.Count, p, a)
	case *pack.Ref:
		return oracle(c.To.When, p, a)
	case *pack.Answered:
		_, _, known := p.Slots[c.Slot].Question.Total(a)
		if p.Slots[c.Slot].IsItem() || p.Slots[c.Slot].Question.Kind != pack.Instrument {
			known = a[c.Slot].Known()
		}
		return truth(known == c.Want)
	case *pack.Includes:
		v := a[c.Slot]
		if !v.Known() {
			return engine.Unknown
		}
		return truth(c.All && v&c.Mask == c.Mask || !c.All && v&c.Mask != 0)
	case *pack.In:
		lo, hi := oracleBounds(c, p, a)
		for _, r := range c.Ranges {
			if r.From <= lo && hi <= r.To {
				return engine.True
			}
			if r.From <= hi && lo <= r.To {
				return engine.Unknown
			}
		}
		return engine.False
	}
	panic("no such condition")
}

func truth(is bool) engine.Truth {
	if is {
		return engine.True
	}
	return engine.False
}

func count(of []pack.Condition, want int, p *pack.Pack, a pack.Answers) engine.Truth {
	sure, open := 0, 0
	for _, c := range of {
		switch oracle(c, p, a) {
		case engine.True:
			sure++
		case engine.Unknown:
			open++
		}
	}
	if sure >= want {
		return engine.True
	}
	if sure+open >= want {
		return engine.Unknown
	}
	return engine.False
}

func oracleBounds(c *pack.In, p *pack.Pack, a pack.Answers) (lo, hi pack.Value) {
	if c.Score == nil {
		return slotBounds(c.Slot, p, a)
	}
	for _, t := range c.Score.Terms {
		l, h := slotBounds(t.Slot, p, a)
		values := []pack.Value{l, h} // a factor has its extremes there
		for v := l; v <= h && t.Weights != nil; v++ {
			values = append(values, v)
		}
		var sums []pack.Value
		for _, v := range values {
			if t.Weights != nil {
				sums = append(sums, weigh(p.Slots[t.Slot], t.Weights, v))
			} else {
				sums = append(sums, t.Factor*v)
			}
		}
		lo, hi = lo+slices.Min(sums), hi+slices.Max(sums)
	}
	return lo, hi
}

func weigh(s pack.Slot, weights []pack.Value, v pack.Value) (sum pack.Value) {
	if s.Question.Kind != pack.Multi {
		return weights[v-s.Min]
	}
	for i, w := range weights {
		if v>>i&1 == 1 {
			sum += w
		}
	}
	return sum
}

func slotBounds(slot int, p *pack.Pack, a pack.Answers) (lo, hi pack.Value) {
	s := p.Slots[slot]
	switch {
	case !s.IsItem() && s.Question.Kind == pack.Instrument:
		return s.Question.TotalBounds(a)
	case a[slot].Known():
		return a[slot], a[slot]
	}
	return s.Min, s.Max
}

// oracleLevels are the least level and all possible ones.
func oracleLevels(p *pack.Pack, a pack.Answers) (least int, possible uint64) {
	for i, l := range p.Levels {
		for _, c := range l.Indications {
			if oracle(c.When, p, a) == engine.True {
				least = i
			}
		}
	}
	possible = 1 << least
	for i, l := range p.Levels {
		for _, c := range l.Indications {
			if i > least && oracle(c.When, p, a) == engine.Unknown {
				possible |= 1 << i
			}
		}
	}
	return least, possible
}
