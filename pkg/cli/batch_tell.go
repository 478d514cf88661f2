package cli

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/record"
)

// exitPipe is what shells say of a program that wrote to a pipe that nobody
// reads any more.
const exitPipe = 141

// conclude says what came of it, and by the exit code whether all was well.
func (b *batchRun) conclude(ctx context.Context, o batchOutcome) error {
	var header *batch.HeaderError
	var stopped *batch.StoppedError
	var order *batch.OrderError
	switch {
	case o.summary == nil && o.mistakes != nil: // nothing was begun
		return o.mistakes
	case o.reading == nil && o.writing == nil:
	case errors.As(o.reading, &header):
		return b.headerError(header)
	case errors.As(o.reading, &order):
		fmt.Fprintf(b.io.err, "carelevel: %s: %s%s\n  sort it by person and date, or let --sort do that, which takes memory for all of its records\n", b.name(), diag.Clean(order.Error()), b.unwritten())
		return quiet(exitUsage)
	case errors.As(o.reading, &stopped):
		return b.concludeStopped(o, stopped)
	case ctx.Err() != nil:
		fmt.Fprintf(b.io.err, "carelevel: interrupted after %s%s\n", countOf(o.rows(), "record"), b.unwritten())
		return quiet(exitInterrupted)
	case isClosedPipe(o.writing):
		return quiet(exitPipe)
	case o.writing != nil:
		return fmt.Errorf("writing the results, after %s: %w", countOf(o.rows(), "record"), o.writing)
	case errors.Is(o.reading, io.ErrUnexpectedEOF):
		return fmt.Errorf("%s is compressed and ends in the middle, after %s%s", b.name(), countOf(o.rows(), "record"), b.unwritten())
	default:
		return fmt.Errorf("reading %s, after %s: %w", b.name(), countOf(o.rows(), "record"), o.reading)
	}
	if err := b.tell(o); err != nil {
		return err
	}
	if o.summary.Errors > 0 {
		return quiet(exitProblems)
	}
	return nil
}

func (b *batchRun) headerError(header *batch.HeaderError) error {
	for _, p := range header.Problems {
		fmt.Fprintf(b.io.err, "carelevel: %s: %s\n", b.name(), diag.Clean(p.Error()))
	}
	fmt.Fprintln(b.io.err, "  map a column with --map COLUMN=QUESTION or --map-file, or leave out those that are no question with --ignore-unknown")
	return quiet(exitUsage)
}

// concludeStopped says at which mistake a batch was stopped.
func (b *batchRun) concludeStopped(o batchOutcome, stopped *batch.StoppedError) error {
	if err := b.tell(o); err != nil {
		return err
	}
	fmt.Fprintf(b.io.err, "carelevel: %s%s\n  %s\n", stopped, b.unwritten(), diag.Clean(b.last.Error()))
	return quiet(exitProblems)
}

// unwritten says that there are no results where somebody might look for some.
func (b *batchRun) unwritten() string {
	if b.toStandardOutput() {
		return ""
	}
	return "; " + diag.Clean(b.output) + " is not written"
}

func (o batchOutcome) rows() int64 {
	if o.summary == nil {
		return 0
	}
	return o.summary.Rows
}

func (b *batchRun) name() string {
	if b.input == "-" {
		return "standard input"
	}
	return diag.Clean(b.input)
}

// tell prints the summary and writes it to its file. What could not be written
// of the mistakes is an error, too, but the results are there.
func (b *batchRun) tell(o batchOutcome) error {
	if !b.quiet {
		if err := o.summary.WriteText(b.io.err, b.name()); err != nil {
			return err
		}
	}
	if b.summary != "" {
		if err := b.writeSummary(o.summary); err != nil {
			return fmt.Errorf("writing the summary: %w", err)
		}
	}
	return o.mistakes
}

func (b *batchRun) writeSummary(s *batch.Summary) error {
	var text bytes.Buffer
	write := s.WriteJSON
	if strings.EqualFold(filepath.Ext(b.summary), ".html") {
		write = s.WriteHTML
	}
	if err := write(&text, b.name()); err != nil {
		return err
	}
	return record.WriteAtomic(b.summary, text.Bytes(), record.Private)
}

// grouped writes a number with commas between the thousands.
func grouped(n int64) string {
	digits := fmt.Sprint(n)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

func countOf(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return grouped(n) + " " + noun + "s"
}
