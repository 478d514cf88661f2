package schema_test

import (
	"flag"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/schema"
)

// shape are the codes of the reader for what the schema of the language sees
// each time.
var shape = words(`
	key-unknown key-missing type word-unknown id-form id-reserved reason-missing source-missing list-empty
	list-length option-count version url`)

// edits are what may befall one node of a pack.
var edits = []struct {
	name string
	edit func(r *rand.Rand, n *yaml.Node)
}{
	{"a key more", func(r *rand.Rand, n *yaml.Node) {
		if n.Kind == yaml.MappingNode {
			word := pick(r, "zzz", "title", "when", "because", "sources", "help", "course", "kind", "none", "all", "Bad Id", "worse", "options", "try")
			n.Content = append(n.Content, scalar(word), scalar(pick(r, "word", "1", "yes")))
		}
	}},
	{"a key less", func(r *rand.Rand, n *yaml.Node) {
		if n.Kind == yaml.MappingNode && len(n.Content) > 0 {
			i := 2 * r.IntN(len(n.Content)/2)
			n.Content = slices.Delete(n.Content, i, i+2)
		}
	}},
	{"a key misspelt", func(r *rand.Rand, n *yaml.Node) {
		if n.Kind == yaml.MappingNode && len(n.Content) > 0 {
			key := n.Content[2*r.IntN(len(n.Content)/2)]
			key.Value += pick(r, "x", " ", "_", "-", "1")
		}
	}},
	{"an element less", func(r *rand.Rand, n *yaml.Node) {
		if n.Kind == yaml.SequenceNode && len(n.Content) > 0 {
			n.Content = n.Content[1:]
		}
	}},
	{"an element twice", func(r *rand.Rand, n *yaml.Node) {
		if n.Kind == yaml.SequenceNode && len(n.Content) > 0 {
			n.Content = append(n.Content, n.Content[r.IntN(len(n.Content))])
		}
	}},
	{"a list around it", func(r *rand.Rand, n *yaml.Node) {
		inner := *n
		*n = yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{&inner}}
	}},
	{"a mapping around it", func(r *rand.Rand, n *yaml.Node) {
		inner := *n
		*n = yaml.Node{Kind: yaml.MappingNode, Content: []*yaml.Node{scalar(pick(r, "all", "text", "label", "items", "at_least")), &inner}}
	}},
	{"nothing", func(r *rand.Rand, n *yaml.Node) { *n = *scalar("null") }},
	{"an empty list", func(r *rand.Rand, n *yaml.Node) { *n = yaml.Node{Kind: yaml.SequenceNode, Style: yaml.FlowStyle} }},
	{"an empty mapping", func(r *rand.Rand, n *yaml.Node) { *n = yaml.Node{Kind: yaml.MappingNode, Style: yaml.FlowStyle} }},
	{"another word", func(r *rand.Rand, n *yaml.Node) {
		*n = *scalar(pick(r, "word", "yes", "no", "true", "neither", "none", "scale", "yes_no", "number", "Two words", "first", "strong", "met"))
	}},
	{"a number", func(r *rand.Rand, n *yaml.Node) {
		*n = *scalar(pick(r, "-1", "0", "1", "2", "3", "5", "0.5", "1.25", "100", "400", "4000", "2000000000"))
	}},
	{"quotes", func(r *rand.Rand, n *yaml.Node) {
		if n.Kind == yaml.ScalarNode {
			n.Style, n.Tag = yaml.DoubleQuotedStyle, "!!str"
		}
	}},
	{"blank text", func(r *rand.Rand, n *yaml.Node) {
		*n = yaml.Node{Kind: yaml.ScalarNode, Value: pick(r, "", " "), Style: yaml.DoubleQuotedStyle}
	}},
}

func pick(r *rand.Rand, words ...string) string { return words[r.IntN(len(words))] }

func scalar(word string) *yaml.Node { return &yaml.Node{Kind: yaml.ScalarNode, Value: word} }

// nodes are all values below a node, keys left out.
func nodes(n *yaml.Node, all []*yaml.Node) []*yaml.Node {
	if n.Kind != yaml.DocumentNode {
		all = append(all, n)
	}
	for i, c := range n.Content {
		if n.Kind != yaml.MappingNode || i%2 == 1 {
			all = nodes(c, all)
		}
	}
	return all
}

var rounds = flag.Int("rounds", 150, "how many edits of each pack to try")

// Whatever befalls a pack: what the reader takes both schemas take, and what the
// reader refuses for its shape both refuse.
func TestReaderAndSchemaAgree(t *testing.T) {
	s := compile(t, schema.Options{})
	packs := soundPacks(t)
	seen := map[string]int{}
	for _, name := range []string{"whole.yaml", "over_time.yaml"} {
		its := compile(t, schema.Options{Pack: load(t, packs[name])})
		for seed := range *rounds {
			e := newEdit(t, seed, packs[name][name])
			_, ds := read(t, map[string]string{name: e.after})
			refused, forShape, forAnswer := verdict(ds)
			a, of := problems(t, s, e.after), problems(t, its, e.after)
			switch {
			case a != "" && !refused:
				t.Errorf("%s %d, %s: the reader takes it\n%s\n%s", name, seed, e.name, a, e.difference())
			case of != "" && !refused:
				t.Errorf("%s %d, %s: the reader takes it, the schema of the pack does not\n%s\n%s", name, seed, e.name, of, e.difference())
			case a == "" && forShape != "":
				t.Errorf("%s %d, %s: the schema takes it\n%s\n%s", name, seed, e.name, forShape, e.difference())
			case of == "" && forShape+forAnswer != "":
				t.Errorf("%s %d, %s: the schema of the pack takes it\n%s%s\n%s", name, seed, e.name, forShape, forAnswer, e.difference())
			}
			seen[fmt.Sprintf("%v %v %v", refused, a != "", of != "")]++
		}
	}
	for _, outcome := range []string{"false false false", "true true true", "true false true", "true false false"} {
		if seen[outcome] == 0 {
			t.Errorf("reader, schema and the pack's schema refuse: %s never occurred in %v", outcome, seen)
		}
	}
}

// edited is a pack with one node changed.
type edited struct{ name, before, after string }

func newEdit(t *testing.T, seed int, text string) edited {
	t.Helper()
	r := rand.New(rand.NewPCG(uint64(seed), 1))
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	before, err := yaml.Marshal(&doc)
	if err != nil {
		t.Fatal(err)
	}
	all, edit := nodes(&doc, nil), edits[r.IntN(len(edits))]
	edit.edit(r, all[r.IntN(len(all))])
	after, err := yaml.Marshal(&doc)
	if err != nil {
		t.Fatal(err)
	}
	return edited{edit.name, string(before), string(after)}
}

// verdict reports whether the reader refuses a pack, what it has against its
// shape, and what against the shape of answers, which hangs on their questions.
func verdict(ds []diag.Diagnostic) (refused bool, forShape, forAnswer string) {
	for _, d := range ds {
		if d.Severity != diag.Error {
			continue
		}
		refused = true
		text := fmt.Sprintf("%s %s: %s\n", d.Code, d.Path, d.Message)
		switch {
		case strings.HasSuffix(d.Message, "expected one answer"):
			forAnswer += text
		case shape[d.Code]:
			forShape += text
		}
	}
	return refused, forShape, forAnswer
}

// difference are the lines that one text has and the other has not.
func (e edited) difference() string {
	var b strings.Builder
	before, after := strings.Split(e.before, "\n"), strings.Split(e.after, "\n")
	for _, line := range after {
		if !slices.Contains(before, line) {
			b.WriteString("+" + line + "\n")
		}
	}
	for _, line := range before {
		if !slices.Contains(after, line) {
			b.WriteString("-" + line + "\n")
		}
	}
	return b.String()
}
