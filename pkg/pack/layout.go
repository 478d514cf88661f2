package pack

import (
	"bytes"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// LayoutOptions say what of the layout of a file is put in order. What is
// quoted without need loses its quotes in any case, and the keys that the rule
// language gives get their order.
type LayoutOptions struct {
	Indent bool // two spaces a step, no spaces at the end of a line, one line end at the end
}

// Layout returns the text of a file of a pack, or of tests, in its canonical
// layout: the keys of the rule language in one order (see fileShape), quotes
// only where they are needed and, with Indent, an indentation of two. Blank
// lines, comments, brackets and line breaks stay as they are, and so does the
// order of everything that is not a key of the language: of the top keys,
// questions, options, answers.
//
// It works on the lines and not on what they mean, so that nothing is written
// anew. Each of its steps is checked: the text must hold the same YAML and the
// same words and comments as before, or the step is not made. A file that is
// no sound YAML comes back as it is, with what is wrong with it.
func Layout(name string, data []byte, opts LayoutOptions) ([]byte, []diag.Diagnostic) {
	root, ds := parseYAML(name, data)
	if diag.HasErrors(ds) || root == nil || root.Kind != yaml.MappingNode {
		return data, ds
	}
	text, crlf := string(bytes.TrimPrefix(data, []byte("\ufeff"))), false
	if strings.Contains(text, "\r\n") {
		crlf, text = true, strings.ReplaceAll(text, "\r\n", "\n")
	}
	if strings.Contains(text, "\r") { // lines that no editor shows as such
		return data, nil
	}
	before := text
	for round, last := 0, ""; text != last && round < mostRounds; round++ {
		last = text
		for _, pass := range layoutPasses(opts) {
			text = tryPass(text, pass)
		}
	}
	if text == before {
		return data, nil
	}
	if crlf {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return []byte(text), nil
}

// mostRounds is how often all steps are tried: a step that could not be made may
// become possible by one after it.
const mostRounds = 4

func layoutPasses(opts LayoutOptions) []func(*sheetOfLines) string {
	passes := []func(*sheetOfLines) string{(*sheetOfLines).unquote, (*sheetOfLines).orderKeys}
	if opts.Indent {
		passes = append(passes, (*sheetOfLines).indent, (*sheetOfLines).trim)
	}
	return passes
}

// tryPass makes one step and takes it back where it would not keep what the
// text says.
func tryPass(text string, pass func(*sheetOfLines) string) string {
	s := newSheetOfLines(text)
	if s == nil {
		return text
	}
	after := pass(s)
	if after == text || !keeps(text, after) {
		return text
	}
	return after
}

// keeps reports whether two texts hold the same YAML, the order of the
// language's own keys aside, and the same words and comments.
func keeps(before, after string) bool {
	a, ds := parseYAML("", []byte(before))
	b, ds2 := parseYAML("", []byte(after))
	if a == nil || b == nil || len(ds)+len(ds2) > 0 {
		return false
	}
	return sameNode(a, b, fileShape) && slices.Equal(bareLines(before), bareLines(after))
}

// sameNode compares what two nodes say. Where a shape gives the order of keys,
// theirs does not count.
func sameNode(a, b *yaml.Node, s *shape) bool {
	if a.Kind != b.Kind || a.Value != b.Value || a.ShortTag() != b.ShortTag() || len(a.Content) != len(b.Content) {
		return false
	}
	if a.Kind != yaml.MappingNode {
		for i := range a.Content {
			if !sameNode(a.Content[i], b.Content[i], s.element()) {
				return false
			}
		}
		return true
	}
	at := make(map[string]int, len(b.Content)/2)
	for i := 0; i < len(b.Content); i += 2 {
		at[b.Content[i].Value] = i
	}
	for i := 0; i < len(a.Content); i += 2 {
		key := a.Content[i]
		j, found := at[key.Value]
		if !found || s.order() == nil && i != j || !sameNode(key, b.Content[j], nil) || !sameNode(a.Content[i+1], b.Content[j+1], s.at(key.Value)) {
			return false
		}
	}
	return true
}

// bareLines are the lines of a text, sorted, without what a layout may change:
// indentation and dashes before them, spaces behind, and quotes.
func bareLines(text string) []string {
	quotes := strings.NewReplacer(`"`, "", `'`, "", `\`, "")
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		if line = quotes.Replace(strings.Trim(strings.TrimLeft(line, " -"), " \t")); line != "" {
			lines = append(lines, line)
		}
	}
	slices.Sort(lines)
	return lines
}
