package pack

import (
	"fmt"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// fields is a mapping whose keys are given by the rule language.
type fields struct {
	cursor
	meant []string // keys that a misspelt one was probably meant to be
}

// fields returns the mapping under the cursor as one with these keys, and
// reports other ones. It is not ok where there is no mapping.
func (c cursor) fields(known ...string) (f fields, ok bool) {
	if !c.present() {
		return fields{}, false
	}
	if c.node.Kind != yaml.MappingNode {
		c.wants("a mapping with " + keyList(known))
		return fields{}, false
	}
	f.cursor = c
	for i := 0; i+1 < len(c.node.Content); i += 2 {
		key := c.node.Content[i]
		if isOneOf(key.Value, known) || c.r.full() {
			continue
		}
		p := problem{code: "key-unknown", message: fmt.Sprintf("unknown key %s; expected %s", quoteShort(key.Value), keyList(known))}
		if near := diag.Near(key.Value, known); near != "" {
			p.hint, f.meant = didYouMean(near), append(f.meant, near)
		}
		c.child(key, nil).reportKey(p)
	}
	return f, true
}

func keyList(known []string) string {
	if len(known) == 1 {
		return known[0]
	}
	return strings.Join(known[:len(known)-1], ", ") + " or " + known[len(known)-1]
}

// get returns the cursor on a key's value; it is not present where the key is
// not there.
func (f fields) get(name string) cursor {
	for i := 0; i+1 < len(f.node.Content); i += 2 {
		if f.node.Content[i].Value == name {
			return f.child(f.node.Content[i], f.node.Content[i+1])
		}
	}
	return cursor{r: f.r, path: f.path}
}

// need is get for a key that must be there.
func (f fields) need(name string) cursor {
	return f.needFor(name, "key-missing", "missing key %q", name)
}

// needFor is need with a problem of its own, whose text is made only for it.
func (f fields) needFor(name, code, format string, args ...any) cursor {
	at := f.get(name)
	if at.key == nil && !isOneOf(name, f.meant) {
		f.owner().report(problem{code: code, message: fmt.Sprintf(format, args...)})
	}
	return at
}

// owner is the cursor for problems of a mapping as a whole: at its key, or, in
// a list, at its beginning.
func (f fields) owner() cursor {
	c := f.cursor
	if c.key != nil {
		c.node = nil
	}
	return c
}

// reportKey adds a problem at the key under the cursor.
func (c cursor) reportKey(p problem) { c.reportAt(c.key, p) }

func (c cursor) keySpan() diag.Span { return c.r.span(c.key) }

// text reads a text that is not empty. A key that is not there gives "".
func (c cursor) text() string {
	if !c.present() {
		return ""
	}
	if !c.isWord() || strings.TrimSpace(c.node.Value) == "" {
		c.wants("text")
		return ""
	}
	text := strings.TrimSpace(c.node.Value)
	if strings.HasPrefix(text, "“") && strings.HasSuffix(text, "”") && c.node.Style == 0 {
		c.r.ds = append(c.r.ds, diag.Diagnostic{Code: "text-quotes", Severity: diag.Warning, At: c.r.span(c.node), Path: c.path.String(),
			Message: "typographic quotes do not quote in YAML: they become part of the text", Hint: `use straight quotes "…", or none`})
	}
	return text
}

// flag reads yes or no, true or false.
func (c cursor) flag() bool {
	if !c.present() {
		return false
	}
	if c.isWord() {
		switch strings.ToLower(c.node.Value) {
		case wordYes, "true":
			return true
		case wordNo, "false":
			return false
		}
	}
	c.wants("yes or no")
	return false
}

// word reads one of a few words and returns its position, or -1.
func (c cursor) word(words ...string) int {
	if !c.present() {
		return -1
	}
	if c.isWord() {
		if i := slices.Index(words, c.node.Value); i >= 0 {
			return i
		}
	}
	p := problem{code: "word-unknown", message: fmt.Sprintf("found %s; expected %s", what(c.node), keyList(words))}
	if near := diag.Near(c.node.Value, words); near != "" {
		p.hint = didYouMean(near)
	}
	c.report(p)
	return -1
}

// elements calls read for each element of the list under the cursor, and
// reports what is no list. An element that was complained about is left out.
func (c cursor) elements(read func(cursor)) {
	if !c.present() {
		return
	}
	if c.node.Kind != yaml.SequenceNode {
		p := problem{code: "type", message: fmt.Sprintf("found %s; expected a list", what(c.node))}
		if c.isWord() && len(c.node.Value) <= maxID {
			p.hint = fmt.Sprintf("write [%s]", c.node.Value)
		}
		c.report(p)
		return
	}
	for i, n := range c.node.Content {
		if at := c.element(i, n); at.present() {
			read(at)
		}
	}
}

// onWords calls read for each word of the list under the cursor, and keeps
// silent about everything else.
func (c cursor) onWords(read func(cursor)) {
	if !isList(c) {
		return
	}
	for i, n := range c.node.Content {
		if at := c.element(i, n); at.present() && at.isWord() {
			read(at)
		}
	}
}

// entries calls read for each value of the mapping under the cursor, with its
// key.
func (c cursor) entries(expected string, read func(cursor)) {
	if !c.present() {
		return
	}
	if c.node.Kind != yaml.MappingNode {
		c.wants(expected)
		return
	}
	for i := 0; i+1 < len(c.node.Content); i += 2 {
		read(c.child(c.node.Content[i], c.node.Content[i+1]))
	}
}

// size is the number of elements or entries under the cursor.
func (c cursor) size() int {
	switch {
	case !c.present():
		return 0
	case c.node.Kind == yaml.MappingNode:
		return len(c.node.Content) / 2
	}
	return len(c.node.Content)
}
