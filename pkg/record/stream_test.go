package record

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

func TestStreamReplacesOnlyWhenWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "rows.csv")
	write := func(end error) error {
		return WriteStream(path, Private, func(w io.Writer) error {
			for range 3 {
				if _, err := io.WriteString(w, "row\n"); err != nil {
					return err
				}
			}
			return end
		})
	}
	if err := write(nil); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte("old\n"), Private); err != nil {
		t.Fatal(err)
	}
	err := write(context.Canceled)
	var wrong *fs.PathError
	if !errors.Is(err, context.Canceled) || !errors.As(err, &wrong) || wrong.Path != path {
		t.Errorf("error %v, want one that names the file and wraps the cause", err)
	}
	checkFolder(t, path, "old\n")
	if err := write(nil); err != nil {
		t.Fatal(err)
	}
	checkFolder(t, path, "row\nrow\nrow\n")
}

// checkFolder wants one file in the folder of path, with this content.
func checkFolder(t *testing.T, path, want string) {
	t.Helper()
	if got, err := os.ReadFile(path); err != nil || string(got) != want {
		t.Errorf("content %q, error %v; want %q", got, err, want)
	}
	if entries, err := os.ReadDir(filepath.Dir(path)); err != nil || len(entries) != 1 {
		t.Errorf("%d files, error %v; want the one", len(entries), err)
	}
}
