package cli

import (
	"fmt"
	"io"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/report"
	"github.com/spf13/cobra"
)

// assess is one run of `carelevel assess`.
type assess struct {
	sitting
	out output
	why string // a level's id: only why it is that, or not
}

func newAssess(g *globals) *cobra.Command {
	a := &assess{sitting: sitting{globals: g, command: "carelevel assess"}}
	a.conclude = a.report
	c := &cobra.Command{
		Use:   "assess",
		Short: "Answer a questionnaire and get a recommendation with its reasoning",
		Long: `Answer a questionnaire and get a recommendation with its reasoning.

At a terminal this is an interview: one question at a time, only those that can
still matter, safety first. With --answers or --set there is no interview.

--order sections asks, section by section of the rules, the question with the
most to decide; pack keeps the order in which the rules list the questions;
shortest takes the one with the most to decide of all, wherever it stands.

--save writes a record for you to keep: the answers, what was recommended, the
rules and the date. 'carelevel place' adds which level was chosen, and --answers
reads it all again, and says if something else comes out now.

Exit code 0 if a level is determined, 3 if more answers are needed, 2 if the
input cannot be used, 130 if you left the interview.`,
		Example: `  carelevel assess
  carelevel assess --save draft.yaml
  carelevel assess --resume draft.yaml
  carelevel assess --answers answers.yaml --format markdown
  carelevel assess --answers answers.yaml -o report.html
  carelevel assess --answers answers.yaml --set suicide_risk=none
  carelevel assess --answers answers.yaml --why php
  some-program | carelevel assess --answers - --format json`,
		Args: func(_ *cobra.Command, words []string) error {
			if len(words) > 0 {
				return &usageError{fmt.Sprintf("assess takes no argument, and got %q", words[0]), "did you mean --answers " + words[0] + "?"}
			}
			return nil
		},
		RunE: func(c *cobra.Command, _ []string) error { return a.run(c) },
	}
	a.sitting.addTo(c, g)
	c.Flags().StringVar(&a.why, "why", "", "print only why the recommendation is, or is not, a `LEVEL`")
	a.out.addTo(c, "text", "markdown", "html", "json")
	completeLevel(c, g, "why")
	return c
}

func (a *assess) run(c *cobra.Command) error {
	if err := a.out.resolve(); err != nil {
		return err
	}
	if err := a.checkFlags(); err != nil {
		return err
	}
	if err := a.useRules(); err != nil {
		return err
	}
	if _, err := a.whyLevel(); err != nil {
		return err
	}
	return a.hold(c)
}

// whyLevel is the level that --why names, nil without it.
func (a *assess) whyLevel() (*pack.Level, error) {
	if a.why == "" {
		return nil, nil
	}
	levels, err := pickLevels(a.pack, []string{a.why})
	if err != nil {
		return nil, fmt.Errorf("--why: %w", err)
	}
	return levels[0], nil
}

// report prints the recommendation and says by the exit code whether a level is
// determined.
func (a *assess) report(sheet pack.Sheet, r *engine.Recommendation) error {
	in := report.Input{
		Recommendation: r,
		Explanation:    explain.Explain(a.engine, r),
		ID:             sheet.ID,
		Date:           sheet.Date,
		Placement:      sheet.Placement,
		Recorded:       sheet.Recommended,
	}
	if err := a.out.write(a.globals, func(w io.Writer) error { return a.render(w, in) }); err != nil {
		return err
	}
	if r.Level == nil {
		return quiet(exitUndetermined)
	}
	return nil
}

func (a *assess) render(w io.Writer, in report.Input) error {
	if l, _ := a.whyLevel(); l != nil {
		return a.renderWhy(w, in, l)
	}
	switch a.out.format {
	case "json":
		return report.JSON(w, in)
	case "markdown":
		return report.Markdown(w, in)
	case "html":
		return report.HTML(w, in)
	}
	return report.Text(w, in, a.textOptions(&a.out))
}

func (a *assess) renderWhy(w io.Writer, in report.Input, l *pack.Level) error {
	switch a.out.format {
	case "json":
		return report.WhyJSON(w, in, l)
	case "markdown":
		return report.WhyMarkdown(w, in, l)
	case "html":
		return report.WhyHTML(w, in, l)
	}
	return report.WhyText(w, in, l, a.textOptions(&a.out))
}
