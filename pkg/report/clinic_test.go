package report

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/explain"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files anew")

// clinic reads the pack of these tests, which has one of everything that a
// report shows. Each test gets its own, so it may change it.
func clinic(t testing.TB) *pack.Pack {
	t.Helper()
	p, ds, err := pack.Load(os.DirFS("testdata"), "clinic.yaml", pack.LoadOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range ds {
		if d.Severity == diag.Error {
			t.Fatalf("clinic.yaml:%d: %s", d.At.Line, d.Message)
		}
	}
	return p
}

// cases are assessments, one for each kind of result.
var cases = []struct{ name, answers string }{
	{"outpatient", `
suicide_risk: none
substances: none
phq9: 8
dysregulation: no
functioning: strained
monitoring: weekly
crises: 0
comes_from: home
can_take_part: yes
home_support: strong
diagnosis: yes
works: yes
childcare: no
`},
	{"iop", `
suicide_risk: passive
substances: [alcohol, opioids]
phq9: [3, 3, 2, 2, null, 2, 2, null, 1]
dysregulation: yes
functioning: impaired
monitoring: several
crises: 4
comes_from: inpatient
can_take_part: no
home_support: not_assessed
diagnosis: yes
works: yes
childcare: yes
`},
	{"php", `
suicide_risk: ideas
phq9: 22
functioning: well
monitoring: daily
home_support: none
can_take_part: yes
`},
	{"inpatient", `
suicide_risk: plan
phq9: [1, null, null, null, 2, 1, 0, 1, 1]
functioning: impaired
monitoring: daily
home_support: some
`},
	{"crisis", `suicide_risk: imminent`},
	{"undetermined", `
suicide_risk: none
phq9: [2, 2, 2, 1, 1, 1, 1, null, 2]
functioning: strained
monitoring: several
comes_from: not_assessed
can_take_part: yes
home_support: some
`},
	{"three", `
suicide_risk: none
phq9: 16
functioning: strained
monitoring: not_assessed
`},
	{"nothing", `{}`},
}

const caseDate = "2026-01-30"

// input is a case as the report gets it.
func input(t testing.TB, p *pack.Pack, name, answers string) Input {
	t.Helper()
	sheet, ds := p.ReadAnswers(name+".yaml", []byte(answers), nil)
	if diag.HasErrors(ds) {
		t.Fatalf("%s: %v", name, ds)
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	r := e.Recommend(sheet.Answers)
	return Input{Recommendation: r, Explanation: explain.Explain(e, r), ID: "case-" + name, Date: caseDate}
}

// inputOf is the case with this name.
func inputOf(t testing.TB, name string) Input {
	t.Helper()
	for _, c := range cases {
		if c.name == name {
			return input(t, clinic(t), c.name, c.answers)
		}
	}
	t.Fatalf("no case %q", name)
	return Input{}
}

// golden compares a rendering with the file that it was found good in.
func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", "golden", name)
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-want +got):\n%s", path, d)
	}
}
