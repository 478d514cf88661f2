package report

import (
	"fmt"
	"strings"
)

// apart reports whether an empty line belongs between a part and the one
// before it. Paragraphs that begin with their heads need none.
func (p part) apart(before part) bool {
	switch {
	case p.RunIn() && before.RunIn(), len(before.Lines) > 0 && p.Head == "":
		return false
	}
	return p.Head != "" || len(p.Lines) > 0
}

// flow writes a part as one paragraph.
func (t *texter) flow(p part) {
	var runs []run
	if p.Head != "" && p.RunIn() {
		runs = append(runs, run{p.Head + ":", bold}, run{" ", plain})
	}
	if p.Intro != "" {
		runs = append(runs, run{p.Intro, plain}, run{" ", plain})
	}
	runs = append(runs, flowRuns(p.Flow)...)
	if len(p.Waits) > 0 {
		runs = append(runs, waitsRuns(p.Waits)...)
	}
	if len(p.Flow) > 0 || p.Intro != "" {
		t.put(indent, indent+indent, runs...)
	}
}

// flowRuns are the phrases of a paragraph, up to its full stop.
func flowRuns(flow []phrase) []run {
	var runs []run
	for i, f := range flow {
		if i > 0 {
			runs = append(attach(runs, between(flow)), run{" ", plain})
		}
		runs = append(runs, phraseRuns(f)...)
	}
	if len(runs) > 0 {
		runs = attach(runs, ".")
	}
	return runs
}

func waitsRuns(names []string) []run {
	return []run{{" Waits for: ", faint}, {sentence(strings.Join(names, "; ")), plain}}
}

// attach puts a sign at the end of the last run, so that no line begins with
// it.
func attach(runs []run, sign string) []run {
	runs[len(runs)-1].Text += sign
	return runs
}

// between is what separates phrases: ids alone need no more than a comma.
func between(flow []phrase) string {
	if len(flow) > 0 && flow[0].Text.Text == "" {
		return ","
	}
	return ";"
}

func phraseRuns(f phrase) []run {
	var runs []run
	if f.Label != "" {
		runs = append(runs, run{f.Label + ": ", faint})
	}
	if f.Text.Text == "" {
		return append(runs, run{f.ID, faint})
	}
	runs = append(append(runs, run{f.Text.Text, plain}), basisRuns(f.Basis)...)
	return append(runs, references(f.Text.Marks, f.ID)...)
}

// basisRuns are the answers behind something, in parentheses after it.
func basisRuns(basis []fact) []run {
	var runs []run
	for i, f := range basis {
		sign := " "
		if i == 0 {
			sign = " ("
		} else {
			attach(runs, ";")
		}
		runs = append(runs, run{sign + f.Label + ": ", faint}, run{f.Value.Text, plain})
	}
	if len(runs) > 0 {
		attach(runs, ")")
	}
	return runs
}

// twoColumns is the width from which a table has room; on less, a paragraph is
// shorter and reads as well.
const twoColumns = 100

// table writes phrases in two columns, and those that need more room across
// both.
func (t *texter) table(flow []phrase) {
	each := (t.width - len(indent)) / 2
	var left []run
	for _, f := range flow {
		runs := phraseRuns(f)
		switch {
		case left != nil && lineWidth(runs) <= t.width-len(indent)-each:
			gap := strings.Repeat(" ", each-lineWidth(left))
			t.write(append(append([]run{{indent, plain}}, append(left, run{gap, plain})...), runs...))
			left = nil
		case left == nil && lineWidth(runs) < each:
			left = runs
		default:
			t.leftOver(left)
			left = nil
			t.put(indent, indent+indent, runs...)
		}
	}
	t.leftOver(left)
}

func (t *texter) leftOver(left []run) {
	if left != nil {
		t.put(indent, indent+indent, left...)
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

// citations lists the sources, in a line each where the width allows it.
func (t *texter) citations(all []citation) {
	if len(all) == 0 {
		return
	}
	t.put("", "", run{"Sources", heading})
	for _, c := range all {
		number := fmt.Sprintf("%d. ", c.Number)
		runs := []run{{citationText(c), plain}}
		if c.URL != "" {
			runs = append(runs, run{" ", plain}, run{c.URL, faint})
		}
		t.put(indent+number, indent+indent, runs...)
	}
	t.space()
}

func citationText(c citation) string {
	if c.Date != "" {
		return sentence(c.Title + " (" + c.Date + ")")
	}
	return sentence(c.Title)
}
