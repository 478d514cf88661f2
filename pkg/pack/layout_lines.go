package pack

import (
	"strings"

	"gopkg.in/yaml.v3"
)

// sheetOfLines is a text by its lines, with what the YAML reader says about
// where things begin. It does not say where they end, which is found from the
// lines.
type sheetOfLines struct {
	lines []string
	root  *yaml.Node
	block []blockText // for each line; those of a | or > text
	inner []bool      // the line goes on with a value that began above
}

// blockText says what a line is to a text under | or >.
type blockText struct {
	head   int  // the line of the indicator, plus 1; 0: the line is none of one
	indent int  // of the text, in spaces
	parent int  // the indentation that it is deeper than
	stated bool // the indicator says how deep
}

// newSheetOfLines returns nil for what is no mapping written in blocks.
func newSheetOfLines(text string) *sheetOfLines {
	root, ds := parseYAML("", []byte(text))
	if root == nil || len(ds) > 0 || root.Kind != yaml.MappingNode || root.Style&yaml.FlowStyle != 0 {
		return nil
	}
	s := &sheetOfLines{lines: strings.Split(text, "\n"), root: root}
	s.block, s.inner = make([]blockText, len(s.lines)), make([]bool, len(s.lines))
	s.mark(root, -1)
	return s
}

func (s *sheetOfLines) text() string { return strings.Join(s.lines, "\n") }

// mark notes which lines belong to values of several lines.
func (s *sheetOfLines) mark(n *yaml.Node, parent int) {
	switch {
	case n.Kind == yaml.ScalarNode:
		s.markScalar(n, parent)
	case n.Style&yaml.FlowStyle != 0:
		s.markFlow(n)
	case n.Kind == yaml.MappingNode:
		for i := 0; i < len(n.Content); i += 2 {
			s.mark(n.Content[i], parent)
			s.mark(n.Content[i+1], n.Content[i].Column-1)
		}
	case n.Kind == yaml.SequenceNode:
		for _, e := range n.Content {
			s.mark(e, n.Column-1)
		}
	}
}

func (s *sheetOfLines) markScalar(n *yaml.Node, parent int) {
	at := n.Line - 1
	switch {
	case n.Style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		s.markBlock(at, parent, byteColumn(s.lines[at], n.Column))
	case n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		s.markTo(at, s.quoteEnd(at, byteColumn(s.lines[at], n.Column)))
	default:
		// A plain text goes on over lines that are deeper than its parent. The
		// first that is a comment ends it.
		last := at
		for i := at + 1; i < len(s.lines); i++ {
			line := s.lines[i]
			if isBlank(line) {
				continue
			}
			if indentOf(line) <= parent || isComment(line) || s.keyAt(n, i) {
				break
			}
			last = i
		}
		s.markTo(at, last)
	}
}

// keyAt reports whether a plain text cannot reach line i: what it says is
// complete before.
func (s *sheetOfLines) keyAt(n *yaml.Node, i int) bool {
	return !strings.Contains(n.Value, strings.Fields(s.lines[i])[0])
}

// markBlock marks the lines of a text under | or >, blank ones behind it only
// where they belong to it.
func (s *sheetOfLines) markBlock(at, parent, col int) {
	b := blockText{head: at + 1, parent: parent}
	keep := false
	head := s.lines[at][col:]
	for i := 1; i < len(head) && strings.IndexByte("+-123456789", head[i]) >= 0; i++ {
		if head[i] >= '1' && head[i] <= '9' {
			b.stated, b.indent = true, max(parent, 0)+int(head[i]-'0')
		}
		keep = keep || head[i] == '+'
	}
	last := at
	for i := at + 1; i < len(s.lines); i++ {
		line := s.lines[i]
		if strings.Trim(line, " ") == "" {
			if keep || b.indent > 0 && len(line) > b.indent {
				last = i
			}
			continue
		}
		if b.indent == 0 {
			b.indent = indentOf(line)
		}
		if indentOf(line) < b.indent || b.indent <= parent {
			break
		}
		last = i
	}
	for i := at + 1; i <= last; i++ {
		s.block[i] = b
	}
}

func (s *sheetOfLines) markTo(from, to int) {
	for i := from + 1; i <= to && i < len(s.lines); i++ {
		s.inner[i] = true
	}
}

// quoteEnd returns the line on which a text in quotes ends.
func (s *sheetOfLines) quoteEnd(at, col int) int {
	line := s.lines[at][col:]
	quote := line[0]
	for i := 1; ; i++ {
		for i >= len(line) {
			if at++; at >= len(s.lines) {
				return at - 1
			}
			line, i = s.lines[at], 0
		}
		if len(line) == 0 {
			continue
		}
		switch {
		case quote == '"' && line[i] == '\\':
			i++
		case line[i] == quote && quote == '\'' && i+1 < len(line) && line[i+1] == '\'':
			i++
		case line[i] == quote:
			return at
		}
	}
}

// markFlow marks the lines of a list or mapping in brackets.
func (s *sheetOfLines) markFlow(n *yaml.Node) {
	at, depth := n.Line-1, 0
	line := s.lines[at]
	i := byteColumn(line, n.Column)
	for ; at < len(s.lines); at, i = at+1, 0 {
		line = s.lines[at]
		for ; i < len(line); i++ {
			switch c := line[i]; {
			case c == '#' && (i == 0 || line[i-1] == ' ' || line[i-1] == '\t'):
				i = len(line)
			case (c == '"' || c == '\'') && (i == 0 || strings.IndexByte(" \t,[{:", line[i-1]) >= 0):
				end := s.quoteEnd(at, i)
				if end > at {
					at, line, i = end, s.lines[end], strings.LastIndexByte(s.lines[end], c)
				} else {
					i += quoteLength(line[i:]) - 1
				}
			case c == '[' || c == '{':
				depth++
			case c == ']' || c == '}':
				depth--
			}
			if depth == 0 {
				s.markTo(n.Line-1, at)
				return
			}
		}
	}
}

// loose reports whether line i is blank or a comment and part of no value.
func (s *sheetOfLines) loose(i int) bool {
	return s.block[i].head == 0 && (isBlank(s.lines[i]) && !s.inner[i] || isComment(s.lines[i]) && !s.inner[i])
}

func isBlank(line string) bool { return strings.TrimSpace(line) == "" }

func isComment(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " \t"), "#") }

// indentOf is how many spaces a line begins with.
func indentOf(line string) int { return len(line) - len(strings.TrimLeft(line, " ")) }

// byteColumn is the offset of the character in a column, from 1.
func byteColumn(line string, col int) int { return len(line) - len(skipColumns(line, col-1)) }
