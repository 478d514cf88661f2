package engine

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// readers fill the planes that are given to a circuit.
type readers struct {
	scales  []scaleReader
	codes   []codeReader
	values  []valueReader
	options []optionReader
	totals  []totalReader
	lanes   laneReader
}

// read reads the columns. What planes have of the lanes from n on is of no
// meaning.
func (r *readers) read(c *Cohort, n int) {
	planes := c.circuit.planes
	for i := range r.scales {
		r.scales[i].read(planes)
	}
	for i := range r.codes {
		r.codes[i].read(planes)
	}
	for i := range r.values {
		r.values[i].read(planes)
	}
	for i := range r.options {
		r.options[i].read(planes)
	}
	for i := range r.totals {
		r.totals[i].read(planes)
	}
	if !r.lanes.empty() {
		r.lanes.read(c, n)
	}
}

// readers makes those of all sources. The gates of one follow each other.
func (w *cohortWiring) readers(place []int32) readers {
	var r readers
	for _, s := range w.sources {
		first := place[s.gates[0]]
		switch s.kind {
		case fromCodes:
			if slot := &w.e.pack.Slots[s.of]; slot.Max-slot.Min < maxScale {
				r.scales = append(r.scales, scaleReader(w.codeReader(s, first, atLeastOfScale)))
			} else {
				r.codes = append(r.codes, w.codeReader(s, first, atLeast))
			}
		case fromValues:
			slot := &w.e.pack.Slots[s.of]
			r.values = append(r.values, valueReader{w.c.wide[s.of], slot.Min, slot.Max, s.marks, first})
		case fromOptions:
			r.options = append(r.options, w.optionReader(s, first))
		case fromTotals:
			r.totals = append(r.totals, w.totalReader(s, first))
		case fromBounds:
			r.lanes.spans = append(r.lanes.spans, laneSpan{s.leaf, s.marks, first})
		case fromTests:
			r.lanes.flags = append(r.lanes.flags, laneFlag{s.leaf, s.of, first})
			r.lanes.walks = r.lanes.walks || s.leaf == nil
		}
	}
	if !r.lanes.empty() {
		r.lanes.answers, r.lanes.sums = w.e.pack.NewAnswers(), w.e.newSums()
		r.lanes.truths = make([]Truth, len(w.e.tree.nodes))
	}
	return r
}

func (w *cohortWiring) codeReader(s *source, first int32, atLeast func(pack.Value) uint64) codeReader {
	slot := &w.e.pack.Slots[s.of]
	r := codeReader{column: w.c.narrow[s.of], beyond: atLeast(slot.Max - slot.Min + 1), first: first}
	for _, m := range s.marks {
		r.atLeast = append(r.atLeast, atLeast(m-slot.Min))
	}
	return r
}

// optionReader expects the gates in the order that sortOptions gives them.
func (w *cohortWiring) optionReader(s *source, first int32) optionReader {
	r := optionReader{column: w.c.wide[s.of], max: w.e.pack.Slots[s.of].Max, known: first}
	for i, m := range s.marks[1:] {
		shift := uint8(m) &^ 7
		if k := len(r.eights) - 1; k < 0 || r.eights[k].shift != shift {
			r.eights = append(r.eights, eightOptions{shift: shift, first: first + 1 + int32(i)})
		}
		e := &r.eights[len(r.eights)-1]
		e.options = append(e.options, uint8(m)-shift)
	}
	return r
}

// sortOptions brings the options of a source into order, with the mark of any
// answer first.
func (s *source) sortOptions() {
	gateOf := make(map[pack.Value]int32)
	for i, m := range s.marks {
		gateOf[m] = s.gates[i]
	}
	slices.Sort(s.marks)
	for i, m := range s.marks {
		s.gates[i] = gateOf[m]
	}
}

func (w *cohortWiring) totalReader(s *source, first int32) totalReader {
	in := &w.e.instruments[s.of]
	r := totalReader{of: in, column: w.c.narrow[in.slot], beyond: atLeast(in.max + 1), missing: atLeast(in.top + 1), first: first,
		filled: atLeast(pack.Value(max(0, min(in.fillAtMost, in.items-1))) + 1)}
	for i := range in.items {
		it := itemColumn{column: w.c.narrow[in.slot+1+i]}
		if slices.Contains(in.never, in.slot+1+i) {
			it.never = ^uint64(0)
		}
		r.items = append(r.items, it)
	}
	for _, m := range s.marks {
		r.atLeast = append(r.atLeast, atLeast(m))
	}
	return r
}

// addsUp reports whether an instrument is as instruments are: its total is what
// its items can add up to, and fits into a narrow column.
func (c *Cohort) addsUp(in *instrument) bool {
	if c.narrow[in.slot] == nil || in.min != 0 || in.max != pack.Value(in.items)*in.top {
		return false
	}
	for i := range in.items {
		if s := &c.e.pack.Slots[in.slot+1+i]; s.Min != 0 || s.Max != in.top || c.narrow[in.slot+1+i] == nil {
			return false
		}
	}
	return true
}
