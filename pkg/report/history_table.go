package report

import (
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// HistoryTable returns the course of one person as a table for programs, its
// head first and one row an assessment. Levels and criteria are ids, several
// separated by semicolons; what is not known is empty. The texts are foreign in
// part: who writes them where a program reads them escapes them as it needs.
//
// The columns are id, date, days_since, recommended (levels, as recorded, else
// as the rules in use have it), now_recommended (by the rules in use), level
// (where the person was cared for from then on), level_from (placed, recorded,
// recommended or none), placed_by, placed_on, reason, text; for each instrument
// its total, band and number of items filled in; came, went and open
// (indications), verdict and to (of a review by what was known then), not_ready
// and not_known (step-down criteria), signs, gap_days (by how much the
// follow-up was late), notes and file (without its folders).
func HistoryTable(c *review.Course) [][]string {
	b := newHistoryBuilder(c)
	head := []string{"id", "date", "days_since", "recommended", "now_recommended", "level", "level_from", "placed_by", "placed_on", "reason", "text"}
	for _, m := range b.measures {
		id := m.Question.ID
		head = append(head, id, id+"_band", id+"_filled")
	}
	head = append(head, "came", "went", "open", "verdict", "to", "not_ready", "not_known", "signs", "gap_days", "notes", "file")
	out := [][]string{head}
	for i := range c.Assessments {
		out = append(out, b.tableRow(i))
	}
	return out
}

func (b *historyBuilder) tableRow(i int) []string {
	a := b.c.Assessments[i]
	since := ""
	if i > 0 {
		since = strconv.Itoa(b.days(i-1, i))
	}
	row := []string{a.Sheet.ID, b.date(i), since, list(b.then(i)), list(b.now(i)), levelID(a.Level), a.Origin.String()}
	var at pack.Placement
	if a.Sheet.Placement != nil {
		at = *a.Sheet.Placement
	}
	row = append(row, at.By, at.Date, at.Reason, at.Text)
	for _, m := range b.measures {
		cells := []string{"", "", ""}
		if pt := pointAt(m, i); pt != nil {
			cells[0], cells[2] = strconv.FormatInt(int64(pt.Total), 10), strconv.Itoa(pt.Filled)
			if pt.Band != nil {
				cells[1] = pt.Band.ID
			}
		}
		row = append(row, cells...)
	}
	row = append(row, list(criterionIDs(b.came(i))), list(criterionIDs(b.went(i))), list(criterionIDs(b.lost(i))))
	row = append(row, b.tableReview(i)...)
	return append(row, a.Sheet.Notes, fileName(a.Name))
}

func (b *historyBuilder) tableReview(i int) []string {
	r := b.reviews[i]
	if r == nil {
		return []string{"", "", "", "", "", ""}
	}
	not, unknown := r.Outstanding()
	gap := ""
	if r.Gap != nil {
		gap = strconv.Itoa(r.Gap.Over)
	}
	return []string{r.Verdict.String(), levelID(r.To), list(readinessIDs(not)), list(readinessIDs(unknown)), list(signIDs(r.Seen())), gap}
}

func list(ids []string) string { return strings.Join(ids, ";") }

func levelID(l *pack.Level) string {
	if l == nil {
		return ""
	}
	return l.ID
}

func criterionIDs(all []*pack.Criterion) []string {
	out := []string{}
	for _, c := range all {
		out = append(out, c.ID)
	}
	return out
}

func readinessIDs(all []review.Readiness) []string {
	out := []string{}
	for _, r := range all {
		out = append(out, r.Criterion.ID)
	}
	return out
}

func signIDs(all []review.SignFinding) []string {
	out := []string{}
	for _, s := range all {
		out = append(out, s.Sign.ID)
	}
	return out
}
