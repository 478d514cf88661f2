package report

import (
	"fmt"
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// LevelsSchema names the form of the JSON of levels.
const LevelsSchema = "carelevel.levels/1"

// LevelsMarkdown writes the levels as a table with a column each.
func LevelsMarkdown(w io.Writer, p *pack.Pack, levels []*pack.Level) error {
	c := compare(p, levels)
	m := &marker{}
	m.heading(1, "Levels of care: "+c.Title)
	m.compared(c)
	m.citations(c.Sources)
	m.block("Rules " + escape(c.Rules))
	_, err := io.WriteString(w, m.b.String())
	return err
}

// compared writes levels as a table with a column each.
func (m *marker) compared(c *comparison) {
	m.b.WriteString("| |")
	for _, name := range c.Columns {
		m.b.WriteString(" " + escape(name) + " |")
	}
	m.b.WriteString("\n|---|" + strings.Repeat("---|", len(c.Columns)) + "\n")
	for _, r := range c.Rows {
		label := "**" + escape(r.Label) + "**"
		if r.Differs && len(c.Columns) > 1 {
			label = "≠ " + label
		}
		fmt.Fprintf(&m.b, "| %s |", label)
		for _, cell := range r.Cells {
			m.b.WriteString(" " + cellMarkdown(cell) + " |")
		}
		m.b.WriteString("\n")
	}
	if len(c.Columns) > 1 {
		m.block(differsNote)
	}
}

// cellMarkdown keeps a list on one line, as a table needs it.
func cellMarkdown(c cell) string {
	var out []string
	for _, l := range c {
		out = append(out, markedUp(l))
	}
	switch len(out) {
	case 0:
		return nothingStated
	case 1:
		return out[0]
	}
	return "• " + strings.Join(out, " • ")
}

// LevelsJSON writes the levels for programs.
func LevelsJSON(w io.Writer, p *pack.Pack, levels []*pack.Level) error {
	out := levelsResult{Schema: LevelsSchema, Pack: newPackResult(p), Levels: []levelResult{}}
	for _, l := range levels {
		out.Levels = append(out.Levels, newLevelResult(p, l))
	}
	return writeJSON(w, out, "  ")
}

type levelsResult struct {
	Schema string        `json:"schema"`
	Pack   packResult    `json:"pack"`
	Levels []levelResult `json:"levels"`
}

type levelResult struct {
	ID            string            `json:"id"`
	Index         int               `json:"index"`
	Title         string            `json:"title"`
	Short         string            `json:"short"`
	Summary       string            `json:"summary"`
	Action        string            `json:"action"`
	Referral      bool              `json:"referral"`
	Emergency     bool              `json:"emergency"`
	Care          careResult        `json:"care"`
	Suits         []statementResult `json:"suits"`
	Here          string            `json:"here"` // when the answers say that the person is at it, in words; empty where none do
	Objectives    []levelObjective  `json:"objectives"`
	Agree         []statementResult `json:"agree"`
	Team          []statementResult `json:"team"`
	Documentation []statementResult `json:"documentation"`
	Services      []levelService    `json:"services"`
	Indications   []criterionResult `json:"indications"`
	Requirements  []criterionResult `json:"requirements"`
	Supports      []criterionResult `json:"supports"`
	StepDown      []criterionResult `json:"step_down"`
	StepUp        []levelSign       `json:"step_up"`
	Due           []levelDue        `json:"due"`
	Sources       []string          `json:"sources"`
}

// careResult has null for what the pack does not state.
type careResult struct {
	HoursPerWeek   *[2]float64 `json:"hours_per_week"`
	DaysPerWeek    *[2]float64 `json:"days_per_week"`
	SessionMinutes *[2]float64 `json:"session_minutes"`
	StayDays       *[2]float64 `json:"stay_days"`
	ReviewDays     *[2]float64 `json:"review_days"`
	Setting        string      `json:"setting"`
}

type levelService struct {
	ID       string   `json:"id"`
	Title    string   `json:"title"`
	Detail   string   `json:"detail"`
	When     string   `json:"when"` // in words, empty where everybody has it
	Because  string   `json:"because"`
	Evidence *string  `json:"evidence"`
	Sources  []string `json:"sources"`
}

type criterionResult struct {
	ID        string   `json:"id"`
	When      string   `json:"when"`             // in words
	Course    string   `json:"course,omitempty"` // over time, in words
	Because   string   `json:"because"`
	Otherwise string   `json:"otherwise"`
	Sources   []string `json:"sources"`
}

func newPackResult(p *pack.Pack) packResult {
	return packResult{p.ID, p.Version, p.Hash, p.Title, p.Population, p.IntendedUse}
}

func newLevelResult(p *pack.Pack, l *pack.Level) levelResult {
	c := l.Care
	out := levelResult{
		ID: l.ID, Index: l.Index, Title: l.Title, Short: l.Short, Summary: l.Summary, Action: l.Action,
		Referral: l.Referral, Emergency: l.Emergency,
		Care: careResult{interval(c.HoursPerWeek), interval(c.DaysPerWeek), interval(c.SessionMinutes),
			interval(c.StayDays), interval(c.ReviewDays), c.Setting},
		Suits: statementResults(l.Suits), Here: inWords(p, l.Here), Objectives: levelObjectives(p, l), Agree: statementResults(l.Agree),
		Team: statementResults(l.Team), Documentation: statementResults(l.Documentation),
		Services:    []levelService{},
		Indications: criterionResults(p, l.Indications), Requirements: criterionResults(p, l.Requirements),
		Supports: criterionResults(p, l.Supports), StepDown: criterionResults(p, l.StepDown),
		StepUp: levelSigns(p, l), Due: levelDues(l),
		Sources: sourceIDs(l.Sources),
	}
	for _, s := range l.Services {
		out.Services = append(out.Services, levelService{s.ID, s.Title, s.Detail, inWords(p, s.When), s.Because, evidence(s), sourceIDs(s.Sources)})
	}
	return out
}

func interval(r pack.Range) *[2]float64 {
	if r.IsZero() {
		return nil
	}
	return &[2]float64{r.From, r.To}
}

func criterionResults(p *pack.Pack, all []*pack.Criterion) []criterionResult {
	out := []criterionResult{}
	for _, c := range all {
		out = append(out, criterionResult{c.ID, inWords(p, c.When), p.DescribeCourse(c.Course), c.Because, c.Otherwise, sourceIDs(c.Sources)})
	}
	return out
}

// inWords is a condition in words, empty for none.
func inWords(p *pack.Pack, c pack.Condition) string {
	if c == nil {
		return ""
	}
	return p.Describe(c)
}

// evidence is a service's degree of evidence, nil where the pack states none.
func evidence(s *pack.Service) *string {
	if e := s.Evidence.String(); e != "" {
		return &e
	}
	return nil
}
