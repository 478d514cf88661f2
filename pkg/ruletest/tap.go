package ruletest

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// WriteTAP writes the results in the Test Anything Protocol, version 14. The
// error is w's.
func WriteTAP(w io.Writer, suites []Suite) error {
	var b strings.Builder
	n := 0
	for _, s := range suites {
		n += len(s.Results)
	}
	b.WriteString("TAP version 14\n")
	fmt.Fprintf(&b, "1..%d", n)
	if n == 0 {
		b.WriteString(" # no case was run")
	}
	b.WriteString("\n")
	i := 0
	for _, s := range suites {
		for _, r := range s.Results {
			i++
			writeTAP(&b, i, s.Pack.ID, r)
		}
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// tapText escapes what has a meaning in a test line.
func tapText(s string) string {
	return strings.NewReplacer(`\`, `\\`, "#", `\#`, "\n", " ").Replace(diag.Clean(s))
}

func writeTAP(b *strings.Builder, i int, packID string, r Result) {
	result := "ok"
	if !r.Passed() {
		result = "not ok"
	}
	fmt.Fprintf(b, "%s %d - %s: %s", result, i, tapText(packID), tapText(r.Name()))
	if r.Status == Skip {
		fmt.Fprintf(b, " # SKIP %s", tapText(r.Reason))
	}
	b.WriteString("\n")
	if r.Passed() {
		return
	}
	fmt.Fprintf(b, "  ---\n  at: %s\n", quoted(place(r.At())))
	if r.Status == Error {
		fmt.Fprintf(b, "  severity: error\n  message: %s\n  ...\n", quoted(r.Reason))
		return
	}
	b.WriteString("  severity: fail\n  failures:\n")
	for _, f := range r.Failures {
		fmt.Fprintf(b, "    - %s\n", quoted(f.day(r)+f.String()))
	}
	b.WriteString("  decided:\n")
	for _, d := range r.Decided {
		fmt.Fprintf(b, "    - %s\n", quoted(d))
	}
	b.WriteString("  ...\n")
}

// quoted is a text as JSON and YAML both read it.
func quoted(s string) string {
	q, _ := json.Marshal(diag.Clean(s)) // of a text it cannot fail
	return string(q)
}
