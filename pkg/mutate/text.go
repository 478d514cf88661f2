package mutate

import (
	"bufio"
	"fmt"
	"io"
	"math"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// WriteText writes the survivors for people, each with the lines that it
// changes and a case that it would not survive, and the score. The error is
// w's.
func (r *Report) WriteText(w io.Writer) error {
	b := bufio.NewWriter(w)
	for i := range r.Mutants {
		if m := &r.Mutants[i]; m.Status == Survived {
			r.writeSurvivor(b, m)
		}
	}
	killed, survived := r.Count(Killed), r.Count(Survived)
	fmt.Fprintf(b, "%s: the cases notice %d of %d changes of the rules, %s %%\n", diag.Clean(r.Pack.ID), killed, killed+survived, percent(r.Score()))
	if n := r.Count(Equivalent); n > 0 {
		fmt.Fprintf(b, "not counted: %s, which %s nothing that anybody is shown\n", changes(n), verb(n, "changes", "change"))
	}
	if n := r.Count(Stillborn); n > 0 {
		fmt.Fprintf(b, "not counted: %s, which 'carelevel rules check' refuses\n", changes(n))
	}
	if n := r.undecided(); n > 0 {
		fmt.Fprintf(b, "counted, although nobody knows whether %s anything: %s\n", verb(n, "it changes", "they change"), changes(n))
	}
	return b.Flush()
}

// undecided is how many changes may do nothing.
func (r *Report) undecided() (n int) {
	for i := range r.Mutants {
		if r.Mutants[i].Unknown != "" {
			n++
		}
	}
	return n
}

func changes(n int) string {
	if n == 1 {
		return "1 change"
	}
	return fmt.Sprintf("%d changes", n)
}

func verb(n int, one, many string) string {
	if n == 1 {
		return one
	}
	return many
}

// percent has one digit after the point and is cut, never rounded up: 100 is
// all of them.
func percent(part float64) string {
	text := fmt.Sprintf("%.1f", math.Floor(part*1000+1e-9)/10)
	return strings.TrimSuffix(text, ".0")
}

func (r *Report) writeSurvivor(b io.Writer, m *Mutant) {
	fmt.Fprintf(b, "%s:%d: %s %s, no case notices: %s [%s]\n", diag.Clean(m.File), m.Line, m.Kind, diag.Clean(m.ID), diag.Clean(m.Words), m.Change)
	for _, line := range lines(m.Diff) {
		fmt.Fprintf(b, "  %s\n", diag.Clean(line))
	}
	if m.Unknown != "" {
		fmt.Fprintf(b, "  it may change nothing: %s\n", diag.Clean(m.Unknown))
	}
	for _, g := range m.Guarantees {
		fmt.Fprintf(b, "  'carelevel rules verify' would notice: it breaks the guarantee %s\n", diag.Clean(g))
	}
	if m.OverTime {
		fmt.Fprint(b, "  it takes a case over time, below courses, which you have to find yourself\n\n")
		return
	}
	if m.Case == nil {
		fmt.Fprint(b, "  no answers were found that tell it from the rules\n\n")
		return
	}
	fmt.Fprintf(b, "  the rules give    %s\n", diag.Clean(m.Case.Now))
	fmt.Fprintf(b, "  with this change  %s\n", diag.Clean(m.Case.Mutant))
	fmt.Fprint(b, "  if the rules are right, this case belongs to the tests:\n")
	for _, line := range lines(m.Case.YAML(r.Pack)) { // as it may be pasted, and so without more before it
		fmt.Fprintf(b, "%s\n", diag.Clean(line))
	}
	fmt.Fprintln(b)
}
