package cli

import (
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/muesli/mango"
	mcobra "github.com/muesli/mango-cobra"
	"github.com/muesli/roff"
	"github.com/spf13/cobra"
)

func newMan(g *globals) *cobra.Command {
	out := output{format: "roff"}
	c := &cobra.Command{
		Use:   "man",
		Short: "Print the manual page of the program with all commands",
		Example: `  carelevel man | man -l -
  carelevel man -o /usr/local/share/man/man1/carelevel.1`,
		Args: cobra.NoArgs,
		RunE: func(c *cobra.Command, _ []string) error {
			page, err := manPage(c.Root())
			if err != nil {
				return fmt.Errorf("the manual page: %w", err)
			}
			return out.write(g, func(w io.Writer) error {
				_, err := io.WriteString(w, page)
				return err
			})
		},
	}
	c.Flags().StringVarP(&out.path, "output", "o", "", "write the page to `FILE` instead of standard output")
	return c
}

func manPage(root *cobra.Command) (string, error) {
	page, err := mcobra.NewManPage(1, root)
	if err != nil {
		return "", err
	}
	plainUsage(&page.Root)
	page = page.WithLongDescription(joinLines(root.Long)).
		WithSection("Environment", "CARELEVEL_RULES: the rules, as --rules. CARELEVEL_PAGER, PAGER: what shows long text at a terminal. NO_COLOR: no colour.").
		WithSection("Exit status", "0: done. 1: done, and it found problems. 2: bad usage, or an input or rules that cannot be read. 3: undetermined, more answers are needed. 130: interrupted.")
	return page.Build(undated{roff.NewDocument()}), nil
}

// plainUsage takes the quotes out of usages with which the help marks what a
// flag's value is.
func plainUsage(c *mango.Command) {
	for name, f := range c.Flags {
		f.Usage = strings.ReplaceAll(f.Usage, "`", "")
		c.Flags[name] = f
	}
	for _, sub := range c.Commands {
		plainUsage(sub)
	}
}

// joinLines takes the line breaks out of paragraphs: roff makes its own.
func joinLines(text string) string {
	paragraphs := strings.Split(text, "\n\n")
	for i, p := range paragraphs {
		paragraphs[i] = strings.ReplaceAll(p, "\n", " ")
	}
	return strings.Join(paragraphs, "\n\n")
}

// undated is a document with a fixed date in place of the clock's, so that the
// same program prints the same page.
type undated struct{ *roff.Document }

// Heading is what mango asks to begin a page.
func (d undated) Heading(section uint, title, description string, _ time.Time) {
	d.Document.Heading(section, title, description, time.Date(2026, time.November, 1, 0, 0, 0, 0, time.UTC))
}
