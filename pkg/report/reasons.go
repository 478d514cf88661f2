package report

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
)

// reasons is what a report takes from an explanation.
type reasons struct {
	sufficient []int // slots
	smallest   bool  // no fewer questions than those of sufficient settle it
	flips      []flip
	nearest    []flip           // the nearest way to each other level that one was found for
	whyNot     []engine.Finding // indications that are false, lowest level first
	others     []explain.WhyNot
}

// flip is the nearest change of answers that would give another level.
type flip struct {
	level   *pack.Level
	changes []change
}

type change struct {
	slot     int
	from, to pack.Value
}

// reasonsOf is the only place that knows package explain.
func reasonsOf(x *explain.Explanation) reasons {
	if x == nil {
		return reasons{}
	}
	out := reasons{sufficient: x.Sufficient, smallest: x.Smallest, others: x.WhyNot}
	for _, f := range x.Flips {
		out.flips = append(out.flips, flipOf(f.Level, f.Changes))
	}
	for _, w := range x.WhyNot {
		if len(w.Nearest) > 0 {
			out.nearest = append(out.nearest, flipOf(w.Level, w.Nearest))
		}
		for _, f := range w.Findings {
			// What holds above a lower level is among the indications already.
			if f.State == engine.False {
				out.whyNot = append(out.whyNot, f)
			}
		}
	}
	return out
}

func flipOf(l *pack.Level, changes []explain.Change) flip {
	f := flip{level: l}
	for _, c := range changes {
		f.changes = append(f.changes, change{c.Slot, c.From, c.To})
	}
	return f
}

// nearestTo are the changes of the nearest way to a level; nil if none is
// known.
func (r reasons) nearestTo(l *pack.Level) []change {
	for _, f := range r.nearest {
		if f.level == l {
			return f.changes
		}
	}
	return nil
}

// against are the indications that would argue for a level and do not hold.
func (r reasons) against(l *pack.Level) []engine.Finding {
	var out []engine.Finding
	for _, f := range r.whyNot {
		if f.Criterion.Level == l {
			out = append(out, f)
		}
	}
	return out
}

// above are the reasons for more than a level: those that hold, and those of
// which one is bound to.
func (r reasons) above(rec *engine.Recommendation, l *pack.Level) []engine.Finding {
	var out []engine.Finding
	for _, f := range append(slices.Clone(rec.Indications), rec.OneOf...) {
		if f.Criterion.Level.Index > l.Index {
			out = append(out, f)
		}
	}
	return out
}

// notHolding are the indications of a level that do not hold, or not yet.
func (r reasons) notHolding(l *pack.Level) []engine.Finding {
	for _, w := range r.others {
		if w.Level == l {
			return w.Findings
		}
	}
	return nil
}
