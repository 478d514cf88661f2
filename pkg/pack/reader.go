package pack

import (
	"fmt"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// maxProblems ends a list of diagnostics that nobody will read to its end, and
// with it the search for near misses in hostile input.
const maxProblems = 500

// reader reads one file whose YAML has been parsed: it knows where its nodes
// are and collects the problems found in it.
type reader struct {
	file string
	text *diag.Text
	pack *Pack
	ds   []diag.Diagnostic

	silent map[any]bool // questions whose answers are not judged
	left   *int         // how many problems may still be reported; shared by the files of a pack
}

// newReader returns a reader of the file that data was parsed from. The pack is
// the one that answers in the file belong to.
func newReader(p *Pack, file string, data []byte) *reader {
	left := maxProblems + 1
	return &reader{file: file, text: diag.NewText(data), pack: p, left: &left}
}

// full reports whether further problems would not be kept.
func (r *reader) full() bool { return *r.left <= 0 }

func (r *reader) span(n *yaml.Node) diag.Span { return nodeSpan(r.file, r.text, n) }

// cursor is a place in a file: a node, the key that it stands under, and the
// way to it.
type cursor struct {
	r    *reader
	node *yaml.Node // nil: the key is not there
	key  *yaml.Node // nil in a list and at the top
	path *step
}

// problem is a diagnostic in the making: its place and path come from the
// cursor.
type problem struct {
	code    string
	message string
	hint    string
	related []diag.Related
}

// report adds a problem at the node under the cursor, or at its key where it
// has no node of its own.
func (c cursor) report(p problem) {
	n := c.node
	if n == nil || n.Kind == yaml.ScalarNode && n.Value == "" && n.Style == 0 {
		n = c.key
	}
	c.reportAt(n, p)
}

// reportAt adds a problem at a node of the cursor's file.
func (c cursor) reportAt(n *yaml.Node, p problem) {
	if c.r.full() {
		return
	}
	*c.r.left--
	at := diag.Span{File: c.r.file}
	if n != nil {
		at = c.r.span(n)
	}
	c.r.ds = append(c.r.ds, diag.Diagnostic{Code: p.code, At: at, Path: c.path.String(), Message: p.message, Hint: p.hint, Related: p.related})
}

// child is the cursor on a value of the mapping under c.
func (c cursor) child(key, node *yaml.Node) cursor {
	return cursor{r: c.r, node: node, key: key, path: c.path.key(key.Value)}
}

// element is the cursor on a value of the list under c.
func (c cursor) element(i int, node *yaml.Node) cursor {
	return cursor{r: c.r, node: node, path: c.path.at(i)}
}

// present reports whether there is a value to read. A node that has been
// complained about is not there for anybody else.
func (c cursor) present() bool { return c.node != nil && c.node.Kind != 0 }

// isNull reports whether the value is written as null, ~, or nothing at all.
func (c cursor) isNull() bool {
	return c.node.Kind == yaml.ScalarNode && c.node.Tag == "!!null" && c.node.Style == 0
}

// what names the kind of a node for a message.
func what(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case n.Tag == "!!null" && n.Style == 0:
		return "nothing"
	case len(n.Value) > 40:
		return "text"
	}
	return fmt.Sprintf("%q", n.Value)
}

// wants reports a value of the wrong type.
func (c cursor) wants(expected string) {
	c.report(problem{code: "type", message: fmt.Sprintf("found %s; expected %s", what(c.node), expected)})
}

// isWord reports whether the value is a scalar with something in it.
func (c cursor) isWord() bool {
	return c.node.Kind == yaml.ScalarNode && !c.isNull()
}
