package cli

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/carelevel/carelevel/pkg/record"
	"github.com/spf13/cobra"
	"github.com/spf13/cobra/doc"
)

// manDate is what the pages give as their date: the same for everybody who
// builds the program, unlike the clock.
var manDate = time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC)

func newMan(g *globals) *cobra.Command {
	var dir string
	c := &cobra.Command{
		Use:   "man [COMMAND…]",
		Short: "Print a manual page, or write all of them to a folder",
		Example: `  carelevel man | man -l -
  carelevel man rules check | man -l -
  carelevel man --dir /usr/local/share/man/man1`,
		RunE: func(c *cobra.Command, words []string) error {
			if dir != "" && len(words) > 0 {
				return &usageError{"--dir writes every page; it takes no command beside it", ""}
			}
			if dir != "" {
				return writeManPages(c.Root(), dir)
			}
			target, rest, err := c.Root().Find(words)
			if err != nil || len(rest) > 0 {
				return noSuchCommand(target, append(rest, words...))
			}
			return writeManPage(g.io.out, target)
		},
	}
	c.Flags().StringVar(&dir, "dir", "", "write the pages of all commands into this folder")
	return c
}

func writeManPage(w io.Writer, c *cobra.Command) error {
	c.DisableAutoGenTag = true
	return doc.GenMan(c, &doc.GenManHeader{
		Title: strings.ToUpper(strings.ReplaceAll(c.CommandPath(), " ", "-")), Section: "1",
		Date: &manDate, Source: "carelevel", Manual: "carelevel manual",
	}, w)
}

// writeManPages writes the page of c and of every command below it.
func writeManPages(c *cobra.Command, dir string) error {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return &usageError{fmt.Sprintf("--dir: %s is not a folder", dir), "make it first"}
	}
	var buf bytes.Buffer
	if err := writeManPage(&buf, c); err != nil {
		return err
	}
	name := strings.ReplaceAll(c.CommandPath(), " ", "-") + ".1"
	if err := record.WriteAtomic(filepath.Join(dir, name), buf.Bytes(), 0o644); err != nil {
		return err
	}
	for _, sub := range c.Commands() {
		if !sub.IsAvailableCommand() {
			continue
		}
		if err := writeManPages(sub, dir); err != nil {
			return err
		}
	}
	return nil
}
