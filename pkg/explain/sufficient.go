package explain

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// sufficient leaves out one question's answers after the other, as long as the
// level stays determined. It begins with the last question, so that what stays
// is what is asked first: the weightiest, in a pack that asks safety first.
//
// Once round is enough: with fewer answers nothing becomes determined that was
// not, so an answer that could not be left out cannot be later either.
func sufficient(e *engine.Engine, r *engine.Recommendation) []int {
	a, d := slices.Clone(r.Answers), new(engine.Decision)
	for _, q := range slices.Backward(r.Pack.Questions) {
		kept := leaveOut(a, q)
		if e.Decide(a, d); !d.Determined() {
			restore(a, q, kept)
		}
	}
	var slots []int
	for s, v := range a {
		if v.Known() {
			slots = append(slots, s)
		}
	}
	return slots
}

// leaveOut removes the answers to q and its items and returns them.
func leaveOut(a pack.Answers, q *pack.Question) pack.Answers {
	kept := pack.Answers{a[q.Slot]}
	a[q.Slot] = pack.Missing
	for _, it := range q.Items {
		kept = append(kept, a[it.Slot])
		a[it.Slot] = pack.Missing
	}
	return kept
}

func restore(a pack.Answers, q *pack.Question, kept pack.Answers) {
	a[q.Slot] = kept[0]
	for i, it := range q.Items {
		a[it.Slot] = kept[i+1]
	}
}
