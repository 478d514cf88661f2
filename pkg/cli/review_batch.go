package cli

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// withBatch gives review the flag --batch, which makes something else of it:
// a file of many persons, one result each, as carelevel batch has one a record.
func (r *reviewing) withBatch(c *cobra.Command) {
	b := &batchRun{globals: r.globals, decide: batch.Review}
	interview := flagNames(c)
	b.addReviewFlags(c)
	c.Long += reviewBatchLong
	c.Example += reviewBatchExample
	args, run := c.Args, c.RunE
	c.Args = func(c *cobra.Command, words []string) error {
		switch {
		case !c.Flags().Changed("batch"):
			return args(c, words)
		case len(words) > 0:
			return &usageError{"--batch takes all assessments from its file, and " + words[0] + " is beside it", "leave it out, or leave out --batch"}
		}
		return nil
	}
	c.RunE = func(c *cobra.Command, words []string) error {
		if err := r.refuseMixed(c, interview); err != nil {
			return err
		}
		if !c.Flags().Changed("batch") {
			return run(c, words)
		}
		if err := r.toBatch(b); err != nil {
			return err
		}
		return b.run(c.Context())
	}
}

const reviewBatchLong = `

--batch FILE reviews many persons at once: CSV, TSV or JSON Lines, an assessment
a record, - for standard input; gzip and zstd are read. The columns are those of
'carelevel batch', with an id for each person, a date for each assessment and,
if you like, placed: the level at which the person was cared for from then on.
Where it is empty, that is taken to be what the answers recommend.

The result has one row a person: the last assessment held against the earlier
ones. outstanding are the step-down criteria that are not ready, and
outstanding_unknown those of them for which answers are missing. Of each
instrument there are the totals (phq9_first, phq9_before, phq9_now), whether
they moved reliably (phq9_since_first, phq9_since_before: better, worse or no),
and phq9_marks: response, remission, and behind, an early non-response. fell_due
is what fell due since the assessment before; nothing says whether it was done.

A record in error puts its person in error, for no review is made from a part of
what there is. The records of a person stand together, the earliest first,
persons by their ids, as text or as whole numbers; a file that is not sorted so
is refused, or sorted in memory with --sort (some 150 bytes a record). Exit code
1 if a person is in error, 2 if the file cannot be used.`

const reviewBatchExample = `
  carelevel review --batch clinic.csv -o reviews.csv --errors mistakes.csv
  carelevel review --batch export.csv.gz --sort --id-column patient --date-column visit --placed-column program
  some-program | carelevel review --batch - --input-format jsonl --format csv`

func (b *batchRun) addReviewFlags(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&b.input, "batch", "", "review many persons: the assessments in `FILE`, one result a person; --format is then "+joinOr(batchFormats))
	f.BoolVar(&b.opts.Sort, "sort", false, "with --batch: sort the records by person and date first, in memory")
	f.StringVar(&b.opts.DateColumn, "date-column", "", "the `COLUMN` with the dates of the assessments (default: date)")
	f.StringVar(&b.opts.PlacedColumn, "placed-column", "", "the `COLUMN` with the levels at which the persons were cared for from then on (default: placed, if it is there)")
	f.StringVar(&b.summary, "summary", "", "write the summary to `FILE`, as .json")
	b.addSharedFlags(c, "person")
	if err := c.MarkFlagFilename("batch", "csv", "tsv", "jsonl", "ndjson", "gz", "zst"); err != nil {
		panic(err)
	}
	for _, name := range []string{"date-column", "placed-column"} {
		err := c.RegisterFlagCompletionFunc(name, func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return b.columnsOf(b.inputs(nil)), cobra.ShellCompDirectiveNoFileComp
		})
		if err != nil {
			panic(err)
		}
	}
}

// sharedFlags mean something to a single review and to one of a file.
var sharedFlags = map[string]bool{"output": true, "format": true, "any-version": true, "at": true}

func flagNames(c *cobra.Command) map[string]bool {
	names := map[string]bool{}
	c.Flags().VisitAll(func(f *pflag.Flag) { names[f.Name] = true })
	return names
}

// refuseMixed refuses flags of the interview with a file of many persons, and
// those of such a file without one.
func (r *reviewing) refuseMixed(c *cobra.Command, interview map[string]bool) (err error) {
	many := c.Flags().Changed("batch")
	c.Flags().Visit(func(f *pflag.Flag) {
		own := c.LocalNonPersistentFlags().Lookup(f.Name) != nil
		switch {
		case err != nil || !own || sharedFlags[f.Name]:
		case many && interview[f.Name]:
			err = &usageError{"--" + f.Name + " is about one person, and --batch reviews many", "leave one of them out"}
		case !many && !interview[f.Name]:
			err = &usageError{"--" + f.Name + " goes with --batch", "name the file with --batch FILE, or leave it out"}
		}
	})
	return err
}

// toBatch hands over the flags that mean something to both.
func (r *reviewing) toBatch(b *batchRun) error {
	b.output, b.format, b.opts.AnyVersion = r.out.path, r.out.format, r.anyVersion
	if b.format != "" {
		if err := oneOf("--format with --batch", b.format, batchFormats); err != nil {
			return err
		}
	}
	if b.input == "" {
		return &usageError{"--batch names no file", "name one, or - for standard input"}
	}
	if ext := strings.ToLower(filepath.Ext(b.summary)); b.summary != "" && ext != ".json" {
		return &usageError{fmt.Sprintf("--summary: the extension of %s says no format", b.summary), "expected .json"}
	}
	if r.at == "" {
		return nil
	}
	if err := r.useRules(); err != nil {
		return err
	}
	if err := r.checkAt(); err != nil {
		return err
	}
	b.opts.At = r.present.ID
	return nil
}
