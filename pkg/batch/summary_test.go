package batch_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/rules"
	"github.com/google/go-cmp/cmp"
)

var updateSummaries = flag.Bool("update", false, "write the golden summaries")

// summarised runs records with every status, some of them with a mistake, and
// fixes the time, which is all that differs between two runs.
func summarised(t *testing.T) *batch.Summary {
	t.Helper()
	var b strings.Builder
	b.WriteString("id,emergency,suicide_risk,\"=tricky, <name>\",phq9\n")
	for i := range 2000 {
		switch {
		case i%400 == 0:
			fmt.Fprintf(&b, "%d,overdose,,,\n", i)
		case i == 3:
			b.WriteString("3,,,alone,99\n")
		case i%500 == 7:
			fmt.Fprintf(&b, "%d,none\n", i)
		case i%50 == 9:
			fmt.Fprintf(&b, "%d,none,2,no,\n", i)
		default:
			fmt.Fprintf(&b, "%d,none,none,,4\n", i)
		}
	}
	_, s, err := run(t, compile(t, rules.Default), b.String(), batch.Options{Columns: batch.Columns{Ignore: map[string]bool{"=tricky, <name>": true}}})
	if err != nil {
		t.Fatal(err)
	}
	s.Seconds = 0.01
	return s
}

func TestSummaries(t *testing.T) {
	s := summarised(t)
	for name, write := range map[string]func(io.Writer, string) error{"text": s.WriteText, "json": s.WriteJSON, "html": s.WriteHTML} {
		t.Run(name, func(t *testing.T) {
			var b bytes.Buffer
			if err := write(&b, "people \x1b[31m<1>.csv"); err != nil {
				t.Fatal(err)
			}
			// The pack's hash is the pack's business.
			got := strings.ReplaceAll(b.String(), s.Pack.Hash, "HASH")
			golden := filepath.Join("testdata", "summary."+name)
			if *updateSummaries {
				if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile(golden)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}

// A summary fits a terminal of 80 columns, and has nothing that moves its
// cursor.
func TestSummaryFits(t *testing.T) {
	s := summarised(t)
	s.Mistakes = append(s.Mistakes, batch.Mistake{Name: strings.Repeat("long\x07", 100), Code: "answer", Count: 1})
	s.Rows, s.Criteria[0].Count = 123456789012, 123456789011
	var b bytes.Buffer
	if err := s.WriteText(&b, "x.csv"); err != nil {
		t.Fatal(err)
	}
	for line := range strings.SplitSeq(b.String(), "\n") {
		if n := utf8.RuneCountInString(line); n > 80 || strings.ContainsAny(line, "\x07\x1b") {
			t.Errorf("%d columns: %q", n, line)
		}
	}
}

// A page is sound markup, runs nothing and asks for nothing.
func TestSummaryPageIsSelfContained(t *testing.T) {
	var b bytes.Buffer
	if err := summarised(t).WriteHTML(&b, `<script>alert(1)</script>.csv`); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, bad := range []string{"<script", "http:", "https:", "@import", "src="} {
		if strings.Contains(page, bad) {
			t.Errorf("the page has %q", bad)
		}
	}
	for i, drawing := range strings.Split(page, "<svg")[1:] {
		drawing, _, _ = strings.Cut("<svg"+drawing, "</svg>")
		d := xml.NewDecoder(strings.NewReader(drawing + "</svg>"))
		for {
			if _, err := d.Token(); errors.Is(err, io.EOF) {
				break
			} else if err != nil {
				t.Fatalf("drawing %d: %v", i+1, err)
			}
		}
	}
}

func TestSummaryOfNothing(t *testing.T) {
	_, s, err := run(t, compile(t, rules.Default), "id\n", batch.Options{})
	if err != nil {
		t.Fatal(err)
	}
	s.Seconds = 0
	var text, data, page bytes.Buffer
	if err := errors.Join(s.WriteText(&text, "x.csv"), s.WriteJSON(&data, "x.csv"), s.WriteHTML(&page, "x.csv")); err != nil {
		t.Fatal(err)
	}
	if want := "x.csv: 0 records\nRules mental-health " + s.Pack.Version + "\n"; text.String() != want {
		t.Errorf("got %q, want %q", text.String(), want)
	}
	if !json.Valid(data.Bytes()) || strings.Contains(data.String(), "null") || strings.Contains(page.String(), "<svg") {
		t.Errorf("%s\n%s", data.String(), page.String())
	}
}

// Keys that are all different are not all kept: memory does not grow with the
// file. The same ones are in every run.
func TestMistakesAreBounded(t *testing.T) {
	var b strings.Builder
	for i := range 4000 {
		fmt.Fprintf(&b, "{\"no%d\":1}%*s\n", i, 100, "")
	}
	e := compile(t, rules.Default)
	_, one, err := run(t, e, b.String(), batch.Options{Input: batch.JSONLines, Output: batch.JSONLines, Workers: 1})
	if err != nil {
		t.Fatal(err)
	}
	_, three, err := run(t, e, b.String(), batch.Options{Input: batch.JSONLines, Output: batch.JSONLines, Workers: 3})
	if err != nil {
		t.Fatal(err)
	}
	if n := len(one.Mistakes); n != 1001 || one.Mistakes[0].Name != "" {
		t.Errorf("%d kinds, the commonest %+v", n, one.Mistakes[0])
	}
	if diff := cmp.Diff(one.Mistakes, three.Mistakes); diff != "" {
		t.Errorf("(-one +three)\n%s", diff)
	}
}
