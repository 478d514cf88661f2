package engine

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Recommend returns what the pack says about a, with the answers behind it.
// The answers are read as Decide reads them and are not kept: the
// recommendation has its own copy, in which values outside of their domain are
// missing. The next question is found by OrderSections.
func (e *Engine) Recommend(a pack.Answers) *Recommendation { return e.RecommendBy(OrderSections, a) }

// RecommendBy is Recommend with another order of questions.
func (e *Engine) RecommendBy(order Order, a pack.Answers) *Recommendation {
	w := e.newWriter(a)
	w.outlook(e.outlook(order, w.j, &w.d))
	w.indications()
	for _, l := range w.r.Possible {
		w.level(l)
	}
	w.notes()
	w.filled()
	return w.r
}

// Findings returns what becomes of some of the pack's criteria under a, in
// their order. Criteria of another pack are left out.
func (e *Engine) Findings(a pack.Answers, criteria []*pack.Criterion) []Finding {
	j := newJustifier(e, e.clean(a))
	var out []Finding
	for _, c := range criteria {
		if i, ok := e.index[c]; ok {
			state, slots := j.rule(i)
			out = append(out, Finding{c, state, slots})
		}
	}
	return out
}

// clean returns a copy of a without values outside of their domain.
func (e *Engine) clean(a pack.Answers) pack.Answers {
	out := e.pack.NewAnswers()
	if len(a) != len(out) {
		return out
	}
	for i, v := range a {
		if v == pack.NotAssessed || e.known(a, int32(i)) {
			out[i] = v
		}
	}
	return out
}

// writer fills one recommendation.
type writer struct {
	e *Engine
	r *Recommendation
	d Decision
	j *justifier
}

func (e *Engine) newWriter(a pack.Answers) *writer {
	w := &writer{e: e, r: &Recommendation{Pack: e.pack, Answers: e.clean(a)}}
	w.j = newJustifier(e, w.r.Answers)
	e.Decide(w.r.Answers, &w.d)
	return w
}

func (w *writer) outlook(o outlook) {
	for l := range w.e.pack.Levels {
		if o.possible>>l&1 == 1 {
			w.r.Possible = append(w.r.Possible, w.e.pack.Levels[l])
		}
	}
	if len(w.r.Possible) == 1 {
		w.r.Level = w.r.Possible[0]
	}
	for _, c := range o.oneOf {
		w.r.OneOf = append(w.r.OneOf, w.finding(c))
	}
	w.r.Deciding, w.r.Next, w.r.Bounds = o.deciding, o.next, !o.exact
}

func (w *writer) finding(c *pack.Criterion) Finding {
	state, slots := w.j.rule(w.e.index[c])
	return Finding{c, state, slots}
}

// indications are told apart over all levels, the most intensive first.
func (w *writer) indications() {
	least := w.e.levelIndex(w.r.Possible[0])
	for i, l := range slices.Backward(w.e.pack.Levels) {
		for _, c := range l.Indications {
			switch f := w.finding(c); {
			case f.State == True:
				w.r.Indications = append(w.r.Indications, f)
			case f.State == Unknown && i > least:
				w.r.Open = append(w.r.Open, f)
			}
		}
	}
}

func (w *writer) level(l *pack.Level) {
	for _, c := range l.Requirements {
		w.r.Requirements = append(w.r.Requirements, w.finding(c))
	}
	for _, c := range l.Supports {
		if f := w.finding(c); f.State == True {
			w.r.Supports = append(w.r.Supports, f)
		}
	}
	for _, c := range l.StepDown {
		w.r.StepDown = append(w.r.StepDown, w.finding(c))
	}
	for _, s := range l.Services {
		w.r.Services = append(w.r.Services, w.offer(l, s))
	}
}

// offer names the answers behind a service only if they call for it.
func (w *writer) offer(l *pack.Level, s *pack.Service) Offer {
	o := Offer{Service: s, Level: l}
	i := slices.Index(w.e.pack.Services, s)
	if i < 0 {
		return o
	}
	state, slots := w.j.rule(len(w.e.criteria) + i)
	if state == True {
		o.Suggested, o.Slots = true, slots
	}
	return o
}

func (w *writer) notes() {
	first := len(w.e.criteria) + len(w.e.pack.Services)
	for i, n := range w.e.pack.Notes {
		if state, slots := w.j.rule(first + i); state == True {
			w.r.Notes = append(w.r.Notes, Remark{n, slots})
		}
	}
}

func (w *writer) filled() {
	for _, q := range w.e.pack.Questions {
		if q.Kind != pack.Instrument {
			continue
		}
		if v, n, known := q.Total(w.r.Answers); known && n > 0 {
			w.r.Filled = append(w.r.Filled, Filled{q, v, n})
		}
	}
}
