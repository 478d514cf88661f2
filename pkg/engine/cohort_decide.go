package engine

import (
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
)

// outcome is what a cohort decided.
type outcome struct {
	levels     []int32       // the plane of the indications of each level
	possible   [Lanes]uint64 // levels, by seat
	undecided  uint64        // seats with several of them
	order      order
	required   [][]uint64 // of each level: its requirements in their order
	indication laneRows
	unmet      laneRows
	unknown    laneRows
	note       laneRows
}

// order is that of the bits of rows.
type order struct {
	indications, requirements []int // indices of criteria
}

// rest is what is needed of a lane with several possible levels.
type rest struct {
	terms  laneRows // of the indications
	filled bool
	narrow []decidingSlot
	wide   []int
	d      Decision
}

// decidingSlot is one that an indication tests.
type decidingSlot struct {
	column *[Lanes]uint8
	slot   int
	min    pack.Value
}

// findSlots finds the slots that the indications test.
func (r *rest) findSlots(c *Cohort) {
	tested := make([]bool, len(c.narrow))
	for _, test := range c.e.Tests() {
		switch t := test.(type) {
		case *pack.Includes:
			tested[t.Slot] = true
		case *pack.Answered:
			tested[t.Slot] = true
		case *pack.In:
			if t.Score == nil {
				tested[t.Slot] = true
				continue
			}
			for _, of := range t.Score.Terms {
				tested[of.Slot] = true
			}
		}
	}
	for i, is := range tested {
		switch column := c.narrow[i]; {
		case !is:
		case column != nil:
			r.narrow = append(r.narrow, decidingSlot{column, i, c.e.pack.Slots[i].Min})
		default:
			r.wide = append(r.wide, i)
		}
	}
}

// wire makes the circuit and all that reads and shows it.
func (c *Cohort) wire() {
	w := &cohortWiring{wiring: newWiring(), e: c.e, c: c, at: make(map[sourceKey]*source), literal: make(map[literal]int32)}
	e, o := c.e, &c.outcome
	o.findOrder(e)
	rule := make([]int32, len(e.rules))
	var terms []int32
	byLevel := make([]int32, len(e.pack.Levels))
	for _, i := range o.order.indications {
		is, of := w.rule(e.rules[i])
		l := e.levelIndex(e.criteria[i].Level)
		rule[i], terms = is, append(terms, of...)
		byLevel[l] = w.either(byLevel[l], is)
	}
	for _, i := range o.order.requirements {
		rule[i], _ = w.rule(e.rules[i])
	}
	notes := rule[len(rule)-len(e.pack.Notes):]
	for i := range notes {
		notes[i], _ = w.rule(e.rules[len(rule)-len(notes)+i])
	}
	var givens []int32
	for _, s := range w.sources {
		if s.kind == fromOptions {
			s.sortOptions()
		}
		givens = append(givens, s.gates...)
	}
	var place []int32
	c.circuit, place = w.circuit(givens)
	c.readers = w.readers(place)
	for _, g := range byLevel {
		o.levels = append(o.levels, place[g])
	}
	pick := func(of []int) (gates []int32) {
		for _, i := range of {
			gates = append(gates, rule[i])
		}
		return gates
	}
	o.indication = newRows(pick(o.order.indications), place)
	o.unmet = newRows(pick(o.order.requirements), place)
	o.unknown = newRows(pick(o.order.requirements), place)
	o.note = newRows(notes, place)
	c.rest.terms = newRows(terms, place)
	c.rest.findSlots(c)
	c.rest.d.prepare(e)
}

func (o *outcome) findOrder(e *Engine) {
	for _, i := range e.hotFirst() {
		if i < len(e.criteria) && e.criteria[i].Kind == pack.Indication {
			o.order.indications = append(o.order.indications, i)
		}
	}
	for l := range e.pack.Levels {
		for _, r := range e.required[l] {
			o.order.requirements = append(o.order.requirements, r.index)
		}
	}
	at := 0
	for l := range e.pack.Levels {
		of := make([]uint64, (len(o.order.requirements)+63)/64)
		for range e.required[l] {
			of[at/64] |= 1 << (at % 64)
			at++
		}
		o.required = append(o.required, of)
	}
}

// Decide decides on the lanes before n.
func (c *Cohort) Decide(n int) {
	c.readers.read(c, n)
	c.circuit.run()
	planes, o := c.circuit.planes, &c.outcome
	o.findLevels(planes)
	o.undecided &= firstLanes(n)
	o.indication.fill(planes, sayHolds)
	fillBoth(&o.unmet, &o.unknown, planes)
	o.note.fill(planes, sayHolds)
	c.rest.filled = false
}

// findLevels finds the possible levels: all with a possible indication down to
// the highest with one that holds, or to the lowest level.
func (o *outcome) findLevels(planes []pair) {
	m := &o.possible
	clear(m[len(o.levels):])
	argued, some, several := uint64(0), uint64(0), uint64(0)
	for l := len(o.levels) - 1; l >= 0; l-- {
		p := &planes[o.levels[l]]
		is := p.possible
		if l == 0 {
			is = ^uint64(0)
		}
		is &^= argued
		argued |= p.holds
		several |= some & is
		some |= is
		m[l] = is
	}
	o.undecided = several
	if len(o.levels) <= 8 {
		transposeEight(m)
	} else {
		transpose(m)
	}
}

// Undecided returns the lanes before n with several possible levels, as bits:
// those of which Rest has more to say.
func (c *Cohort) Undecided() uint64 { return seats(c.outcome.undecided) }

// Rest is what Remainder.Of says of a lane.
func (c *Cohort) Rest(lane int, r *Remainder) (possible uint64, deciding []*pack.Question, exact bool) {
	possible = c.outcome.possible[seat(lane)]
	if possible&(possible-1) == 0 {
		return possible, nil, true
	}
	d := &c.rest.d
	d.Possible, d.Min, d.Max = possible, bits.TrailingZeros64(possible), bits.Len64(possible)-1
	copy(d.possible, c.standing(lane))
	if r.cut == nil {
		c.Answers(lane, d.answers)
	} else {
		c.decidingAnswers(lane, d.answers)
	}
	return r.Of(d)
}

// decidingAnswers copies the answers that can move the level, which is all that
// a remainder looks at where it has a cut. The codes of no answer lie outside of
// any domain, and may stay what they are.
func (c *Cohort) decidingAnswers(lane int, to pack.Answers) {
	for i := range c.rest.narrow {
		s := &c.rest.narrow[i]
		to[s.slot] = s.min + pack.Value(s.column[lane&(Lanes-1)])
	}
	for _, slot := range c.rest.wide {
		to[slot] = c.wide[slot][lane]
	}
}

// standing are the terms of indications that are possible in a lane. They are
// made when they are first asked for.
func (c *Cohort) standing(lane int) []uint64 {
	if !c.rest.filled {
		c.rest.terms.fill(c.circuit.planes, sayPossible)
		c.rest.filled = true
	}
	return c.rest.terms.row(lane)
}

// IndicationOrder returns the indices of the criteria that the bits of
// Indications stand for: those of the highest level first, and within a level
// in the pack's order. It must not be changed.
func (c *Cohort) IndicationOrder() []int { return c.outcome.order.indications }

// RequirementOrder returns the indices of the criteria that the bits of Unmet
// and Unknown stand for: those of the lowest level first, and within a level in
// the pack's order. It must not be changed.
func (c *Cohort) RequirementOrder() []int { return c.outcome.order.requirements }

// LevelRequirements returns which bits of Unmet and Unknown are of a level. It
// must not be changed.
func (c *Cohort) LevelRequirements(level int) []uint64 { return c.outcome.required[level] }

// Indications returns the indications that hold in a lane, as bits in the order
// of IndicationOrder. These and the others are good until the next decision.
func (c *Cohort) Indications(lane int) []uint64 { return c.outcome.indication.row(lane) }

// Unmet returns the requirements that are not met, as bits in the order of
// RequirementOrder.
func (c *Cohort) Unmet(lane int) []uint64 { return c.outcome.unmet.row(lane) }

// Unknown returns the requirements that are unknown, as bits in the order of
// RequirementOrder.
func (c *Cohort) Unknown(lane int) []uint64 { return c.outcome.unknown.row(lane) }

// Notes returns the notes that the answers call for, as bits in the order of
// pack.Notes.
func (c *Cohort) Notes(lane int) []uint64 { return c.outcome.note.row(lane) }

// Count adds how many of some lanes have each indication to criteria, by index,
// and how many have each note to notes.
func (c *Cohort) Count(lanes uint64, criteria, notes []int64) {
	planes, o, of := c.circuit.planes, &c.outcome, seats(lanes)
	for i, k := range o.order.indications {
		criteria[k] += int64(bits.OnesCount64(planes[o.indication.of[i]].holds & of))
	}
	for i := range c.e.pack.Notes {
		notes[i] += int64(bits.OnesCount64(planes[o.note.of[i]].holds & of))
	}
}
