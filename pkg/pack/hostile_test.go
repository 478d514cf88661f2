package pack

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/diag"
)

// codes are the codes of what Load reports, in order.
func codes(t testing.TB, fsys fs.FS, root string) []string {
	t.Helper()
	_, ds, err := Load(fsys, root, LoadOptions{Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	all := []string{}
	for _, d := range ds {
		all = append(all, d.Code)
	}
	return all
}

// endless is a file that says it is small and never ends.
type endless struct{ fs.FS }

func (e endless) Open(string) (fs.File, error) {
	f, err := e.FS.Open("small.yaml")
	return endlessFile{f}, err
}

func (e endless) Stat(string) (fs.FileInfo, error) { return fs.Stat(e.FS, "small.yaml") }

type endlessFile struct{ fs.File }

func (endlessFile) Read(b []byte) (int, error) {
	for i := range b {
		b[i] = '#'
	}
	return len(b), nil
}

func TestLargeFiles(t *testing.T) {
	huge := t.TempDir()
	if err := os.WriteFile(filepath.Join(huge, "a.yaml"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Truncate(filepath.Join(huge, "a.yaml"), 100<<20); err != nil {
		t.Fatal(err)
	}
	large := &fstest.MapFile{Data: make([]byte, maxFileBytes+1)}
	many := fstest.MapFS{}
	for i := range maxPackFiles + 1 {
		many[fmt.Sprintf("f%d.yaml", i)] = &fstest.MapFile{Data: []byte("#")}
	}
	heavy := fstest.MapFS{}
	for i := range 1 + maxPackBytes/maxFileBytes {
		heavy[fmt.Sprintf("f%d.yaml", i)] = &fstest.MapFile{Data: bytes.Repeat([]byte("#"), maxFileBytes)}
	}
	for _, test := range []struct {
		name, root string
		fsys       fs.FS
		want       string
	}{
		{"alone", "a.yaml", fstest.MapFS{"a.yaml": large}, "file-large"},
		{"in a folder", ".", fstest.MapFS{"a.yaml": large}, "file-large"},
		{"100 MB", "a.yaml", os.DirFS(huge), "file-large"},
		{"100 MB in a folder", ".", os.DirFS(huge), "file-large"},
		{"endless", "a.yaml", endless{fstest.MapFS{"small.yaml": {Data: []byte("#")}}}, "file-large"},
		{"many files", ".", many, "pack-large"},
		{"heavy files", ".", heavy, "pack-large"},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := codes(t, test.fsys, test.root)
			for _, code := range got {
				if code == test.want {
					return
				}
			}
			t.Errorf("got %v, want %s", got, test.want)
		})
	}
}

func TestLinks(t *testing.T) {
	folder := t.TempDir()
	if err := os.Symlink(".", filepath.Join(folder, "loop")); err != nil {
		t.Skip("no symbolic links here")
	}
	if err := os.Symlink("nowhere", filepath.Join(folder, "lost.yaml")); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	_, ds, err := Load(os.DirFS(folder), ".", LoadOptions{Name: "rules"})
	if err != nil {
		t.Fatal(err)
	}
	diag.Sort(ds)
	if err := diag.WriteText(&b, ds, nil); err != nil {
		t.Fatal(err)
	}
	want := `rules/loop: error: a symbolic link to a folder is not followed [file-link]
   help: copy the folder, or link its files
rules/lost.yaml: error: the symbolic link leads nowhere [file-link]
`
	if diff := cmp.Diff(want, b.String()); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	device := fstest.MapFS{"a.yaml": {Mode: fs.ModeDevice}}
	if diff := cmp.Diff([]string{"file-kind"}, codes(t, device, "a.yaml")); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

func TestNothingThere(t *testing.T) {
	p, ds, err := Load(fstest.MapFS{}, "rules", LoadOptions{})
	if p != nil || ds != nil || err == nil {
		t.Errorf("got %v, %v, %v; want an error alone", p, ds, err)
	}
}

// Sixty conditions that refer twice to the one before have 2^60 parts.
func TestConditionsThatExplode(t *testing.T) {
	var b strings.Builder
	b.WriteString("conditions:\n  c0: {title: C, when: {a: yes}}\n")
	for i := range 60 {
		fmt.Fprintf(&b, "  c%d: {title: C, when: {all: [c%d, c%d]}}\n", i+1, i, i)
	}
	pack := fstest.MapFS{"a.yaml": {Data: []byte(b.String() + "sections: {s: {title: S, questions: {a: {kind: yes_no, ask: A, worse: yes}}}}\n")}}
	p, ds, err := Load(pack, "a.yaml", LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	large := 0
	for _, d := range ds {
		if d.Code == "condition-large" {
			large++
		}
	}
	if large == 0 {
		t.Errorf("not a word about it: %v", ds)
	}
	for _, n := range p.Conditions { // ends, because the references are gone
		Walk(n.When, func(Condition) bool { return true })
	}
}

func TestEndlessMistakesInAPack(t *testing.T) {
	var b strings.Builder
	b.WriteString("conditions:\n")
	for i := range 3_000 {
		fmt.Fprintf(&b, "  c%d: {title: C, when: d%d}\n", i, i)
	}
	got := codes(t, fstest.MapFS{"a.yaml": {Data: []byte(b.String())}}, "a.yaml")
	if len(got) != maxProblems+1 || got[maxProblems] != "too-many" {
		t.Errorf("%d problems, the last %s", len(got), got[len(got)-1])
	}
}

// What is hostile to the YAML reader ends in a problem, not in a panic.
func TestHostileYAML(t *testing.T) {
	const n = 12_000
	for _, text := range []string{
		strings.Repeat("[", n), strings.Repeat("{", n), strings.Repeat("- ", n), strings.Repeat("? ", n), strings.Repeat("[a: ", n),
		strings.Repeat("a: ", n), `"` + strings.Repeat("a ", n), strings.Repeat("&a ", n), "!" + strings.Repeat("a", n), "%" + strings.Repeat("a", n),
		strings.Repeat("---\n", n), strings.Repeat("\t", n), strings.Repeat("- #a\n", n), "a: &a [*a, *a]", "a: *b", "*a", "&a", "!!", "|", ">-", "? ", ": ", "...",
		"a: !!binary x", "a: !!float x", "<<: 1", "<<: {a: 1}", "\ufeff", "\ufeff\ufeff", "'", `"`, "{", "[", "a:\n\t b", "key: [a\n", "\r", "a\r\rb: c",
	} {
		if got := codes(t, fstest.MapFS{"a.yaml": {Data: []byte(text)}}, "a.yaml"); len(got) == 0 {
			t.Errorf("%.20q is a pack", text)
		}
	}
}

func TestHash(t *testing.T) {
	hash := func(files fstest.MapFS, root string) string {
		p, _, err := Load(files, root, LoadOptions{Tests: true})
		if err != nil || p == nil {
			t.Fatal(p, err)
		}
		return p.Hash
	}
	base := fstest.MapFS{"r/a.yaml": {Data: []byte("pack:\n  id: a\n")}, "r/b/c.yml": {Data: []byte("sources: {}\n")}}
	with := func(path, content string) fstest.MapFS {
		files := fstest.MapFS{path: {Data: []byte(content)}}
		for p, f := range base {
			if files[p] == nil {
				files[p] = f
			}
		}
		return files
	}
	want := hash(base, "r")
	for path, content := range map[string]string{"r/a.yaml": "pack:\r\n  id: a\r\n", "r/x_test.yaml": "tests: []", "r/.x.yaml": "a", "r/readme.md": "a", "x.yaml": "a: b"} {
		if got := hash(with(path, content), "r"); got != want {
			t.Errorf("%s changes the hash", path)
		}
	}
	for path, content := range map[string]string{"r/a.yaml": "pack:\n  id: b\n", "r/d.yaml": "levels: {}"} {
		if got := hash(with(path, content), "r"); got == want {
			t.Errorf("%s does not change the hash", path)
		}
	}
	one := fstest.MapFS{"a.yaml": base["r/a.yaml"], "b.yaml": base["r/a.yaml"]}
	if hash(one, "a.yaml") != hash(one, "b.yaml") {
		t.Error("the name of a single file is in the hash")
	}
}

// Tests are read only where they are wanted: an assessment does without them.
func TestTestsAreLeftOut(t *testing.T) {
	folder := os.DirFS(filepath.Join(checkData, "ok"))
	for _, tests := range []bool{false, true} {
		p, ds, err := Load(folder, "folder", LoadOptions{Tests: tests})
		if err != nil || len(ds) > 0 {
			t.Fatal(ds, err)
		}
		if got := len(p.Tests) > 0; got != tests {
			t.Errorf("tests wanted: %t, read: %t", tests, got)
		}
	}
}

func TestNamesInDiagnostics(t *testing.T) {
	files := fstest.MapFS{"r/a.yaml": {Data: []byte("a: b")}}
	for _, test := range []struct{ root, name, want string }{
		{"r", "", "r/a.yaml"}, {"r", "rules/x", "rules/x/a.yaml"}, {".", "", "r/a.yaml"}, {".", "p", "p/r/a.yaml"},
		{"r/a.yaml", "", "r/a.yaml"}, {"r/a.yaml", "mine.yaml", "mine.yaml"},
	} {
		_, ds, err := Load(files, test.root, LoadOptions{Name: test.name})
		if err != nil {
			t.Fatal(err)
		}
		if got := ds[len(ds)-1].At.File; got != test.want {
			t.Errorf("root %q, name %q: %q, want %q", test.root, test.name, got, test.want)
		}
	}
}

// The result is the same however many goroutines parse.
func TestLoadIsDeterministic(t *testing.T) {
	fsys := os.DirFS(filepath.Join(checkData, "err"))
	var first string
	for range 10 {
		var b bytes.Buffer
		p, ds, err := Load(fsys, "folder_duplicate", LoadOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if err := diag.WriteJSON(&b, ds); err != nil || !json.Valid(b.Bytes()) {
			t.Fatal(err)
		}
		if got := p.Hash + b.String(); first == "" {
			first = got
		} else if got != first {
			t.Fatalf("different:\n%s", cmp.Diff(first, got))
		}
	}
}
