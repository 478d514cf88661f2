package report

import (
	"io"
	"strings"
)

// PackMarkdown writes what PackText does as a document in CommonMark with
// tables, for a repository or a word processor.
func PackMarkdown(w io.Writer, in PackInput) error {
	d := buildPack(in)
	m := &marker{nested: true}
	m.heading(1, d.Title)
	m.block("Rules " + escape(d.Running+" · "+d.Counts))
	m.paragraphs(d.What)
	m.block("**" + escape(d.Stated) + "**")
	if d.Before != "" {
		m.block("**" + escape(d.Before) + "**")
	}
	for _, s := range d.Sections {
		m.packSection(s)
	}
	m.citations(d.Sources)
	if d.Approval != nil {
		m.approval(d.Approval)
	}
	m.block("Rules " + escape(d.Running))
	_, err := io.WriteString(w, m.b.String())
	return err
}

func (m *marker) packSection(s packSection) {
	switch {
	case s.Levels != nil:
		m.heading(2, s.Title)
		m.compared(s.Levels)
	case s.Plain != nil:
		m.heading(2, s.Title)
		for _, l := range s.Plain {
			m.b.WriteString(strings.TrimRight("    "+l, " ") + "\n")
		}
		m.end()
	default:
		m.section(s.section)
	}
}

func (m *marker) approval(a *approval) {
	m.heading(2, "Approval")
	m.block(escape(a.Says))
	m.b.WriteString("| " + strings.Join(signed, " | ") + " |\n" + strings.Repeat("|---", len(signed)) + "|\n")
	for range a.Rows {
		m.b.WriteString(strings.Repeat("|   ", len(signed)) + "|\n")
	}
}

// below writes what belongs to an entry as a list of its own.
func (m *marker) below(margin string, f fact) {
	text := "*" + escape(f.Label) + ":*"
	if f.Value.Text != "" {
		text += " " + markedUp(f.Value)
	}
	m.entry(margin, text)
	m.tree(margin+indent, f.Tree)
}

func (m *marker) tree(margin string, all []branch) {
	for _, b := range all {
		m.entry(margin, escape(b.Text))
		m.tree(margin+indent, b.Below)
	}
}
