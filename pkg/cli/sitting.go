package cli

import (
	"errors"
	"fmt"
	"os"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/interview"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/record"
	"github.com/spf13/cobra"
)

// sitting is how one assessment comes about: in an interview, or from a file
// and flags. What is made of it is the command's business.
type sitting struct {
	*globals

	answers string   // a file, or - for standard input
	set     []string // question=value
	save    string
	resume  string
	id      string
	date    string
	notes   string // free, for the record
	placed  placed

	all        bool // ask every question
	accessible bool // plain sequential prompts
	order      string

	engine *engine.Engine
	pack   *pack.Pack

	// command is what goes on with a draft, without --resume and --rules.
	command string
	// begin is told the assessment before it is made, with its id and date, to
	// look at it and complete it; name is what messages call it. It may be nil.
	begin func(sheet *pack.Sheet, name string) error
	// review makes the interview the next one of the same person; may be nil.
	review *interview.Review
	// conclude says what came of it.
	conclude func(pack.Sheet, *engine.Recommendation) error
}

// addTo defines the flags.
func (a *sitting) addTo(c *cobra.Command, g *globals) {
	f := c.Flags()
	f.StringVar(&a.answers, "answers", "", "read the answers from a YAML or JSON `FILE`, - for standard input")
	f.StringArrayVar(&a.set, "set", nil, "one answer, `QUESTION=VALUE`; may be repeated, and wins over --answers")
	f.StringVar(&a.save, "save", "", "keep the assessment in a new `FILE`, after every question")
	f.StringVar(&a.resume, "resume", "", "go on with the assessment in `FILE`, and keep it there")
	f.StringVar(&a.id, "id", "", "an `ID` for the result, of your choosing; no names")
	f.StringVar(&a.date, "date", "", "the date of the assessment, `YYYY-MM-DD` (default today)")
	f.StringVar(&a.notes, "notes", "", "free notes for the record, a `TEXT`; no names")
	a.placed.addTo(c, g)
	f.BoolVar(&a.all, "all", false, "ask every question, also those that cannot change the result")
	f.StringVar(&a.order, "order", orders[0], "which question comes next, an `ORDER`: "+joinOr(orders))
	f.BoolVar(&a.accessible, "accessible", false, "plain prompts, one line after the other, for screen readers")
	complete(c, "order", orders)
	completeSet(c, g)
}

// orders are the words for engine's orders, by their numbers.
var orders = []string{engine.OrderSections: "sections", engine.OrderPack: "pack", engine.OrderShortest: "shortest"}

func (a *sitting) questionOrder() engine.Order { return engine.Order(slices.Index(orders, a.order)) }

// withoutInterview reports whether the flags give the answers.
func (a *sitting) withoutInterview() bool { return a.answers != "" || len(a.set) > 0 }

func (a *sitting) checkFlags() error {
	a.noPager = a.noPager || a.accessible
	if err := oneOf("--order", a.order, orders); err != nil {
		return err
	}
	if err := checkDate(a.date); err != nil {
		return err
	}
	if diag.Clean(a.id) != a.id || utf8.RuneCountInString(a.id) > pack.MaxIDLength {
		return &usageError{fmt.Sprintf("--id: expected at most %d characters on one line, none of them invisible", pack.MaxIDLength), ""}
	}
	for _, f := range []struct {
		set  bool
		name string
	}{{a.all, "--all"}, {a.accessible, "--accessible"}, {a.resume != "", "--resume"}} {
		if a.withoutInterview() && f.set {
			return &usageError{f.name + " is about the interview, and --answers and --set do without one", "leave one of them out"}
		}
	}
	if a.notes != "" && a.save == "" && a.resume == "" {
		return &usageError{"--notes are kept in the record, and no record is made", "say where: --save FILE"}
	}
	if err := a.placed.check(a); err != nil {
		return err
	}
	return a.checkSave()
}

// checkSave refuses to replace a file that is not being gone on with.
func (a *sitting) checkSave() error {
	if a.save == "" || a.save == a.resume {
		return nil
	}
	if _, err := os.Lstat(a.save); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	return &usageError{fmt.Sprintf("--save: %s is there already and is not replaced", a.save),
		fmt.Sprintf("go on with it: --resume %s; or save under another name", a.save)}
}

// useRules reads the rules.
func (a *sitting) useRules() (err error) {
	a.engine, a.pack, err = a.useEngine()
	return err
}

// hold makes the assessment, and says what came of it.
func (a *sitting) hold(c *cobra.Command) error {
	if a.withoutInterview() {
		return a.decide()
	}
	return a.interview(c.Context())
}

// settle gives a new assessment its id and its date.
func (a *sitting) settle(sheet *pack.Sheet, name string) error {
	sheet.ID = first(a.id, sheet.ID)
	sheet.Notes = first(a.notes, sheet.Notes)
	sheet.Date = first(a.date, sheet.Date, today())
	if a.begin == nil {
		return nil
	}
	return a.begin(sheet, name)
}

// decide decides with the answers that the flags give.
func (a *sitting) decide() error {
	sheet, name := pack.Sheet{Answers: a.pack.NewAnswers()}, "the answers of --set"
	if a.answers != "" {
		f, err := a.readRecord(a.engine, a.answers)
		if err != nil {
			return err
		}
		sheet, name = f.Sheet, f.Name
	}
	for _, assignment := range a.set {
		if err := a.pack.Set(sheet.Answers, assignment); err != nil {
			return fmt.Errorf("--set: %w", err)
		}
	}
	if err := a.pack.CheckAnswers(sheet.Answers); err != nil {
		return fmt.Errorf("the answers do not go together: %w", err)
	}
	if err := a.settle(&sheet, name); err != nil {
		return err
	}
	r := a.engine.RecommendBy(a.questionOrder(), sheet.Answers)
	if a.save != "" {
		a.leavePlacement(&sheet)
		if err := a.placed.place(a, &sheet, r); err != nil {
			return err
		}
		if err := a.keep(a.save, &sheet, r); err != nil {
			return err
		}
	}
	return a.conclude(sheet, r)
}

// leavePlacement keeps what was chosen after one assessment out of another one.
func (a *sitting) leavePlacement(sheet *pack.Sheet) {
	if sheet.Placement == nil {
		return
	}
	sheet.Placement = nil
	if a.placed.level != "" {
		return
	}
	fmt.Fprintf(a.io.err, "carelevel: the placement in %s is not taken over; record that of the new assessment: carelevel place %s\n", diag.Clean(a.answers), diag.Clean(a.save))
}

// keep writes the assessment for its owner only. Without a recommendation it
// is not finished.
func (a *sitting) keep(file string, sheet *pack.Sheet, r *engine.Recommendation) error {
	sheet.Draft, sheet.Recommended = r == nil, nil
	if r != nil {
		sheet.Recommended = record.Recommended(r)
	}
	if err := record.Write(file, a.pack, *sheet); err != nil {
		return fmt.Errorf("keeping the answers: %w", err)
	}
	return nil
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
