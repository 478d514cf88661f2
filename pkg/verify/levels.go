package verify

import (
	"math/big"
	"slices"

	"github.com/carelevel/carelevel/pkg/space"
)

// levels counts what leads to each level.
func (r *run) levels() []job {
	var open []Proof
	for _, l := range r.pack.Levels {
		open = append(open, Proof{ID: "level-" + l.ID, Kind: Levels, About: Part{Level: l}, At: l.At})
	}
	var size *big.Int
	prove := func(f *frame) []Proof {
		counts := f.s.Counts(f.level)
		size = f.s.Size()
		out := slices.Clone(open)
		for i := range out {
			out[i].Count = orZero(counts[i])
			f.reach(&out[i])
		}
		return out
	}
	keep := func(proofs []Proof) {
		r.report.Size = size
		for _, p := range proofs {
			r.report.Shares = append(r.report.Shares, p.Count)
		}
	}
	return []job{{level: true, open: open, prove: prove, keep: keep}}
}

func orZero(n *big.Int) *big.Int {
	if n == nil {
		return new(big.Int)
	}
	return n
}

func (f *frame) reach(p *Proof) {
	l := p.About.Level
	if at := f.at(l); at != space.False {
		f.witness(p, at, determined(l))
		f.remarkIfContradictory(p)
		return
	}
	p.Status, p.Code = Refuted, LevelUnreachable
	argued := space.True
	if l.Index > 0 {
		argued = space.False
		for _, c := range l.Indications {
			argued = f.s.Or(argued, f.node(c))
		}
	}
	p.By = f.coverBy(argued, f.run.indicationsFrom(l.Index+1, nil))
}

// remarkIfContradictory turns what is true only in contradictory answers into
// a remark.
func (f *frame) remarkIfContradictory(p *Proof) {
	if p.Only != nil && p.Status == Proved {
		p.Status, p.Code = Remark, OnlyContradictory
	}
}
