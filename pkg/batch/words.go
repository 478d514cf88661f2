package batch

import "github.com/carelevel/carelevel/pkg/engine"

// words are the pieces that results are put together from, once for each
// level, criterion and note, in the order in which a cohort has them.
type words struct {
	levels       []string
	indications  []word
	requirements []word
	notes        []word
	questions    []word
	tail         string // pack, version and hash
}

func newWords(e *engine.Engine, comma byte) *words {
	p, of := e.Pack(), e.NewCohort()
	w := &words{}
	for _, l := range p.Levels {
		w.levels = append(w.levels, l.ID)
	}
	for _, i := range of.IndicationOrder() {
		w.indications = append(w.indications, newWord(e.Criteria()[i].ID))
	}
	for _, i := range of.RequirementOrder() {
		w.requirements = append(w.requirements, newWord(e.Criteria()[i].ID))
	}
	for _, n := range p.Notes {
		w.notes = append(w.notes, newWord(n.ID))
	}
	for _, q := range p.Questions {
		w.questions = append(w.questions, newWord(q.ID))
	}
	for _, part := range []string{p.ID, p.Version, p.Hash} {
		if w.tail != "" {
			w.tail += string(comma)
		}
		w.tail += string(appendCell(nil, []byte(part), comma))
	}
	return w
}

// word is an id with the separator of lists behind it. To copy a piece of
// always the same length is much quicker than to copy as much as there is.
type word struct {
	padded [48]byte
	size   int
	text   string
}

func newWord(id string) word {
	w := word{text: id + ";", size: len(id) + 1}
	copy(w.padded[:], w.text)
	return w
}

func (w *word) appendTo(b []byte) []byte {
	n := len(b)
	if w.size > len(w.padded) || cap(b)-n < len(w.padded) {
		return append(b, w.text...)
	}
	*(*[len(w.padded)]byte)(b[n : n+len(w.padded)]) = w.padded
	return b[:n+w.size]
}
