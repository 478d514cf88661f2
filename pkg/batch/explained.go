package batch

import (
	"strings"

	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
)

// explained writes the cells of Explain: the reasons' texts, the answers that
// suffice, and the nearest changes that lead to other levels.
func (w *worker) explained(b []byte, comma byte) []byte {
	w.cohort.Answers(w.lane, w.answers)
	r := w.r.e.Recommend(w.answers)
	x := explain.Explain(w.r.e, r)
	var reasons, sufficient, flips []string
	for _, f := range r.Indications {
		reasons = append(reasons, f.Criterion.Because)
	}
	for _, slot := range x.Sufficient {
		sufficient = append(sufficient, w.said(slot, r.Answers[slot]))
	}
	for _, f := range x.Flips {
		var changes []string
		for _, c := range f.Changes {
			changes = append(changes, w.said(c.Slot, c.To))
		}
		flips = append(flips, f.Level.ID+": "+strings.Join(changes, " and "))
	}
	for _, list := range [][]string{reasons, sufficient, flips} {
		b = append(appendCell(b, []byte(strings.Join(list, "; ")), comma), comma)
	}
	return b
}

// said is an answer as --set takes it.
func (w *worker) said(slot int, v pack.Value) string {
	return w.r.p.Slots[slot].ID + "=" + w.r.p.FormatAnswer(slot, v)
}
