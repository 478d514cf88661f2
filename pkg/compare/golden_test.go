package compare_test

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/carelevel/carelevel/pkg/compare"
	"github.com/carelevel/carelevel/pkg/pack"
)

var update = flag.Bool("update", false, "write the expected texts of testdata/diff")

const goldenFolder = "../../testdata/diff"

// TestGolden compares the default pack with edited copies. A case is an
// archive: every file of it but "want" is an edit, the text that stands in the
// pack's file of that name once, a line of equals signs, and the new text.
func TestGolden(t *testing.T) {
	paths, err := filepath.Glob(filepath.Join(goldenFolder, "*.txtar"))
	if err != nil || len(paths) < 15 {
		t.Fatal(err, len(paths))
	}
	old := named(load(t, defaultFiles(t)), "0")
	for _, path := range paths {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(path)
			if err != nil {
				t.Fatal(err)
			}
			files := defaultFiles(t)
			edits, want := splitCase(archive)
			for _, e := range edits {
				applyEdit(t, files, e)
			}
			d, err := compare.Packs(old, named(load(t, files), "1"), compare.Options{})
			if err != nil {
				t.Fatal(err)
			}
			var b strings.Builder
			if err := compare.Text(&b, compare.Report{Difference: d}); err != nil {
				t.Fatal(err)
			}
			if *update {
				archive.Files = append(edits, txtar.File{Name: "want", Data: []byte(b.String())})
				if err := os.WriteFile(path, txtar.Format(archive), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			if diff := cmp.Diff(want, b.String()); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// named gives a pack a hash that does not change with every comment in it.
func named(p *pack.Pack, digit string) *pack.Pack {
	p.Hash = "sha256:" + strings.Repeat(digit, 64)
	return p
}

func splitCase(a *txtar.Archive) (edits []txtar.File, want string) {
	for _, f := range a.Files {
		if f.Name == "want" {
			want = string(f.Data)
		} else {
			edits = append(edits, f)
		}
	}
	return edits, want
}

func applyEdit(t *testing.T, files fstest.MapFS, e txtar.File) {
	t.Helper()
	from, to, ok := strings.Cut(string(e.Data), "=====\n")
	if !ok {
		t.Fatalf("the edit of %s has no line of equals signs", e.Name)
	}
	// Where only a part of a line is named, the line end is not of it.
	if !strings.Contains(string(files[e.Name].Data), from) {
		from, to = strings.TrimSuffix(from, "\n"), strings.TrimSuffix(to, "\n")
	}
	edit(t, files, e.Name, from, to)
}
