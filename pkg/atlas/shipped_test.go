package atlas_test

import (
	"bytes"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/atlas"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func shipped(tb testing.TB, name string) *pack.Pack {
	tb.Helper()
	p, ds, err := pack.Load(rules.FS, name, pack.LoadOptions{})
	if err != nil || diag.HasErrors(ds) {
		tb.Fatal(err, ds)
	}
	return p
}

// TestShippedTablesStaySmall pins what was found, so that a search that has
// become worse shows.
func TestShippedTablesStaySmall(t *testing.T) {
	for name, most := range map[string]int{"mental-health": 130, "medicare-iop": 7} {
		table, err := atlas.Map(shipped(t, name), atlas.Options{})
		if err != nil {
			t.Fatal(err)
		}
		byLevel := map[string]int{}
		for i := range table.Rows {
			byLevel[table.Rows[i].Level.ID]++
		}
		if t.Logf("%s: %d rows, %v", name, len(table.Rows), byLevel); len(table.Rows) > most {
			t.Errorf("%s: %d rows, at most %d before", name, len(table.Rows), most)
		}
	}
}

// TestTablesThatAreTooLargeAreNotBegun asks for less than there is.
func TestTablesThatAreTooLargeAreNotBegun(t *testing.T) {
	p := shipped(t, "mental-health")
	_, err := atlas.Map(p, atlas.Options{MaxRows: 30})
	if !errors.Is(err, atlas.ErrTooManyRows) || !strings.Contains(err.Error(), "30") {
		t.Errorf("got %v", err)
	}
	if _, err := atlas.Map(p, atlas.Options{MaxRows: 30, Levels: []*pack.Level{p.Level("inpatient")}}); err != nil {
		t.Errorf("the rows of one level: %v", err)
	}
}

// TestGolden compares whole texts of the smaller pack.
func TestGolden(t *testing.T) {
	p := shipped(t, "medicare-iop")
	p.Hash = "sha256:…" // of files that are not this package's
	table, err := atlas.Map(p, atlas.Options{})
	if err != nil {
		t.Fatal(err)
	}
	some, err := atlas.Map(p, atlas.Options{Levels: []*pack.Level{p.Level("iop")}})
	if err != nil {
		t.Fatal(err)
	}
	decision, err := atlas.DrawDecision(p, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	criteria := atlas.DrawCriteria(p, []*pack.Level{p.Level("iop")})
	for name, write := range map[string]func(*bytes.Buffer) error{
		"map.csv":       func(b *bytes.Buffer) error { return atlas.WriteCSV(b, table) },
		"map.json":      func(b *bytes.Buffer) error { return atlas.WriteJSON(b, table) },
		"map.md":        func(b *bytes.Buffer) error { return atlas.WriteMarkdown(b, table) },
		"level.json":    func(b *bytes.Buffer) error { return atlas.WriteJSON(b, some) },
		"level.md":      func(b *bytes.Buffer) error { return atlas.WriteMarkdown(b, some) },
		"decision.dot":  func(b *bytes.Buffer) error { return atlas.WriteDOT(b, decision) },
		"decision.mmd":  func(b *bytes.Buffer) error { return atlas.WriteMermaid(b, decision) },
		"criteria.dot":  func(b *bytes.Buffer) error { return atlas.WriteDOT(b, criteria) },
		"criteria.mmd":  func(b *bytes.Buffer) error { return atlas.WriteMermaid(b, criteria) },
		"findings.txt":  func(b *bytes.Buffer) error { return atlas.WriteFindings(b, "theirs.csv", checked(t, p, theirs)) },
		"findings.json": func(b *bytes.Buffer) error { return atlas.WriteFindingsJSON(b, checked(t, p, theirs)) },
	} {
		var b bytes.Buffer
		if err := write(&b); err != nil {
			t.Fatal(err)
		}
		golden(t, name, b.Bytes())
	}
}

// theirs is a table of somebody who got a few things wrong.
const theirs = `hours;around_the_clock;danger;otherwise_inpatient;more_than_sessions;level;note
;yes;;;;inpatient;
;;yes;;;inpatient;
;no;no;yes;;php;
twenty_or_more;no;no;no;;php;
nine_to_nineteen;no;no;no;;php;one level too high
under_nine;no;no;;yes;iop;forgets that the other program comes first
under_nine|nine_to_nineteen;no;yes;no|yes;no;outpatient;contradicts the second row
`

func checked(t *testing.T, p *pack.Pack, text string) *atlas.Findings {
	t.Helper()
	table, ds := atlas.Read(p, "theirs.csv", []byte(text), nil)
	if len(ds) > 0 {
		t.Fatal(ds)
	}
	found, err := atlas.Check(table, atlas.CheckOptions{})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name+".golden")
	if *update {
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s (run with -update to accept):\n%s", name, diff)
	}
}

func BenchmarkMap(b *testing.B) {
	for _, name := range rules.Names() {
		p := shipped(b, name)
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				table, err := atlas.Map(p, atlas.Options{})
				if err != nil {
					b.Fatal(err)
				}
				b.ReportMetric(float64(len(table.Rows)), "rows")
			}
		})
	}
}

func BenchmarkCheck(b *testing.B) {
	p := shipped(b, "mental-health")
	table, err := atlas.Map(p, atlas.Options{})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := atlas.Check(table, atlas.CheckOptions{}); err != nil {
			b.Fatal(err)
		}
	}
}
