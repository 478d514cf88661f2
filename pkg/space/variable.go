package space

import (
	"encoding/binary"
	"fmt"
	"math/big"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// VariableKind says what of the answers a variable stands for.
type VariableKind uint8

// The kinds of variables.
const (
	Value  VariableKind = iota // the answer of a slot
	Chosen                     // whether one option of a multiple choice is selected
	Rest                       // the sum of those items of an instrument that no condition tests by themselves
)

// Variable is one dimension of the space: something that is open and that the
// conditions test. Variables are independent of each other.
type Variable struct {
	Kind     VariableKind
	Question *pack.Question
	Slot     int     // whose answer it is; for Rest, the instrument's
	Option   int     // Chosen: the option's position
	Items    []int   // Rest: the slots that are summed
	Classes  []Class // what the conditions can tell apart, by their least values
	Best     int     // the class of the mildest answer
}

// Class is a set of values between which no condition can tell.
type Class struct {
	Values []pack.Interval // sorted and disjoint; of Chosen 0 or 1; of Rest sums
	Count  *big.Int        // how many ways of answering it stands for
	key    string
}

// Size returns how many ways there are to answer the variable.
func (v *Variable) Size() *big.Int {
	n := new(big.Int)
	for i := range v.Classes {
		n.Add(n, v.Classes[i].Count)
	}
	return n
}

// ClassOf returns the class of a value, or -1.
func (v *Variable) ClassOf(x pack.Value) int {
	return slices.IndexFunc(v.Classes, func(c Class) bool {
		return slices.ContainsFunc(c.Values, func(r pack.Interval) bool { return r.From <= x && x <= r.To })
	})
}

// maxValues is how many values of one answer may be told apart.
const maxValues = 1 << 14

// cut makes the classes of a domain: the values with the same key. Keys are
// asked for only at the given places and just after them, between which they
// do not change; with each, at every value.
func (v *Variable) cut(lo, hi pack.Value, starts []pack.Value, each bool, key func(pack.Value) string) error {
	if each {
		if hi-lo >= maxValues {
			return fmt.Errorf("%w: a score counts %q, which has %d values, more than %d", ErrTooLarge, v.Question.ID, hi-lo+1, maxValues)
		}
		starts = nil
		for x := lo; x <= hi; x++ {
			starts = append(starts, x)
		}
	}
	starts = append(slices.Clone(starts), lo)
	slices.Sort(starts)
	starts = slices.Compact(starts)
	byKey := map[string]int{}
	for i, from := range starts {
		if from < lo || from > hi {
			continue
		}
		to := hi
		if i+1 < len(starts) {
			to = min(hi, starts[i+1]-1)
		}
		v.add(byKey, key(from), pack.Interval{From: from, To: to})
	}
	if len(v.Classes) > maxValues {
		return fmt.Errorf("%w: the conditions tell %d answers of %q apart, more than %d", ErrTooLarge, len(v.Classes), v.Question.ID, maxValues)
	}
	return nil
}

func (v *Variable) add(byKey map[string]int, key string, r pack.Interval) {
	size := big.NewInt(int64(r.To-r.From) + 1)
	c, seen := byKey[key]
	if !seen {
		byKey[key] = len(v.Classes)
		v.Classes = append(v.Classes, Class{[]pack.Interval{r}, size, key})
		return
	}
	class := &v.Classes[c]
	class.Count.Add(class.Count, size)
	if last := &class.Values[len(class.Values)-1]; last.To+1 == r.From {
		last.To = r.To
	} else {
		class.Values = append(class.Values, r)
	}
}

// key collects what tells values apart.
type key []byte

func (k *key) flag(is bool) {
	b := byte(0)
	if is {
		b = 1
	}
	*k = append(*k, b)
}

func (k *key) number(x pack.Value) { *k = binary.AppendVarint(*k, int64(x)) }

// mildest returns the class of the best answer to a question. Where the pack
// gives no direction it is the one of which the fewest tests hold: that a
// person comes from nowhere in particular rather than from a hospital.
func (v *Variable) mildest(lo, hi pack.Value, tests []*pack.In) int {
	switch {
	case v.Kind != Value || v.Question.Worse == pack.WorseHigher:
		return max(0, v.ClassOf(lo))
	case v.Question.Worse == pack.WorseLower:
		return max(0, v.ClassOf(hi))
	}
	best, least := 0, len(tests)+1
	for i, c := range v.Classes {
		n := 0
		for _, t := range tests {
			if within(t.Ranges, c.Values[0].From) {
				n++
			}
		}
		if n < least {
			best, least = i, n
		}
	}
	return best
}
