package verify

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// TextOptions say how a report is laid out.
type TextOptions struct {
	// Sources hold the text of the pack, so that lines of it can be shown.
	Sources *diag.Sources
	// Rules is what the pack is called on the command line, and Folder where
	// the witnesses have been written; empty if they have not.
	Rules, Folder string
}

// width is how long a line of prose may be.
const width = 100

// WriteText writes the report for people: the shares of the levels, a line for
// each kind of statement, and everything that was found in full, what fails
// first. The error is w's.
func (r *Report) WriteText(w io.Writer, opts TextOptions) error {
	t := newText(w, r, opts)
	t.head()
	t.summary()
	found := 0
	for _, s := range []Status{Refuted, Undecided, Remark} {
		for i := range r.Proofs {
			if r.Proofs[i].Status == s {
				t.finding(&r.Proofs[i])
				found += len(r.Proofs[i].Witness)
			}
		}
	}
	t.foot(found > 0)
	return t.w.Flush()
}

type text struct {
	w    *bufio.Writer
	r    *Report
	opts TextOptions
}

func newText(w io.Writer, r *Report, opts TextOptions) *text {
	return &text{bufio.NewWriter(w), r, opts}
}

func (t *text) line(format string, args ...any) {
	for i, a := range args {
		if s, ok := a.(string); ok {
			args[i] = diag.Clean(s)
		}
	}
	fmt.Fprintf(t.w, format+"\n", args...)
}

// prose writes text in lines that are not too long, the first behind a head
// and the others behind an indent.
func (t *text) prose(head, indent, s string) {
	line := head
	for _, word := range strings.Fields(diag.Clean(s)) {
		if begun := line != head && line != indent; begun && columns(line)+1+columns(word) > width {
			fmt.Fprintln(t.w, line)
			line = indent
		} else if begun {
			line += " "
		}
		line += word
	}
	fmt.Fprintln(t.w, line)
}

// cut shortens the comment behind an answer.
func cut(line string, most int) string {
	if columns(line) <= most || !strings.Contains(line, " # ") {
		return line
	}
	short := []rune(line)[:most-1]
	return strings.TrimRight(string(short), " ,;:") + "…"
}

func columns(s string) int { return len([]rune(s)) }

func (t *text) head() {
	p := t.r.Pack
	if t.r.Size == nil {
		t.line("%s %s: %s, and more ways to answer them than can be told apart", p.ID, p.Version, plural(len(p.Questions), "question"))
		return
	}
	t.line("%s %s: %s, %s ways to answer all of them", p.ID, p.Version, plural(len(p.Questions), "question"), FormatCount(t.r.Size))
	t.line("")
	ids := longest("level", len(p.Levels), func(i int) string { return p.Levels[i].ID })
	t.line("  %-*s  %-18s  %s", ids, "level", "share", "ways to answer")
	for i, l := range p.Levels {
		t.line("  %-*s  %-18s  %s", ids, l.ID, FormatShare(t.r.Shares[i], t.r.Size), FormatCount(t.r.Shares[i]))
	}
	t.prose("  ", "  ", "Every way to answer counts the same here, however rare the person is.")
	t.line("")
}

func longest(head string, n int, text func(int) string) int {
	most := len(head)
	for i := range n {
		most = max(most, columns(diag.Clean(text(i))))
	}
	return most
}

// finding writes what was found with its place, its reasons and its answers.
func (t *text) finding(p *Proof) {
	t.line("")
	t.line("%s%s [%s]", place(p.At), statusWord(p.Status), string(p.Code))
	if p.Status == Refuted {
		t.w.WriteString(excerpt(p.At, t.opts.Sources))
	}
	t.prose("   ", "   ", t.r.Message(p))
	for i := range p.Witness {
		t.witness(p, i)
	}
}

func statusWord(s Status) string {
	if s == Undecided {
		return "not decided"
	}
	return s.String()
}

func place(at diag.Span) string {
	if at.IsZero() {
		return ""
	}
	return fmt.Sprintf("%s:%d:%d: ", at.File, at.Line, at.Col)
}

// excerpt is the line of a place, as diagnostics show it.
func excerpt(at diag.Span, src *diag.Sources) string {
	var b bytes.Buffer
	if diag.WriteText(&b, []diag.Diagnostic{{At: at}}, src) != nil {
		return ""
	}
	_, lines, _ := strings.Cut(b.String(), "\n")
	return lines
}

// witness writes the answers of a witness; of the second of a pair only those
// that are others than in the first.
func (t *text) witness(p *Proof, i int) {
	w := &p.Witness[i]
	t.line("   %s: %s", t.path(w.Name+".yaml"), levelWords(w.Levels))
	lines := t.r.answerLines(w.Answers)
	if i > 0 {
		lines = t.r.changes(p.Witness[0].Answers, w.Answers)
	}
	for _, l := range lines {
		t.line("     %s", cut(diag.Clean(l), width-5))
	}
}

func (t *text) path(name string) string {
	if t.opts.Folder == "" {
		return name
	}
	return strings.TrimSuffix(t.opts.Folder, "/") + "/" + name
}

// levelWords says which levels are possible.
func levelWords(of []*pack.Level) string {
	var ids []string
	for _, l := range of {
		ids = append(ids, l.ID)
	}
	if len(ids) > 1 {
		return "possible are " + and(ids)
	}
	return strings.Join(ids, "")
}

// foot says how to replay the witnesses.
func (t *text) foot(witnesses bool) {
	r := t.r
	if len(r.LeftOut) > 0 {
		t.line("")
		var of []string
		for _, p := range r.LeftOut {
			name := p.what()
			if p.Criterion != nil && p.Criterion.Kind == pack.StepDown {
				name += " (and with it the readiness to leave " + p.Level.ID + ")"
			}
			of = append(of, name)
		}
		t.prose("", "", "Not looked at, since they ask whether something is answered: "+strings.Join(of, ", ")+".")
	}
	t.line("")
	t.line("%s: %s", r.Pack.ID, r.verdict())
	switch {
	case !witnesses:
	case t.opts.Folder == "":
		t.line("to replay its answers: carelevel rules verify %s --witness FOLDER", diag.ShellWord(t.opts.Rules))
	default:
		t.line("to replay answers: carelevel assess --rules %s --answers %s", diag.ShellWord(t.opts.Rules), diag.ShellWord(t.path(r.firstWitness()+".yaml")))
	}
}

// firstWitness names a witness of what was found: of the first that fails if
// there is one.
func (r *Report) firstWitness() string {
	for _, s := range []Status{Refuted, Remark} {
		for i := range r.Proofs {
			if p := &r.Proofs[i]; p.Status == s && len(p.Witness) > 0 {
				return p.Witness[0].Name
			}
		}
	}
	return ""
}

// plural counts things: "1 remark", "2 remarks".
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// verdict is the report in a line.
func (r *Report) verdict() string {
	parts := []string{plural(r.Count(Proved), "statement") + " proved"}
	for _, s := range []Status{Refuted, Undecided} {
		if n := r.Count(s); n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, statusWord(s)))
		}
	}
	if n := r.Count(Remark); n > 0 {
		parts = append(parts, plural(n, "remark"))
	}
	return strings.Join(parts, ", ")
}
