// Package enginetest makes random packs and random answers for tests: every
// kind of question and condition, nested and shared, in sizes that brute force
// can still count out. The same seed gives the same pack.
//
// It is for tests alone and knows no engine, so that what it makes can be
// held against any.
package enginetest

import (
	"fmt"
	"math/rand/v2"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Size bounds what a random pack has.
type Size struct {
	Questions int  // at most, at least one
	Small     bool // domains of at most four values, so that all answers can be tried
}

// Pack returns a random pack. It is well formed, but says nothing about texts
// and sources. Answered occurs only where it may: not in what decides.
func Pack(r *rand.Rand, size Size) *pack.Pack {
	b := &builder{r: r, size: size, p: &pack.Pack{ID: "random", Version: "1.0.0", Title: "Random"}}
	b.questions()
	b.scores()
	b.conditions()
	b.levels()
	b.servicesAndNotes()
	return b.p
}

type builder struct {
	r    *rand.Rand
	size Size
	p    *pack.Pack
}

// between returns a number from lo to hi, bounds included.
func (b *builder) between(lo, hi int) int { return lo + b.r.IntN(hi-lo+1) }

// chance is true in percent of all calls.
func (b *builder) chance(percent int) bool { return b.r.IntN(100) < percent }

func (b *builder) questions() {
	s := &pack.Section{ID: "all", Title: "All"}
	b.p.Sections = []*pack.Section{s}
	for i := range b.between(1, b.size.Questions) {
		q := &pack.Question{ID: fmt.Sprintf("q%d", i), Index: i, Slot: len(b.p.Slots), Section: s,
			Kind: pack.Kind(b.r.IntN(6)), Worse: pack.WorseHigher, Ask: fmt.Sprintf("Question %d", i)}
		b.shape(q)
		s.Questions = append(s.Questions, q)
		b.p.Questions = append(b.p.Questions, q)
		b.p.Slots = append(b.p.Slots, pack.Slot{ID: q.ID, Question: q, Item: -1, Min: q.Min, Max: q.Max})
		for k := range q.Items {
			q.Items[k] = pack.Item{ID: fmt.Sprintf("%s_%d", q.ID, k+1), Slot: len(b.p.Slots)}
			b.p.Slots = append(b.p.Slots, pack.Slot{ID: q.Items[k].ID, Question: q, Item: k, Max: pack.Value(len(q.Grades) - 1)})
		}
	}
}

// shape gives a question its options and its domain.
func (b *builder) shape(q *pack.Question) {
	small := b.size.Small
	switch q.Kind {
	case pack.YesNo:
		q.Max = 1
	case pack.Scale, pack.Choice:
		q.Options = options(b.between(2, pick(small, 4, 6)))
		q.Max = pack.Value(len(q.Options) - 1)
	case pack.Multi:
		n := b.between(1, pick(small, 2, 5))
		if !small && b.chance(20) {
			n = b.between(9, 11) // too many for a row per value
		}
		q.Options = options(n)
		q.Max = 1<<n - 1
	case pack.Number:
		q.Min = pack.Value(b.between(-2, 2))
		q.Max = q.Min + pack.Value(b.between(1, pick(small, 3, 40)))
		if !small && b.chance(20) {
			q.Max = q.Min + 5000
		}
	case pack.Instrument:
		b.instrument(q)
	}
}

func (b *builder) instrument(q *pack.Question) {
	items := b.between(0, pick(b.size.Small, 2, 5))
	q.Grades = options(b.between(2, pick(b.size.Small, 2, 4)))
	q.Max = pack.Value(b.between(1, pick(b.size.Small, 3, 27)))
	if items == 0 {
		q.Grades = nil
		return
	}
	q.Items = make([]pack.Item, items)
	q.Max = pack.Value(items * (len(q.Grades) - 1))
	if q.Fill.AtMost = b.between(0, 2); q.Fill.AtMost > 0 && b.chance(50) {
		q.Fill.Never = []int{b.r.IntN(items)}
	}
}

func pick(small bool, x, y int) int {
	if small {
		return x
	}
	return y
}

func options(n int) []pack.Option {
	out := make([]pack.Option, n)
	for i := range out {
		out[i] = pack.Option{ID: fmt.Sprintf("o%d", i), Label: fmt.Sprintf("Option %d", i)}
	}
	return out
}

func (b *builder) scores() {
	for i := range b.between(0, 2) {
		s := &pack.Score{ID: fmt.Sprintf("score%d", i), Index: i, Title: "score"}
		for range b.between(1, 4) {
			t := b.scoreTerm(b.r.IntN(len(b.p.Slots)))
			lo, hi := b.termBounds(t)
			s.Terms = append(s.Terms, t)
			s.Min += lo
			s.Max += hi
		}
		b.p.Scores = append(b.p.Scores, s)
	}
}

func (b *builder) scoreTerm(slot int) pack.Term {
	t := pack.Term{Slot: slot}
	s := b.p.Slots[slot]
	n := 0
	switch {
	case s.IsItem():
	case s.Question.Kind == pack.YesNo:
		n = 2
	case s.Question.Options != nil:
		n = len(s.Question.Options)
	}
	for range n {
		t.Weights = append(t.Weights, pack.Value(b.between(-2, 3)))
	}
	if n == 0 {
		for t.Factor == 0 {
			t.Factor = pack.Value(b.between(-2, 3))
		}
	}
	return t
}

func (b *builder) termBounds(t pack.Term) (lo, hi pack.Value) {
	s := b.p.Slots[t.Slot]
	switch {
	case t.Weights == nil:
		return min(t.Factor*s.Min, t.Factor*s.Max), max(t.Factor*s.Min, t.Factor*s.Max)
	case s.Question.Kind == pack.Multi:
		for _, w := range t.Weights {
			lo, hi = lo+min(w, 0), hi+max(w, 0)
		}
		return lo, hi
	}
	lo, hi = t.Weights[0], t.Weights[0]
	for _, w := range t.Weights {
		lo, hi = min(lo, w), max(hi, w)
	}
	return lo, hi
}

func (b *builder) levels() {
	for i := range b.between(1, 5) {
		l := &pack.Level{ID: fmt.Sprintf("level%d", i), Index: i, Title: fmt.Sprintf("Level %d", i)}
		b.p.Levels = append(b.p.Levels, l)
		if i > 0 {
			l.Indications = b.criteria(l, pack.Indication)
		}
		l.Requirements = b.criteria(l, pack.Requirement)
		l.Supports = b.criteria(l, pack.Support)
		l.StepDown = b.criteria(l, pack.StepDown)
	}
}

func (b *builder) criteria(l *pack.Level, kind pack.CriterionKind) []*pack.Criterion {
	var out []*pack.Criterion
	for i := range b.between(0, 3) {
		out = append(out, &pack.Criterion{ID: fmt.Sprintf("%s-%s-%d", l.ID, kind, i), Kind: kind, Level: l,
			When: b.condition(3, kind != pack.Indication)})
	}
	return out
}

func (b *builder) servicesAndNotes() {
	for i := range b.between(0, 3) {
		s := &pack.Service{ID: fmt.Sprintf("service%d", i)}
		if b.chance(70) {
			s.When = b.condition(2, true)
		}
		b.p.Services = append(b.p.Services, s)
		l := b.p.Levels[b.r.IntN(len(b.p.Levels))]
		l.Services = append(l.Services, s)
	}
	for i := range b.between(0, 3) {
		b.p.Notes = append(b.p.Notes, &pack.Note{ID: fmt.Sprintf("note%d", i), When: b.condition(2, true)})
	}
}
