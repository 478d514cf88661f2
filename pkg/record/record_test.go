package record

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

func rules() *pack.Pack {
	section := &pack.Section{ID: "s", Title: "Safety"}
	scale := &pack.Question{ID: "risk", Section: section, Kind: pack.Scale, Options: []pack.Option{{ID: "none", Label: "None"}, {ID: "some", Label: "Some \x1b[2J"}}}
	number := &pack.Question{ID: "crises", Slot: 1, Section: section, Kind: pack.Number, Max: 30, Unit: "times"}
	return &pack.Pack{ID: "demo", Version: "1.0.0", Hash: "sha256:0123456789abcdef0123", Title: "Demo",
		Questions: []*pack.Question{scale, number},
		Slots:     []pack.Slot{{ID: "risk", Question: scale, Item: -1, Max: 1}, {ID: "crises", Question: number, Item: -1, Max: 30}}}
}

func TestEncode(t *testing.T) {
	s := pack.Sheet{Answers: pack.Answers{1, pack.NotAssessed}, ID: "A-7", Date: "2026-03-31", Notes: "one\ntwo", Draft: true,
		Pack: pack.Identity{ID: "demo", Version: "0.9.0"}}
	want := `# Answers about one person, to the questions of: Demo. Private.
# The interview is not finished. The command that began it goes on with it: --resume FILE
schema: carelevel.assessment/1
id: "A-7"
date: "2026-03-31"
draft: true
pack:
  id: "demo"
  version: "1.0.0"
  hash: "sha256:0123456789abcdef0123"
notes: |-
  one
  two
answers:
  # Safety
  risk: some  # Some  [2J
  crises: not_assessed
`
	if diff := cmp.Diff(want, string(Encode(rules(), s))); diff != "" {
		t.Error(diff)
	}
	s.Draft = false
	if got := string(Encode(rules(), s)); !strings.Contains(got, "# Decide with them: carelevel assess --answers FILE\nschema") || strings.Contains(got, "draft") {
		t.Errorf("a finished one is written as\n%s", got)
	}
}

func TestWriteAndRead(t *testing.T) {
	p := rules()
	path := filepath.Join(t.TempDir(), "draft.yaml")
	for _, s := range []pack.Sheet{
		{Answers: p.NewAnswers(), Draft: true},
		{Answers: pack.Answers{0, 12}, ID: "4711", Date: "2026-01-02", Notes: " \t# odd: \"\\\n"},
	} {
		if err := Write(path, p, s); err != nil {
			t.Fatal(err)
		}
		f, err := Read(path, nil, p, nil)
		if err != nil || len(f.Problems) > 0 {
			t.Fatal(err, f)
		}
		s.Pack = p.Identity()
		if diff := cmp.Diff(s, f.Sheet); diff != "" {
			t.Error(diff)
		}
		if info, err := os.Stat(path); err != nil || runtime.GOOS != "windows" && info.Mode() != Private {
			t.Errorf("the file has %v, %v", info.Mode(), err)
		}
	}
}

func TestReadProblems(t *testing.T) {
	p := rules()
	if _, err := Read(filepath.Join(t.TempDir(), "none.yaml"), nil, p, nil); !os.IsNotExist(err) {
		t.Errorf("a file that is not there: %v", err)
	}
	large := filepath.Join(t.TempDir(), "large.yaml")
	put(t, large, strings.Repeat("#\n", MaxSize/2)+"a", 0o600)
	for _, path := range []string{large, "-"} {
		_, err := Read(path, strings.NewReader(strings.Repeat("#", MaxSize+1)), p, nil)
		if want := "more than 1 MiB, which is no answers file of one person"; err == nil || err.Error() != want {
			t.Errorf("a file that is too large: %v, want %s", err, want)
		}
	}
	tests := []struct{ text, code, line string }{
		{"pack: {id: other}\nanswers: {x: 1}\n", "answers-pack", "pack: {id: other}"},
		{"answers: {rsk: none}\n", "question-unknown", "answers: {rsk: none}"},
	}
	for _, tt := range tests {
		path := filepath.Join(t.TempDir(), "a.yaml")
		put(t, path, tt.text, 0o600)
		src := new(diag.Sources)
		f, err := Read(path, nil, p, src)
		if err != nil || len(f.Problems) != 1 || f.Problems[0].Code != tt.code || f.Problems[0].At.File != path {
			t.Errorf("want %s, got %+v, %v", tt.code, f, err)
			continue
		}
		if line, _ := src.Line(path, f.Problems[0].At.Line); line != tt.line {
			t.Errorf("%s: the line is %q", tt.code, line)
		}
	}
}

func TestReadStandardInput(t *testing.T) {
	const text = "answers: {risk: none, crisis: 1}\n"
	src := new(diag.Sources)
	f, err := Read("-", strings.NewReader(text), rules(), src)
	if err != nil || string(f.Data) != text || f.Name != "standard input" || len(f.Problems) != 1 || f.Problems[0].At.File != f.Name {
		t.Fatalf("%+v, %v", f, err)
	}
	if _, ok := src.Line("standard input", 1); !ok {
		t.Error("its text is not kept")
	}
}

func TestPackWarnings(t *testing.T) {
	tests := []struct {
		made pack.Identity
		want []string
	}{
		{pack.Identity{}, nil},
		{pack.Identity{ID: "demo"}, nil},
		{rules().Identity(), nil},
		{pack.Identity{ID: "demo", Version: "0.9.0", Hash: "sha256:ff"}, []string{"these answers were given under version 0.9.0 of the rules demo; in use is version 1.0.0"}},
		{pack.Identity{ID: "demo", Version: "1.0.0", Hash: "sha256:ff"}, []string{"these answers were given under rules demo 1.0.0 that have been edited since (sha256:ff then, 0123456789ab now)"}},
	}
	for _, tt := range tests {
		if diff := cmp.Diff(tt.want, PackWarnings(rules(), tt.made)); diff != "" {
			t.Errorf("%+v: %s", tt.made, diff)
		}
	}
}
