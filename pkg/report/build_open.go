package report

import (
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// openSections are what stands between the recommendation and acting on it.
func (b *builder) openSections() {
	for _, l := range b.inReach() {
		b.requirements(l, b.r.Requirements)
	}
	if p := b.plan; p != nil && p.placed != nil {
		b.requirements(p.level, p.required)
	}
	b.notes()
}

// requirements shows first what has to be looked at, and what is met in one
// paragraph.
func (b *builder) requirements(l *pack.Level, all []engine.Finding) {
	var open part
	for _, state := range []engine.Truth{engine.False, engine.Unknown} {
		for _, f := range requirementsIn(all, l, state) {
			open.Items = append(open.Items, b.requirement(f))
		}
	}
	met := part{Head: "Met"}
	for _, f := range requirementsIn(all, l, engine.True) {
		met.Flow = append(met.Flow, b.clause(f.Criterion))
	}
	add(&b.doc.Core, "requirements-"+clean(l.ID), "Requirements of "+shortName(l), open, met)
}

func requirementsIn(all []engine.Finding, l *pack.Level, state engine.Truth) []engine.Finding {
	var out []engine.Finding
	for _, f := range all {
		if f.Criterion.Level == l && f.State == state {
			out = append(out, f)
		}
	}
	return out
}

// requirement says what is required and not met or not known, the answers, and
// what to do.
func (b *builder) requirement(f engine.Finding) item {
	c := f.Criterion
	it := item{Text: b.line(sentence(capital(requirementText(b.p, c))), c.Sources), ID: clean(c.ID)}
	if f.State == engine.False {
		it.Mark, it.Word, it.Basis = markFails, "Not met", b.behind(f.Slots)
	} else {
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

// noteOrder is the order in which notes are shown.
var noteOrder = []pack.NoteKind{pack.Contradiction, pack.Warning, pack.Barrier}

// notes are what to look at. Barriers stand in the plan, if there is one.
func (b *builder) notes() {
	var p part
	for _, kind := range noteOrder {
		for _, m := range b.r.Notes {
			if m.Note.Kind == kind && (kind != pack.Barrier || b.plan == nil) {
				p.Items = append(p.Items, b.remark(m))
			}
		}
	}
	add(&b.doc.Core, "notes", "To look at", p)
}

// remark is a note with what could be done about it in one sentence.
func (b *builder) remark(m engine.Remark) item {
	n := m.Note
	it := item{Mark: markAlert, Word: capital(n.Kind.String()), Text: b.line(sentence(n.Because), n.Sources),
		ID: clean(n.ID), Basis: b.behind(m.Slots)}
	var try []string
	var sources []*pack.Source
	for _, s := range n.Try {
		try = append(try, strings.TrimSuffix(clean(s.Text), "."))
		sources = append(sources, s.Sources...)
	}
	if len(try) > 0 {
		it.Then = []fact{{Label: "Try", Value: b.line(sentence(strings.Join(try, "; ")), unique(sources))}}
	}
	return it
}

func unique(sources []*pack.Source) []*pack.Source {
	var out []*pack.Source
	for _, s := range sources {
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}
