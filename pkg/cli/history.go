package cli

import (
	"io"
	"os"
	"strings"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/report"
	"github.com/carelevel/carelevel/pkg/review"
	"github.com/spf13/cobra"
)

// historyFlags are one run of `carelevel history`.
type historyFlags struct {
	out        output
	anyVersion bool
	ascii      bool
}

func newHistory(g *globals) *cobra.Command {
	h := &historyFlags{}
	c := &cobra.Command{
		Use:   "history FILE…|FOLDER",
		Short: "Show one person's assessments over time: levels, scores and reasons",
		Long: `Show the assessments of one person over time: a chart of the scores and of the
level of care over true days, and for each assessment what was recommended, where
the person was cared for from then on and why that differs, the scores, which
reasons came and which went, what a review of it came to, and late follow-ups.

The files are those that 'carelevel assess --save' writes, the earliest first; of
a folder the records in it, by their dates. What else lies in a folder is said
and passed over. Assessments of different people, of the same day or out of
order, drafts, and records made with newer rules are refused.

--format html is a page of its own that prints in black and white; csv has one
row for each assessment.

Exit code 0 if it is shown, 2 if the assessments cannot be read or are not one
course.`,
		Example: `  carelevel history records/A-4711/
  carelevel history 2026-01.yaml 2026-02.yaml 2026-03.yaml
  carelevel history records/A-4711/ -o course.html
  carelevel history records/A-4711/ --format csv | column -ts,`,
		Args: func(_ *cobra.Command, words []string) error {
			if len(words) == 0 {
				return &usageError{"history takes the files of assessments, or a folder of them", "write one: carelevel assess --save FILE"}
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"yaml", "yml", "json"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(_ *cobra.Command, paths []string) error { return h.run(g, paths) },
	}
	h.out.addTo(c, "text", "html", "markdown", "csv", "json")
	c.Flags().BoolVar(&h.anyVersion, "any-version", false, "also take records made with newer rules or another major version, and warn")
	c.Flags().BoolVar(&h.ascii, "ascii", false, "draw the chart in ASCII (default on a terminal that has no other signs)")
	return c
}

func (h *historyFlags) run(g *globals, paths []string) error {
	if err := h.out.resolve(); err != nil {
		return err
	}
	e, p, err := g.useEngine()
	if err != nil {
		return err
	}
	entries, err := g.readEntries(p, paths)
	if err != nil {
		return err
	}
	if err := refuseInput(h.out.path, entries); err != nil {
		return err
	}
	course, err := g.newCourse(e, entries, h.anyVersion)
	if err != nil {
		return err
	}
	return h.out.write(g, func(w io.Writer) error { return h.write(g, w, course) })
}

func (h *historyFlags) write(g *globals, w io.Writer, c *review.Course) error {
	switch h.out.format {
	case "html":
		return report.HistoryHTML(w, c)
	case "markdown":
		return report.HistoryMarkdown(w, c)
	case "json":
		return report.HistoryJSON(w, c)
	case "csv":
		return writeRows(w, report.HistoryTable(c))
	}
	ascii := h.ascii || isTerminal(g.io.out) && (h.out.path == "" || h.out.path == "-") && asciiOnly()
	return report.HistoryText(w, c, report.HistoryOptions{TextOptions: g.textOptions(&h.out), ASCII: ascii})
}

// writeRows writes a table as CSV whose cells no spreadsheet runs.
func writeRows(w io.Writer, rows [][]string) error {
	for _, row := range rows {
		if err := batch.WriteRow(w, row...); err != nil {
			return err
		}
	}
	return nil
}

// asciiOnly reports whether the terminal says of itself that it shows nothing
// but ASCII: it is dumb, or the locale names a character set that is not UTF-8.
// A locale that says nothing is no reason.
func asciiOnly() bool {
	if os.Getenv("TERM") == "dumb" {
		return true
	}
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} {
		if locale := strings.ToLower(os.Getenv(name)); locale != "" {
			return !strings.Contains(locale, "utf-8") && !strings.Contains(locale, "utf8")
		}
	}
	return false
}
