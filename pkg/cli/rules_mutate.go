package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"time"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/form"
	"github.com/carelevel/carelevel/pkg/mutate"
	"github.com/spf13/cobra"
)

// mutation is one run of `carelevel rules mutate`.
type mutation struct {
	*globals
	out      output
	pattern  string
	minScore float64
	workers  int
}

func newRulesMutate(g *globals) *cobra.Command {
	m := &mutation{globals: g}
	c := &cobra.Command{
		Use:   "mutate [PACK]",
		Short: "Ask whether a pack's test cases would notice a mistake in its rules",
		Long: `Make every small change of the rules that could be a mistake, one at a time, and
run the pack's own cases on each: a threshold moved by one step, a comparison
reversed, all and any turned into each other, a condition negated, a part or an
option left out or added, a criterion left out or moved to the next level, a
weight, a day or a percentage changed by one. Guarantees and cases are not
changed. No file is written.

A change that no case notices is shown as a difference of the text, with a case
that would notice it: answers as near as can be to one of the pack's profiles,
what the rules give for them, and what the changed rules give. Whether that is
right is for you to say; if it is, paste the case below tests. For what is said
over time, no case is looked for.

Changes that change nothing that anybody is shown, whatever the complete answers
are, do not count, which is found out exactly and not by trying; nor do changes
that 'carelevel rules check' refuses.

Exit code 1 if a change goes unnoticed; with --min-score, if less than so many
percent of the changes are noticed.`,
		Example: `  carelevel rules mutate
  carelevel rules mutate my-rules/ --run '^iop-'
  carelevel rules mutate my-rules/ --min-score 90
  carelevel rules mutate my-rules/ --format json -o mutants.json`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: packWords,
		RunE:              func(_ *cobra.Command, names []string) error { return m.run(m.packArgs(names)[0]) },
	}
	f := c.Flags()
	f.StringVar(&m.pattern, "run", "", "only criteria, notes, services, conditions and scores whose id matches a `REGEXP`")
	f.Float64Var(&m.minScore, "min-score", 100, "be content with `N` percent of the changes noticed")
	f.IntVar(&m.workers, "workers", 0, "try `N` changes at a time (default: as many as there are cores); the result is the same")
	m.out.addTo(c, "text", "json")
	return c
}

func (m *mutation) run(name string) error {
	if err := m.out.resolve(); err != nil {
		return err
	}
	opts, err := m.options()
	if err != nil {
		return err
	}
	r, err := m.try(name, opts)
	if err != nil {
		return err
	}
	if len(r.Mutants) == 0 {
		return &usageError{"there is nothing to change", fmt.Sprintf("--run %s matches no id; 'carelevel rules show' lists them", m.pattern)}
	}
	err = m.out.write(m.globals, func(w io.Writer) error {
		if m.out.format == "json" {
			return r.WriteJSON(w)
		}
		return r.WriteText(w)
	})
	if err == nil && 100*r.Score() < m.minScore {
		return quiet(exitProblems)
	}
	return err
}

func (m *mutation) options() (opts mutate.Options, err error) {
	if m.minScore < 0 || m.minScore > 100 {
		return opts, &usageError{fmt.Sprintf("--min-score: %v is no percentage", m.minScore), "expected 0 to 100"}
	}
	if m.workers < 0 {
		return opts, &usageError{fmt.Sprintf("--workers: %d is no number of workers", m.workers), "expected 1 or more, or 0 for as many as there are cores"}
	}
	if opts.Run, err = regexp.Compile(m.pattern); err != nil {
		return opts, &usageError{fmt.Sprintf("--run: %v", err), "it is a regular expression on ids"}
	}
	opts.Workers = m.workers
	return opts, nil
}

// try makes the mutants of a pack that is sound and whose cases hold.
func (m *mutation) try(name string, opts mutate.Options) (*mutate.Report, error) {
	src := new(diag.Sources)
	if _, ds, err := readPack(name, true, src); err != nil {
		return nil, err
	} else if diag.HasErrors(ds) {
		printDiagnostics(m.io.err, ds, src)
		return nil, &usageError{fmt.Sprintf("the rules in %s have mistakes and are not changed", name), "run 'carelevel rules check' on them until it is silent"}
	}
	fsys, root, called := packFiles(name)
	opts.Name = called
	done := m.progress(&opts)
	r, _, err := mutate.Run(fsys, root, opts)
	done()
	var failing *mutate.FailingError
	switch {
	case errors.As(err, &failing):
		return nil, &usageError{failing.Error(), "run 'carelevel rules test' on them until all of them hold"}
	case errors.Is(err, mutate.ErrNoCases):
		return nil, &usageError{fmt.Sprintf("the rules in %s have no cases", name), "write some below tests: 'carelevel rules test' runs them"}
	}
	return r, err
}

// progress draws how many changes have been tried, on a terminal and nowhere
// else.
func (m *mutation) progress(opts *mutate.Options) (done func()) {
	if !isTerminal(m.io.err) || os.Getenv("TERM") == "dumb" {
		return func() {}
	}
	last := time.Now().Add(barAfter - barEvery)
	bar := form.NewBar(m.io.err)
	opts.Progress = func(done, total int) {
		if now := time.Now(); now.Sub(last) >= barEvery {
			last = now
			bar.Draw(float64(done)/float64(max(1, total)), fmt.Sprintf("%d of %d changes", done, total), widthOf(m.io.err))
		}
	}
	return bar.Clear
}
