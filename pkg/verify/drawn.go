package verify

import (
	"encoding/binary"
	"slices"
	"strconv"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// tests are all tests in the pack that are looked at, by what they test.
type tests struct {
	ins      map[int][]*pack.In       // by slot
	includes map[int][]*pack.Includes // by slot
	terms    map[int][]*pack.Term     // of scores that are tested, by slot
	rules    map[*pack.Question][]pack.Condition
}

// newTests lists the tests under some conditions, the same place once.
func newTests(p *pack.Pack, conditions []pack.Condition) *tests {
	t := &tests{map[int][]*pack.In{}, map[int][]*pack.Includes{}, map[int][]*pack.Term{}, map[*pack.Question][]pack.Condition{}}
	seen := map[pack.Condition]bool{}
	scores := map[*pack.Score]bool{}
	for _, top := range conditions {
		asked := map[*pack.Question]bool{}
		pack.Walk(top, func(c pack.Condition) bool {
			for _, q := range questionsOf(p, c) {
				if !asked[q] {
					asked[q] = true
					t.rules[q] = append(t.rules[q], top)
				}
			}
			if !seen[c] {
				seen[c] = true
				t.add(c, scores)
			}
			return true
		})
	}
	return t
}

func (t *tests) add(c pack.Condition, scores map[*pack.Score]bool) {
	switch c := c.(type) {
	case *pack.Includes:
		t.includes[c.Slot] = append(t.includes[c.Slot], c)
	case *pack.In:
		if c.Score == nil {
			t.ins[c.Slot] = append(t.ins[c.Slot], c)
			return
		}
		if scores[c.Score] {
			return
		}
		scores[c.Score] = true
		for i := range c.Score.Terms {
			term := &c.Score.Terms[i]
			t.terms[term.Slot] = append(t.terms[term.Slot], term)
		}
	}
}

// counted reports whether a score counts any answer to the question.
func (t *tests) counted(q *pack.Question) bool {
	return slices.ContainsFunc(q.Slots(), func(s int) bool { return len(t.terms[s]) > 0 })
}

// groups cuts the answers to a slot into those between which no test draws a
// line: runs of values, or, where values have no order, any of them.
func (t *tests) groups(p *pack.Pack, slot int) [][]pack.Interval {
	s := &p.Slots[slot]
	starts := []pack.Value{s.Min}
	for _, c := range t.ins[slot] {
		for _, r := range c.Ranges {
			starts = append(starts, r.From, r.To+1)
		}
	}
	if len(t.terms[slot]) > 0 && s.Question.Options != nil {
		for x := s.Min; x <= s.Max; x++ {
			starts = append(starts, x)
		}
	}
	slices.Sort(starts)
	starts = slices.Compact(starts)
	var out [][]pack.Interval
	byKey := map[string]int{}
	last := ""
	for i, from := range starts {
		if from < s.Min || from > s.Max {
			continue
		}
		r := pack.Interval{From: from, To: s.Max}
		if i+1 < len(starts) {
			r.To = min(s.Max, starts[i+1]-1)
		}
		key := t.key(p, slot, from)
		at, seen := byKey[key]
		if s.Question.Kind != pack.Choice {
			at, seen = len(out)-1, key == last && len(out) > 0
		}
		if last = key; !seen {
			byKey[key] = len(out)
			out = append(out, []pack.Interval{r})
			continue
		}
		out[at] = extend(out[at], r)
	}
	return out
}

func extend(rs []pack.Interval, r pack.Interval) []pack.Interval {
	if last := &rs[len(rs)-1]; last.To+1 == r.From {
		last.To = r.To
		return rs
	}
	return append(rs, r)
}

// key is what the tests say of a value.
func (t *tests) key(p *pack.Pack, slot int, x pack.Value) string {
	var key []byte
	for _, c := range t.ins[slot] {
		key = strconv.AppendBool(key, within(c, x))
	}
	for _, term := range t.terms[slot] {
		if term.Weights != nil {
			key = binary.AppendVarint(key, int64(term.Weights[x-p.Slots[slot].Min]))
		}
	}
	return string(key)
}

func within(c *pack.In, x pack.Value) bool {
	return slices.ContainsFunc(c.Ranges, func(r pack.Interval) bool { return r.From <= x && x <= r.To })
}

// drawnAt is the place of the first test that tells two values apart.
func (t *tests) drawnAt(slot int, x, y pack.Value) diag.Span {
	for _, c := range t.ins[slot] {
		if within(c, x) != within(c, y) {
			return c.At
		}
	}
	return diag.Span{}
}
