package pack

import (
	"regexp"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// unquote takes the quotes from texts that are the same without.
func (s *sheetOfLines) unquote() string {
	var edits []quoteEdit
	s.findQuotes(s.root, false, &edits)
	for i := len(edits) - 1; i >= 0; i-- { // from behind: what is before stays in its place
		e := edits[i]
		line := s.lines[e.line]
		s.lines[e.line] = line[:e.from] + e.text + line[e.to:]
	}
	return s.text()
}

type quoteEdit struct {
	line, from, to int
	text           string
}

func (s *sheetOfLines) findQuotes(n *yaml.Node, flow bool, edits *[]quoteEdit) {
	flow = flow || n.Style&yaml.FlowStyle != 0
	for _, child := range n.Content {
		s.findQuotes(child, flow, edits)
	}
	if n.Kind != yaml.ScalarNode || n.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) == 0 {
		return
	}
	line := s.lines[n.Line-1]
	from := byteColumn(line, n.Column)
	to := from + quoteLength(line[from:])
	if to-from < 2 || line[to-1] != line[from] || !needless(n.Value, flow) {
		return
	}
	*edits = append(*edits, quoteEdit{n.Line - 1, from, to, n.Value})
}

// otherwise are texts that some reader of YAML takes for something else than
// text, whatever this one does.
var notText = regexp.MustCompile(`(?i)^(y|n|yes|no|on|off|true|false|null|~|[-+.0-9][-+.:_0-9a-fox]*)$`)

// needless reports whether a text is the same without quotes.
func needless(text string, flow bool) bool {
	if text == "" || strings.TrimSpace(text) != text || strings.ContainsAny(text, "\n\t\\#") || notText.MatchString(text) || strings.Contains(text, ": ") ||
		strings.HasSuffix(text, ":") || strings.HasPrefix(text, "“") || flow && strings.ContainsAny(text, `?:,[]{}"'`) {
		return false
	}
	if _, found := diag.Control(text); found {
		return false
	}
	doc := "k: " + text + "\n"
	if flow {
		doc = "k: {a: " + text + ", b: [" + text + "]}\n"
	}
	root, ds := parseYAML("", []byte(doc))
	if root == nil || len(ds) > 0 || root.Kind != yaml.MappingNode || len(root.Content) != 2 {
		return false
	}
	n := root.Content[1]
	if flow {
		if n.Kind != yaml.MappingNode || len(n.Content) != 4 {
			return false
		}
		n = n.Content[1]
	}
	return n.Kind == yaml.ScalarNode && n.Style == 0 && n.Value == text && n.ShortTag() == "!!str"
}
