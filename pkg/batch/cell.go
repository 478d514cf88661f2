package batch

import (
	"errors"
	"fmt"
	"math/bits"
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// cells reads the cells of one column. Most files have few different ones, so
// that each is read by the pack once and then found again by its bytes.
type cells struct {
	p       *pack.Pack
	column  *column
	slot    int
	known   dictionary
	wrong   map[string]*problem // what was read and is no answer
	many    bool                // a multiple choice
	cohort  *engine.Cohort
	counted bool // an option was given by its number
}

func newCells(p *pack.Pack, c *column, cohort *engine.Cohort) cells {
	slot := &p.Slots[c.slot]
	many := c.kind == answerColumn && !slot.IsItem() && slot.Question.Kind == pack.Multi && !joined(slot.Question, c)
	return cells{p: p, column: c, slot: c.slot, many: many, cohort: cohort}
}

// joined reports whether a label or a code has the separator of selections in
// it, so that what is between two of them need not be an option.
func joined(q *pack.Question, c *column) bool {
	for _, o := range q.Options {
		if strings.Contains(o.Label, ";") {
			return true
		}
	}
	for code, answer := range c.codes {
		if strings.Contains(code+answer, ";") {
			return true
		}
	}
	return false
}

// read returns the value of a field of the text, which has slack bytes behind
// it.
func (c *cells) read(text []byte, f field) (pack.Value, *problem) {
	if f.from == f.to {
		return pack.Missing, nil
	}
	if c.many {
		if mask, ok := c.selection(text, f); ok {
			return mask, nil
		}
	} else if v, ok := c.known.find(text, f); ok {
		return pack.Value(v), nil
	}
	return c.learn(string(text[f.from:f.to]))
}

// learn reads a text, and remembers what it says.
func (c *cells) learn(text string) (pack.Value, *problem) {
	v, wrong := c.parse(text)
	if wrong == nil {
		code := uint8(0)
		if c.column.kind == answerColumn && c.cohort.Narrow(c.slot) != nil {
			code = c.cohort.Code(c.slot, v)
		}
		c.known.putCode(text, int64(v), code)
	}
	return v, wrong
}

// selection reads several options, each of which must be known: there are far
// more selections than options. What is unusual is for parse to say.
func (c *cells) selection(text []byte, f field) (mask pack.Value, ok bool) {
	base := f.from
	ends := endsOfParts(text, base, f.to)
	for from := f.from; ; {
		for ends == 0 && base+64 < f.to {
			base += 64
			ends = endsOfParts(text, base, f.to)
		}
		to := f.to
		if ends != 0 {
			to = base + int32(bits.TrailingZeros64(ends))
		}
		v, known := c.known.find(text, field{from, to})
		if !known {
			learnt, wrong := c.learn(string(text[from:to]))
			if wrong != nil {
				return 0, false
			}
			v = int64(learnt)
		}
		switch {
		case from == f.from && to == f.to:
			return pack.Value(v), true // one option, none of them, or nothing
		case v <= 0 || v&(v-1) != 0 || mask&pack.Value(v) != 0:
			return 0, false
		}
		mask |= pack.Value(v)
		if to == f.to {
			return mask, true
		}
		from = to + 1
		ends &= ends - 1
	}
}

// endsOfParts marks the semicolons in the first 64 bytes from from on and before
// to, the first byte by the lowest bit.
func endsOfParts(text []byte, from, to int32) uint64 {
	return same((*[64]byte)(text[from:]), ';'*ones) & (1<<(to-from) - 1)
}

// missingWords stand for no answer wherever an answer is not spelled so.
var missingWords = map[string]bool{"na": true, "n/a": true, "null": true, "": true}

// What is wrong with a cell takes long to find out, with what was perhaps
// meant, and a column of another coding is wrong in every record. It is kept
// for so many cells of so many bytes.
const (
	mostWrong      = 256
	mostWrongBytes = 64
)

// parse reads a cell, unless one with the same text was wrong before.
func (c *cells) parse(text string) (pack.Value, *problem) {
	if wrong, known := c.wrong[text]; known {
		return pack.Missing, wrong
	}
	v, wrong := c.parts(text)
	if wrong != nil && len(text) <= mostWrongBytes && len(c.wrong) < mostWrong {
		if c.wrong == nil {
			c.wrong = map[string]*problem{}
		}
		c.wrong[text] = wrong
	}
	return v, wrong
}

// parts reads a cell as the pack reads answers, after the column's own codes.
// Where a selection is none to the pack, its parts may be codes and numbers.
func (c *cells) parts(text string) (pack.Value, *problem) {
	v, wrong := c.one(text)
	if wrong == nil || c.column.kind == boxColumn || !strings.ContainsAny(text, ";,") {
		return v, wrong
	}
	if s := &c.p.Slots[c.column.slot]; s.IsItem() || s.Question.Kind != pack.Multi {
		return v, wrong
	}
	separator := ","
	if strings.Contains(text, ";") {
		separator = ";"
	}
	var mask pack.Value
	for part := range strings.SplitSeq(text, separator) {
		bit, partWrong := c.one(part)
		switch {
		case partWrong != nil:
			return pack.Missing, partWrong
		case bit <= 0 || bit&(bit-1) != 0 || mask&bit != 0:
			return pack.Missing, wrong
		}
		mask |= bit
	}
	return mask, nil
}

// one reads a cell that is not put together from parts.
func (c *cells) one(text string) (pack.Value, *problem) {
	text = c.column.decoded(text)
	if c.column.kind == boxColumn {
		return parseBox(text)
	}
	v, err := c.p.ParseAnswer(c.column.slot, text)
	if err == nil {
		return v, nil
	}
	if missingWords[strings.ToLower(text)] {
		return pack.Missing, nil
	}
	// Where a column has codes of its own, a number that is none of them is a
	// mistake, and not the option at that place.
	if v, ok := c.byNumber(text); ok && !c.column.coded {
		c.counted = true
		return v, nil
	}
	return pack.Missing, &problem{code: "answer", text: c.told(err)}
}

// told says what is wrong with a cell: which question's it is only where the
// column has another name, and of a long text its beginning.
func (c *cells) told(err error) string {
	var wrong *pack.AnswerError
	if !errors.As(err, &wrong) {
		return err.Error()
	}
	if wrong.Question == c.column.name {
		wrong.Question = ""
	}
	wrong.Value = shortened(wrong.Value)
	return wrong.Error()
}

// shortened is the beginning of a text that is too long for a message.
func shortened(text string) string {
	const most = 60
	n := 0
	for i := range text {
		if n++; n > most {
			return text[:i] + "…"
		}
	}
	return text
}

// byNumber reads options by their numbers as they are listed, the first being
// 1, and 1 and 0 for yes and no.
func (c *cells) byNumber(text string) (pack.Value, bool) {
	slot := &c.p.Slots[c.column.slot]
	switch q := slot.Question; {
	case slot.IsItem():
		return 0, false
	case q.Kind == pack.YesNo:
		return pack.Value(strings.Index("01", text)), text == "0" || text == "1"
	case q.Kind == pack.Scale || q.Kind == pack.Choice:
		n, ok := listed(q, text)
		return pack.Value(n - 1), ok
	case q.Kind == pack.Multi:
		n, ok := listed(q, text)
		return 1 << max(0, n-1), ok
	}
	return 0, false
}

// listed reads a number from 1 to the last option's. Where an option is itself
// called by a number, another number is not the place of an option.
func listed(q *pack.Question, text string) (int, bool) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > len(q.Options) || text[0] == '+' || text[0] == '0' {
		return 0, false
	}
	for _, o := range q.Options {
		if _, err := strconv.ParseFloat(o.Label, 64); err == nil {
			return 0, false
		}
	}
	return n, true
}

func parseBox(text string) (pack.Value, *problem) {
	switch strings.ToLower(text) {
	case "1", "yes", "y", "true", "checked", "x":
		return 1, nil
	case "0", "no", "n", "false", "unchecked":
		return 0, nil
	case "not_assessed":
		return pack.NotAssessed, nil
	}
	if missingWords[strings.ToLower(text)] {
		return pack.Missing, nil
	}
	return pack.Missing, &problem{code: "answer", text: fmt.Sprintf("%q is not one of its answers; expected 1 or 0", shortened(text))}
}
