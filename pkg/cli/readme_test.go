package cli

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func readme(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestReadmeCommands runs every command that the README shows, in a folder that
// holds the files it speaks of. Those that hold an interview must say that
// there is no terminal, which they do after all flags were understood.
func TestReadmeCommands(t *testing.T) {
	commands := readmeCommands(readme(t))
	if len(commands) < 10 {
		t.Fatalf("only %d commands found in the README", len(commands))
	}
	root, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(readmeFolder(t, root))
	for _, line := range commands {
		t.Run(line, func(t *testing.T) { runReadmeCommand(t, line) })
	}
}

func runReadmeCommand(t *testing.T, line string) {
	var stdout, stderr bytes.Buffer
	if strings.Contains(line, "--resume draft.yaml") {
		if err := os.WriteFile("draft.yaml", []byte("emergency: none\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	stdin := strings.NewReader("emergency: [overdose]\n")
	code := Main(strings.Fields(line)[1:], stdin, &stdout, &stderr)
	switch {
	case code == exitDone:
	case code == exitUsage && strings.Contains(stderr.String(), "there is no terminal"):
	case code == exitUsage && strings.Contains(line, "--accessible") && strings.Contains(stderr.String(), "the input ended"):
	default:
		t.Errorf("exit code %d\n%s%s", code, stdout.String(), stderr.String())
	}
}

// readmeCommands are the carelevel lines of the shell blocks, without comments.
func readmeCommands(text string) []string {
	var commands []string
	shell := false
	for _, line := range strings.Split(text, "\n") {
		switch {
		case strings.HasPrefix(line, "```"):
			shell = line == "```sh"
		case shell && strings.HasPrefix(line, "carelevel "):
			command, _, _ := strings.Cut(line, " #")
			commands = append(commands, strings.TrimSpace(command))
		}
	}
	return commands
}

// readmeFolder has the files that the README's commands name.
func readmeFolder(t *testing.T, root string) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(filepath.Join(dir, "my-rules"), os.DirFS(filepath.Join(root, "rules", "medicare-iop"))); err != nil {
		t.Fatal(err)
	}
	answers, err := os.ReadFile(filepath.Join(root, "testdata", "answers", "iop.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"answers.yaml", "testdata/answers/iop.yaml"} {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, answers, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	lines := `{"id":"a","answers":{"danger":"yes"}}` + "\n" + `{"id":"b","answers":{"hours":"under_nine"}}` + "\n"
	people := "id,date,emergency,suicide_risk\na,2026-01-05,none,none\nb,2026-01-06,overdose,\n"
	for name, text := range map[string]string{"assessments.jsonl": lines, "people.csv": people} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	readmeRecords(t, dir, string(answers))
	return dir
}

// readmeRecords writes two assessments of one person, side by side and in a
// folder of their own.
func readmeRecords(t *testing.T, dir, answers string) {
	t.Helper()
	if err := os.Mkdir(filepath.Join(dir, "records"), 0o700); err != nil {
		t.Fatal(err)
	}
	for name, date := range map[string]string{"january.yaml": "2026-01-05", "february.yaml": "2026-02-02"} {
		for _, path := range []string{filepath.Join(dir, name), filepath.Join(dir, "records", name)} {
			var stderr bytes.Buffer
			args := []string{"assess", "--answers", "-", "--date", date, "--id", "p-17", "--save", path}
			if code := Main(args, strings.NewReader(answers), new(bytes.Buffer), &stderr); code != exitDone {
				t.Fatalf("exit code %d: %s", code, stderr.String())
			}
		}
	}
}

// TestReadmeReport holds the report that the README shows against what the
// program prints: its beginning, word for word.
func TestReadmeReport(t *testing.T) {
	shown := capture(t, readme(t), "report")
	var stdout, stderr bytes.Buffer
	answers := filepath.Join("..", "..", "testdata", "answers", "iop.yaml")
	if code := Main([]string{"assess", "--answers", answers, "--date", "2026-11-24"}, strings.NewReader(""), &stdout, &stderr); code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr.String())
	}
	if !strings.HasPrefix(stdout.String(), shown) {
		t.Errorf("the README shows another report; take the beginning of this one:\n%s", stdout.String())
	}
}

// TestReadmeMap does the same for the table of a pack.
func TestReadmeMap(t *testing.T) {
	var stdout, stderr bytes.Buffer
	if code := Main([]string{"rules", "map", "medicare-iop"}, strings.NewReader(""), &stdout, &stderr); code != exitDone {
		t.Fatalf("exit code %d: %s", code, stderr.String())
	}
	if shown := capture(t, readme(t), "map"); stdout.String() != shown {
		t.Errorf("the README shows another table; take this one:\n%s", stdout.String())
	}
}

// capture returns the text block behind the marker, up to a line with nothing
// but an ellipsis.
func capture(t *testing.T, text, name string) string {
	t.Helper()
	_, after, found := strings.Cut(text, "<!-- capture: "+name+" -->\n\n```text\n")
	block, _, closed := strings.Cut(after, "```\n")
	if !found || !closed {
		t.Fatalf("the README has no capture of the %s", name)
	}
	block, _, _ = strings.Cut(block, "…\n")
	return block
}
