package batch_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/google/go-cmp/cmp"
)

// expectedRows reads a table with encoding/csv, record by record. Two things
// are otherwise with us, and here: a quote that is not closed, in the whole
// text or within most bytes, makes its first line one in error, and not all
// lines that follow; and so does a record of more than most bytes.
func expectedRows(text string, comma rune, most int) (rows []batch.Row) {
	line := 1
	for len(text) > 0 {
		if n := blankLine(text); n > 0 {
			text = text[n:]
			line++
			continue
		}
		fields, n, err := readOne(text, comma)
		first := strings.IndexByte(text, '\n') + 1
		if first == 0 {
			first = len(text)
		}
		row := batch.Row{Line: line, Fields: fields}
		switch {
		case len(strings.TrimSuffix(text[:first], "\n")) > most:
			row, n = batch.Row{Line: line, Wrong: "record-long"}, first
		case len(strings.TrimSuffix(text[:n], "\n")) > most, err != nil && unclosed(text, comma):
			row, n = batch.Row{Line: line, Wrong: "quote"}, first
		case err != nil:
			row = batch.Row{Line: line, Wrong: "quote"}
		}
		rows = append(rows, row)
		line += strings.Count(text[:n], "\n")
		text = text[n:]
	}
	return rows
}

// blankLine is how long the empty line is that text begins with, if it does.
func blankLine(text string) int {
	switch {
	case text[0] == '\n', text == "\r":
		return 1
	case strings.HasPrefix(text, "\r\n"):
		return 2
	}
	return 0
}

func readOne(text string, comma rune) (fields []string, n int, err error) {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = comma, -1
	fields, err = r.Read()
	return fields, int(r.InputOffset()), err
}

// unclosed reports whether the first record would be whole if there were one
// more quote at the end of all.
func unclosed(text string, comma rune) bool {
	_, _, err := readOne(text+`"`, comma)
	return err == nil
}

func checkRows(t *testing.T, text string, comma byte, most int, in io.Reader) {
	t.Helper()
	want := expectedRows(text, rune(comma), most)
	for columns := range 5 {
		from := in
		switch {
		case columns == 0 && len(want) > 0: // as many as most records may have
			columns = max(1, len(want[len(want)/2].Fields))
		case columns == 0:
			columns = 1
		default:
			from = strings.NewReader(text)
		}
		got, err := batch.Rows(from, comma, columns)
		if err != io.EOF {
			t.Fatal(err)
		}
		if d := cmp.Diff(want, got); d != "" {
			t.Errorf("%.300q, %q, at most %d, %d columns: encoding/csv (-), here (+)\n%s", text, comma, most, columns, d)
		}
	}
}

var nasty = []string{
	"", "\n", "\r\n", "\r", "\n\n\n", "a", "a\n", "a,b\nc,d", "a,b\r\nc,d\r\n", "a\rb\rc", "a,b\r", "\"a\"\r", "a\r\r\n", "\r\r\n",
	`"a","b"` + "\n", `"a""b",c` + "\n", `""""` + "\n", `""` + "\n", `"",""` + "\n" + `""`, `"a` + "\n" + `b",c` + "\nd,e\n", "\"a\r\nb\"\r\n",
	"\"a\rb\"\n", "\"a\r\r\nb\"\n", `a"b,c` + "\nd,e\n", `"a"b,c` + "\nd,e\n", `"a" ,b` + "\nc\n", ` "a",b` + "\nc\n", `"a` + "\n" + `b"c` + "\nd\n",
	`"never closed` + "\na,b\nc,d\n", `x,"never` + "\n" + `closed` + "\n\n" + `e`, `"`, `""`, `"""`, `""""`, `"a""`, "\"\n", "\"\n\"", "\"\"\n\"",
	"a,,b\n,\n,,,\n", " a , b \n\t\n", "\x00,a\x00\n", "\xff\xfe,\xc3\x28\n", "\xef\xbb\xbfa\n", ",\n", ",", "-,-\n.,.\n", "\x2d\x2c\x2d\x2c\x0b\x0a\x0b\x0a",
	"a\n\nb\r\n\r\nc\n", "a,b\n1\n1,2,3\n", "\"a\n\n\nb\"\n\nc\n", "\"a\"\n\n\"b\n\"\n\n\"c\" x\nd\n", "a,\"b\nc\"d\ne,f\n", "\"\r\n\"\r\n", "\"a\"\"\n\"\"b\"\n",
}

func TestTablesAreReadAsEncodingCSVDoes(t *testing.T) {
	for _, text := range slices.Concat(nasty, corpus(t)) {
		for _, comma := range []byte{',', '\t', ';'} {
			text := strings.ReplaceAll(text, ",", string(comma))
			checkRows(t, text, comma, 1<<20, strings.NewReader(text))
		}
	}
}

// Fields, records and files of several chunks.
func TestLongTablesAreReadAsEncodingCSVDoes(t *testing.T) {
	long := strings.Repeat("long, ", 30_000)
	wide := strings.Repeat("wide", 15)
	for _, text := range []string{
		`"` + long + `",b` + "\nc\n", long + "\n" + long, strings.Repeat(wide+","+wide+"\n", 3000), strings.Repeat(`"`+wide+`","b"`+"\r\n", 5000),
		`a,"` + strings.Repeat("line\n", 40_000) + `",b` + "\nc\n",
	} {
		checkRows(t, text, ',', 1<<20, strings.NewReader(text))
	}
}

// Wherever the input is cut into reads and chunks, the records are the same.
func TestChunksDoNotMatter(t *testing.T) {
	for _, text := range slices.Concat(nasty, corpus(t)) {
		for _, record := range []int{3, 8, 20, 1 << 20} {
			for _, chunk := range []int{1, 2, 5, 16} {
				batch.SetSizes(t, chunk, record)
				checkRows(t, text, ',', record, strings.NewReader(text))
				checkRows(t, text, ',', record, iotest.OneByteReader(strings.NewReader(text)))
				checkRows(t, text, ',', record, iotest.DataErrReader(strings.NewReader(text)))
			}
		}
	}
}

// corpus are the files of testdata/batch, each a nasty one.
func corpus(t testing.TB) (texts []string) {
	t.Helper()
	paths, _ := filepath.Glob(filepath.Join("..", "..", "testdata", "batch", "*.csv"))
	if len(paths) == 0 {
		t.Fatal("there are no files in testdata/batch")
	}
	for _, path := range paths {
		b, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts = append(texts, string(b))
	}
	return texts
}

// A record of the most bytes is one, of one more it is not, wherever it stands.
func TestLongestRecord(t *testing.T) {
	batch.SetSizes(t, 16, 100)
	for _, before := range []int{0, 1, 7, 50, 51, 100} {
		for _, length := range []int{99, 100, 101, 102, 150, 201, 202} {
			for _, pattern := range []string{"x", `"x"`, "\"x\ny\"", "x\r"} {
				record := strings.Replace(pattern, "x", strings.Repeat("x", length-len(pattern)+1), 1)
				for _, end := range []string{"", "\n", "\nafter\n"} {
					text := strings.Repeat("b\n", before) + record + end
					checkRows(t, text, ',', 100, strings.NewReader(text))
				}
			}
		}
	}
}

// What was read before an error of the input is not lost; a record that the
// error cuts off is no record.
func TestRowsBeforeAnError(t *testing.T) {
	broken := errors.New("broken")
	for _, chunk := range []int{1, 4, 100} {
		batch.SetSizes(t, chunk, 1000)
		in := io.MultiReader(strings.NewReader("a,b\nc,d\ne"), iotest.ErrReader(broken))
		rows, err := batch.Rows(in, ',', 2)
		if err != broken || len(rows) != 2 || rows[1].Fields[1] != "d" {
			t.Errorf("%v, %v", rows, err)
		}
	}
	if _, err := batch.Rows(idle{}, ',', 2); err != io.ErrNoProgress {
		t.Errorf("a reader that reads nothing: %v", err)
	}
}

type idle struct{}

func (idle) Read([]byte) (int, error) { return 0, nil }

func FuzzFields(f *testing.F) {
	for _, text := range slices.Concat(nasty, corpus(f)) {
		f.Add([]byte(text), false)
	}
	f.Fuzz(func(t *testing.T, text []byte, tabs bool) {
		comma := byte(',')
		if tabs {
			comma = '\t'
		}
		checkRows(t, string(text), comma, 1<<20, bytes.NewReader(text))
	})
}

func FuzzChunks(f *testing.F) {
	for _, text := range slices.Concat(nasty, corpus(f)) {
		f.Add([]byte(text), uint8(3), uint8(20))
	}
	f.Fuzz(func(t *testing.T, text []byte, chunk, record uint8) {
		batch.SetSizes(t, int(chunk)+1, int(record)+1)
		checkRows(t, string(text), ',', int(record)+1, bytes.NewReader(text))
		checkRows(t, string(text), ',', int(record)+1, iotest.HalfReader(bytes.NewReader(text)))
	})
}
