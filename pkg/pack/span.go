package pack

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// maxColumn is how far into a line the end of a node is looked for. Only a file
// that was made to be slow has more.
const maxColumn = 10_000

// nodeSpan is the place of a node on its first line. The text of a | or >
// scalar begins a line below; its span is the indicator's, which is where the
// value starts for its author. A mapping or list is marked by its first key or
// its bracket.
func nodeSpan(file string, text *diag.Text, n *yaml.Node) diag.Span {
	at := diag.Span{File: file, Line: n.Line, Col: n.Column, EndLine: n.Line, EndCol: n.Column + 1}
	if text == nil || n.Line == 0 || n.Column > maxColumn {
		return at
	}
	if n.Kind == yaml.ScalarNode && n.Style == 0 && isID(n.Value) { // by far the most frequent: the text is not needed
		at.EndCol = n.Column + len(n.Value)
		return at
	}
	rest := skipColumns(text.Line(n.Line), n.Column-1)
	rest = rest[:min(len(rest), maxColumn)]
	at.EndCol = n.Column + max(1, utf8.RuneCountInString(rest[:tokenLength(rest, n)]))
	return at
}

// tokenLength is how many bytes of rest, the line from the node on, belong to
// the node.
func tokenLength(rest string, n *yaml.Node) int {
	switch {
	case rest == "":
		return 0
	case n.Kind == yaml.MappingNode && n.Style&yaml.FlowStyle == 0 && len(n.Content) > 0:
		return tokenLength(rest, n.Content[0])
	case n.Kind == yaml.SequenceNode && n.Style&yaml.FlowStyle == 0:
		return 1
	case n.Kind == yaml.MappingNode || n.Kind == yaml.SequenceNode:
		return bracketLength(rest)
	case rest[0] == '"' || rest[0] == '\'':
		return quoteLength(rest)
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return 1
	case strings.HasPrefix(rest, n.Value) && n.Value != "":
		return len(n.Value)
	}
	return len(strings.TrimRight(rest, " \t"))
}

// quoteLength is the length of a quoted text up to its closing quote on the
// same line, or of the whole line.
func quoteLength(s string) int {
	for i := 1; i < len(s); i++ {
		switch {
		case s[0] == '"' && s[i] == '\\':
			i++
		case s[i] == s[0] && s[0] == '\'' && i+1 < len(s) && s[i+1] == '\'':
			i++
		case s[i] == s[0]:
			return i + 1
		}
	}
	return len(s)
}

// bracketLength is the length of a list or mapping in brackets up to its end
// on the same line, or 1.
func bracketLength(s string) int {
	depth := 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"', '\'':
			if i > 0 && strings.IndexByte(" ,[{:", s[i-1]) >= 0 {
				i += quoteLength(s[i:]) - 1
			}
		case '[', '{':
			depth++
		case ']', '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 1
}

// skipColumns drops n characters from the start of a line.
func skipColumns(line string, n int) string {
	for ; n > 0 && line != ""; n-- {
		_, size := utf8.DecodeRuneInString(line)
		line = line[size:]
	}
	return line
}

// step is one step of a logical path, linked upwards, so that a path costs
// nothing until a problem needs it. Nil is the top.
type step struct {
	up    *step
	name  string // a key, or "" for a position in a list
	index int
}

func (s *step) key(name string) *step { return &step{up: s, name: name} }
func (s *step) at(index int) *step    { return &step{up: s, index: index} }

// String returns the path as in levels.iop.indications[2].
func (s *step) String() string {
	if s == nil {
		return ""
	}
	up := s.up.String()
	switch {
	case s.name == "":
		return up + "[" + strconv.Itoa(s.index) + "]"
	case up == "":
		return s.name
	}
	return up + "." + s.name
}
