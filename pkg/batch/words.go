package batch

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
)

// words are the pieces that results are put together from, once for each
// level, criterion and note.
type words struct {
	levels   []string
	criteria []string
	notes    []string
	tail     string // pack, version and hash

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
		w.criteria = append(w.criteria, c.ID+";")
	}
	for _, n := range p.Notes {
		w.notes = append(w.notes, n.ID+";")
	}
	for _, part := range []string{p.ID, p.Version, p.Hash} {
		if w.tail != "" {
			w.tail += string(comma)
		}
		w.tail += string(appendCell(nil, []byte(part), comma))
	}
	return w
}
