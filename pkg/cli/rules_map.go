package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"github.com/carelevel/carelevel/pkg/atlas"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/spf13/cobra"
)

// mapCommand is `rules map` with its flags.
type mapCommand struct {
	g      *globals
	out    output
	levels []string
	rows   int
	table  string // to be checked
}

func newRulesMap(g *globals) *cobra.Command {
	m := &mapCommand{g: g}
	c := &cobra.Command{
		Use:   "map [PACK]",
		Short: "Print all of a pack's behaviour as one table, or check such a table",
		Long: `Print all of a pack's behaviour as a table of few rows, each a condition and the
level that it leads to. Every combination of complete answers is in exactly one
row, so that another implementation of the same rules can be tested against it.
With --check, the other way round: hold such a table, whoever made it, against
the pack, and say where they differ, in how many combinations, and for example
with which answers. Exit code 1 if they differ, 2 if the table can't be read.

The columns are the questions on which the level depends; an instrument's total
and a score have one each; of a multiple choice, a column names options, and
says whether at least one of them is selected. A cell is empty for any answer,
else the answers that are meant, joined by |: yes or no, the ids of options, or
numbers and ranges such as 0..4|9.. with both ends included. The column level
is the result; combinations says how many there are in a row, of all ways to
answer all questions, and share which part of all that is. A check reads CSV,
also with tabs or semicolons, and JSON; it needs only the column level.`,
		Example: `  carelevel rules map medicare-iop
  carelevel rules map my-rules/ --format json -o map.json
  carelevel rules map my-rules/ --level iop --format markdown
  carelevel rules map my-rules/ --check theirs.csv
  our-system export | carelevel rules map my-rules/ --check - --format json`,
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: packWords,
		RunE:              func(c *cobra.Command, names []string) error { return m.run(names) },
	}
	m.out.addTo(c, "csv", "markdown", "json", "text")
	c.Flags().Lookup("format").Usage = "`FORMAT`: csv, markdown or json, with --check text or json (default: by the extension of -o, else the first)"
	c.Flags().StringArrayVar(&m.levels, "level", nil, "only rows that lead to this `LEVEL`; can be given several times")
	c.Flags().IntVar(&m.rows, "max-rows", atlas.DefaultMaxRows, "refuse to print a table of more than `N` rows")
	c.Flags().StringVar(&m.table, "check", "", "hold the table in `FILE`, or - for standard input, against the pack")
	completeLevels(g, c)
	return c
}

// completeLevels offers the levels of the pack for the flag level.
func completeLevels(g *globals, c *cobra.Command) {
	err := c.RegisterFlagCompletionFunc("level", func(_ *cobra.Command, names []string, _ string) ([]string, cobra.ShellCompDirective) {
		chosen := *g
		chosen.rules = g.packArgs(names)[0]
		return chosen.levelWords(nil), cobra.ShellCompDirectiveNoFileComp
	})
	if err != nil {
		panic(err) // a misspelt flag name, which every run would show
	}
}

func (m *mapCommand) run(names []string) error {
	m.out.formats = []string{"csv", "markdown", "json"}
	if m.table != "" {
		m.out.formats = []string{"text", "json"}
	} else if m.out.format == "" && strings.EqualFold(filepath.Ext(m.out.path), ".csv") {
		m.out.format = "csv"
	}
	if err := m.out.resolve(); err != nil {
		return err
	}
	if m.rows < 1 {
		return &usageError{fmt.Sprintf("--max-rows: %d is no number of rows", m.rows), "give 1 or more"}
	}
	p, levels, err := m.g.packAndLevels(names, m.levels)
	if err != nil {
		return err
	}
	if m.table != "" {
		return m.check(p, levels)
	}
	t, err := atlas.Map(p, atlas.Options{Levels: levels, MaxRows: m.rows})
	if err != nil {
		return tooLarge(p, err)
	}
	return m.out.write(m.g, func(w io.Writer) error {
		switch m.out.format {
		case "json":
			return atlas.WriteJSON(w, t)
		case "markdown":
			return atlas.WriteMarkdown(w, t)
		}
		return atlas.WriteCSV(w, t)
	})
}

// packAndLevels reads the pack that is named on the line, else the one that
// --rules names, and finds the levels with these ids; none is nil.
func (g *globals) packAndLevels(names, ids []string) (*pack.Pack, []*pack.Level, error) {
	chosen := *g
	chosen.rules = g.packArgs(names)[0]
	p, err := chosen.usePack()
	if err != nil || len(ids) == 0 {
		return p, nil, err
	}
	levels, err := pickLevels(p, ids)
	return p, levels, err
}

// tooLarge says what can be done about a pack of which there is no table.
func tooLarge(p *pack.Pack, err error) error {
	switch {
	case errors.Is(err, atlas.ErrTooManyRows):
		return &usageError{err.Error(), "ask for the rows of one level with --level, or allow more with --max-rows; a part of the table would not be one"}
	case errors.Is(err, atlas.ErrTooLarge):
		return &usageError{fmt.Sprintf("not decided for %s: %v", p.ID, err), "the rules tell more combinations apart than can be worked through"}
	}
	return err
}

// check holds a table against the pack.
func (m *mapCommand) check(p *pack.Pack, levels []*pack.Level) error {
	name, data, err := m.readTable()
	if err != nil {
		return err
	}
	src := new(diag.Sources)
	t, ds := atlas.Read(p, name, data, src)
	if len(ds) > 0 {
		printDiagnostics(m.g.io.err, ds, src)
		return &usageError{fmt.Sprintf("the table in %s has mistakes and is not checked", name), "its columns are questions, items and scores of the rules, and level"}
	}
	found, err := atlas.Check(t, atlas.CheckOptions{Levels: levels})
	if err != nil {
		return tooLarge(p, err)
	}
	err = m.out.write(m.g, func(w io.Writer) error {
		if m.out.format == "json" {
			return atlas.WriteFindingsJSON(w, found)
		}
		return atlas.WriteFindings(w, name, found)
	})
	if err == nil && !found.Agrees() {
		return quiet(exitProblems)
	}
	return err
}

// maxTable bounds a table that is read; the largest that map prints of its own
// accord has 100,000 rows.
const maxTable = 64 << 20

// readTable reads the file that --check names.
func (m *mapCommand) readTable() (name string, data []byte, err error) {
	name, in := "standard input", m.g.io.in
	if m.table != "-" {
		f, err := os.Open(m.table)
		if err != nil {
			return "", nil, err
		}
		defer f.Close()
		name, in = filepath.ToSlash(m.table), f
	}
	data, err = io.ReadAll(io.LimitReader(in, maxTable+1))
	if err == nil && len(data) > maxTable {
		err = fmt.Errorf("%s: more than 64 MiB, which is no table of the rules", name)
	}
	return name, data, err
}
