package review

import "github.com/carelevel/carelevel/pkg/pack"

// Change is an answer that is not as it was at the assessment before. That of
// an instrument is its total, given, summed or filled in.
type Change struct {
	Slot     int
	From, To pack.Value // Missing where there is no answer
	Way      Way
}

// Way is what a change means.
type Way int

// The ways. Better and worse go by the question's direction.
const (
	Better Way = iota
	Worse
	Other // the question has no direction, or some options came and others went
	New   // there was no answer before
	Gone  // there is none now
)

// String returns "better", "worse", "other", "new" or "gone".
func (w Way) String() string { return [...]string{"better", "worse", "other", "new", "gone"}[w] }
