//go:build unix

package cli

import (
	"bytes"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/creack/pty"
)

// terminal is the program at a terminal of its own.
type terminal struct {
	t      *testing.T
	cmd    *exec.Cmd
	pty    *os.File
	screen chan string // what came out, piece by piece
	seen   string      // all of it
}

// atTerminal starts the program, as a process, at a terminal of 80 by 24. TERM
// decides whether the terminal libraries ask it for its colours; nobody answers.
func atTerminal(t *testing.T, term string, args ...string) *terminal {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "carelevel") // TestMain goes by the name
	if err := os.Symlink(self, program); err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, args...)
	cmd.Dir = t.TempDir()
	cmd.Env = append(os.Environ(), "TERM="+term, "NO_COLOR=1")
	f, err := pty.StartWithSize(cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		t.Fatal(err)
	}
	tm := &terminal{t: t, cmd: cmd, pty: f, screen: make(chan string, 1024)}
	t.Cleanup(func() { f.Close(); cmd.Process.Kill() })
	go tm.read()
	return tm
}

func (tm *terminal) read() {
	defer close(tm.screen)
	buf := make([]byte, 1<<16)
	for {
		n, err := tm.pty.Read(buf)
		tm.screen <- string(buf[:n])
		if err != nil {
			return
		}
	}
}

var escapes = regexp.MustCompile(`\x1b(\[[0-9;?]*[A-Za-z]|[=>]|\][^\x07\x1b]*(\x07|\x1b\\))`)

// waitFor reads until the text has been shown since the last call.
func (tm *terminal) waitFor(text string) {
	tm.t.Helper()
	deadline := time.After(20 * time.Second)
	for shown := ""; !strings.Contains(shown, text); {
		select {
		case piece, ok := <-tm.screen:
			if !ok {
				tm.t.Fatalf("ended before it showed %q:\n%s", text, tm.seen)
			}
			tm.seen += piece
			shown += escapes.ReplaceAllString(piece, "")
		case <-deadline:
			tm.t.Fatalf("never showed %q:\n%q", text, tm.seen)
		}
	}
}

func (tm *terminal) press(keys ...string) {
	tm.t.Helper()
	if _, err := io.WriteString(tm.pty, strings.Join(keys, "")); err != nil {
		tm.t.Fatal(err)
	}
}

// end reads to the end and returns the exit code.
func (tm *terminal) end() int {
	tm.t.Helper()
	for piece := range tm.screen {
		tm.seen += piece
	}
	err := tm.cmd.Wait()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		tm.t.Fatal(err)
	}
	return tm.cmd.ProcessState.ExitCode()
}

const (
	down  = "\x1b[B"
	enter = "\r"
	blank = " "
	ctrlC = "\x03"
)

// TestStartAsksTheTerminalNothing guards the start of every command: a question
// to a terminal that does not answer takes five seconds.
func TestStartAsksTheTerminalNothing(t *testing.T) {
	tm := atTerminal(t, "xterm-256color", "version", "--no-pager")
	if code := tm.end(); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	if strings.Contains(tm.seen, "\x1b]") || strings.Contains(tm.seen, "\x1b[6n") {
		t.Errorf("the terminal was asked: %q", tm.seen)
	}
	if !strings.Contains(tm.seen, "carelevel") {
		t.Errorf("nothing came of it: %q", tm.seen)
	}
}

func TestInterviewAtATerminal(t *testing.T) {
	tm := atTerminal(t, "tmux-256color", "assess", "--no-pager", "--save", "draft.yaml")
	tm.waitFor("happening right now")
	tm.press(blank, enter) // the first of the emergency signs
	tm.waitFor("EMERGENCY")
	tm.press(enter)
	if code := tm.end(); code != exitDone {
		t.Errorf("exit code %d", code)
	}
	after := escapes.ReplaceAllString(tm.seen[strings.LastIndex(tm.seen, "1 of 35 questions asked"):], "")
	for _, want := range []string{"1 of 35 questions asked; stopped because of an emergency", "EMERGENCY", "911"} {
		if !strings.Contains(after, want) {
			t.Errorf("%q is not shown after the interview:\n%s", want, after)
		}
	}
	draft, err := os.ReadFile(filepath.Join(tm.cmd.Dir, "draft.yaml"))
	if err != nil || !bytes.Contains(draft, []byte("emergency: [overdose]")) {
		t.Errorf("the answers were not kept: %v\n%s", err, draft)
	}
}

// TestLeavingAtATerminal: what was answered is in the file, no recommendation
// is printed, and the exit code says interrupted.
func TestLeavingAtATerminal(t *testing.T) {
	tm := atTerminal(t, "tmux-256color", "assess", "--no-pager", "--order", "pack", "--save", "draft.yaml")
	tm.waitFor("happening right now")
	tm.press(strings.Repeat(down, 5), blank, enter) // none of these
	tm.waitFor("suicidal thought or act")
	tm.press(enter) // the cursor is on "not assessed": no answer is made of it
	tm.waitFor("2 asked")
	tm.press(ctrlC)
	tm.waitFor("Leave the interview?")
	tm.press(down, enter)
	if code := tm.end(); code != exitInterrupted {
		t.Errorf("exit code %d", code)
	}
	if strings.Contains(tm.seen, "Recommendation") {
		t.Error("a recommendation is printed")
	}
	draft, err := os.ReadFile(filepath.Join(tm.cmd.Dir, "draft.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"draft: true", "emergency: none", "suicide_risk: not_assessed"} {
		if !bytes.Contains(draft, []byte(want)) {
			t.Errorf("%q is not in the draft:\n%s", want, draft)
		}
	}
}
