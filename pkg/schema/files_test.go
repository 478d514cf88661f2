package schema_test

import (
	"io/fs"
	"os"
	"path"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/schema"
	"github.com/carelevel/carelevel/rules"
)

// read reads a pack of these files.
func read(t testing.TB, files map[string]string) (*pack.Pack, []diag.Diagnostic) {
	t.Helper()
	fsys := fstest.MapFS{}
	for name, text := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	p, ds, err := pack.Load(fsys, ".", pack.LoadOptions{Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	return p, ds
}

// yamlFiles are the texts of the YAML files below a folder.
func yamlFiles(t testing.TB, fsys fs.FS, root string) map[string]string {
	t.Helper()
	files := map[string]string{}
	err := fs.WalkDir(fsys, root, func(name string, d fs.DirEntry, err error) error {
		if err == nil && d.IsDir() && name != root && strings.HasPrefix(path.Base(name), ".") {
			return fs.SkipDir
		}
		if ext := path.Ext(name); err != nil || d.IsDir() || ext != ".yaml" && ext != ".yml" || strings.HasPrefix(path.Base(name), ".") {
			return err
		}
		data, err := fs.ReadFile(fsys, name)
		files[strings.TrimPrefix(strings.TrimPrefix(name, root), "/")] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatalf("no YAML below %s", root)
	}
	return files
}

func isTests(name string) bool {
	return strings.HasSuffix(strings.TrimSuffix(name, path.Ext(name)), "_test")
}

// soundPacks are packs that nobody has anything against.
func soundPacks(t testing.TB) map[string]map[string]string {
	t.Helper()
	packs := map[string]map[string]string{}
	for _, name := range rules.Names() {
		packs[name] = yamlFiles(t, rules.FS, name)
	}
	ok := os.DirFS("../../testdata/check/ok")
	entries, err := fs.ReadDir(ok, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.IsDir() {
			packs[e.Name()] = yamlFiles(t, ok, e.Name())
			continue
		}
		data, err := fs.ReadFile(ok, e.Name())
		if err != nil {
			t.Fatal(err)
		}
		packs[e.Name()] = map[string]string{e.Name(): string(data)}
	}
	return packs
}

// What the reader takes, both schemas take; and files of tests hold cases alone.
func TestSoundFilesPass(t *testing.T) {
	anyRules, anyTests := compile(t, schema.Options{}), compile(t, schema.Options{Tests: true})
	for name, files := range soundPacks(t) {
		t.Run(name, func(t *testing.T) {
			p := load(t, files)
			its, itsTests := compile(t, schema.Options{Pack: p}), compile(t, schema.Options{Pack: p, Tests: true})
			for file, text := range files {
				all := map[string]string{"the language": problems(t, anyRules, text), "the pack": problems(t, its, text)}
				if isTests(file) {
					all["cases"], all["the pack's cases"] = problems(t, anyTests, text), problems(t, itsTests, text)
				} else if problems(t, anyTests, text) == "" {
					t.Errorf("%s: the schema of cases takes it", file)
				}
				for of, problem := range all {
					if problem != "" {
						t.Errorf("%s: the schema of %s: %s", file, of, problem)
					}
				}
			}
		})
	}
}

// The examples of the page for authors are what they copy.
func TestReadmeExamplesPass(t *testing.T) {
	data, err := os.ReadFile("../../rules/README.md")
	if err != nil {
		t.Fatal(err)
	}
	s, n := compile(t, schema.Options{}), 0
	for _, m := range regexp.MustCompile("(?ms)^```yaml (?:pack|fragment)\n(.*?)^```$").FindAllStringSubmatch(string(data), -1) {
		n++
		problem := problems(t, s, m[1])
		if problem != "" && !onlyMissing(problem) {
			t.Errorf("%s\n%s", problem, m[1])
		}
	}
	if n < 8 {
		t.Errorf("only %d examples were found", n)
	}
}

// onlyMissing reports whether nothing but keys is missing, which an example that
// adds to others leaves out.
func onlyMissing(problem string) bool {
	for _, line := range strings.Split(problem, "\n")[1:] {
		if !strings.Contains(line, "missing propert") && !strings.HasSuffix(line, ": validation failed") {
			return false
		}
	}
	return true
}
