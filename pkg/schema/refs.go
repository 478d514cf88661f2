package schema

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/pack"
)

// entry is something that can be referred to, and what it is.
type entry struct{ id, doc string }

// oneOf is a reference to one of these. Each alternative has a description of
// its own, so that an editor shows what the id stands for.
func oneOf(title string, all []entry) object {
	if len(all) == 0 {
		// No text matches: a schema that nothing fits would not say why.
		return obj("title", title, "type", "string", "pattern", `[^\s\S]`, "patternErrorMessage", fmt.Sprintf("The pack has no %s.", title))
	}
	var alternatives []any
	for _, e := range all {
		for _, id := range spellings(e.id) {
			alternatives = append(alternatives, obj("const", id, "description", e.doc))
		}
	}
	return obj("title", title, "oneOf", alternatives)
}

// spellings are the JSON values that an id can be written as in YAML without
// quotes, and with them.
func spellings(id string) []any {
	if id == "true" || id == "false" {
		return []any{id, id == "true"}
	}
	return []any{id}
}

// choose is one of the options, with their labels.
func choose(options []pack.Option) object {
	var enum []any
	var docs []string
	for _, o := range options {
		for _, id := range spellings(o.ID) {
			enum, docs = append(enum, id), append(docs, o.Label)
		}
	}
	return obj("enum", enum, "enumDescriptions", docs)
}

// options is one of the options of a question of the pack.
func (l *language) options(q *pack.Question) object {
	return l.ref("options-"+q.ID, func() object { return choose(q.Options) })
}

// known refers to what a pack defines, or to any id in the schema of the
// language.
func (l *language) known(name, title string, all func() []entry) object {
	if l.p == nil {
		return l.id()
	}
	return l.ref(name, func() object { return oneOf(title, all()) })
}

func (l *language) levelID() object {
	return l.known("level-id", "level", func() (all []entry) {
		for _, level := range l.p.Levels {
			all = append(all, entry{level.ID, level.Title})
		}
		return all
	})
}

func (l *language) sectionID() object {
	return l.known("section-id", "section", func() (all []entry) {
		for _, s := range l.p.Sections {
			all = append(all, entry{s.ID, s.Title})
		}
		return all
	})
}

func (l *language) sourceID() object {
	return l.known("source-id", "source", func() (all []entry) {
		for _, s := range l.p.Sources {
			all = append(all, entry{s.ID, s.Title})
		}
		return all
	})
}

func (l *language) serviceID() object {
	return l.known("service-id", "service", func() (all []entry) {
		for _, s := range l.p.Services {
			all = append(all, entry{s.ID, s.Title})
		}
		return all
	})
}

func (l *language) noteID() object {
	return l.known("note-id", "note", func() (all []entry) {
		for _, n := range l.p.Notes {
			all = append(all, entry{n.ID, n.Because})
		}
		return all
	})
}

func (l *language) signID() object {
	return l.known("sign-id", "step-up sign", func() (all []entry) {
		for _, level := range l.p.Levels {
			for _, s := range level.StepUp {
				all = append(all, entry{s.ID, s.Because})
			}
		}
		return all
	})
}

func (l *language) profileID() object {
	return l.known("profile-id", "profile", func() (all []entry) {
		for _, p := range l.p.Profiles {
			all = append(all, entry{p.ID, ""})
		}
		return all
	})
}

func (l *language) criterionID() object {
	return l.known("criterion-id", "criterion", func() []entry { return l.criteria(nil) })
}

func (l *language) stepDownID() object {
	kind := pack.StepDown
	return l.known("step-down-id", "step-down", func() []entry { return l.criteria(&kind) })
}

// criteria are those of a kind, or all of them.
func (l *language) criteria(kind *pack.CriterionKind) (all []entry) {
	for c := range l.p.Criteria() {
		if kind != nil && c.Kind != *kind {
			continue
		}
		doc := c.Because
		if doc == "" {
			doc = c.Otherwise
		}
		all = append(all, entry{c.ID, fmt.Sprintf("%s of %s: %s", c.Kind, c.Level.Short, doc)})
	}
	return all
}

// requirementStates maps requirements to what must have come of them.
func (l *language) requirementStates() object {
	state := words("met", "The answers meet it.", "not_met", "The answers show that it is not met.", "unknown", "An answer is missing.")
	if l.p == nil {
		return entries(state, l.name())
	}
	kind := pack.Requirement
	var keys []key
	for _, e := range l.criteria(&kind) {
		keys = append(keys, may(e.id, state, e.doc))
	}
	return append(obj("type", "object"), members(keys)...)
}

// subject is what a test can be about: a question, an item or a score.
type subject struct {
	id, doc string
	slot    *pack.Slot // nil: a score
	score   *pack.Score
}

// subjects are all of a pack's, in the order of the interview.
func (l *language) subjects() (all []subject) {
	for i := range l.p.Slots {
		s := &l.p.Slots[i]
		all = append(all, subject{id: s.ID, doc: slotDoc(s), slot: s})
	}
	for _, s := range l.p.Scores {
		all = append(all, subject{id: s.ID, doc: s.Title + " (score)", score: s})
	}
	return all
}

func slotDoc(s *pack.Slot) string {
	if s.IsItem() {
		return fmt.Sprintf("%s, item %d: %s", s.Question.Noun(), s.Item+1, s.Question.Items[s.Item].Text)
	}
	return s.Question.Ask
}

// slotID refers to a question or an item that fits.
func (l *language) slotID(name, title string, fits func(*pack.Slot) bool) object {
	if l.p == nil {
		return l.itemID()
	}
	return l.known(name, title, func() (all []entry) {
		for _, s := range l.subjects() {
			if s.slot != nil && fits(s.slot) {
				all = append(all, entry{s.id, s.doc})
			}
		}
		return all
	})
}

// maxItemID is how long the id of an item can get: an instrument's, "_", and its
// number.
const maxItemID = maxID + len("_200")

// itemID is the id of a question or an item, which are made from ids and may be
// longer.
func (l *language) itemID() object {
	return l.ref("question-id", func() object {
		return obj("description", "The id of a question, or of an item of an instrument, such as phq9_9.", "anyOf", []any{
			obj("type", "string", "pattern", "^"+idForm+"$", "patternErrorMessage", idMessage, "maxLength", maxItemID),
			onlyBoolean(),
		})
	})
}

// itemName is itemID as a key.
func itemName() object {
	return obj("title", "question", "pattern", "^"+idForm+"$", "patternErrorMessage", idMessage, "maxLength", maxItemID)
}
