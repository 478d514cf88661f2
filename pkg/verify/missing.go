package verify

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// missing proves that leaving answers out never leaves only levels below one
// that some completion of them reaches.
//
// A missing answer leaves all levels possible that some answer leads to, so
// that this can fail in one way alone: where items of an instrument are filled
// in, the total that stands in for them can be less than the true one. That is
// looked at for every instrument with a filled-in total that an indication
// tests: all items are answered, then some are left out, and what those are
// is tried in full where indications test them by themselves.
//
// One instrument at a time is enough, unless all that are filled in have items
// left out that indications test. For if an item of A that is left out is not
// tested, take the answers in which the items of A add up to what was filled
// in: either they lead to no less than before, and A need not be left out, or
// to less, and then leaving out A's items alone does so, too.
func (r *run) missing() []job {
	level := newTests(r.pack, slices.Concat(r.indications...))
	var out []job
	var both []*pack.Question // tested in total and in items that can be filled in
	for _, q := range r.pack.Questions {
		if len(q.Items) < 2 || q.Fill.AtMost < 1 {
			continue
		}
		if !level.totalTested(q) {
			p := Proof{ID: "missing-" + q.ID, Kind: MissingIsSafe, About: Part{Question: q}, Instruments: []*pack.Question{q}, At: q.At}
			out = append(out, job{prove: func(*frame) []Proof { return []Proof{p} }, open: []Proof{p}})
			continue
		}
		out = append(out, r.fillJob(level, q))
		if slices.ContainsFunc(level.itemsTested(q), func(slot int) bool { return fillable(q, slot) }) {
			both = append(both, q)
		}
	}
	for _, set := range subsets(both) {
		out = append(out, r.fillJob(level, set...))
	}
	return out
}

// subsets returns the subsets of at least two.
func subsets(of []*pack.Question) [][]*pack.Question {
	var out [][]*pack.Question
	for mask := range 1 << min(len(of), maxTogether) {
		var set []*pack.Question
		for i, q := range of {
			if mask>>i&1 == 1 {
				set = append(set, q)
			}
		}
		if len(set) > 1 {
			out = append(out, set)
		}
	}
	if len(of) > maxTogether {
		out = append(out, of)
	}
	return out
}

// maxTogether is how many instruments are looked at in all combinations; all
// of more than that are a statement that is not decided.
const maxTogether = 3

func fillable(q *pack.Question, slot int) bool {
	return !slices.ContainsFunc(q.Fill.Never, func(i int) bool { return q.Items[i].Slot == slot })
}

// fillJob looks for a loss, and where there is one, for one that the pack does
// not call contradictory: that asks for a finer space.
func (r *run) fillJob(level *tests, of ...*pack.Question) job {
	j := r.lossJob(level, nil, of)
	var notes []*pack.Note
	when := slices.Concat(r.indications...)
	for _, n := range r.pack.Notes {
		if n.Kind == pack.Contradiction && !r.leftOut[n.When] {
			notes = append(notes, n)
			when = append(when, n.When)
		}
	}
	if len(notes) > 0 {
		better := r.lossJob(newTests(r.pack, when), notes, of)
		j.better = &better
	}
	return j
}

func (r *run) lossJob(t *tests, notes []*pack.Note, of []*pack.Question) job {
	p := Proof{Kind: MissingIsSafe, About: Part{Question: of[0]}, Instruments: of, At: of[0].At}
	j := job{level: true, pack: split(r.pack, of...)}
	for _, n := range notes {
		j.conditions = append(j.conditions, n.When)
	}
	var fills []*filling
	for _, q := range of {
		p.ID += "." + q.ID
		items := t.itemsTested(q)
		fills = append(fills, newFilling(q, items, len(of) > 1))
		if len(items) > 0 {
			j.conditions = append(j.conditions, exactly(items))
		}
	}
	p.ID = "missing-" + p.ID[1:]
	j.open = []Proof{p}
	j.prove = func(f *frame) []Proof {
		p := p
		f.notes = notes
		s := &search{f: f, fills: fills, steps: maxLosses}
		if slices.ContainsFunc(fills, func(f *filling) bool { return f.cut }) {
			s.steps = -1
		}
		s.from(0, loss{higher: f.level, lower: f.level, where: space.True})
		switch {
		case s.found != nil:
			p.Status, p.Code, p.Only = Refuted, MissingUnsafe, s.only
			f.showLoss(&p, s.found)
		case s.steps < 0 || len(of) > maxTogether:
			p.Status, p.Code, p.Why = Undecided, NotDecided, "too many ways to leave items out"
		}
		return []Proof{p}
	}
	return j
}
