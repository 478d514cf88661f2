package record

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// Private is the permission of files about a person: nobody but the owner.
const Private fs.FileMode = 0o600

// WriteAtomic replaces the file at path, or makes it, so that whoever opens it
// finds all of the old content or all of the new, whatever fails or is
// interrupted in between. The file has perm (less the umask) from its
// creation on; for what is about a person that is Private.
//
// Where path is a symbolic link, the file that it leads to is replaced and the
// link stays. Where it leads to nothing, or to something else than a regular
// file (a folder, a device, a pipe), or the file is read-only, that is an
// error: a device cannot be replaced in one step, and what somebody has
// protected is not ours to overwrite. Other hard links to the file keep the
// old content. The error is an *fs.PathError with path as it was given.
//
// Being killed in the middle can leave a file behind whose name begins with
// ".carelevel-", in the same folder and with the same permission.
func WriteAtomic(path string, data []byte, perm fs.FileMode) error {
	return replace(path, perm, func(w io.Writer) error {
		_, err := w.Write(data)
		return err
	})
}

// replace is WriteAtomic with the writing left to the caller.
func replace(path string, perm fs.FileMode, fill func(io.Writer) error) error {
	target, err := resolve(path)
	if err != nil {
		return &fs.PathError{Op: "write", Path: path, Err: cause(err)}
	}
	temp, err := fillBeside(target, perm, fill)
	if err == nil {
		if err = os.Rename(temp, target); err == nil {
			syncFolder(filepath.Dir(target))
			return nil
		}
	}
	if temp != "" {
		err = errors.Join(cause(err), removeTemp(temp))
	}
	return &fs.PathError{Op: "write", Path: path, Err: cause(err)}
}

// resolve returns the regular file that path leads to, or path itself where
// there is nothing yet.
func resolve(path string) (string, error) {
	info, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return path, nil
	}
	if err != nil {
		return "", err
	}
	if info.Mode().Type() == fs.ModeSymlink {
		if path, err = filepath.EvalSymlinks(path); err != nil {
			return "", fmt.Errorf("the link leads nowhere: %w", cause(err))
		}
		if info, err = os.Stat(path); err != nil {
			return "", err
		}
	}
	switch {
	case info.IsDir():
		return "", errors.New("is a folder")
	case !info.Mode().IsRegular():
		return "", errors.New("is not a regular file")
	case info.Mode().Perm()&0o200 == 0:
		return "", errors.New("is read-only")
	}
	return path, nil
}

// fillBeside writes a new file into the folder of target: only within one
// folder is renaming sure to be one step. It returns the new file's name, ""
// if there is none.
func fillBeside(target string, perm fs.FileMode, fill func(io.Writer) error) (string, error) {
	name := filepath.Join(filepath.Dir(target), ".carelevel-"+rand.Text()+".tmp")
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, perm)
	if err != nil {
		return "", err
	}
	if err := fill(f); err != nil {
		_ = f.Close() // the first error is the one to report
		return name, err
	}
	// Without this a crash after the renaming could leave an empty file.
	if err := f.Sync(); err != nil {
		_ = f.Close()
		return name, err
	}
	return name, f.Close()
}

func removeTemp(name string) error {
	if err := os.Remove(name); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("and %s is left behind: %w", name, cause(err))
	}
	return nil
}

// syncFolder makes the renaming last through a crash where the system can do
// that; where it cannot, the content is safe all the same, old or new.
func syncFolder(dir string) {
	if d, err := os.Open(dir); err == nil {
		_ = d.Sync()
		_ = d.Close()
	}
}

// cause strips the names of temporary files from an error of package os: the
// reader knows another name.
func cause(err error) error {
	var path *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &path):
		return path.Err
	case errors.As(err, &link):
		return link.Err
	}
	return err
}
