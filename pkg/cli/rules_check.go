package cli

import (
	"fmt"
	"io"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/form"
	"github.com/carelevel/carelevel/pkg/lint"
	"github.com/spf13/cobra"
)

// checking is one run of `carelevel rules check`.
type checking struct {
	*globals
	out     output
	strict  bool
	explain bool
	fix     bool
	dryRun  bool
	yes     bool

	src  *diag.Sources
	all  []diag.Diagnostic
	diff string      // of what --fix did
	ask  *form.Plain // about near misses
}

func newRulesCheck(g *globals) *cobra.Command {
	k := &checking{globals: g}
	c := &cobra.Command{
		Use:   "check [PACK…]",
		Short: "Check packs for mistakes, and for what should not stay as it is",
		Long: `Check packs for mistakes and print every one, with its place, what was expected
and what may have been meant; and warn of what can be read and should not stay:
what nothing uses, what is said twice, thresholds without a source, safety
questions that can stay unasked, texts that do not read well. Prints nothing on
standard output if there is none. A warning that is to stay is named in the pack,
with the reason:

  allow:
    - code: question-unused
      at: housing
      because: For the statistics of the county.

--explain prints the page of each code on the line: what is wrong, why, and an
example before and after; without a code, the list of all.

--fix mends the files: it puts the keys of the language in order and takes away
quotes without need, which changes nothing in what the rules say; and words that
are near misses of others it replaces if you say so, one by one at a terminal or
all of them with --yes. Comments and the rest of the layout stay ('rules fmt'
does those). It prints what it did as a diff; with --dry-run it does no more.

Exit code 1 if a pack has an error, and with --strict if there is a warning.`,
		Example: `  carelevel rules check my-rules/
  carelevel rules check my-rules/ --strict --format github
  carelevel rules check my-rules/ --format junit -o check.xml
  carelevel rules check --explain question-unused
  carelevel rules check my-rules/ --fix --dry-run`,
		ValidArgsFunction: func(c *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
			if k.explain {
				return codeWords(), cobra.ShellCompDirectiveNoFileComp
			}
			return packWords(c, args, typed)
		},
		RunE: func(c *cobra.Command, names []string) error { return k.run(c, names) },
	}
	c.Flags().BoolVar(&k.strict, "strict", false, "exit code 1 for warnings, too")
	c.Flags().BoolVar(&k.explain, "explain", false, "print the pages of the codes on the line, or the list of all codes")
	c.Flags().BoolVar(&k.fix, "fix", false, "mend the files where that is safe")
	c.Flags().BoolVar(&k.dryRun, "dry-run", false, "with --fix: print what would change and change nothing")
	c.Flags().BoolVar(&k.yes, "yes", false, "with --fix: replace near misses without asking")
	c.MarkFlagsMutuallyExclusive("explain", "fix")
	k.out.addTo(c, "text", "json", "sarif", "github", "junit")
	return c
}

func codeWords() []string {
	var words []string
	for _, p := range lint.Codes() {
		words = append(words, p.Code+"\t"+p.Title)
	}
	return words
}

func (k *checking) run(c *cobra.Command, names []string) error {
	if err := k.out.resolve(); err != nil {
		return err
	}
	if k.explain {
		return k.explainCodes(names)
	}
	if (k.dryRun || k.yes) && !k.fix {
		return &usageError{"--dry-run and --yes go with --fix", "add --fix, or leave them out"}
	}
	names = k.packArgs(names)
	if k.fix {
		if err := k.mend(c.Context(), names); err != nil {
			return err
		}
	}
	if err := k.check(names); err != nil {
		return err
	}
	if err := k.out.write(k.globals, k.render); err != nil {
		return err
	}
	if diag.HasErrors(k.all) || k.strict && len(k.all) > 0 {
		return quiet(exitProblems)
	}
	return nil
}

// check collects what is wrong with every pack, says what could not be checked,
// and to a person which ones are sound.
func (k *checking) check(names []string) error {
	k.src = new(diag.Sources)
	for _, name := range names {
		p, ds, err := readPack(name, true, k.src)
		if err != nil {
			return err
		}
		r := lint.Check(p, ds, lint.Options{})
		k.all = append(k.all, r.Diagnostics...)
		k.tellSkipped(name, ds, r)
		if diag.HasErrors(ds) || !isTerminal(k.io.err) {
			continue
		}
		note := ""
		if r.Allowed > 0 {
			note = fmt.Sprintf(" (%s allowed by it)", countOf(int64(r.Allowed), "warning"))
		}
		fmt.Fprintf(k.io.err, "%s: %s %s is sound%s\n", diag.Clean(name), p.ID, p.Version, note)
	}
	return nil
}

// tellSkipped says what was not checked though the pack has no mistakes, which
// would say it already.
func (k *checking) tellSkipped(name string, ds []diag.Diagnostic, r lint.Result) {
	if diag.HasErrors(ds) {
		return
	}
	for _, why := range r.Skipped {
		fmt.Fprintf(k.io.err, "%s: %s\n", diag.Clean(name), diag.Clean(why))
	}
}

func (k *checking) render(w io.Writer) error {
	switch k.out.format {
	case "json":
		return diag.WriteJSON(w, k.all)
	case "sarif":
		titles := make(map[string]string)
		for _, p := range lint.Codes() {
			titles[p.Code] = p.Title
		}
		return writeSARIF(w, k.all, titles)
	case "github":
		return diag.WriteGitHub(w, k.all)
	case "junit":
		return diag.WriteJUnit(w, k.src.Names(), k.all, k.strict)
	}
	if _, err := io.WriteString(w, k.diff); err != nil {
		return err
	}
	printDiagnostics(w, k.all, k.src)
	return nil
}

// explainCodes prints the pages of codes, or the list of them.
func (k *checking) explainCodes(codes []string) error {
	if k.out.format != "text" {
		return &usageError{"--explain prints text only", "leave --format out"}
	}
	var chosen []*lint.Page
	for _, code := range codes {
		p := lint.Explain(code)
		if p == nil && code == "list" && len(codes) == 1 {
			break
		}
		if p == nil {
			var names []string
			for _, p := range lint.Codes() {
				names = append(names, p.Code)
			}
			return unknownWord("code", code, names, "'carelevel rules check --explain' lists all of them")
		}
		chosen = append(chosen, p)
	}
	return k.out.write(k.globals, func(w io.Writer) error {
		if len(chosen) == 0 {
			return lint.WriteList(w)
		}
		return lint.WritePages(w, chosen)
	})
}
