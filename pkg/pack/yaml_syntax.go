package pack

import "github.com/carelevel/carelevel/pkg/diag"

// syntax reports what the YAML reader stumbled over.
func (g *guard) syntax(err error) {
	g.add("yaml-syntax", diag.Span{File: g.file}, err.Error(), "")
}
