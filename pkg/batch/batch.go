// Package batch decides on whole files of assessments: CSV, TSV or JSON Lines
// in, any of them out, one result a record, in order, in bounded memory, on all
// cores. Review does so with the assessments of many persons over time, one
// result a person.
//
// A record that cannot be read is a record in error, with its line, its column
// and what is wrong; it is never left out and never guessed at. The fast
// readers read what encoding/csv and encoding/json read, and hand anything
// unusual to the pack's own reader. The package opens no file and draws no
// progress: it refuses to know where its input comes from.
package batch

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Format is the form of an input or an output.
type Format uint8

// The formats.
const (
	CSV Format = iota
	TSV
	JSONLines
)

// String returns "csv", "tsv" or "jsonl".
func (f Format) String() string { return [...]string{"csv", "tsv", "jsonl"}[f] }

func (f Format) comma() byte { return [...]byte{CSV: ',', TSV: '\t', JSONLines: 0}[f] }

// Options say how a batch is run. The zero value reads CSV and writes CSV.
type Options struct {
	Input, Output Format

	Columns       Columns
	IDColumn      string // empty: the column "id", if there is one
	IgnoreUnknown bool   // leave out columns that are no question, instead of refusing the file
	PassThrough   bool   // keep the input's columns, before the result's; from CSV or TSV to CSV or TSV only
	Explain       bool   // add reasons, sufficient answers and the nearest changes

	// Record writes the whole result of one assessment as one line of JSON: what
	// JSON Lines hold with Explain. It is called by several goroutines at once.
	Record func(w io.Writer, sheet pack.Sheet) error

	Date      string // of assessments that have none
	Workers   int    // 0: as many as there are cores
	FailFast  bool   // stop at the first record in error
	MaxErrors int    // stop at this many records in error; 0: never

	Errors   func(RowError)         // is told of every mistake, in the order of the input; may be nil
	Progress func(read, rows int64) // is told how far it came, now and then; may be nil

	Reviews // of Review alone
}

// RowError is one mistake in one record.
type RowError struct {
	Line   int    // of the input, from 1: where the record begins
	Column int    // from 1; 0 if it is about all of the record
	Name   string // of the column, or the key
	ID     string // of the record, where it could be read
	Code   string // stable, such as "answer"
	Text   string // what is wrong: lower case, no full stop
}

// Error says where the mistake is, and which.
func (e *RowError) Error() string { return string(e.appendTo(nil)) }

func (e *RowError) appendTo(b []byte) []byte {
	b = strconv.AppendInt(append(b, "line "...), int64(e.Line), 10)
	if e.Column > 0 {
		b = strconv.AppendInt(append(b, ", column "...), int64(e.Column), 10)
	}
	if e.Name != "" {
		b = append(append(append(b, " ("...), diag.Clean(e.Name)...), ')')
	}
	return append(append(b, ": "...), diag.Clean(e.Text)...)
}

// StoppedError says that a batch stopped at records in error, as it was told
// to. What came before them is written.
type StoppedError struct{ Errors int }

// Error says at how many.
func (e *StoppedError) Error() string {
	if e.Errors == 1 {
		return "stopped at the first record in error"
	}
	return fmt.Sprintf("stopped at %d records in error", e.Errors)
}

// HeaderError says that the columns of a file cannot be used. Nothing was
// written.
type HeaderError struct{ Problems []error }

// Error joins the problems, one a line.
func (e *HeaderError) Error() string {
	var lines []string
	for _, p := range e.Problems {
		lines = append(lines, p.Error())
	}
	return strings.Join(lines, "\n")
}

// Unwrap returns the problems, each a *ColumnError.
func (e *HeaderError) Unwrap() []error { return e.Problems }

// Run decides on every record of in and writes the results to out. The summary
// is good with an error, too: it says how far it came. The error is a
// *HeaderError, a *StoppedError, ctx's, or what reading or writing failed with.
// Records in error are no error of Run.
func Run(ctx context.Context, e *engine.Engine, in io.Reader, out io.Writer, opts Options) (*Summary, error) {
	r := newRun(e, out, opts)
	r.pieces = newPieces(e)
	r.words = newWords(e, opts.Output.comma())
	return r.all(ctx, in)
}

func newRun(e *engine.Engine, out io.Writer, opts Options) *run {
	if opts.Workers <= 0 {
		opts.Workers = runtime.GOMAXPROCS(0)
	}
	return &run{e: e, p: e.Pack(), opts: opts, out: out}
}

// all runs from the first byte of the input to the summary.
func (r *run) all(ctx context.Context, in io.Reader) (*Summary, error) {
	began := time.Now()
	in, end := interruptibly(ctx, in)
	defer end()
	text, close, err := open(in)
	if err == nil {
		defer close()
		err = r.run(ctx, text)
	}
	s := r.total.summary(r)
	s.Complete = err == nil
	s.Seconds = time.Since(began).Seconds()
	return s, err
}

var errNoHeader = errors.New("the input is empty: there is no header")
