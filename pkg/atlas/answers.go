package atlas

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// answerWords says which answers lead along an arrow, for people: labels
// rather than ids, and "or worse" rather than a list.
func (c *Column) answerWords(p *pack.Pack, cell Cell) string {
	var parts []string
	for _, r := range cell {
		switch {
		case c.isNumber():
			parts = append(parts, c.numberWords(p, r))
		case c.Kind == Answer && c.question.Kind == pack.Scale && r.To > r.From && r.To == c.domain.To:
			parts = append(parts, c.label(p, r.From)+", or worse")
		case c.Kind == Answer && c.question.Kind == pack.Scale && r.To > r.From && r.From == c.domain.From:
			parts = append(parts, c.label(p, r.To)+", or better")
		default:
			for v := r.From; v <= r.To; v++ {
				parts = append(parts, c.label(p, v))
			}
		}
	}
	if n := len(parts); n > 1 && c.Kind == Answer && c.question != nil && c.question.Kind == pack.Choice {
		if rest := complement(cell, c.domain); len(rest) == 1 && rest[0].From == rest[0].To && n > 2 {
			return "not " + c.label(p, rest[0].From)
		}
	}
	return strings.Join(parts, between)
}

// between stands between answers each of which will do. Labels have words such
// as "or" in them.
const between = " / "

func (c *Column) label(p *pack.Pack, v pack.Value) string {
	if c.Kind != Answer {
		return c.formatValue(p, v)
	}
	return shortened(plain(p.AnswerLabel(c.Slot, v)), maxLabel)
}

func (c *Column) numberWords(p *pack.Pack, r pack.Interval) string {
	number := func(v pack.Value) string {
		if c.Kind == Score {
			return strconv.FormatInt(int64(v), 10)
		}
		return p.FormatAnswer(c.Slot, v)
	}
	switch {
	case r.From == r.To:
		return number(r.From)
	case r.To == c.domain.To:
		return number(r.From) + " or more"
	case r.From == c.domain.From:
		return number(r.To) + " or less"
	}
	return number(r.From) + " to " + number(r.To)
}

// noun is what the column is called in a picture.
func (c *Column) noun(p *pack.Pack) string {
	switch {
	case c.Kind == Score:
		return c.Score.Title
	case c.Kind == AnyOf:
		if labels := c.optionLabels(); len(labels) < len(c.question.Options) || len(labels) == 1 {
			return fmt.Sprintf("%s: %s", c.question.Noun(), strings.Join(labels, between))
		}
		return c.question.Noun() + ": any of them"
	case c.item:
		return fmt.Sprintf("%s item %d", c.question.Noun(), p.Slots[c.Slot].Item+1)
	case c.question.Kind == pack.Instrument:
		return c.question.Noun() + " total"
	}
	return c.question.Noun()
}

// optionLabels are the labels of the options that an AnyOf column is about.
func (c *Column) optionLabels() []string {
	var out []string
	for i, o := range c.question.Options {
		if c.Options>>i&1 == 1 {
			out = append(out, shortened(plain(o.Label), maxLabel))
		}
	}
	return out
}

// complement returns the rest of a domain.
func complement(cell Cell, domain pack.Interval) Cell {
	var rest Cell
	next := domain.From
	for _, r := range cell {
		if r.From > next {
			rest = append(rest, pack.Interval{From: next, To: r.From - 1})
		}
		next = r.To + 1
	}
	if next <= domain.To {
		rest = append(rest, pack.Interval{From: next, To: domain.To})
	}
	return rest
}
