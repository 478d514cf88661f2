package record

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// listing is what a folder holds: names, permissions and contents.
func listing(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range entries {
		info, err := e.Info()
		if err != nil {
			t.Fatal(err)
		}
		mode := info.Mode()
		if runtime.GOOS == "windows" {
			mode &= fs.ModeType
		}
		fmt.Fprintf(&b, "%s %s", mode, e.Name())
		if data, err := os.ReadFile(filepath.Join(dir, e.Name())); err == nil && mode.Type() != fs.ModeDir {
			fmt.Fprintf(&b, " %q", data)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func put(t *testing.T, path, text string, perm fs.FileMode) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), perm); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, perm); err != nil { // the umask may have taken some of it
		t.Fatal(err)
	}
}

func TestWriteAtomic(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("permissions and links are another matter there")
	}
	tests := []struct {
		name    string
		prepare func(dir string)
		path    string
		perm    fs.FileMode
		want    string // the folder afterwards
		err     string // with the folder's name left out
	}{
		{"a new file", func(string) {}, "a", Private, `-rw------- a "new"` + "\n", ""},
		{"others may read it only if asked for", func(string) {}, "a", 0o644, usualMode(t) + ` a "new"` + "\n", ""},
		{"an old file, which others could read", func(dir string) { put(t, dir+"/a", "old and longer", 0o644) }, "a", Private, `-rw------- a "new"` + "\n", ""},
		{"the file behind a link", func(dir string) {
			put(t, dir+"/a", "old", 0o600)
			symlink(t, "a", dir+"/b")
			symlink(t, dir+"/b", dir+"/c")
		}, "c", Private, "-rw------- a \"new\"\nLrwxrwxrwx b \"new\"\nLrwxrwxrwx c \"new\"\n", ""},
		{"a link to nowhere", func(dir string) { symlink(t, "a", dir+"/b") }, "b", Private,
			"Lrwxrwxrwx b\n", "write b: the link leads nowhere: no such file or directory"},
		{"a folder", func(dir string) { mkdir(t, dir+"/a") }, "a", Private, "drwxr-xr-x a\n", "write a: is a folder"},
		{"a folder that is not there", func(string) {}, "no/a", Private, "", "write no/a: no such file or directory"},
		{"a file in place of a folder", func(dir string) { put(t, dir+"/a", "old", 0o600) }, "a/b", Private, `-rw------- a "old"` + "\n", "write a/b: not a directory"},
		{"a protected file", func(dir string) { put(t, dir+"/a", "old", 0o400) }, "a", Private, `-r-------- a "old"` + "\n", "write a: is read-only"},
		{"a name as long as can be", func(string) {}, strings.Repeat("n", 255), Private, "-rw------- " + strings.Repeat("n", 255) + ` "new"` + "\n", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			tt.prepare(dir)
			got := ""
			if err := WriteAtomic(filepath.Join(dir, tt.path), []byte("new"), tt.perm); err != nil {
				got = strings.ReplaceAll(err.Error(), dir+"/", "")
			}
			if got != tt.err {
				t.Errorf("the error is %q, want %q", got, tt.err)
			}
			if diff := cmp.Diff(tt.want, listing(t, dir)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func symlink(t *testing.T, to, at string) {
	t.Helper()
	if err := os.Symlink(to, at); err != nil {
		t.Fatal(err)
	}
}

func mkdir(t *testing.T, path string) {
	t.Helper()
	if err := os.Mkdir(path, 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(path, 0o755); err != nil {
		t.Fatal(err)
	}
}

// usualMode is what the umask leaves of 0644 here.
func usualMode(t *testing.T) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a")
	if err := os.WriteFile(path, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info.Mode().String()
}

// Devices are never replaced by a file, not even by somebody who could.
func TestWriteAtomicLeavesDevicesAlone(t *testing.T) {
	for _, device := range []string{"/dev/full", "/dev/null"} {
		before, err := os.Stat(device)
		if err != nil {
			continue // not on this system
		}
		err = WriteAtomic(device, []byte("x"), Private)
		if want := "write " + device + ": is not a regular file"; err == nil || err.Error() != want {
			t.Errorf("the error is %v, want %s", err, want)
		}
		if after, err := os.Stat(device); err != nil || after.Mode() != before.Mode() {
			t.Errorf("%s was %v and is %v, %v", device, before, after, err)
		}
	}
}

// A folder in which nothing can be made gives an error that names the file,
// and is one that callers can ask about.
func TestWriteAtomicWithoutPermission(t *testing.T) {
	dir := "/proc" // where not even root can
	if os.Geteuid() > 0 {
		dir = t.TempDir()
		put(t, filepath.Join(dir, "a"), "old", 0o600)
		if err := os.Chmod(dir, 0o500); err != nil {
			t.Fatal(err)
		}
	} else if _, err := os.Stat("/proc/self"); err != nil {
		t.Skip("this user may write everywhere on this system")
	}
	path := filepath.Join(dir, "a")
	err := WriteAtomic(path, []byte("new"), Private)
	var pathError *fs.PathError
	if !errors.As(err, &pathError) || pathError.Path != path || pathError.Op != "write" || strings.Contains(err.Error(), ".tmp") {
		t.Errorf("the error is %v", err)
	}
	if data, err := os.ReadFile(path); err == nil && string(data) != "old" {
		t.Errorf("the file holds %q", data)
	}
}

// The disk fills up in the middle: the old content stays, and nothing else.
func TestFailureInTheMiddle(t *testing.T) {
	dir := t.TempDir()
	put(t, filepath.Join(dir, "a"), "old", 0o600)
	before := listing(t, dir)
	full := errors.New("no space left on device")
	err := replace(filepath.Join(dir, "a"), Private, func(w io.Writer) error {
		if _, err := io.WriteString(w, "half of the n"); err != nil {
			return err
		}
		return &fs.PathError{Op: "write", Path: "temporary", Err: full}
	})
	if !errors.Is(err, full) || !strings.HasSuffix(err.Error(), "a: no space left on device") {
		t.Errorf("the error is %v", err)
	}
	if diff := cmp.Diff(before, listing(t, dir)); diff != "" {
		t.Error(diff)
	}
}

// The program is killed in the middle: the old content stays. This test runs
// itself as another process that dies while it writes.
func TestKilledInTheMiddle(t *testing.T) {
	const variable = "RECORD_TEST_DIE_WRITING"
	if path := os.Getenv(variable); path != "" {
		_ = replace(path, Private, func(w io.Writer) error {
			_, _ = io.WriteString(w, "half of the n")
			self, _ := os.FindProcess(os.Getpid())
			_ = self.Kill()
			select {}
		})
	}
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	put(t, path, "old", 0o600)
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(self, "-test.run=^TestKilledInTheMiddle$")
	c.Env = append(os.Environ(), variable+"="+path)
	if out, err := c.CombinedOutput(); err == nil || strings.Contains(string(out), "FAIL") {
		t.Fatalf("it was not killed: %v\n%s", err, out)
	}
	if data, err := os.ReadFile(path); err != nil || string(data) != "old" {
		t.Errorf("the file holds %q, %v", data, err)
	}
	left, err := filepath.Glob(filepath.Join(dir, ".carelevel-*.tmp"))
	if err != nil || len(left) != 1 {
		t.Errorf("left behind: %v, %v", left, err)
	}
	if err := WriteAtomic(path, []byte("new"), Private); err != nil {
		t.Errorf("it cannot be written afterwards: %v", err)
	}
}

// While it is written again and again, a reader always finds a whole text.
func TestReadersSeeWholeFiles(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file cannot be replaced there")
	}
	path := filepath.Join(t.TempDir(), "a")
	texts := []string{strings.Repeat("a", 100_000), strings.Repeat("b", 50_000)}
	put(t, path, texts[0], 0o600)
	done := make(chan error)
	go func() {
		var err error
		for i := 0; i < 50 && err == nil; i++ {
			err = WriteAtomic(path, []byte(texts[i%2]), Private)
		}
		done <- err
	}()
	for {
		select {
		case err := <-done:
			if err != nil {
				t.Error(err)
			}
			return
		default:
		}
		data, err := os.ReadFile(path)
		if err != nil || string(data) != texts[0] && string(data) != texts[1] {
			t.Fatalf("found %d bytes, %v", len(data), err)
		}
	}
}
