package pack

import "fmt"

// readServices reads what levels consist of.
func (l *loader) readServices() {
	l.each("services", func(c cursor) {
		s := &Service{ID: c.key.Value, At: c.keySpan()}
		if l.services.define(c, c.key, s) {
			l.pack.Services = append(l.pack.Services, s)
		}
		f, ok := c.fields("title", "detail", "when", "because", "evidence", "sources")
		if !ok {
			return
		}
		s.Title, s.Detail = f.need("title").text(), f.get("detail").text()
		when := f.get("when")
		s.When = l.condition(when)
		if when.key != nil {
			s.Because = f.needFor("because", "reason-missing", `the service has a condition and no reason; expected "because"`).text()
		} else if because := f.get("because"); because.key != nil {
			because.reportKey(problem{code: "key-kind", message: `"because" without "when"; expected both or neither`})
		}
		if at := f.get("evidence"); at.present() {
			s.Evidence = Evidence(1 + at.word("strong", "moderate", "limited", "little"))
		}
		s.Sources = l.required(f, "the service")
	})
}

// readNotes reads warnings, contradictions and barriers, in this order.
func (l *loader) readNotes() {
	for kind, key := range []string{"warnings", "contradictions", "barriers"} {
		l.eachOf(key, func(c cursor) { l.readNote(c, NoteKind(kind)) })
	}
}

func (l *loader) readNote(c cursor, kind NoteKind) {
	keys := []string{"id", "when", "because", "try", "sources"}
	if kind == Contradiction {
		keys = []string{"id", "when", "because", "sources"}
	}
	f, ok := c.fields(keys...)
	if !ok {
		return
	}
	n := &Note{Kind: kind}
	if !define(l, f, &l.notes, n, &n.ID) {
		return
	}
	n.At = l.notes.of[n.ID].at
	n.When = l.condition(f.need("when"))
	n.Because = f.needFor("because", "reason-missing", `the %s says nothing; expected "because"`, kind).text()
	try := f.get("try")
	if kind == Barrier {
		try = f.need("try")
	}
	n.Try = l.statements(try)
	n.Sources = l.required(f, "the "+kind.String())
	l.pack.Notes = append(l.pack.Notes, n)
}

func (l *loader) readGuarantees() {
	l.eachOf("guarantees", func(c cursor) {
		f, ok := c.fields("id", "whenever", "at_least", "at_most", "because", "sources")
		if !ok {
			return
		}
		g := &Guarantee{}
		if !define(l, f, &l.guarantees, g, &g.ID) {
			return
		}
		g.At = l.guarantees.of[g.ID].at
		g.Whenever = l.condition(f.need("whenever"))
		g.Because = f.needFor("because", "reason-missing", `the guarantee has no reason; expected "because"`).text()
		g.Sources = l.sources.lookupAll(l, f.get("sources"))
		least, most := f.get("at_least"), f.get("at_most")
		g.AtLeast, _ = l.levels.lookup(l, least)
		g.AtMost, _ = l.levels.lookup(l, most)
		l.checkGuarantee(f, g, least, most)
		l.pack.Guarantees = append(l.pack.Guarantees, g)
	})
}

// checkGuarantee refuses bounds that say nothing, or that contradict each
// other.
func (l *loader) checkGuarantee(f fields, g *Guarantee, least, most cursor) {
	top := len(l.pack.Levels) - 1
	switch {
	case least.key == nil && most.key == nil:
		f.owner().report(problem{code: "key-missing", message: "the guarantee has no level; expected at_least or at_most"})
	case g.AtLeast != nil && g.AtMost != nil && g.AtLeast.Index > g.AtMost.Index:
		most.report(problem{code: "range-order", message: fmt.Sprintf("at most %q is below at least %q", g.AtMost.ID, g.AtLeast.ID)})
	case g.AtLeast != nil && g.AtLeast.Index == 0 && top > 0 && !l.broken[g.AtLeast]:
		least.report(problem{code: "test-always", message: fmt.Sprintf("at least %q, the lowest level, is always so", g.AtLeast.ID)})
	case g.AtMost != nil && g.AtMost.Index == top && top > 0 && !l.broken[g.AtMost]:
		most.report(problem{code: "test-always", message: fmt.Sprintf("at most %q, the highest level, is always so", g.AtMost.ID)})
	}
}
