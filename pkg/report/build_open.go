package report

import (
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// openSections are what stands between the recommendation and acting on it.
func (b *builder) openSections() {
	for _, l := range b.inReach() {
		b.requirements(l)
	}
	if n := b.unanswered() - len(b.r.Deciding); n > 0 {
		add(&b.doc.Core, "missing", "What is missing", part{Lines: []line{{Text: restWords(n)}}})
	}
	b.notes()
	add(&b.doc.Core, "instruments", "Instruments", part{Facts: b.instruments()})
}

// requirementOrder puts first what has to be looked at.
var requirementOrder = []engine.Truth{engine.False, engine.Unknown, engine.True}

func (b *builder) requirements(l *pack.Level) {
	var p part
	for _, state := range requirementOrder {
		for _, f := range b.r.Requirements {
			if f.Criterion.Level == l && f.State == state {
				p.Items = append(p.Items, b.requirement(f))
			}
		}
	}
	add(&b.doc.Core, "requirements-"+clean(l.ID), "Requirements of "+shortName(l), p)
}

// requirement says what is required, and for one that is not met or not known
// also the answers and what to do. One that is met takes one line.
func (b *builder) requirement(f engine.Finding) item {
	c := f.Criterion
	it := item{Text: b.line(sentence(capital(requirementText(b.p, c))), c.Sources), ID: clean(c.ID)}
	switch f.State {
	case engine.True:
		it.Mark, it.Word = markHolds, "Met"
		return it
	case engine.False:
		it.Mark, it.Word, it.Basis = markFails, "Not met", b.behind(f.Slots)
	case engine.Unknown:
		it.Mark, it.Word, it.Wants = markUnknown, "Unknown", b.waiting(f.Slots)
	}
	if c.Otherwise != "" {
		it.Then = []fact{{Label: "What to do", Value: line{Text: clean(c.Otherwise)}}}
	}
	return it
}

// requirementText is a requirement's reason, or its condition in words where
// the pack gives none.
func requirementText(p *pack.Pack, c *pack.Criterion) string {
	if c.Because != "" {
		return c.Because
	}
	return p.Describe(c.When)
}

// inReach are the levels that are worth describing: the recommended one, or
// the two between which it is open. While more are possible, what each requires
// and involves would bury the questions that have to be asked.
func (b *builder) inReach() []*pack.Level {
	const few = 2
	if len(b.r.Possible) > few {
		return nil
	}
	return b.r.Possible
}

// deciding are the questions on which the level still depends, in their order.
func (b *builder) deciding() part {
	var p part
	for _, q := range b.r.Deciding {
		it := item{Mark: markUnknown, Text: line{Text: clean(q.Ask)}, ID: clean(q.ID)}
		if q == b.r.Next {
			it.Word = "Ask next"
		}
		p.Items = append(p.Items, it)
	}
	return p
}

func restWords(n int) string {
	return "Whatever the answer is, " + count(n, "question") + " left open cannot change the level. No missing answer was taken for a good one."
}

// noteOrder is the order in which notes are shown.
var noteOrder = []pack.NoteKind{pack.Contradiction, pack.Warning, pack.Barrier}

func (b *builder) notes() {
	var p part
	for _, kind := range noteOrder {
		for _, m := range b.r.Notes {
			if m.Note.Kind == kind {
				p.Items = append(p.Items, b.remark(m))
			}
		}
	}
	add(&b.doc.Core, "notes", "To look at", p)
}

func (b *builder) remark(m engine.Remark) item {
	n := m.Note
	it := item{Mark: markAlert, Word: capital(n.Kind.String()), Text: b.line(sentence(n.Because), n.Sources),
		ID: clean(n.ID), Basis: b.behind(m.Slots)}
	for _, s := range n.Try {
		it.Then = append(it.Then, fact{Label: "Try", Value: b.statement(s)})
	}
	return it
}
