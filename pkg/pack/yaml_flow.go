package pack

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// flow reads a list or a mapping in brackets for plainYAML. It may go on over
// lines that are indented by more than the block that it stands in.
type flow struct {
	s      *plainReader
	line   plainLine
	at     int // offset in the line's raw text
	indent int
}

// skip moves to the next character that is not a space, over line ends and
// comment lines. It is not ok at the end of the block.
func (f *flow) skip() bool {
	for {
		for f.at < len(f.line.raw) && f.line.raw[f.at] == ' ' {
			f.at++
		}
		if f.at < len(f.line.raw) {
			return f.line.raw[f.at] != '#'
		}
		f.s.next++
		if f.s.next == len(f.s.lines) || f.s.lines[f.s.next].indent <= f.indent {
			return false
		}
		f.line = f.s.lines[f.s.next]
		f.at = f.line.indent
	}
}

// endOfLine reports whether nothing but a comment follows in the line.
func (f *flow) endOfLine() bool { return isRemark(f.line.raw[f.at:]) }

func (f *flow) value(depth int) (*yaml.Node, bool) {
	if depth > plainDepth || !f.skip() {
		return nil, false
	}
	switch f.line.raw[f.at] {
	case '[':
		return f.list(depth)
	case '{':
		return f.mapping(depth)
	}
	return f.scalar()
}

func (f *flow) list(depth int) (*yaml.Node, bool) {
	n := f.s.node(yaml.SequenceNode, f.line, f.at)
	n.Style = yaml.FlowStyle
	f.at++
	for {
		if !f.skip() {
			return nil, false
		}
		if f.line.raw[f.at] == ']' {
			f.at++
			return n, true
		}
		child, ok := f.value(depth + 1)
		if !ok || !f.comma(']') {
			return nil, false
		}
		n.Content = append(n.Content, child)
	}
}

func (f *flow) mapping(depth int) (*yaml.Node, bool) {
	n := f.s.node(yaml.MappingNode, f.line, f.at)
	n.Style = yaml.FlowStyle
	f.at++
	for {
		if !f.skip() {
			return nil, false
		}
		if f.line.raw[f.at] == '}' {
			f.at++
			return n, true
		}
		size := keyLength(f.line.raw[f.at:])
		if size == 0 {
			return nil, false
		}
		key := f.s.node(yaml.ScalarNode, f.line, f.at)
		key.Value = f.line.raw[f.at : f.at+size]
		if key.Tag = tagOf(key.Value); key.Tag != "!!str" {
			return nil, false
		}
		f.at += size + 1
		child, ok := f.value(depth + 1)
		if !ok || !f.comma('}') {
			return nil, false
		}
		n.Content = append(n.Content, key, child)
	}
}

// comma moves behind a comma, or up to the closing bracket.
func (f *flow) comma(shut byte) bool {
	if !f.skip() {
		return false
	}
	switch f.line.raw[f.at] {
	case ',':
		f.at++
		return true
	case shut:
		return true
	}
	return false
}

// scalar reads a word or a quoted text on one line.
func (f *flow) scalar() (*yaml.Node, bool) {
	rest := f.line.raw[f.at:]
	if rest[0] == '"' || rest[0] == '\'' {
		length, ok := plainQuote(rest)
		if !ok {
			return nil, false
		}
		n := f.s.quoted(f.line, f.at, rest[:length])
		f.at += length
		return n, ok
	}
	end := strings.IndexAny(rest, ",]}")
	if end < 0 || !startsWord(rest) {
		return nil, false
	}
	word := strings.TrimRight(rest[:end], " ")
	if word == "" || strings.ContainsAny(word, ":#?[{") {
		return nil, false
	}
	n := f.s.node(yaml.ScalarNode, f.line, f.at)
	n.Value, n.Tag = word, tagOf(word)
	f.at += end
	return n, true
}
