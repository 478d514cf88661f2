package rules_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/ruletest"
)

var update = flag.Bool("update", false, "write the messages of README.md anew")

// The examples of README.md are what its readers copy. A fence says what its
// text is:
//
//	yaml pack           a whole pack, sound, whose tests hold
//	yaml fragment       sound once it is merged into the pack that all before it have made
//	yaml answers        answers to the questions of that pack
//	yaml answers-error  answers with mistakes; the next fence has the exact messages
//	yaml error          a file beside that pack, with mistakes; likewise
//
// where merging replaces texts and lists of texts, and appends to lists of
// mappings. Tests are those of the fence alone: a pack that grows has other
// results.
type fence struct {
	info string
	line int // of README.md
	text string
}

var fences = regexp.MustCompile("(?ms)^```([^\n]*)\n(.*?)^```$")

func readmeFences(t *testing.T) (readme string, all []fence) {
	t.Helper()
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	readme = string(data)
	for _, m := range fences.FindAllStringSubmatchIndex(readme, -1) {
		all = append(all, fence{readme[m[2]:m[3]], 1 + strings.Count(readme[:m[0]], "\n"), readme[m[4]:m[5]]})
	}
	return readme, all
}

// packSoFar is the pack that the page has built up to an example.
type packSoFar struct {
	t    *testing.T
	root *yaml.Node
}

func TestReadmeExamples(t *testing.T) {
	readme, all := readmeFences(t)
	so := &packSoFar{t: t}
	seen := map[string]int{}
	for i, f := range all {
		t.Run(fmt.Sprintf("line %d %s", f.line, f.info), func(t *testing.T) {
			so.t = t
			switch f.info {
			case "yaml pack":
				so.root = parse(t, f.text)
				so.sound()
			case "yaml fragment":
				so.root.Content = without(so.root.Content, "tests")
				merge(so.root, parse(t, f.text))
				so.sound()
			case "yaml answers":
				so.answers(f.text, "")
			case "yaml answers-error":
				readme = so.expect(readme, all[i+1], so.answerProblems(f.text))
			case "yaml error":
				readme = so.expect(readme, all[i+1], so.problems(f.text))
			case "text", "sh":
			case "yaml workflow", "yaml pre-commit": // pkg/cli runs what they say
			default:
				t.Errorf("nobody checks a fence of the kind %q", f.info)
			}
		})
		seen[f.info]++
	}
	for _, info := range []string{"yaml pack", "yaml fragment", "yaml answers", "yaml answers-error", "yaml error"} {
		if seen[info] == 0 {
			t.Errorf("no fence of the kind %q was found", info)
		}
	}
	if *update {
		if err := os.WriteFile("README.md", []byte(readme), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

var (
	headings = regexp.MustCompile(`(?m)^#+ (.*)$`)
	links    = regexp.MustCompile(`\]\(#([^)]*)\)`)
	notSlug  = regexp.MustCompile(`[^a-z0-9 -]`)
)

func TestReadmeLinks(t *testing.T) {
	readme, _ := readmeFences(t)
	slugs := map[string]bool{}
	for _, h := range headings.FindAllStringSubmatch(readme, -1) {
		slugs[strings.ReplaceAll(notSlug.ReplaceAllString(strings.ToLower(h[1]), ""), " ", "-")] = true
	}
	found := links.FindAllStringSubmatch(readme, -1)
	if len(found) == 0 {
		t.Error("no link within the page was found")
	}
	for _, link := range found {
		if !slugs[link[1]] {
			t.Errorf("the link #%s leads nowhere", link[1])
		}
	}
}

func parse(t *testing.T, text string) *yaml.Node {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(text), &doc); err != nil {
		t.Fatal(err)
	}
	return doc.Content[0]
}

// merge lays a mapping over another one.
func merge(base, over *yaml.Node) {
	for i := 0; i < len(over.Content); i += 2 {
		key, value := over.Content[i], over.Content[i+1]
		at := keyIndex(base.Content, key.Value)
		switch {
		case at < 0:
			base.Content = append(base.Content, key, value)
		case value.Kind == yaml.MappingNode:
			merge(base.Content[at+1], value)
		case value.Kind == yaml.SequenceNode && value.Content[0].Kind == yaml.MappingNode:
			base.Content[at+1].Content = append(base.Content[at+1].Content, value.Content...)
		default:
			base.Content[at+1] = value
		}
	}
}

// keyIndex is where a key stands among the keys and values of a mapping, or -1.
func keyIndex(content []*yaml.Node, key string) int {
	for i := 0; i < len(content); i += 2 {
		if content[i].Value == key {
			return i
		}
	}
	return -1
}

func without(content []*yaml.Node, key string) []*yaml.Node {
	if i := keyIndex(content, key); i >= 0 {
		return slices.Delete(content, i, i+2)
	}
	return content
}

func (so *packSoFar) text() []byte {
	so.t.Helper()
	text, err := yaml.Marshal(so.root)
	if err != nil {
		so.t.Fatal(err)
	}
	return text
}

// load reads the pack so far with a file beside it, and returns the messages.
func (so *packSoFar) load(beside string) (*pack.Pack, string) {
	so.t.Helper()
	fsys := fstest.MapFS{"clinic.yaml": {Data: so.text()}}
	if beside != "" {
		fsys["more.yaml"] = &fstest.MapFile{Data: []byte(beside)}
	}
	src := new(diag.Sources)
	p, ds, err := pack.Load(fsys, ".", pack.LoadOptions{Tests: true, Sources: src})
	if err != nil {
		so.t.Fatal(err)
	}
	return p, render(so.t, ds, src)
}

func render(t *testing.T, ds []diag.Diagnostic, src *diag.Sources) string {
	t.Helper()
	var b bytes.Buffer
	if err := diag.WriteText(&b, ds, src); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// sound insists that the pack so far has no problem and that its tests hold.
func (so *packSoFar) sound() {
	so.t.Helper()
	p, problems := so.load("")
	if problems != "" {
		so.t.Fatalf("%s\n%s", problems, so.text())
	}
	e, err := engine.Compile(p)
	if err != nil {
		so.t.Fatal(err)
	}
	if len(p.Tests) == 0 {
		return
	}
	var b bytes.Buffer
	if ok, err := ruletest.WriteText(&b, p.ID, ruletest.Run(e, p.Tests, ruletest.Options{})); err != nil || !ok {
		so.t.Errorf("%v\n%s", err, b.String())
	}
}

// problems are the messages about a file beside the pack so far.
func (so *packSoFar) problems(text string) string {
	_, problems := so.load(text)
	return problems
}

func (so *packSoFar) answerProblems(text string) string {
	p, _ := so.load("")
	src := new(diag.Sources)
	_, ds := p.ReadAnswers("answers.yaml", []byte(text), src)
	return render(so.t, ds, src)
}

func (so *packSoFar) answers(text, want string) {
	so.t.Helper()
	if diff := cmp.Diff(want, so.answerProblems(text)); diff != "" {
		so.t.Error(diff)
	}
}

// expect compares messages with the fence that follows an example, or writes
// them there.
func (so *packSoFar) expect(readme string, next fence, got string) string {
	so.t.Helper()
	if got == "" {
		so.t.Error("the example has no mistake")
	}
	if next.info != "text" {
		so.t.Fatalf("the messages are missing: a fence of the kind %q follows", next.info)
	}
	if *update {
		lines := strings.SplitAfter(readme, "\n")
		// Fences are replaced from the text, whose lines move with each.
		at := next.line + strings.Count(readme, "\n") - strings.Count(originalReadme(so.t), "\n")
		end := at + strings.Count(next.text, "\n")
		return strings.Join(lines[:at], "") + got + strings.Join(lines[end:], "")
	}
	if diff := cmp.Diff(next.text, got); diff != "" {
		so.t.Error(diff)
	}
	return readme
}

func originalReadme(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}
