package form

import (
	"fmt"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

const (
	panelWidth     = 36
	separatorWidth = 3
)

const (
	markPossible = "●"
	markRuledOut = "○"
	markLevel    = "▶"
)

// panelLines is the panel in full: the levels, what holds, and what to look
// at.
func (m *model) panelLines(width int) []string {
	p := m.page.panel
	head := "Levels still possible"
	if p.Level != nil {
		head = "Level"
	}
	lines := []string{"", m.st.head.Render(head)}
	for _, l := range p.Levels {
		lines = append(lines, m.levelLine(levelNow(l.Level, p), l.Possible, p.Level != nil, width))
	}
	lines = append(lines, "", m.st.head.Render("Criteria that hold"))
	if len(p.Holds) == 0 {
		lines = append(lines, m.st.quiet.Render("None so far"))
	}
	for _, c := range p.Holds {
		text := hang("  ", oneLine(c.Because), width)
		lines = append(append(lines, m.st.accent.Render(levelName(c.Level))), text...)
	}
	if len(p.Notes) > 0 {
		lines = append(lines, "", m.st.head.Render("To look at"))
		for _, n := range p.Notes {
			lines = append(lines, each(hang("! ", oneLine(n.Because), width), m.st.warn.Render)...)
		}
	}
	return lines
}

func (m *model) levelLine(name string, possible, determined bool, width int) string {
	switch {
	case possible && determined:
		return m.st.good.Bold(true).Render(cut(markLevel+" "+name, width))
	case possible:
		return m.st.good.Render(markPossible) + " " + cut(name, width-2)
	}
	return m.st.quiet.Render(cut(markRuledOut+" "+name, width))
}

// footer is the condensed panel, where there is no other, and the keys.
func (m *model) footer() []string {
	width := m.inner()
	rule := m.st.line.Render(strings.Repeat("─", width))
	lines := []string{rule}
	if !m.wide() && m.overlay == noOverlay && !m.page.alarm {
		lines = append(lines, m.condensed(width)...)
		if m.roomy() {
			lines = append(lines, rule)
		}
	}
	return indent(append(lines, m.keyLine(width)))
}

// condensed is the panel in two or three lines; where lines are few, only what
// is possible.
func (m *model) condensed(width int) []string {
	p := m.page.panel
	label := "Possible  "
	if p.Level != nil {
		label = "Level     "
	}
	var parts []string
	for _, l := range p.Levels {
		parts = append(parts, m.levelLine(levelNow(l.Level, p), l.Possible, p.Level != nil, width))
	}
	lines := flow(m.st.quiet.Render(label), parts, "  ", width)
	if len(lines) > 1 {
		lines = flow(m.st.quiet.Render(label), parts, " ", width)
	}
	if !m.roomy() {
		return lines
	}
	text, n := "None so far", len(p.Holds)+len(p.Notes)-1
	switch {
	case len(p.Holds) > 0:
		text = levelName(p.Holds[0].Level) + ": " + oneLine(p.Holds[0].Because)
	case len(p.Notes) > 0:
		text = "! " + oneLine(p.Notes[0].Because)
	}
	more := ""
	if n > 0 {
		more = fmt.Sprintf("  (%d more: p)", n)
	}
	room := width - len(label) - ansi.StringWidth(more)
	return append(lines, m.st.quiet.Render("Holds     ")+cut(text, room)+m.st.quiet.Render(more))
}

// flow puts parts beside each other, and below where there is no room left.
func flow(label string, parts []string, gap string, width int) []string {
	lines := []string{label}
	for i, part := range parts {
		last := len(lines) - 1
		switch {
		case i == 0:
			lines[last] += part
		case ansi.StringWidth(lines[last]+gap+part) > width:
			lines = append(lines, strings.Repeat(" ", ansi.StringWidth(label))+part)
		default:
			lines[last] += gap + part
		}
	}
	return lines
}

// binding is a key and what it does here. The greater its rank, the sooner it
// is left out where the line is short; the help screen has them all.
type binding struct {
	name, does string
	rank       int
}

func (m *model) bindings() []binding {
	g := m.page
	bs := []binding{{"enter", "answer", 0}}
	open := false
	switch f := g.field.(type) {
	case *checks:
		if open = f.chosen() == 0; open {
			bs[0].does = "not assessed"
		}
		bs = append(bs, binding{"↑↓", "move", 6}, binding{"space", "choose", 1})
	case *list:
		bs = append(bs, binding{"↑↓", "choose", 5})
	}
	if g.forward == nil {
		bs[0].does = "take it"
	}
	if g.canBack {
		bs = append(bs, binding{"←", "back", 1})
	}
	if g.canForward {
		bs = append(bs, binding{"→", "forward", 3})
	}
	if m.mayConfirm() {
		bs = append(bs, binding{"=", "as last time", 3})
	}
	if g.skip != nil && !open {
		bs = append(bs, binding{"-", "not assessed", 2})
	}
	if m.naming() {
		return append(bs, binding{"ctrl+c", "leave", 2})
	}
	bs = append(bs, binding{"?", "help", 3})
	if !m.wide() {
		bs = append(bs, binding{"p", "panel", 4})
	}
	return append(bs, binding{"ctrl+c", "leave", 2})
}

func (m *model) keyLine(width int) string {
	bs := m.bindings()
	if m.overlay != noOverlay {
		bs = []binding{{"esc", "close", 0}, {"↑↓", "scroll", 1}}
	}
	for rank := 6; rank > 0; rank-- {
		if ansi.StringWidth(m.renderKeys(bs)) <= width {
			break
		}
		bs = slices.DeleteFunc(bs, func(b binding) bool { return b.rank == rank })
	}
	return m.renderKeys(bs)
}

func (m *model) renderKeys(bs []binding) string {
	parts := make([]string, len(bs))
	for i, b := range bs {
		parts[i] = b.name + " " + m.st.quiet.Render(b.does)
	}
	return strings.Join(parts, "  ")
}
