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

// File is an assessment, or any answers file, as it was read.
type File struct {
	Name     string // in messages: the path, or "standard input"
	Data     []byte
	Sheet    pack.Sheet
	Problems []diag.Diagnostic // in the file; see pack.ReadAnswers
}

// Read reads an answers file; the path "-" is stdin. src, if not nil, receives
// its text. The error is inability to read at all, more than MaxSize included.
// Answers to another pack's questions are a problem; those to other versions of
// the same are not, see PackWarnings.
func Read(path string, stdin io.Reader, p *pack.Pack, src *diag.Sources) (*File, error) {
	f := &File{Name: path}
	var err error
	if path == "-" {
		f.Name = "standard input"
		f.Data, err = readAll(stdin)
	} else {
		f.Data, err = Load(path)
	}
	if err != nil {
		return nil, err
	}
	f.Sheet, f.Problems = p.ReadAnswers(f.Name, f.Data, src)
	return f, nil
}

// Load returns the bytes of an answers file, and gives up on what is too large
// to be one.
func Load(path string) ([]byte, error) {
	in, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return readAll(in)
}

func readAll(in io.Reader) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, MaxSize+1))
	if err == nil && len(data) > MaxSize {
		err = fmt.Errorf("more than %d MiB, which is no answers file of one person", MaxSize>>20)
	}
	return data, err
}
