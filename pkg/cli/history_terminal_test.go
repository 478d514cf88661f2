//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// At a terminal the drawing keeps to the signs that the terminal has.
func TestHistoryAtATerminal(t *testing.T) {
	rules, err := filepath.Abs(filepath.Join("..", "report", "testdata", "history", "pack.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "a.yaml")
	if err := os.WriteFile(path, []byte("date: 2026-05-01\nanswers: {risk: none, monitoring: weekly, function: well, phq: 9}\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("LC_ALL", "C.UTF-8")
	for term, want := range map[string]string{"dumb": "27 +", "xterm-256color": "27 ┤"} {
		tm := atTerminal(t, term, "history", "--rules", rules, "--no-pager", path)
		if code := tm.end(); code != 0 || !strings.Contains(tm.seen, want) || strings.Contains(tm.seen, "\x1b") {
			t.Errorf("%s: exit code %d:\n%q", term, code, tm.seen)
		}
	}
}
