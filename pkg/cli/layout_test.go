package cli

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

const module = "github.com/carelevel/carelevel/"

// order is the way of the data. A package may import only what stands before
// it; those of the last row before cli do not know each other.
var order = []string{
	"pkg/diag", "pkg/pack", "rules", "pkg/space", "pkg/engine", "pkg/engine/enginetest", "pkg/explain", "pkg/review", "pkg/verify", "pkg/compare", "pkg/atlas", "pkg/batch", "pkg/sample", "pkg/schema", "pkg/lint", "pkg/ruletest", "pkg/mutate", "pkg/coverage", "pkg/interview", "pkg/form/noquery", "pkg/form",
	"pkg/record", "pkg/report", "pkg/cli", "cmd/carelevel",
}

// strangers are packages on the way out that must not import each other.
var strangers = []string{"pkg/verify", "pkg/compare", "pkg/atlas", "pkg/batch", "pkg/sample", "pkg/schema", "pkg/lint", "pkg/ruletest", "pkg/coverage", "pkg/interview", "pkg/record", "pkg/report"}

// onlyIn names the one package behind which a library stays.
var onlyIn = map[string]string{
	"github.com/charmbracelet/":  "pkg/form",
	"github.com/spf13/":          "pkg/cli",
	"gopkg.in/yaml.v3":           "pkg/pack",
	"golang.org/x/term":          "pkg/cli",
	"github.com/muesli/":         "pkg/cli",
	"github.com/mattn/go-runewi": "pkg/report",
}

func TestImportsFollowTheData(t *testing.T) {
	for pkg, imports := range projectImports(t) {
		at := slices.Index(order, pkg)
		if at < 0 {
			t.Errorf("package %s is not in the order of the data: add it", pkg)
			continue
		}
		for _, imp := range imports {
			checkImport(t, pkg, at, imp)
		}
	}
}

func checkImport(t *testing.T, pkg string, at int, imp string) {
	t.Helper()
	for library, home := range onlyIn {
		if strings.HasPrefix(imp, library) && pkg != home && !strings.HasPrefix(pkg, home+"/") {
			t.Errorf("%s imports %s, which stays behind %s", pkg, imp, home)
		}
	}
	if imp == "net" || strings.HasPrefix(imp, "net/") && imp != "net/url" {
		t.Errorf("%s imports %s: the program has no network code", pkg, imp)
	}
	target, own := strings.CutPrefix(imp, module)
	if !own {
		return
	}
	if target == "pkg/engine/enginetest" {
		t.Errorf("%s imports %s, which is for tests", pkg, target)
	}
	if slices.Index(order, target) >= at {
		t.Errorf("%s imports %s, which stands after it", pkg, target)
	}
	if slices.Contains(strangers, pkg) && slices.Contains(strangers, target) {
		t.Errorf("%s imports %s: they do not know each other", pkg, target)
	}
}

// projectImports reads the imports of every package, tests left out.
func projectImports(t *testing.T) map[string][]string {
	t.Helper()
	imports := map[string][]string{}
	root := filepath.Join("..", "..")
	err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() && (d.Name() == "testdata" || (strings.HasPrefix(d.Name(), ".") && len(d.Name()) > 2)) {
			return filepath.SkipDir
		}
		if d.IsDir() || filepath.Ext(path) != ".go" || strings.HasSuffix(path, "_test.go") {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ImportsOnly)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, filepath.Dir(path))
		if err != nil {
			return err
		}
		pkg := filepath.ToSlash(rel)
		imports[pkg] = append(imports[pkg], importPaths(t, file.Imports)...)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(imports) < len(order) {
		t.Fatalf("only %d packages found, the order has %d", len(imports), len(order))
	}
	return imports
}

func importPaths(t *testing.T, specs []*ast.ImportSpec) []string {
	t.Helper()
	var paths []string
	for _, spec := range specs {
		path, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			t.Fatal(err)
		}
		paths = append(paths, path)
	}
	return paths
}

func TestTopLevelIsFixed(t *testing.T) {
	allowed := []string{"cmd", "pkg", "rules", "testdata", "go.mod", "go.sum", "README.md", "LICENSE"}
	entries, err := os.ReadDir(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			found = append(found, e.Name())
		}
	}
	for _, name := range found {
		if !slices.Contains(allowed, name) {
			t.Errorf("%s does not belong at the top level", name)
		}
	}
	for _, name := range allowed {
		if !slices.Contains(found, name) {
			t.Errorf("%s is missing at the top level", name)
		}
	}
}
