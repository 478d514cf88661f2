package batch

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// words are the pieces that results are put together from, once for each
// level, criterion and note.
type words struct {
	levels    []string
	criteria  []word
	notes     []word
	questions []word
	tail      string // pack, version and hash

	requirements [][]int // by level: those of Engine.Criteria
}

func newWords(p *pack.Pack, comma byte) *words {
	w := &words{requirements: make([][]int, len(p.Levels))}
	for _, l := range p.Levels {
		w.levels = append(w.levels, l.ID)
	}
	for c := range p.Criteria() {
		if c.Kind == pack.Requirement {
			l := slices.Index(p.Levels, c.Level)
			w.requirements[l] = append(w.requirements[l], len(w.criteria))
		}
		w.criteria = append(w.criteria, newWord(c.ID))
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
