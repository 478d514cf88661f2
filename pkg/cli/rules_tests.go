package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"

	"github.com/carelevel/carelevel/pkg/coverage"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/ruletest"
	"github.com/spf13/cobra"
)

// testRun is `carelevel rules test`.
type testRun struct {
	*globals
	out      output
	run      string
	cases    []string // files of cases beside those of the pack
	watch    bool
	coverage bool
	minimum  float64 // of the coverage, in percent; below 0: none is asked for
	suggest  bool

	pattern *regexp.Regexp
}

func newRulesTest(g *globals) *cobra.Command {
	t := &testRun{globals: g}
	c := &cobra.Command{
		Use:   "test [PACK…]",
		Short: "Run the test cases that packs carry, and say what they do not cover",
		Long: `Run the test cases that packs carry, at one time and over time, and print those
that fail with what was expected, what came of it, and what decided.

With --coverage, also say what of the rules no case has tried: each rule and
each part of its condition holding, failing, open for want of answers, and
deciding alone; both sides of every threshold; levels, options, and the verdicts
of reviews. What no answers can do is proved so and not asked for. With
--suggest, print the cases that are missing instead. What should come of them is
for you to say: until you have, they expect nothing and the pack is refused.

Exit code 1 if a case fails or cannot be told, if none was run, or if less is
covered than --min-coverage asks for.`,
		Example: `  carelevel rules test
  carelevel rules test my-rules/ --run 'step.?down' --watch
  carelevel rules test my-rules/ --cases from-the-clinic.yaml
  carelevel rules test my-rules/ --format junit -o results.xml
  carelevel rules test my-rules/ --coverage --min-coverage 95
  carelevel rules test my-rules/ --coverage -o coverage.html
  carelevel rules test my-rules/ --suggest -o my-rules/suggested_test.yaml`,
		ValidArgsFunction: packWords,
		RunE: func(c *cobra.Command, names []string) error {
			if err := t.prepare(c, names); err != nil {
				return err
			}
			if t.watch {
				return t.watching(c.Context(), t.packArgs(names))
			}
			return t.once(t.packArgs(names))
		},
	}
	f := c.Flags()
	f.StringVar(&t.run, "run", "", "only the cases whose name matches a `REGEXP`")
	f.StringArrayVar(&t.cases, "cases", nil, "also the cases in a `FILE` with tests, profiles or courses; may be repeated")
	f.BoolVar(&t.watch, "watch", false, "run again whenever a file of the rules changes, until Ctrl-C")
	f.BoolVar(&t.coverage, "coverage", false, "also say what of the rules no case has tried (text, json, html)")
	f.Float64Var(&t.minimum, "min-coverage", -1, "fail below `N` percent of coverage")
	f.BoolVar(&t.suggest, "suggest", false, "print the missing cases as YAML, to be confirmed by you")
	t.out.addTo(c, "text", "json", "junit", "tap", "html")
	return c
}

// prepare refuses flags that do not go together.
func (t *testRun) prepare(c *cobra.Command, names []string) (err error) {
	format := c.Flags().Changed("format")
	if err := t.out.resolve(); err != nil {
		return err
	}
	if t.pattern, err = regexp.Compile(t.run); err != nil {
		return &usageError{fmt.Sprintf("--run: %v", err), "it is a regular expression on the names of the cases"}
	}
	minimum := c.Flags().Changed("min-coverage")
	switch {
	case minimum && !(t.minimum >= 0 && t.minimum <= 100):
		return &usageError{fmt.Sprintf("--min-coverage: %v is not a share", t.minimum), "expected a number from 0 to 100, in percent"}
	case t.suggest && (t.coverage || minimum || format || t.run != ""):
		return &usageError{"--suggest does not go with --coverage, --min-coverage, --format or --run", "it prints the cases that all others leave to be written, as YAML"}
	case t.suggest && len(names) > 1, len(t.cases) > 0 && len(names) > 1:
		return &usageError{"--suggest and --cases take one pack", "the cases are about the rules of one"}
	case t.out.format == "html" && !t.coverage:
		return &usageError{"the results of cases are not written as html", "add --coverage, or choose text, json, junit or tap"}
	case t.coverage && (t.out.format == "junit" || t.out.format == "tap"):
		return &usageError{fmt.Sprintf("coverage is not written as %s", t.out.format), "choose text, json or html; --min-coverage alone goes with every format"}
	}
	return nil
}

// tested is a pack, what came of its cases, and what they cover.
type tested struct {
	ruletest.Suite
	covered *coverage.Report // nil if nobody asks
}

func (t *testRun) once(names []string) error {
	src := new(diag.Sources)
	var all []tested
	for _, name := range names {
		one, err := t.test(name, src)
		if err != nil {
			return err
		}
		all = append(all, one)
	}
	if t.suggest {
		return t.suggestions(all[0].covered)
	}
	if err := t.out.write(t.globals, func(w io.Writer) error { return t.render(w, all, src) }); err != nil {
		return err
	}
	return t.verdict(all)
}

// test runs the cases of a pack, and those of the files beside it.
func (t *testRun) test(name string, src *diag.Sources) (tested, error) {
	opts := pack.LoadOptions{Tests: true, Sources: src}
	for _, path := range t.cases {
		data, err := os.ReadFile(path)
		if err != nil {
			return tested{}, err
		}
		opts.Cases = append(opts.Cases, pack.CaseFile{Name: filepath.ToSlash(path), Data: data})
	}
	p, ds, err := readPackWith(name, opts)
	if err != nil {
		return tested{}, err
	}
	if diag.HasErrors(ds) {
		printDiagnostics(t.io.err, ds, src)
		return tested{}, &usageError{fmt.Sprintf("the rules in %s have mistakes and are not tested", name), ""}
	}
	e, err := engine.Compile(p)
	if err != nil {
		return tested{}, err
	}
	results, err := ruletest.RunPack(e, ruletest.Options{Run: t.pattern})
	one := tested{Suite: ruletest.Suite{Pack: p, Results: results}}
	if err == nil && (t.coverage || t.minimum >= 0 || t.suggest) {
		one.covered, err = coverage.Run(e, coverageCases(results))
	}
	return one, err
}

func coverageCases(results []ruletest.Result) []coverage.Case {
	var cases []coverage.Case
	for _, r := range results {
		if r.Status != ruletest.Skip {
			cases = append(cases, coverage.Case{Name: r.Name(), Answers: r.Answers(), Reviews: r.Reviews})
		}
	}
	return cases
}

func (t *testRun) render(w io.Writer, all []tested, src *diag.Sources) error {
	var suites []ruletest.Suite
	var reports []*coverage.Report
	for _, one := range all {
		suites = append(suites, one.Suite)
		reports = append(reports, one.covered)
	}
	switch t.out.format {
	case "json":
		if !t.coverage {
			return ruletest.WriteJSON(w, suites)
		}
		e := json.NewEncoder(w)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(struct {
			Tests    any `json:"tests"`
			Coverage any `json:"coverage"`
		}{ruletest.JSON(suites), coverage.JSON(reports)})
	case "junit":
		return ruletest.WriteJUnit(w, suites)
	case "tap":
		return ruletest.WriteTAP(w, suites)
	case "html":
		return coverage.WriteHTML(w, reports, src)
	}
	for i, s := range suites {
		if _, err := ruletest.WriteText(w, s.Pack.ID, s.Results); err != nil {
			return err
		}
		if t.coverage {
			if err := reports[i].WriteText(w); err != nil {
				return err
			}
		}
	}
	return nil
}

// verdict is the exit code, with a word on what the output does not say.
func (t *testRun) verdict(all []tested) error {
	failed := false
	for _, one := range all {
		n := ruletest.Count(one.Results)
		if failed = failed || !n.OK(); !n.OK() && t.out.format == "html" {
			fmt.Fprintf(t.io.err, "%s: %s\n", diag.Clean(one.Pack.ID), n)
		}
		if t.minimum < 0 {
			continue
		}
		if c := one.covered.Count(nil); !c.Reaches(t.minimum) {
			failed = true
			fmt.Fprintf(t.io.err, "%s: %s of what can be covered is, %d of %d; expected at least %v %%\n", diag.Clean(one.Pack.ID), coverage.Percent(c.Percent()), c.Covered, c.Reachable, t.minimum)
		}
	}
	if failed {
		return quiet(exitProblems)
	}
	return nil
}

// suggestions prints the cases that are missing, and on standard error what
// there is no case for.
func (t *testRun) suggestions(r *coverage.Report) error {
	cases, left := r.Suggest()
	for _, o := range left {
		fmt.Fprintf(t.io.err, "no case was found: %s\n", diag.Clean(r.Words(o)))
	}
	return t.out.write(t.globals, func(w io.Writer) error { return r.WriteSuggestions(w, cases) })
}

// watching runs the cases again and again. A pack with a mistake is one that
// somebody is about to mend.
func (t *testRun) watching(ctx context.Context, names []string) error {
	var watched []string
	for _, name := range names {
		if isBuiltin(name) {
			return &usageError{fmt.Sprintf("--watch: the rules %s are in the program and do not change", name), "name a folder or a file"}
		}
		watched = append(watched, name)
	}
	watched = append(watched, t.cases...)
	t.noPager = true
	return watchFiles(ctx, watched, func() error {
		err := t.once(names)
		var found quiet
		if err != nil && !errors.As(err, &found) {
			exitCode(t.io, err) // prints it
		}
		return nil
	})
}
