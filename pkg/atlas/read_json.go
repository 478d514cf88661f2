package atlas

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// jsonReader walks over a table in JSON token by token, since a problem needs
// its place. It takes what WriteJSON writes, or a bare list of rows, whose
// cells may stand beside level instead of under when.
type jsonReader struct {
	*reader
	dec   *json.Decoder
	data  []byte
	line  int // the place up to which lines have been counted
	upTo  int
	start int // of that line
}

// errStop ends the reading where a problem has been reported.
var errStop = errors.New("stop")

func (r *reader) readJSON(data []byte) {
	in := &jsonReader{reader: r, dec: json.NewDecoder(bytes.NewReader(data)), data: data, line: 1}
	in.dec.UseNumber()
	err := in.table()
	if err == nil {
		if _, more := in.dec.Token(); more != io.EOF {
			in.problem("table-syntax", "more text after the end of the table")
		}
	}
	switch {
	case err == nil, errors.Is(err, errStop):
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		in.problem("table-syntax", "the text ends before the table does")
	default:
		in.problem("table-syntax", strings.TrimPrefix(err.Error(), "json: "))
	}
}

// here is the place of the token that was read last.
func (in *jsonReader) here() diag.Span {
	end := int(in.dec.InputOffset())
	for ; in.upTo < end && in.upTo < len(in.data); in.upTo++ {
		if in.data[in.upTo] == '\n' {
			in.line, in.start = in.line+1, in.upTo+1
		}
	}
	return in.span(in.line, max(1, end-in.start), "")
}

func (in *jsonReader) problem(code, message string) {
	in.report(in.here(), code, message, "")
}

func (in *jsonReader) table() error {
	start, err := in.dec.Token()
	if err != nil {
		return err
	}
	if start == json.Delim('[') {
		return in.rows()
	}
	found := false
	err = in.object(func(key string) error {
		switch key {
		case "rows":
			found = true
			if err := in.open('[', "a list of rows"); err != nil {
				return err
			}
			return in.rows()
		case "levels":
			return in.levels()
		case "schema":
			return in.schema()
		}
		return in.skip()
	})
	if err == nil && !found {
		in.problem("table-empty", "the table has no rows: expected a key rows with a list")
	}
	return err
}

func (in *jsonReader) schema() error {
	var schema any
	if err := in.dec.Decode(&schema); err != nil {
		return err
	}
	if schema != TableSchema {
		in.problem("table-schema", fmt.Sprintf("schema is %v; expected %s", schema, TableSchema))
	}
	return nil
}

// levels reads which levels the rows are about.
func (in *jsonReader) levels() error {
	if err := in.open('[', "a list of levels"); err != nil {
		return err
	}
	of := []*pack.Level{}
	for in.dec.More() {
		text, err := in.scalar()
		if err != nil {
			return err
		}
		if l := in.level(text, in.here()); l != nil && !slices.Contains(of, l) {
			of = append(of, l)
		}
	}
	if len(of) < len(in.pack.Levels) {
		in.reader.table.Levels = of
	}
	_, err := in.dec.Token()
	return err
}

// open reads the beginning of a list or an object.
func (in *jsonReader) open(delim json.Delim, what string) error {
	token, err := in.dec.Token()
	if err == nil && token != delim {
		in.problem("table-syntax", "expected "+what)
		err = errStop
	}
	return err
}

// object reads the rest of an object, each value by what take does.
func (in *jsonReader) object(take func(key string) error) error {
	for in.dec.More() {
		token, err := in.dec.Token()
		if err != nil {
			return err
		}
		if err := take(token.(string)); err != nil { // the decoder has seen that it is a key
			return err
		}
	}
	_, err := in.dec.Token()
	return err
}

func (in *jsonReader) skip() error { return in.dec.Decode(new(json.RawMessage)) }

func (in *jsonReader) rows() error {
	for in.dec.More() && !in.full() {
		if err := in.open('{', "a row, which is an object"); err != nil {
			return err
		}
		if err := in.row(); err != nil {
			return err
		}
	}
	if in.full() {
		return errStop
	}
	_, err := in.dec.Token()
	return err
}

func (in *jsonReader) row() error {
	row := Row{Line: in.here().Line}
	said, seen := false, map[int]bool{}
	err := in.object(func(key string) error {
		switch {
		case key == "level":
			text, err := in.scalar()
			if err == nil {
				in.setLevel(&row, text, in.here())
			}
			said = true
			return err
		case key == "when":
			if err := in.open('{', "an object of columns and cells"); err != nil {
				return err
			}
			return in.object(func(key string) error { return in.cell(&row, key, seen) })
		case passedOver(key):
			return in.skip()
		}
		return in.cell(&row, key, seen)
	})
	if err == nil && !said {
		in.problem("table-level", "the row has no level")
	}
	in.reader.table.Rows = append(in.reader.table.Rows, row)
	return err
}

func (in *jsonReader) cell(row *Row, key string, seen map[int]bool) error {
	at := in.here()
	text, err := in.value()
	if err != nil || passedOver(key) {
		return err
	}
	column := in.addColumn(key, at)
	switch {
	case column < 0:
		return nil
	case seen[column]:
		in.report(at, "table-column", fmt.Sprintf("the row has %s twice", key), "")
	default:
		in.setCell(row, column, text, in.here())
	}
	seen[column] = true
	return nil
}

// value reads what a cell allows: a text, a number, true or false, null, or a
// list of these.
func (in *jsonReader) value() (string, error) {
	token, err := in.dec.Token()
	if err != nil {
		return "", err
	}
	if token != json.Delim('[') {
		return in.text(token)
	}
	var parts []string
	for in.dec.More() {
		part, err := in.scalar()
		if err != nil {
			return "", err
		}
		parts = append(parts, part)
	}
	if parts == nil {
		in.problem("table-cell", "an empty list allows no answer")
	}
	_, err = in.dec.Token()
	return strings.Join(parts, "|"), err
}

func (in *jsonReader) scalar() (string, error) {
	token, err := in.dec.Token()
	if err != nil {
		return "", err
	}
	return in.text(token)
}

func (in *jsonReader) text(token json.Token) (string, error) {
	switch token := token.(type) {
	case nil:
		return "", nil
	case string:
		return token, nil
	case json.Number:
		return token.String(), nil
	case bool:
		if token {
			return "yes", nil
		}
		return "no", nil
	}
	in.problem("table-cell", "expected a text, a number, true or false")
	return "", errStop
}
