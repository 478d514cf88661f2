package report

import (
	"io"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// PackText writes all that a pack says, for people to read and to discuss: its
// levels with their criteria in sentences, questions with their answers, and
// the sources of it.
func PackText(w io.Writer, in PackInput, opts TextOptions) error {
	t := newTexter(opts)
	d := buildPack(in)
	t.put("", "", run{d.Title, heading})
	t.put("", "", run{d.Rules + " · " + d.Counts, faint})
	t.space()
	t.lines(d.What, "")
	t.space()
	t.put("", "", run{d.Stated, plain})
	t.space()
	if d.Before != "" {
		t.put("", "", run{d.Before, bad})
		t.space()
	}
	for _, s := range d.Sections {
		t.packSection(s)
	}
	t.citations(d.Sources)
	if d.Approval != nil {
		t.approval(d.Approval)
	}
	t.put("", "", run{"Rules " + d.Running, faint})
	return t.flush(w)
}

func (t *texter) packSection(s packSection) {
	switch {
	case s.Levels != nil:
		t.put("", "", run{s.Title, heading})
		t.compared(s.Levels)
		if len(s.Levels.Columns) > 1 {
			t.put("", "", run{differsNote, faint})
		}
	case s.Plain != nil:
		t.put("", "", run{s.Title, heading})
		for _, l := range s.Plain {
			t.write([]run{{indent, plain}, {l, plain}})
		}
	default:
		t.section(s.section)
	}
	t.space()
}

// plainLines are lines of a text that is laid out already, each clean.
func plainLines(text string) []string {
	var out []string
	for l := range strings.Lines(text) {
		out = append(out, diag.Clean(strings.TrimRight(l, "\r\n")))
	}
	return out
}

func (t *texter) approval(a *approval) {
	t.put("", "", run{"Approval", heading})
	t.put(indent, indent, run{a.Says, plain})
	for range a.Rows {
		t.space()
		for _, s := range signed {
			t.write([]run{{indent, plain}, {s + strings.Repeat(" ", 11-len(s)) + strings.Repeat("_", t.width-15), plain}})
		}
	}
	t.space()
}

// tree writes what a fact is made of below it.
func (t *texter) tree(margin string, all []branch) {
	for _, b := range all {
		t.put(margin+"- ", margin+indent, run{b.Text, plain})
		t.tree(margin+indent, b.Below)
	}
}
