package report

import (
	"io"
	"os"
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
)

// TestOverTimeViews writes the pack of testdata that says everything over
// time.
func TestOverTimeViews(t *testing.T) {
	p, ds, err := pack.Load(os.DirFS("../../testdata/check/ok"), "over_time.yaml", pack.LoadOptions{})
	if err != nil || len(ds) > 0 {
		t.Fatal(err, ds)
	}
	p.Hash = "sha256:00"
	golden(t, "pack-over-time.txt", rendered(t, func(w io.Writer) error { return PackText(w, PackInput{Pack: p}, TextOptions{}) }))
	golden(t, "levels-over-time.txt", rendered(t, func(w io.Writer) error { return LevelsText(w, p, p.Levels, TextOptions{}) }))
	golden(t, "levels-over-time.md", rendered(t, func(w io.Writer) error { return LevelsMarkdown(w, p, p.Levels) }))
	golden(t, "levels-over-time.json", rendered(t, func(w io.Writer) error { return LevelsJSON(w, p, p.Levels) }))
}
