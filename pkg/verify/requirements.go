package verify

import (
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// requirements finds those that nobody who is recommended the level can meet,
// and those that nobody fails: that is a remark, since a list of conditions
// for admission rightly says what the level already implies.
func (r *run) requirements() []job {
	var out []job
	for i := range r.rules {
		u := &r.rules[i]
		c := u.part.Criterion
		if c == nil || c.Kind != pack.Requirement {
			continue
		}
		met := Proof{ID: "met-" + c.ID, Kind: Requirements, About: u.part, At: u.at}
		fails := Proof{ID: "fails-" + c.ID, Kind: Requirements, About: u.part, At: u.at}
		out = append(out, job{level: true, conditions: []pack.Condition{u.when}, open: []Proof{met, fails}, prove: func(f *frame) []Proof {
			at := f.at(c.Level)
			if at == space.False {
				return nil // nobody is recommended the level, which is said there
			}
			met, fails := met, fails
			f.canBeMet(&met, at)
			f.canFail(&fails, at)
			return []Proof{met, fails}
		}})
	}
	return out
}

func (f *frame) canBeMet(p *Proof, at space.Node) {
	c := p.About.Criterion
	n := f.s.And(at, f.node(c))
	if p.Count = f.memo.Count(n); n == space.False {
		p.Status, p.Code = Refuted, RequirementNever
		p.By = f.coverBy(f.s.And(f.node(c), f.argued(c.Level)), f.run.indicationsFrom(c.Level.Index+1, nil))
		return
	}
	f.witness(p, n, both(determined(c.Level), f.run.state(c, engine.True)))
	f.remarkIfContradictory(p)
}

func (f *frame) canFail(p *Proof, at space.Node) {
	c := p.About.Criterion
	n := f.s.And(at, f.s.Not(f.node(c)))
	if p.Count = f.memo.Count(n); n == space.False {
		p.Status, p.Code = Remark, RequirementAlways
		p.By = f.coverBy(f.s.And(f.s.Not(f.node(c)), f.argued(c.Level)), f.run.indicationsFrom(c.Level.Index+1, nil))
		return
	}
	f.witness(p, n, both(determined(c.Level), f.run.state(c, engine.False)))
	f.remarkIfContradictory(p)
}

// argued is where an indication of the level holds; for the base, everywhere.
func (f *frame) argued(l *pack.Level) space.Node {
	if l.Index == 0 {
		return space.True
	}
	var of []space.Node
	for _, c := range l.Indications {
		of = append(of, f.node(c))
	}
	return f.s.Or(of...)
}
