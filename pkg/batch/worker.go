package batch

import (
	"bytes"
	"errors"
	"fmt"
	"math/bits"
	"slices"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// worker turns chunks into results. It belongs to one goroutine and keeps what
// it works with.
type worker struct {
	r       *run
	cells   []cells // by column; of JSON Lines by slot
	row     row
	d       engine.Decision
	rest    *engine.Remainder
	record  []field
	runs    []itemRun
	single  []int // other columns of answers, by position
	many    []int // those of multiple choices
	boxed   []box
	idAt    int // the column of ids, or -1
	dateAt  int
	placed  int               // the column of placements, or -1
	levels  map[string]string // what stands for a level in it → its id
	slab    pack.Answers      // room for the answers of records to come
	both    []*pack.Question  // instruments that have items
	missing pack.Answers
	json    *objects
}

// row is the record that is being worked on.
type row struct {
	line     int
	id, date string
	rawID    []byte
	answers  pack.Answers
	errors   []RowError
	placed   string
	loose    bool        // the record could not be taken apart: what was taken for its id may be none
	sheet    *pack.Sheet // what a line of JSON says beside the answers; nil if nothing

	whole bytes.Buffer // the line of JSON that Record wrote

	possible    uint64
	deciding    []*pack.Question
	exact       bool
	indications []int // of Engine.Criteria, those that hold, the highest level first
	notes       []int // of pack.Notes, those that hold
	unmet       []int // of Engine.Criteria, requirements of the possible levels
	unknown     []int
}

func (r *run) newWorker() *worker {
	w := &worker{r: r, rest: r.e.Remainder(), row: row{answers: r.p.NewAnswers()}, missing: r.p.NewAnswers(), levels: newLevels(r.p)}
	columns := r.columns
	if r.opts.Input == JSONLines {
		w.json = newObjects(r.p, r.opts.reviewing)
		columns = w.json.columns
	}
	w.cells, w.idAt, w.dateAt, w.placed = make([]cells, len(columns)), -1, -1, -1
	for i := range columns {
		w.cells[i] = newCells(r.p, &columns[i])
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
	w.runs, w.single = w.findRuns(w.single, w.json == nil)
	w.boxed = findBoxes(columns)
	for _, q := range r.p.Questions {
		if len(q.Items) > 0 {
			w.both = append(w.both, q)
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
	f.record = w.record
	for {
		wrong, ok := f.read()
		if !ok {
			break
		}
		w.begin(f.line)
		switch {
		case wrong != nil:
			w.row.loose = true
			w.fail(wrong.column, wrong.code, wrong.text)
			w.takeID(&f)
		case len(f.record) != len(w.cells):
			w.row.loose = true
			w.fail(0, "fields", fmt.Sprintf("%d fields, and the header has %d", len(f.record), len(w.cells)))
			w.takeID(&f)
		default:
			w.take(&f)
		}
		w.finish(c, &f)
	}
	w.record = f.record
}

func (w *worker) begin(line int) {
	r := &w.row
	r.line, r.id, r.date, r.rawID, r.errors = line, "", "", nil, r.errors[:0]
	r.placed, r.loose, r.sheet = "", false, nil
	copy(r.answers, w.missing)
}

// take reads the cells of a record.
func (w *worker) take(f *fields) {
	text, record, answers := f.text, f.record, w.row.answers
	for _, i := range w.single {
		x := record[i]
		if x.from == x.to {
			continue // it is missing, as begin has it
		}
		// What is written out here is the common case of takeCell, without a call.
		c := &w.cells[i]
		head, tail := ends(text, x)
		if e := c.known.at(head, tail); e.is(head, tail, x.to-x.from) {
			answers[c.slot] = pack.Value(e.value)
			continue
		}
		w.takeCell(f, i)
	}
	for _, i := range w.many {
		if x := record[i]; x.from != x.to {
			w.takeCell(f, i)
		}
	}
	for i := range w.runs {
		w.takeRun(f, &w.runs[i])
	}
	if len(w.row.errors) > 1 {
		slices.SortStableFunc(w.row.errors, func(a, b RowError) int { return a.Column - b.Column })
	}
	if w.idAt >= 0 {
		w.takeID(f)
	}
	if w.dateAt >= 0 {
		c := &w.r.columns[w.dateAt]
		w.takeDate(w.dateAt+1, c.name, c.decoded(string(text[record[w.dateAt].from:record[w.dateAt].to])))
	}
	if w.placed >= 0 {
		c := &w.r.columns[w.placed]
		w.takePlaced(w.placed+1, c.name, c.decoded(string(text[record[w.placed].from:record[w.placed].to])))
	}
	for i := range w.boxed {
		w.takeBox(f, &w.boxed[i])
	}
	w.check()
}

// takeCell reads one cell.
func (w *worker) takeCell(f *fields, i int) {
	c := &w.cells[i]
	v, wrong := c.read(f.text, f.record[i])
	if wrong != nil {
		w.fail(i+1, wrong.code, wrong.text)
	}
	w.row.answers[c.slot] = v
}

// check refuses totals that the items beside them cannot add up to. It only
// finds out whether there is one; what is wrong is the pack's to say.
func (w *worker) check() {
	for _, q := range w.both {
		total := w.row.answers[q.Slot]
		if !total.Known() {
			continue
		}
		least, open := pack.Value(0), 0
		for _, it := range q.Items {
			if v := w.row.answers[it.Slot]; v.Known() {
				least += v
			} else {
				open++
			}
		}
		if most := least + pack.Value(open*(len(q.Grades)-1)); total < least || most < total {
			w.checkTotals()
			return
		}
	}
}

func (w *worker) checkTotals() {
	err := w.r.p.CheckAnswers(w.row.answers)
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

// takeID finds the id of a record, be it that it has too few fields. Two ids
// that are not UTF-8 could look the same in a result, and are not taken.
func (w *worker) takeID(f *fields) {
	if 0 <= w.idAt && w.idAt < len(f.record) {
		x := f.record[w.idAt]
		w.row.rawID = f.text[x.from:x.to]
		if !utf8.Valid(w.row.rawID) {
			w.fail(w.idAt+1, "utf-8", "the id is not UTF-8")
		}
	}
}

// finish decides, unless the record is in error, and writes the result. For a
// review it keeps the record.
func (w *worker) finish(c *chunk, f *fields) {
	if w.r.people != nil {
		w.keep(c)
		return
	}
	s := &c.stats
	s.rows++
	if len(w.row.errors) == 0 && w.r.opts.whole() {
		w.whole()
	}
	if len(w.row.errors) > 0 {
		w.failed(s)
		c.errors = append(c.errors, w.row.errors...)
	} else {
		w.decide(s)
	}
	w.result(c, f)
	if len(w.row.errors) > 0 {
		c.ends = append(c.ends, w.end(c))
	}
}

// end notes where a record in error ends. What there is up to it is kept only
// where the batch may stop at it.
func (w *worker) end(c *chunk) end {
	e := end{out: len(c.out), errors: len(c.errors)}
	if w.r.opts.most() > 0 {
		w.tellCounted(&c.stats)
		e.stats = &stats{}
		e.stats.add(&c.stats)
	}
	return e
}

func (w *worker) failed(s *stats) {
	s.failed++
	for i := range w.row.errors {
		e := &w.row.errors[i]
		e.ID = string(w.row.rawID)
		s.mistakes[mistake{e.Name, e.Code}]++
	}
}

func (w *worker) decide(s *stats) {
	r := &w.row
	w.r.e.Decide(r.answers, &w.d)
	r.possible, r.deciding, r.exact = w.rest.Of(&w.d)
	if r.possible&(r.possible-1) == 0 {
		s.levels[bits.TrailingZeros64(r.possible)]++
	} else {
		s.undetermined++
	}
	r.indications, r.notes, r.unmet, r.unknown = r.indications[:0], r.notes[:0], r.unmet[:0], r.unknown[:0]
	for m := r.possible; m != 0; m &= m - 1 {
		r.unmet, r.unknown = w.d.Requirements(bits.TrailingZeros64(m), r.unmet, r.unknown)
	}
	r.indications, r.notes = w.d.Indications(r.indications), w.d.Notes(r.notes)
	for _, i := range r.indications {
		s.criteria[i]++
	}
	for _, i := range r.notes {
		s.warnings[i]++
	}
}

// result writes the record's result behind those before it.
func (w *worker) result(c *chunk, f *fields) {
	if w.r.opts.Output == JSONLines {
		w.line(c)
		return
	}
	w.cellsOf(c, f)
}
