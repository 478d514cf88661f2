package batch

import (
	"bufio"
	"encoding/binary"
	"io"
	"unicode/utf16"
)

// wideReader makes UTF-8 of UTF-16. Half a character at the end is an error, as
// in any file that was cut off. Half of a pair comes out as the bytes that UTF-8
// would have for it and does not allow, so that its record is one in error: a
// replacement would make two texts the same.
type wideReader struct {
	in    *bufio.Reader
	order binary.ByteOrder
	left  []byte // of the last character
	err   error
}

func (r *wideReader) Read(b []byte) (n int, err error) {
	for n < len(b) {
		if len(r.left) == 0 {
			if r.err != nil || n > 0 && r.in.Buffered() < 4 {
				break
			}
			r.left, r.err = r.next(r.left[:0])
			continue
		}
		done := copy(b[n:], r.left)
		n, r.left = n+done, r.left[done:]
	}
	if n > 0 || len(b) == 0 {
		return n, nil
	}
	return 0, r.err
}

// next appends the next character.
func (r *wideReader) next(b []byte) ([]byte, error) {
	unit, err := r.unit()
	if err != nil {
		return b, err
	}
	if c := rune(unit); utf16.IsSurrogate(c) {
		if low, err := r.in.Peek(2); err == nil {
			if pair := utf16.DecodeRune(c, rune(r.order.Uint16(low))); pair != '\ufffd' {
				r.in.Discard(2)
				return append(b, string(pair)...), nil
			}
		}
		return append(b, 0xe0|byte(c>>12), 0x80|byte(c>>6&0x3f), 0x80|byte(c&0x3f)), nil
	}
	return append(b, string(rune(unit))...), nil
}

func (r *wideReader) unit() (uint16, error) {
	b, err := r.in.Peek(2)
	if len(b) == 1 && err == io.EOF {
		return 0, io.ErrUnexpectedEOF
	}
	if err != nil {
		return 0, err
	}
	unit := r.order.Uint16(b)
	r.in.Discard(2)
	return unit, nil
}
