package pack

import "fmt"

// maxWeight bounds weights and factors: with it and maxTotal no sum of a pack
// can overflow.
const maxWeight = 100_000

// readScores reads the named sums.
func (l *loader) readScores() {
	l.each("scores", func(c cursor) {
		s := &Score{ID: c.key.Value, Index: len(l.pack.Scores), At: c.keySpan()}
		if !l.define(c, c.key, subject{score: s}) {
			return
		}
		l.pack.Scores = append(l.pack.Scores, s)
		f, ok := c.fields("title", "sum", "bands", "sources")
		if !ok {
			l.broken[s] = true
			return
		}
		s.Title = f.need("title").text()
		s.Sources = l.required(f, "the score")
		before := len(c.r.ds)
		sum := f.need("sum")
		sum.elements(func(c cursor) { l.readTerm(c, s) })
		if isList(sum) && sum.size() == 0 {
			sum.report(problem{code: "list-empty", message: "an empty sum; expected at least one term"})
		}
		sound := len(c.r.ds) == before && sum.present()
		s.Bands = f.get("bands").bands(s.Min, s.Max, sound)
		l.broken[s] = len(c.r.ds) > before || !sound
	})
}

// required reads the sources of something that must have some.
func (l *loader) required(f fields, owner string) []*Source {
	at := f.needFor("sources", "source-missing", "%s has no sources; expected at least one", owner)
	if isList(at) && at.size() == 0 {
		at.report(problem{code: "source-missing", message: fmt.Sprintf("%s has no sources; expected at least one", owner)})
	}
	return l.sources.lookupAll(l, at)
}

// readTerm reads one summand and adds what it can reach to the score's range.
func (l *loader) readTerm(c cursor, s *Score) {
	f, ok := c.fields("question", "weights", "factor")
	if !ok {
		return
	}
	at := f.need("question")
	sub, ok := l.questions.lookup(l, at)
	if !ok {
		return
	}
	if sub.score != nil {
		at.report(problem{code: "term", message: fmt.Sprintf("%q is a score; expected a question or an item", at.node.Value)})
		return
	}
	t := Term{Slot: sub.slot, At: at.r.span(at.node)}
	for _, other := range s.Terms {
		if other.Slot == t.Slot {
			at.report(problem{code: "listed-twice", message: fmt.Sprintf("%q is in the sum twice", at.node.Value), related: firstAt(other.At)})
			return
		}
	}
	slot := l.pack.Slots[t.Slot]
	if l.broken[slot.Question] || !f.readWeights(slot, &t) {
		l.broken[s] = true
		return
	}
	lo, hi := t.reach(slot)
	s.Terms, s.Min, s.Max = append(s.Terms, t), s.Min+lo, s.Max+hi
}

// readWeights reads what an answer to the slot is worth in the sum.
func (f fields) readWeights(slot Slot, t *Term) bool {
	weights, factor := f.get("weights"), f.get("factor")
	q := slot.Question
	counts := slot.IsItem() || q.Kind == Number || q.Kind == Instrument
	switch {
	case weights.key != nil && counts:
		weights.reportKey(problem{code: "term", message: fmt.Sprintf("weights for %s, which is a number; expected a factor, or nothing", slot.ID)})
		return false
	case weights.key != nil && factor.key != nil:
		factor.reportKey(problem{code: "term", message: "weights and a factor; expected one or the other"})
		return false
	case weights.key == nil && !counts && q.Kind != Scale:
		f.owner().report(problem{code: "term", message: fmt.Sprintf("%s has no weights; expected %s", slot.ID, weightKeys(q))})
		return false
	case q.Kind == Number && q.Decimals > 0:
		f.get("question").report(problem{code: "term", message: fmt.Sprintf("%s has digits after the point; expected whole numbers in a sum", slot.ID)})
		return false
	}
	t.Factor = 1
	if factor.present() {
		n, ok := factor.wholeIn(-maxWeight, maxWeight)
		if ok && n == 0 {
			factor.report(problem{code: "number-range", message: "a factor of 0 adds nothing; expected another number"})
		}
		if t.Factor = Value(n); !ok || n == 0 {
			return false
		}
	}
	switch {
	case weights.key != nil:
		t.Factor = 0
		return weights.optionWeights(q, t)
	case !counts:
		for i := range q.Options {
			t.Weights = append(t.Weights, Value(i)*t.Factor)
		}
		t.Factor = 0
	}
	return true
}

func weightKeys(q *Question) string {
	if q.Kind == YesNo {
		return "weights: {no: …, yes: …}"
	}
	return "weights for each of its options"
}

// optionWeights reads a weight for every option, or for no and yes.
func (c cursor) optionWeights(q *Question, t *Term) bool {
	ids := []string{wordNo, wordYes}
	if q.Kind != YesNo {
		ids = ids[:0]
		for _, o := range q.Options {
			ids = append(ids, o.ID)
		}
	}
	if !c.present() || c.node.Kind != mappingNode {
		if c.present() {
			c.wants("a mapping of options to weights")
		}
		return false
	}
	sound := true
	c.entries("", func(at cursor) {
		if !isOneOf(at.key.Value, ids) {
			at.reportKey(problem{code: "option-unknown", message: fmt.Sprintf("%s has no option %s", q.ID, quoteShort(at.key.Value)), hint: wordHint(at.key.Value, ids)})
			sound = false
		}
	})
	if !sound {
		return false
	}
	for _, id := range ids {
		at := fields{cursor: c}.get(id)
		if at.key == nil {
			c.reportKey(problem{code: "weight-missing", message: fmt.Sprintf("no weight for %q; expected one for every option of %s", id, q.ID)})
			sound = false
			continue
		}
		if !at.present() {
			sound = false
			continue
		}
		w, ok := at.wholeIn(-maxWeight, maxWeight)
		sound = sound && ok
		t.Weights = append(t.Weights, Value(w))
	}
	return sound
}

// reach is the least and the greatest that a term can add.
func (t *Term) reach(slot Slot) (lo, hi Value) {
	switch {
	case t.Weights == nil:
		lo, hi = t.Factor*slot.Min, t.Factor*slot.Max
		return min(lo, hi), max(lo, hi)
	case slot.Question.Kind == Multi:
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
