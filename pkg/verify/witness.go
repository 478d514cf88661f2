package verify

import (
	"fmt"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// shows says whether a decision is what a witness has to show. It must hold
// for all that can still be answered, so that a witness needs no answers
// beside those that matter.
type shows func(*engine.Decision) bool

// example returns the mildest point at which a function holds, and whether the
// pack calls all such points contradictory: one that it does not is preferred.
func (f *frame) example(n space.Node) (point []int, found, contradictory bool) {
	point, found = f.memo.Example(n)
	if !found || f.s.At(f.contradictory(), point) == 0 {
		return point, found, false
	}
	if better, found := f.memo.Example(f.s.And(n, f.s.Not(f.contradictory()))); found {
		return better, true, false
	}
	return point, true, true
}

// only returns contradictions that cover a function between them.
func (f *frame) only(n space.Node) []*pack.Note {
	nodes := make([]space.Node, len(f.notes))
	for i, note := range f.notes {
		nodes[i] = f.s.Condition(note.When)
	}
	var out []*pack.Note
	for _, i := range f.cover(n, nodes) {
		out = append(out, f.notes[i])
	}
	return out
}

// answersAt returns the answers at a point to all that the frame knows.
func (f *frame) answersAt(point []int) pack.Answers {
	all := make([]int, len(point))
	for v := range all {
		all[v] = v
	}
	return f.s.Answers(point, all...)
}

// witness fills in a proof's witness from where it holds, and says in which
// contradictions alone that is.
func (f *frame) witness(p *Proof, n space.Node, ok shows) {
	point, found, contradictory := f.example(n)
	if contradictory {
		p.Only = f.only(n)
	}
	if !found {
		return // only over budget, where nothing counts
	}
	answers := f.answersAt(point)
	if !f.confirmed(p, answers, ok) {
		return
	}
	f.run.prune(func() bool { return f.run.decide(answers, ok) }, answers)
	p.Witness = []Witness{f.run.newWitness(p.ID, answers)}
}

// confirmed lets the engine confirm an example.
func (f *frame) confirmed(p *Proof, a pack.Answers, ok shows) bool {
	if f.run.decide(a, ok) {
		return true
	}
	f.deny(p, a)
	return false
}

// deny notes that the engine does not confirm an example, which counts only if
// the space is within its budget.
func (f *frame) deny(p *Proof, a pack.Answers) {
	if f.err == nil {
		f.err = fmt.Errorf("proof %s of the rules %s: the engine does not confirm the answers %s", p.ID, f.run.pack.ID, f.run.pack.AnswersJSON(a))
	}
}

func (r *run) decide(a pack.Answers, ok shows) bool {
	r.engine.Decide(a, &r.d)
	return ok(&r.d)
}

// prune takes away, question by question and last first, what is not needed
// for the answers to show what they have to. In a pack beyond all measure it
// gives up on that, and witnesses have more answers than they need.
func (r *run) prune(holds func() bool, of ...pack.Answers) {
	var was pack.Answers
	for _, q := range slices.Backward(r.pack.Questions) {
		if r.patience -= r.weight; r.patience < 0 {
			return
		}
		slots := q.Slots()
		was = was[:0]
		for _, a := range of {
			for _, s := range slots {
				was = append(was, a[s])
				a[s] = pack.Missing
			}
		}
		if slices.Max(was) == pack.Missing || holds() {
			continue
		}
		for i, a := range of {
			for k, s := range slots {
				a[s] = was[i*len(slots)+k]
			}
		}
	}
}

func (r *run) newWitness(name string, a pack.Answers) Witness {
	r.engine.Decide(a, &r.d)
	return Witness{name, a, r.levelsOf(r.d.Possible)}
}

// determined is shown by answers that leave just this level.
func determined(l *pack.Level) shows {
	return func(d *engine.Decision) bool { return d.Min == l.Index && d.Max == l.Index }
}

// state is shown by answers that settle a criterion.
func (r *run) state(c *pack.Criterion, want engine.Truth) shows {
	i, _ := r.engine.CriterionIndex(c)
	return func(d *engine.Decision) bool { return d.State(i) == want }
}

// both is shown by answers that show each.
func both(of ...shows) shows {
	return func(d *engine.Decision) bool {
		for _, ok := range of {
			if !ok(d) {
				return false
			}
		}
		return true
	}
}

// maxPatience is how many rules and terms of scores may be looked at to make
// witnesses short, over all of a run. The default pack takes 2 million.
const maxPatience = 20_000_000

// weigh returns how many rules and terms one decision looks at.
func weigh(p *pack.Pack, rules int) int {
	n := rules + 1
	for _, s := range p.Scores {
		n += len(s.Terms)
	}
	return n
}
