package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"sync"
)

// The page and its style sheet are files of their own, so that an editor knows
// what they are.
var (
	//go:embed page.tmpl
	pageTemplate string
	//go:embed page.css
	pageStyle string
)

// page is parsed once, and only when a page is wanted: every command would pay
// for it otherwise.
var page = sync.OnceValue(parsePage)

// parsePage is for who adds to the page: a template that was executed can no
// longer be cloned.
func parsePage() *template.Template {
	return template.Must(template.New("page").Funcs(template.FuncMap{
		"address":  isAddress,
		"between":  between,
		"body":     func(it item) string { text, _ := it.Body(); return text },
		"citation": citationText,
		"marks":    marksText,
		"stop":     func(it item) string { _, stop := it.Body(); return stop },
		"word":     wordText,
	}).Parse(pageTemplate))
}

// HTML writes the report as one page that needs nothing else: no scripts, no
// fonts, no requests. It follows the light or dark theme of the screen and
// prints in black and white.
func HTML(w io.Writer, in Input) error { return writePage(w, build(in)) }

func writePage(w io.Writer, d *document) error {
	var b bytes.Buffer
	err := page().Execute(&b, struct {
		*document
		Style template.CSS // ours, so it may stand as it is
	}{d, template.CSS(pageStyle)})
	if err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}
