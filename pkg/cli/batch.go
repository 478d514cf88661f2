package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/record"
	"github.com/carelevel/carelevel/pkg/report"
	"github.com/spf13/cobra"
)

// batchRun is one run of `carelevel batch`.
type batchRun struct {
	*globals
	input, output       string
	inputFormat, format string
	mappings            []string
	errorsFile, summary string
	quiet               bool
	opts                batch.Options
	engine              *engine.Engine
	failed              *os.File
}

func newBatch(g *globals) *cobra.Command {
	b := &batchRun{globals: g}
	c := &cobra.Command{
		Use:   "batch INPUT",
		Short: "Decide on a file of assessments",
		Long: `Decide on a file of assessments: CSV, TSV or JSON Lines, one result a record, in
the order of the input. INPUT may be compressed with gzip or zstd; - is standard
input.

The columns are the ids of questions, and of items (phq9, or phq9_1 and so on);
'carelevel rules show' lists them. A multiple choice has its options separated
by ;, or a column for each option, question___option. Answers are option ids,
labels, or numbers, counted from 1 as the options are listed. Empty cells, NA
and null are missing.

A record that cannot be read has the status error, with its line, its column and
what is wrong; the others are decided all the same. Exit code 1 if there is one.`,
		Example: `  carelevel batch assessments.csv -o results.csv
  carelevel batch assessments.jsonl.gz --format csv > results.csv
  carelevel batch export.csv --map record_id=id --map risk=suicide_risk --ignore-unknown
  some-program | carelevel batch - --input-format jsonl | other-program`,
		Args: func(_ *cobra.Command, words []string) error {
			if len(words) != 1 {
				return &usageError{fmt.Sprintf("batch takes one input, and got %d", len(words)), "name a file, or - for standard input"}
			}
			return nil
		},
		RunE: func(c *cobra.Command, words []string) error {
			b.input = words[0]
			return b.run(c.Context())
		},
	}
	b.addFlags(c)
	return c
}

var batchFormats = []string{"csv", "tsv", "jsonl"}

func (b *batchRun) addFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringVarP(&b.output, "output", "o", "", "write the results to `FILE`, which appears only when it is whole")
	f.StringVar(&b.inputFormat, "input-format", "", "`FORMAT` of the input: "+joinOr(batchFormats)+" (default: by its extension)")
	f.StringVar(&b.format, "format", "", "`FORMAT` of the results: "+joinOr(batchFormats)+" (default: by the extension of -o, else that of the input)")
	f.StringArrayVar(&b.mappings, "map", nil, "`COLUMN=QUESTION`: what a column holds; may be repeated")
	f.StringVar(&b.opts.IDColumn, "id-column", "", "the `COLUMN` with the ids of the records (default: id)")
	f.BoolVar(&b.opts.IgnoreUnknown, "ignore-unknown", false, "leave out columns that are no question, instead of refusing the file")
	f.BoolVar(&b.opts.PassThrough, "pass-through", false, "keep the input's columns, before those of the result")
	f.BoolVar(&b.opts.Explain, "explain", false, "add the reasons' texts, the answers that suffice and the nearest changes (slow)")
	f.StringVar(&b.errorsFile, "errors", "", "write what is wrong with records to `FILE`, too, one mistake a line")
	f.IntVar(&b.opts.MaxErrors, "max-errors", 0, "stop at `N` records in error (default: never)")
	f.BoolVar(&b.opts.FailFast, "fail-fast", false, "stop at the first record in error")
	f.StringVar(&b.summary, "summary", "", "write the summary to `FILE`: .json, or .html with charts")
	f.BoolVarP(&b.quiet, "quiet", "q", false, "print no summary and no progress on standard error")
	f.StringVar(&b.opts.Date, "date", "", "the date of assessments that have none, `YYYY-MM-DD` (default today)")
	f.IntVar(&b.opts.Workers, "workers", 0, "how many `CORES` to use (default: all)")
	complete(c, "format", batchFormats)
	complete(c, "input-format", batchFormats)
}

func (b *batchRun) run(ctx context.Context) error {
	if err := b.resolve(); err != nil {
		return err
	}
	var err error
	if b.engine, _, err = b.useEngine(); err != nil {
		return err
	}
	in, err := b.open()
	if err != nil {
		return err
	}
	defer in.Close()
	return b.withErrorsFile(func() error { return b.convert(ctx, in) })
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
	b.opts.Input, b.opts.Output = batchFormat(b.inputFormat), batchFormat(b.format)
	if err := checkDate(b.opts.Date); err != nil {
		return err
	}
	b.opts.Date = first(b.opts.Date, today())
	if b.opts.PassThrough && (b.opts.Input == batch.JSONLines || b.opts.Output == batch.JSONLines) {
		return &usageError{"--pass-through keeps columns, and JSON Lines have none", "use it from CSV or TSV to CSV or TSV"}
	}
	if b.opts.MaxErrors < 0 || b.opts.Workers < 0 {
		return &usageError{"--max-errors and --workers are counts", "expected 0 or more"}
	}
	b.opts.Columns.To = map[string]string{}
	for _, m := range b.mappings {
		column, question, ok := strings.Cut(m, "=")
		if !ok || column == "" || question == "" {
			return &usageError{fmt.Sprintf("--map: %q is no mapping", m), "expected COLUMN=QUESTION"}
		}
		b.opts.Columns.To[column] = question
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

func (b *batchRun) open() (io.ReadCloser, error) {
	if b.input == "-" {
		return io.NopCloser(b.io.in), nil
	}
	f, err := os.Open(b.input)
	if err != nil {
		return nil, fmt.Errorf("reading the assessments: %w", err)
	}
	if info, err := f.Stat(); err == nil && info.IsDir() {
		f.Close()
		return nil, &usageError{fmt.Sprintf("%s is a folder", b.input), "batch reads one file; for a folder of single assessments see 'carelevel assess --answers'"}
	}
	return f, nil
}

// withErrorsFile keeps the mistakes in a file of their own while work runs.
func (b *batchRun) withErrorsFile(work func() error) error {
	if b.errorsFile == "" {
		return work()
	}
	var workErr error
	err := record.WriteStream(b.errorsFile, record.Private, func(w io.Writer) error {
		buffered := bufio.NewWriter(w)
		fmt.Fprintln(buffered, "line,column,name,id,code,text")
		var failed error
		b.opts.Errors = func(e batch.RowError) {
			if err := batch.WriteError(buffered, e); failed == nil {
				failed = err
			}
		}
		workErr = work()
		return errors.Join(failed, buffered.Flush())
	})
	if err != nil {
		err = fmt.Errorf("writing the mistakes: %w", err)
	}
	return errors.Join(workErr, err)
}

// convert runs the batch from in to where the results go.
func (b *batchRun) convert(ctx context.Context, in io.Reader) error {
	b.opts.Record = b.writeRecord
	done := b.progress(in)
	var s *batch.Summary
	work := func(w io.Writer) (err error) {
		s, err = batch.Run(ctx, b.engine, in, w, b.opts)
		return err
	}
	var err error
	if b.output == "" || b.output == "-" {
		err = work(b.io.out)
	} else {
		err = record.WriteStream(b.output, record.Private, work)
	}
	done()
	return b.conclude(s, err)
}

func (b *batchRun) writeRecord(w io.Writer, sheet pack.Sheet) error {
	r := b.engine.Recommend(sheet.Answers)
	return report.JSONLine(w, report.Input{Recommendation: r, Explanation: explain.Explain(b.engine, r), ID: sheet.ID, Date: sheet.Date})
}

// conclude says what came of it, and by the exit code whether all was well.
func (b *batchRun) conclude(s *batch.Summary, err error) error {
	var header *batch.HeaderError
	var stopped *batch.StoppedError
	switch {
	case errors.As(err, &header):
		return &usageError{"the columns of " + b.name() + " cannot be used:\n" + header.Error(),
			"map a column with --map COLUMN=QUESTION, or leave out those that are no question with --ignore-unknown"}
	case errors.As(err, &stopped):
		b.tell(s)
		fmt.Fprintln(b.io.err, "carelevel:", stopped.Error())
		return quiet(exitProblems)
	case errors.Is(err, context.Canceled):
		fmt.Fprintf(b.io.err, "carelevel: interrupted after %d records\n", s.Rows)
		return quiet(exitInterrupted)
	case err != nil:
		return fmt.Errorf("%s, after %d records: %w", b.name(), s.Rows, err)
	}
	b.tell(s)
	if b.summary != "" {
		if err := b.writeSummary(s); err != nil {
			return err
		}
	}
	if s.Errors > 0 {
		return quiet(exitProblems)
	}
	return nil
}

func (b *batchRun) name() string {
	if b.input == "-" {
		return "standard input"
	}
	return diag.Clean(b.input)
}

func (b *batchRun) tell(s *batch.Summary) {
	if !b.quiet && s != nil {
		fmt.Fprintf(b.io.err, "%d records, %d errors, %.2f s\n", s.Rows, s.Errors, s.Seconds)
	}
}

func (b *batchRun) writeSummary(*batch.Summary) error { return nil }
func (b *batchRun) progress(io.Reader) func()         { return func() {} }
