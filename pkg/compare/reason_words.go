package compare

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/engine"
)

// reason says what became of a criterion in one case.
func (w *words) reason(r *Reason) string {
	old, new := r.On[Old], r.On[New]
	switch {
	case new == nil:
		return fmt.Sprintf("%s, which %s %s, is gone.", id(r.ID), argued(r.Holds[Old]), levelName(old.Level))
	case old == nil:
		return fmt.Sprintf("%s is new and %s %s.", id(r.ID), argues(r.Holds[New]), levelName(new.Level))
	case !sameLevel(r.On) && r.Holds[Old] == r.Holds[New]:
		before, now := twoLevels(old.Level, new.Level)
		return fmt.Sprintf("%s %s %s, and no longer for %s.", id(r.ID), argues(r.Holds[New]), now, before)
	}
	return fmt.Sprintf("%s %s %s, and now %s%s.", id(r.ID), argued(r.Holds[Old]), levelName(old.Level), nowArgues(r), w.because(r.ID))
}

func argued(t engine.Truth) string {
	return [...]string{"did not argue for", "could argue for", "argued for"}[t]
}

func argues(t engine.Truth) string {
	return [...]string{"does not argue for", "could argue for", "argues for"}[t]
}

func nowArgues(r *Reason) string {
	text := [...]string{"does not", "could", "does"}[r.Holds[New]]
	if sameLevel(r.On) {
		return text
	}
	if r.Holds[New] == engine.False {
		return "does not, nor for " + levelName(r.On[New].Level)
	}
	return argues(r.Holds[New]) + " " + levelName(r.On[New].Level)
}

// because says how the criterion's condition differs.
func (w *words) because(name string) string {
	for i := range w.d.Entries {
		if e := &w.d.Entries[i]; e.Kind() == Indication && e.ID() == name && e.Old != nil && e.New != nil {
			switch e.Meaning {
			case Wider, Narrower:
				return fmt.Sprintf(": its condition is %v", e.Meaning)
			case Other:
				return ": its condition is another one"
			}
		}
	}
	return ""
}
