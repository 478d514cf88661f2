package cli

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/record"
	"github.com/spf13/cobra"
)

// output is where a result goes and in which form: the flags -o and --format.
type output struct {
	path    string
	format  string
	formats []string // what the command can print, the default first
}

// addTo defines the flags; formats are what the command can print, the default
// first.
func (o *output) addTo(c *cobra.Command, formats ...string) {
	o.formats = formats
	c.Flags().StringVarP(&o.path, "output", "o", "", "write the result to `FILE` instead of standard output")
	c.Flags().StringVar(&o.format, "format", "", "`FORMAT`: "+joinOr(formats)+" (default: by the extension of -o, else "+formats[0]+")")
	complete(c, "format", formats)
}

// extensions maps a file's extension to the format that it stands for.
var extensions = map[string]string{
	".txt": "text", ".md": "markdown", ".markdown": "markdown",
	".json": "json", ".csv": "csv", ".html": "html", ".htm": "html", ".sarif": "sarif",
}

// resolve settles the format and refuses one that the command does not have.
func (o *output) resolve() error {
	if o.format == "" {
		o.format = o.formats[0]
		if f := extensions[strings.ToLower(filepath.Ext(o.path))]; f != "" && o.path != "-" {
			o.format = f
		}
	}
	return oneOf("--format", o.format, o.formats)
}

// write renders a result whole before a byte of it is written, so that a
// failure leaves no half of one behind. A file is replaced atomically and is
// readable by its owner only.
func (o *output) write(g *globals, render func(io.Writer) error) error {
	var buf bytes.Buffer
	if err := render(&buf); err != nil {
		return err
	}
	if o.path == "" || o.path == "-" {
		if o.format == "text" && g.page(buf.Bytes()) {
			return nil
		}
		if _, err := g.io.out.Write(buf.Bytes()); err != nil {
			return fmt.Errorf("writing the result: %w", err)
		}
		return nil
	}
	if err := record.WriteAtomic(o.path, buf.Bytes(), 0o600); err != nil {
		return fmt.Errorf("writing the result: %w", err)
	}
	return nil
}

// printDiagnostics writes the problems of an input for a person to read.
func printDiagnostics(w io.Writer, ds []diag.Diagnostic, src *diag.Sources) {
	diag.WriteText(w, ds, src)
}
