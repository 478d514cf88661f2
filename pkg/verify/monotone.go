package verify

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// monotone holds every question with a direction to it: the next worse answer,
// with all others as they are, never leads to less. One step after the other
// that covers any worse answer. A step of an instrument is one item a grade
// worse, with the total that follows; of a multiple choice one option more.
func (r *run) monotone() []job {
	var out []job
	for _, q := range r.pack.Questions {
		if q.Worse == pack.WorseNeither {
			continue
		}
		p := Proof{ID: "monotone-" + q.ID, Kind: Monotone, About: Part{Question: q}, At: q.At}
		out = append(out, job{level: true, open: []Proof{p}, prove: func(f *frame) []Proof {
			p := p
			f.falls(&p)
			return []Proof{p}
		}})
	}
	return out
}

// step is a change of one variable to the next worse value.
type step struct {
	variable int
	from, to int        // classes
	x, y     pack.Value // the values
}

// steps returns the steps of a variable between values that can be told apart.
func (f *frame) steps(at int) []step {
	v := &f.s.Variables()[at]
	var out []step
	seen := map[[2]int]bool{}
	for c := range v.Classes {
		for _, r := range v.Classes[c].Values {
			next := v.ClassOf(r.To + 1)
			if next < 0 || next == c {
				continue
			}
			s := step{at, c, next, r.To, r.To + 1}
			if v.Question.Worse == pack.WorseLower {
				s = step{at, next, c, r.To + 1, r.To}
			}
			if key := [2]int{s.from, s.to}; !seen[key] {
				seen[key] = true
				out = append(out, s)
			}
		}
	}
	return out
}

// fall is where a step leads to less.
type fall struct {
	step
	where space.Node // without regard to the variable itself
}

// falls looks for steps that lead to less, and shows the one that needs the
// fewest other answers.
func (f *frame) falls(p *Proof) {
	var found []fall
	for _, v := range f.s.Support(f.level) {
		if f.s.Variables()[v].Question != p.About.Question {
			continue
		}
		for _, s := range f.steps(v) {
			if n := f.s.Falls(f.level, v, [][2]int{{s.from, s.to}}); n != space.False {
				found = append(found, fall{s, n})
			}
		}
	}
	if len(found) == 0 {
		return
	}
	p.Status, p.Code = Refuted, NotMonotone
	best, point, contradictory := f.smallest(found)
	if contradictory {
		p.Only = f.onlyFalls(found)
	}
	f.showFall(p, best.step, point)
}

// smallest returns the step, and the point to take it at, that differ from
// the mildest answers the least; one that the pack does not call
// contradictory before or after the step if there is one.
func (f *frame) smallest(found []fall) (best fall, point []int, contradictory bool) {
	least := [3]int{2}
	for _, s := range found {
		clean := f.s.And(s.where, f.s.Not(f.touched(s.step)))
		for i, n := range []space.Node{clean, s.where} {
			at, ok := f.memo.Example(n)
			if !ok {
				continue
			}
			if cost := [3]int{i, f.differing(at), s.from}; slices.Compare(cost[:], least[:]) < 0 {
				best, point, least = s, at, cost
			}
			break
		}
	}
	return best, point, least[0] == 1
}

// touched is where the pack calls the answers before or after a step
// contradictory.
func (f *frame) touched(s step) space.Node {
	k := f.contradictory()
	return f.s.Or(f.s.Given(k, space.Choice{Variable: s.variable, Class: s.from}), f.s.Given(k, space.Choice{Variable: s.variable, Class: s.to}))
}

// differing counts the variables that do not have their mildest class.
func (f *frame) differing(point []int) int {
	n := 0
	for v, c := range point {
		if c != f.s.Variables()[v].Best {
			n++
		}
	}
	return n
}

// onlyFalls returns contradictions that touch every one of the falls.
func (f *frame) onlyFalls(found []fall) []*pack.Note {
	in := make([]bool, len(f.notes))
	for _, s := range found {
		nodes := make([]space.Node, len(f.notes))
		for i, note := range f.notes {
			n := f.s.Condition(note.When)
			nodes[i] = f.s.Or(f.s.Given(n, space.Choice{Variable: s.variable, Class: s.from}), f.s.Given(n, space.Choice{Variable: s.variable, Class: s.to}))
		}
		for _, i := range f.cover(s.where, nodes) {
			in[i] = true
		}
	}
	var out []*pack.Note
	for i, note := range f.notes {
		if in[i] {
			out = append(out, note)
		}
	}
	return out
}

// showFall makes the pair of answers before and after the step.
func (f *frame) showFall(p *Proof, s step, point []int) {
	r := f.run
	better, worse := f.answersAt(point), f.answersAt(point)
	f.put(better, s.variable, s.x)
	f.put(worse, s.variable, s.y)
	higher, lower := 0, 0
	falls := func() bool {
		if !r.decide(better, (*engine.Decision).Determined) {
			return false
		}
		higher = r.d.Min
		if !r.decide(worse, (*engine.Decision).Determined) {
			return false
		}
		lower = r.d.Min
		return lower < higher
	}
	if !falls() {
		f.deny(p, better)
		return
	}
	r.prune(falls, better, worse)
	falls()
	p.From, p.To = r.pack.Levels[higher], r.pack.Levels[lower]
	p.Witness = []Witness{r.newWitness(p.ID+"-better", better), r.newWitness(p.ID+"-worse", worse)}
}

// put answers one variable with a value.
func (f *frame) put(a pack.Answers, at int, x pack.Value) {
	v := &f.s.Variables()[at]
	switch v.Kind {
	case space.Chosen:
		a[v.Slot] = max(a[v.Slot], 0)&^(1<<v.Option) | x<<v.Option
	case space.Rest:
		if len(v.Items) == len(v.Question.Items) {
			a[v.Slot] = x
			return
		}
		fillUp(f.run.pack, a, v.Items, x)
	default:
		a[v.Slot] = x
	}
}

// fillUp shares a sum out among items, the first ones first.
func fillUp(p *pack.Pack, a pack.Answers, items []int, sum pack.Value) {
	for _, slot := range items {
		a[slot] = min(sum, p.Slots[slot].Max)
		sum -= a[slot]
	}
}
