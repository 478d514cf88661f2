package form

import (
	"fmt"
	"slices"
	"strings"
)

const (
	margin      = 2   // columns left and right of everything
	widestText  = 140 // columns; a line that is longer is hard to read back from
	lastHeight  = 14  // lines; with fewer, what was answered last time is not shown, and so cannot be confirmed
	roomyHeight = 22  // lines; with fewer, empty ones and what can be looked up are left out
)

// inner is how many columns there are between the margins.
func (m *model) inner() int { return min(m.width, widestText) - 2*margin }

func (m *model) roomy() bool { return m.height >= roomyHeight }

// screen is the whole screen of a page: header, question, panel, keys.
func (m *model) screen() []string {
	top := m.header()
	bottom := m.footer()
	height := m.height - len(top) - len(bottom)
	var body []string
	switch {
	case m.overlay == helpOverlay:
		body = m.scrolled(m.helpLines(m.inner()), height)
	case m.overlay == panelOverlay:
		body = m.scrolled(m.panelLines(m.inner())[1:], height)
	case m.wide():
		left := m.inner() - panelWidth - separatorWidth
		body = m.beside(m.body(left-margin, height), m.panelLines(panelWidth), left, height)
	default:
		body = indent(m.body(m.inner(), height))
	}
	for len(body) < height {
		body = append(body, "")
	}
	return slices.Concat(top, body[:height], bottom)
}

// header says what is being filled in and how far it is, with a line below
// that is heavy as far as the interview has come.
func (m *model) header() []string {
	width := m.inner()
	right := progress(m.page.panel)
	left := cut(oneLine(m.page.pack.Title), max(0, width-len(right)-2))
	line := strings.Repeat(" ", margin) + m.st.quiet.Render(pad(left, width-len(right))+right)
	done := width
	if all := m.page.panel.Asked + m.page.panel.Remaining; all > 0 {
		done = width * m.page.panel.Asked / all
	}
	rule := m.st.accent.Render(strings.Repeat("━", done)) + m.st.line.Render(strings.Repeat("─", width-done))
	if m.page.alarm {
		rule = m.st.alarm.Render(strings.Repeat("━", width))
	}
	return []string{line, strings.Repeat(" ", margin) + rule}
}

// beside puts the panel right of the question, with a line between them.
func (m *model) beside(left, right []string, width, height int) []string {
	right = upTo(right, height, panelWidth)
	out := make([]string, height)
	for i := range out {
		l, r := "", ""
		if i < len(left) {
			l = left[i]
		}
		if i < len(right) {
			r = right[i]
		}
		out[i] = strings.Repeat(" ", margin) + pad(l, width) + m.st.line.Render(" │ ") + r
	}
	return out
}

// body is the question with its answers, in at most height lines of width
// columns. Where they do not all fit, first the explanations of the answers
// are shown one at a time, then the answers scroll, and last the question's own
// help is shortened; the help screen has all of it.
func (m *model) body(width, height int) []string {
	g := m.page
	foot := m.below(width)
	const leastList, leastHead = 5, 2
	most := max(leastHead+len(m.lastLines(width)), height-len(foot)-leastList)
	head := upTo(m.above(width, most), most, width)
	room := height - len(head) - len(foot)
	g.field.layout(width, true)
	lines, from, to := g.field.view()
	if len(lines) > room && len(g.field.helps()) > 0 {
		g.field.layout(width, false)
		lines, from, to = g.field.view()
		foot = append(m.hovered(width), foot...)
		room = height - len(head) - len(foot)
	}
	if len(lines) > room && head[0] == "" {
		head, room = head[1:], room+1
	}
	return slices.Concat(head, m.window(lines, from, to, max(1, room)), foot)
}

// above is what stands over the answers, in at most height lines.
func (m *model) above(width, height int) []string {
	g := m.page
	title := m.st.title
	if g.alarm {
		title = m.st.alarm
	}
	var lines []string
	if m.roomy() {
		lines = append(lines, "")
	}
	if g.crumb != "" {
		lines = append(lines, m.st.accent.Render(cut(g.crumb, width)))
	}
	const stemLines = 2
	lines = append(lines, each(upTo(wrap(g.stem, width), stemLines, width), m.st.quiet.Render)...)
	lines = append(lines, each(wrap(g.ask, width), title.Render)...)
	// What can be confirmed is on the screen before anything else is.
	last := m.lastLines(width)
	lines = upTo(lines, max(1, height-len(last)-1), width)
	rest := height - len(lines) - len(last) - 1
	help := wrap(g.help, width)
	var facts []string
	for _, f := range g.facts {
		facts = append(facts, hang("• ", f, width)...)
	}
	shown := upTo(help, max(1, rest-len(facts)), width)
	if g.alarm {
		// What to do at once is not small print.
		lines = append(append(lines, ""), shown...)
	} else {
		lines = append(lines, each(shown, m.st.quiet.Render)...)
	}
	if len(facts) > 0 {
		lines = append(append(lines, ""), upTo(facts, max(1, rest-len(shown)-1), width)...)
	}
	if lines = append(lines, last...); len(lines) < height {
		lines = append(lines, "")
	}
	return lines
}

// lastLines are what was answered last time, the first of them empty where
// there is room. On a very small screen only the help screen has it.
func (m *model) lastLines(width int) []string {
	if m.page.last == "" || m.height < lastHeight {
		return nil
	}
	lines := each(upTo(wrap(m.page.last, width), m.height/4, width), m.st.accent.Render)
	if m.roomy() {
		return append([]string{""}, lines...)
	}
	return lines
}

// below is what stands under the answers.
func (m *model) below(width int) []string {
	var lines []string
	hint := m.page.hint
	if c, ok := m.page.field.(*checks); ok && m.roomy() {
		hint = "Nothing chosen: Enter leaves it not assessed."
		if n := c.chosen(); n > 0 {
			hint = fmt.Sprintf("%d chosen; Enter takes it.", n)
		}
	}
	if hint != "" {
		lines = append(append(lines, ""), each(wrap(hint, width), m.st.quiet.Render)...)
	}
	if m.page.problem != "" {
		lines = append(append(lines, ""), each(hang("! ", m.page.problem, width), m.st.warn.Render)...)
	}
	return lines
}

// hovered is the explanation of the answer under the cursor, in as many lines
// as the longest one needs, so that nothing moves with the cursor.
func (m *model) hovered(width int) []string {
	tallest := 0
	for _, h := range m.page.field.helps() {
		tallest = max(tallest, len(wrap(h, width-selectorWidth)))
	}
	var lines []string
	if m.roomy() {
		lines = append(lines, "")
	}
	end := len(lines) + tallest
	lines = append(lines, each(hang("  ", m.page.field.help(), width), m.st.quiet.Render)...)
	for len(lines) < end {
		lines = append(lines, "")
	}
	return lines
}

// window shows room lines of a list, those under the cursor among them, and
// says how many are above and below.
func (m *model) window(lines []string, from, to, room int) []string {
	if len(lines) <= room {
		m.scroll = 0
		return lines
	}
	const least = 3 // lines in which there is room to say what is above and below
	if room < least {
		m.scroll = max(0, min(from, len(lines)-room))
		return lines[m.scroll : m.scroll+room]
	}
	room -= 2
	m.scroll = max(min(m.scroll, from), to-room, 0)
	m.scroll = min(m.scroll, from, len(lines)-room)
	end := m.scroll + room
	return slices.Concat([]string{m.more("↑", m.scroll)}, lines[m.scroll:end], []string{m.more("↓", len(lines)-end)})
}

func (m *model) more(arrow string, n int) string {
	if n == 0 {
		return ""
	}
	return m.st.quiet.Render("  " + arrow + " " + count(n, "more line"))
}

// scrolled shows height lines of an overlay.
func (m *model) scrolled(lines []string, height int) []string {
	lines = append([]string{""}, lines...)
	m.scroll = max(0, min(m.scroll, len(lines)-height))
	if len(lines) <= height {
		return indent(lines)
	}
	shown := indent(lines[m.scroll : m.scroll+height-1])
	left := ""
	if n := len(lines) - m.scroll - height + 1; n > 0 {
		left = strings.Repeat(" ", margin) + m.st.quiet.Render("↓ "+count(n, "more line"))
	}
	return append(shown, left)
}

// helpLines is all that is known about the question, and the keys.
func (m *model) helpLines(width int) []string {
	g := m.page
	lines := each(wrap(g.ask, width), m.st.title.Render)
	for _, s := range append([]string{g.stem, g.help}, g.about...) {
		if s != "" {
			lines = append(append(lines, ""), wrap(s, width)...)
		}
	}
	lines = append(lines, "", m.st.head.Render("Keys"))
	for _, k := range m.bindings() {
		lines = append(lines, pad(k.name, 10)+m.st.quiet.Render(k.does))
	}
	return lines
}

func indent(lines []string) []string {
	out := make([]string, len(lines))
	for i, l := range lines {
		if l != "" {
			out[i] = strings.Repeat(" ", margin) + l
		}
	}
	return out
}
