package record

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// MaxCourse bounds how many assessments are read of one person, and
// maxEntries how much may lie in a folder of them. maxCourseSize bounds their
// text together, in bytes.
const (
	MaxCourse     = 1000
	maxEntries    = 10_000
	maxCourseSize = 64 << 20
)

// Course is the assessments of one person as they were read. That they are of
// one person, and follow each other, is for package review to say.
type Course struct {
	// Files are in the order in which they were named; those of a folder stand
	// in its place, by their dates. Their problems are to be looked at.
	Files  []*File
	Passed []Passed // what lies in a folder and is no record, by name
}

// Passed is a file or folder within a folder of records that was passed over.
type Passed struct {
	Name string // its path
	Why  string // in words that go on from "passed over:"
}

// ReadCourse reads answers files: those named, - for stdin, and of each folder
// that is named the records in it, but not in folders below it. src, if not
// nil, receives their texts.
//
// A file that is named has to be an answers file. Of those in a folder, a
// record is what is named .yaml, .yml or .json and says that it is one (its
// schema), or can be read as answers; whatever else lies there is in Passed.
// A record with mistakes in it is in Files, with its problems: it is never
// passed over.
//
// The error is inability to read, more than MaxCourse assessments included.
func ReadCourse(paths []string, stdin io.Reader, p *pack.Pack, src *diag.Sources) (*Course, error) {
	r := &courseReader{course: &Course{}, stdin: stdin, pack: p, src: src}
	for _, path := range paths {
		if err := r.path(path); err != nil {
			return nil, err
		}
	}
	return r.course, nil
}

type courseReader struct {
	course *Course
	stdin  io.Reader
	pack   *pack.Pack
	src    *diag.Sources
	size   int
}

func (r *courseReader) path(path string) error {
	if path != "-" {
		if info, err := os.Stat(path); err == nil && info.IsDir() {
			return r.folder(path)
		}
	}
	f, err := Read(path, r.stdin, r.pack, r.src)
	if err != nil {
		return naming(path, err)
	}
	return r.take(f)
}

// naming says in an error which file it is about, if it does not say so.
func naming(path string, err error) error {
	var at *fs.PathError
	switch {
	case errors.As(err, &at):
		return err
	case path == "-":
		path = "standard input"
	}
	return fmt.Errorf("%s: %w", path, err)
}

func (r *courseReader) take(f *File) error {
	r.size += len(f.Data)
	switch {
	case len(r.course.Files) == MaxCourse:
		return fmt.Errorf("%s: more than %d assessments, which is no course of one person", f.Name, MaxCourse)
	case r.size > maxCourseSize:
		return fmt.Errorf("%s: more than %d MiB of assessments, which is no course of one person", f.Name, maxCourseSize>>20)
	}
	r.course.Files = append(r.course.Files, f)
	return nil
}

// folder takes the records of a folder, by their dates.
func (r *courseReader) folder(path string) error {
	names, err := namesIn(path)
	if err != nil {
		return err
	}
	first := len(r.course.Files)
	for _, name := range names {
		if err := r.within(filepath.Join(path, name)); err != nil {
			return err
		}
	}
	slices.SortStableFunc(r.course.Files[first:], byDate)
	return nil
}

// namesIn returns what lies in a folder, sorted, and gives up on what is too
// much to be one of records.
func namesIn(path string) ([]string, error) {
	dir, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer dir.Close()
	names, err := dir.Readdirnames(maxEntries + 1)
	switch {
	case err != nil && !errors.Is(err, io.EOF):
		return nil, err
	case len(names) > maxEntries:
		return nil, fmt.Errorf("%s: more than %d files, which is no folder of one person's records", path, maxEntries)
	}
	slices.Sort(names)
	return names, nil
}

// byDate puts what has no date that can be reckoned with last.
func byDate(a, b *File) int {
	day := func(f *File) string {
		if _, err := time.Parse(time.DateOnly, f.Sheet.Date); err != nil {
			return "~"
		}
		return f.Sheet.Date
	}
	return cmp.Or(cmp.Compare(day(a), day(b)), cmp.Compare(a.Name, b.Name))
}

// within looks at what lies in a folder.
func (r *courseReader) within(path string) error {
	if strings.HasPrefix(filepath.Base(path), ".") {
		r.pass(path, "hidden") // an editor's lock is a link that leads to nothing
		return nil
	}
	info, err := os.Stat(path)
	if err != nil {
		return err // also where a link leads to nothing: a record may be missing
	}
	if why := noRecordByName(path, info); why != "" {
		r.pass(path, why)
		return nil
	}
	f, err := Read(path, nil, r.pack, r.src)
	switch {
	case err != nil && info.Size() > MaxSize:
		r.pass(path, fmt.Sprintf("larger than %d MiB", MaxSize>>20))
		return nil
	case err != nil:
		return naming(path, err)
	case !r.isRecord(f):
		r.pass(path, "does not call itself an assessment, and cannot be read as answers")
		return nil
	}
	return r.take(f)
}

func (r *courseReader) pass(path, why string) {
	r.course.Passed = append(r.course.Passed, Passed{path, why})
}

// noRecordByName says why something in a folder is not even looked into; ""
// if it has to be.
func noRecordByName(path string, info fs.FileInfo) string {
	switch ext := strings.ToLower(filepath.Ext(path)); {
	case info.IsDir():
		return "a folder in the folder"
	case !info.Mode().IsRegular():
		return "not a regular file"
	case ext != ".yaml" && ext != ".yml" && ext != ".json":
		return "not named .yaml, .yml or .json"
	}
	return ""
}

// isRecord reports whether a file in a folder is an assessment, be it one with
// mistakes. A text that is broken in the middle still says what it is.
func (r *courseReader) isRecord(f *File) bool {
	if name, _, _ := strings.Cut(pack.SheetSchema, "/"); bytes.Contains(f.Data, []byte(name+"/")) {
		return true
	}
	answered := slices.ContainsFunc(f.Sheet.Answers, func(v pack.Value) bool { return v != pack.Missing })
	return !diag.HasErrors(f.Problems) && (answered || f.Sheet.Date != "")
}
