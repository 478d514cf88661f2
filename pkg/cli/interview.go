package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/form"
	"github.com/carelevel/carelevel/pkg/interview"
	"github.com/carelevel/carelevel/pkg/pack"
)

// suggestedDraft is the file that is offered for the answers of somebody who
// leaves an interview that is kept nowhere.
const suggestedDraft = "carelevel-draft.yaml"

// interview asks at a terminal, or with plain prompts, and prints the result.
func (a *sitting) interview(ctx context.Context) error {
	sheet := pack.Sheet{Answers: a.pack.NewAnswers()}
	if a.resume != "" {
		f, err := a.readRecord(a.engine, a.resume)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return &usageError{fmt.Sprintf("--resume: there is no file %s", a.resume), "begin one: " + a.command + " --save " + a.resume}
		case err != nil:
			return err
		case f.Sheet.Placement != nil:
			return &usageError{fmt.Sprintf("--resume: somebody was placed after the assessment in %s, and its answers stay as they are", a.resume),
				"assess again, into a new file: " + a.command + " --save FILE"}
		}
		sheet = f.Sheet
		if a.save == "" {
			a.save = a.resume
		}
	}
	if err := a.settle(&sheet, first(a.save, "the new assessment")); err != nil {
		return err
	}
	prompter, end, err := a.prompter(ctx)
	if err != nil {
		return err
	}
	outcome, err := interview.Run(ctx, a.engine, prompter, a.interviewOptions(sheet))
	if endErr := end(); err == nil {
		err = endErr
	}
	sheet.Answers = outcome.Answers
	return a.afterInterview(sheet, outcome, err)
}

func (a *sitting) interviewOptions(sheet pack.Sheet) interview.Options {
	keep := func(file string) func(pack.Answers) error {
		return func(answers pack.Answers) error {
			sheet.Answers = answers
			return a.keep(file, &sheet, nil)
		}
	}
	opts := interview.Options{Start: sheet.Answers, All: a.all, Order: a.questionOrder(), Review: a.review, Draft: a.save}
	if a.save != "" {
		opts.AfterAnswer = keep(a.save)
		return opts
	}
	opts.Suggest = suggestedDraft
	opts.SaveAs = func(file string, answers pack.Answers) error {
		if _, err := os.Lstat(file); !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("%s is there already; choose another name", file)
		}
		return keep(file)(answers)
	}
	return opts
}

// prompter returns what puts the questions, and what gives the terminal back.
// It refuses to hold an interview with nobody: without a terminal only the
// plain prompts that were asked for are put.
func (a *sitting) prompter(ctx context.Context) (p interview.Prompter, end func() error, err error) {
	dumb := os.Getenv("TERM") == "dumb"
	switch {
	case a.accessible, dumb && isTerminal(a.io.in):
		interrupt := make(chan os.Signal, 1)
		signal.Notify(interrupt, os.Interrupt)
		plain := form.NewPlain(form.PlainOptions{In: a.io.in, Out: a.io.err, Interrupt: interrupt})
		return plain, func() error { signal.Stop(interrupt); return nil }, nil
	case !isTerminal(a.io.in) || !isTerminal(a.io.err):
		return nil, nil, &usageError{"there is no terminal to hold an interview at",
			"give the answers with --answers FILE, --answers - for standard input, or --set question=value;\n  'carelevel rules show' lists the questions; --accessible puts them line by line"}
	}
	full := form.NewFull(ctx, form.FullOptions{In: a.io.in, Out: a.io.err})
	return full, full.Close, nil
}

// afterInterview keeps the answers, says what was asked, and prints the result,
// unless the person left: an interrupted interview has no recommendation.
func (a *sitting) afterInterview(sheet pack.Sheet, o interview.Outcome, err error) error {
	file := first(o.Saved, a.save)
	if o.End == interview.EndInterrupted {
		return a.leftEarly(o, file, err)
	}
	if err != nil {
		return err
	}
	r := a.engine.RecommendBy(a.questionOrder(), sheet.Answers)
	if a.save != "" {
		if err := a.keep(a.save, &sheet, r); err != nil {
			return err
		}
	}
	result := "result"
	if a.review != nil {
		result = "verdict"
	}
	fmt.Fprintln(a.io.err, askedLine(o, result))
	return a.conclude(sheet, r)
}

// askedLine says how much was asked, and why no more.
func askedLine(o interview.Outcome, result string) string {
	line := fmt.Sprintf("%d of %d questions asked", o.Asked, o.Questions)
	if o.Confirmed > 0 {
		line += fmt.Sprintf(", %d confirmed as last time", o.Confirmed)
	}
	switch rest := o.Questions - o.Asked; {
	case o.End == interview.EndEmergency:
		return line + "; stopped because of an emergency"
	case rest > 0:
		return line + fmt.Sprintf("; the other %d cannot change the %s", rest, result)
	}
	return line
}

// leftEarly says what became of the answers.
func (a *sitting) leftEarly(o interview.Outcome, file string, err error) error {
	switch {
	case file != "" && o.SaveErr == nil && (o.Asked > 0 || a.resume != ""):
		fmt.Fprintf(a.io.err, "carelevel: the interview is not finished; its answers are in %s\n  go on with it: %s\n", diag.Clean(file), diag.Clean(a.resumeCommand(file)))
	case o.SaveErr != nil:
		fmt.Fprintf(a.io.err, "carelevel: the last answers could not be kept: %s\n", diag.Clean(o.SaveErr.Error()))
	default:
		fmt.Fprintln(a.io.err, "carelevel: the interview is not finished, and its answers were not kept")
	}
	var ended *interview.InputEndedError
	switch {
	case errors.As(err, &ended), errors.Is(err, io.ErrUnexpectedEOF):
		return err
	case err != nil && !errors.Is(err, context.Canceled):
		return err
	}
	return quiet(exitInterrupted)
}

// resumeCommand is what goes on with a draft, under the same rules.
func (a *sitting) resumeCommand(file string) string {
	command := a.command + " --resume " + file
	if a.rules != "" {
		command += " --rules " + a.rules
	}
	return command
}
