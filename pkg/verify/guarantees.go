package verify

import (
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// guarantees proves or refutes the pack's own sentences about all answers.
func (r *run) guarantees() []job {
	var out []job
	for _, g := range r.pack.Guarantees {
		if r.leftOut[g.Whenever] {
			continue
		}
		p := Proof{ID: "guarantee-" + g.ID, Kind: Guarantees, About: Part{Guarantee: g}, At: g.At}
		out = append(out, job{level: true, conditions: []pack.Condition{g.Whenever}, open: []Proof{p}, prove: func(f *frame) []Proof {
			p := p
			f.guarantee(&p)
			return []Proof{p}
		}})
	}
	return out
}

func (f *frame) guarantee(p *Proof) {
	g := p.About.Guarantee
	n := f.s.Condition(g.Whenever)
	p.Count = f.memo.Count(n)
	broken := space.False
	var wrong uint64 // levels that break it
	if g.AtLeast != nil {
		wrong |= 1<<g.AtLeast.Index - 1
		p.From = g.AtLeast
	}
	if g.AtMost != nil {
		wrong |= 1<<len(f.run.pack.Levels) - 1<<(g.AtMost.Index+1)
		p.From = g.AtMost
	}
	broken = f.s.And(n, f.leads(wrong))
	if broken == space.False {
		return
	}
	p.Status, p.Code = Refuted, GuaranteeBroken
	p.Count = f.memo.Count(broken)
	f.witness(p, broken, both(f.run.shown(p.About), func(d *engine.Decision) bool { return d.Determined() && wrong>>d.Min&1 == 1 }))
	if len(p.Witness) > 0 {
		p.To = p.Witness[0].Levels[0]
	}
	if g.AtLeast != nil && g.AtMost != nil && p.To != nil && p.To.Index < g.AtLeast.Index {
		p.From = g.AtLeast
	}
}
