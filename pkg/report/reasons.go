package report

import (
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
)

// reasons is what a report takes from an explanation.
type reasons struct {
	sufficient []int // slots
	flips      []flip
	whyNot     []engine.Finding // indications that are false, lowest level first
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
	out := reasons{sufficient: x.Sufficient}
	for _, f := range x.Flips {
		g := flip{level: f.Level}
		for _, c := range f.Changes {
			g.changes = append(g.changes, change{c.Slot, c.From, c.To})
		}
		out.flips = append(out.flips, g)
	}
	for _, w := range x.WhyNot {
		for _, f := range w.Findings {
			// What holds above a lower level is among the indications already.
			if f.State == engine.False {
				out.whyNot = append(out.whyNot, f)
			}
		}
	}
	return out
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
