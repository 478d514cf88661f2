package pack

import "github.com/carelevel/carelevel/pkg/diag"

// Allow is a warning that the authors of a pack have looked at and let stand,
// with their reason. It silences nothing that is an error.
type Allow struct {
	Code    string // of the warning
	On      string // what it is about, by its id or its whole path; written as "at"
	Because string
	At      diag.Span // of the code
}

// readAllows reads the warnings that may stand. Which codes there are is not
// for this package to know: whoever makes warnings says which of these allow
// nothing.
func (l *loader) readAllows() {
	l.eachOf("allow", func(c cursor) {
		f, ok := c.fields("code", "at", "because")
		if !ok {
			return
		}
		code := f.need("code")
		a := Allow{Code: code.text(), On: f.need("at").text(), At: c.r.span(c.node)}
		if code.present() {
			a.At = c.r.span(code.node)
		}
		a.Because = f.needFor("because", "reason-missing", `nothing says why the warning may stand; expected "because"`).text()
		if a.Code != "" && a.On != "" && a.Because != "" {
			l.pack.Allows = append(l.pack.Allows, a)
		}
	})
}
