package pack

import (
	"fmt"
	"io/fs"
	"path"
	"slices"

	"gopkg.in/yaml.v3"

	"github.com/carelevel/carelevel/pkg/diag"
)

// LoadOptions say what to read and how it is called.
type LoadOptions struct {
	Tests   bool          // read the files that end in _test.yaml, too
	Name    string        // of the file or folder in diagnostics; root where it is empty
	Sources *diag.Sources // receives the texts that were read; may be nil
	Cases   []CaseFile    // more files of tests, which lie elsewhere; read whatever Tests says
}

// CaseFile is a file of profiles, tests and courses that is not one of the
// pack's own.
type CaseFile struct {
	Name string // in diagnostics
	Data []byte
}

// Load reads a pack from fsys: root is a YAML file, or a folder of them, with
// "." for all of fsys. It returns what could be read, nil only if nothing
// could, together with every problem found in one go, sorted. A pack with a
// problem of severity Error is for looking at, not for deciding. The error is
// for what cannot be worked on at all: root is not there, or reading failed.
func Load(fsys fs.FS, root string, opts LoadOptions) (*Pack, []diag.Diagnostic, error) {
	if opts.Name == "" {
		opts.Name = root
	}
	files, ds, err := readFiles(fsys, root, opts)
	if err != nil {
		return nil, nil, err
	}
	for _, c := range opts.Cases {
		if len(c.Data) > maxFileBytes {
			ds = append(ds, tooLarge(c.Name))
			continue
		}
		files = append(files, &file{name: c.Name, tests: true, data: c.Data})
	}
	parseFiles(files, opts.Sources)
	l := newLoader(files)
	l.pack.Hash = hashFiles(files)
	found := l.read()
	for _, f := range files {
		ds = append(append(ds, f.ds...), f.r.ds...)
	}
	ds = append(ds, l.ds...)
	if len(files) > 0 && l.header.key == nil && !l.partial {
		ds = append(ds, diag.Diagnostic{Code: "pack-missing", At: diag.Span{File: opts.Name}, Message: `missing key "pack" with the id, the version and the title of the rules`})
	}
	diag.Sort(ds)
	if len(ds) > maxProblems {
		ds = append(ds[:maxProblems:maxProblems], diag.Diagnostic{Code: "too-many", Message: fmt.Sprintf("more than %d problems; the others are not shown", maxProblems)})
	}
	if !found {
		return nil, ds, nil
	}
	return l.pack, ds, nil
}

// loader lays the files of a pack together. Reading goes from what is referred
// to, to what refers to it: each stage finds everything that it may name.
type loader struct {
	pack    *Pack
	ds      []diag.Diagnostic // of no file in particular
	partial bool              // a file could not be parsed: what is unknown may stand there
	top     map[string][]cursor
	header  cursor // the key "pack"

	levels     names[*Level]
	sections   names[*Section]
	questions  names[subject] // questions, items and scores share their names
	conditions names[*NamedCondition]
	services   names[*Service]
	sources    names[*Source]
	criteria   names[*Criterion]
	signs      names[*Sign]
	notes      names[*Note]
	guarantees names[*Guarantee]
	profiles   names[*Profile]
	tests      names[*Test]
	courses    names[*CourseTest]

	cells  int                  // room for answers that the tests have taken
	broken map[any]bool         // definitions with a mistake: what is said about them is not judged
	at     map[Condition]cursor // where references and tests of answered stand
}

func newLoader(files []*file) *loader {
	l := &loader{pack: &Pack{}, top: make(map[string][]cursor), broken: make(map[any]bool), at: make(map[Condition]cursor)}
	l.levels.noun, l.sections.noun, l.questions.noun = "level", "section", "question"
	l.conditions.noun, l.services.noun, l.sources.noun = "condition", "service", "source"
	l.criteria.noun, l.notes.noun, l.guarantees.noun = "criterion", "note", "guarantee"
	l.profiles.noun, l.tests.noun, l.courses.noun, l.signs.noun = "profile", "test", "course", "sign"
	l.criteria.apart = []place{l.signs.place}
	l.signs.apart = []place{l.criteria.place, l.notes.place}
	l.notes.apart = []place{l.signs.place}
	left := maxProblems + 1
	for _, f := range files {
		f.r.pack, f.r.left = l.pack, &left
		// What is unknown may stand where reading did not get to.
		if f.root == nil || f.root.Kind != yaml.MappingNode || slices.ContainsFunc(f.ds, func(d diag.Diagnostic) bool { return d.Code == "yaml-documents" }) {
			l.partial = true
		}
		if f.root == nil {
			continue
		}
		l.collect(f)
	}
	return l
}

// topKeys are the keys of a file, in the order in which they are explained.
var topKeys = []string{
	"pack", "sections", "scores", "conditions", "services", "sources", "levels",
	"warnings", "contradictions", "barriers", "guarantees", "allow", "profiles", "tests", "courses",
}

// testKeys are those of them that may stand in a file of tests.
var testKeys = []string{"profiles", "tests", "courses"}

// collect sorts the top keys of a file to those of the others.
func (l *loader) collect(f *file) {
	top := cursor{r: f.r, node: f.root}
	if f.tests && f.root.Kind == yaml.MappingNode {
		l.onlyTests(top)
	}
	fields, ok := top.fields(topKeys...)
	if !ok {
		return
	}
	for _, key := range topKeys {
		at := fields.get(key)
		if !at.present() || at.isNull() {
			if at.present() {
				at.wants(wantedAt(key))
			}
			continue
		}
		if key == "pack" && l.header.key != nil {
			at.reportKey(problem{code: "pack-duplicate", message: `the key "pack" stands in two files`, related: firstAt(l.header.keySpan())})
			continue
		}
		if key == "pack" {
			l.header = at
		}
		l.top[key] = append(l.top[key], at)
	}
}

// onlyTests refuses rules in a file of tests: the program starts without
// reading those.
func (l *loader) onlyTests(top cursor) {
	kept := top.node.Content[:0:0]
	for i := 0; i+1 < len(top.node.Content); i += 2 {
		key := top.node.Content[i]
		if k := key.Value; !isOneOf(k, testKeys) && isOneOf(k, topKeys) {
			top.child(key, nil).reportKey(problem{code: "test-file", message: fmt.Sprintf("key %q in a file of tests; expected profiles, tests and courses alone", k), hint: "move it to a file whose name does not end in _test.yaml"})
			continue
		}
		kept = append(kept, key, top.node.Content[i+1])
	}
	top.node.Content = kept
}

func wantedAt(topKey string) string {
	switch topKey {
	case "warnings", "contradictions", "barriers", "guarantees", "allow", "tests", "courses":
		return "a list"
	}
	return "a mapping"
}

// read reads everything and reports whether there was anything.
func (l *loader) read() bool {
	l.readSources()
	l.readHeader()
	l.readSections()
	l.readScores()
	l.readConditions()
	l.readServices()
	l.readLevels()
	l.readNotes()
	l.readGuarantees()
	l.readAllows()
	l.checkConditions()
	l.readProfiles()
	l.readTests()
	l.readCourses()
	return len(l.top) > 0
}

// each calls read for every entry of a top key that maps ids to definitions.
func (l *loader) each(key string, read func(c cursor)) {
	for _, c := range l.top[key] {
		c.entries("a mapping of ids to definitions", read)
	}
}

// eachOf calls read for every element of a top key that holds a list.
func (l *loader) eachOf(key string, read func(c cursor)) {
	for _, c := range l.top[key] {
		c.elements(read)
	}
}

// nameIn is how a file of the pack is called in diagnostics.
func nameIn(opts LoadOptions, root, file string) string {
	switch {
	case file == root:
		return opts.Name
	case opts.Name == ".":
		return file
	case root == ".":
		return path.Join(opts.Name, file)
	}
	return path.Join(opts.Name, file[len(root)+1:])
}
