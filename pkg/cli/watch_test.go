package cli

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"
)

// TestWatchRunsAgainAfterAChange: once at first, once for each change, whether
// a file changes, comes or goes, and not for what is no rule.
func TestWatchRunsAgainAfterAChange(t *testing.T) {
	folder := t.TempDir()
	rule, note := filepath.Join(folder, "rule.yaml"), filepath.Join(folder, "note.txt")
	write := func(path, text string) {
		t.Helper()
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write(rule, "a")
	ctx, stop := context.WithCancel(context.Background())
	defer stop()
	runs := 0
	err := watchFiles(ctx, []string{folder}, func() error {
		switch runs++; runs {
		case 1:
			write(rule, "ab")
		case 2:
			write(filepath.Join(folder, "another.yml"), "a")
		case 3:
			if err := os.Remove(rule); err != nil {
				t.Fatal(err)
			}
		case 4:
			write(note, "not a rule")
			stop()
		}
		return nil
	})
	if !errors.Is(err, context.Canceled) || runs != 4 {
		t.Errorf("%d runs, %v; want 4, until it is interrupted", runs, err)
	}
}

func TestWatchEndsWhereARunFails(t *testing.T) {
	broken := errors.New("broken")
	err := watchFiles(context.Background(), []string{t.TempDir()}, func() error { return broken })
	if err != broken {
		t.Error(err)
	}
}
