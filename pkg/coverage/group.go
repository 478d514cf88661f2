package coverage

import (
	"fmt"
	"slices"

	"github.com/carelevel/carelevel/pkg/diag"
)

// Group is a part of the obligations, for a table.
type Group struct {
	Name   string
	Counts Counts
	keep   func(*Obligation) bool
}

// Groups returns the obligations by what they ask for; none that are empty.
func (r *Report) Groups() []Group {
	all := []Group{
		{Name: "rules hold, fail, are open", keep: func(o *Obligation) bool { return o.Leaf == nil && o.Kind <= Unknown }},
		{Name: "parts hold, fail, are open", keep: func(o *Obligation) bool { return o.Leaf != nil && o.Kind <= Unknown }},
		{Name: "parts decide alone", keep: func(o *Obligation) bool { return o.Kind == DecidesHolding || o.Kind == DecidesFailing }},
		{Name: "both sides of thresholds", keep: kindOf(Edge)},
		{Name: "indications argue alone", keep: kindOf(Alone)},
		{Name: "levels are recommended", keep: kindOf(Level)},
		{Name: "options are chosen", keep: kindOf(Option)},
		{Name: "reviews: verdicts by level", keep: kindOf(Verdict)},
		{Name: "reviews: signs are seen", keep: kindOf(Sign)},
	}
	for i := range all {
		all[i].Counts = r.Count(all[i].keep)
	}
	return slices.DeleteFunc(all, func(g Group) bool { return g.Counts.Reachable+g.Counts.Impossible == 0 })
}

func kindOf(k Kind) func(*Obligation) bool { return func(o *Obligation) bool { return o.Kind == k } }

// Place is what is to be tried at one place of the pack.
type Place struct {
	At          diag.Span
	About       string // "iop-groups: “functioning is impaired or worse”"
	Obligations []*Obligation
}

// Places returns the obligations by where they stand and what they are about,
// those of a file together and in the order of its lines.
func (r *Report) Places(keep func(*Obligation) bool) []*Place {
	var places []*Place
	of := map[placeKey]*Place{}
	for _, o := range r.Obligations {
		if keep != nil && !keep(o) {
			continue
		}
		key := placeKey{o.At, r.model.about(o)}
		if of[key] == nil {
			of[key] = &Place{At: o.At, About: key.about}
			places = append(places, of[key])
		}
		of[key].Obligations = append(of[key].Obligations, o)
	}
	slices.SortStableFunc(places, func(a, b *Place) int {
		switch {
		case a.At.File < b.At.File:
			return -1
		case a.At.File > b.At.File:
			return 1
		case a.At.Line != b.At.Line:
			return a.At.Line - b.At.Line
		}
		return a.At.Col - b.At.Col
	})
	return places
}

// placeKey is by what places are told apart.
type placeKey struct {
	at    diag.Span
	about string
}

// about names what an obligation is about.
func (m *model) about(o *Obligation) string {
	switch {
	case o.Kind == Level || o.Kind == Verdict:
		return o.Level.ID
	case o.Kind == Option:
		return o.Question.ID
	case o.Leaf != nil:
		return o.Rule.ID + ": " + m.leaf(o.Leaf)
	}
	return o.Rule.ID
}

// Lack says what is missing in words: "no case in which it decides by
// holding".
func (r *Report) Lack(o *Obligation) string { return "no case " + r.model.kindOfCase(o) }

// kindOfCase says what a case would be one of.
func (m *model) kindOfCase(o *Obligation) string {
	switch o.Kind {
	case Edge:
		return m.does(o)
	case Level:
		return "in which it is recommended"
	case Option:
		return "with " + m.option(o)
	case Verdict:
		return fmt.Sprintf("over time in which a review there comes to %s", o.Verdict)
	case Sign:
		return "over time in which it " + m.does(o)
	}
	return "in which it " + m.does(o)
}
