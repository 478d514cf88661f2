package report

import (
	"slices"
	"strings"
)

// document is a report before it has a form. Its strings are clean (see
// clean), but not escaped for any form.
type document struct {
	Outcome outcome
	Label   string   // "Recommendation", "Undetermined" or "Emergency"
	Name    string   // what is recommended, or the levels between which it is open
	Ladder  []rung   // all levels, least intensive first
	About   []string // what the report is about: pack, assessment, date
	Lead    []line   // what comes first: what to ask next, or what to do at once
	Glance  []fact
	Core    []section // what one reads
	Plan    []section // what happens next
	Details []section // what one looks up
	Sources []citation
	Rules   string // the pack's id, version and short hash
	Hash    string // in full
	Footer  string
}

// outcome is what kind of answer the report gives.
type outcome int

const (
	determined outcome = iota
	undetermined
	emergency
)

// String returns the outcome as a style sheet knows it.
func (o outcome) String() string { return [...]string{"determined", "undetermined", "emergency"}[o] }

// rung is a level's place on the ladder of all levels.
type rung struct {
	Name  string
	State rungState
}

type rungState int

const (
	rungOther rungState = iota
	rungPossible
	rungRecommended
)

// symbol tells the states apart where there is no colour and no weight.
func (s rungState) Symbol() string { return [...]string{"○", "◐", "●"}[s] }

// word says the state to who does not see the symbol.
func (s rungState) Word() string { return [...]string{"", "possible", "recommended"}[s] }

// line is a sentence and the sources that it stands on.
type line struct {
	Text  string
	Marks []int // numbers of document.Sources
}

// fact is a value with its name: a row of a table.
type fact struct {
	Label string
	Value line
	Open  bool     // there is no answer
	Tree  []branch // what Value is made of, where a sentence would not do
}

// section is a heading and what stands under it.
type section struct {
	ID    string // stable, for anchors
	Title string
	Parts []part
}

// part is a piece of a section. What it has is shown in the order of the fields.
type part struct {
	Head  string
	Lines []line
	Items []item
	Facts []fact
	Intro string   // begins the paragraph that Flow goes on with
	Flow  []phrase // one paragraph
	Table bool     // Flow reads as a table where there is room for one
	Waits []string // the questions that it waits for
	After []line
}

func (p part) empty() bool {
	return len(p.Lines) == 0 && len(p.Items) == 0 && len(p.Facts) == 0 && p.Intro == "" && len(p.Flow) == 0 && len(p.After) == 0
}

// RunIn reports whether the head begins a paragraph instead of standing above
// what it is the head of. That of a table can do both.
func (p part) RunIn() bool {
	return len(p.Lines) == 0 && len(p.Items) == 0 && len(p.Facts) == 0
}

// phrase is one thing said in a paragraph that lists several. It has no full
// stop.
type phrase struct {
	Label string // says what Text is the value of; may be empty
	Text  line
	ID    string // of the criterion, question or service; may be empty
	Basis []fact // the answers behind it
}

// item is one thing said in a list, with what stands under it.
type item struct {
	Mark  mark
	Word  string   // says in words what the mark says, and what kind of thing it is
	Text  line     // may be empty where there is a Flow
	Flow  []phrase // goes on after Text
	ID    string   // of the criterion or note; may be empty
	Basis []fact   // the answers behind it
	Wants []string // the questions that it waits for
	Then  []fact   // what to do, or why
}

// Body is an item's text and how it ends: the answers behind it stand before
// the full stop.
func (it item) Body() (text, stop string) {
	if len(it.Basis) == 0 {
		return it.Text.Text, ""
	}
	if text, found := strings.CutSuffix(it.Text.Text, "."); found {
		return text, "."
	}
	return it.Text.Text, ""
}

// mark is the symbol before an item. It repeats, for the eye, what the item's
// words say.
type mark int

const (
	markNone mark = iota
	markHolds
	markFails
	markUnknown
	markAlert
)

func (m mark) Symbol() string { return [...]string{"•", "✓", "✗", "?", "!"}[m] }

// String returns the mark as a style sheet knows it.
func (m mark) String() string { return [...]string{"none", "holds", "fails", "unknown", "alert"}[m] }

// citation is a source that the report refers to by its number.
type citation struct {
	Number int
	Title  string
	Date   string
	URL    string
}

// add appends a section that has something to say.
func add(to *[]section, id, title string, parts ...part) {
	s := section{ID: id, Title: title}
	for _, p := range parts {
		for i := range p.Items {
			p.Items[i].Flow = citedOnce(p.Items[i].Flow)
		}
		if p.Flow = citedOnce(p.Flow); !p.empty() {
			s.Parts = append(s.Parts, p)
		}
	}
	if len(s.Parts) > 0 {
		*to = append(*to, s)
	}
}

// citedOnce leaves the sources out where the next phrase has the same: they
// stand behind the last one.
func citedOnce(flow []phrase) []phrase {
	out := slices.Clone(flow)
	for i := range len(out) - 1 {
		if slices.Equal(out[i].Text.Marks, out[i+1].Text.Marks) && out[i].ID == "" {
			out[i].Text.Marks = nil
		}
	}
	return out
}
