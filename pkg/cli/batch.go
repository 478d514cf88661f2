package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"github.com/carelevel/carelevel/pkg/batch"
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
	mapFile             string
	errorsFile, summary string
	quiet               bool
	opts                batch.Options
	decide              decideFunc
	engine              *engine.Engine
	last                batch.RowError // the mistake that was found last
}

// decideFunc is what is done with a file: batch.Run or batch.Review.
type decideFunc func(context.Context, *engine.Engine, io.Reader, io.Writer, batch.Options) (*batch.Summary, error)

func newBatch(g *globals) *cobra.Command {
	b := &batchRun{globals: g, decide: batch.Run}
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
and null are missing. In JSON Lines the same names are keys, beside id and date
or under answers.

A record that cannot be read has the status error, with its line, its column and
what is wrong; the others are decided all the same. Exit code 1 if there is one.

--map-file names the columns of an export and its codes, in YAML:

  id: record_id
  missing: [-9, -8]
  ignore: [redcap_event_name]
  columns:
    phq_total: phq9
    risk: {question: suicide_risk, codes: {0: none, 1: wish_to_be_dead}}
    visit: date

A file that is named with -o, --errors or --summary is replaced only once it is
whole: after an interrupt, a failure or --fail-fast there are no results in it.
Being killed can leave a file .carelevel-….tmp beside it, which may be deleted.`,
		Example: `  carelevel batch assessments.csv -o results.csv
  carelevel batch assessments.csv -o results.csv --errors mistakes.csv --summary summary.html
  carelevel batch assessments.jsonl.gz --format csv > results.csv
  carelevel batch export.csv --map record_id=id --map risk=suicide_risk --ignore-unknown
  carelevel batch redcap.csv --map-file redcap.yaml --pass-through -o results.tsv
  carelevel batch one-site.csv --explain --format jsonl | jq .flips
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

func (b *batchRun) run(ctx context.Context) error {
	if err := b.resolve(); err != nil {
		return err
	}
	var err error
	if b.engine, _, err = b.useEngine(); err != nil {
		return err
	}
	if err := b.readMappings(); err != nil {
		return err
	}
	in, err := b.open(ctx)
	if err != nil {
		return err
	}
	defer in.close()
	// A reader that goes away is an error like any other, so that nothing is
	// left behind; without this the write itself would end the program.
	signal.Ignore(syscall.SIGPIPE)
	limitMemory(b.opts.Sort)
	return b.conclude(ctx, b.work(in.context, in))
}

// outcome is what came of a run.
type batchOutcome struct {
	summary  *batch.Summary
	reading  error // of reading or deciding
	writing  error // of writing results
	mistakes error // of writing the mistakes
}

// work runs the batch, with the mistakes in a file of their own if there is to
// be one. That file is kept where the batch was stopped by mistakes.
func (b *batchRun) work(ctx context.Context, in *batchInput) (o batchOutcome) {
	b.opts.Errors = func(e batch.RowError) { b.last = e }
	if b.errorsFile == "" {
		b.convert(ctx, in, &o)
		return o
	}
	var stopped *batch.StoppedError
	err := b.writeMistakes(func() error {
		b.convert(ctx, in, &o)
		if errors.As(o.reading, &stopped) {
			return nil
		}
		return errors.Join(o.reading, o.writing)
	})
	if o.writing == nil && (o.reading == nil || stopped != nil) {
		o.mistakes = err
	}
	return o
}

// convert runs the batch from in to where the results go.
func (b *batchRun) convert(ctx context.Context, in *batchInput, o *batchOutcome) {
	b.opts.Record = b.writeRecord
	done := b.progress(in)
	defer done()
	var failed error // of the run, whatever it was
	sink := &sink{w: b.io.out}
	fill := func(w io.Writer) error {
		sink.w = w
		o.summary, failed = b.decide(ctx, b.engine, in, sink, b.opts)
		return failed
	}
	if b.output == "" || b.output == "-" {
		o.writing = fill(b.results())
	} else {
		o.writing = record.WriteStream(b.output, record.Private, fill)
	}
	if failed != nil && sink.err == nil {
		o.reading, o.writing = failed, nil
	}
}

// results is standard output, without what could drive it if it is a terminal.
func (b *batchRun) results() io.Writer {
	if isTerminal(b.io.out) {
		return screen{b.io.out}
	}
	return b.io.out
}

// sink remembers whether it was the writing that failed.
type sink struct {
	w   io.Writer
	err error
}

func (s *sink) Write(p []byte) (int, error) {
	n, err := s.w.Write(p)
	if err != nil {
		s.err = err
	}
	return n, err
}

func (b *batchRun) writeRecord(w io.Writer, sheet pack.Sheet) error {
	r := b.engine.Recommend(sheet.Answers)
	return report.JSONLine(w, report.Input{Recommendation: r, Explanation: explain.Explain(b.engine, r), ID: sheet.ID, Date: sheet.Date})
}

// isClosedPipe reports whether whoever reads the results has gone.
func isClosedPipe(err error) bool {
	return errors.Is(err, syscall.EPIPE) || errors.Is(err, os.ErrClosed)
}
