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
		w.indications = append(w.indications, newWord(e.Criteria()[i].ID+";"))
	}
	for _, i := range of.RequirementOrder() {
		w.requirements = append(w.requirements, newWord(e.Criteria()[i].ID+";"))
	}
	for _, n := range p.Notes {
		w.notes = append(w.notes, newWord(n.ID+";"))
	}
	for _, q := range p.Questions {
		w.questions = append(w.questions, newWord(q.ID+";"))
	}
	for _, part := range []string{p.ID, p.Version, p.Hash} {
		if w.tail != "" {
			w.tail += string(comma)
		}
		w.tail += string(appendCell(nil, []byte(part), comma))
	}
	return w
}

// word is a short text that is written often, such as an id with the separator
// of lists behind it.
type word struct {
	padded [48]byte
	size   int
	long   *string // the text, if there is no room for it; a pointer, so that all is one cache line
}

func newWord(text string) word {
	w := word{size: len(text)}
	if copy(w.padded[:], text) < len(text) {
		w.long = &text
	}
	return w
}

// appendTo writes the word. To copy a piece of always the same length is much
// quicker than to copy as much as there is.
func (w *word) appendTo(b []byte) []byte {
	n := len(b)
	if w.long != nil {
		return append(b, *w.long...)
	}
	if cap(b)-n < len(w.padded) {
		return append(b, w.padded[:w.size]...)
	}
	*(*[len(w.padded)]byte)(b[n : n+len(w.padded)]) = w.padded
	return b[:n+w.size]
}
