package cli

import (
	"context"
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// watchEvery is how often files are looked at. A file system says by itself
// when something changes, but each does so in its own way; looking is the same
// everywhere.
const watchEvery = 250 * time.Millisecond

// watchFiles calls run at once and after each change of the files at some
// paths, files or folders, until run fails or the context ends.
func watchFiles(ctx context.Context, paths []string, run func() error) error {
	tick := time.NewTicker(watchEvery)
	defer tick.Stop()
	for {
		seen := fileStamps(paths)
		if err := run(); err != nil {
			return err
		}
		for slices.Equal(seen, fileStamps(paths)) {
			select {
			case <-ctx.Done():
				return ctx.Err()
			case <-tick.C:
			}
		}
	}
}

// fileStamps are the files at some paths, with their sizes and when they were
// changed. What cannot be read is as good as not there.
func fileStamps(paths []string) (stamps []string) {
	for _, root := range paths {
		if to, err := filepath.EvalSymlinks(root); err == nil {
			root = to // the walk follows no links
		}
		filepath.WalkDir(root, func(path string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return nil
			case d.IsDir() && path != root && strings.HasPrefix(d.Name(), "."):
				return fs.SkipDir
			case d.IsDir() || path != root && filepath.Ext(path) != ".yaml" && filepath.Ext(path) != ".yml":
				return nil
			}
			if info, err := d.Info(); err == nil {
				stamps = append(stamps, fmt.Sprint(path, " ", info.Size(), " ", info.ModTime().UnixNano()))
			}
			return nil
		})
	}
	return stamps
}
