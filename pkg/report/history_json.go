package report

import (
	"io"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// HistorySchema names the form of the JSON of a course.
const HistorySchema = "carelevel.history/1"

// HistoryJSON writes the course of one person for programs. Texts are as they
// were written; files are named without their folders, and cleaned for a
// terminal; ids stand for levels, criteria and answers.
func HistoryJSON(w io.Writer, c *review.Course) error {
	b := newHistoryBuilder(c)
	last := len(c.Assessments) - 1
	out := historyResult{
		Schema: HistorySchema, Pack: newPackResult(b.p), ID: b.id(), From: b.date(0), To: b.date(last), Days: b.days(0, last),
		Measures: measureResults(b.measures), Assessments: []historyAssessment{}, Warnings: []historyWarning{},
	}
	for i := range c.Assessments {
		out.Assessments = append(out.Assessments, b.assessmentResult(i))
	}
	for _, x := range c.Warnings {
		out.Warnings = append(out.Warnings, historyWarning{fileName(x.Name), x.Message})
	}
	return writeJSON(w, out, "  ")
}

type historyResult struct {
	Schema      string              `json:"schema"`
	Pack        packResult          `json:"pack"`
	ID          string              `json:"id"`
	From        string              `json:"from"`
	To          string              `json:"to"`
	Days        int                 `json:"days"`
	Measures    []measureResult     `json:"measures"`
	Assessments []historyAssessment `json:"assessments"`
	Warnings    []historyWarning    `json:"warnings"`
}

// historyAssessment is one assessment. recommended is as it was recorded, else
// as the rules in use have it; possible is by the rules in use.
type historyAssessment struct {
	File        string           `json:"file"`
	Date        string           `json:"date"`
	DaysSince   *int             `json:"days_since"`
	Recommended []string         `json:"recommended"`
	Possible    []string         `json:"possible"`
	Level       *string          `json:"level"` // where the person was cared for from then on
	LevelFrom   string           `json:"level_from"`
	Placement   *placementResult `json:"placement"`
	Scores      []instrument     `json:"scores"`
	Indications []string         `json:"indications"`
	Came        []string         `json:"came"`
	Went        []string         `json:"went"`
	Open        []string         `json:"open"` // held before, and is not known any more
	Review      *historyReview   `json:"review"`
	Notes       string           `json:"notes"`
}

type historyReview struct {
	Verdict  string   `json:"verdict"`
	Outcomes []string `json:"outcomes"`
	To       *string  `json:"to"`
	NotReady []string `json:"not_ready"`
	NotKnown []string `json:"not_known"`
	Signs    []string `json:"signs"`
	GapDays  int      `json:"gap_days"` // by how much the follow-up was late
}

type historyWarning struct {
	File    string `json:"file"`
	Message string `json:"message"`
}

func (b *historyBuilder) assessmentResult(i int) historyAssessment {
	a, r := b.c.Assessments[i], b.c.Recommendation(i)
	out := historyAssessment{
		File: fileName(a.Name), Date: b.date(i), Recommended: b.then(i), Possible: b.now(i), Level: levelOrNull(a.Level), LevelFrom: a.Origin.String(),
		Placement: newPlacementResult(Input{Placement: a.Sheet.Placement, Recorded: a.Sheet.Recommended}), Scores: resulter{r, b.p, reasons{}}.instruments(),
		Indications: []string{}, Came: criterionIDs(b.came(i)), Went: criterionIDs(b.went(i)), Open: criterionIDs(b.lost(i)),
		Review: b.reviewResult(i), Notes: a.Sheet.Notes,
	}
	if i > 0 {
		days := b.days(i-1, i)
		out.DaysSince = &days
	}
	for _, f := range r.Indications {
		out.Indications = append(out.Indications, f.Criterion.ID)
	}
	return out
}

func levelOrNull(l *pack.Level) *string {
	if l == nil {
		return nil
	}
	return &l.ID
}

func (b *historyBuilder) reviewResult(i int) *historyReview {
	r := b.reviews[i]
	if r == nil {
		return nil
	}
	not, unknown := r.Outstanding()
	out := &historyReview{Verdict: r.Verdict.String(), Outcomes: []string{}, To: levelOrNull(r.To), NotReady: readinessIDs(not), NotKnown: readinessIDs(unknown), Signs: signIDs(r.Seen())}
	for _, o := range r.Outcomes {
		out.Outcomes = append(out.Outcomes, o.String())
	}
	if r.Gap != nil {
		out.GapDays = r.Gap.Over
	}
	return out
}
