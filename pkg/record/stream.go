package record

import (
	"io"
	"io/fs"
)

// WriteStream is WriteAtomic for what is too large to be held in memory: fill
// writes it, and the file at path is replaced once fill has returned without an
// error. With one, it stays as it was, nothing is left beside it, and the error
// is wrapped.
func WriteStream(path string, perm fs.FileMode, fill func(io.Writer) error) error {
	return replace(path, perm, fill)
}
