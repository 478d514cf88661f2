package batch

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"

	"github.com/klauspost/compress/gzip"
	"github.com/klauspost/compress/zstd"
)

// maxWindow bounds what zstd may look back: files made with more ask for more
// memory than a batch may take.
const maxWindow = 8 << 20

// open takes off what is around the text: gzip or zstd, told by how they
// begin, and a byte order mark, which also tells UTF-16. close ends what was
// begun for it.
func open(in io.Reader) (text io.Reader, close func(), err error) {
	close = func() {}
	b := bufio.NewReaderSize(in, 64<<10)
	head, err := b.Peek(4)
	if err != nil && err != io.EOF {
		return nil, close, err
	}
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(b)
		if err != nil {
			return nil, close, fmt.Errorf("it begins like gzip, and cannot be read as that: %w", err)
		}
		return unmarked(bufio.NewReaderSize(z, 64<<10), close)
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(b, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow))
		if err != nil {
			return nil, close, fmt.Errorf("it begins like zstd, and cannot be read as that: %w", err)
		}
		return unmarked(bufio.NewReaderSize(z, 64<<10), z.Close)
	}
	return unmarked(b, close)
}

// unmarked takes a byte order mark off and makes UTF-8 of UTF-16.
func unmarked(b *bufio.Reader, close func()) (io.Reader, func(), error) {
	head, err := b.Peek(3)
	switch {
	case err != nil && err != io.EOF:
		return nil, close, err
	case bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}):
		_, err := b.Discard(3)
		return b, close, err
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		_, err := b.Discard(2)
		return &wideReader{in: b, order: binary.LittleEndian}, close, err
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		_, err := b.Discard(2)
		return &wideReader{in: b, order: binary.BigEndian}, close, err
	}
	return b, close, nil
}
