package batch

import (
	"io"
	"strconv"

	"github.com/carelevel/carelevel/pkg/diag"
)

// WriteError writes a mistake as a line of CSV: line, column, name, id, code
// and text.
func WriteError(w io.Writer, e RowError) error {
	column := ""
	if e.Column > 0 {
		column = strconv.Itoa(e.Column)
	}
	return WriteRow(w, strconv.Itoa(e.Line), column, diag.Clean(e.Name), e.ID, e.Code, diag.Clean(e.Text))
}

// WriteRow writes one line of CSV. encoding/csv reads the cells back, and no
// spreadsheet runs one as a formula: what begins like one, and is no number,
// gets an apostrophe before it.
func WriteRow(w io.Writer, cells ...string) error {
	var b []byte
	if in, ok := w.(interface{ AvailableBuffer() []byte }); ok { // as bufio's writers have it
		b = in.AvailableBuffer()
	}
	for i, cell := range cells {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendCell(b, []byte(cell), ',')
	}
	_, err := w.Write(append(b, '\n'))
	return err
}
