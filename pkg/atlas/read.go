package atlas

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Read reads a table that Map made, or somebody else, in CSV, in TSV, in CSV
// with semicolons, or in JSON: which of these it is shows in the text. name is
// what the file is called in diagnostics; src, if not nil, receives the text.
//
// A table needs a column level and names questions in its other columns; it
// may lack columns that a pack's own table has, and have others. Columns whose
// head begins with #, and those called combinations, share, row, example,
// note or comment, are passed over.
//
// All problems are reported in one go, and a table that has one is not to be
// relied on.
func Read(p *pack.Pack, name string, data []byte, src *diag.Sources) (*Table, []diag.Diagnostic) {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	src.Add(name, data)
	r := &reader{pack: p, name: name, text: diag.NewText(data), table: &Table{Pack: p, Size: size(p)}, at: map[string]int{}}
	switch start := bytes.TrimLeft(data, " \t\r\n"); {
	case !utf8.Valid(data):
		r.report(diag.Span{File: name}, "table-encoding", "the file is not UTF-8", "")
	case len(start) == 0:
		r.report(diag.Span{File: name}, "table-empty", "the file is empty; expected a table with a head", "")
	case start[0] == '{' || start[0] == '[':
		r.readJSON(data)
	default:
		r.readCSV(data)
	}
	for i := range r.table.Rows {
		row := &r.table.Rows[i]
		row.Cells = append(row.Cells, make([]Cell, len(r.table.Columns)-len(row.Cells))...)
	}
	diag.Sort(r.problems)
	return r.table, r.problems
}

// maxProblems is how many problems of one table are reported.
const maxProblems = 100

// reader collects a table and what is wrong with it.
type reader struct {
	pack     *pack.Pack
	name     string
	text     *diag.Text
	table    *Table
	at       map[string]int // position of a column by its own name
	problems []diag.Diagnostic
}

func (r *reader) full() bool { return len(r.problems) >= maxProblems }

func (r *reader) report(at diag.Span, code, message, hint string) {
	if !r.full() {
		r.problems = append(r.problems, diag.Diagnostic{Code: code, At: at, Message: message, Hint: hint})
	}
}

// span is the place of a text that stands in one line; line and column count
// from 1, the column in bytes.
func (r *reader) span(line, column int, text string) diag.Span {
	full := r.text.Line(line)
	col := utf8.RuneCountInString(full[:min(max(column-1, 0), len(full))]) + 1
	text, _, _ = strings.Cut(text, "\n")
	return diag.Span{File: r.name, Line: line, Col: col, EndLine: line, EndCol: col + max(1, utf8.RuneCountInString(text))}
}

// passedOver reports whether a column of this name is not about answers.
func passedOver(name string) bool {
	return name == "" || strings.HasPrefix(name, "#") || slices.Contains(ownColumns, name)
}

// addColumn finds the column with this head and returns its position, or -1.
func (r *reader) addColumn(name string, at diag.Span) int {
	c, err := column(r.pack, name)
	if err != nil {
		hint := "a column that is for the reader only begins with #, or is called note or comment"
		r.report(at, "table-column", err.Error(), hint)
		return -1
	}
	if i, ok := r.at[c.Name]; ok {
		return i
	}
	r.at[c.Name] = len(r.table.Columns)
	r.table.Columns = append(r.table.Columns, c)
	return len(r.table.Columns) - 1
}

// setCell reads a cell of a row. It makes room for columns that came later.
func (r *reader) setCell(row *Row, column int, text string, at diag.Span) {
	c := &r.table.Columns[column]
	cell, err := c.Parse(r.pack, text)
	if err != nil {
		r.report(at, "table-cell", c.Name+": "+err.Error(), "")
		return
	}
	for len(row.Cells) <= column {
		row.Cells = append(row.Cells, nil)
	}
	row.Cells[column] = cell
}

// setLevel reads the level of a row.
func (r *reader) setLevel(row *Row, text string, at diag.Span) {
	row.Level = r.level(text, at)
}

func (r *reader) level(text string, at diag.Span) *pack.Level {
	text = strings.TrimSpace(text)
	if l := r.pack.Level(text); l != nil {
		return l
	}
	var ids []string
	for _, l := range r.pack.Levels {
		ids = append(ids, l.ID)
	}
	hint := ""
	if near := diag.Near(text, ids); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	r.report(at, "table-level", fmt.Sprintf("%q is no level; expected %s", text, cmp.Or(strings.Join(ids, ", "), "one")), hint)
	return nil
}
