package report

import (
	"io"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// HistorySchema names the form of the JSON of a course.
const HistorySchema = "carelevel.history/1"

// HistoryJSON writes the course of one person for programs. Texts are as they
// were written, but names of files are cleaned for a terminal; ids stand for
// levels, criteria and answers.
func HistoryJSON(w io.Writer, c *review.Course) error {
	b := newHistoryBuilder(c)
	last := len(c.Assessments) - 1
	out := historyResult{
		Schema: HistorySchema, Pack: newPackResult(b.p), ID: b.id(), From: b.date(0), To: b.date(last), Days: b.days(0, last),
		Instruments: []historyInstrument{}, Assessments: []historyAssessment{}, Warnings: []historyWarning{},
	}
	for _, m := range b.measures {
		out.Instruments = append(out.Instruments, newHistoryInstrument(m))
	}
	for i := range c.Assessments {
		out.Assessments = append(out.Assessments, b.assessmentResult(i))
	}
	for _, x := range c.Warnings {
		out.Warnings = append(out.Warnings, historyWarning{diag.Clean(x.Name), x.Message})
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
	Instruments []historyInstrument `json:"instruments"`
	Assessments []historyAssessment `json:"assessments"`
	Warnings    []historyWarning    `json:"warnings"`
}

// historyInstrument has null for what there is not.
type historyInstrument struct {
	Question   string        `json:"question"`
	Min        int64         `json:"min"`
	Max        int64         `json:"max"`
	Now        *int64        `json:"now"`
	SinceLast  *historyShift `json:"since_last"`
	SinceFirst *historyShift `json:"since_first"`
	Response   bool          `json:"response"`
	Remission  bool          `json:"remission"`
	Behind     bool          `json:"behind"`
}

type historyShift struct {
	Date     string `json:"date"` // of the assessment that the present one is held against
	Total    int64  `json:"total"`
	By       int64  `json:"by"`
	Way      string `json:"way"`
	Reliable bool   `json:"reliable"`
}

func newHistoryInstrument(m review.Measure) historyInstrument {
	out := historyInstrument{Question: m.Question.ID, Min: int64(m.Question.Min), Max: int64(m.Question.Max),
		SinceLast: newHistoryShift(m.SinceLast), SinceFirst: newHistoryShift(m.SinceFirst), Response: m.Response, Remission: m.Remission, Behind: m.Behind}
	if m.Now != nil {
		total := int64(m.Now.Total)
		out.Now = &total
	}
	return out
}

func newHistoryShift(s *review.Shift) *historyShift {
	if s == nil {
		return nil
	}
	return &historyShift{review.Date(s.From.Assessment.Day), int64(s.From.Total), int64(s.By), s.Way.String(), s.Reliable}
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
		File: diag.Clean(a.Name), Date: b.date(i), Recommended: b.then(i), Possible: b.now(i), Level: levelOrNull(a.Level), LevelFrom: a.Origin.String(),
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
