package compare_test

import (
	"fmt"
	"math/rand/v2"

	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
)

// twoPacks returns a random small pack and what somebody made of it: a copy
// with a few edits, or now and then another pack whose names are the same.
func twoPacks(seed uint64) (old, new *pack.Pack) {
	size := enginetest.Size{Questions: 4, Small: true}
	make := func(seed uint64) *pack.Pack { return enginetest.Pack(rand.New(rand.NewPCG(seed, 31)), size) }
	old, new = make(seed), make(seed)
	r := rand.New(rand.NewPCG(seed, 32))
	if r.IntN(4) == 0 {
		new = make(seed + 1_000_000)
	}
	for range r.IntN(4) {
		edits[r.IntN(len(edits))](r, new)
	}
	bound(new)
	asLoaded(old)
	asLoaded(new)
	return old, new
}

// asLoaded leaves bounds to the slots where the loader does.
func asLoaded(p *pack.Pack) {
	for _, q := range p.Questions {
		if q.Kind != pack.Number && q.Kind != pack.Instrument {
			q.Min, q.Max = 0, 0
		}
	}
}

// edits each change something in a pack.
var edits = []func(*rand.Rand, *pack.Pack){
	moveThreshold, moveThreshold, dropIndication, addIndication, addIndication, moveIndication,
	renameQuestion, renameOption, shuffleOptions, renameLevel, swapLevels, addLevel,
	changeBounds, refine, changeUnit, changeKind, addQuestion, addOption,
}

func moveThreshold(r *rand.Rand, p *pack.Pack) {
	var all []*pack.In
	for c := range p.Criteria() {
		pack.Walk(c.When, func(c pack.Condition) bool {
			if in, ok := c.(*pack.In); ok {
				all = append(all, in)
			}
			return true
		})
	}
	if len(all) > 0 {
		in := all[r.IntN(len(all))]
		lo, hi := domain(p, in)
		in.Ranges = ranges(r, lo, hi)
	}
}

func domain(p *pack.Pack, in *pack.In) (lo, hi pack.Value) {
	if in.Score != nil {
		return in.Score.Min, in.Score.Max
	}
	return p.Slots[in.Slot].Min, p.Slots[in.Slot].Max
}

func ranges(r *rand.Rand, lo, hi pack.Value) []pack.Interval {
	from := lo + pack.Value(r.Int64N(int64(hi-lo)+1))
	return []pack.Interval{{From: from, To: from + pack.Value(r.Int64N(int64(hi-from)+1))}}
}

// someLevel is a level with at least so many indications; nil if there is none.
func someLevel(r *rand.Rand, p *pack.Pack, least int) *pack.Level {
	for range 10 {
		if l := p.Levels[r.IntN(len(p.Levels))]; l.Index > 0 && len(l.Indications) >= least {
			return l
		}
	}
	return nil
}

func dropIndication(r *rand.Rand, p *pack.Pack) {
	if l := someLevel(r, p, 1); l != nil {
		l.Indications = l.Indications[1:]
	}
}

func addIndication(r *rand.Rand, p *pack.Pack) {
	if l := someLevel(r, p, 0); l != nil {
		addTo(r, p, l, r.IntN(len(p.Slots)))
	}
}

// addTo gives a level an indication that tests one slot.
func addTo(r *rand.Rand, p *pack.Pack, l *pack.Level, slot int) {
	s := p.Slots[slot]
	var when pack.Condition = &pack.In{Slot: slot, Ranges: ranges(r, s.Min, s.Max)}
	if s.Question.Kind == pack.Multi {
		when = &pack.Includes{Slot: slot, Mask: 1 + pack.Value(r.Int64N(int64(s.Max)))}
	}
	l.Indications = append(l.Indications, &pack.Criterion{ID: fmt.Sprintf("added-%d", r.IntN(1000)), Level: l, When: when})
}

func moveIndication(r *rand.Rand, p *pack.Pack) {
	from, to := someLevel(r, p, 1), someLevel(r, p, 0)
	if from != nil {
		c := from.Indications[0]
		from.Indications = from.Indications[1:]
		c.Level = to
		to.Indications = append(to.Indications, c)
	}
}

func renameQuestion(r *rand.Rand, p *pack.Pack) {
	q := p.Questions[r.IntN(len(p.Questions))]
	q.ID += "x"
	p.Slots[q.Slot].ID = q.ID
	for i := range q.Items {
		q.Items[i].ID = fmt.Sprintf("%s_%d", q.ID, i+1)
		p.Slots[q.Items[i].Slot].ID = q.Items[i].ID
	}
}

func someOptions(r *rand.Rand, p *pack.Pack) *pack.Question {
	for range 10 {
		if q := p.Questions[r.IntN(len(p.Questions))]; len(q.Options) > 0 {
			return q
		}
	}
	return nil
}

func renameOption(r *rand.Rand, p *pack.Pack) {
	if q := someOptions(r, p); q != nil {
		q.Options[r.IntN(len(q.Options))].ID += "x"
	}
}

func shuffleOptions(r *rand.Rand, p *pack.Pack) {
	if q := someOptions(r, p); q != nil {
		r.Shuffle(len(q.Options), func(i, k int) { q.Options[i], q.Options[k] = q.Options[k], q.Options[i] })
	}
}

func addOption(r *rand.Rand, p *pack.Pack) {
	q := someOptions(r, p)
	if q == nil {
		return
	}
	for _, s := range p.Scores {
		for i := range s.Terms {
			if t := &s.Terms[i]; t.Slot == q.Slot {
				t.Weights = append(t.Weights, pack.Value(r.IntN(3)))
			}
		}
	}
	q.Options = append(q.Options, pack.Option{ID: fmt.Sprintf("o%d", len(q.Options)), Label: "Added"})
	q.Max = pack.Value(len(q.Options) - 1)
	if q.Kind == pack.Multi {
		q.Max = 1<<len(q.Options) - 1
	}
	p.Slots[q.Slot].Max = q.Max
	addTo(r, p, p.Levels[len(p.Levels)-1], q.Slot)
}

func renameLevel(r *rand.Rand, p *pack.Pack) { p.Levels[r.IntN(len(p.Levels))].ID += "x" }

func swapLevels(r *rand.Rand, p *pack.Pack) {
	if n := len(p.Levels); n > 2 {
		i := 1 + r.IntN(n-2)
		p.Levels[i], p.Levels[i+1] = p.Levels[i+1], p.Levels[i]
		p.Levels[i].Index, p.Levels[i+1].Index = i, i+1
	}
}

func addLevel(r *rand.Rand, p *pack.Pack) {
	l := &pack.Level{ID: "added", Index: len(p.Levels)}
	if p.Level(l.ID) != nil {
		return
	}
	p.Levels = append(p.Levels, l)
	addTo(r, p, l, r.IntN(len(p.Slots)))
}

func someNumber(r *rand.Rand, p *pack.Pack) *pack.Question {
	for range 10 {
		if q := p.Questions[r.IntN(len(p.Questions))]; q.Kind == pack.Number {
			return q
		}
	}
	return nil
}

func changeBounds(r *rand.Rand, p *pack.Pack) {
	if q := someNumber(r, p); q != nil {
		q.Min -= pack.Value(r.IntN(2))
		q.Max += pack.Value(r.IntN(3) - 1)
		q.Max = max(q.Max, q.Min)
	}
}

// refine gives a number a digit after the point.
func refine(r *rand.Rand, p *pack.Pack) {
	q := someNumber(r, p)
	if q == nil || q.Decimals > 0 {
		return
	}
	for _, in := range allIns(p) {
		if in.Score == nil && in.Slot == q.Slot {
			for i := range in.Ranges {
				in.Ranges[i].From *= 10
				in.Ranges[i].To = in.Ranges[i].To*10 + pack.Value(r.IntN(10))
			}
		}
	}
	q.Decimals, q.Min, q.Max = 1, q.Min*10, q.Max*10+pack.Value(r.IntN(10))
}

func changeUnit(r *rand.Rand, p *pack.Pack) {
	if q := someNumber(r, p); q != nil {
		q.Unit = "weeks"
	}
}

func changeKind(r *rand.Rand, p *pack.Pack) {
	if q := someOptions(r, p); q != nil && q.Kind != pack.Multi {
		q.Kind = pack.Scale + pack.Choice - q.Kind
	}
}

func addQuestion(r *rand.Rand, p *pack.Pack) {
	if p.Question("added") != nil {
		return
	}
	q := &pack.Question{ID: "added", Index: len(p.Questions), Slot: len(p.Slots), Kind: pack.YesNo, Max: 1, Worse: pack.WorseHigher}
	p.Questions = append(p.Questions, q)
	p.Slots = append(p.Slots, pack.Slot{ID: q.ID, Question: q, Item: -1, Max: 1})
	if l := someLevel(r, p, 0); l != nil {
		addTo(r, p, l, q.Slot)
	}
}

func allIns(p *pack.Pack) []*pack.In {
	var out []*pack.In
	seen := map[pack.Condition]bool{}
	find := func(c pack.Condition) {
		pack.Walk(c, func(c pack.Condition) bool {
			if in, ok := c.(*pack.In); ok && !seen[c] {
				seen[c] = true
				out = append(out, in)
			}
			return true
		})
	}
	for c := range p.Criteria() {
		find(c.When)
	}
	for _, s := range p.Services {
		find(s.When)
	}
	for _, n := range p.Notes {
		find(n.When)
	}
	for _, c := range p.Conditions {
		find(c.When)
	}
	return out
}

// bound brings all that an edit left behind within its new bounds.
func bound(p *pack.Pack) {
	for _, q := range p.Questions {
		p.Slots[q.Slot].Min, p.Slots[q.Slot].Max = q.Min, q.Max
	}
	for _, s := range p.Scores {
		s.Min, s.Max = 0, 0
		for _, t := range s.Terms {
			lo, hi := reach(p, &t)
			s.Min, s.Max = s.Min+lo, s.Max+hi
		}
	}
	for _, in := range allIns(p) {
		lo, hi := domain(p, in)
		kept := in.Ranges[:0]
		for _, r := range in.Ranges {
			if r.From, r.To = max(r.From, lo), min(r.To, hi); r.From <= r.To {
				kept = append(kept, r)
			}
		}
		in.Ranges = kept
	}
}

func reach(p *pack.Pack, t *pack.Term) (lo, hi pack.Value) {
	s := p.Slots[t.Slot]
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
