package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"sync"
)

var (
	//go:embed packdoc.tmpl
	packTemplate string
	//go:embed packdoc.css
	packStyle string
)

// packPage is parsed once, and only when it is wanted.
var packPage = sync.OnceValue(func() *template.Template {
	return template.Must(parsePage().New("pack").Parse(packTemplate))
})

// PackHTML writes what PackText does as one page that needs nothing else: no
// scripts, no fonts, no requests. It has a table of contents, follows the light
// or dark theme of the screen, and prints in black and white with the rules'
// version and hash at the foot of every page.
func PackHTML(w io.Writer, in PackInput) error {
	var b bytes.Buffer
	err := packPage().Execute(&b, struct {
		*packDocument
		Signed  []string
		Differs string
		Style   template.CSS // ours, so it may stand as it is
	}{buildPack(in), signed, differsNote, template.CSS(pageStyle + packStyle)})
	if err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}
