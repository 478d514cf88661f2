package pack

import (
	"bytes"
	"flag"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/diag"
)

var update = flag.Bool("update", false, "write the golden files of testdata/check")

const checkData = "../../testdata/check"

// check loads a pack with its tests and renders what is wrong with it.
func check(t testing.TB, fsys fs.FS, root string) (*Pack, string) {
	t.Helper()
	var src diag.Sources
	p, ds, err := Load(fsys, root, LoadOptions{Tests: true, Sources: &src})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := diag.WriteText(&b, ds, &src); err != nil {
		t.Fatal(err)
	}
	return p, b.String()
}

// cases are the packs of a folder of testdata: each a file, or a folder.
func cases(t testing.TB, folder string) []string {
	t.Helper()
	entries, err := os.ReadDir(filepath.Join(checkData, folder))
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		if e.IsDir() || isYAML(e.Name()) {
			names = append(names, e.Name())
		}
	}
	return names
}

func TestSoundPacksAreSilent(t *testing.T) {
	for _, name := range cases(t, "ok") {
		t.Run(name, func(t *testing.T) {
			p, got := check(t, os.DirFS(filepath.Join(checkData, "ok")), name)
			if got != "" {
				t.Errorf("not silent:\n%s", got)
			}
			checkSound(t, p)
		})
	}
}

// Each mistake gives exactly the diagnostics in the file beside it.
func TestMistakes(t *testing.T) {
	folder := filepath.Join(checkData, "err")
	for _, name := range cases(t, "err") {
		t.Run(name, func(t *testing.T) {
			_, got := check(t, os.DirFS(folder), name)
			golden := filepath.Join(folder, strings.TrimSuffix(name, ".yaml")+".txt")
			if *update {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
			if got == "" {
				t.Error("a pack with a mistake is silent")
			}
		})
	}
}

// TestNoStaleGoldens: a text without its pack would count as a case for a code.
func TestNoStaleGoldens(t *testing.T) {
	texts, err := filepath.Glob(filepath.Join(checkData, "err", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	names := cases(t, "err")
	for _, path := range texts {
		name := strings.TrimSuffix(filepath.Base(path), ".txt")
		if !slices.Contains(names, name) && !slices.Contains(names, name+".yaml") {
			t.Errorf("%s belongs to no pack", path)
		}
	}
}

// testSources are the texts of this package's tests.
func testSources(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, path := range files {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(text)
	}
	return all.String()
}

// Codes are stable and each has a case that shows it: in testdata, or, where a
// file would be too large for it, in a test of its own.
func TestEveryCodeHasACase(t *testing.T) {
	tested := map[string]string{
		"file-large": "TestLargeFiles", "pack-large": "TestLargeFiles", "file-link": "TestLinks", "file-kind": "TestLinks",
		"condition-large": "TestConditionsThatExplode", "too-many": "TestEndlessMistakesInAPack",
		"answer-twice": "TestReadAnswers", "answers-date": "TestReadAnswers", "answers-missing": "TestReadAnswers",
		"answers-pack": "TestReadAnswers", "answers-schema": "TestReadAnswers", "answers-placement": "TestReadPlacement", "answers-level": "TestReadPlacement", "answers-recommendation": "TestReadPlacement", "column-twice": "TestReadColumns",
	}
	var golden strings.Builder
	texts, err := filepath.Glob(filepath.Join(checkData, "err", "*.txt"))
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range texts {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		golden.Write(text)
	}
	tests := testSources(t)
	for code, name := range tested {
		if !strings.Contains(tests, "func "+name+"(") || strings.Count(tests, code) < 2 {
			t.Errorf("%s, which is said to test %s, is not there or does not name it", name, code)
		}
	}
	for _, code := range codesInSource(t) {
		if !strings.Contains(golden.String(), "["+code+"]\n") && tested[code] == "" {
			t.Errorf("code %s has no case in %s/err", code, checkData)
		}
	}
}

// codesInSource are the codes that this package can report, sorted.
func codesInSource(t *testing.T) []string {
	t.Helper()
	literal := regexp.MustCompile(`(?:code: |Code: |code = |p\.code = |g\.add\(|\.whole\(|w\.report\(|needFor\("\w+", )"([a-z-]+)"`)
	noun := regexp.MustCompile(`\.noun(?:, l\.\w+\.noun)* = (.*)`)
	var codes []string
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range files {
		source, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(path, "_test.go") {
			continue
		}
		for _, m := range literal.FindAllStringSubmatch(string(source), -1) {
			codes = append(codes, m[1])
		}
		for _, m := range noun.FindAllStringSubmatch(string(source), -1) {
			for _, word := range strings.Split(m[1], ", ") {
				if word = strings.Trim(word, `"`); word != "guarantee" && word != "test" && word != "course" { // nothing refers to these
					codes = append(codes, word+"-unknown")
				}
			}
		}
	}
	slices.Sort(codes)
	codes = slices.Compact(codes)
	if len(codes) < 50 {
		t.Fatalf("found only the codes %v", codes)
	}
	return codes
}
