package batch

import (
	"bytes"
	"encoding/json"
	"math/bits"
	"strconv"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// schema is that of one recommendation: a line has its keys, those left out
// that are texts of the pack or take long to find. With Explain it has all.
const schema = "carelevel.recommendation/1"

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
func quote(s string) string { return string(appendJSON(nil, s)) }

func appendJSON(b []byte, v any) []byte {
	var out bytes.Buffer
	e := json.NewEncoder(&out)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return append(b, "null"...)
	}
	return append(b, bytes.TrimSuffix(out.Bytes(), []byte{'\n'})...)
}

// appendQuoted is quote for text that seldom has anything to escape but quotes.
func appendQuoted(b, text []byte) []byte {
	n, done := len(b), 0
	b = append(b, '"')
	for i, c := range text {
		switch {
		case c < ' ' || c >= 0x7f:
			return appendJSON(b[:n], string(text))
		case c == '"' || c == '\\':
			b = append(append(b, text[done:i]...), '\\')
			done = i
		}
	}
	return append(append(b, text[done:]...), '"')
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
		b = s.levels[bits.TrailingZeros64(x.possible)].appendTo(append(b, `"determined","level":`...))
		b = b[:len(b)-1]
	default:
		b = append(b, `"undetermined","level":null`...)
	}
	b = append(b, `,"possible":[`...)
	for m := x.possible; m != 0; m &= m - 1 {
		b = s.levels[bits.TrailingZeros64(m)].appendTo(b)
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
			b = s.indications[i*64+bits.TrailingZeros64(m)].appendTo(b)
		}
	}
	b = append(closeList(b, n), `,"requirements":[`...)
	n = len(b)
	unmet, unknown := w.cohort.Unmet(w.lane), w.cohort.Unknown(w.lane)
	for i, m := range w.requirementsOf(x.possible) {
		for ; m != 0; m &= m - 1 {
			at := bits.TrailingZeros64(m)
			state := stateOf(unmet[i]>>at&1, unknown[i]>>at&1)
			b = s.requirements[i*64+at][state].appendTo(b)
		}
	}
	b = append(closeList(b, n), `,"deciding":[`...)
	n = len(b)
	for _, q := range x.deciding {
		b = s.questions[q.Index].appendTo(b)
	}
	b = append(closeList(b, n), `,"answers":{`...)
	b = w.appendAnswers(b)
	b = append(b, `},"warnings":[`...)
	n = len(b)
	for i, m := range w.cohort.Notes(w.lane) {
		for ; m != 0; m &= m - 1 {
			b = s.notes[i*64+bits.TrailingZeros64(m)].appendTo(b)
		}
	}
	return closeList(b, n)
}

// stateOf is the state of a requirement of which one of these is 1 unless it is
// met.
func stateOf(unmet, unknown uint64) engine.Truth {
	return engine.True - engine.Truth(2*unmet+unknown)
}

// appendAnswers writes keys and answers of those that there are.
func (w *worker) appendAnswers(b []byte) []byte {
	n := len(b)
	for slot := range w.r.pieces.answers {
		a := &w.r.pieces.answers[slot]
		if a.byCode != nil {
			b = a.byCode[a.place(w.cohort.Narrow(slot)[w.lane])].appendTo(b)
		} else {
			b = w.appendWide(b, slot, a)
		}
	}
	if len(b) > n {
		b = b[:len(b)-1]
	}
	return b
}

func (w *worker) appendWide(b []byte, slot int, a *answerPieces) []byte {
	switch v := w.cohort.Wide(slot)[w.lane]; {
	case v == pack.Missing:
		return b
	case !v.Known():
		return a.null.appendTo(b)
	case a.options == nil:
		return append(appendJSON(a.key.appendTo(b), w.r.p.AnswerJSON(slot, v)), ',')
	default:
		b = a.list.appendTo(b)
		n := len(b)
		for ; v != 0; v &= v - 1 {
			b = a.options[bits.TrailingZeros64(uint64(v))].appendTo(b)
		}
		return append(closeList(b, n), ',')
	}
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
		b = append(b, '{')
		if w.r.opts.Input != JSONLines {
			b = append(strconv.AppendInt(append(b, `"line":`...), int64(e.Line), 10), ',')
		}
		if e.Column > 0 {
			b = append(strconv.AppendInt(append(b, `"column":`...), int64(e.Column), 10), ',')
		}
		if e.Name != "" {
			b = append(appendQuoted(append(b, `"name":`...), []byte(e.Name)), ',')
		}
		b = appendQuoted(append(b, `"code":`...), []byte(e.Code))
		b = append(appendQuoted(append(b, `,"text":`...), []byte(e.Text)), '}', ',')
	}
	return append(closeList(b, n), '}', '\n')
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
