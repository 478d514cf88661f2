package coverage

import (
	"bufio"
	"fmt"
	"io"

	"github.com/carelevel/carelevel/pkg/diag"
)

// WriteText writes how much is covered, and every place that lacks something
// with what it lacks; then what cannot be. The error is w's.
func (r *Report) WriteText(w io.Writer) error {
	b := bufio.NewWriter(w)
	n := r.Count(nil)
	fmt.Fprintf(b, "%s: %d of %d obligations covered (%s)\n", diag.Clean(r.Pack.ID), n.Covered, n.Reachable, Percent(n.Percent()))
	for _, g := range r.Groups() {
		line := fmt.Sprintf("  %-28s %5d of %5d", g.Name, g.Counts.Covered, g.Counts.Reachable)
		if g.Counts.Impossible > 0 {
			line += fmt.Sprintf("   %d cannot be", g.Counts.Impossible)
		}
		fmt.Fprintln(b, line)
	}
	r.writePlaces(b, "", Missing)
	r.writePlaces(b, "no case does it, and it is not proved that one could:", Undecided)
	r.writePlaces(b, "cannot be, whatever the answers are, and is not asked for:", Impossible)
	return b.Flush()
}

// Percent writes tenths of a percent.
func Percent(tenths int) string { return fmt.Sprintf("%d.%d %%", tenths/10, tenths%10) }

func (r *Report) writePlaces(w io.Writer, heading string, s State) {
	for i, p := range r.Places(func(o *Obligation) bool { return o.State == s }) {
		if i == 0 {
			fmt.Fprintln(w)
			if heading != "" {
				fmt.Fprintln(w, heading)
			}
		}
		fmt.Fprintf(w, "%s: %s\n", place(p.At), diag.Clean(p.About))
		for _, o := range p.Obligations {
			text := r.Lack(o)
			if s == Impossible {
				text = "a case " + r.model.kindOfCase(o)
			}
			fmt.Fprintf(w, "  %s\n", diag.Clean(text))
		}
	}
}

func place(at diag.Span) string {
	if at.IsZero() {
		return "-"
	}
	return fmt.Sprintf("%s:%d:%d", diag.Clean(at.File), at.Line, at.Col)
}
