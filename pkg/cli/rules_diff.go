package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/compare"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/record"
	"github.com/spf13/cobra"
)

// rulesDiff is one run of `carelevel rules diff`.
type rulesDiff struct {
	*globals
	out     output
	on      string
	limit   int
	witness string
	packs   [2]*pack.Pack
}

func newRulesDiff(g *globals) *cobra.Command {
	d := &rulesDiff{globals: g}
	c := &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Compare two packs over all combinations of answers",
		Long: `Compare two packs over all combinations of answers: exactly how many change
level, from which to which, by which criteria, with a smallest example of each;
and what else was added, taken away or worded otherwise. Moves to a lower level
come first. What only one of the packs asks or takes is said, and never matched
by guessing.

With --on, the same for real assessments: a file of JSON Lines with one
assessment a line, {"id": "…", "answers": {…}} or the answers alone; - for that
on standard input; an answers file (.yaml, .yml or .json); or a folder of them.
An answer that one of the packs cannot take counts as missing there.

Exit code 0 if nothing differs that decides (with --on: if no assessment is
decided otherwise), 1 if something does, or if an assessment cannot be read, and
2 if a pack cannot be read or has too many combinations to compare.`,
		Example: `  carelevel rules diff mental-health my-rules/
  carelevel rules diff before.yaml after.yaml --format markdown
  carelevel rules diff before.yaml after.yaml --witness examples/
  carelevel rules diff mental-health my-rules/ --on assessments.jsonl`,
		Args: func(_ *cobra.Command, names []string) error {
			if len(names) != 2 {
				return &usageError{fmt.Sprintf("rules diff compares two packs, and got %d", len(names)), "name the old and the new one: carelevel rules diff mental-health my-rules/"}
			}
			return nil
		},
		ValidArgsFunction: packWords,
		RunE:              func(_ *cobra.Command, names []string) error { return d.run(names) },
	}
	f := c.Flags()
	f.StringVar(&d.on, "on", "", "also decide on the assessments in `FILE` (or a folder, or - for standard input) with both")
	f.IntVar(&d.limit, "limit", 20, "list at most `N` of the assessments that change, in text and Markdown; -1 for all")
	f.StringVar(&d.witness, "witness", "", "write every example as two answers files, one for each pack, into the folder `DIR`")
	d.out.addTo(c, "text", "markdown", "json")
	return c
}

func (d *rulesDiff) run(names []string) error {
	if err := d.out.resolve(); err != nil {
		return err
	}
	for i, name := range names {
		p, err := d.soundPack(name)
		if err != nil {
			return err
		}
		d.packs[i] = p
	}
	diff, tooLarge := compare.Packs(d.packs[compare.Old], d.packs[compare.New], compare.Options{})
	if tooLarge != nil && !errors.Is(tooLarge, compare.ErrTooLarge) {
		return tooLarge
	}
	report := compare.Report{Difference: diff, Limit: d.limit, Width: d.textOptions(&d.out).Width}
	if d.on != "" {
		rows, err := d.decideRows()
		if err != nil {
			return err
		}
		report.Rows, report.RowsName = rows, inputName(d.on)
	}
	if err := d.writeWitnesses(diff); err != nil {
		return err
	}
	if err := d.out.write(d.globals, func(w io.Writer) error { return d.render(w, report) }); err != nil {
		return err
	}
	return d.conclude(report, tooLarge)
}

// soundPack reads a pack and insists that it has no mistake in it.
func (d *rulesDiff) soundPack(name string) (*pack.Pack, error) {
	chosen := *d.globals
	chosen.rules = name
	return chosen.usePack()
}

func (d *rulesDiff) render(w io.Writer, r compare.Report) error {
	switch d.out.format {
	case "json":
		return compare.JSON(w, r)
	case "markdown":
		return compare.Markdown(w, r)
	}
	return compare.Text(w, r)
}

// conclude says by the exit code whether there is a difference.
func (d *rulesDiff) conclude(r compare.Report, tooLarge error) error {
	switch {
	case r.Rows != nil && (r.Rows.Decides() || r.Rows.Bad > 0):
		return quiet(exitProblems)
	case r.Rows != nil:
		return nil
	case tooLarge != nil:
		return &usageError{tooLarge.Error(), "an exact comparison is not possible; with --on FILE real assessments can be compared"}
	case r.Difference.Decides():
		return quiet(exitProblems)
	}
	return nil
}

func inputName(path string) string {
	if path == "-" {
		return "standard input"
	}
	return path
}

// decideRows decides on the assessments that --on names, and prints what could
// not be read.
func (d *rulesDiff) decideRows() (*compare.Rows, error) {
	reader := compare.NewReader(d.packs[compare.Old], d.packs[compare.New])
	rows, err := compare.On(d.packs[compare.Old], d.packs[compare.New], d.assessments(reader))
	if err != nil {
		return nil, err
	}
	printDiagnostics(d.io.err, rows.Problems, nil)
	if rows.Decided+rows.Bad == 0 {
		return nil, &usageError{fmt.Sprintf("--on: there is no assessment in %s", inputName(d.on)), "expected JSON Lines, an answers file, or a folder of them"}
	}
	return rows, nil
}

// assessments yields what is in the file, the folder or the standard input that
// --on names.
func (d *rulesDiff) assessments(reader *compare.Reader) func(func(compare.Row, error) bool) {
	return func(yield func(compare.Row, error) bool) {
		if d.on == "-" {
			reader.Lines(inputName(d.on), d.io.in)(yield)
			return
		}
		files, err := assessmentFiles(d.on)
		if err != nil {
			yield(compare.Row{}, fmt.Errorf("reading the assessments: %w", err))
			return
		}
		for _, path := range files {
			if !readAssessments(reader, path, yield) {
				return
			}
		}
	}
}

// assessmentFiles is the file itself, or the files of a folder that hold
// assessments by their names, in the order of their paths.
func assessmentFiles(path string) ([]string, error) {
	info, err := os.Stat(path)
	if err != nil || !info.IsDir() {
		return []string{path}, err
	}
	var files []string
	err = filepath.WalkDir(path, func(at string, e os.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case at != path && strings.HasPrefix(e.Name(), "."):
			if e.IsDir() {
				return filepath.SkipDir
			}
		case !e.IsDir() && (isSingle(at) || isLines(at)):
			files = append(files, at)
		}
		return nil
	})
	return files, err
}

// isSingle tells a file with one assessment by its name.
func isSingle(path string) bool { return hasExtension(path, ".yaml", ".yml", ".json") }

func isLines(path string) bool { return hasExtension(path, ".jsonl", ".ndjson") }

func hasExtension(path string, extensions ...string) bool {
	return slices.Contains(extensions, strings.ToLower(filepath.Ext(path)))
}

// maxAssessment bounds what is read of one answers file before its reader, who
// allows less, refuses it.
const maxAssessment = 4 << 20

// readAssessments yields the assessments of one file. It is false when no more
// are wanted.
func readAssessments(reader *compare.Reader, path string, yield func(compare.Row, error) bool) bool {
	f, err := os.Open(path)
	if err != nil {
		yield(compare.Row{}, fmt.Errorf("reading the assessments: %w", err))
		return false
	}
	defer f.Close()
	if isSingle(path) {
		data, err := io.ReadAll(io.LimitReader(f, maxAssessment))
		if err != nil {
			yield(compare.Row{}, fmt.Errorf("reading the assessments: %w", err))
			return false
		}
		return yield(reader.One(filepath.ToSlash(path), data), nil)
	}
	more := true
	reader.Lines(filepath.ToSlash(path), f)(func(row compare.Row, err error) bool {
		more = yield(row, err) && err == nil
		return more
	})
	return more
}

// writeWitnesses writes the examples as answers files, which
// `carelevel assess --answers` replays.
func (d *rulesDiff) writeWitnesses(diff *compare.Difference) error {
	if d.witness == "" || diff.Moves == nil {
		return nil
	}
	if err := os.MkdirAll(d.witness, 0o700); err != nil {
		return fmt.Errorf("writing the examples: %w", err)
	}
	for i := range diff.Moves.Moves {
		m := &diff.Moves.Moves[i]
		name := m.From.ID + "-to-" + m.To.ID
		for s, p := range d.packs {
			sheet := pack.Sheet{ID: name, Answers: m.Example.Answers[s],
				Notes: fmt.Sprintf("No person: the smallest example of a combination of answers that moves from %s to %s.", m.From.ID, m.To.ID)}
			path := filepath.Join(d.witness, fmt.Sprintf("%s.%v.yaml", name, compare.Side(s)))
			if err := record.Write(path, p, sheet); err != nil {
				return fmt.Errorf("writing the examples: %w", err)
			}
		}
	}
	fmt.Fprintf(d.io.err, "%d moves, two files each, are in %s: carelevel assess --rules PACK --answers FILE\n", len(diff.Moves.Moves), diag.Clean(d.witness))
	return nil
}
