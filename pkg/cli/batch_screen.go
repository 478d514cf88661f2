package cli

import (
	"bytes"
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// screen spells out what could drive a terminal. Ids and cells that a batch
// passes on are somebody else's bytes: a file and a pipe get them as they are,
// a terminal must not. Tabs, which part the cells of a table, stay.
type screen struct{ w io.Writer }

// Write takes whole lines, as a batch writes them.
func (s screen) Write(p []byte) (int, error) {
	var b strings.Builder
	for line := range bytes.Lines(p) {
		text, broken := bytes.CutSuffix(line, []byte{'\n'})
		for i, cell := range strings.Split(string(text), "\t") {
			if i > 0 {
				b.WriteByte('\t')
			}
			b.WriteString(diag.Clean(cell))
		}
		if broken {
			b.WriteByte('\n')
		}
	}
	if _, err := io.WriteString(s.w, b.String()); err != nil {
		return 0, err
	}
	return len(p), nil
}
