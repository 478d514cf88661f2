package cli

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync/atomic"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/record"
)

// batchInput is the input as it is read: compressed, if it is.
type batchInput struct {
	io.Reader
	context context.Context
	close   func()
	size    int64 // in bytes; 0 if it is unknown
	read    atomic.Int64
}

func (in *batchInput) Read(p []byte) (int, error) {
	n, err := in.Reader.Read(p)
	in.read.Add(int64(n))
	return n, err
}

// open opens the input. Of what is no regular file the next piece may never
// come, so that an interrupt has to be heard while it is waited for.
func (b *batchRun) open(ctx context.Context) (*batchInput, error) {
	in := &batchInput{Reader: b.io.in, context: ctx, close: func() {}}
	file, _ := b.io.in.(*os.File)
	if b.input != "-" {
		f, err := os.Open(b.input)
		if err != nil {
			return nil, fmt.Errorf("reading the assessments: %w", err)
		}
		file, in.Reader, in.close = f, f, func() { f.Close() }
	} else if isTerminal(b.io.in) {
		fmt.Fprintln(b.io.err, "carelevel: reading assessments from the terminal; end them with Ctrl-D, or name a file")
	}
	if file == nil {
		return in, nil
	}
	info, err := file.Stat()
	switch {
	case err != nil:
		in.close()
		return nil, fmt.Errorf("reading the assessments: %w", err)
	case info.IsDir():
		in.close()
		return nil, &usageError{b.name() + " is a folder", "batch reads one file; for a folder of single assessments see 'carelevel assess --answers'"}
	case info.Mode().IsRegular():
		in.size = info.Size()
		if out, ok := b.io.out.(*os.File); ok && b.toStandardOutput() && isSame(info, out) {
			in.close()
			return nil, &usageError{b.name() + " is also what the results are written to", "write them to another file"}
		}
		if path := b.writtenOver(info); path != "" {
			in.close()
			return nil, &usageError{path + " is the input, and would be replaced", "name another file"}
		}
	default:
		in.Reader = &patient{ctx: ctx, in: in.Reader}
	}
	return in, nil
}

func (b *batchRun) toStandardOutput() bool { return b.output == "" || b.output == "-" }

func isSame(info os.FileInfo, f *os.File) bool {
	other, err := f.Stat()
	return err == nil && os.SameFile(info, other)
}

// writtenOver returns the file that would be written, if it is the input.
func (b *batchRun) writtenOver(input os.FileInfo) string {
	for _, path := range []string{b.output, b.errorsFile, b.summary} {
		if info, err := os.Stat(path); path != "" && err == nil && os.SameFile(info, input) {
			return path
		}
	}
	return ""
}

// checkFiles refuses files that would be written over each other, before
// anything is read.
func (b *batchRun) checkFiles() error {
	if err := b.checkSummary(); err != nil {
		return err
	}
	seen := map[string]string{}
	for _, f := range []struct{ flag, path string }{{"--map-file", b.mapFile}, {"-o", b.output}, {"--errors", b.errorsFile}, {"--summary", b.summary}} {
		switch {
		case f.path == "" || f.path == "-" && f.flag == "-o":
			continue
		case f.path == "-":
			return &usageError{f.flag + " takes a file, and not standard input or output", "name a file"}
		}
		path, err := realPath(f.path)
		if err != nil {
			return &usageError{fmt.Sprintf("%s: the folder of %s is not there", f.flag, f.path), "make it first, or name another one"}
		}
		if before := seen[path]; before != "" {
			return &usageError{fmt.Sprintf("%s and %s name the same file, %s", before, f.flag, f.path), "name two files"}
		}
		seen[path] = f.flag
	}
	return nil
}

// realPath is one name for each file, also for one that is not there yet. The
// folder has to be there.
func realPath(path string) (string, error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		return filepath.Abs(real)
	}
	folder, err := filepath.EvalSymlinks(filepath.Dir(path))
	if err != nil {
		return "", err
	}
	return filepath.Abs(filepath.Join(folder, filepath.Base(path)))
}

// patient reads what may keep it waiting, and stops waiting at an interrupt.
// One read may then still be under way; the program ends without it.
type patient struct {
	ctx    context.Context
	in     io.Reader
	pieces chan piece
	piece  piece
	free   chan []byte
}

type piece struct {
	buffer, text []byte
	err          error
}

func (r *patient) Read(p []byte) (int, error) {
	if r.pieces == nil {
		r.start()
	}
	for len(r.piece.text) == 0 {
		if r.piece.err != nil {
			return 0, r.piece.err
		}
		if r.piece.buffer != nil {
			r.free <- r.piece.buffer
			r.piece.buffer = nil
		}
		select {
		case r.piece = <-r.pieces:
		case <-r.ctx.Done():
			return 0, r.ctx.Err()
		}
	}
	n := copy(p, r.piece.text)
	r.piece.text = r.piece.text[n:]
	return n, nil
}

func (r *patient) start() {
	r.pieces, r.free = make(chan piece, 1), make(chan []byte, 2)
	r.free <- make([]byte, 64<<10)
	r.free <- make([]byte, 64<<10)
	go func() {
		for buffer := range r.free {
			n, err := r.in.Read(buffer)
			r.pieces <- piece{buffer, buffer[:n], err}
			if err != nil {
				return
			}
		}
	}()
}

// writeMistakes keeps the mistakes in a file of their own while work runs.
func (b *batchRun) writeMistakes(work func() error) error {
	err := record.WriteStream(b.errorsFile, record.Private, func(w io.Writer) error {
		buffered := bufio.NewWriter(w)
		fmt.Fprintln(buffered, "line,column,name,id,code,text")
		var failed error
		note := b.opts.Errors
		b.opts.Errors = func(e batch.RowError) {
			note(e)
			if err := batch.WriteError(buffered, e); failed == nil {
				failed = err
			}
		}
		return errors.Join(work(), failed, buffered.Flush())
	})
	if err != nil {
		return fmt.Errorf("writing the mistakes: %w", err)
	}
	return nil
}

// softMemory is what the program's memory is kept near, in bytes: whatever the
// size of the input, a batch takes less than 64 MiB.
const softMemory = 40 << 20

// limitMemory goes back to what a long run needs: Main lets garbage pile up,
// which a single assessment is too short for. To sort takes memory for the whole
// file, so that there is no limit then, and little beside what it holds.
func limitMemory(sorting bool) {
	if os.Getenv("GOGC") == "" {
		percent := 100
		if sorting {
			percent = 25
		}
		debug.SetGCPercent(percent)
	}
	if os.Getenv("GOMEMLIMIT") == "" && !sorting {
		debug.SetMemoryLimit(softMemory)
	}
}
