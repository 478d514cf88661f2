package engine

import "math/bits"

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
