package coverage

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/pack"
)

// choice is a cover of what is open by candidates, one after the other.
type choice struct {
	open  []bool
	pool  []*candidate
	taken map[string]bool // candidates by what they say
}

func (c *choice) add(candidates []*candidate) {
	for _, x := range candidates {
		key := fmt.Sprint(x.base.profile != nil, x.a, placedAt(x.placed))
		if !c.taken[key] {
			c.taken[key] = true
			c.pool = append(c.pool, x)
		}
	}
}

// placedAt is the index of a level, -1 of none.
func placedAt(l *pack.Level) int {
	if l == nil {
		return -1
	}
	return l.Index
}

// best is the candidate that does most of what is open; of two, the one with
// less to write, and then the first.
func (c *choice) best() (best *candidate) {
	most := 0
	for _, x := range c.pool {
		n := 0
		for _, i := range x.done {
			if c.open[i] {
				n++
			}
		}
		if n > most || n == most && n > 0 && x.cost < best.cost {
			best, most = x, n
		}
	}
	return best
}
