package batch

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"math"

	"github.com/carelevel/carelevel/pkg/diag"
)

// The page and its style sheet are files of their own, so that an editor knows
// what they are.
var (
	//go:embed summary.tmpl
	summaryTemplate string
	//go:embed summary.css
	summaryStyle string
)

// How many of the commonest a page shows.
const (
	pageCriteria = 10
	pageMistakes = 10
)

// The measures of charts, in their own units: a row is a name with a bar below
// it, and a share at the end of the bar.
const (
	chartWidth = 460
	railWidth  = 390
	rowHeight  = 40
	barThick   = 14
	partsThick = 34
)

// chart is a drawing, and the table beside it.
type chart struct {
	Title, Note, Head string
	Parts             bool // one bar of several parts
	Bars              []chartBar

	Width, Height, Rail, Thick int
}

// chartBar is a row of the table, and what is drawn of it.
type chartBar struct {
	Name, More, Count, Share string
	Class                    string

	X, Y, Length         float64
	TextY, ValueY        int
	KeyX, KeyY, KeyTextX int
}

// WriteHTML writes the summary as one page that needs nothing else: charts,
// and a table beside each; no scripts, no fonts, no requests. It follows the
// light or dark theme of the screen and prints in black and white. input is
// what the input is called.
func (s *Summary) WriteHTML(w io.Writer, input string) error {
	page, err := template.New("summary").Parse(summaryTemplate)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	err = page.Execute(&b, struct {
		*Summary
		Input, Headline string
		Glance          []chartBar
		Charts          []chart
		Style           template.CSS // ours, so it may stand as it is
	}{s, diag.Clean(input), s.headline(), s.glance(), s.charts(), template.CSS(summaryStyle)})
	if err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}

func (s *Summary) glance() []chartBar {
	return []chartBar{
		{Count: grouped(s.Determined()), Name: "determined"},
		{Count: grouped(s.Undetermined), Name: "undetermined"},
		{Count: grouped(s.Errors), Name: "in error"},
	}
}

// charts are those of which there is something to show.
func (s *Summary) charts() []chart {
	levels := chart{Title: "Levels", Head: "Level", Note: "Records for which one level remains."}
	for _, o := range s.outcomes() {
		if o.level {
			levels.add(o.name, "", o.count, s.Rows)
		}
	}
	criteria := chart{Title: "Commonest indications", Head: "Indication", Note: "What argued for a level. Several may hold for one record."}
	for _, t := range s.Criteria[:min(len(s.Criteria), pageCriteria)] {
		criteria.add(t.ID, s.Pack.Criterion(t.ID).Because, t.Count, s.Rows)
	}
	warnings := chart{Title: "Commonest warnings", Head: "Warning"}
	for _, t := range s.Warnings[:min(len(s.Warnings), pageCriteria)] {
		warnings.add(t.ID, s.Pack.Note(t.ID).Because, t.Count, s.Rows)
	}
	mistakes := chart{Title: "Commonest mistakes", Head: "Mistake", Note: "Records with a mistake are not decided. One record may have several."}
	for _, m := range s.Mistakes[:min(len(s.Mistakes), pageMistakes)] {
		mistakes.add(m.Text(), "", m.Count, s.Rows)
	}
	var all []chart
	for _, c := range []chart{s.statusChart(), levels, criteria, warnings, mistakes} {
		if s.Rows > 0 && len(c.Bars) > 0 {
			c.layOut()
			all = append(all, c)
		}
	}
	return all
}

func (c *chart) add(name, more string, n, of int64) {
	c.Bars = append(c.Bars, chartBar{Name: diag.Clean(name), More: diag.Clean(more), Count: grouped(n), Share: share(n, of), Length: length(n, of, railWidth)})
}

// length is a part of the whole; what is not nothing can be seen.
func length(n, of int64, whole float64) float64 {
	if n == 0 || of == 0 {
		return 0
	}
	return max(1, math.Round(float64(n)/float64(of)*whole*10)/10)
}

// layOut says where the bars stand, one below the other. A record may be
// counted in several of them, and a mistake more than once in a record.
func (c *chart) layOut() {
	if c.Parts {
		return
	}
	c.Width, c.Rail, c.Thick, c.Height = chartWidth, railWidth, barThick, rowHeight*len(c.Bars)
	for i := range c.Bars {
		top := i * rowHeight
		b := &c.Bars[i]
		b.Length = min(b.Length, railWidth)
		b.TextY, b.Y, b.ValueY = top+14, float64(top+20), top+32
		b.Name = cut(b.Name, 60)
	}
}

// statusChart is one bar for all records. Its parts differ in their patterns,
// so that they can be told apart without colours.
func (s *Summary) statusChart() chart {
	c := chart{Title: "Status", Head: "Status", Parts: true, Width: chartWidth, Thick: partsThick, Height: partsThick + 34}
	c.add("Determined", "one level remains", s.Determined(), s.Rows)
	c.add("Undetermined", "more answers are needed", s.Undetermined, s.Rows)
	c.add("In error", "could not be read", s.Errors, s.Rows)
	x := 0.0
	for i, n := range []int64{s.Determined(), s.Undetermined, s.Errors} {
		b := &c.Bars[i]
		b.Class = []string{"determined", "undetermined", "error"}[i]
		b.Length = length(n, s.Rows, chartWidth-4)
		b.X, b.Y = x+1, 1
		x += b.Length
		b.KeyX, b.KeyY = 1+i*150, partsThick+14
		b.KeyTextX, b.TextY = b.KeyX+20, b.KeyY+12
	}
	return c
}
