package mutate

import (
	"bytes"
	"io"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// reload reads the pack anew from the edited text: what a score sums reaches
// into its bounds, its bands and every test of it.
func (w *worker) reload(t *trial) {
	p, ds, err := w.report.load(t.m.edits, true)
	if err != nil || diag.HasErrors(ds) || p == nil {
		t.status = Stillborn
		return
	}
	other := &worker{report: w.report, nodes: w.nodes, pack: p, byID: map[string]*rule{}}
	if other.engine, err = engine.Compile(p); err != nil {
		t.status = Stillborn
		return
	}
	other.findRules()
	for _, test := range p.Tests {
		if test.Skip == "" {
			other.tests = append(other.tests, test)
		}
	}
	for _, course := range p.Courses {
		if course.Skip == "" {
			other.over.courses = append(other.over.courses, course)
		}
	}
	t.other = other
	score := w.pack.Score(t.m.site.id)
	for i, r := range w.rules {
		if tests(*r.when, score) {
			t.changes = append(t.changes, change{r, *other.rules[i].when})
		}
	}
}

// tests reports whether a condition tests a score.
func tests(c pack.Condition, s *pack.Score) (found bool) {
	pack.Walk(c, func(c pack.Condition) bool {
		in, ok := c.(*pack.In)
		found = found || ok && in.Score == s
		return !found
	})
	return found
}

// load reads the pack with some edits made in its text.
func (r *Report) load(edits []edit, withTests bool) (*pack.Pack, []diag.Diagnostic, error) {
	o := overlay{r.fsys, map[string][]byte{}}
	for _, e := range edits {
		o.files[r.path(e.file.name)] = e.file.apply(edits)
	}
	return pack.Load(o, r.root, pack.LoadOptions{Tests: withTests, Name: r.name})
}

// path is where a file that is called by name in diagnostics lies.
func (r *Report) path(name string) string {
	switch {
	case name == r.name:
		return r.root
	case r.name == ".":
		return name
	}
	return path.Join(r.root, strings.TrimPrefix(name, r.name+"/"))
}

// overlay is a file system in which some files have another text.
type overlay struct {
	fs.FS
	files map[string][]byte
}

func (o overlay) Open(name string) (fs.File, error) {
	f, err := o.FS.Open(name)
	data, ok := o.files[name]
	if err != nil || !ok {
		return f, err
	}
	defer f.Close()
	info, err := f.Stat()
	return &text{bytes.NewReader(data), edited{info.Name(), int64(len(data))}}, err
}

// ReadDir keeps the folders as they are.
func (o overlay) ReadDir(name string) ([]fs.DirEntry, error) { return fs.ReadDir(o.FS, name) }

// Stat tells how long an edited file is.
func (o overlay) Stat(name string) (fs.FileInfo, error) {
	info, err := fs.Stat(o.FS, name)
	if data, ok := o.files[name]; err == nil && ok {
		return edited{info.Name(), int64(len(data))}, nil
	}
	return info, err
}

// text is an open file that lies in memory.
type text struct {
	io.Reader
	info edited
}

func (t *text) Stat() (fs.FileInfo, error) { return t.info, nil }
func (t *text) Close() error               { return nil }

type edited struct {
	name string
	size int64
}

func (e edited) Name() string       { return e.name }
func (e edited) Size() int64        { return e.size }
func (e edited) Mode() fs.FileMode  { return 0o444 }
func (e edited) ModTime() time.Time { return time.Time{} }
func (e edited) IsDir() bool        { return false }
func (e edited) Sys() any           { return nil }
