package cli

import (
	"fmt"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/record"
)

// readRecord reads an answers file, - for standard input, and insists that all
// of it is understood: nothing is guessed, and nothing left out. It says if the
// file was made with other rules, or if something else was recommended then
// than comes of its answers now.
func (g *globals) readRecord(e *engine.Engine, path string) (*record.File, error) {
	src := new(diag.Sources)
	f, err := record.Read(path, g.io.in, e.Pack(), src)
	if err != nil {
		name := path
		if path == "-" {
			name = "standard input"
		}
		return nil, fmt.Errorf("reading the answers in %s: %w", name, err)
	}
	printDiagnostics(g.io.err, f.Problems, src)
	if diag.HasErrors(f.Problems) {
		return nil, &usageError{fmt.Sprintf("the answers in %s cannot be used as they are", f.Name), "nothing was decided; mend them and run it again"}
	}
	warnings := record.PackWarnings(e.Pack(), f.Sheet.Pack)
	if then := f.Sheet.Recommended; then != nil {
		warnings = append(warnings, record.Changes(then, record.Recommended(e.Recommend(f.Sheet.Answers)))...)
	}
	for _, w := range warnings {
		g.warn(f.Name, w)
	}
	return f, nil
}

// warn says on standard error what somebody should know about a file.
func (g *globals) warn(name, warning string) {
	fmt.Fprintf(g.io.err, "carelevel: %s: %s\n", diag.Clean(name), diag.Clean(warning))
}
