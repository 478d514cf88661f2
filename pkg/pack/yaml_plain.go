package pack

import (
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"
)

// Reading YAML is nearly all of the time that loading a pack takes, and a
// program that people start for one assessment loads a pack every time. Rule
// files use a small part of YAML: block mappings and lists, words, quoted text
// on one line, text below > and |, and brackets. plainYAML reads that part,
// some ten times as fast as the YAML library, and gives up on everything else:
// on every mistake, and on everything that it is not sure of. What it gives up
// on, the library reads, and reports. So it cannot make a difference but in
// time; FuzzPlainYAML holds the two against each other.
//
// The nodes are those of the library, without comments, and with a tag only as
// exact as its readers need it: !!null, !!bool, or !!str for all other scalars.
func plainYAML(data []byte) (root *yaml.Node, ok bool) {
	s := &plainReader{text: string(data)}
	if !s.splitLines() || len(s.lines) == 0 || s.lines[0].indent != 0 {
		return nil, false
	}
	root, ok = s.block(0, 0)
	return root, ok && s.next == len(s.lines)
}

// plainLength bounds lines: columns are counted anew for each node, which a line
// of a megabyte would make a megabyte squared.
const plainLength = 2000

// plainDepth bounds recursion; deeper files are the library's to refuse.
const plainDepth = maxDepth - 4

// plainReader is a reader of the plain part of YAML.
type plainReader struct {
	text  string
	lines []plainLine // that hold something else than a comment
	next  int         // the line at hand
	nodes []yaml.Node // allocated many at a time
}

// plainLine is a line with something on it.
type plainLine struct {
	number int    // from 1
	indent int    // spaces before its text; also of "- " entries that have been read
	text   string // from the indentation on, without a comment line's end
	raw    string // the whole line
}

// splitLines finds the lines that hold something, and refuses what the plain
// part does not have anywhere.
func (s *plainReader) splitLines() bool {
	s.lines = make([]plainLine, 0, len(s.text)/40+1)
	rest := s.text
	for number := 1; rest != ""; number++ {
		raw, after, _ := strings.Cut(rest, "\n")
		rest = after
		text := strings.TrimLeft(raw, " ")
		if len(raw) > plainLength || strings.IndexByte(raw, '\t') >= 0 || strings.IndexByte(raw, '\r') >= 0 {
			return false
		}
		if strings.HasPrefix(raw, "---") || strings.HasPrefix(raw, "...") || strings.HasPrefix(raw, "%") {
			return false
		}
		if text != "" && text[0] != '#' {
			s.lines = append(s.lines, plainLine{number, len(raw) - len(text), strings.TrimRight(text, " "), raw})
		}
	}
	return true
}

func (s *plainReader) node(kind yaml.Kind, line plainLine, offset int) *yaml.Node {
	if len(s.nodes) == 0 {
		s.nodes = make([]yaml.Node, 64)
	}
	n := &s.nodes[0]
	s.nodes = s.nodes[1:]
	n.Kind, n.Line, n.Column = kind, line.number, offset+1
	if before := line.raw[:min(offset, len(line.raw))]; !isASCII(before) {
		n.Column = utf8.RuneCountInString(before) + 1
	}
	switch kind {
	case yaml.MappingNode:
		n.Tag = "!!map"
	case yaml.SequenceNode:
		n.Tag = "!!seq"
	}
	return n
}

func isASCII(s string) bool {
	for i := 0; i < len(s); i++ {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// block reads the mapping or list whose lines are indented by indent.
func (s *plainReader) block(indent, depth int) (*yaml.Node, bool) {
	if depth > plainDepth {
		return nil, false
	}
	if isEntry(s.lines[s.next].text) {
		return s.list(indent, depth)
	}
	return s.mapping(indent, depth)
}

func isEntry(text string) bool { return text == "-" || strings.HasPrefix(text, "- ") }

func (s *plainReader) mapping(indent, depth int) (*yaml.Node, bool) {
	n := s.node(yaml.MappingNode, s.lines[s.next], indent)
	for s.next < len(s.lines) && s.lines[s.next].indent == indent && !isEntry(s.lines[s.next].text) {
		line := s.lines[s.next]
		size := keyLength(line.text)
		if size == 0 {
			return nil, false
		}
		key := s.node(yaml.ScalarNode, line, indent)
		key.Value = line.text[:size]
		if key.Tag = tagOf(key.Value); key.Tag != "!!str" {
			return nil, false
		}
		value, ok := s.value(line, indent+size+1, indent, depth)
		if !ok {
			return nil, false
		}
		n.Content = append(n.Content, key, value)
	}
	return n, s.next == len(s.lines) || s.lines[s.next].indent <= indent
}

// list reads the entries of a list. The rest of an entry's line is a line of
// its own, indented by where it begins.
func (s *plainReader) list(indent, depth int) (*yaml.Node, bool) {
	n := s.node(yaml.SequenceNode, s.lines[s.next], indent)
	for s.next < len(s.lines) && s.lines[s.next].indent == indent && isEntry(s.lines[s.next].text) {
		line := &s.lines[s.next]
		rest := strings.TrimLeft(line.text[1:], " ")
		if rest == "" || rest[0] == '#' || isEntry(rest) {
			return nil, false
		}
		offset := indent + len(line.text) - len(rest)
		var child *yaml.Node
		var ok bool
		if keyLength(rest) > 0 {
			line.indent, line.text = offset, rest
			child, ok = s.mapping(offset, depth+1)
		} else {
			child, ok = s.scalarOrBrackets(*line, offset, indent, depth)
		}
		if !ok {
			return nil, false
		}
		n.Content = append(n.Content, child)
	}
	return n, s.next == len(s.lines) || s.lines[s.next].indent <= indent
}

// keyLength is the length of the key that a line begins with, or 0: a word,
// and behind it a colon with a space or nothing after it.
func keyLength(text string) int {
	const most = 100
	for i := 0; i < len(text) && i < most; i++ {
		c := text[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '_' || c == '-' && i > 0 {
			continue
		}
		if c == ':' && (i+1 == len(text) || text[i+1] == ' ') {
			return i
		}
		break
	}
	return 0
}

// value reads what stands behind a key, from an offset in its line on, or on
// the lines below.
func (s *plainReader) value(line plainLine, offset, indent, depth int) (*yaml.Node, bool) {
	rest := strings.TrimLeft(line.raw[offset:], " ")
	if rest != "" && rest[0] != '#' {
		return s.scalarOrBrackets(line, len(line.raw)-len(rest), indent, depth)
	}
	s.next++
	if s.next == len(s.lines) {
		return nil, false
	}
	below := s.lines[s.next]
	switch {
	case below.indent > indent && (isEntry(below.text) || keyLength(below.text) > 0):
		return s.block(below.indent, depth+1)
	case below.indent == indent && isEntry(below.text):
		return s.list(indent, depth+1)
	}
	return nil, false
}

// scalarOrBrackets reads a value that begins in a line at an offset. Lines that
// go on with it are indented by more than indent.
func (s *plainReader) scalarOrBrackets(line plainLine, offset, indent, depth int) (*yaml.Node, bool) {
	rest := strings.TrimRight(line.raw[offset:], " ")
	switch rest[0] {
	case '|', '>':
		return s.blockText(line, offset, indent)
	case '[', '{':
		f := &flow{s: s, line: line, at: offset, indent: indent}
		n, ok := f.value(depth + 1)
		if !ok || !f.endOfLine() {
			return nil, false
		}
		s.next++
		return n, s.endsHere(indent)
	case '"', '\'':
		length, ok := plainQuote(rest)
		if !ok || !isRemark(rest[length:]) {
			return nil, false
		}
		s.next++
		return s.quoted(line, offset, rest[:length]), s.endsHere(indent)
	}
	if !startsWord(rest) || strings.Contains(rest, ": ") || strings.HasSuffix(rest, ":") {
		return nil, false
	}
	if i := strings.Index(rest, " #"); i >= 0 {
		rest = strings.TrimRight(rest[:i], " ")
	}
	n := s.node(yaml.ScalarNode, line, offset)
	n.Value = rest
	n.Tag = tagOf(rest)
	s.next++
	return n, n.Tag != "" && s.endsHere(indent)
}

// endsHere reports whether the line at hand does not go on with what was read.
func (s *plainReader) endsHere(indent int) bool {
	return s.next == len(s.lines) || s.lines[s.next].indent <= indent
}

// isRemark reports whether nothing but a comment stands there.
func isRemark(rest string) bool {
	trimmed := strings.TrimLeft(rest, " ")
	return trimmed == "" || trimmed[0] == '#' && len(trimmed) < len(rest)
}

// plainQuote is the length of a quoted text without escapes.
func plainQuote(text string) (int, bool) {
	end := strings.IndexByte(text[1:], text[0])
	if end < 0 || text[0] == '"' && strings.IndexByte(text[1:1+end], '\\') >= 0 {
		return 0, false
	}
	if text[0] == '\'' && end+2 < len(text) && text[end+2] == '\'' {
		return 0, false
	}
	return end + 2, true
}

func (s *plainReader) quoted(line plainLine, offset int, text string) *yaml.Node {
	n := s.node(yaml.ScalarNode, line, offset)
	n.Value, n.Tag, n.Style = text[1:len(text)-1], "!!str", yaml.DoubleQuotedStyle
	if text[0] == '\'' {
		n.Style = yaml.SingleQuotedStyle
	}
	return n
}

// startsWord reports whether text begins as an unquoted scalar surely may.
func startsWord(text string) bool {
	c := text[0]
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '(' || c == '/' || c == '~' ||
		c == '-' && len(text) > 1 && text[1] >= '0' && text[1] <= '9' || c >= 0xC3 && c < 0xE2
}

// tagOf is the tag of an unquoted scalar, and "" where the library decides.
func tagOf(word string) string {
	switch word {
	case "~", "null", "Null", "NULL":
		return "!!null"
	case "true", "True", "TRUE", "false", "False", "FALSE":
		return "!!bool"
	}
	return "!!str"
}

// blockText reads the lines below | or >, all of which have the same
// indentation and none of which is empty, but for the last.
func (s *plainReader) blockText(line plainLine, offset, indent int) (*yaml.Node, bool) {
	n := s.node(yaml.ScalarNode, line, offset)
	n.Tag, n.Style = "!!str", yaml.LiteralStyle
	joint := "\n"
	if line.raw[offset] == '>' {
		n.Style, joint = yaml.FoldedStyle, " "
	}
	header := strings.TrimRight(line.raw[offset+1:], " ")
	if header != "" && header != "-" {
		return nil, false
	}
	s.next++
	first := s.next
	for s.next < len(s.lines) && s.lines[s.next].indent > indent {
		l := s.lines[s.next]
		if l.indent != s.lines[first].indent || l.number != line.number+1+s.next-first || strings.HasSuffix(l.raw, " ") {
			return nil, false
		}
		s.next++
	}
	if s.next == first || !s.cleanBelow(s.lines[s.next-1].number) {
		return nil, false
	}
	parts := make([]string, s.next-first)
	for i := range parts {
		parts[i] = s.lines[first+i].text
	}
	n.Value = strings.Join(parts, joint)
	if header == "" {
		n.Value += "\n"
	}
	return n, true
}

// cleanBelow reports whether the line after a block of text is one of those
// that hold something, or the end: comments there may belong to the text.
func (s *plainReader) cleanBelow(last int) bool {
	if s.next == len(s.lines) {
		return strings.Count(s.text, "\n") == last && strings.HasSuffix(s.text, "\n")
	}
	return s.lines[s.next].number == last+1
}
