package report

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/pack"
)

// PackInput is what the document of a pack is made from.
type PackInput struct {
	Pack     *pack.Pack
	Evidence *Evidence // nil: nothing beside the pack was looked at, and nothing is said of it
	Against  *Against  // nil: not compared with another version
	Approval bool      // ends with a block that people sign
}

// Against is how the pack differs from another version of it, in lines of text
// for people.
type Against struct {
	Old  *pack.Pack
	Text string
}

// packDocument is all that a pack says, in the order in which people read it,
// before it has a form. Like document it holds clean strings.
type packDocument struct {
	Title    string
	Rules    string // id, version and short hash
	Running  string // id, version and whole hash, for the foot of every page
	Counts   string // of what it holds
	What     []line
	Stated   string
	Before   string // what is to be settled before anybody signs; empty: nothing is known
	Sections []packSection
	Sources  []citation
	Approval *approval
}

// packSection is a section with what only a pack's document has.
type packSection struct {
	section
	Levels *comparison // levels side by side
	Plain  []string    // lines that are laid out already
}

// approval is the block that people sign.
type approval struct {
	Says string
	Rows []int // a row for each who signs
}

// What the document claims to be, and what it does not.
const (
	stated = "A stated policy with its sources, not a validated instrument. Whether following it is right for people is for those who approve it to judge, and for the clinician in each case."
	shown  = " What is proved and tested here shows that the rules do what is written, and no more than that."
)

// decided is how every pack decides. It is the program's and no pack can say
// otherwise.
var decided = []string{
	"The levels are in order, from the least to the most intensive. Each indication that holds argues for at least its level. The highest level that one argues for is recommended; where none argues, it is the lowest level.",
	"Nothing is averaged, and no good answer cancels a bad one. Requirements, supports, services, warnings, contradictions, barriers, signs and what is said over time never move the recommendation.",
	"A missing answer never counts as the good one. While missing answers could still lead to another level, the result is undetermined and names the levels that are possible.",
}

// packView builds the document of a pack.
type packView struct {
	builder
	in       PackInput
	sections []section
	doc      packDocument
}

func buildPack(in PackInput) *packDocument {
	v := &packView{builder: builder{p: in.Pack, cited: map[*pack.Source]int{}}, in: in}
	d := &v.doc
	d.Title, d.Rules, d.Stated = clean(orElse(in.Pack.Title, in.Pack.ID)), rulesName(in.Pack), stated
	d.Running = fmt.Sprintf("%s %s · %s", clean(in.Pack.ID), clean(in.Pack.Version), orElse(clean(in.Pack.Hash), "no hash"))
	if in.Evidence != nil {
		d.Stated += shown
		d.Before = in.Evidence.before()
	}
	d.Counts = packCounts(in.Pack)
	d.What = paragraphs(in.Pack.Description)
	v.glanceEvidence()
	v.about()
	v.take()
	d.Sections = append(d.Sections, packSection{section: section{ID: "levels", Title: "The levels side by side"}, Levels: v.sideBySide()})
	for _, l := range in.Pack.Levels {
		v.levelRules(l)
	}
	for _, s := range in.Pack.Sections {
		v.questions(s)
	}
	v.scores()
	v.conditions()
	v.allServices()
	v.allNotes()
	v.guarantees()
	v.evidence()
	v.take()
	v.changes()
	d.Sources = v.citations()
	v.approval()
	return d
}

// take hands the sections that were built over to the document.
func (v *packView) take() {
	for _, s := range v.sections {
		v.doc.Sections = append(v.doc.Sections, packSection{section: s})
	}
	v.sections = nil
}

// about is what the pack is for, and what it cannot do.
func (v *packView) about() {
	v.limits()
	v.sections, v.builder.doc.Details = append(v.sections, v.builder.doc.Details...), nil
	var p part
	for _, text := range decided {
		p.Lines = append(p.Lines, line{Text: text})
	}
	add(&v.sections, "decides", "How the rules decide", p)
}

// changes are the differences from another version, as they were laid out.
func (v *packView) changes() {
	if v.in.Against == nil {
		return
	}
	s := packSection{section: section{ID: "changes", Title: "Changes since " + rulesName(v.in.Against.Old)}}
	s.Plain = plainLines(v.in.Against.Text)
	v.doc.Sections = append(v.doc.Sections, s)
}

// approval says what is signed: these rules, to the letter, and nothing else.
func (v *packView) approval() {
	if !v.in.Approval {
		return
	}
	v.doc.Approval = &approval{
		Says: "Approved as the clinic's stated policy: the rules " + clean(v.p.ID) + " " + clean(v.p.Version) + " with the hash " + orElse(clean(v.p.Hash), "no hash") +
			", as they are written in this document. Rules with another hash are other rules.",
		Rows: make([]int, 4),
	}
}

// signed are what each who signs writes down.
var signed = []string{"Name", "Role", "Date", "Signature"}
