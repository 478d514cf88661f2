package mutate_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"testing"
	"testing/fstest"

	"github.com/carelevel/carelevel/pkg/mutate"
	"github.com/carelevel/carelevel/rules"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the expected reports")

var folder = filepath.Join("..", "..", "testdata", "mutate")

func clinic(t testing.TB, edit func(string) string, opts mutate.Options) (*mutate.Report, error) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(folder, "clinic.yaml"))
	if err != nil {
		t.Fatal(err)
	}
	r, ds, err := mutate.Run(fstest.MapFS{"clinic.yaml": {Data: []byte(edit(string(data)))}}, "clinic.yaml", opts)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	return r, err
}

func asItIs(text string) string { return text }

func TestReports(t *testing.T) {
	r, err := clinic(t, asItIs, mutate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var text, js bytes.Buffer
	if err := errors.Join(r.WriteText(&text), r.WriteJSON(&js)); err != nil {
		t.Fatal(err)
	}
	for name, got := range map[string][]byte{"clinic.txt": text.Bytes(), "clinic.json": js.Bytes()} {
		path := filepath.Join(folder, name)
		if *update {
			if err := os.WriteFile(path, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
	if !json.Valid(js.Bytes()) {
		t.Error("the JSON is none")
	}
}

// TestLineEnds: a file from Windows is changed and shown like any other.
func TestLineEnds(t *testing.T) {
	lf, err := clinic(t, asItIs, mutate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	crlf, err := clinic(t, func(s string) string { return string(bytes.ReplaceAll([]byte(s), []byte("\n"), []byte("\r\n"))) }, mutate.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var a, b bytes.Buffer
	lf.WriteText(&a)
	crlf.WriteText(&b)
	if diff := cmp.Diff(a.String(), b.String()); diff != "" {
		t.Errorf("(-LF +CRLF)\n%s", diff)
	}
}

// TestBudget: what could not be decided counts as a change, which is said.
func TestBudget(t *testing.T) {
	r, err := clinic(t, asItIs, mutate.Options{Nodes: 1})
	if err != nil {
		t.Fatal(err)
	}
	undecided, suggested := 0, 0
	for _, m := range r.Mutants {
		if m.Unknown != "" {
			undecided++
			if m.Status == mutate.Equivalent {
				t.Errorf("%s %s is equivalent, and not decided", m.ID, m.Words)
			}
		}
		if m.Case != nil {
			suggested++
		}
	}
	if undecided == 0 || suggested == 0 {
		t.Errorf("%d not decided, %d cases suggested", undecided, suggested)
	}
}

func TestRefusals(t *testing.T) {
	_, err := clinic(t, func(s string) string { return regexp.MustCompile(`(?s)tests:.*`).ReplaceAllString(s, "") }, mutate.Options{})
	if !errors.Is(err, mutate.ErrNoCases) {
		t.Errorf("a pack without cases: %v", err)
	}
	_, err = clinic(t, func(s string) string { return regexp.MustCompile("crises: 4").ReplaceAllString(s, "crises: 2") }, mutate.Options{})
	var failing *mutate.FailingError
	if !errors.As(err, &failing) || len(failing.Names) != 1 {
		t.Errorf("a pack whose case fails: %v", err)
	}
}

func ExampleRun() {
	r, _, err := mutate.Run(rules.FS, "medicare-iop", mutate.Options{Run: regexp.MustCompile("^iop-hours$")})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range r.Mutants {
		fmt.Printf("%s: %s %v\n", m.ID, m.Words, m.Status)
	}
	// Output:
	// iop-hours: without iop-hours killed
	// iop-hours: for iop → for php killed
	// iop-hours: {hours: {at_least: nine_to_nineteen}} → none of it killed
	// iop-hours: at_least → at_most killed
	// iop-hours: nine_to_nineteen → under_nine stillborn
	// iop-hours: nine_to_nineteen → twenty_or_more killed
}
