package pack_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/pack"
)

// whole is the pack of the golden files that has everything.
func whole(t *testing.T) fstest.MapFS {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("..", "..", "testdata", "check", "err", "expect_both.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	rules, _, found := bytes.Cut(data, []byte("\ntests:"))
	if !found {
		t.Fatal("the pack has no tests to be left out")
	}
	return fstest.MapFS{"small.yaml": {Data: append(rules, 10)}}
}

func TestCasesMayLieElsewhere(t *testing.T) {
	cases := pack.CaseFile{Name: "elsewhere.yaml", Data: []byte(`
profiles:
  ill: {functioning: gone}
tests:
  - name: not yet
    skip: the clinic has to decide
    profile: ill
    answers: {steady: null}
    expect: {asks: [functioning], asks_not: [steady, phq2], next: functioning, services_not: [dbt]}
courses:
  - name: later
    skip: not now
    steps:
      - {day: 0, profile: ill, expect: {level: iop}}
      - {day: 3, expect: {level: iop}}
`)}
	p, ds, err := pack.Load(whole(t), "small.yaml", pack.LoadOptions{Cases: []pack.CaseFile{cases}})
	if err != nil || len(ds) > 0 || len(p.Tests) != 1 || len(p.Courses) != 1 {
		t.Fatal(err, ds)
	}
	test := p.Tests[0]
	if test.Skip != "the clinic has to decide" || p.Courses[0].Skip != "not now" || test.At.File != "elsewhere.yaml" {
		t.Errorf("%+v", test)
	}
	e := test.Expect
	if len(e.Asks) != 1 || e.Asks[0].ID != "functioning" || len(e.AsksNot) != 2 || e.Next != p.Question("functioning") || len(e.ServicesNot) != 1 {
		t.Errorf("%+v", e)
	}
	alone, _, _ := pack.Load(whole(t), "small.yaml", pack.LoadOptions{})
	if alone.Hash != p.Hash {
		t.Error("cases that lie elsewhere change the hash of the rules")
	}
}

func TestCasesElsewhereHoldNoRules(t *testing.T) {
	for name, data := range map[string]string{
		"test-file":  "conditions: {}",
		"file-large": string(make([]byte, 2<<20+1)),
	} {
		_, ds, err := pack.Load(whole(t), "small.yaml", pack.LoadOptions{Cases: []pack.CaseFile{{Name: "x.yaml", Data: []byte(data)}}})
		if err != nil || len(ds) != 1 || ds[0].Code != name || ds[0].At.File != "x.yaml" {
			t.Errorf("%s: %v %v", name, err, ds)
		}
	}
}
