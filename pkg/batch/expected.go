package batch

import (
	"encoding/binary"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// expected answers questions as long as the text is as expected: a key that came
// behind the one before it, and a value that was there before. It returns the
// last key that it found, and whether the value of that is still to be read.
//
// What is unusual is left to the careful way, which begins where this one ends.
// So is a question that is answered twice: both ways note in heard who answered,
// by whichever key. Nothing that is found here has a line break in it, so that
// this never goes on behind the end of the line.
//
// It is one loop, written out, so that all it works with stays in registers.
func (p *plain) expected(k *key) (last *key, isKey bool) {
	text, pos := p.text[:len(p.text):len(p.text)], p.pos
	record, lane := p.w.json.record, p.w.lane&(engine.Lanes-1)
	for {
		t := (*[64]byte)(text[pos:])
		w0, w1, w2 := binary.LittleEndian.Uint64(t[:8]), binary.LittleEndian.Uint64(t[8:16]), binary.LittleEndian.Uint64(t[16:24])
		n := k.next[0]
		if !n.is(w0, w1, w2) {
			if n = k.next[1]; !n.is(w0, w1, w2) {
				p.pos = pos
				return k, false
			}
		}
		k = n
		length := k.length & 31 // as it is; and it is seen that there is room behind it
		pos += length
		s := k.heard
		if s == nil || s.record == record {
			break
		}
		v := (*[windowOfValue]byte)(t[length : length+windowOfValue])
		var answer pack.Value
		var code uint8
		if first := uint64(v[0] - '0'); v[0] == '"' {
			head, tail, n := short(twoWords((*[windowOfValue - 1]byte)(v[1:])))
			e := s.texts.at(head, tail)
			if !e.is(head, tail, uint16(n)) || v[1+n&31] != '"' {
				break
			}
			answer, code, length = pack.Value(e.value), e.code, n+2
		} else if first < 10 {
			place, n := smallNumber(first, v)
			if answer, length = s.numbers[place], n; answer == unheard || v[n] != ',' && v[n] != '}' {
				break
			}
			code = uint8(answer - s.least)
		} else if string(v[:4]) == "null" {
			answer, code, length = pack.NotAssessed, engine.CodeNotAssessed, 4
		} else {
			var ok bool
			if answer, length, ok = s.options(text, pos); !ok {
				break
			}
		}
		s.record = record
		if s.narrow != nil {
			s.narrow[lane] = code
		} else {
			s.wide[lane] = answer
		}
		pos += length
	}
	p.pos = pos
	return k, true
}
