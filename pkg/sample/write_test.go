package sample_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/sample"
	"github.com/carelevel/carelevel/rules"
)

var update = flag.Bool("update", false, "rewrite the expected output")

func write(t testing.TB, p *pack.Pack, format string, n int, opts sample.Options) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := sample.Write(context.Background(), &b, generator(t, p, opts), format, n); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// Every machine writes these bytes.
func TestGolden(t *testing.T) {
	for _, format := range sample.Formats() {
		got := write(t, shipped(t, rules.Default), format, 5, sample.Options{Seed: 1, Missing: sample.DefaultMissing})
		file := filepath.Join("testdata", "mental-health."+format)
		if *update {
			if err := os.WriteFile(file, got, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s: run with -update if the change is meant (-want +got):\n%s", file, diff)
		}
	}
}

func TestLongerSamplesBeginWithShorterOnes(t *testing.T) {
	p, opts := shipped(t, rules.Default), sample.Options{Seed: 4, Missing: 20}
	for _, format := range sample.Formats() {
		long := write(t, p, format, 1000, opts)
		for _, n := range []int{0, 1, 16, 999} {
			if short := write(t, p, format, n, opts); !bytes.HasPrefix(long, short) || format == "jsonl" && bytes.Count(short, []byte("\n")) != n {
				t.Errorf("%s: the first %d of 1000 rows are others than %d rows", format, n, n)
			}
		}
		opts.Seed++
		if bytes.Equal(write(t, p, format, 1000, opts), long) {
			t.Errorf("%s: another seed gives the same rows", format)
		}
		opts.Seed--
	}
}

// What is written is what was drawn: read back by the readers of the standard
// library and the pack's own.
func TestRowsReadBack(t *testing.T) {
	everyPack(t, func(t *testing.T, p *pack.Pack) {
		opts := sample.Options{Seed: 6, Missing: 15}
		const n = 30
		g, want := generator(t, p, opts), make([]pack.Answers, n)
		for i := range want {
			want[i] = p.NewAnswers()
			g.Next(want[i])
		}
		checkTable(t, p, ',', write(t, p, "csv", n, opts), want)
		checkTable(t, p, '\t', write(t, p, "tsv", n, opts), want)
		checkLines(t, p, write(t, p, "jsonl", n, opts), want)
	})
}

func checkTable(t *testing.T, p *pack.Pack, separator rune, data []byte, want []pack.Answers) {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma = separator
	rows, err := r.ReadAll()
	if err != nil || len(rows) != len(want)+1 {
		t.Fatalf("%d lines, error %v", len(rows), err)
	}
	for i, row := range rows[1:] {
		if row[0] != wantID(i) {
			t.Errorf("id %s, want %s", row[0], wantID(i))
		}
		for s, cell := range row[1:] {
			if rows[0][s+1] != p.Slots[s].ID || cell != p.FormatAnswer(s, want[i][s]) {
				t.Fatalf("row %d, column %s: %q, want %q", i, rows[0][s+1], cell, p.FormatAnswer(s, want[i][s]))
			}
			if v, err := p.ParseAnswer(s, cell); err != nil || v != want[i][s] {
				t.Fatalf("row %d, column %s: %q reads as %d, error %v", i, rows[0][s+1], cell, v, err)
			}
		}
	}
}

func checkLines(t *testing.T, p *pack.Pack, data []byte, want []pack.Answers) {
	t.Helper()
	for i, line := range bytes.SplitAfter(data, []byte("\n"))[:len(want)] {
		if !json.Valid(line) {
			t.Fatalf("line %d is not JSON: %s", i, line)
		}
		if exact := `{"id":"` + wantID(i) + `","answers":` + string(p.AnswersJSON(want[i])) + "}\n"; exact != string(line) {
			t.Fatalf("line %d: %s, want %s", i, line, exact)
		}
		sheet, ds := p.ReadAnswers("line", line, nil)
		if len(ds) > 0 || sheet.ID != wantID(i) {
			t.Fatalf("line %d is not accepted: %v\n%s", i, ds, line)
		}
		if diff := cmp.Diff(want[i], sheet.Answers); diff != "" {
			t.Fatalf("line %d reads as other answers (-want +got):\n%s", i, diff)
		}
	}
}

func wantID(i int) string { return fmt.Sprintf("s%06d", i+1) }

// A pack that a program has made may have ids that no file could give.
func TestStrangeIDs(t *testing.T) {
	q := &pack.Question{ID: "id", Kind: pack.Choice, Max: 1, Options: []pack.Option{{ID: `a "b", c`}, {ID: "d\te"}}}
	multi := &pack.Question{ID: "many", Index: 2, Slot: 2, Kind: pack.Multi, Max: 3, Options: q.Options}
	m := &pack.Question{ID: "big", Index: 1, Slot: 1, Kind: pack.Number, Min: -5_000_000, Max: 5_000_000, Decimals: 3}
	p := &pack.Pack{ID: "strange", Levels: []*pack.Level{{ID: "only"}}, Questions: []*pack.Question{q, m, multi},
		Slots: []pack.Slot{{ID: "id", Question: q, Item: -1, Max: 1}, {ID: "big", Question: m, Item: -1, Min: m.Min, Max: m.Max},
			{ID: "many", Question: multi, Item: -1, Max: 3}}}
	g, want := generator(t, p, sample.Options{}), make([]pack.Answers, 40)
	for i := range want {
		want[i] = p.NewAnswers()
		g.Next(want[i])
	}
	for separator, format := range map[rune]string{',': "csv", '\t': "tsv"} {
		r := csv.NewReader(bytes.NewReader(write(t, p, format, len(want), sample.Options{})))
		r.Comma = separator
		rows, err := r.ReadAll()
		if err != nil || rows[0][0] != "assessment_id" {
			t.Fatalf("%s: %v, error %v", format, rows, err)
		}
		for i, row := range rows[1:] {
			if row[1] != q.Options[want[i][0]].ID || row[2] != p.FormatAnswer(1, want[i][1]) || row[3] != p.FormatAnswer(2, want[i][2]) {
				t.Errorf("%s: row %d is %q", format, i, row)
			}
		}
	}
	for i, line := range bytes.SplitAfter(write(t, p, "jsonl", len(want), sample.Options{}), []byte("\n"))[:len(want)] {
		var got struct{ Answers struct{ ID string } }
		if err := json.Unmarshal(line, &got); err != nil || got.Answers.ID != q.Options[want[i][0]].ID {
			t.Errorf("line %d: %s, error %v", i, line, err)
		}
	}
}

type full struct{ left int }

func (w *full) Write(b []byte) (int, error) {
	if w.left -= len(b); w.left < 0 {
		return 0, io.ErrShortWrite
	}
	return len(b), nil
}

func TestWritingEnds(t *testing.T) {
	p := shipped(t, rules.Default)
	g := generator(t, p, sample.Options{})
	if err := sample.Write(context.Background(), &full{100_000}, g, "csv", math.MaxInt); !errors.Is(err, io.ErrShortWrite) {
		t.Errorf("error %v, want the writer's", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	var b bytes.Buffer
	cancel()
	if err := sample.Write(ctx, &b, g, "csv", math.MaxInt); !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want that it was interrupted", err)
	}
	if err := sample.Write(context.Background(), &b, g, "xml", 1); err == nil || !strings.Contains(err.Error(), "csv, tsv, jsonl") {
		t.Errorf("error %v, want the formats that there are", err)
	}
}
