package pack

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/diag"
)

// FuzzLoad reads packs of one file. Whatever is in it: no panic, an end, the
// same result twice, diagnostics whose places are in the file and whose text
// is fit for a terminal; and a pack without errors is sound.
func FuzzLoad(f *testing.F) {
	for _, folder := range []string{"ok", "err"} {
		for _, name := range cases(f, folder) {
			if !isYAML(name) {
				continue
			}
			data, err := os.ReadFile(filepath.Join(checkData, folder, name))
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		fsys := fstest.MapFS{"a.yaml": {Data: data}}
		p, text := check(t, fsys, "a.yaml")
		if _, again := check(t, fsys, "a.yaml"); again != text {
			t.Errorf("two readings differ:\n%s\n%s", text, again)
		}
		for _, line := range bytes.Split([]byte(text), []byte("\n")) {
			if r, found := diag.Control(string(line)); found {
				t.Errorf("U+%04X reaches the terminal: %q", r, line)
			}
		}
		_, ds, _ := Load(fsys, "a.yaml", LoadOptions{Tests: true})
		lines := diag.NewText(data).Lines()
		for _, d := range ds {
			if d.Code == "" || d.Message == "" || d.At.Line < 0 || d.At.Line > lines || d.At.Line > 0 && (d.At.Col < 1 || d.At.EndCol <= d.At.Col) {
				t.Errorf("%+v in a file of %d lines", d, lines)
			}
		}
		if !diag.HasErrors(ds) {
			checkSound(t, p)
		}
	})
}

// BenchmarkYAML is the measure for BenchmarkLoad: the same files, read by the
// YAML library alone.
func BenchmarkYAML(b *testing.B) {
	files, _, err := readFiles(os.DirFS("../../rules"), "mental-health", LoadOptions{})
	if err != nil {
		b.Fatal(err)
	}
	b.Run("library", func(b *testing.B) {
		for b.Loop() {
			for _, f := range files {
				if _, err := decodeYAML(f.data, &guard{}); err != nil {
					b.Fatal(err)
				}
			}
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	for _, name := range []string{"mental-health", "medicare-iop"} {
		b.Run(name, func(b *testing.B) {
			fsys := os.DirFS("../../rules")
			size := 0
			files, _, err := readFiles(fsys, name, LoadOptions{})
			if err != nil {
				b.Fatal(err)
			}
			for _, f := range files {
				size += len(f.data)
			}
			b.SetBytes(int64(size))
			b.ReportAllocs()
			for b.Loop() {
				if _, ds, err := Load(fsys, name, LoadOptions{}); err != nil || len(ds) > 0 {
					b.Fatal(ds, err)
				}
			}
		})
	}
}
