package cli

import (
	"os"
	"path/filepath"
	"testing"
)

// A title that nothing could print as it is leaves no pack behind, and one that
// looks like YAML is a title.
func TestInitTitles(t *testing.T) {
	t.Chdir(t.TempDir())
	quietly(t, exitUsage, "rules", "init", "red", "--title", "\x1b[31mred")
	quietly(t, exitUsage, "rules", "init", "turned", "--title", "a\u202eb")
	if left, err := os.ReadDir("."); err != nil || len(left) > 0 {
		t.Fatalf("%v is left, %v", left, err)
	}
	for i, title := range []string{"[a, b]", "a: b", "# no comment", "yes", `"`, "it's", "&x *y", "a\tb", "- list", "|", "{}", "Pflege & Überweisung"} {
		folder := filepath.Join("packs", string(rune('a'+i)))
		quietly(t, exitDone, "rules", "init", folder, "--title", title)
		p, _, err := readPack(folder, true, nil)
		if err != nil || p.Title != title {
			t.Errorf("the title %q became %q, %v", title, p.Title, err)
		}
		quietly(t, exitDone, "rules", "check", "--strict", folder)
	}
}

// What cannot be moved into an empty folder as a whole is not moved at all, and
// what came there in the meantime stays.
func TestInitMovesAllOrNothing(t *testing.T) {
	from, to := t.TempDir(), t.TempDir()
	for _, path := range []string{from + "/a", from + "/b", to + "/b"} {
		if err := os.WriteFile(path, []byte(path), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := moveAll(from, to, []string{"a", "b"}); err == nil {
		t.Error("b was written over")
	}
	if got := fileText(t, to+"/b"); got != to+"/b" {
		t.Errorf("b holds %q", got)
	}
	if _, err := os.Stat(to + "/a"); err == nil {
		t.Error("a was left")
	}
}

func TestIDFromFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	for folder, want := range map[string]string{
		"my-rules/": "my-rules", "a/b/Our Rules": "our-rules", "2026": templateID, "../..": idFrom("../.."),
		"mental-health": templateID, "Größe": "gr-e", "___": templateID, "north_clinic": "north-clinic", "v2.1": "v2-1",
	} {
		if got := idFrom(folder); got != want {
			t.Errorf("idFrom(%q) = %q, want %q", folder, got, want)
		}
	}
}
