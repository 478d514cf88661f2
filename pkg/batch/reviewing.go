package batch

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// reviewing reviews persons one after the other. It belongs to one goroutine
// at a time and keeps what it works with.
type reviewing struct {
	p       *people
	v       *review.Reviewer
	persons []*person
	entries []review.Entry
	out     []byte
	done    []reviewed
}

// reviewed is what is counted of a person whose result is written.
type reviewed struct {
	end     int // of the result in out
	errors  []RowError
	nobody  bool // it is a record that does not say whose it is
	single  bool
	verdict int // of review.Verdict; -1: none
	level   int // that is recommended; -1: none
}

// finding is what came of one person.
type finding struct {
	*person
	date     string // of the last assessment whose date can be read
	status   string
	course   *review.Course // nil in error
	review   *review.Review // nil in error, and where there is one assessment alone
	possible []*pack.Level  // for the last assessment; a single one is recommended
	exact    bool
	measures []review.Measure
	warnings []string
	errors   []RowError
}

// The words for what came of a person.
const (
	statusDetermined   = "determined"
	statusUndetermined = "undetermined"
	statusSingle       = "single"
	statusError        = "error"
)

// alone is how many records are not worth a second worker.
const alone = 64

// flush reviews all who are complete and writes their results in order. Each
// worker takes a part of them, so that how many there are changes nothing.
func (p *people) flush() error {
	rows := 0
	for _, x := range p.ready {
		rows += len(x.rows)
	}
	parts := min(len(p.reviewers), 1+rows/alone)
	var all sync.WaitGroup
	at, left := 0, rows
	for i, w := range p.reviewers[:parts] {
		from, share := at, left/(parts-i)
		for n := 0; at < len(p.ready) && (n < share || i == parts-1); at++ {
			n += len(p.ready[at].rows)
			left -= len(p.ready[at].rows)
		}
		if w.persons = p.ready[from:at]; parts == 1 {
			w.work()
		} else {
			all.Go(w.work)
		}
	}
	all.Wait()
	defer func() { clear(p.ready); p.ready = p.ready[:0] }()
	for _, w := range p.reviewers[:parts] {
		if err := p.write(w); err != nil {
			return err
		}
	}
	return nil
}

// write writes the results of a worker and counts them, up to the last person
// in error that is allowed.
func (p *people) write(w *reviewing) error {
	end, most := len(w.out), p.r.opts.most()
	var stopped error
	var told []RowError
	for i := range w.done {
		d := &w.done[i]
		p.count(d)
		told = append(told, d.errors...)
		if len(d.errors) > 0 && most > 0 && p.r.total.failed == int64(most) {
			end, stopped = d.end, &StoppedError{most}
			break
		}
	}
	if err := p.r.write(w.out[:end]); err != nil {
		return err
	}
	p.r.tell(told)
	return stopped
}

func (w *reviewing) work() {
	w.out, w.done = w.out[:0], w.done[:0]
	for _, x := range w.persons {
		f := w.find(x)
		if w.p.r.opts.Output == JSONLines {
			w.out = w.p.tables.line(w.out, f)
		} else {
			w.out = w.p.tables.row(w.out, f)
		}
		d := reviewed{end: len(w.out), errors: f.errors, nobody: x.id == "", single: f.status == statusSingle, verdict: -1, level: -1}
		if f.review != nil {
			d.verdict = int(f.review.Verdict)
		}
		if f.course != nil && len(f.possible) == 1 {
			d.level = slices.Index(w.p.r.p.Levels, f.possible[0])
		}
		w.done = append(w.done, d)
	}
}

// find reviews one person.
func (w *reviewing) find(x *person) *finding {
	f := &finding{person: x, status: statusError}
	for i := range x.rows {
		if k := &x.rows[i]; k.day != none {
			f.date = k.date
		}
		f.errors = append(f.errors, x.rows[i].errors...)
	}
	if len(f.errors) == 0 {
		w.course(f)
	}
	if len(f.errors) > 0 {
		slices.SortStableFunc(f.errors, func(a, b RowError) int { return a.Line - b.Line })
		return f
	}
	w.review(f)
	return f
}

// course makes a course of the person's assessments, or says why they are none.
func (w *reviewing) course(f *finding) {
	w.entries = w.entries[:0]
	for i := range f.rows {
		w.entries = append(w.entries, f.rows[i].entry())
	}
	course, problems := w.v.NewCourse(w.entries, review.CourseOptions{AnyVersion: w.p.r.opts.AnyVersion})
	for _, p := range problems {
		line, _ := strconv.Atoi(strings.TrimPrefix(p.Name, linePrefix))
		text := p.Message
		if p.Hint != "" {
			text += "; " + p.Hint
		}
		f.errors = append(f.errors, RowError{Line: line, ID: f.id, Code: "course", Text: text})
	}
	if f.course = course; course == nil {
		return
	}
	f.warn(course.Warnings)
	f.possible, f.exact = course.Possible(len(f.rows) - 1)
}

const linePrefix = "line "

// warn says what is to be warned of, and of many assessments alike once.
func (f *finding) warn(problems []review.Problem) {
	count := map[string]int{}
	for _, p := range problems {
		count[p.Message]++
	}
	for _, p := range problems {
		n := count[p.Message]
		if delete(count, p.Message); n > 1 {
			p.Name += fmt.Sprintf(" and %d more", n-1)
		}
		if n > 0 {
			f.warnings = append(f.warnings, p.String())
		}
	}
}

// entry is a record as an assessment. Where the person was placed is taken to
// be from the day of the assessment on, if nothing else says the day.
func (k *assessment) entry() review.Entry {
	var s pack.Sheet
	if k.sheet != nil {
		s = *k.sheet
	}
	s.ID, s.Date, s.Answers = k.id, k.date, k.answers
	if k.placed != "" {
		s.Placement = &pack.Placement{Level: k.placed, Date: k.date}
	}
	return review.Entry{Name: linePrefix + strconv.Itoa(k.line), Sheet: s}
}

// review reviews a course, unless it is a single assessment.
func (w *reviewing) review(f *finding) {
	f.measures = f.course.Measures()
	if len(f.rows) == 1 {
		f.status = statusSingle
		return
	}
	r, err := f.course.Review(review.Options{Brief: true, Present: w.p.r.p.Level(w.p.r.opts.At)})
	var unknown *review.PresentError
	switch {
	case errors.As(err, &unknown):
		f.errors = append(f.errors, w.present(f, unknown))
		return
	case err != nil:
		f.errors = append(f.errors, RowError{Line: f.rows[len(f.rows)-1].line, ID: f.id, Code: "course", Text: err.Error()})
		return
	}
	r.CompareIndications()
	f.review, f.status = r, statusDetermined
	if r.Verdict == review.Undetermined {
		f.status = statusUndetermined
	}
	if other := r.Present.Otherwise; other != nil {
		f.warnings = append(f.warnings, fmt.Sprintf("the earlier assessments say that the person is at %s, and not at %s", other.ID, r.Present.Level.ID))
	}
	if r.Here.Otherwise {
		f.warnings = append(f.warnings, "the answers say that the person is now not at "+r.Present.Level.ID)
	}
}

// present says what is missing where nothing tells the level that a person is
// at.
func (w *reviewing) present(f *finding, unknown *review.PresentError) RowError {
	column := w.p.r.opts.PlacedColumn
	if column == "" {
		column = placedWord
	}
	return RowError{Line: f.rows[len(f.rows)-2].line, Name: column, ID: f.id, Code: "present",
		Text: fmt.Sprintf("nothing says where the person is cared for after the assessment of %s: it records no placement, and its answers leave open %s; write the level into the column %s",
			unknown.Before.Sheet.Date, strings.Join(unknown.Possible, " or "), column)}
}
