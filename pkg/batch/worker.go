package batch

import (
	"bytes"
	"errors"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// worker turns chunks into results. It belongs to one goroutine and keeps what
// it works with.
type worker struct {
	r        *run
	cells    []cells // by column; of JSON Lines by slot
	cohort   *engine.Cohort
	rest     *engine.Remainder
	rows     [engine.Lanes]row // the records that are worked on together
	row      *row              // the one that is looked at
	lane     int               // and which of them it is
	counted  int               // how many of them the statistics have
	answers  pack.Answers      // those of one record
	ends     []ends            // room for those of a table
	required []uint64          // see requirementsOf
	single   []int             // other columns of answers, by position
	many     []int             // those of multiple choices
	boxed    []box
	idAt     int // the column of ids, or -1
	dateAt   int
	placed   int               // the column of placements, or -1
	levels   map[string]string // what stands for a level in it → its id
	slab     pack.Answers      // room for the answers of records to come
	totals   []totals
	unsummed bool         // whether there are instruments whose totals are not among them
	written  bytes.Buffer // the line of JSON that Record wrote
	text     []byte       // room for errorText
	json     *objects
}

// row is a record that is being worked on.
type row struct {
	line   int
	date   string
	rawID  []byte
	errors []RowError
	placed string
	loose  bool        // the record could not be taken apart: what was taken for its id may be none
	sheet  *pack.Sheet // what a line of JSON says beside the answers; nil if nothing
}

func (r *run) newWorker() *worker {
	w := &worker{r: r, cohort: r.e.NewCohort(), rest: r.e.Remainder(), answers: r.p.NewAnswers(), levels: newLevels(r.p)}
	columns := r.columns
	if r.opts.Input == JSONLines {
		w.json = newObjects(r.p, r.opts.reviewing)
		columns = w.json.columns
	}
	w.cells = make([]cells, len(columns))
	w.idAt, w.dateAt, w.placed = -1, -1, -1
	w.required = make([]uint64, (len(w.cohort.RequirementOrder())+63)/64)
	for i := range columns {
		w.cells[i] = newCells(r.p, &columns[i], w.cohort)
		switch columns[i].kind {
		case answerColumn:
			if w.cells[i].many {
				w.many = append(w.many, i)
			} else {
				w.single = append(w.single, i)
			}
		case idColumn:
			w.idAt = i
		case dateColumn:
			w.dateAt = i
		case placedColumn:
			w.placed = i
		}
	}
	if w.json != nil {
		w.json.hear(w.cells)
	}
	w.boxed = findBoxes(columns)
	for _, q := range r.p.Questions {
		if len(q.Items) == 0 {
			continue
		}
		if t := newTotals(w.cohort, r.p, q); t != nil {
			w.totals = append(w.totals, *t)
		} else {
			w.unsummed = true
		}
	}
	return w
}

// do works a chunk through.
func (w *worker) do(c *chunk) {
	c.out, c.errors, c.ends, c.kept = c.out[:0], c.errors[:0], c.ends[:0], c.kept[:0]
	c.stats.reset(w.r.e)
	if w.r.opts.Input == JSONLines {
		w.lines(c)
	} else {
		w.table(c)
	}
	w.tellCounted(&c.stats)
}

// tellCounted notes the columns in which options were given by number.
func (w *worker) tellCounted(s *stats) {
	for i := range w.cells {
		if w.cells[i].counted {
			s.counted[w.cells[i].column.name] = true
		}
	}
}

// table reads the records of a chunk of CSV or TSV.
func (w *worker) table(c *chunk) {
	f := newFields(c, w.r.opts.Input.comma())
	f.ends = w.ends
	for n := f.gather(len(w.cells)); n > 0; n = f.gather(len(w.cells)) {
		w.takeGroup(&f, n)
		w.finish(c, &f, n)
	}
	w.ends = f.ends
}

// begin begins the record of a lane.
func (w *worker) begin(lane, line int) {
	w.look(lane)
	r := w.row
	r.line, r.date, r.rawID, r.errors = line, "", nil, r.errors[:0]
	r.placed, r.loose, r.sheet = "", false, nil
}

// look makes a record the one that is looked at.
func (w *worker) look(lane int) { w.row, w.lane = &w.rows[lane], lane }

// checkTotals says what is wrong with the totals of the record that is looked at.
func (w *worker) checkTotals() {
	w.cohort.Answers(w.lane, w.answers)
	err := w.r.p.CheckAnswers(w.answers)
	if err == nil {
		return
	}
	all := []error{err}
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		all = joined.Unwrap()
	}
	for _, err := range all {
		name := ""
		if wrong := (*pack.AnswerError)(nil); errors.As(err, &wrong) {
			name, wrong.Question = wrong.Question, ""
		}
		w.failAt(0, name, "answer-total", err.Error())
	}
}

// fail notes a mistake. The column is named by its position from 1.
func (w *worker) fail(column int, code, text string) {
	name := ""
	if 0 < column && column <= len(w.r.columns) {
		name = w.r.columns[column-1].name
	}
	w.failAt(column, name, code, text)
}

func (w *worker) failAt(column int, name, code, text string) {
	w.row.errors = append(w.row.errors, RowError{Line: w.row.line, Column: column, Name: name, Code: code, Text: text})
}

// takeID takes the id of a record, be it that it has too few fields. Two ids
// that are not UTF-8 could look the same in a result, and are not taken.
func (w *worker) takeID(text []byte, x field) {
	w.row.rawID = text[x.from:x.to]
	if !utf8.Valid(w.row.rawID) {
		w.fail(w.idAt+1, "utf-8", "the id is not UTF-8")
	}
}

// finish decides on the records of the first n lanes that are not in error, and
// writes the results. For a review it keeps the records.
func (w *worker) finish(c *chunk, f *fields, n int) {
	if w.r.people != nil {
		for lane := range n {
			w.look(lane)
			w.cohort.Answers(lane, w.answers)
			w.keep(c)
		}
		return
	}
	w.cohort.Decide(n)
	w.counted = 0
	for lane := range n {
		w.look(lane)
		w.result(c, f)
	}
	w.count(&c.stats, n)
}

// result writes the result of a record.
func (w *worker) result(c *chunk, f *fields) {
	whole := w.r.opts.whole()
	if whole && len(w.row.errors) == 0 {
		w.whole()
	}
	failed := len(w.row.errors) > 0
	if failed {
		w.failed(&c.stats)
		c.errors = append(c.errors, w.row.errors...)
	}
	var x outlook
	if !failed {
		x.possible, x.deciding, x.exact = w.cohort.Rest(w.lane, w.rest)
		c.stats.addLevels(x.possible)
	}
	switch {
	case w.r.opts.Output != JSONLines:
		w.cellsOf(c, f, &x)
	case whole && !failed:
		c.out = append(c.out, w.written.Bytes()...)
	default:
		w.line(c, &x)
	}
	if failed {
		c.ends = append(c.ends, w.end(c))
	}
}

// outlook is what is left to decide of a record, which is exact where the
// space of it can be looked at. A record in error has none.
type outlook struct {
	possible uint64 // levels
	deciding []*pack.Question
	exact    bool
}

// count adds the records of the lanes before end that are not counted yet to
// the statistics.
func (w *worker) count(s *stats, end int) {
	var lanes uint64
	for lane := w.counted; lane < end; lane++ {
		s.rows++
		if len(w.rows[lane].errors) == 0 {
			lanes |= 1 << lane
		}
	}
	w.counted = end
	w.cohort.Count(lanes, s.criteria, s.warnings)
}

// end notes where a record in error ends. What there is up to it is kept only
// where the batch may stop at it.
func (w *worker) end(c *chunk) end {
	e := end{out: len(c.out), errors: len(c.errors)}
	if w.r.opts.most() > 0 {
		w.count(&c.stats, w.lane+1)
		w.tellCounted(&c.stats)
		e.stats = &stats{}
		e.stats.add(&c.stats)
	}
	return e
}

func (w *worker) failed(s *stats) {
	s.failed++
	id := string(w.row.rawID)
	for i := range w.row.errors {
		e := &w.row.errors[i]
		e.ID = id
		s.mistakes[mistake{e.Name, e.Code}]++
	}
}
