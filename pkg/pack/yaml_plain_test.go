package pack

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
	"gopkg.in/yaml.v3"
)

// plain is a node as far as anybody looks at it.
type plain struct {
	Kind         yaml.Kind
	Style        yaml.Style
	Tag, Value   string
	Line, Column int
	Content      []plain
}

func plainNode(n *yaml.Node) plain {
	p := plain{Kind: n.Kind, Style: n.Style, Tag: n.Tag, Value: n.Value, Line: n.Line, Column: n.Column}
	if p.Tag != "!!null" && p.Tag != "!!bool" && n.Kind == yaml.ScalarNode {
		p.Tag = "!!str"
	}
	for _, c := range n.Content {
		p.Content = append(p.Content, plainNode(c))
	}
	return p
}

// comparePlain holds plainYAML against the library: what it reads, the library
// reads too, and as the same.
func comparePlain(t *testing.T, data []byte) (read bool) {
	t.Helper()
	g := &guard{}
	data, ok := g.characters(data)
	if !ok {
		return false
	}
	got, ok := plainYAML(data)
	if !ok {
		return false
	}
	want, err := decodeYAML(data, g)
	if err != nil {
		t.Fatalf("the library does not read this: %v\n%s", err, data)
	}
	for _, d := range g.ds {
		if d.Code == "yaml-documents" {
			t.Fatalf("several documents:\n%s", data)
		}
	}
	if diff := cmp.Diff(plainNode(want.Content[0]), plainNode(got)); diff != "" {
		t.Fatalf("(-library +plain)\n%s\n%s", diff, data)
	}
	return true
}

func ruleFiles(t testing.TB) (files [][]byte) {
	t.Helper()
	for _, root := range []string{"../../rules", checkData} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !isYAML(path) {
				return err
			}
			data, err := os.ReadFile(path)
			files = append(files, data)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

// Most rule files are plain; if they were not, reading them plainly would be
// of no use.
func TestPlainYAML(t *testing.T) {
	read, all := 0, 0
	for _, data := range ruleFiles(t) {
		all++
		if comparePlain(t, data) {
			read++
		}
	}
	if read < all/2 {
		t.Errorf("only %d of %d files are plain", read, all)
	}
}

func FuzzPlainYAML(f *testing.F) {
	for _, data := range ruleFiles(f) {
		f.Add(data)
		for _, part := range bytes.Split(data, []byte("\n\n")) {
			f.Add(part)
		}
	}
	for _, s := range []string{
		"a: b", "a: [b, c]", "a: {b: c}", "a:\n- b\n- c: d\n  e: f", "a: |\n  b\n  c\n", "a: >-\n  b\n  c\nd: e\n", "a: 'b' # c\nd: -1",
		"a: [\n  b,\n  {c: d},\n]\n", "a: \"b\"\nc: ~\n", "é: ü\na: é # x", "a:  b  \n", "- a\n- b: c\n", "a:\n  - [b]\n  - {c: d, }\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { comparePlain(t, data) })
}
