package atlas

import (
	"encoding/csv"
	"io"
	"strconv"
)

// WriteCSV writes the table with a head: the columns, the level, in how many
// combinations the row holds, and which share of all that is. No cell begins
// with a sign that a spreadsheet runs; see Cell.
func WriteCSV(w io.Writer, t *Table) error {
	out := csv.NewWriter(w)
	var head []string
	for i := range t.Columns {
		head = append(head, t.Columns[i].Name)
	}
	if err := out.Write(append(head, "level", "combinations", "share")); err != nil {
		return err
	}
	for i := range t.Rows {
		r := &t.Rows[i]
		cells := make([]string, 0, len(head)+3)
		for c := range t.Columns {
			cells = append(cells, t.Columns[c].Format(t.Pack, r.Cells[c]))
		}
		if err := out.Write(append(cells, append([]string{r.Level.ID}, t.counts(r)...)...)); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// counts are the cells behind the level; empty in a table that was read.
func (t *Table) counts(r *Row) []string {
	if r.Count == nil {
		return []string{"", ""}
	}
	return []string{r.Count.String(), formatShare(t.Share(r))}
}

// formatShare writes a share with six digits that count.
func formatShare(share float64) string { return strconv.FormatFloat(share, 'g', 6, 64) }
