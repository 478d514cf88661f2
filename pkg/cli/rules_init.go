package cli

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/schema"
	"github.com/carelevel/carelevel/rules"
	"github.com/spf13/cobra"
)

// initial is one run of `carelevel rules init`.
type initial struct {
	*globals
	id, title string
}

func newRulesInit(g *globals) *cobra.Command {
	n := &initial{globals: g}
	c := &cobra.Command{
		Use:   "init DIR",
		Short: "Write a new pack to begin with",
		Long: `Write a new pack into the folder DIR: three levels, seven questions, criteria,
guarantees, sources, and cases, each with comments that say what it is for, and a
schema with which an editor completes and checks them. It is small and complete,
passes check, test, verify and mutate, and nothing in it is clinical advice: its
thresholds are made up and are there to be replaced.

The folder must not be there yet, or hold nothing but names that begin with a
dot, as a new repository does. Nothing is ever written over.`,
		Example: `  carelevel rules init my-rules/
  carelevel rules init my-rules/ --id north-clinic --title "Level of care at North Clinic"`,
		Args: func(_ *cobra.Command, dirs []string) error {
			if len(dirs) != 1 || dirs[0] == "" {
				return &usageError{fmt.Sprintf("rules init writes into one folder, and got %d", len(dirs)), "name one that is not there yet: carelevel rules init my-rules/"}
			}
			return nil
		},
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return nil, cobra.ShellCompDirectiveFilterDirs
		},
		RunE: func(_ *cobra.Command, dirs []string) error { return n.run(dirs[0]) },
	}
	c.Flags().StringVar(&n.id, "id", "", "the pack's `ID`, which every result names (default: made from the folder's name)")
	c.Flags().StringVar(&n.title, "title", "", "the pack's `TITLE` (default \""+templateTitle+"\")")
	return c
}

// The names of the pack to begin with, which a new pack replaces.
const (
	templateID    = "my-rules"
	templateTitle = "Level of care at our clinic"
)

func (n *initial) run(dir string) error {
	if n.id == "" {
		n.id = idFrom(dir)
	}
	if n.title == "" {
		n.title = templateTitle
	}
	if slices.Contains(builtinNames(), n.id) {
		return &usageError{fmt.Sprintf("%q is the id of a pack that the program carries", n.id), "give another one with --id, so that results can be told apart"}
	}
	if err := mustBeFree(dir); err != nil {
		return err
	}
	names, err := n.place(filepath.Clean(dir))
	if err != nil {
		return err
	}
	n.tell(dir, names)
	return nil
}

// idFrom makes an id from the name of a folder, where one can be made.
func idFrom(dir string) string {
	full, err := filepath.Abs(dir)
	if err != nil {
		return templateID
	}
	words := strings.FieldsFunc(strings.ToLower(filepath.Base(full)), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	id := strings.Join(words, "-")
	if id == "" || id[0] < 'a' || slices.Contains(builtinNames(), id) {
		return templateID
	}
	return id
}

// mustBeFree refuses what is no folder, and a folder with something in it. What
// begins with a dot is no part of a pack and in nobody's way.
func mustBeFree(dir string) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if info, problem := os.Stat(dir); problem == nil && !info.IsDir() {
		return &usageError{fmt.Sprintf("%s is a file", dir), "name a folder that is not there yet"}
	}
	if err != nil {
		return fmt.Errorf("reading the folder: %w", err)
	}
	var there []string
	for _, e := range entries {
		if !strings.HasPrefix(e.Name(), ".") {
			there = append(there, e.Name())
		}
	}
	const few = 5
	switch more := len(there) - few; {
	case len(there) == 0:
		return nil
	case more > 0:
		there = append(there[:few], fmt.Sprintf("%d more", more))
	}
	return &usageError{fmt.Sprintf("%s is not empty: there is %s", dir, joinWords(there)), "name a folder that is not there yet; nothing was written"}
}

// place writes the pack into a folder of a passing name first, and moves it from
// there: what was begun and not finished is never found in its place.
func (n *initial) place(dir string) (names []string, err error) {
	_, missing := os.Stat(dir)
	beside := dir
	if missing != nil {
		beside = filepath.Dir(dir)
		if err := os.MkdirAll(beside, 0o755); err != nil {
			return nil, fmt.Errorf("writing the pack: %w", err)
		}
	}
	temp, err := os.MkdirTemp(beside, ".carelevel-")
	if err != nil {
		return nil, fmt.Errorf("writing the pack: %w", err)
	}
	defer os.RemoveAll(temp)
	if names, err = n.write(temp); err != nil {
		return nil, err
	}
	if missing != nil {
		err = errors.Join(os.Chmod(temp, 0o755), os.Rename(temp, dir))
	} else {
		err = moveAll(temp, dir, names)
	}
	if err != nil {
		return nil, fmt.Errorf("writing the pack: %w", err)
	}
	return names, nil
}

// moveAll moves files into a folder, all of them or none, and none over another
// one.
func moveAll(from, to string, names []string) error {
	for i, name := range names {
		path := filepath.Join(to, name)
		_, err := os.Lstat(path)
		if err == nil {
			err = &fs.PathError{Op: "write", Path: path, Err: fs.ErrExist}
		} else if errors.Is(err, fs.ErrNotExist) {
			err = os.Rename(filepath.Join(from, name), path)
		}
		if err != nil {
			for _, done := range names[:i] {
				err = errors.Join(err, os.Remove(filepath.Join(to, done)))
			}
			return err
		}
	}
	return nil
}

// write writes the files of the pack and insists that it is sound: with another
// id and title it may not be.
func (n *initial) write(dir string) ([]string, error) {
	names, err := fs.Glob(rules.Template(), "*")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		text, err := fs.ReadFile(rules.Template(), name)
		if err != nil {
			return nil, err
		}
		if name == "pack.yaml" {
			text = n.named(text)
		}
		if err := os.WriteFile(filepath.Join(dir, name), text, 0o644); err != nil {
			return nil, fmt.Errorf("writing the pack: %w", err)
		}
	}
	p, ds, err := pack.Load(os.DirFS(dir), ".", pack.LoadOptions{Tests: true})
	if err != nil {
		return nil, err
	}
	if diag.HasErrors(ds) {
		return nil, &usageError{fmt.Sprintf("this id or title does not do: %s", ds[0].Message), ds[0].Hint}
	}
	return append(names, schemaName), writeSchema(filepath.Join(dir, schemaName), p)
}

// schemaName is the file that the comments at the head of the others name, for
// editors.
const schemaName = "schema.json"

func writeSchema(path string, p *pack.Pack) error {
	var text bytes.Buffer
	if err := schema.Write(&text, schema.Options{Pack: p}); err != nil {
		return err
	}
	if err := os.WriteFile(path, text.Bytes(), 0o644); err != nil {
		return fmt.Errorf("writing the pack: %w", err)
	}
	return nil
}

// named is the text of the pack's header with its own id and title, quoted if
// they need it.
func (n *initial) named(text []byte) []byte {
	s := strings.Replace(string(text), "  id: "+templateID+"\n", "  id: "+inQuotes(n.id)+"\n", 1)
	s = strings.Replace(s, "  title: "+templateTitle+"\n", "  title: "+inQuotes(n.title)+"\n", 1)
	if laid, ds := pack.Layout("pack.yaml", []byte(s), pack.LayoutOptions{Indent: true}); len(ds) == 0 {
		return laid
	}
	return []byte(s)
}

// inQuotes writes a text as JSON does, which YAML reads as the same text.
func inQuotes(s string) string {
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if e.Encode(s) != nil {
		return `""`
	}
	return strings.TrimSpace(b.String())
}

// tell says what is there and what to do next. The folder is named so that it
// cannot be taken for a pack that the program carries.
func (n *initial) tell(dir string, names []string) {
	folder := strings.TrimSuffix(filepath.ToSlash(dir), "/") + "/"
	word := diag.Clean(diag.ShellWord(folder))
	fmt.Fprintf(n.io.out, "%s has a new pack, %s, in %s.\n", diag.Clean(folder), diag.Clean(n.id), joinWords(names))
	fmt.Fprintf(n.io.out, `It works, and nothing in it is clinical advice: begin with pack.yaml, put your own
rules in place of its own, and after every change run

  carelevel rules check %[1]s
  carelevel rules test %[1]s
  carelevel rules verify %[1]s

To try it: carelevel assess --rules %[1]s
`, word)
}
