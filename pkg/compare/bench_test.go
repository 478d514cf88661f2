package compare_test

import (
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/compare"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// defaultFiles are the rule files of the default pack, without its tests.
func defaultFiles(tb testing.TB) fstest.MapFS {
	tb.Helper()
	out := fstest.MapFS{}
	err := fs.WalkDir(rules.FS, rules.Default, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.yaml") {
			return err
		}
		data, err := fs.ReadFile(rules.FS, path)
		out[strings.TrimPrefix(path, rules.Default+"/")] = &fstest.MapFile{Data: data}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
	return out
}

// edit replaces a text that stands in a file exactly once.
func edit(tb testing.TB, files fstest.MapFS, name, from, to string) {
	tb.Helper()
	f := files[name]
	if f == nil {
		tb.Fatalf("no file %s", name)
	}
	if n := strings.Count(string(f.Data), from); n != 1 {
		tb.Fatalf("%s has this %d times:\n%s", name, n, from)
	}
	files[name] = &fstest.MapFile{Data: []byte(strings.Replace(string(f.Data), from, to, 1))}
}

func load(tb testing.TB, files fs.FS) *pack.Pack {
	tb.Helper()
	var src diag.Sources
	p, ds, err := pack.Load(files, ".", pack.LoadOptions{Sources: &src})
	if err != nil {
		tb.Fatal(err)
	}
	if diag.HasErrors(ds) {
		var b strings.Builder
		diag.WriteText(&b, ds, &src)
		tb.Fatal(b.String())
	}
	return p
}

// loosened is the default pack with one threshold moved.
func loosened(tb testing.TB) *pack.Pack {
	files := defaultFiles(tb)
	edit(tb, files, "levels/iop.yaml", "when: {monitoring: {at_least: several_a_week}}", "when: {monitoring: {at_least: daily}}")
	return load(tb, files)
}

func BenchmarkEditedDefaultPack(b *testing.B) {
	old, new := load(b, defaultFiles(b)), loosened(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := compare.Packs(old, new, compare.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkNothingInCommon compares the two packs that are built in.
func BenchmarkNothingInCommon(b *testing.B) {
	old := load(b, defaultFiles(b))
	sub, err := fs.Sub(rules.FS, "medicare-iop")
	if err != nil {
		b.Fatal(err)
	}
	new := load(b, sub)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := compare.Packs(old, new, compare.Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
