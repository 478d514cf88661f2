package report

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"sync"

	"github.com/carelevel/carelevel/pkg/review"
)

var (
	//go:embed history.tmpl
	historyTemplate string
	//go:embed history.css
	historyStyle string
)

// historyPage is parsed once, and only when it is wanted.
var historyPage = sync.OnceValue(func() *template.Template {
	return template.Must(parsePage().New("history").Parse(historyTemplate))
})

// HistoryHTML writes the course of one person as one page that needs nothing
// else: no scripts, no fonts, no requests. Its chart tells everything by place,
// sign, hatching and words, and nothing by colour alone, so that it can be
// printed in black and white; the table below it says the same.
func HistoryHTML(w io.Writer, c *review.Course) error {
	d := buildHistory(c)
	var b bytes.Buffer
	err := historyPage().Execute(&b, struct {
		*history
		Drawing *drawing
		Style   template.CSS // ours, so it may stand as it is
	}{d, draw(d.Chart), template.CSS(pageStyle + historyStyle)})
	if err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}
