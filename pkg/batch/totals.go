package batch

import (
	"encoding/binary"
	"math/bits"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// totals finds, eight lanes at a time, the totals of one instrument that the
// items beside them cannot add up to. What is wrong with them is the pack's to
// say.
type totals struct {
	total *[engine.Lanes]uint8
	items []*[engine.Lanes]uint8
	top   uint64 // the highest answer to an item; the lowest is 0
}

// newTotals is nil for an instrument of which a sum may be none that fits into
// seven bits.
func newTotals(c *engine.Cohort, p *pack.Pack, q *pack.Question) *totals {
	t := &totals{total: c.Narrow(q.Slot), top: uint64(len(q.Grades) - 1)}
	if t.total == nil || p.Slots[q.Slot].Min != 0 || len(q.Items)*int(t.top) >= int(engine.CodeNotAssessed) {
		return nil
	}
	for _, it := range q.Items {
		t.items = append(t.items, c.Narrow(it.Slot))
	}
	return t
}

// wrong are the lanes in which there is one.
func (t *totals) wrong() (lanes uint64) {
	for i := 0; i < engine.Lanes; i += 8 {
		total := binary.LittleEndian.Uint64(t.total[i:])
		least, open := uint64(0), uint64(0)
		for _, it := range t.items {
			codes := binary.LittleEndian.Uint64(it[i:])
			missing := missingCodes(codes)
			least += codes &^ (missing<<8 - missing)
			open += missing
		}
		most := least + open*t.top
		// A byte keeps its high bit unless more is taken from it than it has.
		fits := (total | highs - least) & (most | highs - total)
		lanes |= (^fits & highs >> 7 &^ missingCodes(total) * gather >> 56) << i
	}
	return lanes
}

// missingCodes has a 1 for each of eight codes of a narrow column that is no
// answer.
func missingCodes(codes uint64) uint64 {
	return (codes + (0x80-uint64(engine.CodeNotAssessed))*ones) & highs >> 7
}

// check refuses totals that the items beside them cannot add up to. Lines of
// JSON that were read with care have been checked.
func (w *worker) check(n int) {
	lanes := uint64(0)
	for i := range w.totals {
		lanes |= w.totals[i].wrong()
	}
	if w.unsummed {
		lanes = ^lanes
	}
	for m := lanes & (1<<n - 1); m != 0; m &= m - 1 {
		w.look(bits.TrailingZeros64(m))
		if w.row.loose || w.json != nil && len(w.row.errors) > 0 {
			continue
		}
		w.checkTotals()
	}
}
