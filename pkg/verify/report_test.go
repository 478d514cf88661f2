package verify_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/verify"
	"github.com/carelevel/carelevel/rules"
)

// TestShippedPacksAreProved: nothing about them is refuted or undecided.
func TestShippedPacksAreProved(t *testing.T) {
	for _, name := range rules.Names() {
		report, err := verify.Run(compile(t, shipped(t, name)), verify.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i := range report.Proofs {
			if p := &report.Proofs[i]; p.Status == verify.Refuted || p.Status == verify.Undecided {
				t.Errorf("%s: %v: %s", p.ID, p.Status, report.Message(p))
			}
		}
	}
}

// TestReportsAreTheSameEveryTime renders two runs in every form.
func TestReportsAreTheSameEveryTime(t *testing.T) {
	p := shipped(t, rules.Default)
	var first []byte
	for i := range 3 {
		report, err := verify.Run(compile(t, p), verify.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := report.WriteText(&b, verify.TextOptions{}); err != nil {
			t.Fatal(err)
		}
		if err := verify.WriteJSON(&b, []*verify.Report{report}); err != nil {
			t.Fatal(err)
		}
		if err := diag.WriteSARIF(&b, diag.Tool{Name: "carelevel", Rules: verify.Codes()}, report.Diagnostics()); err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = b.Bytes()
		} else if !bytes.Equal(first, b.Bytes()) {
			t.Fatalf("run %d is another than the first", i)
		}
	}
}

// TestLinesAreNotTooLong looks at every line of the default pack's report but
// for places, and at the answers that are written to it.
func TestLinesAreNotTooLong(t *testing.T) {
	report, err := verify.Run(compile(t, shipped(t, rules.Default)), verify.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := report.WriteText(&b, verify.TextOptions{}); err != nil {
		t.Fatal(err)
	}
	for _, l := range strings.Split(b.String(), "\n") {
		if n := len([]rune(l)); n > 100 {
			t.Errorf("%d columns: %s", n, l)
		}
	}
}

// TestJSON reads one proof of each form back.
func TestJSON(t *testing.T) {
	report, err := verify.Run(compile(t, shipped(t, "medicare-iop")), verify.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := verify.WriteJSON(&b, []*verify.Report{report}); err != nil {
		t.Fatal(err)
	}
	var out struct {
		Schema string
		OK     bool
		Packs  []struct {
			Pack         struct{ ID, Version, Hash string }
			Combinations string
			Levels       []struct {
				Level, Count string
				Share        float64
			}
			Proved, Refuted, Undecided, Remarks int
			Proofs                              []struct {
				ID, Kind, Status, Message string
				At                        *struct {
					File string
					Line int
				}
				About   map[string]string
				Count   string
				Witness []struct {
					File     string
					Possible []string
					Answers  json.RawMessage
				}
			}
			LeftOut []any `json:"left_out"`
		}
	}
	d := json.NewDecoder(&b)
	if err := d.Decode(&out); err != nil {
		t.Fatal(err)
	}
	p := out.Packs[0]
	if out.Schema != verify.Schema || !out.OK || p.Pack.ID != "medicare-iop" || p.Combinations != "2317923385344" || p.LeftOut == nil ||
		p.Proved+p.Refuted+p.Undecided+p.Remarks != len(p.Proofs) || len(p.Levels) != 4 {
		t.Errorf("%+v", out)
	}
	first := p.Proofs[0]
	if first.ID != "level-outpatient" || first.Kind != "levels" || first.Status != "proved" || first.Count != "48290070528" || first.At.Line == 0 ||
		first.About["level"] != "outpatient" || first.Message != "Level outpatient is recommended for some answers." ||
		first.Witness[0].File != "level-outpatient.yaml" || first.Witness[0].Possible[0] != "outpatient" {
		t.Errorf("%+v", first)
	}
	sheet, ds := report.Pack.ReadAnswers("witness", first.Witness[0].Answers, nil)
	if len(ds) > 0 || len(sheet.Answers) == 0 {
		t.Errorf("%v", ds)
	}
}

// TestNothingReachesTheTerminal: whatever a pack's texts hold, no control
// character is printed.
func TestNothingReachesTheTerminal(t *testing.T) {
	p := hostile(1)
	evil := "\x1b[31m evil\n\u202e"
	p.ID = evil
	for _, q := range p.Questions {
		q.Name = evil
		q.Options = []pack.Option{{ID: evil, Label: evil}, {ID: "b", Label: evil}, {ID: "c", Label: evil}, {ID: "d", Label: evil}}
	}
	p.Levels[1].ID = evil
	p.Levels[1].Indications[0].When = &pack.In{Slot: 3, Ranges: []pack.Interval{{From: 1, To: 1}}}
	p.Levels[1].Indications[0].ID, p.Levels[1].Indications[0].At.File = evil, evil
	report, err := verify.Run(compile(t, p), verify.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := report.WriteText(&b, verify.TextOptions{Rules: evil, Folder: evil}); err != nil {
		t.Fatal(err)
	}
	if r, found := diag.Control(b.String()); found {
		t.Errorf("U+%04X in\n%s", r, b.String())
	}
}
