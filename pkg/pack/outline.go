package pack

import (
	"bytes"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// OutlineKind says what a part of a text in YAML is.
type OutlineKind uint8

// The kinds of parts.
const (
	OutlineWord    OutlineKind = iota // a text, a number, yes or no, or nothing
	OutlineMapping                    // keys and values
	OutlineList
)

// Outline is where the parts of a text in YAML stand, in bytes, for those who
// change a part of it and leave every other byte as it is.
type Outline struct {
	Kind  OutlineKind
	Value string     // of a word, without its quotes
	Flow  bool       // a mapping or a list in brackets
	Keys  []*Outline // of a mapping
	Of    []*Outline // the values of a mapping, one to each key, or the elements of a list

	// Start and End bound the part, the end exclusive. Without brackets, a
	// mapping starts at its first key, a list at its first dash, and both end
	// with what they hold. Of a text over several lines that is not in quotes,
	// End is in its first line.
	Start, End int
}

// Get returns the value of a key, nil if it is not there.
func (o *Outline) Get(key string) *Outline {
	for i, k := range o.Keys {
		if k.Value == key {
			return o.Of[i]
		}
	}
	return nil
}

// ReadOutline returns where the parts of a text stand. It is not ok for a text
// that Load would refuse below the level of meaning.
func ReadOutline(data []byte) (o *Outline, ok bool) {
	root, ds := parseYAML("", data)
	if root == nil || len(ds) > 0 {
		return nil, false
	}
	t := &outliner{data: data, starts: []int{len(data) - len(bytes.TrimPrefix(data, []byte("\ufeff")))}}
	for i, c := range data {
		if c == '\n' || c == '\r' && (i+1 == len(data) || data[i+1] != '\n') {
			t.starts = append(t.starts, i+1)
		}
	}
	return t.outline(root), true
}

type outliner struct {
	data   []byte
	starts []int // of the lines
}

func (t *outliner) outline(n *yaml.Node) *Outline {
	o := &Outline{Value: n.Value, Start: t.offset(n), Flow: n.Style&yaml.FlowStyle != 0}
	switch n.Kind {
	case yaml.MappingNode:
		o.Kind = OutlineMapping
		for i := 0; i+1 < len(n.Content); i += 2 {
			o.Keys, o.Of = append(o.Keys, t.outline(n.Content[i])), append(o.Of, t.outline(n.Content[i+1]))
		}
	case yaml.SequenceNode:
		o.Kind = OutlineList
		for _, c := range n.Content {
			o.Of = append(o.Of, t.outline(c))
		}
	default:
		o.End = t.wordEnd(n, o.Start)
		return o
	}
	o.End = o.Start + 1
	if n := len(o.Of); n > 0 {
		o.End = max(o.End, o.Of[n-1].End)
	}
	if o.Flow {
		o.End = t.closing(o.End)
	}
	return o
}

// offset is where a node begins, by its line and its column in characters.
func (t *outliner) offset(n *yaml.Node) int {
	if n.Line < 1 || n.Line > len(t.starts) {
		return len(t.data)
	}
	at := t.starts[n.Line-1]
	for col := 1; col < n.Column && at < len(t.data); col++ {
		_, size := utf8.DecodeRune(t.data[at:])
		at += size
	}
	return at
}

func (t *outliner) wordEnd(n *yaml.Node, start int) int {
	rest := t.data[start:]
	switch {
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0 && len(rest) > 0:
		return start + quoteLength(string(rest))
	case bytes.HasPrefix(rest, []byte(n.Value)):
		return start + len(n.Value)
	}
	if i := bytes.IndexAny(rest, "\r\n"); i >= 0 {
		rest = rest[:i]
	}
	return start + len(bytes.TrimRight(rest, " \t"))
}

// closing returns the end of the bracket that closes what has no part from an
// offset on.
func (t *outliner) closing(at int) int {
	for comment := false; at < len(t.data); at++ {
		switch c := t.data[at]; {
		case c == '\n' || c == '\r':
			comment = false
		case comment:
		case c == '#':
			comment = true
		case c == ']' || c == '}':
			return at + 1
		}
	}
	return at
}

// ReadCondition reads a text that is one condition of p, as it might stand
// under when in one of its files: what it means, and what is wrong with it. It
// is nil where something is.
func (p *Pack) ReadCondition(name string, data []byte) (Condition, []diag.Diagnostic) {
	l, c, ds := p.readPart(name, data)
	if len(ds) > 0 {
		return nil, ds
	}
	return l.condition(c), c.r.ds
}

// ReadCourse reads a text that is one statement over time, as ReadCondition
// does a condition.
func (p *Pack) ReadCourse(name string, data []byte) (Course, []diag.Diagnostic) {
	l, c, ds := p.readPart(name, data)
	if len(ds) > 0 {
		return nil, ds
	}
	return l.course(c), c.r.ds
}

// readPart parses a text and returns a loader that knows the names that it may
// use.
func (p *Pack) readPart(name string, data []byte) (*loader, cursor, []diag.Diagnostic) {
	root, ds := parseYAML(name, data)
	if root == nil || len(ds) > 0 {
		return nil, cursor{}, ds
	}
	l := newLoader(nil)
	l.pack = p
	for i := range p.Slots {
		l.questions.put(p.Slots[i].ID, diag.Span{}, subject{slot: i})
	}
	for _, s := range p.Scores {
		l.questions.put(s.ID, diag.Span{}, subject{score: s})
	}
	for _, n := range p.Conditions {
		l.conditions.put(n.ID, n.At, n)
	}
	return l, cursor{r: newReader(p, name, data), node: root}, nil
}
