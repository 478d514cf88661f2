package pack

import "fmt"

// maxCells bounds what tests may hold, in answers: each case has room for one
// to every question.
const maxCells = 10_000_000

// room reports whether there is room for the answers of n more cases, and says
// so once where there is not.
func (l *loader) room(c cursor, n int) bool {
	before := l.cells
	l.cells += n * len(l.pack.Slots)
	if before <= maxCells && l.cells > maxCells {
		c.report(problem{code: "pack-large", message: fmt.Sprintf("the tests have room for more than %d answers; the others are not read", maxCells)})
		l.partial = true // what is unknown may be one of those left out
	}
	return l.cells <= maxCells
}

// readProfiles reads the named sets of answers that tests start from.
func (l *loader) readProfiles() {
	l.each("profiles", func(c cursor) {
		if !l.room(c, 1) {
			return
		}
		p := &Profile{ID: c.key.Value, Answers: l.pack.NewAnswers(), At: c.keySpan()}
		if l.profiles.define(c, c.key, p) {
			l.pack.Profiles = append(l.pack.Profiles, p)
		}
		if c.present() {
			l.answersAt(c, p.Answers)
		}
	})
}

// answersAt reads answers, except to questions that have a mistake themselves.
func (l *loader) answersAt(c cursor, a Answers) {
	before := len(c.r.ds)
	c.r.silent = l.broken
	c.answers(a)
	if l.partial {
		c.r.ds = c.r.ds[:before]
	}
}

func (l *loader) readTests() {
	l.eachOf("tests", func(c cursor) {
		f, ok := c.fields("name", "skip", "profile", "answers", "expect")
		if !ok {
			return
		}
		if !l.room(c, 1) {
			return
		}
		t := &Test{Answers: l.pack.NewAnswers(), Skip: f.get("skip").text(), At: c.r.span(c.node)}
		name := f.need("name")
		if t.Name = name.text(); t.Name != "" {
			if before, taken := l.tests.of[t.Name]; taken {
				name.report(problem{code: "id-duplicate", message: fmt.Sprintf("test %s is there twice", quoteShort(t.Name)), related: firstAt(before.at)})
			} else {
				t.At = name.r.span(name.node)
				l.tests.put(t.Name, t.At, t)
			}
		}
		profile, based := l.profiles.lookup(l, f.get("profile"))
		if at := f.get("answers"); at.present() {
			l.answersAt(at, t.Answers)
		}
		if based {
			t.Answers = l.pack.lay(t.Answers, profile.Answers)
		}
		l.readExpect(f.need("expect"), &t.Expect)
		l.pack.Tests = append(l.pack.Tests, t)
	})
}

// lay lays answers over those of a profile. Where one gives an instrument's
// total, the items of the other go, and the other way round: they would
// contradict each other.
func (p *Pack) lay(over, base Answers) Answers {
	all := append(Answers{}, base...)
	for _, q := range p.Questions {
		items := false
		for _, it := range q.Items {
			items = items || over[it.Slot] != Missing
		}
		if items {
			all[q.Slot] = Missing
		}
		if over[q.Slot] != Missing {
			for _, it := range q.Items {
				all[it.Slot] = Missing
			}
		}
	}
	for i, v := range over {
		if v != Missing {
			all[i] = v
		}
	}
	return all
}

// readExpect reads what must come of a test's answers.
func (l *loader) readExpect(c cursor, e *Expect) {
	f, ok := c.fields("level", "possible", "holds", "holds_not", "requirements", "services", "services_not", "notes", "notes_not", "asks", "asks_not", "next")
	if !ok {
		return
	}
	if f.size() == 0 {
		c.report(problem{code: "list-empty", message: "the test expects nothing; expected level, possible, holds or another key"})
	}
	level, possible := f.get("level"), f.get("possible")
	if level.key != nil && possible.key != nil {
		possible.reportKey(problem{code: "key-kind", message: "level and possible; expected one or the other"})
	}
	e.Level, _ = l.levels.lookup(l, level)
	e.Possible = l.inOrder(l.levels.lookupAll(l, possible))
	e.Holds = l.criteria.lookupAll(l, f.get("holds"))
	e.HoldsNot = l.criteria.lookupAll(l, f.get("holds_not"))
	e.Services = l.services.lookupAll(l, f.get("services"))
	e.ServicesNot = l.services.lookupAll(l, f.get("services_not"))
	e.Notes = l.notes.lookupAll(l, f.get("notes"))
	e.NotesNot = l.notes.lookupAll(l, f.get("notes_not"))
	e.Asks = l.asked(f.get("asks"))
	e.AsksNot = l.asked(f.get("asks_not"))
	if next := f.get("next"); next.present() {
		e.Next = l.askedAt(next)
	}
	f.get("requirements").entries("a mapping of requirements to met, not_met or unknown", func(c cursor) {
		cr, ok := l.criteria.of[c.key.Value]
		switch {
		case !ok && !l.partial && !c.r.full():
			c.reportKey(l.criteria.unknown(c.key.Value))
		case ok && cr.it.Kind != Requirement:
			c.reportKey(problem{code: "criterion-kind", message: fmt.Sprintf("%q is of the kind %s; expected a requirement", c.key.Value, cr.it.Kind)})
		case ok:
			l.readState(c, cr.it, e)
		}
	})
}

// asked reads a list of questions: what is put to the clinician, and so neither
// items nor scores.
func (l *loader) asked(c cursor) (all []*Question) {
	for _, s := range l.questions.lookupAll(l, c) {
		if s.score == nil && !l.pack.Slots[s.slot].IsItem() {
			all = append(all, l.pack.Slots[s.slot].Question)
		}
	}
	c.onWords(func(c cursor) { l.isAsked(c) })
	return all
}

func (l *loader) askedAt(c cursor) *Question {
	s, ok := l.questions.lookup(l, c)
	if !ok || !l.isAsked(c) {
		return nil
	}
	return l.pack.Slots[s.slot].Question
}

// isAsked reports whether the word under the cursor is no item and no score,
// and says so where it is.
func (l *loader) isAsked(c cursor) bool {
	s, ok := l.questions.of[c.node.Value]
	switch {
	case !ok:
		return true
	case s.it.score != nil:
		c.report(problem{code: "question-kind", message: fmt.Sprintf("%q is a score; expected a question", c.node.Value)})
		return false
	case l.pack.Slots[s.it.slot].IsItem():
		q := l.pack.Slots[s.it.slot].Question
		c.report(problem{code: "question-kind", message: fmt.Sprintf("%q is an item; expected a question", c.node.Value), hint: fmt.Sprintf("write %s", q.ID)})
		return false
	}
	return true
}

func (l *loader) readState(c cursor, cr *Criterion, e *Expect) {
	states := []string{"met", "not_met", "unknown"}
	i := c.word(states...)
	if i < 0 {
		return
	}
	if e.Requirements == nil {
		e.Requirements = make(map[*Criterion]string)
	}
	e.Requirements[cr] = states[i]
}

// inOrder sorts levels, lowest first.
func (l *loader) inOrder(levels []*Level) (all []*Level) {
	for _, level := range l.pack.Levels {
		if isOneOf(level.ID, levelIDs(levels)) {
			all = append(all, level)
		}
	}
	return all
}

func levelIDs(levels []*Level) []string {
	ids := make([]string, len(levels))
	for i, level := range levels {
		ids[i] = level.ID
	}
	return ids
}
