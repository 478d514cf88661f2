package report

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// history is the course of one person before it has a form. Its texts are
// clean (see clean), but not escaped for any form.
type history struct {
	Name   string   // of the course: the person's id, or what it is about
	About  []string // pack, assessments, days
	Glance []fact
	Heads  []string // of the columns of the rows
	Rows   []historyRow
	Notes  []line // what has to be known to read the table
	Chart  *chart
	Rules  string
	Hash   string
	Footer string
}

// historyRow is one assessment.
type historyRow struct {
	Date  string
	Cells []string      // as Heads: date, days, recommended, cared for, scores
	Lines []historyLine // what else there is to say of it
}

// historyLine is what there is to say of one kind, each thing on its own.
type historyLine struct {
	Label string
	Mark  mark
	Flow  []phrase
}

// labels are the columns that the labels of all lines fit in.
func (d *history) labels() int {
	n := 0
	for _, r := range d.Rows {
		for _, l := range r.Lines {
			n = max(n, width(l.Label))
		}
	}
	return n
}

// historyBuilder turns a course into a document.
type historyBuilder struct {
	c        *review.Course
	p        *pack.Pack
	measures []review.Measure
	reviews  []*review.Review // by assessment; nil for the first, and where nothing says where the person was
	doc      history
	assumed  bool // some level stands in parentheses
}

func newHistoryBuilder(c *review.Course) *historyBuilder {
	b := &historyBuilder{c: c, p: c.Recommendation(0).Pack, measures: c.Measures()}
	for i := range c.Assessments {
		var r *review.Review
		if i > 0 {
			// The only error left is that nothing says where the person was,
			// and then the row says so of the level.
			r, _ = c.Until(i + 1).Review(review.Options{})
		}
		b.reviews = append(b.reviews, r)
	}
	return b
}

func buildHistory(c *review.Course) *history {
	b := newHistoryBuilder(c)
	d := &b.doc
	d.Name = "Assessments over time"
	if id := b.id(); id != "" {
		d.Name = clean(id)
	}
	last := len(c.Assessments) - 1
	d.About = []string{clean(b.p.Title), count(last+1, "assessment"), b.date(0)}
	if last > 0 {
		d.About[2] += " to " + b.date(last) + " (" + wholeDays(b.days(0, last)) + ")"
	}
	d.Heads = []string{"Date", "Days", "Recommended", "Cared for"}
	for _, m := range b.measures {
		d.Heads = append(d.Heads, capital(clean(m.Question.Noun())))
	}
	for i := range c.Assessments {
		d.Rows = append(d.Rows, b.row(i))
	}
	b.glance()
	b.notes()
	d.Chart = b.chart()
	d.Rules, d.Hash, d.Footer = rulesName(b.p), clean(b.p.Hash), "Decision support: the clinician decides."
	return d
}

// id is the person's, as far as any assessment says it: they do not differ.
func (b *historyBuilder) id() string {
	for _, a := range b.c.Assessments {
		if a.Sheet.ID != "" {
			return a.Sheet.ID
		}
	}
	return ""
}

func (b *historyBuilder) date(i int) string { return review.Date(b.c.Assessments[i].Day) }

// days are those between two assessments.
func (b *historyBuilder) days(from, to int) int {
	return b.c.Assessments[to].Day - b.c.Assessments[from].Day
}

func (b *historyBuilder) row(i int) historyRow {
	since := nothingStated
	if i > 0 {
		since = strconv.Itoa(b.days(i-1, i))
	}
	r := historyRow{Date: b.date(i), Cells: []string{b.date(i), since, b.recommendedWords(b.then(i)), b.careWords(i)}}
	for _, m := range b.measures {
		r.Cells = append(r.Cells, b.scoreWords(m, i))
	}
	for _, l := range []historyLine{
		b.placementLine(i), b.recordLine(i), b.gapLine(i), b.cameLine(i), b.wentLine(i), b.openLine(i), b.reviewLine(i), b.signsLine(i),
		told("Notes", markNone, clean(b.c.Assessments[i].Sheet.Notes)),
	} {
		if len(l.Flow) > 0 {
			r.Lines = append(r.Lines, l)
		}
	}
	return r
}

// told is a line of one sentence; there is none without text.
func told(label string, m mark, text string) historyLine {
	if text == "" {
		return historyLine{}
	}
	return historyLine{label, m, []phrase{{Text: line{Text: text}}}}
}

// then are the ids of the levels that were possible when an assessment was
// made: as it records them, else as the rules in use have it.
func (b *historyBuilder) then(i int) []string {
	if then := b.c.Assessments[i].Sheet.Recommended; then != nil && len(then.Levels) > 0 {
		return then.Levels
	}
	return b.now(i)
}

func (b *historyBuilder) now(i int) []string { return levelIDs(b.c.Recommendation(i).Possible) }

func (b *historyBuilder) recommendedWords(ids []string) string {
	if len(ids) == 1 {
		return b.levelWord(ids[0])
	}
	var names []string
	for _, id := range ids {
		names = append(names, inside(b.levelWord(id)))
	}
	return "Undetermined: " + joined(names, "or")
}

// levelWord is what a level is called, which another version may have had.
func (b *historyBuilder) levelWord(id string) string {
	if l := b.p.Level(id); l != nil {
		return capital(shortName(l))
	}
	return clean(id)
}

// careWords say where the person was cared for from an assessment on: in
// parentheses where that is only what was recommended.
func (b *historyBuilder) careWords(i int) string {
	switch a := b.c.Assessments[i]; {
	case a.Level == nil && a.Sheet.Placement != nil:
		return clean(a.Sheet.Placement.Level)
	case a.Level == nil:
		return "not known"
	case a.Origin == review.OriginPlaced:
		return capital(shortName(a.Level))
	default:
		b.assumed = true
		return "(" + capital(shortName(a.Level)) + ")"
	}
}

func (b *historyBuilder) scoreWords(m review.Measure, i int) string {
	pt := pointAt(m, i)
	if pt == nil {
		if anyKnown(m.Question, b.c.Assessments[i].Sheet.Answers) {
			return "no total"
		}
		return nothingStated
	}
	words := strconv.FormatInt(int64(pt.Total), 10)
	if pt.Band != nil {
		words += " " + inside(clean(pt.Band.Label))
	}
	if pt.Filled > 0 {
		words += fmt.Sprintf(" (%d filled in)", pt.Filled)
	}
	return words
}

// pointAt is the total of an instrument at an assessment, nil if it has none.
func pointAt(m review.Measure, i int) *review.Point {
	at := slices.IndexFunc(m.Points, func(pt review.Point) bool { return pt.Assessment.Index == i })
	if at < 0 {
		return nil
	}
	return &m.Points[at]
}

// notes say what has to be known to read the table.
func (b *historyBuilder) notes() {
	tell := func(text string) { b.doc.Notes = append(b.doc.Notes, line{Text: text}) }
	if b.assumed {
		tell("In parentheses: no placement is recorded, and the level is the recommended one.")
	}
	for _, r := range b.doc.Rows {
		if slices.Contains(r.Cells[4:], nothingStated) {
			tell(nothingStated + ": no score at this assessment.")
			break
		}
	}
	warnings := slices.Clone(b.c.Warnings)
	for i := range warnings {
		warnings[i].Name = fileName(warnings[i].Name)
	}
	for _, w := range Together(warnings) {
		text := sentence(capital(clean(w.Message)))
		if w.Name != "" {
			text = clean(w.Name) + ": " + sentence(clean(w.Message))
		}
		tell(text)
	}
}
