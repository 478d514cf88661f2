package batch

import (
	"encoding/json"
	"io"
	"math"

	"github.com/carelevel/carelevel/pkg/pack"
)

// SummarySchema is what a summary in JSON calls its form.
const SummarySchema = "carelevel.batch-summary/1"

type summaryJSON struct {
	Schema        string          `json:"schema"`
	Pack          packJSON        `json:"pack"`
	Input         string          `json:"input"`
	Complete      bool            `json:"complete"`
	Rows          int64           `json:"rows"`
	Status        statusJSON      `json:"status"`
	Levels        []levelJSON     `json:"levels"`
	Criteria      []criterionJSON `json:"criteria"`
	Warnings      []warningJSON   `json:"warnings"`
	Mistakes      []kindJSON      `json:"mistakes"`
	ByNumber      []numberedJSON  `json:"by_number"`
	Seconds       float64         `json:"seconds"`
	RowsPerSecond float64         `json:"rows_per_second"`
	Review        *reviewsJSON    `json:"review,omitempty"`
}

type packJSON struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Hash    string `json:"hash"`
}

type statusJSON struct {
	Determined   int64 `json:"determined"`
	Undetermined int64 `json:"undetermined"`
	Error        int64 `json:"error"`
}

// reviewsJSON is there for a review, where status and levels count persons.
type reviewsJSON struct {
	People   int64         `json:"people"`
	Nobody   int64         `json:"nobody"` // records that do not say whose they are
	Single   int64         `json:"single"`
	Verdicts []verdictJSON `json:"verdicts"`
}

type verdictJSON struct {
	ID    string `json:"verdict"`
	Count int64  `json:"count"`
}

type levelJSON struct {
	Level string `json:"level"`
	Title string `json:"title"`
	Count int64  `json:"count"`
}

type criterionJSON struct {
	Criterion string `json:"criterion"`
	Level     string `json:"level"`
	Because   string `json:"because"`
	Count     int64  `json:"count"`
}

type warningJSON struct {
	ID      string `json:"id"`
	Because string `json:"because"`
	Count   int64  `json:"count"`
}

type kindJSON struct {
	Name  string `json:"name"`
	Code  string `json:"code"`
	Count int64  `json:"count"`
}

type numberedJSON struct {
	Column   string       `json:"column"`
	Question string       `json:"question"`
	Numbers  []numberJSON `json:"numbers"`
}

type numberJSON struct {
	Number int    `json:"number"`
	Answer string `json:"answer"`
}

// WriteJSON writes the summary for programs, all of it. input is what the
// input is called.
func (s *Summary) WriteJSON(w io.Writer, input string) error {
	out := summaryJSON{
		Schema: SummarySchema, Pack: packJSON{s.Pack.ID, s.Pack.Version, s.Pack.Hash}, Input: input, Complete: s.Complete,
		Rows: s.Rows, Status: statusJSON{s.Determined(), s.Undetermined, s.Errors},
		Levels: []levelJSON{}, Criteria: []criterionJSON{}, Warnings: []warningJSON{}, Mistakes: []kindJSON{}, ByNumber: []numberedJSON{},
		Seconds: round(s.Seconds, 1000), RowsPerSecond: round(s.RowsPerSecond(), 1),
	}
	for i, l := range s.Levels {
		out.Levels = append(out.Levels, levelJSON{l.ID, s.Pack.Levels[i].Title, l.Count})
	}
	for _, t := range s.Criteria {
		c := s.Pack.Criterion(t.ID)
		out.Criteria = append(out.Criteria, criterionJSON{t.ID, c.Level.ID, c.Because, t.Count})
	}
	for _, t := range s.Warnings {
		out.Warnings = append(out.Warnings, warningJSON{t.ID, s.Pack.Note(t.ID).Because, t.Count})
	}
	for _, m := range s.Mistakes {
		out.Mistakes = append(out.Mistakes, kindJSON(m))
	}
	for _, n := range s.ByNumber {
		out.ByNumber = append(out.ByNumber, numberedJSON{n.Column, n.Question.ID, n.numbers()})
	}
	if c := s.Review; c != nil {
		out.Review = &reviewsJSON{c.People, c.Nobody, c.Single, []verdictJSON{}}
		for _, t := range c.Verdicts {
			out.Review.Verdicts = append(out.Review.Verdicts, verdictJSON(t))
		}
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func round(x, parts float64) float64 { return math.Round(x*parts) / parts }

// numbers are all that the numbers of the column stand for.
func (n Numbered) numbers() []numberJSON {
	switch q := n.Question; {
	case n.Option > 0:
		return []numberJSON{{n.Option, q.Options[n.Option-1].ID}}
	case q.Kind == pack.YesNo:
		return []numberJSON{{1, "yes"}, {0, "no"}}
	}
	var all []numberJSON
	for i, o := range n.Question.Options {
		all = append(all, numberJSON{i + 1, o.ID})
	}
	return all
}
