// Package diag is one problem in somebody's input: where it is, what is wrong
// with it, what was expected and what to do.
//
// Problems in input are diagnostics, all of them in one go; inability to work
// (a file that is not there, a full disk) is an error. The package renders
// diagnostics; it refuses to decide whether they matter: that is the caller's
// exit code.
package diag

import (
	"cmp"
	"slices"
)

// Severity says whether the input can be used in spite of the problem.
type Severity int

// The severities, worst first.
const (
	Error   Severity = iota // the input cannot be used
	Warning                 // it can, but somebody should look
)

// String returns "error" or "warning".
func (s Severity) String() string {
	if s == Warning {
		return "warning"
	}
	return "error"
}

// Span is a place in a file. Lines and columns count from 1, columns in
// characters, and the end is exclusive. A zero Line means the file as a whole,
// a zero Span no place at all.
type Span struct {
	File            string
	Line, Col       int
	EndLine, EndCol int
}

// IsZero reports whether the span names no place.
func (s Span) IsZero() bool { return s == Span{} }

// Related is another place that explains a diagnostic, such as the first
// definition of a duplicate.
type Related struct {
	At      Span
	Message string // lower case, no full stop: "first defined here"
}

// Diagnostic is one problem in an input.
type Diagnostic struct {
	Code     string    // stable, such as "question-unknown"
	Severity Severity  // Error unless said otherwise
	At       Span      // where
	Path     string    // the logical place: levels.iop.indications[2].when.any[0]
	Message  string    // what is wrong and what was expected; lower case, no full stop
	Hint     string    // what to do, often a near miss; may be empty
	Related  []Related // other places that explain it
}

// HasErrors reports whether any of the diagnostics is an error.
func HasErrors(ds []Diagnostic) bool {
	return slices.ContainsFunc(ds, func(d Diagnostic) bool { return d.Severity == Error })
}

// Sort orders diagnostics by file, line, column and code, so that the same
// input gives the same output however it was walked.
func Sort(ds []Diagnostic) {
	slices.SortStableFunc(ds, func(a, b Diagnostic) int {
		return cmp.Or(
			cmp.Compare(a.At.File, b.At.File),
			cmp.Compare(a.At.Line, b.At.Line),
			cmp.Compare(a.At.Col, b.At.Col),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Message, b.Message),
		)
	})
}
