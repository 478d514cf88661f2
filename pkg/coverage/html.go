package coverage

import (
	"bytes"
	_ "embed"
	"html/template"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/carelevel/carelevel/pkg/diag"
)

//go:embed page.css
var pageStyle string

//go:embed page.tmpl
var pageText string

var page = sync.OnceValue(func() *template.Template { return template.Must(template.New("page").Parse(pageText)) })

// htmlReport is a pack on the page.
type htmlReport struct {
	Title   string
	Percent string
	Counts  Counts
	Groups  []Group
	Files   []htmlFile
}

type htmlFile struct {
	Name  string
	Count Counts
	Lines []htmlLine
}

type htmlLine struct {
	N     int
	Mark  string // beside the line: a sign that needs no colour
	Says  string // the same for those who do not see it
	Parts []htmlPart
	Lacks []string
}

// htmlPart is a piece of a line; Class is the state of what stands there, empty
// where nothing is to be tried.
type htmlPart struct{ Text, Class string }

// signs stand beside lines, the worst first.
var signs = []struct {
	state      State
	mark, says string
}{
	{Missing, "✗", "lacks cases"}, {Undecided, "?", "not covered, and perhaps not possible"},
	{Impossible, "∅", "partly impossible"}, {Covered, "✓", "covered"},
}

// WriteHTML writes the rules of packs as one page that needs nothing else, each
// line with what its cases lack. src has the texts of the packs. The error is
// w's.
func WriteHTML(w io.Writer, reports []*Report, src *diag.Sources) error {
	var all []htmlReport
	for _, r := range reports {
		all = append(all, r.html(src))
	}
	var b bytes.Buffer
	err := page().Execute(&b, map[string]any{"Packs": all, "Style": template.CSS(pageStyle)}) // the style is ours
	if err != nil {
		return err
	}
	_, err = w.Write(b.Bytes())
	return err
}

func (r *Report) html(src *diag.Sources) htmlReport {
	n := r.Count(nil)
	h := htmlReport{Title: diag.Clean(r.Pack.ID + " " + r.Pack.Version), Percent: Percent(n.Percent()), Counts: n, Groups: r.Groups()}
	places := r.Places(nil)
	for len(places) > 0 {
		name := places[0].At.File
		end := slices.IndexFunc(places, func(p *Place) bool { return p.At.File != name })
		if end < 0 {
			end = len(places)
		}
		if f := r.htmlFile(name, places[:end], src); len(f.Lines) > 0 {
			h.Files = append(h.Files, f)
		}
		places = places[end:]
	}
	return h
}

func (r *Report) htmlFile(name string, places []*Place, src *diag.Sources) htmlFile {
	f := htmlFile{Name: diag.Clean(name), Count: r.Count(func(o *Obligation) bool { return o.At.File == name })}
	for n := 1; ; n++ {
		text, ok := src.Line(name, n)
		if !ok {
			return f
		}
		end := slices.IndexFunc(places, func(p *Place) bool { return p.At.Line > n })
		if end < 0 {
			end = len(places)
		}
		f.Lines = append(f.Lines, r.htmlLine(n, text, places[:end]))
		places = places[end:]
	}
}

func (r *Report) htmlLine(n int, text string, places []*Place) htmlLine {
	line := htmlLine{N: n, Parts: parts(text, places)}
	if len(places) == 0 {
		return line
	}
	var all []*Obligation
	for _, p := range places {
		all = append(all, p.Obligations...)
		for _, o := range p.Obligations {
			switch o.State {
			case Missing, Undecided:
				line.Lacks = append(line.Lacks, diag.Clean(p.About+": "+r.Lack(o)))
			case Impossible:
				line.Lacks = append(line.Lacks, diag.Clean(p.About+": a case "+r.model.kindOfCase(o)+" cannot be"))
			}
		}
	}
	s := signs[worst(all)]
	line.Mark, line.Says = s.mark, s.says
	return line
}

// worst is the position in signs of the worst state.
func worst(of []*Obligation) int {
	for i, s := range signs {
		if slices.ContainsFunc(of, func(o *Obligation) bool { return o.State == s.state }) {
			return i
		}
	}
	return len(signs) - 1
}

// parts cuts a line at what is to be tried in it. Of places that overlap, the
// one that begins first is marked, with what belongs to all that begin there.
func parts(text string, places []*Place) (out []htmlPart) {
	runes := []rune(strings.TrimRight(text, "\r\n"))
	at := 0
	for i := 0; i < len(places); {
		p := places[i]
		var of []*Obligation
		j := i
		for ; j < len(places) && places[j].At.Col == p.At.Col; j++ {
			of = append(of, places[j].Obligations...)
		}
		i = j
		from, to := min(max(p.At.Col-1, 0), len(runes)), len(runes)
		if p.At.EndLine == p.At.Line && p.At.EndCol > p.At.Col {
			to = min(p.At.EndCol-1, len(runes))
		}
		if i < len(places) {
			to = min(to, max(places[i].At.Col-1, from))
		}
		if from < at || from == to {
			continue
		}
		out = appendPart(out, runes[at:from], "")
		out = appendPart(out, runes[from:to], signs[worst(of)].state.String())
		at = to
	}
	return appendPart(out, runes[at:], "")
}

func appendPart(out []htmlPart, text []rune, class string) []htmlPart {
	if len(text) == 0 {
		return out
	}
	return append(out, htmlPart{diag.Clean(string(text)), class})
}
