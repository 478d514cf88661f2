package engine

import (
	"github.com/carelevel/carelevel/pkg/pack"
)

// Lanes is how many people a Cohort holds.
const Lanes = 64

// Cohort decides on many people at once, one in each lane, and says of each
// what Decide and a Decision say: for those who look at millions. Answers stand
// in columns, one for each slot, and what they come down to in words with a bit
// for each person, so that one instruction works on all of them, and none waits
// for what an answer is. It allocates nothing once it is made, unless the
// levels are looked at as Remainder.Of does where it serves no other way. It
// belongs to one goroutine.
type Cohort struct {
	e      *Engine
	narrow []*[Lanes]uint8 // by slot
	wide   []*[Lanes]pack.Value

	readers readers
	circuit circuit
	outcome outcome
	rest    rest
}

// The codes of answers that are not there, in a narrow column.
const (
	CodeNotAssessed uint8 = 126
	CodeMissing     uint8 = 127
)

// NewCohort prepares one in which everything is missing.
func (e *Engine) NewCohort() *Cohort {
	c := &Cohort{e: e, narrow: make([]*[Lanes]uint8, len(e.pack.Slots)), wide: make([]*[Lanes]pack.Value, len(e.pack.Slots))}
	codes := make([][Lanes]uint8, len(e.pack.Slots))
	for i := range e.pack.Slots {
		s := &e.pack.Slots[i]
		if s.Max-s.Min < pack.Value(CodeNotAssessed) && (s.IsItem() || s.Question.Kind != pack.Multi) {
			c.narrow[i] = &codes[i]
		} else {
			c.wide[i] = new([Lanes]pack.Value)
		}
	}
	c.Clear()
	c.wire()
	return c
}

// Narrow returns the column of a slot with a small domain: for each lane the
// code of its answer, which is below 128; see Code. It is nil for other slots.
func (c *Cohort) Narrow(slot int) *[Lanes]uint8 { return c.narrow[slot] }

// Wide returns the column of a slot with a large domain or of a multiple
// choice, and nil for other slots.
func (c *Cohort) Wide(slot int) *[Lanes]pack.Value { return c.wide[slot] }

// Code is how an answer stands in a narrow column: as its distance from the
// least one of the slot's domain. A value outside of that is missing.
func (c *Cohort) Code(slot int, v pack.Value) uint8 {
	s := &c.e.pack.Slots[slot]
	switch {
	case v == pack.NotAssessed:
		return CodeNotAssessed
	case v < s.Min || v > s.Max:
		return CodeMissing
	}
	return uint8(v - s.Min)
}

// Clear makes all answers of all lanes missing.
func (c *Cohort) Clear() {
	for i, codes := range c.narrow {
		if codes != nil {
			*codes = missingCodes
		} else {
			*c.wide[i] = missingValues
		}
	}
}

// ClearLane makes all answers of a lane missing.
func (c *Cohort) ClearLane(lane int) {
	for i := range c.narrow {
		c.Set(i, lane, pack.Missing)
	}
}

// Columns in which everything is missing.
var missingCodes, missingValues = func() (codes [Lanes]uint8, values [Lanes]pack.Value) {
	for i := range Lanes {
		codes[i], values[i] = CodeMissing, pack.Missing
	}
	return codes, values
}()

// Set sets one answer.
func (c *Cohort) Set(slot, lane int, v pack.Value) {
	if col := c.narrow[slot]; col != nil {
		col[lane] = c.Code(slot, v)
		return
	}
	c.wide[slot][lane] = v
}

// Answer returns one answer.
func (c *Cohort) Answer(slot, lane int) pack.Value {
	col := c.narrow[slot]
	if col == nil {
		return c.wide[slot][lane]
	}
	switch v := col[lane]; v {
	case CodeMissing:
		return pack.Missing
	case CodeNotAssessed:
		return pack.NotAssessed
	default:
		return c.e.pack.Slots[slot].Min + pack.Value(v)
	}
}

// Answers copies the answers of a lane.
func (c *Cohort) Answers(lane int, to pack.Answers) {
	for i := range to {
		to[i] = c.Answer(i, lane)
	}
}
