package verify

import (
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// stepDown looks at the readiness to leave a level: that all of its step-down
// criteria hold. Those of the base are about leaving treatment.
func (r *run) stepDown() []job {
	var out []job
	for _, l := range r.pack.Levels {
		var of []pack.Condition
		whole := true
		for _, c := range l.StepDown {
			whole = whole && !r.leftOut[c.When]
			of = append(of, c.When)
		}
		if len(of) == 0 || !whole {
			continue // said with what is left out
		}
		leave := Proof{ID: "leave-" + l.ID, Kind: StepDown, About: Part{Level: l}, At: l.StepDown[0].At}
		stay := Proof{ID: "ready-" + l.ID, Kind: StepDown, About: Part{Level: l}, At: l.StepDown[0].At}
		open := []Proof{leave, stay}
		if l.Index == 0 {
			open = open[:1]
		}
		out = append(out, job{level: true, conditions: of, open: open, prove: func(f *frame) []Proof {
			leave, stay := leave, stay
			ready := space.True
			for _, c := range l.StepDown {
				ready = f.s.And(ready, f.node(c))
			}
			var found []Proof
			if below := f.leads(belowOf(l)); below != space.False {
				f.leave(&leave, ready, below)
				found = append(found, leave)
			}
			if l.Index > 0 && ready != space.False {
				f.stay(&stay, ready)
				found = append(found, stay)
			}
			return found
		}})
	}
	return out
}

// belowOf is the levels below one, as bits; those below the base are the base.
func belowOf(l *pack.Level) uint64 {
	if l.Index == 0 {
		return 1
	}
	return 1<<l.Index - 1
}

// leave asks whether readiness can go with the recommendation of less.
func (f *frame) leave(p *Proof, ready, below space.Node) {
	l := p.About.Level
	n := f.s.And(ready, below)
	if p.Count = f.memo.Count(n); n == space.False {
		p.Status, p.Code = Refuted, StepDownImpossible
		p.By = f.coverBy(ready, f.run.indicationsFrom(l.Index, nil))
		return
	}
	f.witness(p, n, both(f.run.ready(l), func(d *engine.Decision) bool { return d.Determined() && belowOf(l)>>d.Min&1 == 1 }))
	f.remarkIfContradictory(p)
}

// stay finds the indications of a level that can hold although everything
// is ready for leaving it. That is a remark: nobody is sent to less than what
// is indicated, whatever the step-down criteria say.
func (f *frame) stay(p *Proof, ready space.Node) {
	l := p.About.Level
	var all []space.Node
	for _, c := range l.Indications {
		if n := f.s.And(ready, f.node(c)); n != space.False {
			p.By = append(p.By, c)
			all = append(all, n)
		}
	}
	any := f.s.Or(all...)
	if p.Count = f.memo.Count(any); any == space.False {
		return
	}
	p.Status, p.Code = Remark, StepDownIndicated
	if here := f.s.And(any, f.at(l)); here != space.False {
		f.witness(p, here, both(determined(l), f.run.readyAndIndicated(l)))
		return
	}
	f.witness(p, any, f.run.readyAndIndicated(l))
}

// ready is shown by answers with which all step-down criteria hold.
func (r *run) ready(l *pack.Level) shows {
	var ok []shows
	for _, c := range l.StepDown {
		ok = append(ok, r.state(c, engine.True))
	}
	return both(ok...)
}

func (r *run) readyAndIndicated(l *pack.Level) shows {
	var of []shows
	for _, c := range l.Indications {
		of = append(of, r.state(c, engine.True))
	}
	return both(r.ready(l), func(d *engine.Decision) bool {
		for _, ok := range of {
			if ok(d) {
				return true
			}
		}
		return false
	})
}
