package explain

import (
	"math/bits"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// oracle decides again, over all completions of other answers.
type oracle struct {
	e    *engine.Engine
	d    engine.Decision
	work int // what deciding has cost so far, about a hundred nanoseconds each
}

// openCost is what it costs to look at completions, beside deciding itself.
const openCost = 40

// level returns the index of the one level that a leads to, and -1 if there is
// more than one.
func (o *oracle) level(a pack.Answers) int {
	possible, _ := o.e.PossibleIn(a, &o.d)
	if o.work++; !o.d.Determined() {
		o.work += openCost
	}
	if possible&(possible-1) != 0 {
		return -1
	}
	return bits.TrailingZeros64(possible)
}
