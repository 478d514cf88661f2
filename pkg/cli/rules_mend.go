package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"os/signal"
	"path/filepath"
	"slices"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/form"
	"github.com/carelevel/carelevel/pkg/lint"
	"github.com/carelevel/carelevel/pkg/record"
)

// mend mends the files of packs, and keeps the difference for the result.
// Nothing is written before every question has been answered.
func (k *checking) mend(ctx context.Context, names []string) error {
	if k.out.format != "text" {
		return &usageError{"--fix prints a diff and text only", "leave --format out; run 'carelevel rules check' again for the other forms"}
	}
	interrupt := make(chan os.Signal, 1)
	signal.Notify(interrupt, os.Interrupt)
	defer signal.Stop(interrupt)
	// One prompter for all files: it may have read what was typed ahead.
	k.ask = form.NewPlain(form.PlainOptions{In: k.io.in, Out: k.io.err, Interrupt: interrupt})
	var mended []change
	for _, name := range names {
		files, ds, err := ownFiles(name)
		if err != nil {
			return err
		}
		for _, f := range files {
			accepted, err := k.accept(ctx, lint.NearMisses(f.name, f.data, ds))
			if err != nil {
				return err
			}
			if after := lint.Mend(f.name, f.data, accepted); string(after) != string(f.data) {
				mended = append(mended, change{f, after})
			}
		}
	}
	for _, m := range mended {
		k.diff += lint.Diff(diag.Clean(m.file.name), m.file.data, m.after)
		if k.dryRun {
			continue
		}
		if err := m.write(); err != nil {
			return err
		}
	}
	return nil
}

// accept returns those near misses that are to be replaced.
func (k *checking) accept(ctx context.Context, all []lint.NearMiss) ([]lint.NearMiss, error) {
	if len(all) == 0 || k.yes {
		return all, nil
	}
	if k.dryRun || !isTerminal(k.io.in) || !isTerminal(k.io.err) {
		fmt.Fprintf(k.io.err, "carelevel: %s that may be misspelt left as written; --fix --yes replaces what is nearest\n", countOf(int64(len(all)), "word"))
		return nil, nil
	}
	var accepted []lint.NearMiss
	for _, m := range all {
		n, err := k.ask.Choose(ctx, fmt.Sprintf("%s:%d:%d: %s. Write %q instead?", m.At.File, m.At.Line, m.At.Col, m.Message, m.Meant), []string{"Write " + m.Meant, "Leave " + m.Found})
		switch {
		case errors.Is(err, form.ErrLeft), errors.Is(err, context.Canceled), errors.Is(err, io.ErrUnexpectedEOF):
			fmt.Fprintln(k.io.err, "carelevel: nothing was changed")
			return nil, quiet(exitInterrupted)
		case err != nil:
			return nil, err
		case n == 0:
			accepted = append(accepted, m)
		}
	}
	return accepted, nil
}

// ruleFile is one file of a pack that can be written.
type ruleFile struct {
	name string // as diagnostics have it, and its path with slashes
	data []byte
	perm fs.FileMode
}

// change is a file and its new text.
type change struct {
	file  ruleFile
	after []byte
}

func (c change) write() error {
	return record.WriteAtomic(filepath.FromSlash(c.file.name), c.after, c.file.perm)
}

// ownFiles are the files of a pack on disk, and what is wrong with them. The
// packs inside the program cannot be changed.
func ownFiles(name string) ([]ruleFile, []diag.Diagnostic, error) {
	if slices.Contains(builtinNames(), name) {
		return nil, nil, &usageError{fmt.Sprintf("the rules %s are inside the program and cannot be changed", name), "name a folder or a file"}
	}
	src := new(diag.Sources)
	_, ds, err := readPack(name, true, src)
	if err != nil {
		return nil, nil, err
	}
	var files []ruleFile
	for _, name := range src.Names() {
		f, err := readRuleFile(name)
		if err != nil {
			return nil, nil, err
		}
		files = append(files, f)
	}
	return files, ds, nil
}

func readRuleFile(name string) (ruleFile, error) {
	info, err := os.Stat(filepath.FromSlash(name))
	if err != nil {
		return ruleFile{}, err
	}
	data, err := os.ReadFile(filepath.FromSlash(name))
	return ruleFile{name, data, info.Mode().Perm()}, err
}
