package atlas

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Graph is a picture before it is drawn: nodes in layers, and edges from one
// to another. WriteDOT and WriteMermaid write it.
type Graph struct {
	Title string
	Note  string // how to read it
	// Down is whether the layers lie one below the other, rather than side by
	// side from left to right.
	Down  bool
	Nodes []Node
	Edges []Edge
}

// NodeKind says what a node stands for.
type NodeKind uint8

// The kinds of nodes.
const (
	QuestionNode  NodeKind = iota // a question, an item or a score
	GateNode                      // all of, any of, none of, at least n of
	ConditionNode                 // a named condition
	CriterionNode                 // an indication
	LevelNode                     // a level, or yes
	NoNode                        // no
)

// Node is one thing in a picture.
type Node struct {
	ID    string // letters, digits and _; the same for the same pack
	Kind  NodeKind
	Text  string // of the pack, and as hostile as that can be
	About string // an id of the pack, for looking things up; may be empty
	Layer int    // nodes of the same layer stand side by side; 0 where it does not matter
}

// Edge is an arrow.
type Edge struct {
	From, To string
	Label    string         // the answers that lead along; may be empty
	Test     pack.Condition // the same for programs; nil where the arrow is taken in any case
}

// graphBuilder adds nodes once.
type graphBuilder struct {
	p     *pack.Pack
	g     *Graph
	taken map[string]bool
	known map[any]string // nodes of things of the pack
}

func newGraphBuilder(p *pack.Pack, g *Graph) *graphBuilder {
	return &graphBuilder{p: p, g: g, taken: map[string]bool{}, known: map[any]string{}}
}

// add makes a node and returns its id, which is made from that of the pack's
// thing, so that it stays what it is when other things come and go.
func (b *graphBuilder) add(prefix, id string, n Node) string {
	n.ID = prefix + "_" + safeID(id)
	for i := 2; b.taken[n.ID]; i++ {
		n.ID = fmt.Sprintf("%s_%s___%d", prefix, safeID(id), i)
	}
	b.taken[n.ID] = true
	n.About = id
	b.g.Nodes = append(b.g.Nodes, n)
	return n.ID
}

// edge adds an arrow that is taken in any case.
func (b *graphBuilder) edge(from, to string) {
	b.g.Edges = append(b.g.Edges, Edge{From: from, To: to})
}

// answer adds an arrow for some answers. Where either of two is enough, it
// joins them in one.
func (b *graphBuilder) answer(e Edge, either bool) {
	for i := range b.g.Edges {
		old := &b.g.Edges[i]
		if either && old.From == e.From && old.To == e.To && old.Test != nil {
			old.Label += between + e.Label
			old.Test = &pack.Any{Of: []pack.Condition{old.Test, e.Test}}
			return
		}
	}
	b.g.Edges = append(b.g.Edges, e)
}

// safeID spells an id with letters, digits and _. The ids of packs have no two
// signs in a row, so that a hyphen can become two underscores.
func safeID(id string) string {
	var out strings.Builder
	for _, r := range id {
		switch {
		case r == '_' || '0' <= r && r <= '9' || 'a' <= r && r <= 'z':
			out.WriteRune(r)
		case r == '-':
			out.WriteString("__")
		default:
			fmt.Fprintf(&out, "x%xx", r)
		}
	}
	return out.String()
}

// level returns the node of a level.
func (b *graphBuilder) level(l *pack.Level) string {
	id, ok := b.known[l]
	if !ok {
		id = b.add("level", l.ID, Node{Kind: LevelNode, Text: l.Title})
		b.known[l] = id
	}
	return id
}

// plain makes text of a pack one line without signs that drive a terminal or
// deceive a reader.
func plain(text string) string { return diag.Clean(strings.Join(strings.Fields(text), " ")) }

// Widths of texts in a picture, in characters.
const (
	nodeWidth  = 30
	labelWidth = 24
	labelLines = 3
	maxLabel   = 48 // of one answer
)

// wrapped breaks text into lines of about width characters.
func wrapped(text string, width int) []string {
	var lines []string
	for _, word := range strings.Fields(plain(text)) {
		n := len(lines)
		if n > 0 && utf8.RuneCountInString(lines[n-1])+1+utf8.RuneCountInString(word) <= width {
			lines[n-1] += " " + word
		} else {
			lines = append(lines, word)
		}
	}
	return lines
}

// shortened cuts a text at the end of a word.
func shortened(text string, n int) string {
	if utf8.RuneCountInString(text) <= n {
		return text
	}
	cut := string([]rune(text)[:n-1])
	if i := strings.LastIndexByte(cut, ' '); i > n/2 {
		cut = cut[:i]
	}
	return strings.TrimRight(cut, " ,;:.") + "…"
}
