package report

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/google/go-cmp/cmp"
)

// TestReportsStayShort holds the reports of the default pack's example answers
// to what somebody reads at night, and to what fits into a chart.
func TestReportsStayShort(t *testing.T) {
	p, _, err := pack.Load(os.DirFS(filepath.Join("..", "..", "rules")), "mental-health", pack.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name                   string
		why, plan, text, chart int // lines at most
	}{
		{"outpatient", 55, 65, 260, 150},
		{"iop", 75, 110, 335, 180},
		{"php", 90, 95, 330, 175},
		{"inpatient", 80, 60, 240, 150},
		{"crisis", 30, 0, 110, 80},
		{"undetermined", 60, 0, 155, 100},
	} {
		data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "answers", c.name+".yaml"))
		if err != nil {
			t.Fatal(err)
		}
		sheet, ds := p.ReadAnswers(c.name, data, nil)
		if len(ds) > 0 {
			t.Fatal(ds)
		}
		r := e.Recommend(sheet.Answers)
		in := Input{Recommendation: r, Explanation: explain.Explain(e, r), Date: caseDate}
		all := text(t, in, TextOptions{})
		core, _, _ := strings.Cut(all, "── Details")
		why, plan, _ := strings.Cut(core, "── Plan")
		chart := rendered(t, func(w io.Writer) error { return Markdown(w, in) })
		for what, got := range map[string][2]int{
			"why":   {strings.Count(why, "\n"), c.why},
			"plan":  {strings.Count(plan, "\n"), c.plan},
			"text":  {strings.Count(all, "\n"), c.text},
			"chart": {strings.Count(chart, "\n"), c.chart},
		} {
			if got[0] > got[1] {
				t.Errorf("%s: the %s has %d lines, more than %d", c.name, what, got[0], got[1])
			}
		}
	}
}

// TestWeakServicesStandApart: what has little evidence is named below a heading
// that says so, and nowhere else, whatever the answers call for.
func TestWeakServicesStandApart(t *testing.T) {
	for _, called := range []bool{false, true} {
		t.Run(fmt.Sprintf("called for %t", called), func(t *testing.T) {
			p := clinic(t)
			l := p.Level("iop")
			i := slices.IndexFunc(l.Services, func(s *pack.Service) bool { return (s.When != nil) == called })
			s := l.Services[i]
			s.Title, s.Evidence = "Crystal therapy", pack.EvidenceLittle
			for _, c := range cases {
				d := build(input(t, p, c.name, c.answers))
				for _, sec := range slices.Concat(d.Core, d.Plan, d.Details) {
					for _, part := range sec.Parts {
						if strings.Contains(fmt.Sprint(part), s.Title) && part.Head != doubtful {
							t.Errorf("%s: it stands under %q, %q", c.name, sec.Title, part.Head)
						}
					}
				}
			}
			got := text(t, input(t, p, "iop", cases[1].answers), TextOptions{Width: 120})
			if !strings.Contains(got, doubtful+": Crystal therapy (little evidence)") {
				t.Errorf("it is not named:\n%s", got)
			}
		})
	}
}

func TestCitedOnce(t *testing.T) {
	flow := func(ps ...phrase) string { return strings.TrimSpace(fmt.Sprint(citedOnce(ps))) }
	p := func(text, id string, marks ...int) phrase { return phrase{Text: line{text, marks}, ID: id} }
	for _, c := range []struct{ name, got, want string }{
		{"the same twice", flow(p("a", "", 1), p("b", "", 1)), flow(p("a", ""), p("b", "", 1))},
		{"different ones", flow(p("a", "", 1), p("b", "", 1, 2)), flow(p("a", "", 1), p("b", "", 1, 2))},
		{"an id needs its own", flow(p("a", "x", 1), p("b", "y", 1)), flow(p("a", "x", 1), p("b", "y", 1))},
		{"nothing", flow(), "[]"},
	} {
		if d := cmp.Diff(c.want, c.got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

func TestInside(t *testing.T) {
	for in, want := range map[string]string{
		"The person stays safe.": "the person stays safe.",
		"A plan":                 "a plan",
		"PHQ-9 is high":          "PHQ-9 is high",
		"IOP was tried":          "IOP was tried",
		"Übung":                  "übung",
		"":                       "",
		"X":                      "X",
	} {
		if got := inside(in); got != want {
			t.Errorf("inside(%q) = %q, want %q", in, got, want)
		}
	}
}
