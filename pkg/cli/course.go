package cli

import (
	"fmt"
	"os"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/record"
	"github.com/carelevel/carelevel/pkg/report"
	"github.com/carelevel/carelevel/pkg/review"
)

// readEntries reads the assessments of one person from files and folders, and
// insists that all of each is understood. It says what lies in a folder and is
// no record, and prints the problems of every file, not only of the first.
func (g *globals) readEntries(p *pack.Pack, paths []string) ([]review.Entry, error) {
	src := new(diag.Sources)
	read, err := record.ReadCourse(paths, g.io.in, p, src)
	if err != nil {
		return nil, fmt.Errorf("reading the assessments: %w", err)
	}
	g.sayPassed(read.Passed)
	var entries []review.Entry
	var wrong []string
	for _, f := range read.Files {
		printDiagnostics(g.io.err, f.Problems, src)
		if diag.HasErrors(f.Problems) {
			wrong = append(wrong, f.Name)
		}
		entries = append(entries, review.Entry{Name: f.Name, Sheet: f.Sheet})
	}
	switch {
	case len(wrong) > 0:
		return nil, &usageError{fmt.Sprintf("the answers in %s cannot be used as they are", someOf(wrong)), "nothing was compared; mend them and run it again"}
	case len(entries) == 0:
		return nil, &usageError{fmt.Sprintf("there is no assessment in %s", someOf(paths)), "write one: carelevel assess --save FILE"}
	}
	return entries, nil
}

// refuseInput refuses to write a result over one of the assessments that it is
// made of.
func refuseInput(output string, entries []review.Entry) error {
	info, err := os.Stat(output)
	if output == "" || output == "-" || err != nil {
		return nil // nothing is there that could be lost
	}
	for _, e := range entries {
		if at, err := os.Stat(e.Name); err == nil && os.SameFile(info, at) {
			return &usageError{fmt.Sprintf("%s is one of the assessments, and would be replaced", output), "name another file"}
		}
	}
	return nil
}

// sayPassed says what in a folder was passed over, once for each reason.
func (g *globals) sayPassed(all []record.Passed) {
	var reasons []string
	names := map[string][]string{}
	for _, p := range all {
		if names[p.Why] == nil {
			reasons = append(reasons, p.Why)
		}
		names[p.Why] = append(names[p.Why], p.Name)
	}
	for _, why := range reasons {
		g.warn("no record, and passed over", fmt.Sprintf("%s (%s)", someOf(names[why]), why))
	}
}

// someOf lists the first few of many names.
func someOf(names []string) string {
	const few = 5
	if len(names) <= few+1 {
		return joinWords(names)
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:few], ", "), len(names)-few)
}

// newCourse puts assessments together to one person's course. It prints
// everything that keeps them from being one, and what is to be warned of.
func (g *globals) newCourse(e *engine.Engine, entries []review.Entry, anyVersion bool) (*review.Course, error) {
	c, problems := review.NewCourse(e, entries, review.CourseOptions{AnyVersion: anyVersion})
	if len(problems) > 0 {
		for _, p := range problems {
			g.sayProblem(p)
		}
		return nil, &usageError{"these are not the assessments of one person in order, by these rules", "nothing was compared; mend them and run it again"}
	}
	for _, w := range report.Together(c.Warnings) {
		g.sayProblem(w)
	}
	return c, nil
}

// sayProblem prints a problem on one line, and what to do below it.
func (g *globals) sayProblem(p review.Problem) {
	message := p.Message
	if p.Name != "" {
		message = p.Name + ": " + message
	}
	fmt.Fprintln(g.io.err, "carelevel:", diag.Clean(message))
	if p.Hint != "" {
		fmt.Fprintln(g.io.err, "  "+diag.Clean(p.Hint))
	}
}
