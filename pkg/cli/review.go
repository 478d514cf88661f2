package cli

import (
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/interview"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/report"
	"github.com/carelevel/carelevel/pkg/review"
	"github.com/spf13/cobra"
)

// reviewing is one run of `carelevel review`.
type reviewing struct {
	sitting
	out output

	previous   []string // files and folders
	at         string   // a level's id; empty: as the last earlier assessment says
	anyVersion bool

	earlier []review.Entry
	present *pack.Level // that --at names; may be nil
	name    string      // of the new assessment, in messages
}

func newReview(g *globals) *cobra.Command {
	r := &reviewing{sitting: sitting{globals: g}}
	r.begin, r.conclude = r.beginReview, r.report
	c := &cobra.Command{
		Use:   "review PREVIOUS…",
		Short: "Assess the same person again: step up, continue, or step down",
		Long: `Assess the same person again and say what follows: step up, continue, step down,
or stay, with what readiness for less still lacks; what has changed, and when to
look again.

PREVIOUS are the earlier assessments, as 'carelevel assess --save' wrote them
and 'carelevel place' completed them: files, the earliest first, or a folder
of them. They have to be of one person (the same id) and of different days.

At a terminal it is an interview that shows what was answered last time. The
key = confirms that; nothing is taken over by itself. What has to be asked anew
(safety, questionnaires, what the rules mark) is answered afresh. With --answers
or --set there is no interview.

The person is taken to be where the last earlier assessment says: at the level
that was placed, else the one that was recommended. --at says it where that is
not known, or not so any more.

Exit code 0 with a verdict, 3 if more answers are needed for one, 2 if the input
cannot be used, 130 if you left the interview.`,
		Example: `  carelevel review january.yaml february.yaml
  carelevel review records/ --save records/march.yaml
  carelevel review february.yaml --answers march.yaml
  carelevel review records/ --answers march.yaml --format markdown
  carelevel review records/ --answers march.yaml --at php -o review.html
  some-program | carelevel review records/ --answers - --format json`,
		Args: func(_ *cobra.Command, words []string) error {
			if len(words) == 0 {
				return &usageError{"review needs the earlier assessments of the person: files, or a folder", "the first assessment is made with: carelevel assess --save FILE"}
			}
			return nil
		},
		RunE: func(c *cobra.Command, words []string) error {
			r.previous = words
			return r.run(c)
		},
	}
	r.sitting.addTo(c, g)
	c.Flags().StringVar(&r.at, "at", "", "the `LEVEL` at which the person is cared for now")
	c.Flags().BoolVar(&r.anyVersion, "any-version", false, "take assessments that were made with newer rules or another major version, and warn")
	r.out.addTo(c, "text", "markdown", "html", "json")
	completeLevel(c, g, "at")
	r.withBatch(c)
	return c
}

func (r *reviewing) run(c *cobra.Command) error {
	for _, check := range []func() error{r.out.resolve, r.checkFlags, r.checkInput, r.useRules, r.checkAt, r.readEarlier} {
		if err := check(); err != nil {
			return err
		}
	}
	r.command = r.again()
	return r.hold(c)
}

// checkInput makes sure that standard input is for one thing only.
func (r *reviewing) checkInput() error {
	takers := 0
	for _, path := range append(slices.Clone(r.previous), r.answers) {
		if path == "-" {
			takers++
		}
	}
	switch {
	case takers > 1:
		return &usageError{"standard input can be one assessment only, and - is given " + fmt.Sprintf("%d times", takers), "put the others into files"}
	case takers == 1 && !r.withoutInterview():
		return &usageError{"standard input cannot be an earlier assessment and answer the interview, too", "put it into a file, or give the new answers with --answers FILE"}
	}
	return nil
}

func (r *reviewing) checkAt() error {
	if r.at == "" {
		return nil
	}
	levels, err := pickLevels(r.pack, []string{r.at})
	if err != nil {
		return fmt.Errorf("--at: %w", err)
	}
	r.present = levels[0]
	return nil
}

// again is the command line that goes on with a draft.
func (r *reviewing) again() string {
	words := append([]string{"carelevel review"}, r.previous...)
	if r.at != "" {
		words = append(words, "--at "+r.at)
	}
	if r.anyVersion {
		words = append(words, "--any-version")
	}
	return strings.Join(words, " ")
}

// readEarlier reads the earlier assessments. The new one may lie in their
// folder, and is then none of them.
func (r *reviewing) readEarlier() error {
	all, err := r.readEntries(r.pack, r.previous)
	if err != nil {
		return err
	}
	for _, e := range all {
		if !sameFile(e.Name, r.answers) && !sameFile(e.Name, r.resume) {
			r.earlier = append(r.earlier, e)
		}
	}
	if len(r.earlier) == 0 {
		return &usageError{"there is no earlier assessment to review against: " + someOf(r.previous) + " is the new one itself", "name the earlier ones, too"}
	}
	return nil
}

func sameFile(a, b string) bool {
	if a == "" || b == "" || b == "-" {
		return false
	}
	one, err := os.Stat(a)
	if err != nil {
		return false
	}
	other, err := os.Stat(b)
	return err == nil && os.SameFile(one, other)
}

// beginReview completes the new assessment with the id of the earlier ones, and
// finds out, before any question is put, whether it can be reviewed.
func (r *reviewing) beginReview(sheet *pack.Sheet, name string) error {
	for _, e := range r.earlier {
		sheet.ID = first(sheet.ID, e.Sheet.ID)
	}
	r.name = name
	trial := *sheet
	trial.Draft = trial.Draft && r.withoutInterview() // one that is gone on with is finished by then
	course, err := r.newCourse(r.engine, r.entries(trial), r.anyVersion)
	if err != nil {
		return err
	}
	v, err := course.Review(review.Options{Present: r.present})
	if err != nil {
		return err
	}
	r.review = &interview.Review{Last: v.Before.Sheet.Answers, Date: v.Before.Sheet.Date, Present: v.Present.Level}
	return nil
}

// entries are the earlier assessments and the new one.
func (r *reviewing) entries(sheet pack.Sheet) []review.Entry {
	return append(slices.Clone(r.earlier), review.Entry{Name: r.name, Sheet: sheet})
}

// report prints the review and says by the exit code whether there is a
// verdict.
func (r *reviewing) report(sheet pack.Sheet, rec *engine.Recommendation) error {
	course, problems := review.NewCourse(r.engine, r.entries(sheet), review.CourseOptions{AnyVersion: r.anyVersion})
	if len(problems) > 0 {
		return &usageError{problems[0].String(), ""}
	}
	v, err := course.Review(review.Options{Present: r.present})
	if err != nil {
		return err
	}
	in := report.ReviewInput{Review: v, Input: report.Input{
		Recommendation: rec,
		Explanation:    explain.Explain(r.engine, rec),
		ID:             sheet.ID,
		Date:           sheet.Date,
		Placement:      sheet.Placement,
		Recorded:       sheet.Recommended,
	}}
	if err := r.out.write(r.globals, func(w io.Writer) error { return r.render(w, in) }); err != nil {
		return err
	}
	if v.Verdict == review.Undetermined {
		return quiet(exitUndetermined)
	}
	return nil
}

func (r *reviewing) render(w io.Writer, in report.ReviewInput) error {
	switch r.out.format {
	case "json":
		return report.ReviewJSON(w, in)
	case "markdown":
		return report.ReviewMarkdown(w, in)
	case "html":
		return report.ReviewHTML(w, in)
	}
	return report.ReviewText(w, in, r.textOptions(&r.out))
}
