package review

import (
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Verdict is what a review comes to.
type Verdict int

// The verdicts, in the order of pack.Verdicts.
const (
	StepUp       Verdict = iota // more is indicated than the present level gives
	Continue                    // the same
	StepDown                    // less, and the person is ready for it
	Hold                        // less, and not yet ready: stay, with what is outstanding
	Undetermined                // missing answers leave it open; see Review.Outcomes
)

// String returns the verdict as pack.Verdicts spells it.
func (v Verdict) String() string { return pack.Verdicts()[v] }

// decision is a verdict, before it is put into a Review.
type decision struct {
	verdict  Verdict
	outcomes []Verdict
	to       int // index of the level, or nowhere
}

const nowhere = -1

// decide holds the possible levels, as bits, against the present one. ready
// says that no step-down criterion stands in the way.
func decide(present int, possible uint64, ready bool) decision {
	here := uint64(1) << present
	below, above := possible&(here-1), possible&^(here-1)&^here
	d := decision{to: nowhere}
	if above != 0 {
		d.outcomes = append(d.outcomes, StepUp)
	}
	if possible&here != 0 {
		d.outcomes = append(d.outcomes, Continue)
	}
	switch {
	case below != 0 && ready:
		d.outcomes = append(d.outcomes, StepDown)
	case below != 0:
		d.outcomes = append(d.outcomes, Hold)
	}
	d.verdict = Undetermined
	if len(d.outcomes) == 1 {
		d.verdict = d.outcomes[0]
	}
	switch {
	case above == 0 && (below == 0 || !ready):
		d.to = present // to continue and to hold lead to the same place
	case d.verdict == StepUp:
		d.to = bits.TrailingZeros64(above)
	case d.verdict == StepDown:
		d.to = bits.Len64(below) - 1
	}
	return d
}
