//go:build unix

package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// slowInput is a file that gives its records in two pieces, with a while
// between them.
func slowInput(t *testing.T, between time.Duration) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "slow.csv")
	if err := syscall.Mkfifo(path, 0o600); err != nil {
		t.Fatal(err)
	}
	go func() {
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return
		}
		defer f.Close()
		half := strings.Repeat("x,none\n", 60000)
		fmt.Fprint(f, "id,emergency\n"+half)
		time.Sleep(between)
		fmt.Fprint(f, half)
	}()
	return path
}

// At a terminal, a long run shows how far it is, and takes that off before it
// says what came of it.
func TestBatchProgressAtATerminal(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out.csv")
	tm := atTerminal(t, "xterm-256color", "batch", slowInput(t, 500*time.Millisecond), "-o", out)
	if code := tm.end(); code != 0 {
		t.Fatalf("exit code %d:\n%s", code, tm.seen)
	}
	bars, summary, ok := strings.Cut(tm.seen, "\r\x1b[K")
	if !ok || !strings.Contains(bars, " records, ") || !strings.Contains(bars, " a second\x1b[K") {
		t.Errorf("no progress was shown and taken off:\n%q", tm.seen)
	}
	if strings.Contains(summary, "\x1b") || !strings.Contains(summary, ": 120,000 records in ") {
		t.Errorf("the summary is %q", summary)
	}
}

// Where results go to the same terminal, to a terminal that cannot move its
// cursor, or with --quiet, there is no bar.
func TestBatchWithoutProgress(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out.csv")
	for name, tm := range map[string]*terminal{
		"quiet": atTerminal(t, "xterm-256color", "batch", slowInput(t, 400*time.Millisecond), "-q", "-o", out),
		"dumb":  atTerminal(t, "dumb", "batch", slowInput(t, 400*time.Millisecond), "-o", out+"2"),
	} {
		if code := tm.end(); code != 0 || strings.Contains(tm.seen, "\x1b[K") || name == "quiet" && tm.seen != "" {
			t.Errorf("%s: exit code %d:\n%q", name, code, tm.seen)
		}
	}
}

// A terminal as the input says what it waits for; an interrupt ends it.
func TestBatchFromATerminal(t *testing.T) {
	tm := atTerminal(t, "xterm-256color", "batch", "-")
	tm.waitFor("reading assessments from the terminal")
	tm.press("\x03")
	if code := tm.end(); code != exitInterrupted {
		t.Errorf("exit code %d:\n%s", code, tm.seen)
	}
	if !strings.Contains(tm.seen, "interrupted after 0 records") {
		t.Errorf("it says %q", tm.seen)
	}
}
