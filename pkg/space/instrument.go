package space

import (
	"fmt"
	"math/big"

	"github.com/carelevel/carelevel/pkg/pack"
)

// addInstrument makes the variables of an instrument with items: one for each
// open item that a condition tests by itself, and one for the sum of the
// others. The total is the sum of them all, so that whatever is said about it
// agrees with the items.
func (s *Space) addInstrument(q *pack.Question) error {
	top := s.pack.Slots[q.Slot+1].Max
	if q.Max != top*pack.Value(len(q.Items)) {
		return fmt.Errorf("the total of %q reaches %d, but its items reach %d", q.ID, q.Max, top*pack.Value(len(q.Items)))
	}
	_, _, known := q.Total(s.known)
	summed := !known && s.uses.tested(q.Slot)
	var rest []int
	apart := false
	for _, it := range q.Items {
		switch {
		case s.known[it.Slot].Known():
		case s.uses.tested(it.Slot):
			apart = true
			if err := s.addValue(it.Slot, summed || known); err != nil {
				return err
			}
		case summed:
			rest = append(rest, it.Slot)
		case !known:
			s.multiply(it.Slot)
		}
	}
	if len(rest) == 0 {
		return nil
	}
	return s.addRest(q, rest, top, apart)
}

// addRest adds the sum of some items. Where no other item is a variable, only
// what is told apart of the total has to be told apart of it.
func (s *Space) addRest(q *pack.Question, items []int, top pack.Value, apart bool) error {
	tests, terms, base := s.uses.tests[q.Slot], s.uses.summed[q.Slot], s.answeredItems(q)
	v := Variable{Kind: Rest, Question: q, Slot: q.Slot, Items: items}
	var starts []pack.Value
	for _, t := range tests {
		starts = appendStarts(starts, t.Ranges, base)
	}
	each := apart || len(terms) > 0
	max := top * pack.Value(len(items))
	err := v.cut(0, max, starts, each, func(x pack.Value) string {
		var k key
		for _, t := range tests {
			k.flag(within(t.Ranges, base+x))
		}
		if each {
			k.number(x)
		}
		return string(k)
	})
	v.weigh(ways(len(items), int(top)))
	s.restAt[q.Slot] = s.addVariable(v, 0, max)
	return err
}

// answeredItems is the sum of the items that are known.
func (s *Space) answeredItems(q *pack.Question) pack.Value {
	sum := pack.Value(0)
	for _, it := range q.Items {
		if x := s.known[it.Slot]; x.Known() {
			sum += x
		}
	}
	return sum
}

// weigh counts for each class in how many ways its sums come about.
func (v *Variable) weigh(ways []*big.Int) {
	for i := range v.Classes {
		c := &v.Classes[i]
		c.Count = new(big.Int)
		for _, r := range c.Values {
			for x := r.From; x <= r.To; x++ {
				c.Count.Add(c.Count, ways[x])
			}
		}
	}
}

// ways returns, for every sum, how many ways n items worth 0 to top have to
// reach it.
func ways(n, top int) []*big.Int {
	out := []*big.Int{big.NewInt(1)}
	for range n {
		next := make([]*big.Int, len(out)+top)
		for i := range next {
			next[i] = new(big.Int)
		}
		for sum, w := range out {
			for x := 0; x <= top; x++ {
				next[sum+x].Add(next[sum+x], w)
			}
		}
		out = next
	}
	return out
}

// agreement is where the open items of instruments whose total is given can
// add up to it. A total that no item allows constrains nothing: the answers
// were read as contradictory before, and nothing is made up about them here.
func (s *Space) agreement() Node {
	guard := True
	for _, q := range s.pack.Questions {
		total := s.known[q.Slot]
		if len(q.Items) == 0 || !total.Known() {
			continue
		}
		var open sum
		open.base = s.answeredItems(q)
		others := pack.Value(0)
		for _, it := range q.Items {
			if at := s.valueAt[it.Slot]; at != none {
				open.add(s, at, 1)
			} else if !s.known[it.Slot].Known() {
				others += s.pack.Slots[it.Slot].Max
			}
		}
		if len(open.parts) == 0 {
			continue
		}
		agrees := s.sumIn(open, []pack.Interval{{From: total - others, To: total}})
		if agrees != False {
			guard = s.d.apply(opAnd, guard, agrees)
		}
	}
	return guard
}
