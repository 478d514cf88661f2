package batch

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// Reviews say how a file of many persons is reviewed. The zero value wants it
// sorted: the records of a person one after the other, the earliest first, the
// persons by their ids, as text or, where all are whole numbers, as numbers.
type Reviews struct {
	DateColumn   string // empty: the column "date"
	PlacedColumn string // with the level at which the person is cared for from then on; empty: the column "placed", if there is one
	Sort         bool   // sort the records first, which takes memory for all of them
	AnyVersion   bool   // as review.CourseOptions

	At string // the id of the level at which all persons are cared for now; empty: as their last earlier assessments say

	reviewing bool
}

// mostAssessments is how many assessments of one person are reviewed. A
// variable for tests alone.
var mostAssessments = 10_000

// Review holds the last assessment of every person of in against the earlier
// ones and writes one result a person to out. PassThrough, Explain, Record and
// Date have no meaning here. The error is as Run's, or an *OrderError; persons
// in error are none.
//
// A record that is in error puts its person in error: no review is made from a
// part of what there is. One that cannot be taken apart and stands away from its
// person has a result of its own, and the person's is in error if it comes
// later; what is written already stays. A record that does not say whose it is
// has a result of its own, which is one in error; results, and what Errors is told, stand in the
// order in which persons end, so that it may come before the person around it.
func Review(ctx context.Context, e *engine.Engine, in io.Reader, out io.Writer, opts Options) (*Summary, error) {
	v, err := review.NewReviewer(e)
	if err != nil {
		return nil, err
	}
	if opts.At != "" && e.Pack().Level(opts.At) == nil {
		return nil, fmt.Errorf("%q is no level of %s", diag.Clean(opts.At), e.Pack().ID)
	}
	opts.reviewing = true
	opts.PassThrough, opts.Explain, opts.Record = false, false, nil
	r := newRun(e, out, opts)
	r.people = newPeople(r, v)
	return r.all(ctx, in)
}

// OrderError says that the records of a file are not sorted as a review in one
// pass needs them. Persons before are written.
type OrderError struct{ Problem string }

// Error says which records, and why they are not in order.
func (e *OrderError) Error() string { return "the records are not sorted: " + e.Problem }

// needed refuses a table that does not say whose assessment a record is, or of
// which day.
func (o *Options) needed(columns []column, names []string) (errs []error) {
	has := map[columnKind]bool{}
	for _, c := range columns {
		has[c.kind] = true
	}
	for _, n := range []struct {
		kind          columnKind
		name, problem string
	}{{idColumn, "id", "whose assessment each record is"}, {dateColumn, "date", "of which day each assessment is"}} {
		if !has[n.kind] {
			errs = append(errs, &ColumnError{Column: n.name, Problem: "the input has no such column, and a review has to know " + n.problem, Near: diag.Near(n.name, names)})
		}
	}
	return errs
}

// isPlaced reports whether a column is the one of placements.
func (o *Options) isPlaced(p *pack.Pack, name, id string) bool {
	switch {
	case !o.reviewing:
		return false
	case o.PlacedColumn != "":
		return name == o.PlacedColumn
	}
	return id == placedWord && p.Question(placedWord) == nil
}

// placedWord is the column, or key, of placements.
const placedWord = "placed"

// newLevels are the levels by what may stand for them.
func newLevels(p *pack.Pack) map[string]string {
	levels := map[string]string{}
	for _, l := range p.Levels {
		levels[strings.ToLower(l.Title)] = l.ID
	}
	for _, l := range p.Levels {
		levels[strings.ToLower(l.ID)] = l.ID
	}
	return levels
}

// takePlaced keeps where a person was cared for from then on, which may be
// missing.
func (w *worker) takePlaced(column int, name, text string) {
	text = strings.TrimSpace(text)
	low := strings.ToLower(text)
	if id, ok := w.levels[low]; ok {
		w.row.placed = id
		return
	}
	if missingWords[low] {
		return
	}
	var ids []string
	for _, l := range w.r.p.Levels {
		ids = append(ids, l.ID)
	}
	problem := fmt.Sprintf("%q is no level; expected one of %s", diag.Clean(shortened(text)), strings.Join(ids, ", "))
	if near := diag.Near(low, ids); near != "" {
		problem += fmt.Sprintf("; did you mean %q?", near)
	}
	w.failAt(column, name, "placed", problem)
}
