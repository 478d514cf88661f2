package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/spf13/cobra"
)

var batchFormats = []string{"csv", "tsv", "jsonl"}

func (b *batchRun) addFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringVarP(&b.output, "output", "o", "", "write the results to `FILE`, which appears only when it is whole")
	f.StringVar(&b.format, "format", "", "`FORMAT` of the results: "+joinOr(batchFormats)+" (default: by the extension of -o, else that of the input)")
	f.BoolVar(&b.opts.PassThrough, "pass-through", false, "keep the input's columns, before those of the result")
	f.BoolVar(&b.opts.Explain, "explain", false, "add the reasons' texts, the answers that suffice and the nearest changes (slow)")
	f.StringVar(&b.summary, "summary", "", "write the summary to `FILE`: .json, or .html with charts")
	f.StringVar(&b.opts.Date, "date", "", "the date of assessments that have none, `YYYY-MM-DD` (default today)")
	complete(c, "format", batchFormats)
	b.addSharedFlags(c, "record")
}

// addSharedFlags defines those that every run over a file has. what has a
// result: a record, or a person.
func (b *batchRun) addSharedFlags(c *cobra.Command, what string) {
	f := c.Flags()
	f.StringVar(&b.inputFormat, "input-format", "", "`FORMAT` of the input: "+joinOr(batchFormats)+" (default: by its extension, else csv)")
	f.StringArrayVar(&b.mappings, "map", nil, "`COLUMN=QUESTION`: what a column holds; may be repeated, and wins over --map-file")
	f.StringVar(&b.mapFile, "map-file", "", "what the columns hold, and what their codes mean, in a YAML `FILE`")
	f.StringVar(&b.opts.IDColumn, "id-column", "", "the `COLUMN` with the ids of the "+what+"s (default: id)")
	f.BoolVar(&b.opts.IgnoreUnknown, "ignore-unknown", false, "leave out columns and keys that are no question, instead of refusing them")
	f.StringVar(&b.errorsFile, "errors", "", "write what is wrong with records to `FILE`, too, as CSV, one mistake a line")
	f.IntVar(&b.opts.MaxErrors, "max-errors", 0, "stop at `N` "+what+"s in error (default: never)")
	f.BoolVar(&b.opts.FailFast, "fail-fast", false, "stop at the first "+what+" in error")
	f.BoolVarP(&b.quiet, "quiet", "q", false, "print no summary and no progress on standard error")
	f.IntVar(&b.opts.Workers, "workers", 0, "how many `CORES` to use (default: all)")
	complete(c, "input-format", batchFormats)
	b.completeColumns(c)
}

// resolve settles the formats and refuses flags that do not go together.
func (b *batchRun) resolve() error {
	if b.inputFormat == "" {
		b.inputFormat = first(formatOf(b.input), "csv")
	}
	if b.format == "" {
		b.format = first(formatOf(b.output), b.inputFormat)
	}
	if err := oneOf("--input-format", b.inputFormat, batchFormats); err != nil {
		return err
	}
	if err := oneOf("--format", b.format, batchFormats); err != nil {
		return err
	}
	if z := strings.ToLower(filepath.Ext(b.output)); z == ".gz" || z == ".zst" {
		return &usageError{"-o: results are not compressed, and " + b.output + " would say that they are", "leave out " + z + ", or pipe standard output into a program that compresses"}
	}
	b.opts.Input, b.opts.Output = batchFormat(b.inputFormat), batchFormat(b.format)
	if err := checkDate(b.opts.Date); err != nil {
		return err
	}
	b.opts.Date = first(b.opts.Date, today())
	if b.opts.MaxErrors < 0 || b.opts.Workers < 0 {
		return &usageError{"--max-errors and --workers are counts", "expected 0 or more"}
	}
	if err := b.checkTables(); err != nil {
		return err
	}
	return b.checkFiles()
}

// checkTables refuses what only tables can have, where there is none.
func (b *batchRun) checkTables() error {
	if b.opts.PassThrough && (b.opts.Input == batch.JSONLines || b.opts.Output == batch.JSONLines) {
		return &usageError{"--pass-through keeps columns, and JSON Lines have none", "use it from CSV or TSV to CSV or TSV"}
	}
	for _, f := range []struct {
		name string
		used bool
	}{{"--map", len(b.mappings) > 0}, {"--map-file", b.mapFile != ""}, {"--id-column", b.opts.IDColumn != ""},
		{"--date-column", b.opts.DateColumn != ""}, {"--placed-column", b.opts.PlacedColumn != ""}} {
		if f.used && b.opts.Input == batch.JSONLines {
			return &usageError{f.name + " is about columns, and JSON Lines have none", "in JSON Lines the keys are the questions' ids, beside id and date"}
		}
	}
	return nil
}

// formatOf tells a format by the extension of a file, compressed or not.
func formatOf(path string) string {
	path = strings.ToLower(path)
	for _, z := range []string{".gz", ".zst"} {
		path = strings.TrimSuffix(path, z)
	}
	switch filepath.Ext(path) {
	case ".csv":
		return "csv"
	case ".tsv", ".tab":
		return "tsv"
	case ".jsonl", ".ndjson":
		return "jsonl"
	}
	return ""
}

func batchFormat(word string) batch.Format {
	for i, w := range batchFormats {
		if w == word {
			return batch.Format(i)
		}
	}
	return batch.CSV
}

// summaryFormats are the extensions of a file for the summary.
var summaryFormats = []string{".json", ".html"}

func (b *batchRun) checkSummary() error {
	if b.summary == "" {
		return nil
	}
	if err := oneOf("--summary", strings.ToLower(filepath.Ext(b.summary)), summaryFormats); err != nil {
		return &usageError{fmt.Sprintf("--summary: the extension of %s says no format", b.summary), "expected .json or .html"}
	}
	return nil
}
