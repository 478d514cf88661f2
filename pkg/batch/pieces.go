package batch

import (
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// pieces are the parts of a line that are the same in every record. Those of
// lists have the comma behind them.
type pieces struct {
	begin        []byte // up to the id's value
	levels       []word
	indications  []piece    // in the order of a cohort
	requirements [][3]piece // in that order, by state
	questions    []word
	notes        []piece
	answers      []answerPieces // by slot
}

// answerPieces are the answers to one slot, the key before them.
type answerPieces struct {
	byCode  []word // as it stands in a narrow column; nil for a wide one
	absent  int    // the code that would follow those of answers
	key     word
	list    word // the key and what begins a list
	null    word
	options []word // of a multiple choice, without the key
}

func newPieces(e *engine.Engine) *pieces {
	p, of := e.Pack(), e.NewCohort()
	s := &pieces{}
	s.begin = append(append([]byte(`{"schema":"`+schema+`","pack":`), object("id", p.ID, "version", p.Version, "hash", p.Hash)...), `,"id":`...)
	for _, l := range p.Levels {
		s.levels = append(s.levels, newWord(quote(l.ID)+","))
	}
	for _, i := range of.IndicationOrder() {
		c := e.Criteria()[i]
		s.indications = append(s.indications, newPiece(object("criterion", c.ID, "level", c.Level.ID)))
	}
	for _, i := range of.RequirementOrder() {
		c := e.Criteria()[i]
		var states [3]piece
		for t, word := range map[engine.Truth]string{engine.False: "not_met", engine.Unknown: "unknown", engine.True: "met"} {
			states[t] = newPiece(object("criterion", c.ID, "level", c.Level.ID, "state", word))
		}
		s.requirements = append(s.requirements, states)
	}
	for _, q := range p.Questions {
		s.questions = append(s.questions, newWord(quote(q.ID)+","))
	}
	for _, n := range p.Notes {
		s.notes = append(s.notes, newPiece(object("id", n.ID, "kind", n.Kind.String())))
	}
	for i := range p.Slots {
		s.answers = append(s.answers, newAnswerPieces(p, of, i))
	}
	return s
}

func newAnswerPieces(p *pack.Pack, of *engine.Cohort, slot int) answerPieces {
	q := &p.Slots[slot]
	key := quote(q.ID) + ":"
	answer := func(v any) word { return newWord(string(appendJSON([]byte(key), v)) + ",") }
	a := answerPieces{key: newWord(key), list: newWord(key + "["), null: answer(nil)}
	switch {
	case of.Narrow(slot) != nil:
		for v := q.Min; v <= q.Max; v++ {
			a.byCode = append(a.byCode, answer(p.AnswerJSON(slot, v)))
		}
		a.absent = len(a.byCode)
		a.byCode = append(a.byCode, a.null, word{}) // what is missing writes nothing
	case q.Question.Kind == pack.Multi && !q.IsItem():
		for _, o := range q.Question.Options {
			a.options = append(a.options, newWord(quote(o.ID)+","))
		}
	}
	return a
}

// place is where the answer with a code is among those of the slot: answers that
// are not there come last. There are no gaps, so that more of them fit into the
// nearest cache.
func (a *answerPieces) place(code uint8) int {
	at := int(code)
	isAbsent := (int(engine.CodeNotAssessed) - 1 - at) >> 63 // all bits set if it is
	return at - (int(engine.CodeNotAssessed)-a.absent)&isAbsent
}

// piece is a longer part of a line, with a comma behind it; see word.
type piece struct {
	padded [112]byte
	size   int
	text   []byte // of one that is too long for that; else nil
}

func newPiece(text []byte) piece {
	text = append(text, ',')
	p := piece{size: len(text)}
	if copy(p.padded[:], text) < len(text) {
		p.text = text
	}
	return p
}

// appendTo writes the piece, as word's does.
func (p *piece) appendTo(b []byte) []byte {
	n := len(b)
	if p.text != nil {
		return append(b, p.text...)
	}
	if cap(b)-n < len(p.padded) {
		return append(b, p.padded[:p.size]...)
	}
	to := (*[len(p.padded)]byte)(b[n : n+len(p.padded)])
	*(*[48]byte)(to[:48]) = *(*[48]byte)(p.padded[:48])
	if p.size > 48 {
		*(*[64]byte)(to[48:]) = *(*[64]byte)(p.padded[48:])
	}
	return b[:n+p.size]
}
