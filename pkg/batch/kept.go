package batch

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// assessment is a record of a review as it was read.
type assessment struct {
	line    int
	id      string // whose it is; empty if it does not say
	date    string
	day     int // of the date; none if there is none that can be read
	placed  string
	answers pack.Answers
	sheet   *pack.Sheet // what a line of JSON says beside; its answers are not looked at
	errors  []RowError
	loose   bool // it could not be taken apart, so that its id may be none
}

// none is before every day that can be written.
const none = -1 << 31

// keep keeps the record that was read.
func (w *worker) keep(c *chunk) {
	c.stats.rows++
	r := w.row
	k := assessment{line: r.line, id: w.person(c), date: r.date, day: none, placed: r.placed, sheet: r.sheet, loose: r.loose}
	if !r.loose {
		w.checkWhose(&k)
	}
	if day, ok := review.Day(k.date); ok {
		k.day = day
	}
	for i := range r.errors {
		r.errors[i].ID = k.id
	}
	if len(r.errors) > 0 {
		slices.SortStableFunc(r.errors, func(a, b RowError) int { return a.Column - b.Column })
		k.errors = slices.Clone(r.errors)
	} else {
		k.answers = w.room()
		copy(k.answers, w.answers)
	}
	c.kept = append(c.kept, k)
}

// checkWhose complains where a record does not say whose it is, or of which
// day. What is wrong with the day has been said.
func (w *worker) checkWhose(k *assessment) {
	if k.id != "" && k.date != "" {
		return
	}
	id, date := "id", "date"
	for _, c := range w.r.columns {
		switch c.kind {
		case idColumn:
			id = c.name
		case dateColumn:
			date = c.name
		}
	}
	if k.id == "" && !slices.ContainsFunc(w.row.errors, func(e RowError) bool { return e.Code == "id" }) {
		w.failAt(w.idAt+1, id, "id", "nothing says whose assessment it is; expected the id of the person")
	}
	if k.date == "" && !slices.ContainsFunc(w.row.errors, func(e RowError) bool { return e.Code == "answers-date" }) {
		w.failAt(w.dateAt+1, date, "answers-date", "there is no date; expected the day of the assessment as YYYY-MM-DD")
	}
}

// person is whose record it is, without the blanks around it. What stands for
// no answer anywhere stands for nobody: else all of whom nothing is known would
// be one person.
func (w *worker) person(c *chunk) string {
	raw := bytes.TrimSpace(w.row.rawID)
	if n := len(c.kept); n > 0 && string(raw) == c.kept[n-1].id {
		return c.kept[n-1].id
	}
	id := string(raw)
	if w.idAt >= 0 {
		id = w.r.columns[w.idAt].decoded(id)
	}
	if missingWords[strings.ToLower(id)] {
		return ""
	}
	return id
}

// roomFor is for how many records room is made at once.
const roomFor = 64

func (w *worker) room() pack.Answers {
	n := len(w.answers)
	if len(w.slab) < n {
		w.slab = make(pack.Answers, roomFor*n)
	}
	a := w.slab[:n:n]
	w.slab = w.slab[n:]
	return a
}

// sheetKeys are what a line of JSON may say of an assessment beside its
// answers, as a file of one may.
var sheetKeys = []string{"pack", "draft", "recommendation", "placement"}

// sheetOf reads that as the pack reads it. A line in error is none.
func (w *worker) sheetOf(members []member) {
	var said []byte
	columns := map[string]int{}
	for _, m := range members {
		if slices.Contains(sheetKeys, m.key) {
			said = append(append(append(append(said, quote(m.key)...), ':'), m.value...), ',')
			columns[m.key] = m.column
		}
	}
	if len(said) == 0 || len(w.row.errors) > 0 {
		return
	}
	date, _ := json.Marshal(w.row.date)
	whole := append([]byte(`{"schema":"`+pack.SheetSchema+`",`), said...)
	if w.row.date != "" {
		whole = append(append(append(whole, `"date":`...), date...), ',')
	}
	sheet, ds := w.r.p.ReadAnswers("", append(whole, `"answers":{}}`...), nil)
	for _, d := range ds {
		if d.Severity != diag.Error {
			continue
		}
		key, _, _ := strings.Cut(d.Path, ".")
		text := d.Message
		if d.Hint != "" {
			text += "; " + d.Hint
		}
		w.failAt(columns[key], key, d.Code, text)
	}
	if sheet.Placement != nil && w.row.placed != "" {
		w.failAt(columns["placement"], "placement", "placed", "the placement is there twice: under placed, and under placement")
	}
	sheet.Answers = nil
	w.row.sheet = &sheet
}
