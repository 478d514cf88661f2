package report

import (
	"fmt"
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
	t.divider("Details")
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
	for i, p := range s.Parts {
		if i > 0 && (p.Head != "" || len(p.Lines) > 0) {
			t.space()
		}
		t.part(p)
	}
	t.space()
}

func (t *texter) part(p part) {
	if p.Head != "" {
		t.put(indent, indent, run{p.Head, bold})
	}
	t.lines(p.Lines, indent)
	for _, it := range p.Items {
		t.item(it)
	}
	t.facts(p.Facts, len(indent))
	t.lines(p.After, indent)
}

const indent = "  "

func (t *texter) lines(lines []line, margin string) {
	for _, l := range lines {
		t.put(margin, margin, lineRuns(l)...)
	}
}

func lineRuns(l line) []run {
	runs := []run{{l.Text, plain}}
	if m := marksText(l.Marks); m != "" {
		runs = append(runs, run{" ", plain}, run{m, faint})
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
	runs = append(runs, lineRuns(it.Text)...)
	if it.ID != "" {
		runs = append(runs, run{" ", plain}, run{it.ID, faint})
	}
	t.putMarked(it.Mark, runs)
	margin := indent + "    "
	for _, f := range it.Basis {
		t.put(margin, margin+indent, run{f.Label + ": ", faint}, run{f.Value.Text, plain})
	}
	if len(it.Wants) > 0 {
		t.put(margin, margin+indent, run{"Waits for: ", faint}, run{strings.Join(it.Wants, "; "), plain})
	}
	for _, f := range it.Then {
		t.put(margin, margin+indent, append([]run{{f.Label + ": ", bold}}, lineRuns(f.Value)...)...)
	}
}

// wordText is an item's word with a colon, unless the text goes on with it:
// "IOP if …".
func wordText(it item) string {
	if strings.HasPrefix(it.Text.Text, "if ") {
		return it.Word
	}
	return it.Word + ":"
}

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

// facts are a table of two columns; where that leaves too little room for the
// values, each value stands below its name.
func (t *texter) facts(facts []fact, margin int) {
	label := 0
	for _, f := range facts {
		label = max(label, width(f.Label))
	}
	if label = min(label, (t.width-margin)*2/5); t.width < 60 {
		label = min(label, 14)
	}
	for _, f := range facts {
		t.fact(f, margin, label)
	}
}

func (t *texter) fact(f fact, margin, label int) {
	names := wrap([]run{{f.Label, faint}}, label)
	values := wrap(valueRuns(f), t.width-margin-label-2)
	for i := range max(len(names), len(values)) {
		l := []run{{strings.Repeat(" ", margin), plain}}
		n := 0
		if i < len(names) {
			l = append(l, names[i]...)
			n = lineWidth(names[i])
		}
		if i < len(values) {
			l = append(l, run{strings.Repeat(" ", label-n+2), plain})
			l = append(l, values[i]...)
		}
		t.write(l)
	}
}

func valueRuns(f fact) []run {
	runs := lineRuns(f.Value)
	if f.Open {
		runs[0].style = open
	}
	return runs
}

func lineWidth(l []run) int {
	n := 0
	for _, r := range l {
		n += width(r.Text)
	}
	return n
}

func (t *texter) citations(all []citation) {
	if len(all) == 0 {
		return
	}
	t.put("", "", run{"Sources", heading})
	for _, c := range all {
		lead := fmt.Sprintf("%s%3s ", indent, fmt.Sprintf("%d.", c.Number))
		margin := strings.Repeat(" ", len(lead))
		t.put(lead, margin, run{strings.TrimSpace(citationText(c) + " " + noteText(c.Note)), plain})
		if c.URL != "" {
			t.put(margin, margin, run{c.URL, faint})
		}
	}
	t.space()
}

func citationText(c citation) string {
	text := c.Title
	if c.Date != "" {
		text += " (" + c.Date + ")"
	}
	return sentence(text)
}

// noteText says how a source was used, in a sentence of its own.
func noteText(note string) string { return sentence(capital(note)) }

func (t *texter) footer(d *document) {
	t.put("", "", run{"Rules " + d.Rules + " · " + d.Footer, faint})
}

// put wraps runs; the first line gets lead and the others margin before them.
func (t *texter) put(lead, margin string, runs ...run) {
	for i, l := range wrap(runs, t.width-width(margin)) {
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
