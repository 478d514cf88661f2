package cli

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/lint"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/spf13/cobra"
)

// formatting is one run of `carelevel rules fmt`.
type formatting struct {
	*globals
	check bool
	diff  bool
}

func newRulesFmt(g *globals) *cobra.Command {
	f := &formatting{globals: g}
	c := &cobra.Command{
		Use:   "fmt [PACK|FILE…]",
		Short: "Lay out the files of a pack",
		Long: `Lay out the files of packs: the keys of the rule language in the order of the
rules that the program carries, two spaces a step, quotes only where they are
needed, no spaces at the ends of lines. Comments, blank lines, brackets and line
breaks stay, and so does the order of everything that is not a key of the
language. What the rules say does not change: a file for which that cannot be
checked stays as it is. Files are replaced in one step, and their names are
printed. "-" reads standard input and writes standard output.

Exit code 2 if a file is no sound YAML; the others are laid out. With --check,
1 if a file is not laid out.`,
		Example: `  carelevel rules fmt my-rules/
  carelevel rules fmt my-rules/levels/iop.yaml --diff
  carelevel rules fmt my-rules/ --check
  carelevel rules fmt - < draft.yaml`,
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"yaml", "yml"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(_ *cobra.Command, names []string) error { return f.run(names) },
	}
	c.Flags().BoolVar(&f.check, "check", false, "print the names of files that are not laid out and change none")
	c.Flags().BoolVarP(&f.diff, "diff", "d", false, "print what would change and change nothing")
	return c
}

func (f *formatting) run(names []string) error {
	if len(names) == 1 && names[0] == "-" {
		return f.stdin()
	}
	unsound, different := false, false
	for _, name := range f.packArgs(names) {
		files, _, err := ownFiles(name)
		if err != nil {
			return err
		}
		for _, file := range files {
			changed, sound, err := f.file(file)
			if err != nil {
				return err
			}
			different, unsound = different || changed, unsound || !sound
		}
	}
	switch {
	case unsound:
		return quiet(exitUsage)
	case different && f.check:
		return quiet(exitProblems)
	}
	return nil
}

// file lays out one file, or says what it would do.
func (f *formatting) file(file ruleFile) (changed, sound bool, err error) {
	after, ds := pack.Layout(file.name, file.data, pack.LayoutOptions{Indent: true})
	if diag.HasErrors(ds) {
		f.complain(file, ds)
		return false, false, nil
	}
	if string(after) == string(file.data) {
		return false, true, nil
	}
	if f.diff {
		_, err = io.WriteString(f.io.out, lint.Diff(diag.Clean(file.name), file.data, after))
		return true, true, err
	}
	if !f.check {
		if err := (change{file, after}).write(); err != nil {
			return true, true, err
		}
	}
	_, err = fmt.Fprintln(f.io.out, diag.Clean(filepath.ToSlash(file.name)))
	return true, true, err
}

func (f *formatting) complain(file ruleFile, ds []diag.Diagnostic) {
	src := new(diag.Sources)
	src.Add(file.name, file.data)
	printDiagnostics(f.io.err, ds, src)
}

// stdin lays out what comes in.
func (f *formatting) stdin() error {
	data, err := io.ReadAll(f.io.in)
	if err != nil {
		return err
	}
	const name = "standard input"
	after, ds := pack.Layout(name, data, pack.LayoutOptions{Indent: true})
	same := string(after) == string(data)
	switch {
	case diag.HasErrors(ds):
		f.complain(ruleFile{name: name, data: data}, ds)
		return quiet(exitUsage)
	case f.check && !same:
		return quiet(exitProblems)
	case f.check:
		return nil
	case f.diff:
		after = []byte(lint.Diff(name, data, after))
	}
	_, err = f.io.out.Write(after)
	return err
}
