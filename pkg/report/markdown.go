package report

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// Markdown writes the report as a note for a chart: CommonMark with tables,
// without HTML. Text of the pack and the answers is escaped, so it reads as it
// was written and never becomes markup.
func Markdown(w io.Writer, in Input) error {
	m := &marker{}
	m.document(build(in))
	_, err := io.WriteString(w, m.b.String())
	return err
}

// marker writes Markdown blocks, one empty line between them.
type marker struct {
	b      strings.Builder
	nested bool // what belongs to an entry of a list stands below it
}

func (m *marker) document(d *document) {
	title := d.Label + ": " + d.Name
	if d.Outcome == emergency {
		title = strings.ToUpper(d.Label) + ": " + d.Name
	}
	m.heading(1, title)
	for _, l := range d.Lead {
		m.block("**" + escape(l.Text) + "**")
	}
	m.ladder(d.Ladder)
	m.block(escape(strings.Join(d.About, " · ")))
	for _, f := range d.Glance {
		m.entry("", "**"+escape(f.Label)+":** "+markedUp(f.Value))
	}
	m.end()
	for _, s := range slices.Concat(d.Core, d.Plan, d.Details) {
		m.section(s)
	}
	m.citations(d.Sources)
	m.block("Rules " + escape(d.Rules) + " · " + escape(d.Footer))
}

func (m *marker) heading(level int, text string) {
	m.end()
	m.b.WriteString(strings.Repeat("#", level) + " " + escape(text) + "\n\n")
}

// block writes a paragraph.
func (m *marker) block(text string) {
	m.end()
	m.b.WriteString(text + "\n\n")
}

// entry writes one entry of a list.
func (m *marker) entry(margin, text string) { m.b.WriteString(margin + "- " + text + "\n") }

// end closes a list or a table with an empty line.
func (m *marker) end() {
	if s := m.b.String(); s != "" && !strings.HasSuffix(s, "\n\n") {
		m.b.WriteString("\n")
	}
}

// ladder marks levels in words too: bold is lost where a note is pasted as
// plain text.
func (m *marker) ladder(rungs []rung) {
	if len(rungs) < 2 {
		return
	}
	var out []string
	for _, r := range rungs {
		if r.State == rungOther {
			out = append(out, escape(r.Name))
		} else {
			out = append(out, "**"+r.State.Symbol()+" "+escape(r.Name)+"**")
		}
	}
	m.block("Levels: " + strings.Join(out, " < "))
}

func (m *marker) section(s section) {
	m.heading(2, s.Title)
	for _, p := range s.Parts {
		m.part(p)
	}
	m.end()
}

func (m *marker) part(p part) {
	if p.Head != "" && !p.RunIn() {
		m.heading(3, p.Head)
	}
	m.paragraphs(p.Lines)
	for _, it := range p.Items {
		m.item(it)
	}
	m.table(p.Facts)
	m.flow(p)
	m.paragraphs(p.After)
}

// flow writes a part as one paragraph.
func (m *marker) flow(p part) {
	var head []string
	if p.Head != "" && p.RunIn() {
		head = append(head, "**"+escape(p.Head)+":**")
	}
	if p.Intro != "" {
		head = append(head, escape(p.Intro))
	}
	if len(p.Flow) > 0 {
		head = append(head, flowMarkdown(p.Flow))
	}
	if len(p.Waits) > 0 {
		head = append(head, waitsMarkdown(p.Waits))
	}
	switch text := strings.Join(head, " "); {
	case text == "":
	case p.Head != "" && p.RunIn():
		m.entry("", text)
	default:
		m.block(text)
	}
}

// flowMarkdown are the phrases of a paragraph, up to its full stop.
func flowMarkdown(flow []phrase) string {
	var out []string
	for _, f := range flow {
		out = append(out, phraseMarkdown(f))
	}
	return strings.Join(out, between(flow)+" ") + "."
}

func phraseMarkdown(f phrase) string {
	if f.Text.Text == "" {
		return code(f.ID)
	}
	text := escape(f.Text.Text) + basisMarkdown(f.Basis) + referenceMarkdown(f.Text.Marks, f.ID)
	if f.Label != "" {
		return escape(f.Label) + ": " + text
	}
	return text
}

func waitsMarkdown(names []string) string {
	return "*Waits for:* " + escape(sentence(strings.Join(names, "; ")))
}

func basisMarkdown(basis []fact) string {
	var out []string
	for _, f := range basis {
		out = append(out, escape(f.Label)+": "+escape(f.Value.Text))
	}
	if len(out) == 0 {
		return ""
	}
	return " (" + strings.Join(out, "; ") + ")"
}

// referenceMarkdown is what stands behind a sentence for who checks it; source
// numbers are not links.
func referenceMarkdown(marks []int, id string) string {
	var text string
	if m := marksText(marks); m != "" {
		text = " " + strings.Replace(m, "[", "\\[", 1)
	}
	if id != "" {
		text += " " + code(id)
	}
	return text
}

func (m *marker) paragraphs(lines []line) {
	for _, l := range lines {
		m.block(markedUp(l))
	}
}

func (m *marker) item(it item) {
	body, stop := it.Body()
	text := escape(body) + basisMarkdown(it.Basis) + stop
	if len(it.Flow) > 0 {
		text += gap(body) + flowMarkdown(it.Flow)
	}
	if len(it.Wants) > 0 {
		text += " " + waitsMarkdown(it.Wants)
	}
	text += referenceMarkdown(it.Text.Marks, it.ID)
	if it.Word != "" {
		text = "**" + escape(wordText(it)) + "** " + text
	}
	for _, f := range it.Then {
		if !m.nested {
			text += " *" + escape(f.Label) + ":* " + markedUp(f.Value)
		}
	}
	m.entry("", text)
	for _, f := range it.Then {
		if m.nested {
			m.below(indent, f)
		}
	}
}

func (m *marker) table(facts []fact) {
	if len(facts) == 0 {
		return
	}
	m.end()
	m.b.WriteString("| | |\n|---|---|\n")
	for _, f := range facts {
		fmt.Fprintf(&m.b, "| %s | %s |\n", escape(f.Label), markedUp(f.Value))
	}
	m.end()
}

func (m *marker) citations(all []citation) {
	if len(all) == 0 {
		return
	}
	m.heading(2, "Sources")
	for _, c := range all {
		text := fmt.Sprintf("%d. %s", c.Number, escape(citationText(c)))
		if c.URL != "" {
			text += " " + address(c.URL)
		}
		m.b.WriteString(text + "\n")
	}
}

// markedUp is a line with its source numbers.
func markedUp(l line) string { return escape(l.Text) + referenceMarkdown(l.Marks, "") }

// code writes an id; one that holds anything but the letters of ids is
// escaped, since backticks could end the code.
func code(id string) string {
	if strings.Trim(id, idLetters) == "" {
		return "`" + id + "`"
	}
	return escape(id)
}

const idLetters = "abcdefghijklmnopqrstuvwxyz0123456789_-"

// address writes a web address as a link, and anything else as text.
func address(url string) string {
	if isAddress(url) && !strings.ContainsAny(url, "<>\\`|") {
		return "<" + url + ">"
	}
	return escape(url)
}

// escape makes text stand for itself. Underscores inside words are left alone,
// as Markdown leaves them, so that notes stay readable without a renderer.
func escape(s string) string {
	var b strings.Builder
	runes := []rune(s)
	for i, r := range runes {
		if special(runes, i) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

func special(s []rune, i int) bool {
	switch r := s[i]; r {
	case '\\', '`', '*', '[', ']', '<', '|', '~', '@':
		return true
	case '_':
		return !(i > 0 && i+1 < len(s) && isWord(s[i-1]) && isWord(s[i+1]))
	case '&':
		return i+1 < len(s) && (isWord(s[i+1]) || s[i+1] == '#')
	case '#', '+', '-', '=', '>':
		return i == 0
	case '.', ')':
		return i > 0 && allDigits(s[:i]) || r == '.' && i >= 3 && strings.EqualFold(string(s[i-3:i]), "www")
	case ':':
		return i+2 < len(s) && s[i+1] == '/' && s[i+2] == '/' // an address becomes a link only where we mean one
	}
	return false
}

func isWord(r rune) bool {
	return r >= '0' && r <= '9' || r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r > 127
}

func allDigits(s []rune) bool {
	for _, r := range s {
		if r < '0' || r > '9' {
			return false
		}
	}
	return true
}
