package batch

import "github.com/carelevel/carelevel/pkg/pack"

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

func (p *plain) take(b byte) bool {
	if p.text[p.pos] != b {
		return false
	}
	p.pos++
	return true
}

// object reads an object of answers; at the top it may have other keys beside.
func (p *plain) object(top bool) bool {
	if !p.take('{') {
		return false
	}
	if p.space(); p.take('}') {
		return true
	}
	for {
		key, ok := p.word()
		if !ok {
			return false
		}
		what, known := p.w.json.keys.find(p.text, key)
		if key.from == key.to || !known {
			return false
		}
		p.space()
		if !p.take(':') {
			return false
		}
		if p.space(); !p.member(what, top) {
			return false
		}
		p.space()
		if p.take('}') {
			return true
		}
		if !p.take(',') {
			return false
		}
		p.space()
	}
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
		p.w.row.date = string(p.text[f.from:f.to])
		return ok && isDate(p.w.row.date)
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

// idText reads an id: a text or a number.
func (p *plain) idText() (field, bool) {
	if p.text[p.pos] == '"' {
		return p.word()
	}
	return p.number()
}

// answer reads the value of a question, once.
func (p *plain) answer(slot int) bool {
	o := p.w.json
	if o.seen[slot] == o.record {
		return false
	}
	o.seen[slot] = o.record
	switch p.text[p.pos] {
	case '[':
		return p.selection(slot)
	case 'n':
		p.w.row.answers[slot] = pack.NotAssessed
		return p.literal("null")
	}
	f, ok := p.scalar()
	if !ok {
		return false
	}
	v, wrong := p.w.cells[slot].read(p.text, f)
	p.w.row.answers[slot] = v
	return wrong == nil
}

// selection reads a list of options, none of them twice.
func (p *plain) selection(slot int) bool {
	if s := &p.w.r.p.Slots[slot]; s.IsItem() || s.Question.Kind != pack.Multi {
		return false
	}
	p.pos++
	var mask pack.Value
	if p.space(); p.take(']') {
		p.w.row.answers[slot] = 0 // none of them
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
			p.w.row.answers[slot] = mask
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
		switch b := p.text[p.pos]; {
		case b == '"':
			p.pos++
			return field{int32(from), int32(p.pos - 1)}, true
		case b == '\\' || b < ' ':
			return field{}, false
		}
		p.pos++
	}
}

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
