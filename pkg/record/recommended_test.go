package record

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	builtin "github.com/carelevel/carelevel/rules"
)

var update = flag.Bool("update", false, "write the golden record anew")

func shipped(t *testing.T) (*pack.Pack, *engine.Engine) {
	t.Helper()
	p, ds, err := pack.Load(builtin.FS, builtin.Default, pack.LoadOptions{})
	if err != nil || diag.HasErrors(ds) {
		t.Fatal(err, ds)
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return p, e
}

// Of every example: what is kept of its recommendation names what the
// recommendation holds, and survives being written and read.
func TestRecommended(t *testing.T) {
	p, e := shipped(t)
	paths, err := filepath.Glob(filepath.Join("..", "..", "testdata", "answers", "*.yaml"))
	if err != nil || len(paths) < 6 {
		t.Fatal(paths, err)
	}
	for _, path := range paths {
		f, err := Read(path, nil, p, nil)
		if err != nil || len(f.Problems) > 0 {
			t.Fatal(err, f)
		}
		s := f.Sheet
		r := e.Recommend(s.Answers)
		s.Recommended, s.Pack = Recommended(r), p.Identity()
		if got := s.Recommended.Level(); r.Level != nil && got != r.Level.ID || r.Level == nil && got != "" {
			t.Errorf("%s: level %q", path, got)
		}
		if len(s.Recommended.Levels) != len(r.Possible) || len(s.Recommended.Indications) != len(r.Indications) || len(s.Recommended.Warnings) != len(r.Notes) {
			t.Errorf("%s: kept %+v", path, s.Recommended)
		}
		again, ds := p.ReadAnswers(path, Encode(p, s), nil)
		if diff := cmp.Diff(s, again); diff != "" || len(ds) > 0 {
			t.Errorf("%s: %v\n%s", path, ds, diff)
		}
		if changes := Changes(again.Recommended, Recommended(e.Recommend(again.Answers))); changes != nil {
			t.Errorf("%s: %q", path, changes)
		}
	}
}

func TestChanges(t *testing.T) {
	then := &pack.Recommended{Levels: []string{"iop"}, Indications: []string{"a", "b"}, NotMet: []string{"r"}, Warnings: []string{"w", "v"}}
	now := &pack.Recommended{Levels: []string{"iop", "php"}, Indications: []string{"b", "c", "d"}, Unknown: []string{"r"}, Warnings: []string{"v", "w"}}
	want := []string{
		"the recommendation that was recorded no longer comes out: it was iop, and is now undetermined (iop or php)",
		"indications that hold are not as recorded: no longer a; now also c, d",
		"requirements not met are not as recorded: no longer r",
		"requirements not known are not as recorded: now also r",
	}
	if diff := cmp.Diff(want, Changes(then, now)); diff != "" {
		t.Error(diff)
	}
	if got := Changes(nil, now); got != nil {
		t.Errorf("nothing was recorded, and yet %q", got)
	}
}

// Files of older versions of the program, as they wrote them, stay readable.
func TestOlderFiles(t *testing.T) {
	p, e := shipped(t)
	for name, want := range map[string]struct{ warning, level string }{
		"bare.yaml":           {"", "crisis"},
		"draft.yaml":          {"these answers were given under version 0.9.0 of the rules mental-health; in use is version " + p.Version, ""},
		"assessment.yaml":     {"these answers were given under version 0.9.0 of the rules mental-health; in use is version " + p.Version, "iop"},
		"recommendation.yaml": {"these answers were given under version 0.9.0 of the rules mental-health; in use is version " + p.Version, "iop"},
	} {
		f, err := Read(filepath.Join("testdata", "older", name), nil, p, nil)
		if err != nil || diag.HasErrors(f.Problems) {
			t.Errorf("%s: %v, %v", name, f, err)
			continue
		}
		s := f.Sheet
		if got := strings.Join(PackWarnings(p, s.Pack), "\n"); got != want.warning {
			t.Errorf("%s: %q, want %q", name, got, want.warning)
		}
		level := ""
		if l := e.Recommend(s.Answers).Level; l != nil {
			level = l.ID
		}
		if level != want.level {
			t.Errorf("%s: level %q, want %q", name, level, want.level)
		}
	}
	f, err := Read(filepath.Join("testdata", "older", "recommendation.yaml"), nil, p, nil)
	if err != nil || f.Sheet.Placement == nil || len(f.Problems) != 1 || f.Problems[0].Code != "answers-level" || f.Problems[0].Severity != diag.Warning {
		t.Errorf("a placement at a level that is gone: %+v, %v", f, err)
	}
}

func TestEdit(t *testing.T) {
	p := rules()
	p.Levels = []*pack.Level{{ID: "outpatient"}, {ID: "iop", Index: 1}}
	placed := &pack.Placement{Level: "iop", By: "nurse", Date: "2026-04-02"}
	old := pack.Identity{ID: "demo", Version: "0.9.0"}
	for _, tt := range []struct{ name, text, want string }{
		{"lines", "# mine\npack: {id: demo, version: 0.9.0}\nanswers: {risk: none}  # said twice\n",
			"# mine\npack: {id: demo, version: 0.9.0}\nplacement:\n  level: iop\n  by: \"nurse\"\n  date: \"2026-04-02\"\nanswers: {risk: none}  # said twice\n"},
		{"brackets", "{pack: {id: demo, version: 0.9.0}, answers: {risk: none}}\n", `# Answers about one person, to the questions of: Demo. Private.
# Decide with them: carelevel assess --answers FILE
schema: carelevel.assessment/1
pack:
  id: "demo"
  version: "0.9.0"
placement:
  level: iop
  by: "nurse"
  date: "2026-04-02"
answers:
  # Safety
  risk: none  # None
`},
	} {
		got, asItWas := Edit(p, []byte(tt.text), pack.Sheet{Answers: pack.Answers{0, pack.Missing}, Pack: old, Placement: placed})
		if diff := cmp.Diff(tt.want, string(got)); diff != "" || asItWas != (tt.name == "lines") {
			t.Errorf("%s: %v\n%s", tt.name, asItWas, diff)
		}
	}
}

// TestGoldenRecord is whole file, as it is written today.
func TestGoldenRecord(t *testing.T) {
	p, e := shipped(t)
	f, err := Read(filepath.Join("..", "..", "testdata", "answers", "iop.yaml"), nil, p, nil)
	if err != nil {
		t.Fatal(err)
	}
	s := f.Sheet
	s.ID, s.Date, s.Notes = "A-4711", "2026-03-31", "Seen together with the partner.\nAsks for evenings."
	s.Recommended = Recommended(e.Recommend(s.Answers))
	s.Placement = &pack.Placement{Level: "outpatient", By: "psychologist", Date: "2026-04-02", Reason: "not_available",
		Text: "No place before June; two sessions a week and a call until then."}
	got := string(Encode(p, s))
	path := filepath.Join("testdata", "record.yaml")
	got = strings.Replace(got, p.Hash, "sha256:…", 1) // that of the rules, which other tests watch
	if *update {
		put(t, path, got, 0o644)
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Error(diff)
	}
}
