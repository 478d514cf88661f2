package engine

import "github.com/carelevel/carelevel/pkg/pack"

// wire makes the circuit of a cohort and all that reads and shows it.
func (c *Cohort) wire() {
	w := &cohortWiring{wiring: newWiring(), e: c.e, c: c, at: make(map[sourceKey]*source), literal: make(map[literal]int32)}
	c.outcome.findOrder(c.e)
	g := w.wanted(&c.outcome.order)
	var place []int32
	c.circuit, place = w.circuit(w.givens())
	c.readers = w.readers(place)
	o := &c.outcome
	for _, l := range g.levels {
		o.levels = append(o.levels, place[l])
	}
	o.indication, o.note = newRows(g.indications, place), newRows(g.notes, place)
	o.unmet, o.unknown = newRows(g.requirements, place), newRows(g.requirements, place)
	c.rest.terms, c.rest.open = newRows(g.terms, place), newRows(g.known, place)
	c.rest.d.prepare(c.e)
}

// wantedGates are those that a cohort says something of.
type wantedGates struct {
	levels       []int32 // whether any of their indications holds
	indications  []int32 // in their order
	requirements []int32 // in their order
	notes        []int32
	terms        []int32 // of the indications
	known        []int32 // see knownGates
}

func (w *cohortWiring) wanted(o *order) wantedGates {
	g := wantedGates{levels: make([]int32, len(w.e.pack.Levels)), known: w.knownGates(w.e.newFew())}
	for _, i := range o.indications {
		is, terms := w.rule(w.e.rules[i])
		l := w.e.levelIndex(w.e.criteria[i].Level)
		g.levels[l] = w.either(g.levels[l], is)
		g.indications, g.terms = append(g.indications, is), append(g.terms, terms...)
	}
	for _, i := range o.requirements {
		is, _ := w.rule(w.e.rules[i])
		g.requirements = append(g.requirements, is)
	}
	for _, r := range w.e.rules[len(w.e.rules)-len(w.e.pack.Notes):] {
		is, _ := w.rule(r)
		g.notes = append(g.notes, is)
	}
	return g
}

// givens are the gates of all sources.
func (w *cohortWiring) givens() (gates []int32) {
	for _, s := range w.sources {
		if s.kind == fromOptions {
			s.sortOptions()
		}
		gates = append(gates, s.gates...)
	}
	return gates
}

func (o *outcome) findOrder(e *Engine) {
	for _, i := range e.hotFirst() {
		if i < len(e.criteria) && e.criteria[i].Kind == pack.Indication {
			o.order.indications = append(o.order.indications, i)
		}
	}
	for l := range e.pack.Levels {
		for _, r := range e.required[l] {
			o.order.requirements = append(o.order.requirements, r.index)
		}
	}
	at := 0
	for l := range e.pack.Levels {
		of := make([]uint64, (len(o.order.requirements)+63)/64)
		for range e.required[l] {
			of[at/64] |= 1 << (at % 64)
			at++
		}
		o.required = append(o.required, of)
	}
}
