package atlas

import (
	"bufio"
	"encoding/json"
	"io"

	"github.com/carelevel/carelevel/pkg/pack"
)

// TableSchema is what a table in JSON calls its form.
const TableSchema = "carelevel.map/1"

type tableHead struct {
	Schema       string       `json:"schema"`
	Pack         packJSON     `json:"pack"`
	Combinations string       `json:"combinations"`
	Levels       []string     `json:"levels"`
	Columns      []columnJSON `json:"columns"`
}

type packJSON struct {
	ID      string `json:"id"`
	Version string `json:"version"`
	Hash    string `json:"hash"`
}

func identity(p *pack.Pack) packJSON { return packJSON{p.ID, p.Version, p.Hash} }

// columnJSON says which answers there are, so that a reader needs no pack.
type columnJSON struct {
	Name     string          `json:"name"`
	Question string          `json:"question,omitempty"`
	Score    string          `json:"score,omitempty"`
	Kind     string          `json:"kind"`
	Answers  []string        `json:"answers,omitempty"`
	Min      json.RawMessage `json:"min,omitempty"`
	Max      json.RawMessage `json:"max,omitempty"`
}

func (c *Column) json(p *pack.Pack) columnJSON {
	out := columnJSON{Name: c.Name}
	switch {
	case c.Kind == Score:
		out.Score, out.Kind = c.Score.ID, "score"
	default:
		out.Question, out.Kind = c.question.ID, c.question.Kind.String()
		if c.item {
			out.Kind = "item"
		}
	}
	if c.isNumber() {
		out.Min, out.Max = json.RawMessage(c.formatValue(p, c.domain.From)), json.RawMessage(c.formatValue(p, c.domain.To))
		return out
	}
	for v := c.domain.From; v <= c.domain.To; v++ {
		out.Answers = append(out.Answers, c.formatValue(p, v))
	}
	return out
}

// WriteJSON writes the table as one object: schema, pack, combinations (of all
// answers), levels (that the rows lead to), columns (name, question or score,
// kind, and answers or min and max), and rows, each with level, when (an
// object of columns and cells, without those that allow every answer),
// combinations and share. Counts are strings, since they outgrow numbers.
func WriteJSON(w io.Writer, t *Table) error {
	head := tableHead{Schema: TableSchema, Pack: identity(t.Pack), Combinations: t.Size.String(), Columns: []columnJSON{}}
	for _, l := range t.Pack.Levels {
		if t.asks(l) {
			head.Levels = append(head.Levels, l.ID)
		}
	}
	for i := range t.Columns {
		head.Columns = append(head.Columns, t.Columns[i].json(t.Pack))
	}
	b, err := json.MarshalIndent(head, "", "  ")
	if err != nil {
		return err
	}
	out := bufio.NewWriter(w)
	out.Write(b[:len(b)-len("\n}")]) // a bufio.Writer keeps its first error for Flush
	out.WriteString(",\n  \"rows\": [")
	for i := range t.Rows {
		row, err := t.rowJSON(&t.Rows[i])
		if err != nil {
			return err
		}
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString("\n    ")
		out.Write(row)
	}
	out.WriteString("\n  ]\n}\n")
	return out.Flush()
}

// rowJSON writes a row in one line, its columns in their order.
func (t *Table) rowJSON(r *Row) ([]byte, error) {
	when := []byte{'{'}
	for c, cell := range r.Cells {
		if cell == nil {
			continue
		}
		name, err := json.Marshal(t.Columns[c].Name)
		if err != nil {
			return nil, err
		}
		text, err := json.Marshal(t.Columns[c].Format(t.Pack, cell))
		if err != nil {
			return nil, err
		}
		if len(when) > 1 {
			when = append(when, ',')
		}
		when = append(append(append(when, name...), ':'), text...)
	}
	counts := t.counts(r)
	return json.Marshal(struct {
		Level        string          `json:"level"`
		When         json.RawMessage `json:"when"`
		Combinations string          `json:"combinations,omitempty"`
		Share        json.RawMessage `json:"share,omitempty"`
	}{r.Level.ID, append(when, '}'), counts[0], json.RawMessage(counts[1])})
}
