package atlas

import (
	"bufio"
	"fmt"
	"io"
	"math/big"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// maxShown is how many rows a text names of each kind of finding.
const maxShown = 10

// WriteFindings writes what a check found for people to read. name is what the
// table is called.
func WriteFindings(w io.Writer, name string, f *Findings) error {
	out := &checkText{bufio.NewWriter(w), f}
	if f.Agrees() {
		out.agreement(name)
	} else {
		out.line("%s does not agree with %s %s.", name, f.Pack.ID, f.Pack.Version)
		out.line("There are %s combinations of answers in all.", f.Size)
		out.about()
		out.differences()
		out.clashes()
		out.uncovered()
	}
	if len(f.Impossible) > 0 {
		out.line("")
		out.line("No answers can meet the conditions of %s.", lines(f.Impossible))
	}
	return out.w.Flush()
}

// checkText writes lines; its writer keeps the first error.
type checkText struct {
	w *bufio.Writer
	f *Findings
}

func (t *checkText) line(format string, args ...any) {
	t.w.WriteString(diag.Clean(fmt.Sprintf(format, args...)) + "\n")
}

func (t *checkText) about() {
	if t.f.Levels != nil {
		t.line("Only looked at: where table or rules say %s.", levelIDs(t.f.Levels))
	}
}

func (t *checkText) agreement(name string) {
	t.line("%s agrees with %s %s:", name, t.f.Pack.ID, t.f.Pack.Version)
	t.line("of %s combinations of answers, none differs and none is left out.", t.f.Size)
	t.about()
}

func (t *checkText) share(n *big.Int) string {
	return fmt.Sprintf("%s combinations (%s)", n, percent(shareOf(n, t.f.Size)))
}

func (t *checkText) differences() {
	if t.f.Differing.Sign() == 0 {
		return
	}
	t.line("")
	t.line("Another level in %s:", t.share(t.f.Differing))
	for _, d := range t.f.ByLevel {
		t.line("  the table says %s, the rules say %s: %s", d.Table.ID, d.Pack.ID, t.share(d.Count))
	}
	for i, d := range t.f.ByRow {
		if i == maxShown {
			break
		}
		t.line("  line %d: says %s, the rules say %s in", d.Line, d.Table.ID, d.Pack.ID)
		t.line("    %s, as with", t.share(d.Count))
		t.example(d.Example)
	}
	t.more(t.f.RowsByRow)
}

func (t *checkText) clashes() {
	if t.f.Clashing.Sign() == 0 {
		return
	}
	t.line("")
	t.line("Rows that contradict each other, in %s:", t.share(t.f.Clashing))
	for i, c := range t.f.Clashes {
		if i == maxShown {
			break
		}
		t.line("  lines %d and %d: say %s and %s in", c.Earlier, c.Line, c.Against.ID, c.Level.ID)
		t.line("    %s, as with", t.share(c.Count))
		t.example(c.Example)
	}
	t.more(t.f.RowsClash)
}

func (t *checkText) uncovered() {
	if t.f.Uncovered.Sign() == 0 {
		return
	}
	t.line("")
	t.line("In no row: %s:", t.share(t.f.Uncovered))
	for _, d := range t.f.Missing {
		t.line("  the rules say %s in", d.Pack.ID)
		t.line("    %s, as with", t.share(d.Count))
		t.example(d.Example)
	}
}

func (t *checkText) more(n int) {
	if n > maxShown {
		t.line("  … and %d more", n-maxShown)
	}
}

// example writes answers as they stand in a file that assess reads.
func (t *checkText) example(a pack.Answers) {
	for _, line := range exampleLines(t.f.Pack, a) {
		t.line("      %s", line)
	}
}

// exampleLines are the lines of an answers file without its comments.
func exampleLines(p *pack.Pack, a pack.Answers) []string {
	var out []string
	for line := range strings.Lines(string(p.EncodeAnswers(a))) {
		line = strings.TrimRight(line, "\n")
		if line == "{}" {
			return []string{"any answers"}
		}
		if !strings.HasPrefix(line, "#") {
			answer, _, _ := strings.Cut(line, "  #")
			out = append(out, answer)
		}
	}
	return out
}

func levelIDs(levels []*pack.Level) string {
	var ids []string
	for _, l := range levels {
		ids = append(ids, l.ID)
	}
	return strings.Join(ids, ", ")
}

func lines(of []int) string {
	if len(of) == 1 {
		return fmt.Sprintf("line %d", of[0])
	}
	var out []string
	for i, n := range of {
		if i == maxShown {
			return fmt.Sprintf("lines %s and %d more", strings.Join(out, ", "), len(of)-maxShown)
		}
		out = append(out, fmt.Sprint(n))
	}
	return fmt.Sprintf("lines %s and %s", strings.Join(out[:len(out)-1], ", "), out[len(out)-1])
}
