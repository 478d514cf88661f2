package atlas

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// readCSV reads rows below a head, separated by the sign that the head has
// most of.
func (r *reader) readCSV(data []byte) {
	in := csv.NewReader(bytes.NewReader(data))
	in.FieldsPerRecord, in.ReuseRecord = -1, true
	line, _, _ := strings.Cut(string(data[:min(len(data), maxHead)]), "\n")
	in.Comma = separator(line)
	head, err := in.Read()
	if err != nil {
		r.csvError(err)
		return
	}
	columns, level := r.head(in, head)
	if level < 0 {
		r.report(r.span(1, 1, r.text.Line(1)), "table-level", "the head has no column level", "the first line names the columns")
	}
	for n := len(head); !r.full(); {
		record, err := in.Read()
		if err == io.EOF {
			return
		}
		if err != nil {
			r.csvError(err)
			return
		}
		r.record(in, record, n, columns, level)
	}
}

// maxHead is how much of a file is looked at for the separator.
const maxHead = 1 << 16

func separator(head string) rune {
	best, most := ',', strings.Count(head, ",")
	for _, sign := range "\t;" {
		if n := strings.Count(head, string(sign)); n > most {
			best, most = sign, n
		}
	}
	return best
}

func (r *reader) csvError(err error) {
	at := diag.Span{File: r.name}
	var bad *csv.ParseError
	if errors.As(err, &bad) {
		at, err = r.span(bad.Line, bad.Column, ""), bad.Err
	}
	r.report(at, "table-syntax", err.Error(), "")
}

// head reads the names of the columns: the position of each in the table, -1
// for those that are passed over, and where the level stands, or -1.
func (r *reader) head(in *csv.Reader, names []string) (columns []int, level int) {
	level = -1
	seen := map[int]bool{}
	for i, name := range names {
		name = strings.TrimSpace(name)
		line, col := in.FieldPos(i)
		at := r.span(line, col, name)
		column := -1
		switch {
		case name == "level" && level >= 0:
			r.report(at, "table-column", "a second column level", "")
		case name == "level":
			level = i
		case !passedOver(name):
			column = r.addColumn(name, at)
		}
		if column >= 0 && seen[column] {
			r.report(at, "table-column", fmt.Sprintf("a second column %s", r.table.Columns[column].Name), "")
		}
		seen[column] = true
		columns = append(columns, column)
	}
	return columns, level
}

func (r *reader) record(in *csv.Reader, record []string, n int, columns []int, level int) {
	line, _ := in.FieldPos(0)
	if strings.TrimSpace(strings.Join(record, "")) == "" {
		return // a line that a spreadsheet left behind
	}
	if len(record) != n {
		r.report(r.span(line, 1, r.text.Line(line)), "table-row", fmt.Sprintf("the row has %s, the head has %d", counted(len(record), "cell"), n), "")
		return
	}
	row := Row{Line: line, Cells: make([]Cell, len(r.table.Columns))}
	for i, text := range record {
		at := func() diag.Span {
			line, col := in.FieldPos(i)
			return r.span(line, col, text)
		}
		switch {
		case i == level:
			r.setLevel(&row, text, at())
		case columns[i] >= 0 && text != "":
			r.setCell(&row, columns[i], text, at())
		}
	}
	r.table.Rows = append(r.table.Rows, row)
}
