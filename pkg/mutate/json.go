package mutate

import (
	"encoding/json"
	"io"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Schema names the form of the JSON. Keys are added without a new name; none
// changes its meaning or goes away.
const Schema = "carelevel.mutate/1"

type reportJSON struct {
	Schema     string       `json:"schema"`
	Pack       packJSON     `json:"pack"`
	Score      float64      `json:"score"`
	Killed     int          `json:"killed"`
	Survived   int          `json:"survived"`
	Equivalent int          `json:"equivalent"`
	Stillborn  int          `json:"stillborn"`
	Undecided  int          `json:"undecided"`
	Mutants    []mutantJSON `json:"mutants"`
}

type packJSON struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Hash    string `json:"hash"`
}

type mutantJSON struct {
	Kind       string    `json:"kind"`
	ID         string    `json:"id"`
	Change     string    `json:"change"`
	Words      string    `json:"words"`
	File       string    `json:"file"`
	Line       int       `json:"line"`
	Status     string    `json:"status"`
	Test       string    `json:"test,omitempty"`
	Undecided  string    `json:"undecided,omitempty"`
	Diff       string    `json:"diff,omitempty"`
	Guarantees []string  `json:"guarantees,omitempty"`
	Case       *caseJSON `json:"case,omitempty"`
}

type caseJSON struct {
	Name    string          `json:"name"`
	Profile string          `json:"profile,omitempty"`
	Answers json.RawMessage `json:"answers"`
	Now     string          `json:"now"`
	Mutant  string          `json:"mutant"`
	YAML    string          `json:"yaml"`
}

// WriteJSON writes all mutants for programs. The error is w's.
func (r *Report) WriteJSON(w io.Writer) error {
	id := r.Pack.Identity()
	out := reportJSON{Schema, packJSON{id.ID, id.Version, id.Hash}, r.Score(), r.Count(Killed), r.Count(Survived), r.Count(Equivalent), r.Count(Stillborn), r.undecided(), []mutantJSON{}}
	for i := range r.Mutants {
		m := &r.Mutants[i]
		out.Mutants = append(out.Mutants, mutantJSON{m.Kind, m.ID, m.Change.String(), m.Words, m.File, m.Line, m.Status.String(), m.Killer, m.Unknown, m.Diff, m.Guarantees, m.Case.json(r.Pack)})
	}
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(out)
}

// json has the answers of the profile and those changed, all in one.
func (c *Case) json(p *pack.Pack) *caseJSON {
	if c == nil {
		return nil
	}
	out := &caseJSON{Name: c.Test.Name, Answers: p.AnswersJSON(c.Test.Answers), Now: c.Now, Mutant: c.Mutant, YAML: c.YAML(p)}
	if c.Profile != nil {
		out.Profile = c.Profile.ID
	}
	return out
}
