package report

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"
)

// drawn is what a page's drawing consists of.
type drawn struct {
	markers, signs, stays, lines int
	texts                        []string
}

// readDrawing reads the drawing of a page as strictly as XML is read, and sees
// to it that nothing is drawn outside of it.
func readDrawing(t *testing.T, page string) drawn {
	t.Helper()
	_, svg, _ := strings.Cut(page, "<svg")
	svg, _, found := strings.Cut("<svg"+svg, "</svg>")
	if !found {
		t.Fatal("no drawing")
	}
	var out drawn
	var box []float64
	var within string
	in := xml.NewDecoder(strings.NewReader(svg + "</svg>"))
	for {
		token, err := in.Token()
		if errors.Is(err, io.EOF) {
			return out
		}
		if err != nil {
			t.Fatal(err)
		}
		switch x := token.(type) {
		case xml.StartElement:
			within = x.Name.Local
			of := map[string]string{}
			for _, a := range x.Attr {
				of[a.Name.Local] = a.Value
			}
			if v := of["viewBox"]; v != "" {
				box = numbers(t, v)
			}
			for _, points := range numberPairs(t, of) {
				if points[0] < 0 || points[0] > box[2] || points[1] < 0 || points[1] > box[3] {
					t.Errorf("%v of a %s lies outside of %v", points, within, box)
				}
			}
			switch class := of["class"]; {
			case strings.HasPrefix(class, "marker"):
				out.markers++
			case class == "sign":
				out.signs++
			case strings.HasPrefix(class, "stay"):
				out.stays++
			case within == "polyline":
				out.lines++
			}
		case xml.CharData:
			if text := strings.TrimSpace(string(x)); text != "" && within == "text" {
				out.texts = append(out.texts, text)
			}
		}
	}
}

// numberPairs are the places that an element has.
func numberPairs(t *testing.T, of map[string]string) [][2]float64 {
	var out [][2]float64
	for _, keys := range [][2]string{{"x", "y"}, {"cx", "cy"}} {
		if of[keys[0]] != "" {
			out = append(out, [2]float64{numbers(t, of[keys[0]])[0], numbers(t, of[keys[1]])[0]})
		}
	}
	for p := range strings.FieldsSeq(of["points"]) {
		pair := numbers(t, strings.Replace(p, ",", " ", 1))
		out = append(out, [2]float64{pair[0], pair[1]})
	}
	return out
}

func numbers(t *testing.T, s string) []float64 {
	t.Helper()
	var out []float64
	for f := range strings.FieldsSeq(s) {
		n, err := strconv.ParseFloat(f, 64)
		if err != nil {
			t.Fatal(err)
		}
		out = append(out, n)
	}
	return out
}

func historyHTML(t testing.TB, visits ...visit) string {
	c := courseOf(t, coursePack(t), "A-4711", visits...)
	return rendered(t, func(w io.Writer) error { return HistoryHTML(w, c) })
}

func TestHistoryDrawing(t *testing.T) {
	for _, tt := range []struct {
		name   string
		visits []visit
		want   drawn
	}{
		// Markers are the scores and one for each legend.
		{"five", fiveVisits, drawn{markers: 5 + 4 + 2 + 3, signs: 4, stays: 3, lines: 1 + 1 + 1}},
		{"one", fiveVisits[:1], drawn{markers: 2 + 2, stays: 1}},
		{"no scores", []visit{{date: "2026-01-05", answers: "{risk: none}"}, {date: "2026-01-06", answers: "{risk: plan}"}}, drawn{signs: 3, stays: 1}},
		{"no answers", []visit{{date: "2026-01-05", answers: "{risk: none}"}}, drawn{signs: 3}},
	} {
		got := readDrawing(t, historyHTML(t, tt.visits...))
		if got.markers != tt.want.markers || got.signs != tt.want.signs || got.stays != tt.want.stays || got.lines != tt.want.lines {
			t.Errorf("%s: %d markers, %d signs, %d stays, %d lines; want %+v", tt.name, got.markers, got.signs, got.stays, got.lines, tt.want)
		}
	}
}

// Many assessments on days near each other, scores at the ends of their ranges
// and texts without end stay inside of the drawing.
func TestHistoryDrawingStaysInside(t *testing.T) {
	p := coursePack(t)
	long := strings.Repeat("long name ", 20)
	for _, l := range p.Levels {
		l.Short = long + l.ID
	}
	for _, q := range p.Questions {
		q.Name = long + q.ID
		for i := range q.Bands {
			q.Bands[i].Label = long
		}
	}
	var visits []visit
	for i := range 60 {
		answers := []string{"{phq: 0, gad: 21, distress: 100}", "{phq: 27, gad: 0, distress: 0}", "{phq: 27}"}[i%3]
		visits = append(visits, visit{date: "20" + strconv.Itoa(26+i/12) + "-" + []string{"01-01", "01-02", "02-01", "03-01", "04-01", "05-01", "06-01", "07-01", "08-01", "09-01", "10-01", "12-31"}[i%12], answers: answers})
	}
	c := courseOf(t, p, strings.Repeat("x", 100), visits...)
	got := readDrawing(t, rendered(t, func(w io.Writer) error { return HistoryHTML(w, c) }))
	for _, text := range got.texts {
		if width(text) > 40 {
			t.Errorf("%q is not cut", text)
		}
	}
}

// What no name of a level or a score says by itself is said in words.
func TestHistoryPageWithoutPicture(t *testing.T) {
	page := historyHTML(t, fiveVisits...)
	for _, want := range []string{
		`role="img" aria-labelledby="chart-title chart-about"`,
		"<desc id=\"chart-about\">5 assessments, 2026-01-05 to 2026-06-12; PHQ-9 from 24 to 14; GAD-7 from 18 to 14; Distress from 60 to 35; cared for at: Inpatient, then IOP, then Outpatient. The table says all of it.</desc>",
		`content="default-src &#39;none&#39;`, `<th scope="col">Recommended</th>`, `<th scope="row">2026-01-17</th>`,
	} {
		if !strings.Contains(page, want) && !strings.Contains(page, strings.ReplaceAll(want, "&#39;", "'")) {
			t.Errorf("%q is not in the page", want)
		}
	}
	for _, bad := range []string{"<script", " src=", "@import", "http:", "https:", "url(h"} {
		if strings.Contains(strings.ReplaceAll(page, "url(#hatch", ""), bad) {
			t.Errorf("%q is in the page", bad)
		}
	}
}
