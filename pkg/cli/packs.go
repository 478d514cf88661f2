package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// builtinNames are the packs that the program carries, the default first.
func builtinNames() []string { return rules.Names() }

// packName is the pack that a command uses: --rules, else CARELEVEL_RULES,
// else the default.
func (g *globals) packName() string {
	if g.rules != "" {
		return g.rules
	}
	if name := os.Getenv("CARELEVEL_RULES"); name != "" {
		return name
	}
	return rules.Default
}

// readPack reads a built-in pack by its name, or a folder or a file by its
// path. Problems in the pack come back as diagnostics; src receives its text.
func readPack(name string, tests bool, src *diag.Sources) (*pack.Pack, []diag.Diagnostic, error) {
	return readPackWith(name, pack.LoadOptions{Tests: tests, Sources: src})
}

func isBuiltin(name string) bool { return slices.Contains(builtinNames(), name) }

// readPackWith is readPack with all that there is to choose.
func readPackWith(name string, opts pack.LoadOptions) (*pack.Pack, []diag.Diagnostic, error) {
	if _, err := os.Stat(name); !isBuiltin(name) && errors.Is(err, fs.ErrNotExist) {
		hint := "built in are " + strings.Join(builtinNames(), ", ") + "; else give a folder or a file"
		if near := diag.Near(name, builtinNames()); near != "" {
			hint = fmt.Sprintf("did you mean %q? Else give a folder or a file", near)
		}
		return nil, nil, &usageError{fmt.Sprintf("no rules named %q, and no such file or folder", name), hint}
	}
	fsys, root, called := packFiles(name)
	opts.Name = called
	return pack.Load(fsys, root, opts)
}

// packFiles is where a pack lies, and what it is called in diagnostics.
func packFiles(name string) (fsys fs.FS, root, called string) {
	called = filepath.ToSlash(name)
	if isBuiltin(name) {
		return rules.FS, name, "rules/" + name
	}
	if info, err := os.Stat(name); err == nil && info.IsDir() {
		return os.DirFS(name), ".", called
	}
	return os.DirFS(filepath.Dir(name)), filepath.Base(name), called
}

// usePack reads the pack that the flags name and insists that it is sound: a
// decision is not made with rules that have a mistake in them.
func (g *globals) usePack() (*pack.Pack, error) {
	name, src := g.packName(), new(diag.Sources)
	p, ds, err := readPack(name, false, src)
	if err != nil {
		return nil, err
	}
	if !diag.HasErrors(ds) {
		return p, nil
	}
	printDiagnostics(g.io.err, ds, src)
	return nil, &usageError{fmt.Sprintf("the rules in %s have mistakes and are not used", name), "run 'carelevel rules check' on them until it is silent"}
}

// useEngine compiles the pack that the flags name.
func (g *globals) useEngine() (*engine.Engine, *pack.Pack, error) {
	p, err := g.usePack()
	if err != nil {
		return nil, nil, err
	}
	e, err := engine.Compile(p)
	return e, p, err
}
