package explain

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/space"
)

// nearestChanges finds, for every other level, the way to it that changes the
// fewest answers.
func nearestChanges(o *oracle, r *engine.Recommendation, why []WhyNot) {
	s, f, ok := o.e.Whole()
	if !ok {
		return
	}
	from := s.Classes(r.Answers)
	for i := range why {
		l := why[i].Level.Index
		point, found := s.Nearest(f, 1<<l, from)
		if !found {
			continue
		}
		why[i].Nearest = confirmed(o, r, l, changesTo(r, s, from, point))
	}
}

// changesTo lists what a point changes: the answers that are given, and those
// that are open as they would have to be.
func changesTo(r *engine.Recommendation, s *space.Space, from, point []int) []Change {
	var moved []int
	for v := range from {
		if from[v] != point[v] {
			moved = append(moved, v)
		}
	}
	to := s.Toward(r.Answers, point, moved...)
	var out []Change
	for slot, v := range to {
		if v == r.Answers[slot] {
			continue
		}
		now, known := present(r, slot)
		if !known {
			now = r.Answers[slot]
		}
		out = append(out, Change{slot, now, v})
	}
	return out
}

// confirmed leaves out the open answers that need not be what they are at the
// point, and returns nil if the changes do not determine the level.
func confirmed(o *oracle, r *engine.Recommendation, level int, changes []Change) []Change {
	a := slices.Clone(r.Answers)
	for _, c := range changes {
		a[c.Slot] = c.To
	}
	if o.level(a) != level {
		return nil
	}
	var out []Change
	for _, c := range slices.Backward(changes) {
		if !c.From.Known() {
			if a[c.Slot] = c.From; o.level(a) == level {
				continue
			}
			a[c.Slot] = c.To
		}
		out = append(out, c)
	}
	slices.Reverse(out)
	return out
}
