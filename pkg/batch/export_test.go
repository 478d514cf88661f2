package batch

import (
	"io"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// SetSizes makes chunks and records small for one test, which must not run
// beside others.
func SetSizes(tb testing.TB, chunk, record int) {
	c, r := chunkSize, maxRecord
	chunkSize, maxRecord = chunk, record
	tb.Cleanup(func() { chunkSize, maxRecord = c, r })
}

// Row is a record of a table as the readers see it.
type Row struct {
	Line   int
	Fields []string
	Wrong  string // the code of what is wrong; then the fields are not looked at
}

// Rows reads a table by the splitter and by fields, which expect so many
// columns.
func Rows(in io.Reader, comma byte, columns int) (rows []Row, err error) {
	s, c := splitter{in: in, quoted: comma, line: 1}, &chunk{}
	for {
		if err := s.next(c); err != nil {
			return rows, err
		}
		f := newFields(c, comma)
		for n := f.gather(columns); n > 0; n = f.gather(columns) {
			for lane := range n {
				rows = append(rows, f.rowOf(lane, columns))
			}
		}
	}
}

func (f *fields) rowOf(lane, columns int) Row {
	row := Row{Line: f.lines[lane]}
	if odd := f.odd[lane]; odd != nil {
		if columns = len(odd.fields); odd.wrong != nil {
			row.Wrong = odd.wrong.code
			return row
		}
	}
	for i := range columns {
		x := f.at(lane, i)
		row.Fields = append(row.Fields, string(f.text[x.from:x.to]))
	}
	return row
}

// Reader reads single lines and cells with the insides of a worker.
type Reader struct{ w *worker }

// NewReader returns a reader of JSON Lines with the answers to e's pack.
func NewReader(e *engine.Engine, ignoreUnknown bool) *Reader {
	r := &run{e: e, p: e.Pack(), opts: Options{Input: JSONLines, Output: JSONLines, IgnoreUnknown: ignoreUnknown}}
	return &Reader{r.newWorker()}
}

// Object is what was read from a line.
type Object struct {
	ID, Date string
	Answers  pack.Answers
	Errors   []RowError
}

// Plain reads a line, without its line break, by the plain pass, which may
// refuse it.
func (r *Reader) Plain(line string) (o Object, ok bool) {
	text := append([]byte(line), '\n')
	text = append(text, make([]byte, 64)...)
	r.w.begin(0, 1)
	r.w.cohort.Clear()
	if !r.w.plainObject(text, 0, len(line)) {
		return Object{}, false
	}
	r.w.check(1)
	return r.object(), true
}

// Any reads a line by the careful pass.
func (r *Reader) Any(line string) Object {
	r.w.begin(0, 1)
	r.w.cohort.Clear()
	r.w.anyObject([]byte(line))
	return r.object()
}

func (r *Reader) object() Object {
	o := Object{ID: string(r.w.row.rawID), Date: r.w.row.date, Answers: r.w.r.p.NewAnswers()}
	r.w.cohort.Answers(0, o.Answers)
	o.Errors = append(o.Errors, r.w.row.errors...)
	return o
}

// Cell reads a cell of a table.
func (r *Reader) Cell(slot int, text string) (pack.Value, string) {
	padded := append([]byte("x,"+text), make([]byte, 64)...)
	v, wrong := r.w.cells[slot].read(padded, field{2, int32(2 + len(text))})
	return said(v, wrong)
}

// Parse reads a cell as Cell does, and remembers nothing.
func (r *Reader) Parse(slot int, text string) (pack.Value, string) {
	return said(r.w.cells[slot].parse(text))
}

// Column reads the answers to one question from a table, in groups as a batch
// does.
func Column(e *engine.Engine, slot int, in io.Reader) (answers []pack.Value, wrong []string, err error) {
	r := &run{e: e, p: e.Pack()}
	r.split = splitter{in: in, quoted: ',', line: 1}
	c := &chunk{}
	if err := r.split.next(c); err != nil {
		return nil, nil, err
	}
	if err := r.takeHeader(c); err != nil {
		return nil, nil, err
	}
	for w := r.newWorker(); err == nil; err = r.split.next(c) {
		f := newFields(c, ',')
		for n := f.gather(len(w.cells)); n > 0; n = f.gather(len(w.cells)) {
			w.takeGroup(&f, n)
			for lane := range n {
				w.look(lane)
				text := ""
				if len(w.row.errors) > 0 {
					text = w.row.errors[0].Text
				}
				answers, wrong = append(answers, w.cohort.Answer(slot, lane)), append(wrong, text)
			}
		}
	}
	return answers, wrong, nil
}

func said(v pack.Value, wrong *problem) (pack.Value, string) {
	if wrong != nil {
		return v, wrong.text
	}
	return v, ""
}

// SetMostAssessments bounds how many assessments a person may have for one
// test, which must not run beside others.
func SetMostAssessments(tb testing.TB, n int) {
	before := mostAssessments
	mostAssessments = n
	tb.Cleanup(func() { mostAssessments = before })
}

// SetMostStray is SetMostAssessments for records that stand by themselves.
func SetMostStray(tb testing.TB, n int) {
	before := mostStray
	mostStray = n
	tb.Cleanup(func() { mostStray = before })
}
