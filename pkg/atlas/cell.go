package atlas

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Cell is the set of answers that a row allows in a column, sorted, disjoint
// and not adjacent; nil where every answer is allowed.
//
// In text it is empty for nil, else what is allowed, joined by |: yes or no;
// the ids of options; numbers, and ranges of them with both ends included, as
// in 0..4|9.. where an end that is left out is the last number there is. A
// number or range that begins with a minus sign stands in square brackets, so
// that no cell begins with a sign that a spreadsheet takes for a formula:
// those are = + - @, and ids begin with a letter.
type Cell []pack.Interval

// Format returns the cell as text, which Parse reads back.
func (c *Column) Format(p *pack.Pack, cell Cell) string {
	var parts []string
	for _, r := range cell {
		switch {
		case c.isNumber():
			parts = append(parts, c.formatRange(p, r))
		default:
			for v := r.From; v <= r.To; v++ {
				parts = append(parts, c.formatValue(p, v))
			}
		}
	}
	return strings.Join(parts, "|")
}

// isNumber reports whether the column's values are numbers rather than words.
func (c *Column) isNumber() bool {
	return c.Kind == Score || c.Kind == Answer && (c.item || c.question.Kind == pack.Number || c.question.Kind == pack.Instrument)
}

func (c *Column) formatRange(p *pack.Pack, r pack.Interval) string {
	text := c.formatValue(p, r.From)
	switch {
	case r.From == r.To:
	case r.To == c.domain.To:
		text += ".."
	default:
		text += ".." + c.formatValue(p, r.To)
	}
	if r.From < 0 {
		return "[" + text + "]"
	}
	return text
}

func (c *Column) formatValue(p *pack.Pack, v pack.Value) string {
	switch {
	case c.Kind == AnyOf && v == 0:
		return "no"
	case c.Kind == AnyOf:
		return "yes"
	case c.Kind == Score:
		return strconv.FormatInt(int64(v), 10)
	}
	return p.FormatAnswer(c.Slot, v)
}

// Parse reads the text of a cell. "" and * allow every answer. The error says
// what is wrong in words for whoever made the table.
func (c *Column) Parse(p *pack.Pack, text string) (Cell, error) {
	text = strings.TrimSpace(text)
	if text == "" || text == "*" {
		return nil, nil
	}
	var cell Cell
	for part := range strings.SplitSeq(text, "|") {
		r, err := c.parsePart(p, strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		cell = append(cell, r)
	}
	cell = normal(cell)
	if len(cell) == 1 && cell[0] == c.domain {
		return nil, nil
	}
	return cell, nil
}

func (c *Column) parsePart(p *pack.Pack, part string) (pack.Interval, error) {
	if part == "" {
		return pack.Interval{}, fmt.Errorf("an empty part between two |")
	}
	if !c.isNumber() {
		v, err := c.parseValue(p, part)
		return pack.Interval{From: v, To: v}, err
	}
	if inner, ok := strings.CutPrefix(part, "["); ok {
		inner, ok = strings.CutSuffix(inner, "]")
		if !ok {
			return pack.Interval{}, fmt.Errorf("%q has a bracket without its other half", part)
		}
		part = strings.TrimSpace(inner)
	}
	from, to, isRange := strings.Cut(part, "..")
	r := c.domain
	var err error
	if from = strings.TrimSpace(from); from != "" || !isRange {
		if r.From, err = c.parseValue(p, from); err != nil {
			return r, err
		}
	}
	switch to = strings.TrimSpace(to); {
	case !isRange:
		r.To = r.From
	case to != "":
		if r.To, err = c.parseValue(p, to); err != nil {
			return r, err
		}
	}
	if r.From > r.To {
		return r, fmt.Errorf("%q is a range from the greater to the smaller number", part)
	}
	return r, nil
}

func (c *Column) parseValue(p *pack.Pack, text string) (pack.Value, error) {
	switch c.Kind {
	case AnyOf:
		switch strings.ToLower(text) {
		case "yes", "y", "true":
			return 1, nil
		case "no", "n", "false":
			return 0, nil
		}
		return 0, fmt.Errorf("%q is not yes or no", text)
	case Score:
		return c.parseScore(text)
	}
	v, err := p.ParseAnswer(c.Slot, text)
	var wrong *pack.AnswerError
	switch {
	case errors.As(err, &wrong):
		wrong.Question = "" // which is the column's name
		return 0, wrong
	case !v.Known():
		return 0, fmt.Errorf("%q is no answer; a table is about complete answers, and an empty cell allows them all", text)
	}
	return v, nil
}

func (c *Column) parseScore(text string) (pack.Value, error) {
	n, err := strconv.ParseInt(text, 10, 64)
	if v := pack.Value(n); err == nil && v >= c.domain.From && v <= c.domain.To {
		return v, nil
	}
	return 0, fmt.Errorf("%q is not a whole number from %d to %d, which the score can reach", text, c.domain.From, c.domain.To)
}

// column finds the column that the head of a table names.
func column(p *pack.Pack, name string) (Column, error) {
	question, options, isAnyOf := strings.Cut(name, ":")
	id, _ := strings.CutSuffix(strings.TrimSpace(question), "?")
	if isAnyOf {
		return parseAnyOf(p, id, options)
	}
	if slot, ok := p.SlotByID(id); ok {
		if q := p.Slots[slot].Question; q.Kind == pack.Multi {
			return Column{}, fmt.Errorf("%q takes several answers and needs a column for each, such as %s:%s", id, id, q.Options[0].ID)
		}
		return answerColumn(p, slot), nil
	}
	if s := p.Score(id); s != nil {
		return scoreColumn(s), nil
	}
	var names []string
	for _, s := range p.Slots {
		names = append(names, s.ID)
	}
	for _, s := range p.Scores {
		names = append(names, s.ID)
	}
	return Column{}, fmt.Errorf("the rules have no question, item or score %q%s", id, meant(id, append(names, ownColumns...)))
}

func parseAnyOf(p *pack.Pack, id, options string) (Column, error) {
	q := p.Question(id)
	if q == nil || q.Kind != pack.Multi {
		var names []string
		for _, q := range p.Questions {
			if q.Kind == pack.Multi {
				names = append(names, q.ID)
			}
		}
		return Column{}, fmt.Errorf("%q is no question with several answers%s", id, meant(id, names))
	}
	var ids []string
	for _, o := range q.Options {
		ids = append(ids, o.ID)
	}
	var mask pack.Value
	for option := range strings.SplitSeq(options, "|") {
		option = strings.TrimSpace(option)
		found := false
		for i, o := range ids {
			if o == option {
				mask |= 1 << i
				found = true
			}
		}
		if !found {
			return Column{}, fmt.Errorf("%q is no answer to %s%s", option, id, meant(option, ids))
		}
	}
	return anyOfColumn(p, q.Slot, mask), nil
}

// meant is the near miss as the end of a message.
func meant(word string, words []string) string {
	if near := diag.Near(word, words); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}
