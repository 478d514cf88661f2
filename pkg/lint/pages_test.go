package lint_test

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/lint"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/verify"
)

func read(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

const folder = "../../testdata/lint/"

const proofs = "proofs of rules verify"

// codesOf returns the codes that a pack gets, each once: those of check, or, of
// a pack without mistakes, those of verify.
func codesOf(t testing.TB, text string, proved bool) []string {
	t.Helper()
	p, ds, err := pack.Load(fstest.MapFS{"pack.yaml": {Data: []byte(text)}}, "pack.yaml", pack.LoadOptions{Tests: true})
	if err != nil {
		t.Fatal(err)
	}
	codes := codesIn(lint.Check(p, ds, lint.Options{}).Diagnostics)
	if diag.HasErrors(ds) || !proved {
		return codes
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	r, err := verify.Run(e, verify.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return codesIn(r.Diagnostics())
}

func codesIn(ds []diag.Diagnostic) []string {
	var codes []string
	for _, d := range ds {
		codes = append(codes, d.Code)
	}
	return unique(codes)
}

func unique(words []string) []string {
	slices.Sort(words)
	return slices.Compact(words)
}

// answersCodes are the codes that a file of answers to the base pack gets.
func answersCodes(t testing.TB, text string) []string {
	t.Helper()
	p, _, err := pack.Load(os.DirFS(folder), "base.yaml", pack.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	_, ds := p.ReadAnswers("answers.yaml", []byte(text), nil)
	return codesIn(ds)
}

// edit puts what is written before in the place of what is written after,
// which stands in the base once.
func edit(t *testing.T, base string, p *lint.Page) string {
	t.Helper()
	after := "\n" + p.After + "\n"
	if n := strings.Count("\n"+base, after); n != 1 {
		t.Fatalf("what stands after is in the base %d times:\n%s", n, p.After)
	}
	before := "\n" + p.Before + "\n"
	if p.Before == "" {
		before = "\n"
	}
	return strings.TrimPrefix(strings.Replace("\n"+base, after, before, 1), "\n")
}

// special are edits that go with an example: what else has to be so that it
// gives its code, as pairs of what stands in the base and what is put there.
var special = map[string][2]string{
	"direction-missing": {"when: {load: heavy}", "when: {any: [{load: heavy}, {crises: {at_least: 20}}]}"},
}

// Each example before gives its code and no other, and the base, in which every
// example after stands, gives none.
func TestPages(t *testing.T) {
	base, answers := read(t, folder+"base.yaml"), read(t, folder+"answers.yaml")
	if codes := slices.Concat(codesOf(t, base, false), codesOf(t, base, true), answersCodes(t, answers)); len(codes) > 0 {
		t.Fatalf("the base is not sound: %v", codes)
	}
	for _, p := range lint.Codes() {
		if p.After == "" {
			continue
		}
		t.Run(p.Code, func(t *testing.T) {
			var got []string
			if p.Group == "files of answers" {
				got = answersCodes(t, edit(t, answers, p))
			} else {
				text := edit(t, base, p)
				if pair, ok := special[p.Code]; ok {
					text = strings.Replace(text, pair[0], pair[1], 1)
				}
				got = codesOf(t, text, p.Group == proofs)
			}
			if p.Group == proofs && slices.Contains(got, p.Code) {
				return // what is refuted seldom comes alone
			}
			if diff := cmp.Diff([]string{p.Code}, got); diff != "" {
				t.Errorf("before gives (-want +got)\n%s", diff)
			}
		})
	}
}

// elsewhere are the codes that no few lines show, with a pack of testdata/check
// that gives them, or the test that does.
var elsewhere = map[string]string{
	"file-large": "TestLargeFiles", "file-link": "TestLinks", "file-kind": "TestLinks", "pack-large": "TestLargeFiles", "condition-large": "TestConditionsThatExplode",
	"too-many": "TestEndlessMistakesInAPack", "column-twice": "TestReadColumns", "not-decided": "TestUndecidedIsSaid", "only-in-contradiction": "TestBrokenPacks",
	"pack-empty": "pack_empty", "text-encoding": "text_latin1.yaml", "line-long": "line_long.yaml", "yaml-deep": "yaml_deep.yaml", "yaml-empty": "yaml_empty.yaml",
	"pack-missing": "pack_missing.yaml", "test-file": "folder_tests", "pack-duplicate": "folder_duplicate",
}

func TestPagesWithoutExample(t *testing.T) {
	const err = "../../testdata/check/err/"
	tests := testsOf(t, "pack") + testsOf(t, "verify")
	for _, p := range lint.Codes() {
		where, known := elsewhere[p.Code]
		switch {
		case p.After != "" && known:
			t.Errorf("%s has an example, and is said to have none", p.Code)
		case p.After != "" || strings.HasPrefix(p.Group, "rec") || strings.HasPrefix(p.Group, "row") || strings.HasPrefix(p.Group, "table"):
		case !known:
			t.Errorf("%s has no example, and nothing is said to show it", p.Code)
		case strings.HasPrefix(where, "Test"):
			if !strings.Contains(tests, "func "+where+"(") {
				t.Errorf("there is no %s, which is said to show %s", where, p.Code)
			}
		default:
			loaded, ds, fail := pack.Load(os.DirFS(err), where, pack.LoadOptions{Tests: true})
			if fail != nil {
				t.Fatal(fail)
			}
			var errors []diag.Diagnostic
			for _, d := range lint.Check(loaded, ds, lint.Options{}).Diagnostics {
				if d.Severity == diag.Error {
					errors = append(errors, d)
				}
			}
			if !slices.Contains(codesIn(errors), p.Code) {
				t.Errorf("%s does not give %s: %v", where, p.Code, codesIn(errors))
			}
		}
	}
}

// testsOf are the texts of a package's tests.
func testsOf(t *testing.T, dir string) string {
	t.Helper()
	files, err := filepath.Glob("../" + dir + "/*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, path := range files {
		all.WriteString(read(t, path))
	}
	return all.String()
}

// emitted are the codes that the packages can give, found in their sources.
func emitted(t *testing.T) map[string]string {
	t.Helper()
	codes := make(map[string]string)
	find := func(dir string, patterns ...string) {
		files, err := filepath.Glob("../" + dir + "/*.go")
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %v", dir, err)
		}
		for _, path := range files {
			if strings.HasSuffix(path, "_test.go") {
				continue
			}
			text := read(t, path)
			for _, pattern := range patterns {
				for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(text, -1) {
					codes[m[1]] = path
				}
			}
		}
	}
	find("pack", `(?:code: |Code: |code = |code := |p\.code = |g\.add\(|\.whole\(|w\.report\(|needFor\("\w+", )"([a-z-]+)"`)
	find("atlas", `(?:report\([^"\n]*|problem\()"(table-[a-z]+)"`)
	find("compare", `badRow\(at, "([a-z-]+)"`)
	find("batch", `fail(?:At)?\([^"\n]*"([a-z]+-?[a-z-]*)"`, `code: "([a-z-]+)"`)
	find("lint", `(?m)^\t[A-Z]\w+ += "([a-z-]+)"`)
	for code := range verify.Codes() {
		codes[code] = "verify"
	}
	for _, noun := range []string{"level", "section", "question", "condition", "service", "source", "criterion", "note", "profile", "sign"} {
		codes[noun+"-unknown"] = "names.go"
	}
	return codes
}

func TestEveryCodeHasAPage(t *testing.T) {
	codes := emitted(t)
	if len(codes) < 110 {
		t.Fatalf("found only %v", slices.Sorted(maps.Keys(codes)))
	}
	for code, where := range codes {
		if lint.Explain(code) == nil {
			t.Errorf("%s, of %s, has no page", code, where)
		}
	}
	seen := make(map[string]bool)
	for _, p := range lint.Codes() {
		if codes[p.Code] == "" {
			t.Errorf("nothing gives %s", p.Code)
		}
		if seen[p.Code] {
			t.Errorf("%s has two pages", p.Code)
		}
		seen[p.Code] = true
	}
}
