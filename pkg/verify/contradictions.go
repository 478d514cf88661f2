package verify

import (
	"math/big"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// contradictions counts what the pack calls contradictory.
func (r *run) contradictions() []job {
	var out []job
	var all []pack.Condition
	for _, n := range r.pack.Notes {
		if n.Kind != pack.Contradiction || r.leftOut[n.When] {
			continue
		}
		all = append(all, n.When)
		p := Proof{ID: "contradiction-" + n.ID, Kind: Contradictions, About: Part{Note: n}, At: n.At}
		out = append(out, job{conditions: []pack.Condition{n.When}, open: []Proof{p}, prove: func(f *frame) []Proof {
			here := f.s.Condition(n.When)
			if here == space.False {
				return nil // found dead already
			}
			p := p
			p.Count = f.memo.Count(here)
			return []Proof{p}
		}})
	}
	if len(all) == 0 {
		return nil
	}
	var count *big.Int
	return append(out, job{
		conditions: all,
		prove: func(f *frame) []Proof {
			n := space.False
			for _, c := range all {
				n = f.s.Or(n, f.s.Condition(c))
			}
			count = f.memo.Count(n)
			return nil
		},
		keep: func([]Proof) { r.report.Contradictory = count },
	})
}
