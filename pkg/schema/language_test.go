package schema_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/schema"
)

// The schemas as editors get them, so that a change of one is seen as such.
func TestGolden(t *testing.T) {
	small := load(t, soundPacks(t)["over_time.yaml"])
	for file, opts := range map[string]schema.Options{
		"rules.json":      {},
		"cases.json":      {Tests: true},
		"over_time.json":  {Pack: small},
		"over_cases.json": {Pack: small, Tests: true},
	} {
		golden(t, filepath.Join("../../testdata/schema", file), opts)
	}
}

func text(t *testing.T, opts schema.Options) string {
	t.Helper()
	var b bytes.Buffer
	if err := schema.Write(&b, opts); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The same pack gives the same bytes, which are JSON as other programs write it.
func TestWriteIsDeterministic(t *testing.T) {
	p := load(t, soundPacks(t)["whole.yaml"])
	first := text(t, schema.Options{Pack: p})
	for range 2 {
		if again := text(t, schema.Options{Pack: p}); again != first {
			t.Fatal("another time, other bytes")
		}
	}
	if !json.Valid([]byte(first)) {
		t.Error("not JSON")
	}
	if strings.Contains(first, `\u003c`) {
		t.Error("< is escaped")
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestWriteFails(t *testing.T) {
	if err := schema.Write(full{}, schema.Options{}); err == nil || err.Error() != "no space left" {
		t.Errorf("got %v", err)
	}
}

// reader is the source of the package that reads packs, but for some files.
func reader(t *testing.T, but ...string) []*ast.File {
	t.Helper()
	paths, err := filepath.Glob("../pack/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, path := range paths {
		if strings.HasSuffix(path, "_test.go") || slices.Contains(but, filepath.Base(path)) {
			continue
		}
		f, err := parser.ParseFile(token.NewFileSet(), path, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	return files
}

// Every key that the reader asks for is one of the schema, and the other way
// round: a key that is added to one of them is not forgotten in the other.
func TestKeysAreThoseOfTheReader(t *testing.T) {
	asked := map[string]bool{}
	for _, f := range reader(t, "read_sheet.go", "read_placement.go", "read_columns.go", "placement.go") { // of answers, not of packs
		ast.Inspect(f, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok {
				return true
			}
			if s, ok := call.Fun.(*ast.SelectorExpr); ok && slices.Contains([]string{"get", "need", "needFor"}, s.Sel.Name) && len(call.Args) > 0 {
				if lit, ok := call.Args[0].(*ast.BasicLit); ok && lit.Kind == token.STRING {
					asked[strings.Trim(lit.Value, `"`)] = true
				}
			}
			return true
		})
	}
	if len(asked) < 60 {
		t.Fatalf("only the keys %v were found in the reader", asked)
	}
	has := map[string]bool{}
	properties(t, text(t, schema.Options{}), has)
	for key := range asked {
		if !has[key] {
			t.Errorf("the reader knows the key %q, the schema does not", key)
		}
	}
	source := readerText(t)
	for key := range has {
		if !strings.Contains(source, `"`+key+`"`) {
			t.Errorf("the schema knows the key %q, the reader does not", key)
		}
	}
}

func readerText(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	for _, f := range reader(t) {
		ast.Inspect(f, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok {
				b.WriteString(lit.Value + "\n")
			}
			return true
		})
	}
	return b.String()
}

// properties gathers all keys of mappings in a schema.
func properties(t *testing.T, text string, all map[string]bool) {
	t.Helper()
	var v any
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	var walk func(v any)
	walk = func(v any) {
		switch v := v.(type) {
		case []any:
			for _, e := range v {
				walk(e)
			}
		case map[string]any:
			if p, ok := v["properties"].(map[string]any); ok {
				for key, of := range p {
					if of != false { // which says that the key may not be there
						all[key] = true
					}
				}
			}
			for _, e := range v {
				walk(e)
			}
		}
	}
	walk(v)
}

// The limits are those of the reader.
func TestLimitsAreThoseOfTheReader(t *testing.T) {
	want, got := limits(t, reader(t)), limits(t, own(t))
	delete(got, "maxItemID") // the reader makes such ids and does not measure them
	delete(got, "maxInline")
	if len(got) < 10 {
		t.Fatalf("only %v were found", got)
	}
	for name, value := range got {
		if want[name] != value {
			t.Errorf("%s is %q here, %q in the reader", name, value, want[name])
		}
	}
}

func own(t *testing.T) []*ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "values.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	return []*ast.File{f}
}

// limits are the constants whose names begin with max.
func limits(t *testing.T, files []*ast.File) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, f := range files {
		ast.Inspect(f, func(n ast.Node) bool {
			spec, ok := n.(*ast.ValueSpec)
			if ok && strings.HasPrefix(spec.Names[0].Name, "max") && len(spec.Values) == 1 {
				if lit, ok := spec.Values[0].(*ast.BasicLit); ok {
					all[spec.Names[0].Name] = lit.Value
				}
			}
			return true
		})
	}
	return all
}
