package form

import (
	"bufio"
	"context"
	"errors"
	"io"
	"os"
	"strings"
)

// longestLine is how much of a line is kept, in bytes; no answer is as long,
// and a line without end must not fill the memory.
const longestLine = 4096

// errInterrupted says that somebody pressed Ctrl+C at a prompt.
var errInterrupted = errors.New("interrupted")

// lines hands out one line at a time and takes no more from the input than
// that: what comes after it belongs to the next question, or to nobody here.
type lines struct {
	in        *bufio.Reader
	interrupt <-chan os.Signal
	pending   chan line // a line that is being read
}

type line struct {
	text string
	err  error
}

// next waits for a line. The error is io.ErrUnexpectedEOF at the end of input,
// errInterrupted, or ctx's. A wait that broke off goes on with the next call:
// a terminal's line cannot be read halfway.
func (l *lines) next(ctx context.Context) (string, error) {
	if l.pending == nil {
		l.pending = make(chan line, 1)
		go func(to chan<- line) {
			text, err := readLine(l.in)
			to <- line{text, err}
		}(l.pending)
	}
	select {
	case got := <-l.pending:
		l.pending = nil
		return got.text, got.err
	case <-l.interrupt:
		return "", errInterrupted
	case <-ctx.Done():
		return "", ctx.Err()
	}
}

// readLine reads to the end of one line. A last line without a line end is
// one, too; nothing at all is the end of input.
func readLine(in *bufio.Reader) (string, error) {
	var b strings.Builder
	for {
		c, err := in.ReadByte()
		switch {
		case err == nil && c == '\n':
			return strings.TrimSpace(b.String()), nil
		case errors.Is(err, io.EOF) && strings.TrimSpace(b.String()) != "":
			return strings.TrimSpace(b.String()), nil
		case errors.Is(err, io.EOF):
			return "", io.ErrUnexpectedEOF
		case err != nil:
			return "", err
		case b.Len() < longestLine:
			b.WriteByte(c)
		}
	}
}
