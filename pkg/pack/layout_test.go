package pack

import (
	"bytes"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/carelevel/carelevel/pkg/diag"
)

var layOutAll = LayoutOptions{Indent: true}

// packFiles are the files of all packs: those that the program carries, and
// those of testdata.
func packFiles(t testing.TB) map[string][]byte {
	t.Helper()
	files := make(map[string][]byte)
	for _, root := range []string{"../../rules", checkData} {
		err := filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !isYAML(path) {
				return err
			}
			data, err := os.ReadFile(path)
			files[filepath.ToSlash(path)] = data
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return files
}

func TestShippedPacksAreLaidOut(t *testing.T) {
	for path, data := range packFiles(t) {
		if !strings.HasPrefix(path, "../../rules/") {
			continue
		}
		got, ds := Layout(path, data, layOutAll)
		if diff := cmp.Diff(string(data), string(got)); diff != "" || len(ds) > 0 {
			t.Errorf("%s: %v (-is +laid out)\n%s", path, ds, diff)
		}
	}
}

// mess writes a text as nobody should: three spaces a step, and lines around.
func mess(text string) string {
	var out []string
	for _, line := range strings.Split(text, "\n") {
		if strings.TrimSpace(line) != "" {
			bare := strings.TrimLeft(line, " ")
			if strings.HasPrefix(bare, "- ") {
				bare = "-  " + bare[2:]
			}
			line = strings.Repeat(" ", indentOf(line)/2*3+indentOf(line)%2) + bare
		}
		out = append(out, line)
	}
	return "\n" + strings.Join(out, "\n") + "\n\n"
}

// Whatever is laid out says the same, and is laid out.
func TestLayoutKeepsTheMeaning(t *testing.T) {
	changed, n := 0, 0
	files := packFiles(t)
	for _, path := range slices.Sorted(maps.Keys(files)) {
		data := files[path]
		if n++; strings.Contains(path, "/err/") && n%24 > 0 {
			continue // they are much the same
		}
		texts := []string{mess(string(data))}
		if len(data) < 5_000 {
			texts = append(texts, string(data), strings.ReplaceAll(string(data), "\n", "\r\n"))
		}
		checkLayout(t, path, data, LayoutOptions{})
		for _, text := range texts {
			got := checkLayout(t, path, []byte(text), layOutAll)
			if !bytes.Equal(got, []byte(text)) {
				changed++
			}
			if len(data) < 5_000 {
				samePack(t, path, []byte(text), got)
			}
		}
	}
	if changed < 30 {
		t.Errorf("only %d texts changed: the test shows little", changed)
	}
}

// checkLayout holds a layout against its promises.
func checkLayout(t *testing.T, name string, data []byte, opts LayoutOptions) []byte {
	t.Helper()
	got, ds := Layout(name, data, opts)
	if len(ds) > 0 && !bytes.Equal(got, data) {
		t.Fatalf("%s has a mistake and was changed", name)
	}
	again, _ := Layout(name, got, opts)
	if diff := cmp.Diff(string(got), string(again)); diff != "" {
		t.Errorf("%s is laid out anew (-once +twice)\n%s", name, diff)
	}
	if bytes.Equal(got, data) {
		return got
	}
	a, _ := parseYAML(name, bytes.ReplaceAll(data, []byte("\r\n"), []byte("\n")))
	b, ds := parseYAML(name, bytes.ReplaceAll(got, []byte("\r\n"), []byte("\n")))
	if len(ds) > 0 || !sameNode(a, b, fileShape) {
		t.Errorf("%s says something else:\n%s\n--\n%s", name, data, got)
	}
	if before, after := words(data), words(got); !cmp.Equal(before, after) {
		t.Errorf("%s has other characters: %v", name, cmp.Diff(before, after))
	}
	return got
}

// words counts the characters of a text that a layout must leave alone: all
// but white space, dashes and quotes.
func words(data []byte) map[rune]int {
	count := make(map[rune]int)
	for _, r := range strings.TrimPrefix(string(data), "\ufeff") {
		if !strings.ContainsRune(" \t\r\n-\"'\\", r) {
			count[r]++
		}
	}
	return count
}

// samePack reads two texts as packs and compares all but places and the hash.
func samePack(t *testing.T, name string, a, b []byte) {
	t.Helper()
	read := func(data []byte) (*Pack, int) {
		p, ds, err := Load(fstest.MapFS{"pack.yaml": {Data: data}}, "pack.yaml", LoadOptions{Tests: true})
		if err != nil {
			t.Fatal(err)
		}
		return p, len(ds)
	}
	x, n := read(a)
	y, m := read(b)
	if n != m {
		t.Errorf("%s: %d problems before, %d after", name, n, m)
	}
	if n > 0 {
		return
	}
	opts := cmp.Options{
		cmpopts.IgnoreFields(Pack{}, "Hash"), cmpopts.IgnoreTypes(diag.Span{}),
		cmp.Transformer("ids", func(m map[*Criterion]string) map[string]string {
			ids := make(map[string]string)
			for c, state := range m {
				ids[c.ID] = state
			}
			return ids
		}),
		cmp.Comparer(func(a, b *Level) bool { return a == b || a != nil && b != nil && a.ID == b.ID }),
		cmp.Comparer(func(a, b *Section) bool {
			return a == b || a != nil && b != nil && a.ID == b.ID && len(a.Questions) == len(b.Questions)
		}),
		cmp.Comparer(func(a, b *Question) bool {
			return a == b || a != nil && b != nil && a.ID == b.ID && reflect.DeepEqual(a.Slots(), b.Slots())
		}),
	}
	if diff := cmp.Diff(x, y, opts); diff != "" {
		t.Errorf("%s means something else:\n%s", name, diff)
	}
	for i := range x.Levels {
		if diff := cmp.Diff(*x.Levels[i], *y.Levels[i], opts); diff != "" {
			t.Errorf("%s, level %s:\n%s", name, x.Levels[i].ID, diff)
		}
	}
	for i := range x.Questions {
		if diff := cmp.Diff(*x.Questions[i], *y.Questions[i], opts); diff != "" {
			t.Errorf("%s, question %s:\n%s", name, x.Questions[i].ID, diff)
		}
	}
}

// TestShapesKnowTheKeys: a mapping with a key that no shape knows keeps its
// order, which would be a pity and not noticed.
func TestShapesKnowTheKeys(t *testing.T) {
	known := make(map[string]bool)
	var collect func(*shape)
	collect = func(s *shape) {
		if s == nil {
			return
		}
		for _, key := range s.keys {
			known[key] = true
		}
		for _, of := range s.of {
			collect(of)
		}
		collect(s.each)
	}
	collect(fileShape)
	all := slices.Concat(levelKeys, allQuestionKeys)
	for _, name := range []string{"read_pack.go", "read_note.go", "read_plan.go", "read_level.go", "read_question.go", "read_score.go", "read_instrument.go", "read_allow.go", "read_steps.go"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range regexp.MustCompile(`\.fields\(("[^)]*")\)`).FindAllStringSubmatch(string(text), -1) {
			for _, key := range strings.Split(m[1], ", ") {
				all = append(all, strings.Trim(key, `"`))
			}
		}
	}
	if len(all) < 90 {
		t.Fatalf("found only %v", all)
	}
	for _, key := range all {
		if !known[key] {
			t.Errorf("no shape knows the key %q", key)
		}
	}
}

func TestLayout(t *testing.T) {
	const before = `# About the file.

pack:
    version: 1.0.0   # of the rules
    # the id
    id: small

    title: "Small"
levels:
    iop:
        summary: >-
              Several days,
                indented more.

              And more.
        # above the title
        title: 'IOP'
        indications:
        -   because: "It suffers: much."
            # why
            id: iop-a
            when:
                any:
                -   functioning: {at_least: impaired}
                -   steady: "yes"
                # the end of the list
            sources: [
                "policy",
              other  # the other one
            ]
        -   id: 'iop-b'
            because: "Where?"
            sources:
            - policy
        care: {setting: "at home, alone"}
    unknown_order:
        zeta: "2021"
        title: "a # b"
`
	const want = `# About the file.

pack:
  # the id
  id: small
  version: 1.0.0   # of the rules

  title: Small
levels:
  iop:
    # above the title
    title: IOP
    summary: >-
      Several days,
        indented more.

      And more.
    care: {setting: "at home, alone"}
    indications:
      - because: "It suffers: much."
        # why
        id: iop-a
        when:
          any:
            - functioning: {at_least: impaired}
            - steady: "yes"
            # the end of the list
        sources: [
            policy,
          other  # the other one
        ]
      - id: iop-b
        because: Where?
        sources:
          - policy
  unknown_order:
    zeta: "2021"
    title: "a # b"
`
	got := checkLayout(t, "a.yaml", []byte(before), layOutAll)
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
	got = checkLayout(t, "a.yaml", []byte(before), LayoutOptions{})
	if indent := "\n        title: IOP\n        summary: >-\n              Several days,\n"; !strings.Contains(string(got), indent) {
		t.Errorf("keys and quotes alone give:\n%s", got)
	}
}

// Large files come back: what grew with the square of their lines would take
// longer than a test may.
func TestLayoutOfLargeFiles(t *testing.T) {
	for name, text := range map[string]string{
		"comments": "pack:\n" + strings.Repeat("   # c\n", 20_000) + "   id: a\n",
		"elements": "tests:\n" + strings.Repeat("-  name: \"a\"\n", 4_000),
		"keys":     "levels:\n" + strings.Repeat(" ", 3) + "a:\n" + strings.Repeat("\n", 20_000) + "      short: a\n      title: \"b\"\n",
	} {
		checkLayout(t, name, []byte(text), layOutAll)
	}
}

// FuzzLayout: nothing is lost, and what is laid out stays so.
func FuzzLayout(f *testing.F) {
	files, n := packFiles(f), 0
	for _, path := range slices.Sorted(maps.Keys(files)) {
		if n++; len(files[path]) < 3000 && n%10 == 0 {
			f.Add(files[path])
		}
	}
	f.Add([]byte("levels:\n    a:\n        summary: |2\n          x\n\n        title: |+\n         b\n\n"))
	f.Add([]byte("tests:\n- answers: {}\n  # c\n  name: \"x\n   y\"\n-\n  name: 'it''s'\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) < 5_000 {
			checkLayout(t, "f.yaml", data, layOutAll)
			checkLayout(t, "f.yaml", data, LayoutOptions{})
		}
	})
}
