package ruletest

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// WriteText writes what failed, what was skipped, and a line on how many cases
// hold, and reports whether all did. No results is a failure. The error is w's.
func WriteText(w io.Writer, packID string, results []Result) (ok bool, err error) {
	buf := bufio.NewWriter(w)
	n := Count(results)
	for _, r := range results {
		switch r.Status {
		case Fail:
			writeFailure(buf, r)
		case Error:
			fmt.Fprintf(buf, "%s: %s\n  error: %s\n", place(r.At()), diag.Clean(r.Name()), diag.Clean(r.Reason))
		case Skip:
			fmt.Fprintf(buf, "%s: %s\n  skipped: %s\n", place(r.At()), diag.Clean(r.Name()), diag.Clean(r.Reason))
		}
	}
	fmt.Fprintf(buf, "%s: %s\n", diag.Clean(packID), n)
	return n.OK(), buf.Flush()
}

// String says how many cases hold: "347 of 347 cases hold".
func (n Counts) String() string {
	run := n.All() - n[Skip]
	var parts []string
	if n[Fail] > 0 {
		parts = append(parts, fmt.Sprintf("%d of %s failed", n[Fail], cases(run)))
	}
	if n[Error] > 0 {
		parts = append(parts, fmt.Sprintf("%d of %s could not be told", n[Error], cases(run)))
	}
	switch {
	case run == 0:
		parts = append(parts, "no case was run")
	case len(parts) == 0 && run == 1:
		parts = append(parts, "1 of 1 case holds")
	case len(parts) == 0:
		parts = append(parts, fmt.Sprintf("%d of %s hold", n[Pass], cases(run)))
	}
	if n[Skip] > 0 {
		parts = append(parts, fmt.Sprintf("%d skipped", n[Skip]))
	}
	return strings.Join(parts, ", ")
}

func cases(n int) string {
	if n == 1 {
		return "1 case"
	}
	return fmt.Sprintf("%d cases", n)
}

func place(at diag.Span) string {
	return fmt.Sprintf("%s:%d:%d", diag.Clean(at.File), at.Line, at.Col)
}

func writeFailure(w io.Writer, r Result) {
	fmt.Fprintf(w, "%s: %s\n", place(r.At()), diag.Clean(r.Name()))
	for _, f := range r.Failures {
		fmt.Fprintf(w, "  %s%s\n", f.day(r), diag.Clean(f.String()))
	}
	fmt.Fprintln(w, "  what decided:")
	for _, d := range r.Decided {
		fmt.Fprintf(w, "    %s\n", diag.Clean(d))
	}
}

// day says at which step of a case over time it happened.
func (f Failure) day(r Result) string {
	if r.Course == nil {
		return ""
	}
	return fmt.Sprintf("%s: day %d, ", place(f.At), f.Day)
}
