package record

import (
	"fmt"
	"io"
	"os"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// MaxSize bounds an answers file, in bytes. A real one has a few kilobytes.
const MaxSize = 1 << 20

// Load reads the bytes of an answers file, and gives up on what is too large to
// be one.
func Load(path string) ([]byte, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return load(f)
}

func load(in io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, MaxSize+1))
	if err == nil && len(data) > MaxSize {
		err = fmt.Errorf("more than %d MiB, which is no answers file of one person", MaxSize>>20)
	}
	return data, err
}

// Read reads an assessment, or any answers file. Problems in the file are
// diagnostics, and src, if not nil, receives its text; the error is inability
// to read at all, a file beyond MaxSize included. Answers to another pack's
// questions are refused; those to other versions of the same are not, see
// PackWarnings.
func Read(path string, p *pack.Pack, src *diag.Sources) (pack.Sheet, []diag.Diagnostic, error) {
	data, err := Load(path)
	if err != nil {
		return pack.Sheet{}, nil, err
	}
	s, ds := p.ReadAnswers(path, data, src)
	return s, ds, nil
}

// ReadFrom is Read for a stream that is called name in diagnostics.
func ReadFrom(in io.Reader, name string, p *pack.Pack, src *diag.Sources) (pack.Sheet, []diag.Diagnostic, error) {
	data, err := load(in)
	if err != nil {
		return pack.Sheet{}, nil, err
	}
	s, ds := p.ReadAnswers(name, data, src)
	return s, ds, nil
}
