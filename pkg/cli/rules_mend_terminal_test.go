//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// At a terminal each near miss is asked about, and leaving changes nothing.
func TestMendAtATerminal(t *testing.T) {
	base, err := os.ReadFile(filepath.Join("..", "..", "testdata", "lint", "base.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	text := strings.Replace(string(base), "because: The load is heavy.", "becuase: The load is heavy.", 1)
	text = strings.Replace(text, "services: [skills]", "services: [skils]", 1)
	for _, c := range []struct {
		keys []string
		code int
		want []string // what stands in the file then
	}{
		{[]string{"1\n", "2\n"}, 1, []string{"services: [skills]", "becuase: The load"}},
		{[]string{"2\n", "1\n"}, 1, []string{"services: [skils]", "because: The load is heavy."}},
		{[]string{"1\n", "1\n"}, 0, []string{"services: [skills]", "because: The load is heavy."}},
		{[]string{"1\n", "q\n"}, 130, []string{"services: [skils]", "becuase: The load"}},
	} {
		path := filepath.Join(t.TempDir(), "mine.yaml")
		if err := os.WriteFile(path, []byte(text), 0o640); err != nil {
			t.Fatal(err)
		}
		tm := atTerminal(t, "dumb", "rules", "check", path, "--fix", "--no-pager")
		tm.waitFor("Leave skils")
		tm.press(c.keys[0])
		tm.waitFor("Leave becuase")
		tm.press(c.keys[1])
		if code := tm.end(); code != c.code {
			t.Errorf("%q: exit code %d, want %d:\n%s", c.keys, code, c.code, tm.seen)
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, want := range c.want {
			if !strings.Contains(string(data), want) {
				t.Errorf("%q: the file does not say %q", c.keys, want)
			}
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o640 {
			t.Errorf("%q: the file has %v, %v", c.keys, info.Mode(), err)
		}
	}
}
