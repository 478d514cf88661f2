package batch

import (
	"github.com/carelevel/carelevel/pkg/review"
)

// ReviewRowSchema is what a line of JSON about a person calls its form. Its keys
// mean what those of a whole review, carelevel.review/1, mean; what it has
// beside them is the person's id, date, count of assessments, status and level,
// and errors where that is "error".
const ReviewRowSchema = "carelevel.review.row/1"

type personJSON struct {
	Schema      string        `json:"schema"`
	Pack        packJSON      `json:"pack"`
	ID          string        `json:"id"`
	Date        string        `json:"date"` // of the last assessment
	Assessments int           `json:"assessments"`
	Status      string        `json:"status"`
	Verdict     *string       `json:"verdict"`
	Outcomes    []string      `json:"outcomes"`
	Present     *presentJSON  `json:"present"`
	Level       *string       `json:"level"` // that is recommended now
	Possible    []string      `json:"possible"`
	Exact       bool          `json:"exact"`
	To          *string       `json:"to"`
	Outstanding []string      `json:"outstanding"` // step-down criteria that are not ready
	Unknown     []string      `json:"outstanding_unknown"`
	Signs       []string      `json:"signs"` // that are seen
	Came        []string      `json:"came"`
	Went        []string      `json:"went"`
	Open        []string      `json:"open"`
	Measures    []measureJSON `json:"measures"`
	Next        *nextJSON     `json:"next_review"`
	Due         []dueJSON     `json:"due"`
	Gap         *gapJSON      `json:"gap"`
	Here        []string      `json:"here"`
	Warnings    []string      `json:"warnings"`
	Errors      []mistakeJSON `json:"errors,omitempty"`
}

type presentJSON struct {
	Level string  `json:"level"`
	Since *string `json:"since"`
	Days  *int    `json:"days"`
	Basis string  `json:"basis"`
}

type measureJSON struct {
	Question   string     `json:"question"`
	First      int64      `json:"first"`
	Before     *int64     `json:"before"` // the last one before the last assessment
	Now        *int64     `json:"now"`
	SinceFirst *shiftJSON `json:"since_first"`
	SinceLast  *shiftJSON `json:"since_last"`
	Response   bool       `json:"response"`
	Remission  bool       `json:"remission"`
	Behind     bool       `json:"behind"`
}

type shiftJSON struct {
	Date      string `json:"date"`
	From      int64  `json:"from"`
	By        int64  `json:"by"`
	Direction string `json:"direction"`
	Reliable  bool   `json:"reliable"`
}

type nextJSON struct {
	Date  string `json:"date"`
	Days  int    `json:"days"`
	Level string `json:"level"`
	Early bool   `json:"early"`
}

type dueJSON struct {
	Text  string  `json:"text"`
	Level string  `json:"level"`
	Last  *string `json:"last"`
	Came  int     `json:"came"`
	Next  *string `json:"next"`
}

type gapJSON struct {
	Days   int    `json:"days"`
	Latest int    `json:"latest"`
	Over   int    `json:"over"`
	Level  string `json:"level"`
}

// line writes what came of a person as a line of JSON.
func (t *reviewTable) line(b []byte, f *finding) []byte {
	p := t.r.p
	out := personJSON{Schema: ReviewRowSchema, Pack: packJSON{p.ID, p.Version, p.Hash}, ID: f.id, Date: f.date, Assessments: f.count, Status: f.status,
		Outcomes: []string{}, Possible: ids(f.possible, levelID), Exact: f.exact, Outstanding: []string{}, Unknown: []string{}, Signs: []string{},
		Came: []string{}, Went: []string{}, Open: []string{}, Measures: []measureJSON{}, Due: []dueJSON{}, Here: []string{}, Warnings: f.warnings}
	if len(f.possible) == 1 {
		out.Level = &f.possible[0].ID
	}
	if f.warnings == nil {
		out.Warnings = []string{}
	}
	for i := range f.measures {
		out.Measures = append(out.Measures, newMeasureJSON(&f.measures[i]))
	}
	if f.review != nil {
		out.take(f.review)
	}
	for i := range f.errors {
		if e := &f.errors[i]; i < mostSaid {
			out.Errors = append(out.Errors, mistakeJSON{e.Line, e.Column, e.Name, e.Code, e.Text})
		} else {
			out.Errors = append(out.Errors, mistakeJSON{Code: "more", Text: countOf(int64(len(f.errors)-i), "more mistake")})
			break
		}
	}
	return append(appendJSON(b, out), '\n')
}

func (out *personJSON) take(r *review.Review) {
	verdict := r.Verdict.String()
	out.Verdict, out.Outcomes = &verdict, ids(r.Outcomes, review.Verdict.String)
	out.Present = &presentJSON{Level: r.Present.Level.ID, Basis: r.Present.Origin.String()}
	if r.Stay.Known {
		out.Present.Since, out.Present.Days = dayJSON(r.Stay.Began), &r.Stay.Days
	}
	if r.To != nil {
		out.To = &r.To.ID
	}
	all, unknown := outstanding(r)
	out.Outstanding, out.Unknown = append(out.Outstanding, all...), append(out.Unknown, unknown...)
	out.Signs, out.Here = ids(r.Seen(), signID), ids(r.Here.Levels, levelID)
	out.Came, out.Went, out.Open = ids(r.Came, criterionID), ids(r.Went, criterionID), ids(r.Open, criterionID)
	if n := r.Next; n != nil {
		out.Next = &nextJSON{review.Date(n.Day), n.Days, n.Level.ID, n.Early}
	}
	if g := r.Gap; g != nil {
		out.Gap = &gapJSON{g.Days, g.Latest, g.Over, g.Level.ID}
	}
	for i := range r.Due {
		out.Due = append(out.Due, newDueJSON(&r.Due[i]))
	}
}

func newDueJSON(d *review.DueDate) dueJSON {
	out := dueJSON{Text: d.Due.Text, Level: d.Level.ID, Came: d.Came}
	if d.Known && d.Came > 0 {
		out.Last = dayJSON(d.Last)
	}
	if d.Known && !d.Ends {
		out.Next = dayJSON(d.Next)
	}
	return out
}

func newMeasureJSON(m *review.Measure) measureJSON {
	out := measureJSON{Question: m.Question.ID, First: int64(m.Points[0].Total), SinceFirst: newShiftJSON(m.SinceFirst), SinceLast: newShiftJSON(m.SinceLast),
		Response: m.Response, Remission: m.Remission, Behind: m.Behind}
	if m.Now != nil {
		out.Now = (*int64)(&m.Now.Total)
	}
	if p := pointBefore(m); p != nil {
		out.Before = (*int64)(&p.Total)
	}
	return out
}

func newShiftJSON(s *review.Shift) *shiftJSON {
	if s == nil {
		return nil
	}
	return &shiftJSON{review.Date(s.From.Assessment.Day), int64(s.From.Total), int64(s.By), s.Way.String(), s.Reliable}
}

func dayJSON(day int) *string {
	date := review.Date(day)
	return &date
}

// mistakeJSON is what worker.mistakes writes, for a person.
type mistakeJSON struct {
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
	Name   string `json:"name,omitempty"`
	Code   string `json:"code"`
	Text   string `json:"text"`
}
