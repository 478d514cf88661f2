package engine

import (
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// Remainder says what is left to decide under one set of answers after the
// other: for those who look at millions. It says what Recommend says, and
// allocates nothing where the pack allows that. It belongs to one goroutine.
type Remainder struct {
	e         *Engine
	cut       *space.Cut // nil if the space does not serve
	few       *few       // nil if it does not serve
	reads     []classReader
	classes   []int16
	questions []int // index of the question, by variable
	deciding  []*pack.Question
	marked    []uint64
}

// classReader finds the class of a variable from an answer.
type classReader struct {
	slot    int32
	option  int8 // of a multiple choice, or -1
	min     pack.Value
	size    uint64  // how many values the slot has
	byValue []int16 // by value less min; nil for a large domain
	of      *space.Variable
}

// Remainder prepares one.
func (e *Engine) Remainder() *Remainder {
	r := &Remainder{e: e}
	w := e.whole.get(e)
	if w.space == nil || !w.independent {
		return r
	}
	r.cut, r.few = w.space.Cut(w.levels), e.newFew()
	variables := w.space.Variables()
	r.classes = make([]int16, len(variables))
	r.marked = make([]uint64, (len(e.pack.Questions)+63)/64)
	for i := range variables {
		v := &variables[i]
		r.reads = append(r.reads, e.classReader(v))
		for q, question := range e.pack.Questions {
			if question == v.Question {
				r.questions = append(r.questions, q)
			}
		}
	}
	return r
}

func (e *Engine) classReader(v *space.Variable) classReader {
	slot := &e.pack.Slots[v.Slot]
	c := classReader{slot: int32(v.Slot), option: -1, min: slot.Min, size: uint64(slot.Max-slot.Min) + 1, of: v}
	if v.Kind == space.Chosen {
		c.option = int8(v.Option)
		return c
	}
	if slot.Max-slot.Min < maxDirect {
		c.byValue = make([]int16, slot.Max-slot.Min+1)
		for i := range v.Classes {
			for _, r := range v.Classes[i].Values {
				for x := r.From; x <= r.To; x++ {
					c.byValue[x-slot.Min] = int16(i)
				}
			}
		}
	}
	return c
}

// class returns the class of an answer, and -1 if there is none.
func (c *classReader) class(x pack.Value) int16 {
	at := uint64(x - c.min)
	switch {
	case at >= c.size:
		return -1
	case c.byValue != nil:
		return c.byValue[at]
	case c.option >= 0:
		return int16(x >> c.option & 1)
	}
	return int16(c.of.ClassOf(x))
}

// Of returns what is left after a decision: the levels that are still
// possible, as bits by index, and the questions on which the level hangs, good
// until the next call. exact is as the opposite of Recommendation.Bounds.
func (r *Remainder) Of(d *Decision) (possible uint64, deciding []*pack.Question, exact bool) {
	switch {
	case d.Determined():
		return d.Possible, nil, true
	case r.cut == nil:
		o := r.e.outlook(OrderPack, newJustifier(r.e, r.e.clean(d.answers)), d)
		return o.possible, o.deciding, o.exact
	case r.few != nil:
		if possible, deciding, ok := r.few.at(d.Min, d.possible, r.few.open(d.answers)); ok {
			return possible, deciding, true
		}
	}
	possible, deciding = r.byDiagram(d.answers)
	return possible, deciding, true
}

// byDiagram looks at the answers that are there, whatever is left. There must
// be a cut.
func (r *Remainder) byDiagram(a pack.Answers) (possible uint64, deciding []*pack.Question) {
	for i := range r.reads {
		r.classes[i] = r.reads[i].class(a[r.reads[i].slot])
	}
	possible, support := r.cut.At(r.classes)
	r.decide(support)
	return possible, r.deciding
}

func (r *Remainder) decide(support []uint64) {
	clear(r.marked)
	for i, w := range support {
		for ; w != 0; w &= w - 1 {
			q := r.questions[i*64+bits.TrailingZeros64(w)]
			r.marked[q/64] |= 1 << (q % 64)
		}
	}
	r.deciding = r.deciding[:0]
	for i, w := range r.marked {
		for ; w != 0; w &= w - 1 {
			r.deciding = append(r.deciding, r.e.pack.Questions[i*64+bits.TrailingZeros64(w)])
		}
	}
}
