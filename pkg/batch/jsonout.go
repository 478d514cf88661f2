package batch

import (
	"bytes"
	"encoding/json"
	"math/bits"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// schema is that of one recommendation: a line has its keys, those left out
// that are texts of the pack or take long to find. With Explain it has all.
const schema = "carelevel.recommendation/1"

// pieces are the parts of a line that are the same in every record.
type pieces struct {
	begin        []byte // up to the id's value
	levels       [][]byte
	indications  [][]byte    // in the order of a cohort
	requirements [][3][]byte // in that order, by state
	questions    map[*pack.Question][]byte
	notes        [][]byte
	keys         [][]byte   // by slot
	answers      [][][]byte // by slot and value less the least: key and value; nil for large domains
	options      [][][]byte // by slot and option, of a multiple choice with a large domain
}

func newPieces(e *engine.Engine) *pieces {
	p, of := e.Pack(), e.NewCohort()
	s := &pieces{questions: map[*pack.Question][]byte{}}
	s.begin = append(append([]byte(`{"schema":"`+schema+`","pack":`), object("id", p.ID, "version", p.Version, "hash", p.Hash)...), `,"id":`...)
	for _, l := range p.Levels {
		s.levels = append(s.levels, quote(l.ID))
	}
	for _, i := range of.IndicationOrder() {
		c := e.Criteria()[i]
		s.indications = append(s.indications, object("criterion", c.ID, "level", c.Level.ID))
	}
	for _, i := range of.RequirementOrder() {
		c := e.Criteria()[i]
		var states [3][]byte
		for t, word := range map[engine.Truth]string{engine.False: "not_met", engine.Unknown: "unknown", engine.True: "met"} {
			states[t] = object("criterion", c.ID, "level", c.Level.ID, "state", word)
		}
		s.requirements = append(s.requirements, states)
	}
	for _, q := range p.Questions {
		s.questions[q] = quote(q.ID)
	}
	for _, n := range p.Notes {
		s.notes = append(s.notes, object("id", n.ID, "kind", n.Kind.String()))
	}
	for i := range p.Slots {
		s.addAnswers(p, i)
	}
	return s
}

// maxSpelled is how many answers to one question are written down beforehand.
const maxSpelled = 256

func (s *pieces) addAnswers(p *pack.Pack, slot int) {
	of := &p.Slots[slot]
	key := append(quote(of.ID), ':')
	s.keys = append(s.keys, key)
	var answers, options [][]byte
	switch {
	case of.Max-of.Min < maxSpelled:
		for v := of.Min; v <= of.Max; v++ {
			answers = append(answers, appendJSON(slices.Clone(key), p.AnswerJSON(slot, v)))
		}
	case of.Question.Kind == pack.Multi && !of.IsItem():
		for _, o := range of.Question.Options {
			options = append(options, append(quote(o.ID), ','))
		}
	}
	s.answers, s.options = append(s.answers, answers), append(s.options, options)
}

// appendAnswer writes a key and its answer.
func (w *worker) appendAnswer(b []byte, slot int, v pack.Value) []byte {
	s := w.r.pieces
	if at := v - w.r.p.Slots[slot].Min; v.Known() && int64(at) < int64(len(s.answers[slot])) {
		return append(b, s.answers[slot][at]...)
	}
	b = append(b, s.keys[slot]...)
	switch {
	case !v.Known():
		return append(b, "null"...)
	case s.options[slot] == nil:
		return appendJSON(b, w.r.p.AnswerJSON(slot, v))
	}
	b = append(b, '[')
	n := len(b)
	for ; v != 0; v &= v - 1 {
		b = append(b, s.options[slot][bits.TrailingZeros64(uint64(v))]...)
	}
	return closeList(b, n)
}

// object writes keys and strings.
func object(pairs ...string) []byte {
	b := []byte{'{'}
	for i := 0; i < len(pairs); i += 2 {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(append(b, quote(pairs[i])...), ':'), quote(pairs[i+1])...)
	}
	return append(b, '}')
}

// quote writes a string as report does: HTML is left as it is.
func quote(s string) []byte { return appendJSON(nil, s) }

func appendJSON(b []byte, v any) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return append(b, "null"...)
	}
	return append(b, bytes.TrimSuffix(out.Bytes(), []byte{'\n'})...)
}

// appendQuoted is quote for text that seldom has anything to escape.
func appendQuoted(b, text []byte) []byte {
	for _, c := range text {
		if c < ' ' || c == '"' || c == '\\' || c >= 0x7f {
			return appendJSON(b, string(text))
		}
	}
	return append(append(append(b, '"'), text...), '"')
}

// line writes the result of a record as a line of JSON.
func (w *worker) line(c *chunk, x *outlook) {
	s, r, date := w.r.pieces, w.row, w.row.date
	if date == "" {
		date = w.r.opts.Date
	}
	b := appendQuoted(append(c.out, s.begin...), r.rawID)
	b = appendQuoted(append(b, `,"date":`...), []byte(date))
	b = append(b, `,"status":`...)
	switch {
	case len(r.errors) > 0:
		c.out = w.mistakes(append(b, `"error","level":null,"possible":[],"errors":[`...))
		return
	case x.possible&(x.possible-1) == 0:
		b = append(append(b, `"determined","level":`...), s.levels[bits.TrailingZeros64(x.possible)]...)
	default:
		b = append(b, `"undetermined","level":null`...)
	}
	b = append(b, `,"possible":[`...)
	for m := x.possible; m != 0; m &= m - 1 {
		b = append(append(b, s.levels[bits.TrailingZeros64(m)]...), ',')
	}
	b[len(b)-1] = ']'
	b = append(b, `,"exact":false,"indications":[`...)
	if x.exact {
		b = append(b[:len(b)-len(`false,"indications":[`)], `true,"indications":[`...)
	}
	b = w.foundJSON(b, x)
	c.out = append(b, '}', '\n')
}

// foundJSON writes the lists of a result.
func (w *worker) foundJSON(b []byte, x *outlook) []byte {
	s := w.r.pieces
	n := len(b)
	for i, m := range w.cohort.Indications(w.lane) {
		for ; m != 0; m &= m - 1 {
			b = append(append(b, s.indications[i*64+bits.TrailingZeros64(m)]...), ',')
		}
	}
	b = append(closeList(b, n), `,"requirements":[`...)
	n = len(b)
	unmet, unknown := w.cohort.Unmet(w.lane), w.cohort.Unknown(w.lane)
	for i, m := range w.requirementsOf(x.possible) {
		for ; m != 0; m &= m - 1 {
			at := bits.TrailingZeros64(m)
			state := engine.True
			switch {
			case unmet[i]>>at&1 != 0:
				state = engine.False
			case unknown[i]>>at&1 != 0:
				state = engine.Unknown
			}
			b = append(append(b, s.requirements[i*64+at][state]...), ',')
		}
	}
	b = append(closeList(b, n), `,"deciding":[`...)
	n = len(b)
	for _, q := range x.deciding {
		b = append(append(b, s.questions[q]...), ',')
	}
	b = append(closeList(b, n), `,"answers":{`...)
	n = len(b)
	for slot := range w.r.p.Slots {
		if v := w.cohort.Answer(slot, w.lane); v != pack.Missing {
			b = append(w.appendAnswer(b, slot, v), ',')
		}
	}
	if len(b) > n {
		b = b[:len(b)-1]
	}
	b = append(b, `},"warnings":[`...)
	n = len(b)
	for i, m := range w.cohort.Notes(w.lane) {
		for ; m != 0; m &= m - 1 {
			b = append(append(b, s.notes[i*64+bits.TrailingZeros64(m)]...), ',')
		}
	}
	return closeList(b, n)
}

// closeList closes a list that began at n.
func closeList(b []byte, n int) []byte {
	if len(b) > n {
		b = b[:len(b)-1]
	}
	return append(b, ']')
}

// mistakes writes what is wrong with a record. The line is told only where the
// input is a table: JSON Lines can be split anywhere, and say the same.
func (w *worker) mistakes(b []byte) []byte {
	n := len(b)
	for i := range w.row.errors {
		e := &w.row.errors[i]
		m := mistakeJSON{Column: e.Column, Name: e.Name, Code: e.Code, Text: e.Text}
		if w.r.opts.Input != JSONLines {
			m.Line = e.Line
		}
		b = append(appendJSON(b, m), ',')
	}
	return append(closeList(b, n), '}', '\n')
}

type mistakeJSON struct {
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Name   string `json:"name,omitempty"`
	Code   string `json:"code"`
	Text   string `json:"text"`
}

// whole reports whether Record writes the lines.
func (o *Options) whole() bool { return o.Output == JSONLines && o.Explain && o.Record != nil }

// whole writes the recommendation with all of its reasoning. Where that fails
// the record is one in error, like any other.
func (w *worker) whole() {
	w.cohort.Answers(w.lane, w.answers)
	sheet := pack.Sheet{Answers: w.answers, ID: string(w.row.rawID), Date: w.row.date}
	if sheet.Date == "" {
		sheet.Date = w.r.opts.Date
	}
	w.written.Reset()
	if err := w.r.opts.Record(&w.written, sheet); err != nil {
		w.failAt(0, "", "internal", err.Error())
	}
}
