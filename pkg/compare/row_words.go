package compare

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// rows is what becomes of real assessments.
func (w *words) rows(r Report) {
	rows := r.Rows
	w.lead(w.rowsVerdict(r))
	if rows.Bad > 0 {
		w.say(fmt.Sprintf("%s could not be read and %s in no figure.", capital(countOf(rows.Bad, "row")), isAre(rows.Bad)))
	}
	if rows.Bounds > 0 {
		w.say(fmt.Sprintf("In %s too much is unanswered to look at every completion; levels may be called possible there that are not.", countOf(rows.Bounds, "row")))
	}
	t := &table{words: 3, head: []string{"", "from", "to", "assessments"}}
	for _, m := range rows.Moves {
		from, to := rowLevels(m.From, m.To)
		t.rows = append(t.rows, []string{rowDirection(m.Direction, m.From == nil || m.To == nil), from, to, integer(m.Count)})
	}
	w.put(t)
	w.list("Assessments that end elsewhere", w.changedRows(r))
	w.rowLevels(rows)
	var entries []item
	for _, e := range rows.Entries {
		entries = append(entries, item{text: fmt.Sprintf("%v %s in %s", e.Kind, id(e.ID), countOf(e.Count, "assessment"))})
	}
	w.list("Criteria, services and notes in another state", entries)
	w.list("Answers that one of the packs cannot take: they are missing there", w.foreign(rows))
}

func (w *words) rowsVerdict(r Report) string {
	rows, name := r.Rows, clean(r.RowsName)
	if len(rows.Changed) == 0 {
		return fmt.Sprintf("%s: not one of %s changes level.", name, countOf(rows.Decided, "assessment"))
	}
	var by [3]int
	open := 0
	for _, m := range rows.Moves {
		if m.From == nil || m.To == nil {
			open += m.Count
		} else {
			by[m.Direction] += m.Count
		}
	}
	text := fmt.Sprintf("%s: %s of %s change level: %s to a lower one, %s to a higher one", name, integer(len(rows.Changed)), countOf(rows.Decided, "assessment"),
		integer(by[Lower]), integer(by[Higher]))
	if by[Aside] > 0 {
		text += fmt.Sprintf(", %s to one of which the packs do not say which is higher", integer(by[Aside]))
	}
	if open > 0 {
		text += fmt.Sprintf(", %s where it is or was undetermined", integer(open))
	}
	return text + "."
}

func isAre(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

func rowDirection(d Direction, open bool) string {
	if open {
		return "open"
	}
	return direction(d)
}

func rowLevels(from, to *pack.Level) (string, string) {
	const undetermined = "undetermined"
	switch {
	case from == nil && to == nil:
		return undetermined, undetermined
	case from == nil:
		return undetermined, levelName(to)
	case to == nil:
		return levelName(from), undetermined
	}
	return twoLevels(from, to)
}

func (w *words) changedRows(r Report) []item {
	var out []item
	all := r.Rows.Changed
	for i := range all {
		if i == r.Limit {
			if i > 0 {
				out = append(out, item{text: fmt.Sprintf("… and %s more", integer(len(all)-i))})
			}
			break
		}
		c := &all[i]
		from, to := possibleWords(c.From, c.To)
		it := item{text: fmt.Sprintf("%s: %s, was %s", rowName(c, r.RowsName), to, from)}
		for k := range c.Reasons {
			if k == most {
				it.then = append(it.then, fmt.Sprintf("… and %d more", len(c.Reasons)-most))
				break
			}
			it.then = append(it.then, w.reason(&c.Reasons[k]))
		}
		out = append(out, it)
	}
	return out
}

// rowName is the id of an assessment and where it stands, with the file if
// there may be several.
func rowName(c *RowChange, input string) string {
	var where []string
	if c.At.File != input || c.At.Line == 0 {
		where = append(where, clean(c.At.File))
	}
	if c.At.Line > 0 {
		where = append(where, fmt.Sprintf("line %d", c.At.Line))
	}
	if c.ID == "" {
		return strings.Join(where, ", ")
	}
	return clean(c.ID) + " (" + strings.Join(where, ", ") + ")"
}

func possibleWords(from, to []*pack.Level) (string, string) {
	if len(from) == 1 && len(to) == 1 {
		return twoLevels(from[0], to[0])
	}
	return oneOrSome(from), oneOrSome(to)
}

func oneOrSome(possible []*pack.Level) string {
	if len(possible) == 1 {
		return levelName(possible[0])
	}
	var out []string
	for _, l := range possible {
		out = append(out, levelName(l))
	}
	return "undetermined (" + strings.Join(out, ", ") + ")"
}

func (w *words) rowLevels(rows *Rows) {
	if len(rows.Changed) == 0 {
		return
	}
	t := &table{words: 1, head: []string{"level", "assessments before", "now"}}
	for _, l := range rows.Levels {
		name := "undetermined"
		if l.ID != "" {
			name = w.levelByID(l.ID, w.d.Old.Level(l.ID) == nil || w.d.New.Level(l.ID) == nil)
		}
		t.rows = append(t.rows, []string{name, integer(l.In[Old]), integer(l.In[New])})
	}
	w.put(t)
}

func (w *words) foreign(rows *Rows) []item {
	var out []item
	for s, counts := range rows.Foreign {
		for _, c := range counts {
			out = append(out, item{text: fmt.Sprintf("%s in %s (the %v pack)", id(c.Question), countOf(c.Count, "assessment"), Side(s))})
		}
	}
	return out
}
