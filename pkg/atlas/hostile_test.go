package atlas_test

import (
	"bytes"
	"html"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/atlas"
	"github.com/carelevel/carelevel/pkg/pack"
)

// hostile is what a pack could say to break out of a drawing.
const hostile = "a\"b\\N\\\" ]]) --> x{{ `**bold**` #quot; #35; <script>alert(1)</script> $$x$$ %%{init: {}}%% | end\nsubgraph \x1b[31m &amp; \u202eabc ;"

func hostilePack() *pack.Pack {
	q := &pack.Question{ID: "q", Kind: pack.Scale, Name: hostile, Max: 2,
		Options: []pack.Option{{ID: "a", Label: "A" + hostile}, {ID: "b", Label: "B" + hostile}, {ID: "c", Label: hostile}}}
	p := &pack.Pack{ID: "hostile", Version: hostile, Title: hostile, Questions: []*pack.Question{q}, Slots: []pack.Slot{{ID: "q", Question: q, Item: -1, Max: 2}}}
	p.Levels = []*pack.Level{{ID: "low", Title: hostile}, {ID: "high", Index: 1, Title: hostile, Short: hostile}}
	c := &pack.NamedCondition{ID: "named", Title: hostile, When: &pack.In{Ranges: []pack.Interval{{From: 1, To: 1}}}}
	p.Levels[1].Indications = []*pack.Criterion{{ID: "c", Because: hostile, When: &pack.All{Of: []pack.Condition{&pack.Ref{To: c}, &pack.In{Ranges: []pack.Interval{{From: 0, To: 1}}}}}}}
	return p
}

func drawings(t *testing.T, p *pack.Pack) []*atlas.Graph {
	t.Helper()
	decision, err := atlas.DrawDecision(p, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	one, err := atlas.DrawDecision(p, p.Levels[len(p.Levels)-1], 0)
	if err != nil {
		t.Fatal(err)
	}
	return []*atlas.Graph{atlas.DrawCriteria(p, nil), atlas.DrawCriteria(p, p.Levels[:1]), atlas.DrawCriteria(p, p.Levels[1:2]), decision, one}
}

var (
	dotString   = `"((?:[^"\\\n]|\\.)*)"`
	dotNode     = regexp.MustCompile(`^  ([a-z0-9_]+) \[label=` + dotString + `, shape=[^"]*(?:"[^"\\]*"[^"]*)*\];$`)
	dotEdge     = regexp.MustCompile(`^  ([a-z0-9_]+) -> ([a-z0-9_]+)(?: \[label=` + dotString + `\])?;$`)
	dotOther    = regexp.MustCompile(`^(digraph \{|\}|  graph \[.*|    label=` + dotString + `\];|  (?:node|edge) \[.*\];|  \{ rank=same; [a-z0-9_; ]+; \})$`)
	mermaidNode = regexp.MustCompile(`^  ([a-z0-9_]+)(?:\(|\{\{|\[|\(\[)"([^"]*)"(?:\)|\}\}|\]|\]\))$`)
	mermaidEdge = regexp.MustCompile(`^  ([a-z0-9_]+) -->(?:\|"([^"]*)"\|)? ([a-z0-9_]+)$`)
	mermaidRest = regexp.MustCompile(`^(flowchart (LR|TD)|  classDef [a-z]+ [a-z0-9:#,-]+|  class [a-z0-9_,]+ [a-z]+|%% [^{}%]*)$`)
	mermaidSafe = regexp.MustCompile(`^(?:[\p{L}\p{M}\p{Nd} ,.…≥≤–‹›’-]|#[0-9]+;|<br/>)*$`)
)

// words is a text without its line breaks and the signs that are spelled out.
func words(text string) string { return strings.Join(strings.Fields(text), " ") }

// TestDrawingsCanBeReadBack reads DOT and Mermaid with small parsers of their
// own: the same nodes, arrows and words come out that went in, and nothing
// else is in the text.
func TestDrawingsCanBeReadBack(t *testing.T) {
	packs := []*pack.Pack{hostilePack(), shipped(t, "mental-health"), shipped(t, "medicare-iop")}
	for _, p := range packs {
		for _, g := range drawings(t, p) {
			var b bytes.Buffer
			if err := atlas.WriteDOT(&b, g); err != nil {
				t.Fatal(err)
			}
			readDOT(t, b.String(), g)
			b.Reset()
			if err := atlas.WriteMermaid(&b, g); err != nil {
				t.Fatal(err)
			}
			readMermaid(t, b.String(), g)
		}
	}
}

func readDOT(t *testing.T, text string, g *atlas.Graph) {
	t.Helper()
	unquote := func(s string) string {
		s = strings.NewReplacer(`\n`, " ", `\\`, `\`, `\"`, `"`).Replace(s)
		return html.UnescapeString(s)
	}
	nodes, edges := g.Nodes, g.Edges
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if m := dotEdge.FindStringSubmatch(line); m != nil {
			sameText(t, m[1]+m[2]+unquote(m[3]), edges[0].From+edges[0].To+edges[0].Label)
			edges = edges[1:]
		} else if m := dotNode.FindStringSubmatch(line); m != nil {
			sameText(t, m[1]+" "+unquote(m[2]), nodes[0].ID+" "+nodes[0].Text)
			nodes = nodes[1:]
		} else if !dotOther.MatchString(line) {
			t.Errorf("a line that is neither node nor arrow: %s", line)
		}
	}
	if len(nodes)+len(edges) > 0 {
		t.Errorf("%d nodes and %d arrows are missing", len(nodes), len(edges))
	}
}

func readMermaid(t *testing.T, text string, g *atlas.Graph) {
	t.Helper()
	entity := regexp.MustCompile(`#([0-9]+);`)
	unquote := func(s string) string {
		if !mermaidSafe.MatchString(s) {
			t.Errorf("a sign that may mean something: %s", s)
		}
		s = strings.ReplaceAll(s, "<br/>", " ")
		return entity.ReplaceAllStringFunc(s, func(e string) string {
			n, _ := strconv.Atoi(e[1 : len(e)-1])
			return string(rune(n))
		})
	}
	nodes, edges := g.Nodes, g.Edges
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		if m := mermaidEdge.FindStringSubmatch(line); m != nil {
			sameText(t, m[1]+m[3]+unquote(m[2]), edges[0].From+edges[0].To+edges[0].Label)
			edges = edges[1:]
		} else if m := mermaidNode.FindStringSubmatch(line); m != nil {
			sameText(t, m[1]+" "+unquote(m[2]), nodes[0].ID+" "+nodes[0].Text)
			nodes = nodes[1:]
		} else if !mermaidRest.MatchString(line) {
			t.Errorf("a line that is neither node nor arrow: %s", line)
		}
	}
	if len(nodes)+len(edges) > 0 {
		t.Errorf("%d nodes and %d arrows are missing", len(nodes), len(edges))
	}
}

// sameText compares but for what cannot be the same: control characters are
// spelled out, and two dollar signs stand apart in Mermaid.
func sameText(t *testing.T, got, want string) {
	t.Helper()
	clean := strings.NewReplacer("\x1b", "‹U+001B›", "\u202e", "‹U+202E›")
	bare := func(s string) string { return strings.ReplaceAll(words(clean.Replace(s)), "$ $", "$$") }
	if bare(got) != bare(want) {
		t.Errorf("got  %s\nwant %s", bare(got), bare(want))
	}
}
