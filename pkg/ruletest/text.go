package ruletest

import (
	"bufio"
	"fmt"
	"io"

	"github.com/carelevel/carelevel/pkg/diag"
)

// WriteText writes what failed, and a line on how many cases hold, and reports
// whether all did. No results is a failure. The error is w's.
func WriteText(w io.Writer, packID string, results []Result) (ok bool, err error) {
	buf := bufio.NewWriter(w)
	failed := 0
	for _, r := range results {
		if !r.Passed() {
			failed++
			writeFailure(buf, r)
		}
	}
	switch {
	case len(results) == 0:
		fmt.Fprintf(buf, "%s: no case was run\n", diag.Clean(packID))
	case failed > 0:
		fmt.Fprintf(buf, "%s: %d of %d cases failed\n", diag.Clean(packID), failed, len(results))
	default:
		fmt.Fprintf(buf, "%s: %d of %d cases hold\n", diag.Clean(packID), len(results), len(results))
	}
	return len(results) > 0 && failed == 0, buf.Flush()
}

func writeFailure(w io.Writer, r Result) {
	at := r.Test.At
	fmt.Fprintf(w, "%s:%d:%d: %s\n", diag.Clean(at.File), at.Line, at.Col, diag.Clean(r.Test.Name))
	for _, f := range r.Failures {
		fmt.Fprintf(w, "  %s\n", diag.Clean(f))
	}
	fmt.Fprintln(w, "  what decided:")
	for _, d := range r.Decided {
		fmt.Fprintf(w, "    %s\n", diag.Clean(d))
	}
}
