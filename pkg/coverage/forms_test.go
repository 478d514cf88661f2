package coverage_test

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/coverage"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const small = `pack:
  id: small
  version: 1.0.0
  title: Small <b>&amp;
  description: A pack for the tests.
  population: Nobody.
  intended_use: Tests.
  limits: [For tests.]
  levels: [low, high]
  sections: [one]
sections:
  one:
    title: One
    questions:
      unwell: {kind: yes_no, name: being <unwell>, ask: "Unwell?", worse: yes}
      crises: {kind: number, ask: "Crises?", min: 0, max: 9, worse: higher}
sources:
  book: {title: A book}
conditions:
  many: {title: many crises, when: {crises: {at_least: 5}}}
levels:
  low: {title: Low, summary: Low., action: Nothing., sources: [book]}
  high:
    title: High
    summary: High.
    action: Something.
    sources: [book]
    indications:
      - id: unwell-and-many
        when:
          all:
            - unwell: yes
            - many
        because: Unwell and many.
        sources: [book]
      - {id: many-alone, when: {all: [many, {crises: {at_most: 7}}]}, because: Many., sources: [book]}
      - {id: never, when: {all: [many, {crises: {at_most: 3}}]}, because: Never., sources: [book]}
`

func smallReport(t *testing.T, cases ...map[string]pack.Value) (*coverage.Report, *diag.Sources) {
	t.Helper()
	src := new(diag.Sources)
	p, ds, err := pack.Load(fstest.MapFS{"small.yaml": {Data: []byte(small)}}, "small.yaml", pack.LoadOptions{Sources: src})
	if err != nil || len(ds) > 0 {
		t.Fatal(err, ds)
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	var all []coverage.Case
	for _, c := range cases {
		a := p.NewAnswers()
		for id, v := range c {
			slot, _ := p.SlotByID(id)
			a[slot] = v
		}
		all = append(all, coverage.Case{Name: "a case", Answers: []pack.Answers{a}})
	}
	r, err := coverage.Run(e, all)
	if err != nil {
		t.Fatal(err)
	}
	return r, src
}

func TestForms(t *testing.T) {
	r, src := smallReport(t, map[string]pack.Value{"unwell": 1, "crises": 5}, map[string]pack.Value{"crises": 4})
	for name, write := range map[string]func(io.Writer) error{
		"coverage.txt":  r.WriteText,
		"coverage.html": func(w io.Writer) error { return coverage.WriteHTML(w, []*coverage.Report{r}, src) },
		"coverage.json": func(w io.Writer) error {
			e := json.NewEncoder(w)
			e.SetIndent("", " ")
			return e.Encode(coverage.JSON([]*coverage.Report{r}))
		},
		"suggested.yaml": func(w io.Writer) error {
			cases, _ := r.Suggest()
			return r.WriteSuggestions(w, cases)
		},
	} {
		t.Run(name, func(t *testing.T) {
			var got bytes.Buffer
			if err := write(&got); err != nil {
				t.Fatal(err)
			}
			path := filepath.Join("testdata", name)
			if *update {
				if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got.String()); diff != "" {
				t.Errorf("run with -update and look at what changed (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPageIsSelfContained: texts of the pack are escaped, and nothing is loaded
// from anywhere.
func TestPageIsSelfContained(t *testing.T) {
	r, src := smallReport(t)
	var b bytes.Buffer
	if err := coverage.WriteHTML(&b, []*coverage.Report{r}, src); err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"<b>", "<unwell>", "<script", "http:", "https:", "url(", "@import", "src="} {
		if strings.Contains(b.String(), bad) {
			t.Errorf("the page has %q", bad)
		}
	}
}

func TestCounts(t *testing.T) {
	for _, tt := range []struct {
		n       coverage.Counts
		tenths  int
		reaches float64
		not     float64
	}{
		{coverage.Counts{}, 1000, 100, 101},
		{coverage.Counts{Covered: 1, Reachable: 3}, 333, 33.3, 33.4},
		{coverage.Counts{Covered: 2540, Reachable: 2541}, 999, 99.9, 100},
		{coverage.Counts{Covered: 2541, Reachable: 2541}, 1000, 100, 100.1},
	} {
		if tt.n.Percent() != tt.tenths || !tt.n.Reaches(tt.reaches) && tt.n.Reachable > 0 || tt.n.Reaches(tt.not) && tt.n.Reachable > 0 {
			t.Errorf("%+v: %s", tt.n, coverage.Percent(tt.n.Percent()))
		}
	}
}
