package verify

import (
	"bytes"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

var update = flag.Bool("update", false, "rewrite the expected output of broken packs")

// TestBrokenPacks breaks the default pack in one place or two, once for every
// kind of finding: a case holds what is replaced, "- FILE" by "+ FILE", and
// what is found then that is not found in the pack as it is.
func TestBrokenPacks(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "verify", "*.txtar"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	sound := findings(t, readFiles(t, mapFS(t)))
	codes := map[Code]bool{}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			c := readFiles(t, patched(t, a))
			got, found := "", findings(t, c)
			for _, id := range c.ids {
				if text := found[id]; text != sound[id] {
					got += text
					codes[c.proof(id).Code] = true
					c.replay(t, c.proof(id))
				}
			}
			want := &a.Files[len(a.Files)-1]
			if want.Name != "want" {
				t.Fatalf("the last part is %s", want.Name)
			}
			if got == string(want.Data) {
				return
			}
			if !*update {
				t.Fatalf("(-want +got)\n%s", cmp.Diff(string(want.Data), got))
			}
			want.Data = []byte(got)
			if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
				t.Fatal(err)
			}
		})
	}
	for code := range Codes() {
		if code != string(NotDecided) && !codes[Code(code)] && !t.Failed() {
			t.Errorf("no case finds %s", code)
		}
	}
}

// mapFS is a copy of the default pack, without its tests.
func mapFS(t *testing.T) fstest.MapFS {
	t.Helper()
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
		t.Fatal(err)
	}
	return out
}

// patched makes the replacements of a case, each of which must fit in one
// place.
func patched(t *testing.T, a *txtar.Archive) fstest.MapFS {
	t.Helper()
	files := mapFS(t)
	for i := 0; i+1 < len(a.Files); i += 2 {
		name, ok := strings.CutPrefix(a.Files[i].Name, "- ")
		if !ok || a.Files[i+1].Name != "+ "+name || files[name] == nil {
			t.Fatalf("parts %q and %q", a.Files[i].Name, a.Files[i+1].Name)
		}
		text, old := string(files[name].Data), string(a.Files[i].Data)
		if n := strings.Count(text, old); n != 1 {
			t.Fatalf("%s holds %d times\n%s", name, n, old)
		}
		files[name].Data = []byte(strings.Replace(text, old, string(a.Files[i+1].Data), 1))
	}
	return files
}

// broken is a pack and what was found in it.
type broken struct {
	e      *engine.Engine
	src    *diag.Sources
	report *Report
	ids    []string // of what is not proved, in the order of the report
}

func readFiles(t *testing.T, files fstest.MapFS) *broken {
	t.Helper()
	b := &broken{src: new(diag.Sources)}
	p, ds, err := pack.Load(files, ".", pack.LoadOptions{Name: "rules", Sources: b.src})
	if err != nil || diag.HasErrors(ds) {
		t.Fatal(err, ds)
	}
	if b.e, err = engine.Compile(p); err != nil {
		t.Fatal(err)
	}
	if b.report, err = Run(b.e, Options{}); err != nil {
		t.Fatal(err)
	}
	return b
}

// findings are the texts of what is not proved, by proof.
func findings(t *testing.T, b *broken) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, s := range []Status{Refuted, Undecided, Remark} {
		for i := range b.report.Proofs {
			p := &b.report.Proofs[i]
			if p.Status != s {
				continue
			}
			var w bytes.Buffer
			// Places are left out of what is compared, but for the line itself.
			x := newText(&w, b.report, TextOptions{Sources: b.src, Rules: "rules"})
			x.finding(p)
			x.w.Flush()
			out[p.ID] = withoutLines(w.String())
			b.ids = append(b.ids, p.ID)
		}
	}
	return out
}

// withoutLines takes the line numbers away, so that a pack can grow above a
// finding without another output.
func withoutLines(text string) string {
	var out []string
	for _, l := range strings.SplitAfter(text, "\n") {
		if file, rest, ok := strings.Cut(l, ".yaml:"); ok && strings.HasPrefix(file, "rules/") {
			_, rest, _ = strings.Cut(rest, ": ")
			l = file + ".yaml: " + rest
		}
		if len(l) > 5 && l[5] == '|' {
			l = "     " + l[5:]
		}
		out = append(out, l)
	}
	return strings.Join(out, "")
}

func (b *broken) proof(id string) *Proof {
	for i := range b.report.Proofs {
		if b.report.Proofs[i].ID == id {
			return &b.report.Proofs[i]
		}
	}
	return nil
}

// replay writes the witnesses as answers files, reads them back, and expects
// the recommendation that they are said to lead to.
func (b *broken) replay(t *testing.T, p *Proof) {
	t.Helper()
	for _, w := range p.Witness {
		text := b.report.Pack.EncodeSheet(pack.Sheet{Answers: w.Answers, ID: w.Name, Pack: b.report.Pack.Identity(), Notes: b.report.Message(p)})
		sheet, ds := b.report.Pack.ReadAnswers(w.Name, text, nil)
		if len(ds) > 0 {
			t.Errorf("%s: %v\n%s", w.Name, ds, text)
		}
		r := b.e.Recommend(sheet.Answers)
		if got, want := fmt.Sprint(levelWords(r.Possible)), levelWords(w.Levels); got != want {
			t.Errorf("%s leads to %s, not to %s\n%s", w.Name, got, want, text)
		}
	}
	if p.Code == NotMonotone || p.Code == MissingUnsafe {
		if len(p.Witness) != 2 || p.Witness[1].Levels[len(p.Witness[1].Levels)-1].Index >= p.Witness[0].Levels[0].Index {
			t.Errorf("%s: the pair does not fall", p.ID)
		}
	}
}
