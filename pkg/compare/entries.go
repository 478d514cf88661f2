package compare

import (
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// EntryKind is what of a pack is compared: anything with an id that is no
// level and no question.
type EntryKind int

// The kinds of entries, in the order in which they are listed.
const (
	Indication EntryKind = iota
	Requirement
	Support
	StepDown
	StepUpSign
	Service
	Note
	Guarantee
	Condition
	Score
	Source
)

// String returns the kind as one would say it.
func (k EntryKind) String() string {
	return [...]string{"indication", "requirement", "support", "step-down", "step-up sign", "service", "note", "guarantee", "condition", "score", "source"}[k]
}

// Entry is a criterion, a step-up sign, a service, a note, a guarantee, a named condition, a
// score or a source of one pack.
type Entry struct {
	Kind  EntryKind
	ID    string
	Title string         // what it says, or what it is called
	Level *pack.Level    // a criterion's or a sign's
	When  pack.Condition // nil: it has none
	Rank  string         // what it does beside its condition: "at least php", "warning"

	score  *pack.Score
	course pack.Course // what it says over time; nil: nothing
	texts  []text
}

// text is one of an entry's texts.
type text struct{ name, value string }

// EntryChange is an entry that one pack has and the other has not, or has
// otherwise.
type EntryChange struct {
	Old, New *Entry // nil: it is not there
	Like     *Entry // of an entry that only one pack has: one that only the other has and that says the same

	Meaning Meaning  // how the condition differs
	Holds   [2]Share // of the answers that both know, where the condition holds; of a condition that differs
	Moved   bool     // it belongs to another level, or does something else when it holds
	Course  bool     // what it says over time is written otherwise
	Texts   []string // which texts differ: "because", "sources"

	// Effect is what an indication does to the levels of the combinations;
	// nil where it does nothing.
	Effect *Cause
}

// Kind returns what the entry is.
func (c *EntryChange) Kind() EntryKind { return c.either().Kind }

// ID returns the entry's id.
func (c *EntryChange) ID() string { return c.either().ID }

func (c *EntryChange) either() *Entry {
	if c.New != nil {
		return c.New
	}
	return c.Old
}

// Decides reports whether the change is one of what becomes of the entry, and
// not of words alone. Named conditions and scores decide through the entries
// that use them.
func (c *EntryChange) Decides() bool {
	if k := c.Kind(); k >= Condition {
		return false
	}
	return c.Old == nil || c.New == nil || c.Moved || c.Course || c.Meaning > Rewritten
}

// entries lists all of a pack, kind by kind.
func entries(p *pack.Pack) []*Entry {
	var out []*Entry
	for c := range p.Criteria() {
		out = append(out, criterionEntry(c))
	}
	for _, l := range p.Levels {
		for _, s := range l.StepUp {
			out = append(out, signEntry(s))
		}
	}
	slices.SortStableFunc(out, func(a, b *Entry) int { return int(a.Kind - b.Kind) })
	for _, s := range p.Services {
		out = append(out, &Entry{Kind: Service, ID: s.ID, Title: s.Title, When: s.When,
			texts: []text{{"title", s.Title}, {"detail", s.Detail}, {"because", s.Because}, {"evidence", s.Evidence.String()}, {"sources", sourceIDs(s.Sources)}}})
	}
	for _, n := range p.Notes {
		out = append(out, &Entry{Kind: Note, ID: n.ID, Title: n.Because, When: n.When, Rank: n.Kind.String(),
			texts: []text{{"because", n.Because}, {"try", statements(n.Try)}, {"sources", sourceIDs(n.Sources)}}})
	}
	for _, g := range p.Guarantees {
		out = append(out, &Entry{Kind: Guarantee, ID: g.ID, Title: g.Because, When: g.Whenever, Rank: bounds(g),
			texts: []text{{"because", g.Because}, {"sources", sourceIDs(g.Sources)}}})
	}
	for _, c := range p.Conditions {
		out = append(out, &Entry{Kind: Condition, ID: c.ID, Title: c.Title, When: c.When, texts: []text{{"title", c.Title}}})
	}
	for _, s := range p.Scores {
		out = append(out, &Entry{Kind: Score, ID: s.ID, Title: s.Title, score: s,
			texts: []text{{"title", s.Title}, {"bands", bands(s.Bands)}, {"sources", sourceIDs(s.Sources)}}})
	}
	for _, s := range p.Sources {
		out = append(out, &Entry{Kind: Source, ID: s.ID, Title: s.Title,
			texts: []text{{"title", s.Title}, {"url", s.URL}, {"date", s.Date}, {"note", s.Note}}})
	}
	return out
}

func criterionEntry(c *pack.Criterion) *Entry {
	kind := [...]EntryKind{pack.Indication: Indication, pack.Requirement: Requirement, pack.Support: Support, pack.StepDown: StepDown}[c.Kind]
	title := c.Because
	if title == "" {
		title = c.Otherwise
	}
	return &Entry{Kind: kind, ID: c.ID, Title: title, Level: c.Level, When: c.When, course: c.Course,
		texts: []text{{"because", c.Because}, {"otherwise", c.Otherwise}, {"sources", sourceIDs(c.Sources)}}}
}

func bounds(g *pack.Guarantee) string {
	var out []string
	if g.AtLeast != nil {
		out = append(out, "at least "+g.AtLeast.ID)
	}
	if g.AtMost != nil {
		out = append(out, "at most "+g.AtMost.ID)
	}
	return strings.Join(out, " and ")
}

// A list is compared as one text: its parts may hold anything but a line end
// of the kind that separates them.
const between = "\x00"

func sourceIDs(of []*pack.Source) string {
	var out []string
	for _, s := range of {
		out = append(out, s.ID)
	}
	return strings.Join(out, between)
}

func statements(of []pack.Statement) string {
	var out []string
	for _, s := range of {
		out = append(out, s.Text+between+sourceIDs(s.Sources))
	}
	return strings.Join(out, between+between)
}

// entryChanges compares what both packs have under one id and kind, and lists
// what only one has.
func (c *comparison) entryChanges() []EntryChange {
	before, after := entries(c.packs[Old]), entries(c.packs[New])
	m := newMeanings(c)
	var out []EntryChange
	for _, n := range after {
		o := entryIn(before, n)
		if o == nil {
			out = append(out, EntryChange{New: n})
			continue
		}
		if change, differs := m.change(o, n); differs {
			out = append(out, change)
		}
	}
	for _, o := range before {
		if entryIn(after, o) == nil {
			out = append(out, EntryChange{Old: o})
		}
	}
	slices.SortStableFunc(out, func(a, b EntryChange) int { return int(a.Kind() - b.Kind()) })
	m.findLikes(out)
	return out
}

func entryIn(all []*Entry, like *Entry) *Entry {
	for _, e := range all {
		if e.Kind == like.Kind && e.ID == like.ID {
			return e
		}
	}
	return nil
}

// change compares two entries with the same id.
func (m *meanings) change(o, n *Entry) (EntryChange, bool) {
	out := EntryChange{Old: o, New: n, Moved: o.Rank != n.Rank || o.Level != nil && o.Level.ID != n.Level.ID, Texts: textChanges(o.texts, n.texts)}
	out.Meaning, out.Holds = m.compare(o, n)
	out.Course = spelledCourse(m.packs[Old], o.course) != spelledCourse(m.packs[New], n.course)
	return out, out.Moved || out.Course || len(out.Texts) > 0 || out.Meaning != Same
}

func textChanges(o, n []text) []string {
	var out []string
	for i := range n {
		if o[i].value != n[i].value {
			out = append(out, n[i].name)
		}
	}
	return out
}

// findLikes pairs each entry that is gone with an added one that says the same:
// it may have a new name.
func (m *meanings) findLikes(all []EntryChange) {
	for i := range all {
		if all[i].New != nil || all[i].Like != nil {
			continue
		}
		for k := range all {
			if all[k].Old == nil && all[k].Like == nil && m.like(all[i].Old, all[k].New) {
				all[i].Like, all[k].Like = all[k].New, all[i].Old
				break
			}
		}
	}
}

func (m *meanings) like(o, n *Entry) bool {
	switch {
	case o.Kind != n.Kind || o.Rank != n.Rank || spelledCourse(m.packs[Old], o.course) != spelledCourse(m.packs[New], n.course) || o.Level != nil && o.Level.ID != n.Level.ID:
		return false
	case o.score != nil || o.When == nil && n.When == nil:
		return o.Title != "" && o.Title == n.Title
	}
	return sameWriting(m.rewritten(Old, o), m.rewritten(New, n))
}

// addEffects notes at each indication what it does to the combinations.
func (c *comparison) addEffects(d *Difference) {
	for i := range d.Entries {
		e := &d.Entries[i]
		for k := range d.Moves.Causes {
			if cause := &d.Moves.Causes[k]; e.Kind() == Indication && !cause.Levels() && cause.ID == e.ID() {
				e.Effect = cause
			}
		}
	}
}
