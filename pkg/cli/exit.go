package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// The exit codes of the program.
const (
	exitDone         = 0
	exitProblems     = 1   // done, and it found problems
	exitUsage        = 2   // bad usage, or an input or pack that can't be read
	exitUndetermined = 3   // more answers are needed
	exitInterrupted  = 130 // by the person at the keyboard
)

// quiet is an exit code whose reason has been printed already.
type quiet int

func (q quiet) Error() string { return fmt.Sprintf("exit code %d", int(q)) }

// usageError is a mistake on the command line, with what to do about it.
type usageError struct {
	message string
	hint    string // may be empty
}

func (e *usageError) Error() string { return e.message }

// exitCode prints what went wrong, once, and maps it to the program's exit code.
func exitCode(io *streams, err error) int {
	var code quiet
	var usage *usageError
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &code):
		return int(code)
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(io.err, "carelevel: interrupted")
		return exitInterrupted
	case errors.As(err, &usage):
		fmt.Fprintln(io.err, "carelevel:", diag.Clean(usage.message))
		if usage.hint != "" {
			fmt.Fprintln(io.err, "  "+diag.Clean(usage.hint))
		}
		return exitUsage
	}
	fmt.Fprintln(io.err, "carelevel:", diag.Clean(err.Error()))
	return exitUsage
}

// unknownWord is the usage error for a word that is none of names: with the
// near miss if there is one, else with the hint.
func unknownWord(what, word string, names []string, hint string) error {
	if near := diag.Near(word, names); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return &usageError{fmt.Sprintf("unknown %s %q", what, word), hint}
}

// oneOf checks that the value of a flag is one of a few words.
func oneOf(flag, value string, words []string) error {
	for _, w := range words {
		if value == w {
			return nil
		}
	}
	hint := "expected " + strings.Join(words, ", ")
	if near := diag.Near(value, words); near != "" {
		hint += fmt.Sprintf("; did you mean %q?", near)
	}
	return &usageError{fmt.Sprintf("%s: %q is not a value it takes", flag, value), hint}
}

// flagError gives an unknown flag its near miss.
func flagError(c *cobra.Command, err error) error {
	var unknown *pflag.NotExistError
	if errors.As(err, &unknown) && len(unknown.GetSpecifiedName()) > 1 {
		var names []string
		c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
		return unknownWord("flag", "--"+unknown.GetSpecifiedName(), names, "run '"+c.CommandPath()+" --help' for the list")
	}
	return &usageError{err.Error(), "run '" + c.CommandPath() + " --help' for its flags"}
}
