package batch

import (
	"io"
	"strconv"

	"github.com/carelevel/carelevel/pkg/diag"
)

// WriteError writes a mistake as a line of CSV: line, column, name, id, code
// and text.
func WriteError(w io.Writer, e RowError) error {
	var b []byte
	column := ""
	if e.Column > 0 {
		column = strconv.Itoa(e.Column)
	}
	for i, cell := range []string{strconv.Itoa(e.Line), column, diag.Clean(e.Name), e.ID, e.Code, diag.Clean(e.Text)} {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendCell(b, []byte(cell), ',')
	}
	_, err := w.Write(append(b, '\n'))
	return err
}
