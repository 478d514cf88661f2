package pack

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io"
	"io/fs"
	"path"
	"runtime"
	"strings"
	"sync"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// maxEntries ends the walk through a folder that is no pack, such as a home
// directory.
const maxEntries = 20_000

// file is one YAML file of a pack.
type file struct {
	name  string // in diagnostics
	path  string // relative to the pack, for the hash
	tests bool   // ends in _test.yaml
	data  []byte
	root  *yaml.Node        // nil if it could not be parsed
	r     *reader           // of what it means
	ds    []diag.Diagnostic // below the level of meaning
}

// readFiles finds and reads the files of a pack, sorted by path. Files that are
// too large, links that are not followed and a folder without rules are
// diagnostics.
func readFiles(fsys fs.FS, root string, opts LoadOptions) ([]*file, []diag.Diagnostic, error) {
	info, err := fs.Stat(fsys, root)
	if err != nil {
		return nil, nil, err
	}
	w := &walker{fsys: fsys, root: root, opts: opts}
	if info.IsDir() {
		err = fs.WalkDir(fsys, root, w.visit)
	} else {
		err = w.add(root, info)
	}
	if err != nil {
		return nil, nil, err
	}
	if len(w.files) == 0 && len(w.ds) == 0 {
		w.report("pack-empty", opts.Name, "no file that ends in .yaml or .yml; expected the files of a pack", "")
	}
	return w.files, w.ds, nil
}

// walker gathers the files of a folder.
type walker struct {
	fsys    fs.FS
	root    string
	opts    LoadOptions
	files   []*file
	ds      []diag.Diagnostic
	entries int
	bytes   int64
}

func (w *walker) report(code, name, message, hint string) {
	w.ds = append(w.ds, diag.Diagnostic{Code: code, At: diag.Span{File: name}, Message: message, Hint: hint})
}

func (w *walker) visit(p string, d fs.DirEntry, err error) error {
	if err != nil {
		return err
	}
	if w.entries++; w.entries > maxEntries {
		return w.large()
	}
	hidden := strings.HasPrefix(d.Name(), ".") && p != w.root
	switch {
	case hidden && d.IsDir():
		return fs.SkipDir
	case hidden || d.IsDir() || !isYAML(p) && d.Type()&fs.ModeSymlink == 0 || isTests(p) && !w.opts.Tests:
		return nil
	}
	info, err := fs.Stat(w.fsys, p)
	switch {
	case err != nil && d.Type()&fs.ModeSymlink != 0:
		if isYAML(p) {
			w.report("file-link", nameIn(w.opts, w.root, p), "the symbolic link leads nowhere", "")
		}
		return nil
	case err != nil:
		return err
	case info.IsDir():
		w.report("file-link", nameIn(w.opts, w.root, p), "a symbolic link to a folder is not followed", "copy the folder, or link its files")
		return nil
	case !isYAML(p):
		return nil
	}
	return w.add(p, info)
}

// large ends the walk.
func (w *walker) large() error {
	w.report("pack-large", w.opts.Name, fmt.Sprintf("more than %d files of rules, %d files in all, or %d MiB; expected the folder of one pack", maxPackFiles, maxEntries, maxPackBytes>>20), "is it the right folder?")
	return fs.SkipAll
}

func isYAML(p string) bool {
	ext := path.Ext(p)
	return ext == ".yaml" || ext == ".yml"
}

func isTests(p string) bool {
	return isYAML(p) && strings.HasSuffix(strings.TrimSuffix(p, path.Ext(p)), "_test")
}

// add reads one file unless it is too large to be one of a pack.
func (w *walker) add(p string, info fs.FileInfo) error {
	name := nameIn(w.opts, w.root, p)
	if !info.Mode().IsRegular() {
		w.report("file-kind", name, "not a regular file", "")
		return nil
	}
	if info.Size() > maxFileBytes {
		w.tooLarge(name)
		return nil
	}
	if len(w.files) >= maxPackFiles || w.bytes+info.Size() > maxPackBytes {
		return w.large()
	}
	data, err := w.slurp(p, int(info.Size()))
	if err != nil {
		return err
	}
	if len(data) > maxFileBytes {
		w.tooLarge(name)
		return nil
	}
	w.bytes += int64(len(data))
	f := &file{name: name, path: "pack.yaml", data: data}
	if p != w.root {
		f.path, f.tests = strings.TrimPrefix(p, w.root+"/"), isTests(p)
	}
	w.files = append(w.files, f)
	return nil
}

func (w *walker) tooLarge(name string) { w.ds = append(w.ds, tooLarge(name)) }

func tooLarge(name string) diag.Diagnostic {
	return diag.Diagnostic{Code: "file-large", At: diag.Span{File: name}, Message: fmt.Sprintf("the file has more than %d MiB", maxFileBytes>>20), Hint: "a file of rules has a few hundred kilobytes at most; is it the right one?"}
}

// slurp reads a file, and of one that is larger than it said, or grows, only
// the part that shows it.
func (w *walker) slurp(p string, size int) ([]byte, error) {
	f, err := w.fsys.Open(p)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b := bytes.NewBuffer(make([]byte, 0, size+bytes.MinRead))
	_, err = b.ReadFrom(io.LimitReader(f, maxFileBytes+1))
	return b.Bytes(), err
}

// parseFiles parses all files, on as many cores as there are: YAML takes far
// longer than anything that is done with it. Each goroutine touches its own
// files alone, so the result does not depend on their number.
func parseFiles(files []*file, sources *diag.Sources) {
	var group sync.WaitGroup
	next := make(chan *file, len(files))
	for _, f := range files {
		sources.Add(f.name, f.data)
		next <- f
	}
	close(next)
	for range min(runtime.GOMAXPROCS(0), len(files)) {
		group.Go(func() {
			for f := range next {
				f.root, f.ds = parseYAML(f.name, f.data)
				f.r = newReader(nil, f.name, f.data)
			}
		})
	}
	group.Wait()
}

// hashFiles is the fingerprint of the rules: over each file but tests, by path,
// its path, a NUL, its length in eight bytes, a NUL and its content. Line ends
// count as LF, so that a checkout on Windows has the same hash.
func hashFiles(files []*file) string {
	h := sha256.New()
	for _, f := range files {
		if f.tests {
			continue
		}
		content := f.data
		if bytes.IndexByte(content, '\r') >= 0 {
			content = bytes.ReplaceAll(content, []byte("\r\n"), []byte("\n"))
		}
		io.WriteString(h, f.path+"\x00")
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(len(content))))
		h.Write([]byte{0})
		h.Write(content)
	}
	return "sha256:" + hex.EncodeToString(h.Sum(nil))
}
