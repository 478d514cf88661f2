package atlas

import (
	"bufio"
	"fmt"
	"io"
	"strings"
	"unicode"
)

// mermaidShapes are the brackets around the text of a node, by its kind.
var mermaidShapes = map[NodeKind][2]string{
	QuestionNode:  {"(", ")"},
	GateNode:      {"{{", "}}"},
	ConditionNode: {"[", "]"},
	CriterionNode: {"[", "]"},
	LevelNode:     {"([", "])"},
	NoNode:        {"([", "])"},
}

// mermaidStyles are the looks of the kinds of nodes, in their order.
var mermaidStyles = []struct {
	kind  NodeKind
	name  string
	style string
}{
	{QuestionNode, "question", "fill:#e8f0fa,stroke:#4a6fa5,color:#222"},
	{GateNode, "gate", "fill:#f3f3f3,stroke:#888,color:#222"},
	{ConditionNode, "condition", "fill:#eef6ea,stroke:#5d8a4a,color:#222"},
	{CriterionNode, "criterion", "fill:#fff,stroke:#555,color:#222"},
	{LevelNode, "level", "fill:#fbeed5,stroke:#a07020,stroke-width:2px,color:#222"},
	{NoNode, "no", "fill:#eee,stroke:#888,color:#222"},
}

// mermaidWidth is how many characters are sure to fit into a line of a node:
// where they do not, Mermaid breaks it a second time.
const mermaidWidth = 24

// WriteMermaid writes the graph as a Mermaid flowchart, which many wikis and
// code hosts draw inside Markdown.
func WriteMermaid(w io.Writer, g *Graph) error {
	out := bufio.NewWriter(w)
	direction := "LR"
	if g.Down {
		direction = "TD"
	}
	fmt.Fprintf(out, "%%%% %s\n%%%% %s\n", mermaidComment(g.Title), mermaidComment(g.Note))
	fmt.Fprintf(out, "flowchart %s\n", direction)
	for _, n := range g.Nodes {
		shape := mermaidShapes[n.Kind]
		fmt.Fprintf(out, "  %s%s\"%s\"%s\n", n.ID, shape[0], mermaidText(wrapped(n.Text, mermaidWidth)), shape[1])
	}
	for _, e := range g.Edges {
		if e.Label == "" {
			fmt.Fprintf(out, "  %s --> %s\n", e.From, e.To)
		} else {
			fmt.Fprintf(out, "  %s -->|\"%s\"| %s\n", e.From, mermaidText(labelText(e.Label)), e.To)
		}
	}
	for _, s := range mermaidStyles {
		var ids []string
		for _, n := range g.Nodes {
			if n.Kind == s.kind {
				ids = append(ids, n.ID)
			}
		}
		if ids != nil {
			fmt.Fprintf(out, "  classDef %s %s\n  class %s %s\n", s.name, s.style, strings.Join(ids, ","), s.name)
		}
	}
	return out.Flush()
}

// mermaidComment makes text harmless in a comment, where two percent signs and
// a brace would begin a setting.
func mermaidComment(text string) string {
	return strings.NewReplacer("%", " ", "{", "(", "}", ")").Replace(plain(text))
}

// mermaidText writes lines as the inside of a quoted text. Mermaid has no
// escapes but entities, reads Markdown, HTML and formulas inside of quotes,
// and the end of a text at signs that depend on the version; so that all but
// letters, digits and a few harmless signs are written as entities.
func mermaidText(lines []string) string {
	var out strings.Builder
	for i, line := range lines {
		if i > 0 {
			out.WriteString("<br/>")
		}
		last := ' '
		for _, r := range line {
			if r == '$' && last == '$' {
				out.WriteByte(' ') // two of them would begin a formula, entities or not
			}
			last = r
			if unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || strings.ContainsRune(" ,.-…≥≤–‹›’", r) {
				out.WriteRune(r)
			} else {
				fmt.Fprintf(&out, "#%d;", r)
			}
		}
	}
	return out.String()
}
