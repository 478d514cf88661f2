package rules_test

import (
	"io/fs"
	"testing"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// load reads a shipped pack, which must be free of any diagnostic.
func load(t testing.TB, name string) *pack.Pack {
	t.Helper()
	p, ds, err := pack.Load(rules.FS, name, pack.LoadOptions{Tests: true, Name: "rules/" + name})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range ds {
		t.Errorf("%s:%d:%d: %s [%s] %s", d.At.File, d.At.Line, d.At.Col, d.Message, d.Code, d.Path)
	}
	if p == nil || diag.HasErrors(ds) {
		t.Fatalf("%s cannot be used", name)
	}
	return p
}

func TestEveryFolderIsNamed(t *testing.T) {
	entries, err := fs.ReadDir(rules.FS, ".")
	if err != nil {
		t.Fatal(err)
	}
	named := map[string]bool{}
	for _, n := range rules.Names() {
		named[n] = true
	}
	for _, e := range entries {
		if !named[e.Name()] {
			t.Errorf("%s is embedded but not named", e.Name())
		}
	}
	if len(entries) != len(named) {
		t.Errorf("%d folders, %d names", len(entries), len(named))
	}
	if rules.Names()[0] != rules.Default {
		t.Errorf("the first name is %q, want the default %q", rules.Names()[0], rules.Default)
	}
}

func TestPackIsItsFolder(t *testing.T) {
	for _, name := range rules.Names() {
		if p := load(t, name); p.ID != name {
			t.Errorf("folder %s holds the pack %s", name, p.ID)
		}
	}
}

// What a pack promises about its size: long enough to mean something, short
// enough to be answered.
func TestExtent(t *testing.T) {
	for _, tt := range []struct {
		name                               string
		levels, minQuestions, maxQuestions int
		minTests                           int
	}{
		{"mental-health", 5, 25, 35, 60},
		{"medicare-iop", 4, 10, 25, 15},
	} {
		p := load(t, tt.name)
		if len(p.Levels) != tt.levels {
			t.Errorf("%s: %d levels, want %d", tt.name, len(p.Levels), tt.levels)
		}
		if n := len(p.Questions); n < tt.minQuestions || n > tt.maxQuestions {
			t.Errorf("%s: %d questions, want %d to %d", tt.name, n, tt.minQuestions, tt.maxQuestions)
		}
		if n := len(p.Tests); n < tt.minTests {
			t.Errorf("%s: %d tests, want at least %d", tt.name, n, tt.minTests)
		}
	}
}

func TestEveryQuestionHasANoun(t *testing.T) {
	for _, name := range rules.Names() {
		for _, q := range load(t, name).Questions {
			if q.Name == "" {
				t.Errorf("%s: question %s has no name for sentences", name, q.ID)
			}
		}
	}
}

func TestReasonsAreSentences(t *testing.T) {
	sentence := func(t *testing.T, what, text string) {
		t.Helper()
		if r := []rune(text); len(r) == 0 || r[len(r)-1] != '.' {
			t.Errorf("%s does not end with a full stop: %q", what, text)
		}
	}
	for _, name := range rules.Names() {
		p := load(t, name)
		for _, l := range p.Levels {
			sentence(t, l.ID+" action", l.Action)
			sentence(t, l.ID+" summary", l.Summary)
			for _, c := range criteria(l) {
				if c.Kind == pack.Requirement {
					sentence(t, c.ID, c.Otherwise)
					continue
				}
				sentence(t, c.ID, c.Because)
			}
		}
		for _, n := range p.Notes {
			sentence(t, n.ID, n.Because)
		}
		for _, g := range p.Guarantees {
			sentence(t, g.ID, g.Because)
		}
	}
}

// A named test per criterion, note and conditional service: whatever the pack
// says for some answers, a case of the pack shows.
func TestEverythingIsExpectedSomewhere(t *testing.T) {
	for _, name := range rules.Names() {
		p := load(t, name)
		seen := map[string]bool{}
		for _, tt := range p.Tests {
			for _, c := range tt.Expect.Holds {
				seen[c.ID] = true
			}
			for c := range tt.Expect.Requirements {
				seen[c.ID] = true
			}
			for _, s := range tt.Expect.Services {
				seen["service "+s.ID] = true
			}
			for _, n := range tt.Expect.Notes {
				seen["note "+n.ID] = true
			}
		}
		for _, l := range p.Levels {
			for _, c := range l.Indications {
				expectSeen(t, seen, c.ID)
			}
			for _, c := range l.Requirements {
				expectSeen(t, seen, c.ID)
			}
		}
		for _, n := range p.Notes {
			expectSeen(t, seen, "note "+n.ID)
		}
	}
}

func expectSeen(t *testing.T, seen map[string]bool, what string) {
	t.Helper()
	if !seen[what] {
		t.Errorf("no test of the pack expects %s", what)
	}
}

func criteria(l *pack.Level) []*pack.Criterion {
	var all []*pack.Criterion
	for _, cs := range [][]*pack.Criterion{l.Indications, l.Requirements, l.Supports, l.StepDown} {
		all = append(all, cs...)
	}
	return all
}
