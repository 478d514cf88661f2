package atlas

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"
)

// dotStyles are the looks of the kinds of nodes in Graphviz.
var dotStyles = map[NodeKind]string{
	QuestionNode:  `shape=box, style="rounded,filled", fillcolor="#e8f0fa", color="#4a6fa5"`,
	GateNode:      `shape=ellipse, style=filled, fillcolor="#f3f3f3", color="#888888", fontsize=10, margin="0.03,0.02"`,
	ConditionNode: `shape=box, style=filled, fillcolor="#eef6ea", color="#5d8a4a"`,
	CriterionNode: `shape=box, style=filled, fillcolor="#ffffff", color="#555555"`,
	LevelNode:     `shape=box, style="rounded,filled,bold", fillcolor="#fbeed5", color="#a07020", fontsize=13`,
	NoNode:        `shape=box, style="rounded,filled", fillcolor="#eeeeee", color="#888888"`,
}

// WriteDOT writes the graph for Graphviz, to be drawn with: dot -Tsvg.
func WriteDOT(w io.Writer, g *Graph) error {
	out := bufio.NewWriter(w)
	direction := "LR"
	if g.Down {
		direction = "TB"
	}
	fmt.Fprintf(out, "digraph {\n")
	fmt.Fprintf(out, "  graph [rankdir=%s, labelloc=t, fontname=\"Helvetica\", fontsize=14, nodesep=0.15, ranksep=0.5,\n", direction)
	fmt.Fprintf(out, "    label=%s];\n", dotText(append(wrapped(g.Title, 100), wrapped(g.Note, 100)...)))
	fmt.Fprintf(out, "  node [fontname=\"Helvetica\", fontsize=11, margin=\"0.1,0.05\"];\n")
	fmt.Fprintf(out, "  edge [fontname=\"Helvetica\", fontsize=9, color=\"#666666\"];\n")
	for _, n := range g.Nodes {
		about := ""
		if n.About != "" {
			about = ", tooltip=" + dotText([]string{plain(n.About)})
		}
		fmt.Fprintf(out, "  %s [label=%s, %s%s];\n", n.ID, dotText(wrapped(n.Text, nodeWidth)), dotStyles[n.Kind], about)
	}
	for _, e := range g.Edges {
		label := ""
		if e.Label != "" {
			label = " [label=" + dotText(labelText(e.Label)) + "]"
		}
		fmt.Fprintf(out, "  %s -> %s%s;\n", e.From, e.To, label)
	}
	for _, layer := range layers(g) {
		fmt.Fprintf(out, "  { rank=same; %s; }\n", strings.Join(layer, "; "))
	}
	fmt.Fprintf(out, "}\n")
	return out.Flush()
}

// dotText writes lines as one quoted string of DOT. In it, a backslash begins
// an escape, a quote ends it, and an ampersand may begin an entity of HTML.
func dotText(lines []string) string {
	escape := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "&", "&amp;")
	var out []string
	for _, line := range lines {
		out = append(out, escape.Replace(line))
	}
	return `"` + strings.Join(out, `\n`) + `"`
}

// labelText breaks the answers at an arrow into a few lines.
func labelText(label string) []string {
	lines := wrapped(label, labelWidth)
	if len(lines) > labelLines {
		lines = wrapped(label, 2*labelWidth)
	}
	return lines
}

// layers are the ids of nodes that stand side by side.
func layers(g *Graph) [][]string {
	of := map[int][]string{}
	var numbers []int
	for _, n := range g.Nodes {
		if n.Layer > 0 {
			if of[n.Layer] == nil {
				numbers = append(numbers, n.Layer)
			}
			of[n.Layer] = append(of[n.Layer], n.ID)
		}
	}
	slices.Sort(numbers)
	var out [][]string
	for _, n := range numbers {
		if len(of[n]) > 1 {
			out = append(out, of[n])
		}
	}
	return out
}
