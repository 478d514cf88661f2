package pack

import (
	"bytes"
	"errors"
	"fmt"
	"io"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// What a file may cost, so that a hostile or mistaken one (a log, an export)
// is refused before it is worked on. A pack of a hundred criteria has about
// 100 KB.
const (
	maxFileBytes = 2 << 20
	maxPackBytes = 16 << 20
	maxPackFiles = 1000
	maxDepth     = 64 // of lists and mappings in each other

	// The YAML library takes quadratic time for brackets on one line: 13 s for
	// a line of 2 MiB. No line that a person reads comes near this, in bytes.
	maxLineBytes = 20_000
)

// parseYAML reads one document. It returns its top node, nil if there is none
// to go on with, and every problem below the level of meaning: size, encoding,
// control characters, syntax, anchors, aliases, merge keys, tags, several
// documents, depth, and keys that occur twice (of which the first stays).
// A node that cannot be used has the zero Kind, so that its readers keep
// silent about it.
func parseYAML(name string, data []byte) (*yaml.Node, []diag.Diagnostic) {
	g := &guard{file: name, text: diag.NewText(data)}
	if len(data) > maxFileBytes {
		g.whole("file-large", fmt.Sprintf("the file has more than %d MiB", maxFileBytes>>20), "a rule or answers file has a few hundred kilobytes at most; is it the right one?")
		return nil, g.ds
	}
	data, ok := g.characters(data)
	if !ok {
		return nil, g.ds
	}
	if g.longLine(data) {
		return nil, g.ds
	}
	doc, err := decodeYAML(data, g)
	if err != nil {
		g.syntax(err)
		return nil, g.ds
	}
	if doc == nil || doc.Kind != yaml.DocumentNode || len(doc.Content) == 0 || isEmpty(doc.Content[0]) {
		g.whole("yaml-empty", "the file is empty; expected a mapping, key: value", "")
		return nil, g.ds
	}
	g.walk(doc.Content[0], 0)
	return doc.Content[0], g.ds
}

// isEmpty tells a file of nothing but comments from one that says null.
func isEmpty(n *yaml.Node) bool {
	return n.Kind == yaml.ScalarNode && n.Tag == "!!null" && n.Value == ""
}

// decodeYAML turns a panic of the YAML reader into an error: it is written for
// files of friends, and one bad file must not end a batch.
func decodeYAML(data []byte, g *guard) (doc *yaml.Node, err error) {
	defer func() {
		if r := recover(); r != nil {
			doc, err = nil, fmt.Errorf("yaml: %v", r)
		}
	}()
	dec := yaml.NewDecoder(bytes.NewReader(data))
	var first, second yaml.Node
	if err := dec.Decode(&first); err != nil {
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		return nil, err
	}
	if err := dec.Decode(&second); !errors.Is(err, io.EOF) {
		g.documents(second.Line)
	}
	return &first, nil
}

// guard collects the problems of one file that have nothing to do with what
// the file means.
type guard struct {
	file  string
	text  *diag.Text
	ds    []diag.Diagnostic
	stack []frame // from the top to the node at hand, for the logical path
}

// frame is one step of a path: a key, or a position in a list where key is nil.
type frame struct {
	key   *yaml.Node
	index int
}

func (g *guard) whole(code, message, hint string) {
	g.ds = append(g.ds, diag.Diagnostic{Code: code, At: diag.Span{File: g.file}, Message: message, Hint: hint})
}

func (g *guard) add(code string, at diag.Span, message, hint string, related ...diag.Related) {
	if len(g.ds) > maxProblems {
		return
	}
	g.ds = append(g.ds, diag.Diagnostic{Code: code, At: at, Path: g.path(), Message: message, Hint: hint, Related: related})
}

func (g *guard) path() string {
	var p *step
	for _, f := range g.stack {
		if f.key != nil {
			p = p.key(f.key.Value)
		} else {
			p = p.at(f.index)
		}
	}
	return p.String()
}

// documents complains about a second document in the file.
func (g *guard) documents(line int) {
	for n := max(line, 2); n >= 2; n-- {
		if l := g.text.Line(n); len(l) >= 3 && (l[:3] == "---" || l[:3] == "...") {
			line = n
			break
		}
	}
	at := diag.Span{File: g.file, Line: max(line, 1), Col: 1, EndLine: max(line, 1), EndCol: 4}
	g.add("yaml-documents", at, "a second document begins here; expected one document in a file", "remove the line, or move what follows to a file of its own")
}

// walk checks a node and all below it.
func (g *guard) walk(n *yaml.Node, depth int) {
	if depth > maxDepth {
		g.add("yaml-deep", nodeSpan(g.file, g.text, n), fmt.Sprintf("more than %d lists and mappings inside each other", maxDepth), "name conditions of their own under conditions, and refer to them")
		*n = yaml.Node{Line: n.Line, Column: n.Column}
		return
	}
	g.properties(n)
	switch n.Kind {
	case yaml.SequenceNode:
		for i, child := range n.Content {
			g.stack = append(g.stack, frame{index: i})
			g.walk(child, depth+1)
			g.stack = g.stack[:len(g.stack)-1]
		}
	case yaml.MappingNode:
		g.keys(n)
		for i := 0; i+1 < len(n.Content); i += 2 {
			g.stack = append(g.stack, frame{key: n.Content[i]})
			g.walk(n.Content[i+1], depth+1)
			g.stack = g.stack[:len(g.stack)-1]
		}
	case yaml.ScalarNode:
		g.scalar(n)
	}
}

// properties refuses what makes YAML more than data.
func (g *guard) properties(n *yaml.Node) {
	at := diag.Span{File: g.file, Line: n.Line, Col: n.Column, EndLine: n.Line, EndCol: n.Column + 1}
	switch {
	case n.Kind == yaml.AliasNode:
		at.EndCol = n.Column + 1 + len([]rune(n.Value))
		g.add("yaml-alias", at, fmt.Sprintf("alias *%s; expected the value itself", n.Value), "write the value out, or name a condition and refer to it by its id; text that begins with * needs quotes")
		*n = yaml.Node{Line: n.Line, Column: n.Column}
	case n.Anchor != "":
		at.EndCol = n.Column + 1 + len([]rune(n.Anchor))
		g.add("yaml-anchor", at, fmt.Sprintf("anchor &%s; expected the value alone", n.Anchor), "name a condition and refer to it by its id; text that begins with & needs quotes")
	case n.Style&yaml.TaggedStyle != 0:
		at.EndCol = n.Column + len([]rune(n.Tag))
		g.add("yaml-tag", at, fmt.Sprintf("tag %s; expected the value alone", n.Tag), "remove the tag; text that begins with ! needs quotes")
	}
}

// scalar refuses what escapes in quotes can smuggle in.
func (g *guard) scalar(n *yaml.Node) {
	if n.Style&yaml.DoubleQuotedStyle == 0 {
		return
	}
	if r, found := diag.Control(n.Value); found {
		g.add("text-control", nodeSpan(g.file, g.text, n), fmt.Sprintf("the text holds the control or invisible character U+%04X", r), "remove the escape")
		*n = yaml.Node{Line: n.Line, Column: n.Column}
	}
}

// keySet finds keys that occur twice. Most mappings have a few keys, for which
// a search is cheaper than a map.
type keySet map[string]*yaml.Node

const fewKeys = 16

func (s *keySet) find(key *yaml.Node, kept []*yaml.Node) *yaml.Node {
	if *s != nil {
		return (*s)[key.Value]
	}
	for i := 0; i < len(kept); i += 2 {
		if kept[i].Value == key.Value {
			return kept[i]
		}
	}
	if len(kept) >= 2*fewKeys {
		*s = make(keySet, len(kept))
		for i := 0; i < len(kept); i += 2 {
			(*s)[kept[i].Value] = kept[i]
		}
	}
	return nil
}

func (s *keySet) add(key *yaml.Node) {
	if *s != nil {
		(*s)[key.Value] = key
	}
}

// keys checks the keys of a mapping and drops those that cannot be used.
func (g *guard) keys(n *yaml.Node) {
	first := keySet{}
	kept := n.Content[:0]
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		depth := len(g.stack)
		if key.Kind == yaml.ScalarNode {
			g.stack = append(g.stack, frame{key: key})
		}
		g.properties(key)
		at := func() diag.Span { return nodeSpan(g.file, g.text, key) }
		switch before := first.find(key, n.Content[:len(kept)]); {
		case key.Kind == 0:
		case key.Kind != yaml.ScalarNode:
			g.add("key-type", at(), "a list or mapping as a key; expected a word", "")
		case key.Tag == "!!merge":
			g.add("yaml-merge", at(), "merge key <<; expected the keys themselves", "write the keys out")
		case before != nil:
			g.add("key-duplicate", at(), fmt.Sprintf("key %q occurs twice in the same mapping", key.Value), "",
				diag.Related{At: nodeSpan(g.file, g.text, before), Message: "first written here"})
		default:
			g.scalar(key)
			first.add(key)
			kept = append(kept, key, n.Content[i+1])
		}
		g.stack = g.stack[:depth]
	}
	n.Content = kept
}
