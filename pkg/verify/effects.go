package verify

import (
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// effects finds questions that change nothing that the pack says, and lines
// that a condition draws between answers without anything coming of it. What
// the pack says is what becomes of its criteria, services and notes, and by
// the indications the level.
//
// Lines that are drawn within what a score counts are not looked at: between
// any two answers that count differently there is one.
func (r *run) effects() []job {
	var said, all []pack.Condition
	for _, u := range r.rules {
		all = append(all, u.when)
		if u.part.Guarantee == nil {
			said = append(said, u.when)
		}
	}
	e := &effects{r, newTests(r.pack, said), newTests(r.pack, all), said, map[*pack.Question]bool{}, followed(r.pack)}
	var out []job
	for _, q := range r.pack.Questions {
		of := e.said.rules[q]
		p := Proof{ID: "effect-" + q.ID, Kind: Effects, About: Part{Question: q}, At: q.At}
		out = append(out, job{conditions: of, open: []Proof{p}, prove: func(f *frame) []Proof { return e.question(f, p) }})
		if e.agreeing(q) && !r.asked[q] {
			out = append(out, e.totals(q))
		}
	}
	return out
}

type effects struct {
	run  *run
	said *tests // of what the pack says
	all  *tests // of guarantees, too
	of   []pack.Condition
	idle map[*pack.Question]bool // nothing depends on them

	// followed are the questions that something outside of all conditions looks
	// at: what the pack says over time, and the targets of its levels. No answer
	// of theirs is without effect.
	followed map[*pack.Question]bool
}

func followed(p *pack.Pack) map[*pack.Question]bool {
	all := map[*pack.Question]bool{}
	for slot, asked := range p.AskedOverTime() {
		if asked {
			all[p.Slots[slot].Question] = true
		}
	}
	return all
}

// question looks at one question: whether anything depends on it, on each
// line that is drawn, and what no line is drawn between.
func (e *effects) question(f *frame, p Proof) []Proof {
	q := p.About.Question
	inner := f.inner(e)
	found := false
	for v := range f.s.Variables() {
		found = found || f.s.Variables()[v].Question == q && len(inner[v]) > 0
	}
	switch {
	case !found && (e.run.asked[q] || e.followed[q]):
		return nil // what else tests it is left out
	case !found:
		e.idle[q] = true
		p.Status, p.Code = Refuted, QuestionNoEffect
		return []Proof{p}
	case e.run.asked[q]:
		return []Proof{p}
	}
	out := []Proof{p}
	switch {
	case q.Kind == pack.Multi:
		out = append(out, e.options(f, q)...)
	case !e.all.counted(q) && !e.agreeing(q):
		for _, slot := range q.Slots() {
			v := f.variable(slot, 0)
			out = append(out, e.lines(q, slot, func(x, y pack.Value) bool { return f.alike(inner[v], v, x, y) })...)
		}
	}
	return append(out, e.alike(q)...)
}

// inner returns the inner nodes of all that the pack says, by variable.
func (f *frame) inner(e *effects) [][]space.Node {
	if f.byVariable == nil {
		f.byVariable = make([][]space.Node, len(f.s.Variables()))
		var roots []space.Node
		for _, c := range e.of {
			if f == e.run.shared || f.has(c) {
				roots = append(roots, f.s.Condition(c))
			}
		}
		for _, n := range f.s.Inner(roots...) {
			v, _ := f.s.Under(n)
			f.byVariable[v] = append(f.byVariable[v], n)
		}
	}
	return f.byVariable
}

// alike reports whether none of the nodes of a variable tells two values apart.
func (f *frame) alike(nodes []space.Node, v int, x, y pack.Value) bool {
	at := &f.s.Variables()[v]
	a, b := at.ClassOf(x), at.ClassOf(y)
	for _, n := range nodes {
		if _, kids := f.s.Under(n); kids[a] != kids[b] {
			return false
		}
	}
	return true
}

// lines holds every line that is drawn between the answers to a slot against
// whether anything tells its two sides apart.
func (e *effects) lines(q *pack.Question, slot int, alike func(x, y pack.Value) bool) []Proof {
	groups := e.said.groups(e.run.pack, slot)
	var out []Proof
	for i := 1; i < len(groups); i++ {
		y := groups[i][0].From
		p := Proof{ID: "line-" + e.run.pack.Slots[slot].ID + "." + e.run.pack.FormatAnswer(slot, y), Kind: Effects, About: Part{Question: q}}
		from := i - 1
		if q.Kind == pack.Choice {
			from = 0
		}
		for j := from; j < i && p.Status == Proved; j++ {
			x := groups[j][len(groups[j])-1].To
			p.At = e.said.drawnAt(slot, x, y)
			p.Values = []Alike{{Slot: slot, Values: groups[j]}, {Slot: slot, Values: groups[i]}}
			if alike(x, y) {
				p.Status, p.Code = Refuted, AnswerNoEffect
			}
		}
		out = append(out, p)
	}
	return out
}

// options is lines for a multiple choice: whether anything depends on an
// option that a condition names.
func (e *effects) options(f *frame, q *pack.Question) []Proof {
	var out []Proof
	for o := range q.Options {
		at, named := e.namedAt(q, o)
		if !named {
			continue
		}
		p := Proof{ID: "line-" + q.ID + "." + q.Options[o].ID, Kind: Effects, About: Part{Question: q}, At: at,
			Values: []Alike{{Slot: q.Slot, Options: 1 << o}}}
		if v := f.variable(q.Slot, o); v < 0 || len(f.inner(e)[v]) == 0 {
			p.Status, p.Code = Refuted, AnswerNoEffect
		}
		out = append(out, p)
	}
	return out
}

// namedAt is the place of the first test of an option.
func (e *effects) namedAt(q *pack.Question, o int) (at diag.Span, named bool) {
	for _, c := range e.said.includes[q.Slot] {
		if c.Mask>>o&1 == 1 {
			return c.At, true
		}
	}
	for _, t := range e.said.terms[q.Slot] {
		if t.Weights[o] != 0 {
			return t.At, true
		}
	}
	return diag.Span{}, false
}

// alike remarks on options that no condition ever tells apart: they may be
// there to be read, or have been forgotten.
func (e *effects) alike(q *pack.Question) []Proof {
	if e.followed[q] {
		return nil
	}
	p := Proof{ID: "alike-" + q.ID, Kind: Effects, Status: Remark, Code: AnswersAlike, About: Part{Question: q}, At: q.At}
	switch q.Kind {
	case pack.Scale, pack.Choice:
		for _, g := range e.all.groups(e.run.pack, q.Slot) {
			if len(g) > 1 || g[0].From < g[0].To {
				p.Values = append(p.Values, Alike{Slot: q.Slot, Values: g})
			}
		}
	case pack.Multi:
		var unnamed pack.Value
		for o := range q.Options {
			if _, named := (&effects{said: e.all}).namedAt(q, o); !named {
				unnamed |= 1 << o
			}
		}
		if unnamed != 0 {
			p.Values = []Alike{{Slot: q.Slot, Options: unnamed}}
		}
	}
	if p.Values == nil {
		return nil
	}
	return []Proof{p}
}
