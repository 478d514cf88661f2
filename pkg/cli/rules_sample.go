package cli

import (
	"context"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/record"
	"github.com/carelevel/carelevel/pkg/sample"
	"github.com/spf13/cobra"
)

// sampleCommand is `rules sample` with its flags.
type sampleCommand struct {
	g    *globals
	out  output
	n    int
	opts sample.Options
}

func newRulesSample(g *globals) *cobra.Command {
	s := &sampleCommand{g: g}
	c := &cobra.Command{
		Use:   "sample [PACK]",
		Short: "Draw assessments of people who do not exist, for trials and benchmarks",
		Long: `Draw assessments of people who do not exist, as many as wanted, for trying out
rules and programs and for measuring how fast they are. Answers hang together:
each assessment is drawn with a level in mind, the lower ones oftener, and every
level that the pack can reach occurs. Some answers are missing, in some
assessments more than in others.

In a table, the columns are id, the questions in the order of the pack, and right
after an instrument its items. A cell is yes or no, the id of an option, ids
separated by semicolons or none, a number, not_assessed, or empty where there is
no answer. A line of JSON Lines is {"id": …, "answers": {…}}, in which what is
missing is left out and what was not assessed is null. Some have an instrument's
total, some its items, and a few both, which then agree.

The same pack, seed and options give the same bytes on every machine, and a
longer sample begins with the shorter one. It is made up: how often anything
occurs in it says nothing about real people.`,
		Example: `  carelevel rules sample --n 20
  carelevel rules sample --n 1000000 -o sample.csv
  carelevel rules sample my-rules/ --n 500 --seed 7 --missing 0 --format jsonl`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: packWords,
		RunE:              func(c *cobra.Command, names []string) error { return s.run(c.Context(), names) },
	}
	s.out.addTo(c, sample.Formats()...)
	f := c.Flags()
	f.IntVar(&s.n, "n", 1000, "draw `N` assessments")
	f.Uint64Var(&s.opts.Seed, "seed", 1, "draw those of this `NUMBER`; another one gives others")
	f.IntVar(&s.opts.Missing, "missing", sample.DefaultMissing, "the chance that a single answer is missing, in `PERCENT`")
	return c
}

// tables maps the extensions of files with many assessments to their formats.
var tables = map[string]string{".csv": "csv", ".txt": "csv", ".tsv": "tsv", ".tab": "tsv", ".jsonl": "jsonl", ".ndjson": "jsonl"}

func (s *sampleCommand) run(ctx context.Context, names []string) error {
	if s.out.format == "" {
		s.out.format = tables[strings.ToLower(filepath.Ext(s.out.path))]
	}
	if err := s.out.resolve(); err != nil {
		return err
	}
	if s.n < 0 {
		return &usageError{fmt.Sprintf("--n: %d is no number of assessments", s.n), "give 0 or more"}
	}
	if m := s.opts.Missing; m < 0 || m > 100 {
		return &usageError{fmt.Sprintf("--missing: %d is no chance in percent", m), "give 0 to 100"}
	}
	p, _, err := s.g.packAndLevels(names, nil)
	if err != nil {
		return err
	}
	drawn, err := sample.New(p, s.opts)
	if err != nil {
		return err
	}
	if err := drawn.Independent(); err != nil {
		fmt.Fprintf(s.g.io.err, "carelevel: all answers are drawn for themselves, so that some levels of %s may be rare or missing:\n  %s\n",
			p.ID, diag.Clean(err.Error()))
	}
	return s.write(ctx, drawn)
}

// write does not hold the sample in memory. A file is replaced once the sample
// is whole; like all that could be about a person, only its owner can read it.
func (s *sampleCommand) write(ctx context.Context, drawn *sample.Generator) error {
	fill := func(w io.Writer) error { return sample.Write(ctx, w, drawn, s.out.format, s.n) }
	var err error
	if s.out.path == "" || s.out.path == "-" {
		err = fill(s.g.io.out)
	} else {
		err = record.WriteStream(s.out.path, record.Private, fill)
	}
	if err != nil {
		return fmt.Errorf("writing the sample: %w", err)
	}
	return nil
}
