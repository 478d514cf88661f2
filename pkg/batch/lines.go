package batch

import (
	"bytes"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// objects reads JSON Lines: one object a line, with the questions as keys
// (phq9_3 and so on for items), or under "answers", beside "id" and "date".
//
// Plain lines, without escapes, are read in one pass over their bytes. That
// pass takes nothing that is not JSON, and gives up on all that is unusual or
// wrong: such a line is read again by encoding/json, which is slower and knows
// what to say. What is the same as in the lines before is not read byte by byte
// even so, see expected.
//
// What encoding/json lets pass and a batch does not: keys that are there twice,
// text that is not UTF-8, lines of more than maxRecord bytes. Half a surrogate
// pair, written as an escape, is U+FFFD, as encoding/json has it.
type objects struct {
	p       *pack.Pack
	columns []column // one for each slot
	keys    dictionary
	heard   []heard // by slot
	order   keyOrder
	record  int64
	id      bool // the record has one
	date    bool
	dates   map[string]string // that were read before
	inner   bool              // it has the key "answers"
}

// The keys that are no questions.
const (
	idKey      = -1
	dateKey    = -2
	answersKey = -3
	besideKey  = -4 // says nothing about the answers
	placedKey  = -5 // of a review alone
)

func newObjects(p *pack.Pack, ofReview bool) *objects {
	o := &objects{p: p, heard: make([]heard, len(p.Slots)), dates: map[string]string{}}
	for i, s := range p.Slots {
		o.columns = append(o.columns, column{name: s.ID, kind: answerColumn, slot: i})
		o.keys.put(s.ID, int64(i))
		o.heard[i].numbers = nothingHeard
		o.heard[i].many = !s.IsItem() && s.Question.Kind == pack.Multi
	}
	o.order = newKeyOrder(p, o.heard)
	for _, k := range append([]string{"id", "date", "answers"}, besideKeys...) {
		if _, isQuestion := p.SlotByID(k); !isQuestion {
			o.keys.put(k, keyOf(k))
		}
	}
	if ofReview {
		if _, isQuestion := p.SlotByID(placedWord); !isQuestion {
			o.keys.put(placedWord, placedKey)
		}
	}
	return o
}

func keyOf(k string) int64 {
	switch k {
	case "id":
		return idKey
	case "date":
		return dateKey
	case "answers":
		return answersKey
	}
	return besideKey
}

// lines reads the records of a chunk of JSON Lines.
func (w *worker) lines(c *chunk) {
	valid := utf8.Valid(c.text)
	line, n := c.line, 0
	w.cohort.Clear()
	for from := 0; from < len(c.text); line++ {
		to := from + bytes.IndexByte(c.text[from:], '\n')
		if text := c.text[from:to]; len(bytes.Trim(text, " \t\r")) > 0 {
			w.begin(n, line)
			w.object(c, from, to, valid)
			if n++; n == engine.Lanes {
				w.check(n)
				w.finish(c, nil, n)
				w.cohort.Clear()
				n = 0
			}
		}
		from = to + 1
	}
	w.check(n)
	w.finish(c, nil, n)
}

// object reads the record of a line.
func (w *worker) object(c *chunk, from, to int, valid bool) {
	switch text := c.text[from:to]; {
	case c.long:
		wrong := tooLong()
		w.row.loose = true
		w.failAt(0, "", wrong.code, wrong.text)
	case !valid && !utf8.Valid(text):
		w.row.loose = true
		w.failAt(0, "", "utf-8", "the line is not UTF-8")
	case !w.plainObject(c.buffer, from, to):
		w.begin(w.lane, w.row.line)
		w.cohort.ClearLane(w.lane)
		w.anyObject(text)
	}
}

// plainObject reads a line of the common kind. It is false if the line has to
// be read again.
func (w *worker) plainObject(text []byte, from, to int) bool {
	o := w.json
	o.record++
	o.id, o.date, o.inner = false, false, false
	p := plain{w: w, text: text, pos: from, end: to}
	p.space()
	if !p.object(true) {
		return false
	}
	p.space()
	return p.pos == p.end
}
