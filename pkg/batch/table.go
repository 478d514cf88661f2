package batch

import (
	"math/bits"
	"strings"
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
func (w *worker) cellsOf(c *chunk, f *fields) {
	b, r, comma := c.out, &w.row, w.r.opts.Output.comma()
	if w.r.opts.PassThrough {
		b = w.passed(b, f, comma)
	}
	b = append(appendCell(b, r.rawID, comma), comma)
	switch {
	case len(r.errors) > 0:
		b = append(b, "error"...)
		for range len(resultColumns) + len(w.r.explainColumns()) - 1 {
			b = append(b, comma)
		}
	case r.possible&(r.possible-1) == 0:
		b = append(append(b, "determined"...), comma)
		b = append(append(b, w.r.words.levels[bits.TrailingZeros64(r.possible)]...), comma)
		b = w.found(b, comma)
	default:
		b = append(append(b, "undetermined"...), comma, comma)
		b = w.found(b, comma)
	}
	b = append(append(b, w.r.words.tail...), comma)
	if len(r.errors) > 0 {
		b = appendCell(b, []byte(w.errorText()), comma)
	}
	c.out = append(b, '\n')
}

// found writes what was found out: all cells from the possible levels on, each
// with the separator behind it.
func (w *worker) found(b []byte, comma byte) []byte {
	r, words := &w.row, w.r.words
	for m := r.possible; m != 0; m &= m - 1 {
		b = append(append(b, words.levels[bits.TrailingZeros64(m)]...), ';')
	}
	b[len(b)-1] = comma
	b = w.list(b, r.indications, words.criteria, comma)
	b = w.list(b, r.unmet, words.criteria, comma)
	b = w.list(b, r.unknown, words.criteria, comma)
	n := len(b)
	for _, q := range r.deciding {
		b = words.questions[q.Index].appendTo(b)
	}
	b = endList(b, n, comma)
	b = w.list(b, r.notes, words.notes, comma)
	if w.r.opts.Explain {
		b = w.explained(b, comma)
	}
	return b
}

func (w *worker) list(b []byte, which []int, words []word, comma byte) []byte {
	n := len(b)
	for _, i := range which {
		b = words[i].appendTo(b)
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
	for i := range w.r.names {
		if i < len(f.record) {
			x := f.record[i]
			b = appendCell(b, f.text[x.from:x.to], comma)
		}
		b = append(b, comma)
	}
	return b
}

// errorText is all that is wrong with a record, with its place.
func (w *worker) errorText() string {
	var texts []string
	for i := range w.row.errors {
		texts = append(texts, w.row.errors[i].Error())
	}
	return strings.Join(texts, "; ")
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
	for _, c := range text {
		if c == '"' {
			b = append(b, '"')
		}
		b = append(b, c)
	}
	return append(b, '"')
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
