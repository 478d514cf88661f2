package atlas

import (
	"encoding/json"
	"io"
)

// FindingsSchema is what findings in JSON call their form.
const FindingsSchema = "carelevel.map-check/1"

type findingsJSON struct {
	Schema       string           `json:"schema"`
	Pack         packJSON         `json:"pack"`
	Agrees       bool             `json:"agrees"`
	Rows         int              `json:"rows"`
	Levels       []string         `json:"levels"`
	Combinations string           `json:"combinations"`
	Differing    string           `json:"differing"`
	ByLevel      []differenceJSON `json:"by_level"`
	ByRow        []differenceJSON `json:"by_row"`
	RowsDiffer   int              `json:"by_row_total"`
	Clashing     string           `json:"contradicting"`
	Clashes      []clashJSON      `json:"contradictions"`
	RowsClash    int              `json:"contradictions_total"`
	Uncovered    string           `json:"uncovered"`
	Missing      []differenceJSON `json:"missing"`
	Impossible   []int            `json:"impossible"`
}

type differenceJSON struct {
	Line         int             `json:"line,omitempty"`
	Table        string          `json:"table,omitempty"`
	Rules        string          `json:"rules"`
	Combinations string          `json:"combinations"`
	Example      json.RawMessage `json:"example"`
}

type clashJSON struct {
	Lines        [2]int          `json:"lines"`
	Levels       [2]string       `json:"levels"`
	Combinations string          `json:"combinations"`
	Example      json.RawMessage `json:"example"`
}

// WriteFindingsJSON writes what a check found for programs. Examples are
// answers as assess reads them; at most 100 rows are listed of each kind, and
// the totals say how many there are.
func WriteFindingsJSON(w io.Writer, f *Findings) error {
	out := findingsJSON{Schema: FindingsSchema, Pack: identity(f.Pack), Agrees: f.Agrees(), Rows: f.Rows, Levels: []string{},
		Combinations: f.Size.String(), Differing: f.Differing.String(), RowsDiffer: f.RowsByRow, Clashing: f.Clashing.String(),
		RowsClash: f.RowsClash, Uncovered: f.Uncovered.String(), Clashes: []clashJSON{}, Impossible: append([]int{}, f.Impossible...),
		ByLevel: f.differencesJSON(f.ByLevel), ByRow: f.differencesJSON(f.ByRow), Missing: f.differencesJSON(f.Missing)}
	levels := f.Levels
	if levels == nil {
		levels = f.Pack.Levels
	}
	for _, l := range levels {
		out.Levels = append(out.Levels, l.ID)
	}
	for _, c := range f.Clashes {
		out.Clashes = append(out.Clashes, clashJSON{[2]int{c.Earlier, c.Line}, [2]string{c.Against.ID, c.Level.ID}, c.Count.String(), f.Pack.AnswersJSON(c.Example)})
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(out)
}

func (f *Findings) differencesJSON(of []Difference) []differenceJSON {
	out := []differenceJSON{}
	for _, d := range of {
		x := differenceJSON{Line: d.Line, Rules: d.Pack.ID, Combinations: d.Count.String(), Example: f.Pack.AnswersJSON(d.Example)}
		if d.Table != nil {
			x.Table = d.Table.ID
		}
		out = append(out, x)
	}
	return out
}
