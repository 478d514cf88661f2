//go:build unix

package cli

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// savedRecord is the record of an example whose recommendation is IOP.
func savedRecord(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "record.yaml")
	var stdout, stderr bytes.Buffer
	answers := filepath.Join("..", "..", "testdata", "answers", "iop.yaml")
	if code := Main([]string{"assess", "--answers", answers, "--date", "2026-03-31", "--save", path}, strings.NewReader(""), &stdout, &stderr); code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr.String())
	}
	return path
}

func content(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestPlaceAtATerminal(t *testing.T) {
	path := savedRecord(t)
	tm := atTerminal(t, "xterm-256color", "place", path)
	tm.waitFor("Choice: ")
	tm.press("1\r")
	tm.waitFor("no names.")
	tm.press("psychologist\r")
	tm.waitFor("Choice: ")
	tm.press("2\r")
	tm.waitFor("An empty line adds nothing.")
	tm.press("\r")
	if code := tm.end(); code != exitDone {
		t.Errorf("exit code %d:\n%s", code, tm.seen)
	}
	for _, want := range []string{"  level: outpatient\n", "  by: \"psychologist\"\n", "  reason: person_declines\n"} {
		if !strings.Contains(content(t, path), want) {
			t.Errorf("%q is not in the record:\n%s", want, content(t, path))
		}
	}
}

func TestInterruptedPlaceChangesNothing(t *testing.T) {
	path := savedRecord(t)
	before := content(t, path)
	tm := atTerminal(t, "xterm-256color", "place", path)
	tm.waitFor("Choice: ")
	tm.press("1\r")
	tm.waitFor("no names.")
	tm.press(ctrlC)
	if code := tm.end(); code != exitInterrupted {
		t.Errorf("exit code %d:\n%s", code, tm.seen)
	}
	if !strings.Contains(tm.seen, "nothing was recorded") || content(t, path) != before {
		t.Errorf("%s\n%s", tm.seen, content(t, path))
	}
}

// meddler gives the answers, and writes the record before the last one.
type meddler struct {
	answers []string
	path    string
	done    bool
}

func (m *meddler) Read(b []byte) (int, error) {
	if len(m.answers) == 0 {
		return 0, io.EOF
	}
	if len(m.answers) == 1 {
		m.done = os.WriteFile(m.path, []byte("of somebody else\n"), 0o600) == nil
	}
	n := copy(b, m.answers[0])
	m.answers = m.answers[1:]
	return n, nil
}

// What somebody else wrote while the questions were put is not overwritten.
func TestPlaceLeavesAnothersWorkAlone(t *testing.T) {
	path := savedRecord(t)
	in := &meddler{answers: []string{"2\n", "nurse\n"}, path: path}
	var stdout, stderr bytes.Buffer
	code := Main([]string{"place", path, "--accessible"}, in, &stdout, &stderr)
	if code != exitUsage || !in.done || !strings.Contains(stderr.String(), "was changed by somebody else meanwhile") {
		t.Errorf("exit code %d: %s", code, stderr.String())
	}
	if got := content(t, path); got != "of somebody else\n" {
		t.Errorf("the file holds %q", got)
	}
}

// An id that could not be read back is refused before anything is written.
func TestIDsThatCannotBeKept(t *testing.T) {
	for _, id := range []string{strings.Repeat("a", 101), "a\nb", "a\x1b[2J"} {
		var stdout, stderr bytes.Buffer
		if code := Main([]string{"assess", "--set", "emergency=none", "--id", id}, strings.NewReader(""), &stdout, &stderr); code != exitUsage || !strings.Contains(stderr.String(), "--id: ") {
			t.Errorf("%q: exit code %d: %s", id, code, stderr.String())
		}
	}
}
