package report

import (
	"io"
	"strconv"
	"strings"
)

// Text writes the report for a terminal or a plain file.
func Text(w io.Writer, in Input, opts TextOptions) error {
	t := newTexter(opts)
	t.document(build(in))
	return t.flush(w)
}

// texter lays a document out in lines.
type texter struct {
	b     strings.Builder
	width int
	color bool
	gap   bool // an empty line is due before the next one
}

func newTexter(opts TextOptions) *texter {
	return &texter{width: opts.width(), color: opts.Color}
}

// flush writes what was laid out, all of it or an error.
func (t *texter) flush(w io.Writer) error {
	_, err := io.WriteString(w, t.b.String())
	return err
}

func (t *texter) document(d *document) {
	t.banner(d)
	t.facts(d.Glance, 0)
	t.space()
	for _, s := range d.Core {
		t.section(s)
	}
	for _, s := range d.Plan {
		t.divider(s.Title)
		t.parts(s.Parts)
	}
	if len(d.Details) > 0 {
		t.divider("Details")
	}
	for _, s := range d.Details {
		t.section(s)
	}
	t.citations(d.Sources)
	t.footer(d)
}

// banner is the headline. An emergency is told apart by its frame and its
// word, not only by its colour.
func (t *texter) banner(d *document) {
	style, rule := heading, ""
	switch d.Outcome {
	case emergency:
		style, rule = alarm, "!"
	case undetermined:
		style = open
	}
	t.rule(rule)
	label := d.Label + ":"
	if d.Outcome == emergency {
		label = strings.ToUpper(label)
	}
	t.put("", "", run{label, style}, run{" ", plain}, run{d.Name, bold})
	t.lines(d.Lead, "")
	t.rule(rule)
	t.ladder(d.Ladder)
	t.put("", "", run{strings.Join(d.About, " · "), faint})
	t.space()
}

func (t *texter) rule(of string) {
	if of != "" {
		t.write([]run{{strings.Repeat(of, t.width), alarm}})
	}
}

// ladder shows all levels from least to most intensive. A name is not broken
// from its symbol.
func (t *texter) ladder(rungs []rung) {
	if len(rungs) < 2 {
		return
	}
	var runs []run
	for i, r := range rungs {
		if i > 0 {
			runs = append(runs, run{"   ", plain})
		}
		style := faint
		if r.State != rungOther {
			style = bold
		}
		runs = append(runs, run{r.State.Symbol() + "\u00a0" + strings.ReplaceAll(r.Name, " ", "\u00a0"), style})
	}
	t.put("", "", spread(runs)...)
}

// spread keeps the distance between rungs when a line is laid out, which
// otherwise makes one space of many.
func spread(runs []run) []run {
	for i := range runs {
		if strings.TrimSpace(runs[i].Text) == "" {
			runs[i].Text = " \u00a0 "
		}
	}
	return runs
}

// divider separates what one reads from what one looks up.
func (t *texter) divider(title string) {
	t.space()
	left := "── " + title + " "
	t.write([]run{{left + strings.Repeat("─", max(0, t.width-width(left))), faint}})
	t.space()
}

func (t *texter) section(s section) {
	t.put("", "", run{s.Title, heading})
	t.parts(s.Parts)
}

func (t *texter) parts(parts []part) {
	for i, p := range parts {
		if i > 0 && p.apart(parts[i-1]) {
			t.space()
		}
		t.part(p)
	}
	t.space()
}

func (t *texter) part(p part) {
	table := p.Table && t.width >= twoColumns
	if p.Head != "" && (table || !p.RunIn()) {
		t.put(indent, indent, run{p.Head, bold})
	}
	t.lines(p.Lines, indent)
	for _, it := range p.Items {
		t.item(it)
	}
	t.facts(p.Facts, len(indent))
	if table {
		t.table(p.Flow)
	} else {
		t.flow(p)
	}
	t.lines(p.After, indent)
}

const indent = "  "

func (t *texter) lines(lines []line, margin string) {
	for _, l := range lines {
		t.put(margin, margin, lineRuns(l)...)
	}
}

func lineRuns(l line) []run {
	return append([]run{{l.Text, plain}}, references(l.Marks, "")...)
}

// references are what stands behind a sentence for who checks it.
func references(marks []int, id string) []run {
	var runs []run
	for _, s := range []string{marksText(marks), id} {
		if s != "" {
			runs = append(runs, run{" ", plain}, run{s, faint})
		}
	}
	return runs
}

// marksText writes source numbers as they stand behind a sentence: "[1,4]".
func marksText(marks []int) string {
	if len(marks) == 0 {
		return ""
	}
	var out []string
	for _, m := range marks {
		out = append(out, strconv.Itoa(m))
	}
	return "[" + strings.Join(out, ",") + "]"
}

func (t *texter) item(it item) {
	var runs []run
	if it.Word != "" {
		runs = append(runs, run{wordText(it), markOr(it.Mark, bold)}, run{" ", plain})
	}
	text, stop := it.Body()
	runs = append(append(runs, run{text, plain}), basisRuns(it.Basis)...)
	runs = attach(runs, stop)
	if len(it.Flow) > 0 {
		runs = append(append(runs, run{gap(text), plain}), flowRuns(it.Flow)...)
	}
	if len(it.Wants) > 0 {
		runs = append(runs, waitsRuns(it.Wants)...)
	}
	t.putMarked(it.Mark, append(runs, references(it.Text.Marks, it.ID)...))
	margin := indent + indent
	for _, f := range it.Then {
		t.put(margin, margin+indent, append([]run{{f.Label + ": ", bold}}, lineRuns(f.Value)...)...)
		t.tree(margin+indent, f.Tree)
	}
}

// gap stands between a text, if there is one, and what it goes on with.
func gap(text string) string {
	if text == "" {
		return ""
	}
	return " "
}

// wordText is an item's word before its text.
func wordText(it item) string { return it.Word + ":" }

func markOr(m mark, otherwise style) style {
	if m == markNone {
		return otherwise
	}
	return markStyle(m)
}

func (t *texter) putMarked(m mark, runs []run) {
	lead := run{m.Symbol() + " ", markStyle(m)}
	for i, l := range wrap(runs, t.width-4) {
		first := run{indent, plain}
		if i == 0 {
			l = append([]run{first, lead}, l...)
		} else {
			l = append([]run{first, {indent, plain}}, l...)
		}
		t.write(l)
	}
}

func (t *texter) footer(d *document) {
	t.put("", "", run{"Rules " + d.Rules + " · " + d.Footer, faint})
}

// put wraps runs; the first line gets lead and the others margin before them.
func (t *texter) put(lead, margin string, runs ...run) {
	for i, l := range wrap(runs, t.width-max(width(lead), width(margin))) {
		before := margin
		if i == 0 {
			before = lead
		}
		t.write(append([]run{{before, plain}}, l...))
	}
}

// space asks for one empty line before the next line, however often it is
// asked for.
func (t *texter) space() { t.gap = t.b.Len() > 0 }

func (t *texter) write(l []run) {
	if t.gap {
		t.b.WriteByte('\n')
		t.gap = false
	}
	t.b.WriteString(strings.TrimRight(paint(l, t.color), " \u00a0") + "\n")
}
