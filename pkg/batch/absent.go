package batch

import (
	"maps"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// absent refuses columns that are said to hold something and are not there: a
// name misspelt would otherwise make an answer missing in every record. What is
// to be ignored may be absent.
func absent(columns []column, names []string, opts *Options) (errs []error) {
	there := map[string]bool{}
	var words []string
	for _, name := range names {
		name = strings.TrimSpace(name)
		there[name] = true
		words = append(words, name)
	}
	check := func(name, problem string) {
		if !there[name] {
			errs = append(errs, &ColumnError{Column: name, Problem: problem, Near: diag.Near(name, words)})
		}
	}
	if opts.IDColumn != "" {
		check(opts.IDColumn, "it is to hold the ids, and the input has no such column")
	}
	if opts.DateColumn != "" {
		check(opts.DateColumn, "it is to hold the dates, and the input has no such column")
	}
	if opts.PlacedColumn != "" {
		check(opts.PlacedColumn, "it is to hold the placements, and the input has no such column")
	}
	if opts.reviewing && len(errs) == 0 {
		errs = append(errs, opts.needed(columns, words)...)
	}
	for _, name := range slices.Sorted(maps.Keys(opts.Columns.To)) {
		check(name, "it is mapped to a question, and the input has no such column")
	}
	return errs
}

// codesOf are a column's own codes, and what stands for no answer in any.
func (c *Columns) codesOf(name string) map[string]string {
	if len(c.Missing) == 0 {
		return c.Codes[name]
	}
	codes := map[string]string{}
	for text := range c.Missing {
		codes[text] = ""
	}
	maps.Copy(codes, c.Codes[name])
	return codes
}
