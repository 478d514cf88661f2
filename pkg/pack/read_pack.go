package pack

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// maxLevels is how many levels a pack may have; the engine keeps sets of them
// in small masks.
const maxLevels = 16

// readHeader reads the key "pack": what the rules are, and the order of the
// levels.
func (l *loader) readHeader() {
	if l.header.key == nil {
		l.orderLevels(cursor{})
		return
	}
	f, ok := l.header.fields("id", "version", "title", "description", "population", "intended_use", "levels", "sections", "limits")
	if !ok {
		l.orderLevels(cursor{})
		return
	}
	p := l.pack
	id := f.need("id")
	if p.ID = id.text(); p.ID != "" {
		id.checkID(id.node)
		p.At = id.r.span(id.node)
	}
	p.Version = f.need("version").version()
	p.Title = f.need("title").text()
	p.Description = f.need("description").text()
	p.Population = f.need("population").text()
	p.IntendedUse = f.need("intended_use").text()
	p.Limits = l.statements(f.need("limits"))
	l.orderLevels(f.need("levels"))
}

// version reads MAJOR.MINOR.PATCH. YAML takes 1.0 for a number, which is why
// it is often written with one part too few.
func (c cursor) version() string {
	text := c.text()
	if text == "" {
		return ""
	}
	parts := strings.Split(text, ".")
	for _, part := range parts {
		if len(parts) != 3 || !isDigits(part) || len(part) > 9 || len(part) > 1 && part[0] == '0' {
			c.report(problem{code: "version", message: fmt.Sprintf("version %s; expected MAJOR.MINOR.PATCH, such as 1.0.0", quoteShort(text))})
			return ""
		}
	}
	return text
}

// orderLevels gives every level its place: the order of the list, which must
// name what is defined under levels, and nothing else.
func (l *loader) orderLevels(list cursor) {
	defined := make(map[string]cursor)
	var ids []string
	l.each("levels", func(c cursor) {
		level := &Level{ID: c.key.Value, At: c.keySpan()}
		if l.levels.define(c, c.key, level) {
			defined[level.ID] = c
			ids = append(ids, level.ID)
		}
	})
	undefined, listed := false, make(map[*Level]bool)
	list.elements(func(c cursor) {
		if !c.isWord() {
			c.wants("the id of a level")
			return
		}
		id := c.node.Value
		level, ok := l.levels.of[id]
		switch {
		case !ok:
			if !l.partial && !c.r.full() {
				c.report(problem{code: "level-unknown", message: fmt.Sprintf("level %s is not defined under levels", quoteShort(id)), hint: wordHint(id, ids)})
			}
			level.it, undefined = &Level{ID: id, At: c.r.span(c.node)}, true
			l.broken[level.it] = true
			l.levels.put(id, level.it.At, level.it)
		case listed[level.it]:
			c.report(problem{code: "listed-twice", message: fmt.Sprintf("level %q is listed twice", id)})
			return
		}
		listed[level.it] = true
		l.pack.Levels = append(l.pack.Levels, level.it)
	})
	for _, id := range ids {
		level := l.levels.of[id].it
		if listed[level] {
			continue
		}
		// Where the list has a level that is not defined, this one may be
		// what it means: one mistake, which has been reported.
		if list.present() && !undefined {
			defined[id].reportKey(problem{code: "level-unlisted", message: fmt.Sprintf("level %q is not in the list pack.levels; expected every level there, from least to most intensive", id), related: []diag.Related{{At: list.keySpan(), Message: "the list is here"}}})
		}
		l.pack.Levels = append(l.pack.Levels, level)
	}
	for i, level := range l.pack.Levels {
		level.Index = i
	}
	if list.present() && len(l.pack.Levels) > maxLevels {
		list.report(problem{code: "too-many", message: fmt.Sprintf("%d levels; expected at most %d", len(l.pack.Levels), maxLevels)})
	}
	if list.present() && len(l.pack.Levels) == 0 {
		list.report(problem{code: "list-empty", message: "no levels; expected at least one"})
	}
}

func (l *loader) readSources() {
	l.each("sources", func(c cursor) {
		s := &Source{ID: c.key.Value, At: c.keySpan()}
		if l.sources.define(c, c.key, s) {
			l.pack.Sources = append(l.pack.Sources, s)
		}
		f, ok := c.fields("title", "url", "date", "note")
		if !ok {
			return
		}
		s.Title, s.URL, s.Date, s.Note = f.need("title").text(), f.get("url").text(), f.get("date").text(), f.get("note").text()
		if s.URL != "" && !strings.HasPrefix(s.URL, "https://") && !strings.HasPrefix(s.URL, "http://") {
			f.get("url").report(problem{code: "url", message: fmt.Sprintf("%s is no web address; expected https://…", quoteShort(s.URL))})
		}
	})
}

// statements reads a list of sentences, each a text, or a text with sources.
func (l *loader) statements(c cursor) (all []Statement) {
	c.elements(func(c cursor) {
		s := Statement{At: c.r.span(c.node)}
		if c.node.Kind == mappingNode {
			f, _ := c.fields("text", "sources")
			s.Text, s.Sources = f.need("text").text(), l.sources.lookupAll(l, f.get("sources"))
		} else {
			s.Text = c.text()
		}
		if s.Text != "" {
			all = append(all, s)
		}
	})
	return all
}
