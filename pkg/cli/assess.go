package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/report"
	"github.com/spf13/cobra"
)

// assess is one run of `carelevel assess`.
type assess struct {
	*globals
	out output

	answers string   // a file, or - for standard input
	set     []string // question=value
	save    string
	resume  string
	id      string
	date    string

	all        bool // ask every question
	accessible bool // plain sequential prompts
	order      string
	why        string // a level's id: only why it is that, or not

	engine *engine.Engine
	pack   *pack.Pack
}

func newAssess(g *globals) *cobra.Command {
	a := &assess{globals: g}
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
	f := c.Flags()
	f.StringVar(&a.answers, "answers", "", "read the answers from a YAML or JSON `FILE`, - for standard input")
	f.StringArrayVar(&a.set, "set", nil, "one answer, `QUESTION=VALUE`; may be repeated, and wins over --answers")
	f.StringVar(&a.save, "save", "", "keep the assessment in a new `FILE`, after every question")
	f.StringVar(&a.resume, "resume", "", "go on with the assessment in `FILE`, and keep it there")
	f.StringVar(&a.id, "id", "", "an `ID` for the result, of your choosing; no names")
	f.StringVar(&a.date, "date", "", "the date of the assessment, `YYYY-MM-DD` (default today)")
	f.BoolVar(&a.all, "all", false, "ask every question, also those that cannot change the result")
	f.StringVar(&a.order, "order", orders[0], "which question comes next, an `ORDER`: "+joinOr(orders))
	complete(c, "order", orders)
	f.StringVar(&a.why, "why", "", "print only why the recommendation is, or is not, a `LEVEL`")
	f.BoolVar(&a.accessible, "accessible", false, "plain prompts, one line after the other, for screen readers")
	a.out.addTo(c, "text", "markdown", "html", "json")
	completeSet(c, g)
	completeLevel(c, g, "why")
	return c
}

// orders are the words for engine's orders, by their numbers.
var orders = []string{engine.OrderSections: "sections", engine.OrderPack: "pack", engine.OrderShortest: "shortest"}

func (a *assess) questionOrder() engine.Order { return engine.Order(slices.Index(orders, a.order)) }

func (a *assess) run(c *cobra.Command) error {
	a.noPager = a.noPager || a.accessible
	if err := a.checkFlags(); err != nil {
		return err
	}
	var err error
	if a.engine, a.pack, err = a.useEngine(); err != nil {
		return err
	}
	if _, err = a.whyLevel(); err != nil {
		return err
	}
	if a.answers != "" || len(a.set) > 0 {
		return a.withoutInterview()
	}
	return a.interview(c.Context())
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

func (a *assess) checkFlags() error {
	if err := a.out.resolve(); err != nil {
		return err
	}
	if err := oneOf("--order", a.order, orders); err != nil {
		return err
	}
	if err := checkDate(a.date); err != nil {
		return err
	}
	if diag.Clean(a.id) != a.id || utf8.RuneCountInString(a.id) > pack.MaxIDLength {
		return &usageError{fmt.Sprintf("--id: expected at most %d characters on one line, none of them invisible", pack.MaxIDLength), ""}
	}
	given := a.answers != "" || len(a.set) > 0
	for _, f := range []struct {
		set  bool
		name string
	}{{a.all, "--all"}, {a.accessible, "--accessible"}, {a.resume != "", "--resume"}} {
		if given && f.set {
			return &usageError{f.name + " is about the interview, and --answers and --set do without one", "leave one of them out"}
		}
	}
	return a.checkSave()
}

// checkSave refuses to replace a file that is not being gone on with.
func (a *assess) checkSave() error {
	if a.save == "" || a.save == a.resume {
		return nil
	}
	if _, err := os.Lstat(a.save); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return &usageError{fmt.Sprintf("--save: %s is there already and is not replaced", a.save),
		fmt.Sprintf("go on with it: --resume %s; or save under another name", a.save)}
}

// withoutInterview decides with the answers that the flags give.
func (a *assess) withoutInterview() error {
	sheet := pack.Sheet{Answers: a.pack.NewAnswers()}
	if a.answers != "" {
		f, err := a.readRecord(a.engine, a.answers)
		if err != nil {
			return err
		}
		sheet = f.Sheet
	}
	for _, assignment := range a.set {
		if err := a.pack.Set(sheet.Answers, assignment); err != nil {
			return fmt.Errorf("--set: %w", err)
		}
	}
	if err := a.pack.CheckAnswers(sheet.Answers); err != nil {
		return fmt.Errorf("the answers do not go together: %w", err)
	}
	r := a.engine.RecommendBy(a.questionOrder(), sheet.Answers)
	if a.save != "" {
		a.leavePlacement(&sheet)
		if err := a.keep(a.save, &sheet, r); err != nil {
			return err
		}
	}
	return a.conclude(sheet, r)
}

// leavePlacement keeps what was chosen after one assessment out of another one.
func (a *assess) leavePlacement(sheet *pack.Sheet) {
	if sheet.Placement == nil {
		return
	}
	sheet.Placement = nil
	fmt.Fprintf(a.io.err, "carelevel: the placement in %s is not taken over; record that of the new assessment: carelevel place %s\n", diag.Clean(a.answers), diag.Clean(a.save))
}

// conclude prints the recommendation and says by the exit code whether a level
// is determined.
func (a *assess) conclude(sheet pack.Sheet, r *engine.Recommendation) error {
	in := report.Input{
		Recommendation: r,
		Explanation:    explain.Explain(a.engine, r),
		ID:             first(a.id, sheet.ID),
		Date:           first(a.date, sheet.Date, today()),
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

func checkDate(date string) error {
	if date == "" {
		return nil
	}
	if _, err := time.Parse(time.DateOnly, date); err != nil {
		return &usageError{fmt.Sprintf("--date: %q is not a date", date), "expected YYYY-MM-DD, such as 2026-03-31"}
	}
	return nil
}

// today is the only place where the program looks at the clock.
func today() string { return time.Now().Format(time.DateOnly) }

// first returns the first of the words that is not empty.
func first(words ...string) string {
	for _, w := range words {
		if w != "" {
			return w
		}
	}
	return ""
}
