package batch

import (
	"bytes"
	"math/bits"
)

// resultColumns are the columns of a result; explainColumns stand before the
// pack's with Explain.
var (
	resultColumns  = []string{"id", "status", "level", "possible", "indications", "unmet", "unknown", "deciding", "warnings"}
	explainColumns = []string{"reasons", "sufficient", "flips"}
	packColumns    = []string{"pack", "version", "hash", "error"}
)

// prefix tells the result's columns from the input's where both stand side by
// side.
const prefix = "carelevel_"

// header is the first line of a table; JSON Lines have none.
func (r *run) header() []byte {
	if r.opts.Output == JSONLines {
		return nil
	}
	var b []byte
	comma := r.opts.Output.comma()
	before := ""
	if r.opts.PassThrough {
		for _, name := range r.names {
			b = append(appendCell(b, []byte(name), comma), comma)
		}
		before = prefix
	}
	for _, list := range [][]string{resultColumns, r.explainColumns(), packColumns} {
		for _, name := range list {
			b = append(append(append(b, before...), name...), comma)
		}
	}
	b[len(b)-1] = '\n'
	return b
}

func (r *run) explainColumns() []string {
	if r.opts.Explain {
		return explainColumns
	}
	return nil
}

// cellsOf writes the result of a record as a line of a table.
func (w *worker) cellsOf(c *chunk, f *fields, x *outlook) {
	b, comma := c.out, w.r.opts.Output.comma()
	failed := len(w.row.errors) > 0
	if w.r.opts.PassThrough {
		b = w.passed(b, f, comma)
	}
	b = append(appendCell(b, w.row.rawID, comma), comma)
	switch {
	case failed:
		b = append(b, "error"...)
		for range len(resultColumns) + len(w.r.explainColumns()) - 1 {
			b = append(b, comma)
		}
	case x.possible&(x.possible-1) == 0:
		b = append(append(b, "determined"...), comma)
		b = append(append(b, w.r.words.levels[bits.TrailingZeros64(x.possible)]...), comma)
		b = w.found(b, x, comma)
	default:
		b = append(append(b, "undetermined"...), comma, comma)
		b = w.found(b, x, comma)
	}
	b = append(append(b, w.r.words.tail...), comma)
	if failed {
		b = appendCell(b, w.errorText(), comma)
	}
	c.out = append(b, '\n')
}

// found writes what was found out: all cells from the possible levels on, each
// with the separator behind it.
func (w *worker) found(b []byte, x *outlook, comma byte) []byte {
	words := w.r.words
	for m := x.possible; m != 0; m &= m - 1 {
		b = append(append(b, words.levels[bits.TrailingZeros64(m)]...), ';')
	}
	b[len(b)-1] = comma
	b = appendWords(b, w.cohort.Indications(w.lane), nil, words.indications, comma)
	of := w.requirementsOf(x.possible)
	b = appendWords(b, w.cohort.Unmet(w.lane), of, words.requirements, comma)
	b = appendWords(b, w.cohort.Unknown(w.lane), of, words.requirements, comma)
	n := len(b)
	for _, q := range x.deciding {
		b = words.questions[q.Index].appendTo(b)
	}
	b = endList(b, n, comma)
	b = appendWords(b, w.cohort.Notes(w.lane), nil, words.notes, comma)
	if w.r.opts.Explain {
		b = w.explained(b, comma)
	}
	return b
}

// requirementsOf are those of the levels, as bits in the order of
// Cohort.RequirementOrder; good until the next call.
func (w *worker) requirementsOf(levels uint64) []uint64 {
	clear(w.required)
	for m := levels; m != 0; m &= m - 1 {
		for i, of := range w.cohort.LevelRequirements(bits.TrailingZeros64(m)) {
			w.required[i] |= of
		}
	}
	return w.required
}

// appendWords writes the words that are set in which, and in among unless that is nil.
func appendWords(b []byte, which, among []uint64, words []word, comma byte) []byte {
	n := len(b)
	for i, m := range which {
		if among != nil {
			m &= among[i]
		}
		for ; m != 0; m &= m - 1 {
			b = words[i*64+bits.TrailingZeros64(m)].appendTo(b)
		}
	}
	return endList(b, n, comma)
}

// endList puts the separator behind a list that began at n.
func endList(b []byte, n int, comma byte) []byte {
	if len(b) == n {
		return append(b, comma)
	}
	b[len(b)-1] = comma
	return b
}

// passed writes the input's own cells, as many as the header has.
func (w *worker) passed(b []byte, f *fields, comma byte) []byte {
	there := len(w.r.names)
	if odd := f.odd[w.lane]; odd != nil {
		there = len(odd.fields)
	}
	for i := range w.r.names {
		if i < there {
			x := f.at(w.lane, i)
			b = appendCell(b, f.text[x.from:x.to], comma)
		}
		b = append(b, comma)
	}
	return b
}

// errorText is all that is wrong with a record, with its place; good until the
// next call.
func (w *worker) errorText() []byte {
	w.text = w.text[:0]
	for i := range w.row.errors {
		if i > 0 {
			w.text = append(w.text, "; "...)
		}
		w.text = w.row.errors[i].appendTo(w.text)
	}
	return w.text
}

// appendCell writes a cell so that encoding/csv reads it back, and so that no
// spreadsheet runs it: what begins like a formula, and is no number, gets an
// apostrophe before it.
func appendCell(b, text []byte, comma byte) []byte {
	if len(text) == 0 {
		return b
	}
	formula := isFormula(text)
	if !formula && !needsQuotes(text, comma) {
		return append(b, text...)
	}
	b = append(b, '"')
	if formula {
		b = append(b, '\'')
	}
	for i := bytes.IndexByte(text, '"'); i >= 0; i = bytes.IndexByte(text, '"') {
		b = append(append(b, text[:i+1]...), '"')
		text = text[i+1:]
	}
	return append(append(b, text...), '"')
}

func needsQuotes(text []byte, comma byte) bool {
	if text[0] == ' ' || string(text) == `\.` {
		return true
	}
	for _, c := range text {
		if c == comma || c == '"' || c == '\n' || c == '\r' {
			return true
		}
	}
	return false
}

func isFormula(text []byte) bool {
	switch text[0] {
	case '=', '@', '\t', '\r':
		return true
	case '+', '-':
		return !isNumber(text[1:])
	}
	return false
}

func isNumber(text []byte) bool {
	digits, points := 0, 0
	for _, c := range text {
		switch {
		case '0' <= c && c <= '9':
			digits++
		case c == '.':
			points++
		default:
			return false
		}
	}
	return digits > 0 && points < 2
}
