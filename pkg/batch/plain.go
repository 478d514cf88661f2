package batch

import (
	"encoding/binary"
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
)

// plain reads a line byte by byte. Behind its end stands a line break, so that
// looking one byte ahead is always possible.
type plain struct {
	w        *worker
	text     []byte
	pos, end int
}

func (p *plain) space() {
	for {
		switch p.text[p.pos] {
		case ' ', '\t', '\r':
			p.pos++
		default:
			return
		}
	}
}

// blank is space, and reports whether there was any.
func (p *plain) blank() bool {
	from := p.pos
	p.space()
	return p.pos > from
}

func (p *plain) take(b byte) bool {
	if p.text[p.pos] != b {
		return false
	}
	p.pos++
	return true
}

// object reads an object of answers; at the top it may have other keys beside.
// What is as expected is read by the quick way; the careful way goes on where
// that gives up, for one key and its value.
func (p *plain) object(top bool) bool {
	k := p.w.json.order.answers
	if top {
		k = p.w.json.order.top
	}
	for {
		var isKey bool
		if k, isKey = p.expected(k); !isKey {
			from := p.pos
			opens := p.w.json.order.opens(k)
			if !p.between(opens) {
				return false
			}
			if p.take('}') {
				return true
			}
			what, ok := p.key(opens)
			if !ok {
				return false
			}
			k = p.w.json.order.learn(k, what, p.text[from:p.pos])
		} else if from := p.pos; p.blank() {
			k.spell(p.text[from-k.length : p.pos])
		}
		if !p.member(int64(k.what), top) {
			return false
		}
	}
}

// between goes to what is behind the beginning of an object, or behind a value:
// a key or its comma, or the end of the object.
func (p *plain) between(opens bool) bool {
	if opens && !p.take('{') {
		return false
	}
	p.space()
	return true
}

// key reads a key up to its value.
func (p *plain) key(opens bool) (what int64, ok bool) {
	if !opens {
		if !p.take(',') {
			return 0, false
		}
		p.space()
	}
	key, ok := p.word()
	if !ok {
		return 0, false
	}
	what, known := p.w.json.keys.find(p.text, key)
	if key.from == key.to || !known {
		return 0, false
	}
	if p.space(); !p.take(':') {
		return 0, false
	}
	p.space()
	return what, true
}

func (p *plain) member(what int64, top bool) bool {
	o := p.w.json
	switch {
	case what >= 0:
		return p.answer(int(what))
	case !top:
		return false
	case what == idKey && !o.id:
		o.id = true
		f, ok := p.idText()
		p.w.row.rawID = p.text[f.from:f.to]
		return ok
	case what == dateKey && !o.date:
		o.date = true
		f, ok := p.word()
		return ok && p.date(f)
	case what == placedKey && p.w.row.placed == "":
		f, ok := p.word()
		p.w.row.placed = p.w.levels[string(p.text[f.from:f.to])]
		return ok && p.w.row.placed != ""
	case what == answersKey && !o.inner:
		o.inner = true
		return p.object(false)
	}
	return false
}

// mostDates bounds what is remembered of a file with a date in each record.
const mostDates = 4096

// date takes a date, and makes a string of it once.
func (p *plain) date(f field) bool {
	o := p.w.json
	text, known := o.dates[string(p.text[f.from:f.to])]
	if !known {
		if text = string(p.text[f.from:f.to]); !isDate(text) {
			return false
		}
		if len(o.dates) < mostDates {
			o.dates[text] = text
		}
	}
	p.w.row.date = text
	return true
}

// idText reads an id: a text or a number.
func (p *plain) idText() (field, bool) {
	if p.text[p.pos] == '"' {
		return p.word()
	}
	return p.number()
}

// answer reads the value of a question, once.
func (p *plain) answer(slot int) bool {
	s, from := &p.w.json.heard[slot], p.pos
	if s.record == p.w.json.record {
		return false
	}
	s.record = p.w.json.record
	switch p.text[p.pos] {
	case '[':
		return p.selection(slot)
	case 'n':
		p.w.answer(slot, pack.NotAssessed)
		return p.literal("null")
	}
	f, ok := p.scalar()
	if !ok {
		return false
	}
	v, wrong := p.w.cells[slot].read(p.text, f)
	p.w.answer(slot, v)
	if wrong != nil {
		return false
	}
	s.learn(p.text[from:p.pos], v)
	return true
}

// selection reads a list of options, none of them twice.
func (p *plain) selection(slot int) bool {
	s := &p.w.json.heard[slot]
	if !s.many {
		return false
	}
	p.pos++
	var mask pack.Value
	if p.space(); p.take(']') {
		p.w.answer(slot, 0) // none of them
		return true
	}
	for {
		f, ok := p.word()
		if !ok {
			return false
		}
		v, wrong := p.w.cells[slot].read(p.text, f)
		if wrong != nil || v <= 0 || v&(v-1) != 0 || mask&v != 0 {
			return false
		}
		mask |= v
		if p.space(); p.take(']') {
			p.w.answer(slot, mask)
			return true
		}
		if !p.take(',') {
			return false
		}
		p.space()
	}
}

// scalar reads a string, a number, true or false; the field is its text.
func (p *plain) scalar() (field, bool) {
	from := p.pos
	switch p.text[p.pos] {
	case '"':
		return p.word()
	case 't':
		return field{int32(from), int32(from + 4)}, p.literal("true")
	case 'f':
		return field{int32(from), int32(from + 5)}, p.literal("false")
	}
	return p.number()
}

func (p *plain) literal(s string) bool {
	if p.pos+len(s) > p.end || string(p.text[p.pos:p.pos+len(s)]) != s {
		return false
	}
	p.pos += len(s)
	return true
}

// word reads a string without escapes.
func (p *plain) word() (field, bool) {
	if !p.take('"') {
		return field{}, false
	}
	from := p.pos
	for {
		w := binary.LittleEndian.Uint64(p.text[p.pos:])
		ends := zeros(w^quotes) | zeros(w^backslashes) | below(w)
		if ends == 0 {
			p.pos += 8
			continue
		}
		p.pos += bits.TrailingZeros64(ends) >> 3
		to := p.pos
		return field{int32(from), int32(to)}, p.take('"')
	}
}

const backslashes = '\\' * ones

// below marks the bytes below the blank, exactly the lowest one, as zeros does.
func below(w uint64) uint64 { return (w - ' '*ones) &^ w & highs }

// number reads a number without an exponent.
func (p *plain) number() (field, bool) {
	from := p.pos
	p.take('-')
	whole := p.digits()
	if whole == 0 || whole > 1 && p.text[p.pos-whole] == '0' {
		return field{}, false
	}
	if p.take('.') && p.digits() == 0 {
		return field{}, false
	}
	return field{int32(from), int32(p.pos)}, p.text[p.pos]|0x20 != 'e'
}

func (p *plain) digits() int {
	from := p.pos
	for '0' <= p.text[p.pos] && p.text[p.pos] <= '9' {
		p.pos++
	}
	return p.pos - from
}
