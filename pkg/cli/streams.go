package cli

import (
	"io"
	"os"

	"golang.org/x/term"
)

// streams are what the program reads from and writes to.
type streams struct {
	in       io.Reader
	out, err io.Writer
}

// isTerminal reports whether a stream is one; only a file can be.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// The width of text: as wide as the terminal, but no wider than a person reads
// with ease, and a fixed one where there is no terminal, so that the same
// input gives the same bytes.
const (
	minWidth   = 40
	maxWidth   = 100
	pipedWidth = 80
)

// width returns the columns to lay text out in on standard output.
func (s *streams) width() int {
	f, ok := s.out.(*os.File)
	if !ok {
		return pipedWidth
	}
	w, _, err := term.GetSize(int(f.Fd()))
	if err != nil || w <= 0 {
		return pipedWidth
	}
	return min(max(w, minWidth), maxWidth)
}

// colors reports whether text on the stream is coloured: as --color says, else
// on a terminal that can, unless NO_COLOR is set (https://no-color.org).
func (g *globals) colors(stream io.Writer) bool {
	switch g.color {
	case "always":
		return true
	case "never":
		return false
	}
	return isTerminal(stream) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
