package lint

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// Options say what is not looked at.
type Options struct {
	// Nodes is the budget of the exact checks, space.DefaultNodes if it is 0.
	// Beyond it they are not made, and Result.Skipped says so.
	Nodes int
}

// Result is what was found.
type Result struct {
	Diagnostics []diag.Diagnostic // those given to Check, less what may stand, and the warnings; sorted
	Allowed     int               // warnings that may stand
	Skipped     []string          // checks that could not be made, and why, in a sentence each
}

// Check looks at a pack and the diagnostics of reading it. A pack with errors
// gets only those checks that look at one text or number at a time: what
// nothing uses may be used by what could not be read. Entries of allow take
// away the warnings that they are about, those of reading the pack included,
// and never an error.
func Check(p *pack.Pack, ds []diag.Diagnostic, opts Options) Result {
	if p == nil {
		return Result{Diagnostics: ds}
	}
	l := &linter{pack: p, budget: opts.Nodes}
	l.wording()
	l.thresholds()
	if diag.HasErrors(ds) {
		l.skip("the pack has mistakes: whether everything in it is used, said once and asked in time was not checked")
	} else {
		l.unused()
		l.directions()
		l.repeats()
		l.safety()
	}
	return l.result(ds)
}

// linter collects what is found in one pack.
type linter struct {
	pack    *pack.Pack
	budget  int
	found   []finding
	skipped []string
}

// finding is a warning and what it is about, by its id.
type finding struct {
	d  diag.Diagnostic
	on string
}

// thing is what a warning can be about: its id, where it stands, and the way
// to it, which ends with the id.
type thing struct {
	id   string
	at   diag.Span
	path string
}

func (l *linter) warn(code string, on thing, hint string, format string, args ...any) {
	l.found = append(l.found, finding{diag.Diagnostic{Code: code, Severity: diag.Warning, At: on.at, Path: on.path, Message: fmt.Sprintf(format, args...), Hint: hint}, on.id})
}

func (l *linter) skip(why string) { l.skipped = append(l.skipped, why) }

// tooLarge notes that an exact check could not be made.
func (l *linter) tooLarge(what string, err error) {
	why := "the pack has too many combinations of answers"
	if !errors.Is(err, space.ErrTooLarge) {
		why = err.Error()
	}
	l.skip(fmt.Sprintf("%s was not checked: %s", what, why))
}

// result takes away what may stand, and complains about entries of allow that
// allow nothing.
func (l *linter) result(ds []diag.Diagnostic) Result {
	all := make([]finding, 0, len(ds)+len(l.found))
	for _, d := range ds {
		all = append(all, finding{d, d.Path})
	}
	all = append(all, l.found...)
	r := Result{Skipped: l.skipped}
	used := make([]bool, len(l.pack.Allows))
	for _, f := range all {
		if l.allowed(f, used) {
			r.Allowed++
		} else {
			r.Diagnostics = append(r.Diagnostics, f.d)
		}
	}
	if !diag.HasErrors(ds) {
		for i, a := range l.pack.Allows {
			if !used[i] {
				r.Diagnostics = append(r.Diagnostics, uselessAllow(a))
			}
		}
	}
	diag.Sort(r.Diagnostics)
	return r
}

func (l *linter) allowed(f finding, used []bool) bool {
	if f.d.Severity != diag.Warning {
		return false
	}
	found := false
	for i, a := range l.pack.Allows {
		if a.Code == f.d.Code && (a.On == f.on || a.On == f.d.Path) {
			used[i], found = true, true
		}
	}
	return found
}

// uselessAllow is the warning of an entry that allows nothing.
func uselessAllow(a pack.Allow) diag.Diagnostic {
	d := diag.Diagnostic{Code: AllowUnused, Severity: diag.Warning, At: a.At, Path: "allow",
		Message: fmt.Sprintf("nothing at %q gives the warning %s any more", a.On, a.Code), Hint: "remove the entry"}
	codes := Codes()
	if i := slices.IndexFunc(codes, func(p *Page) bool { return p.Code == a.Code }); i < 0 {
		d.Message, d.Hint = fmt.Sprintf("there is no warning %q", a.Code), "rules check --explain list names all codes"
		if near := diag.Near(a.Code, codeNames()); near != "" {
			d.Hint = fmt.Sprintf("did you mean %q?", near)
		}
	} else if codes[i].Severity == diag.Error {
		d.Message, d.Hint = fmt.Sprintf("%s is an error, which nothing allows", a.Code), "mend it, and remove the entry"
	}
	return d
}

// id words: "iop-monitoring" and "iop_monitoring" as one says it.
func spoken(id string) string { return strings.NewReplacer("_", " ", "-", " ").Replace(id) }
