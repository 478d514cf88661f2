package batch

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Columns say what the columns of a file from elsewhere mean. The zero value
// takes names as they are.
type Columns struct {
	To      map[string]string            // column → question, item, question___option, id or date
	Codes   map[string]map[string]string // column → what stands in it → the answer; "" is missing
	Ignore  map[string]bool              // columns that are left out
	Missing map[string]bool              // what stands for no answer, in any column
}

// ColumnError is a header that cannot be used.
type ColumnError struct {
	Column   string
	Position int // from 1; 0: there is no such column
	Problem  string
	Near     string // what was perhaps meant; may be empty
}

// Error says all of it in one line: lower case, no full stop.
func (e *ColumnError) Error() string {
	text := fmt.Sprintf("column %q: %s", diag.Clean(e.Column), e.Problem)
	if e.Position > 0 {
		text = fmt.Sprintf("column %d, %q: %s", e.Position, diag.Clean(e.Column), e.Problem)
	}
	if e.Near != "" {
		text += fmt.Sprintf("; did you mean %q?", e.Near)
	}
	return text
}

type columnKind uint8

const (
	skipped columnKind = iota
	idColumn
	dateColumn
	placedColumn // where the person was cared for from then on
	answerColumn
	boxColumn // whether one option of a multiple choice is selected
)

// column is what one column holds.
type column struct {
	name   string
	kind   columnKind
	slot   int
	option int
	codes  map[string]string // what stands in it → the answer
	coded  bool              // it has codes of its own

	numbered bool // the option is named by its number
}

// decoded is the text of a cell with the column's codes resolved. An empty cell
// stays empty, whatever they say.
func (c *column) decoded(text string) string {
	text = strings.TrimSpace(text)
	if answer, ok := c.codes[text]; ok && text != "" {
		return answer
	}
	return text
}

// boxMark stands between a question and its option in the names of columns,
// as REDCap writes them.
const boxMark = "___"

// readHeader finds out what the columns hold. All problems come at once.
func readHeader(p *pack.Pack, names []string, opts *Options) ([]column, []error) {
	var columns []column
	var errs []error
	seen := map[string]string{} // what is held → by which column
	for i, name := range names {
		c, err := newColumn(p, strings.TrimSpace(name), i+1, opts)
		if err == nil && c.kind != skipped {
			what := fmt.Sprint(c.kind, c.slot, c.option)
			if before, twice := seen[what]; twice {
				err = &ColumnError{Column: name, Position: i + 1, Problem: fmt.Sprintf("holds the same as column %q", diag.Clean(before))}
			}
			seen[what] = name
		}
		if err != nil {
			errs = append(errs, err)
		}
		columns = append(columns, c)
	}
	errs = append(errs, bothWays(p, columns)...)
	if len(errs) == 0 { // else the box that is missing may be there, misspelt
		errs = append(errs, partBoxed(p, columns)...)
	}
	return columns, append(errs, absent(columns, names, opts)...)
}

// bothWays refuses a multiple choice that is given as a list and as boxes.
func bothWays(p *pack.Pack, columns []column) (errs []error) {
	for i, c := range columns {
		for _, d := range columns {
			if c.kind == boxColumn && d.kind == answerColumn && c.slot == d.slot {
				errs = append(errs, &ColumnError{Column: c.name, Position: i + 1, Problem: fmt.Sprintf("%s is given as a list, too, in column %q", p.Slots[c.slot].ID, diag.Clean(d.name))})
			}
		}
	}
	return errs
}

func newColumn(p *pack.Pack, name string, position int, opts *Options) (column, error) {
	c := column{name: name, codes: opts.Columns.codesOf(name), coded: len(opts.Columns.Codes[name]) > 0}
	if opts.Columns.Ignore[name] {
		return c, nil
	}
	id, mapped := opts.Columns.To[name]
	if !mapped {
		id = name
	}
	switch {
	case opts.IDColumn != "" && name == opts.IDColumn, opts.IDColumn == "" && id == "id" && p.Question("id") == nil:
		c.kind = idColumn
		return c, nil
	case opts.DateColumn != "" && name == opts.DateColumn, opts.DateColumn == "" && id == "date" && p.Question("date") == nil:
		c.kind = dateColumn
		return c, nil
	case opts.isPlaced(p, name, id):
		c.kind = placedColumn
		return c, nil
	}
	if slot, ok := p.SlotByID(id); ok {
		c.kind, c.slot = answerColumn, slot
		return c, nil
	}
	if question, option, ok := strings.Cut(id, boxMark); ok {
		if q := p.Question(question); q != nil && q.Kind == pack.Multi {
			return c.box(q, option, position)
		}
	}
	if opts.IgnoreUnknown && !mapped {
		return c, nil
	}
	e := &ColumnError{Column: name, Position: position, Problem: "no question has this name", Near: nearColumn(p, id)}
	switch said := opts.saidToBe(id); {
	case said != "":
		e.Problem, e.Near = said+", and no question has this name", ""
	case mapped:
		e.Problem = fmt.Sprintf("it is mapped to %q, and no question has this name", diag.Clean(id))
	}
	return c, e
}

// saidToBe tells where else ids, dates or placements are said to be.
func (o *Options) saidToBe(id string) string {
	for _, said := range []struct{ id, what, column string }{
		{"id", "ids", o.IDColumn}, {"date", "dates", o.DateColumn}, {"placed", "placements", o.PlacedColumn},
	} {
		if id == said.id && said.column != "" {
			return fmt.Sprintf("the %s are said to be in column %q", said.what, diag.Clean(said.column))
		}
	}
	return ""
}

// box finds the option by its id or its number, the first being 1.
func (c column) box(q *pack.Question, option string, position int) (column, error) {
	c.kind, c.slot = boxColumn, q.Slot
	var ids []string
	for i, o := range q.Options {
		if o.ID == option {
			c.option = i
			return c, nil
		}
		ids = append(ids, o.ID)
	}
	if n, err := strconv.Atoi(option); err == nil && 1 <= n && n <= len(q.Options) {
		c.option, c.numbered = n-1, true
		return c, nil
	}
	return c, &ColumnError{Column: c.name, Position: position, Near: diag.Near(option, ids),
		Problem: fmt.Sprintf("%s has no option %q; expected %s, or a number from 1 to %d", q.ID, diag.Clean(option), strings.Join(ids, ", "), len(ids))}
}

// nearColumn is the column that was perhaps meant, a box for one.
func nearColumn(p *pack.Pack, id string) string {
	question, option, isBox := strings.Cut(id, boxMark)
	near := diag.Near(question, columnWords(p))
	if near != "" && isBox {
		near += boxMark + option
	}
	return near
}

func columnWords(p *pack.Pack) []string {
	words := []string{"id", "date"}
	for _, s := range p.Slots {
		words = append(words, s.ID)
	}
	return words
}
