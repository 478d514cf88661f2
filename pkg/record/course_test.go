package record

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// folder writes files, by path below a folder of the test, and returns it.
func folder(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// described is a course as lines that a test can state.
func described(dir string, c *Course) []string {
	var out []string
	for _, f := range c.Files {
		line := strings.TrimPrefix(filepath.ToSlash(f.Name), filepath.ToSlash(dir)+"/") + " " + f.Sheet.Date
		for _, d := range f.Problems {
			line += " " + d.Code
		}
		out = append(out, line)
	}
	for _, p := range c.Passed {
		out = append(out, strings.TrimPrefix(filepath.ToSlash(p.Name), filepath.ToSlash(dir)+"/")+": "+p.Why)
	}
	return out
}

func dated(date string) string {
	return "schema: carelevel.assessment/1\ndate: \"" + date + "\"\nanswers: {risk: none}\n"
}

func TestReadCourseFolder(t *testing.T) {
	dir := folder(t, map[string]string{
		"b.yaml":             dated("2026-01-05"),
		"a.yaml":             dated("2026-03-01"),
		"c.YML":              dated("2026-02-01"),
		"d.json":             `{"date": "2026-01-05", "answers": {"risk": "some"}}`,
		"e.yaml":             "risk: some\n", // answers alone
		"undated.yaml":       dated("soon"),
		"broken.yaml":        dated("2026-01-09") + "  - [\n",
		"wrong.yaml":         strings.Replace(dated("2026-01-20"), "none", "lots", 1),
		"other.yaml":         strings.Replace(dated("2026-01-20"), "answers", "pack: {id: another}\nanswers", 1),
		"newer.yaml":         strings.Replace(dated("2026-01-20"), "assessment/1", "assessment/2", 1),
		"settings.yaml":      "theme: dark\n",
		"result.json":        `{"schema": "carelevel.recommendation/1", "date": "2026-01-01", "answers": {"risk": "none"}, "level": "iop"}`,
		"empty.yaml":         "",
		"notes.txt":          "called on Tuesday",
		".a.yaml.swp":        "x",
		".carelevel-123":     dated("2026-01-01"),
		"earlier/first.yaml": dated("2025-01-01"),
		"large.yaml":         "# carelevel.assessment/1" + strings.Repeat(" ", MaxSize),
		"x\x1b[2J.yaml":      "theme: dark\n",
	})
	c, err := ReadCourse([]string{dir}, nil, rules(), nil)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		"b.yaml 2026-01-05",
		"d.json 2026-01-05",
		"newer.yaml 2026-01-20 answers-schema",
		"other.yaml 2026-01-20 answers-pack",
		"wrong.yaml 2026-01-20 answer",
		"c.YML 2026-02-01",
		"a.yaml 2026-03-01",
		"broken.yaml  yaml-syntax",
		"e.yaml ",
		"undated.yaml  answers-date",
		".a.yaml.swp: hidden",
		".carelevel-123: hidden",
		"earlier: a folder in the folder",
		"empty.yaml: does not call itself an assessment, and cannot be read as answers",
		"large.yaml: larger than 1 MiB",
		"notes.txt: not named .yaml, .yml or .json",
		"result.json: does not call itself an assessment, and cannot be read as answers",
		"settings.yaml: does not call itself an assessment, and cannot be read as answers",
		"x\x1b[2J.yaml: does not call itself an assessment, and cannot be read as answers",
	}
	if diff := cmp.Diff(want, described(dir, c)); diff != "" {
		t.Error(diff)
	}
}

// Files stay in the order in which they are named, and a folder stands in its
// place; what is named is never passed over.
func TestReadCourseFiles(t *testing.T) {
	dir := folder(t, map[string]string{
		"new.yaml": dated("2026-03-01"), "old.yaml": dated("2026-01-01"), "settings.yaml": "theme: dark\n",
		"more/b.yaml": dated("2026-02-01"), "more/a.yaml": dated("2026-02-02"),
	})
	in := func(name string) string { return filepath.Join(dir, name) }
	src := new(diag.Sources)
	c, err := ReadCourse([]string{in("new.yaml"), in("more"), "-", in("old.yaml"), in("settings.yaml")}, strings.NewReader(dated("2026-01-02")), rules(), src)
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"new.yaml 2026-03-01", "more/b.yaml 2026-02-01", "more/a.yaml 2026-02-02", "standard input 2026-01-02", "old.yaml 2026-01-01", "settings.yaml  question-unknown"}
	if diff := cmp.Diff(want, described(dir, c)); diff != "" {
		t.Error(diff)
	}
	if line, ok := src.Line(in("settings.yaml"), 1); line != "theme: dark" || !ok {
		t.Errorf("the text of a file with a problem is not there: %q", line)
	}
}

func TestReadCourseErrors(t *testing.T) {
	many := map[string]string{}
	for i := range MaxCourse + 1 {
		many[fmt.Sprintf("%04d.yaml", i)] = dated("2026-01-01")
	}
	dir := folder(t, map[string]string{"a.yaml": dated("2026-01-01")})
	for _, tt := range []struct {
		name  string
		path  string
		want  string
		stdin string
	}{
		{"not there", filepath.Join(dir, "no.yaml"), "no.yaml: no such file", ""},
		{"too many", folder(t, many), "1000.yaml: more than 1000 assessments, which is no course of one person", ""},
		{"too large", "-", "standard input: more than 1 MiB", strings.Repeat(" ", MaxSize+1)},
	} {
		_, err := ReadCourse([]string{tt.path}, strings.NewReader(tt.stdin), rules(), nil)
		if err == nil || !strings.Contains(err.Error(), tt.want) && runtime.GOOS != "windows" {
			t.Errorf("%s: %v, want %q", tt.name, err, tt.want)
		}
	}
}

// A link that leads to nothing may be a record that is missing.
func TestReadCourseLinks(t *testing.T) {
	dir := folder(t, map[string]string{"a.yaml": dated("2026-01-01")})
	if err := os.Symlink("a.yaml", filepath.Join(dir, "b.yaml")); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink("nobody@host.4711", filepath.Join(dir, ".#a.yaml")); err != nil {
		t.Fatal(err)
	}
	if c, err := ReadCourse([]string{dir}, nil, rules(), nil); err != nil || len(c.Files) != 2 {
		t.Errorf("a link to a record is not read: %v, %v", c, err)
	}
	if err := os.Symlink("gone.yaml", filepath.Join(dir, "c.yaml")); err != nil {
		t.Fatal(err)
	}
	if _, err := ReadCourse([]string{dir}, nil, rules(), nil); err == nil || !strings.Contains(err.Error(), "c.yaml") {
		t.Errorf("a link to nothing: %v", err)
	}
}

// Of a folder, the readings are the same whatever order the system lists.
func TestReadCourseIsAsSingleReads(t *testing.T) {
	files := map[string]string{}
	for i := range 30 {
		files[fmt.Sprintf("%02d.yaml", i)] = dated(fmt.Sprintf("2026-01-%02d", 30-i))
	}
	dir := folder(t, files)
	c, err := ReadCourse([]string{dir}, nil, rules(), nil)
	if err != nil {
		t.Fatal(err)
	}
	var got, want []pack.Sheet
	for _, f := range c.Files {
		got = append(got, f.Sheet)
	}
	for i := range 30 {
		f, err := Read(filepath.Join(dir, fmt.Sprintf("%02d.yaml", 29-i)), nil, rules(), nil)
		if err != nil {
			t.Fatal(err)
		}
		want = append(want, f.Sheet)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadCourseUnreadable(t *testing.T) {
	dir := folder(t, map[string]string{"a.yaml": dated("2026-01-01")})
	if err := os.Chmod(filepath.Join(dir, "a.yaml"), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := os.ReadFile(filepath.Join(dir, "a.yaml")); err == nil {
		t.Skip("whoever runs this may read everything")
	}
	if _, err := ReadCourse([]string{dir}, nil, rules(), nil); err == nil || !strings.Contains(err.Error(), fs.ErrPermission.Error()) {
		t.Errorf("a record that cannot be read: %v", err)
	}
}
