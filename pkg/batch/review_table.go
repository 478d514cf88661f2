package batch

import (
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// reviewTable writes what came of persons as lines of a table, or of JSON.
type reviewTable struct {
	r           *run
	comma       byte
	instruments []*pack.Question
}

// personColumns are the columns of a person's result. Between them stand those
// of each instrument, measureColumns, with its id before them: numbers and
// words of their own, so that a column can be averaged and counted as it is.
var (
	personColumns  = []string{"id", "date", "assessments", "status", "verdict", "outcomes", "present", "origin", "since", "days_at_level", "level", "possible", "to", "outstanding", "outstanding_unknown", "signs", "came", "went", "open"}
	measureColumns = []string{"first", "before", "now", "since_first", "since_before", "marks"}
	dateColumns    = []string{"gap_days", "next_review", "due", "fell_due", "here", "warnings"}
)

func newReviewTable(r *run) *reviewTable {
	t := &reviewTable{r: r, comma: r.opts.Output.comma()}
	for _, q := range r.p.Questions {
		if q.Kind == pack.Instrument {
			t.instruments = append(t.instruments, q)
		}
	}
	return t
}

// header is the first line of a table; JSON Lines have none.
func (t *reviewTable) header() []byte {
	if t.r.opts.Output == JSONLines {
		return nil
	}
	names := append([]string{}, personColumns...)
	for _, q := range t.instruments {
		for _, c := range measureColumns {
			names = append(names, q.ID+"_"+c)
		}
	}
	names = append(append(names, dateColumns...), packColumns...)
	return append([]byte(strings.Join(names, string(t.comma))), '\n')
}

// cellList is a line of a table as it is written.
type cellList struct {
	b     []byte
	comma byte
}

func (c *cellList) add(texts ...string) {
	for _, text := range texts {
		c.b = append(appendCell(c.b, []byte(text), c.comma), c.comma)
	}
}

func (c *cellList) number(n int) { c.b = append(strconv.AppendInt(c.b, int64(n), 10), c.comma) }

// blank leaves cells empty.
func (c *cellList) blank(n int) {
	for range n {
		c.b = append(c.b, c.comma)
	}
}

// row writes what came of a person as a line of a table.
func (t *reviewTable) row(b []byte, f *finding) []byte {
	c := &cellList{b, t.comma}
	c.add(f.id, f.date)
	c.number(f.count)
	c.add(f.status)
	if f.review != nil {
		t.reviewed(c, f)
	} else {
		c.blank(6)
		t.level(c, f)
		c.blank(7)
	}
	for _, q := range t.instruments {
		t.measure(c, f, q)
	}
	if f.review != nil {
		t.dates(c, f.review)
	} else {
		c.blank(5)
	}
	c.add(strings.Join(f.warnings, "; "))
	c.add(t.r.p.ID, t.r.p.Version, t.r.p.Hash)
	c.add(errorText(f.errors))
	c.b[len(c.b)-1] = '\n'
	return c.b
}

// reviewed writes from the verdict to the indications that came and went.
func (t *reviewTable) reviewed(c *cellList, f *finding) {
	r := f.review
	c.add(r.Verdict.String(), list(r.Outcomes, review.Verdict.String), r.Present.Level.ID, r.Present.Origin.String())
	if r.Stay.Known {
		c.add(review.Date(r.Stay.Began))
		c.number(r.Stay.Days)
	} else {
		c.blank(2)
	}
	t.level(c, f)
	to := ""
	if r.To != nil {
		to = r.To.ID
	}
	all, unknown := outstanding(r)
	c.add(to, strings.Join(all, ";"), strings.Join(unknown, ";"), list(r.Seen(), signID), list(r.Came, criterionID), list(r.Went, criterionID), list(r.Open, criterionID))
}

// level writes the level that is recommended now, and those that are possible.
func (t *reviewTable) level(c *cellList, f *finding) {
	if len(f.possible) == 1 {
		c.add(f.possible[0].ID)
	} else {
		c.blank(1)
	}
	c.add(list(f.possible, levelID))
}

// measure writes the cells of an instrument: totals, what moved reliably, and
// what it reached or did not.
func (t *reviewTable) measure(c *cellList, f *finding, q *pack.Question) {
	m := f.measure(q)
	if m == nil {
		c.blank(len(measureColumns))
		return
	}
	for _, p := range []*review.Point{&m.Points[0], pointBefore(m), m.Now} {
		if p != nil {
			c.number(int(p.Total))
		} else {
			c.blank(1)
		}
	}
	c.add(moved(m.SinceFirst, q), moved(m.SinceLast, q), strings.Join(marks(m), ";"))
}

// pointBefore is the last total before the last assessment; nil if there is
// none.
func pointBefore(m *review.Measure) *review.Point {
	n := len(m.Points)
	if m.Now != nil {
		n--
	}
	if n == 0 {
		return nil
	}
	return &m.Points[n-1]
}

func (f *finding) measure(q *pack.Question) *review.Measure {
	for i := range f.measures {
		if f.measures[i].Question == q {
			return &f.measures[i]
		}
	}
	return nil
}

// moved says whether a total has moved by what counts as a reliable change:
// better or worse, or, where it is less, no.
func moved(s *review.Shift, q *pack.Question) string {
	switch {
	case s == nil || q.ReliableChange <= 0:
		return ""
	case !s.Reliable:
		return "no"
	}
	return s.Way.String()
}

// marks are what a total reached: response, remission, or behind, which is
// above the milestone of the weeks that went by.
func marks(m *review.Measure) (all []string) {
	for _, x := range []struct {
		holds bool
		word  string
	}{{m.Response, "response"}, {m.Remission, "remission"}, {m.Behind, "behind"}} {
		if x.holds {
			all = append(all, x.word)
		}
	}
	return all
}

// dates writes what goes by days, but for the stay.
func (t *reviewTable) dates(c *cellList, r *review.Review) {
	if r.Gap != nil {
		c.number(r.Gap.Over)
	} else {
		c.blank(1)
	}
	next := ""
	if r.Next != nil {
		next = review.Date(r.Next.Day)
	}
	var due, fell []string
	for i := range r.Due {
		switch d := &r.Due[i]; {
		case !d.Known:
		case d.Came > 0:
			fell = append(fell, dueText(d.Last, d))
			fallthrough
		default:
			if !d.Ends {
				due = append(due, dueText(d.Next, d))
			}
		}
	}
	c.add(next, strings.Join(due, ";"), strings.Join(fell, ";"), list(r.Here.Levels, levelID))
}

// dueText is a day and what is due on it, in which nothing parts two of them.
func dueText(day int, d *review.DueDate) string {
	return review.Date(day) + " " + strings.ReplaceAll(d.Due.Text, ";", ",")
}

// outstanding are the step-down criteria that are not ready, and those of them
// that are not only because answers are missing.
func outstanding(r *review.Review) (all, unknown []string) {
	for i := range r.Readiness {
		f := &r.Readiness[i]
		if !f.Ready() {
			all = append(all, f.Criterion.ID)
		}
		if f.Unknown() {
			unknown = append(unknown, f.Criterion.ID)
		}
	}
	return all, unknown
}

func levelID(l *pack.Level) string         { return l.ID }
func criterionID(c *pack.Criterion) string { return c.ID }
func signID(s review.SignFinding) string   { return s.Sign.ID }

func list[T any](all []T, id func(T) string) string { return strings.Join(ids(all, id), ";") }

// ids are never nil, so that JSON has a list.
func ids[T any](all []T, id func(T) string) []string {
	out := make([]string, 0, len(all))
	for _, x := range all {
		out = append(out, id(x))
	}
	return out
}

// errorText is what is wrong with a person, with the places: all of it up to so
// much that nobody reads more.
func errorText(errors []RowError) string {
	var texts []string
	for i := range errors {
		if i == mostSaid {
			texts = append(texts, countOf(int64(len(errors)-i), "more mistake"))
			break
		}
		texts = append(texts, errors[i].Error())
	}
	return strings.Join(texts, "; ")
}
