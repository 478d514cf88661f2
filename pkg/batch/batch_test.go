package batch_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

func compile(tb testing.TB, name string) *engine.Engine {
	tb.Helper()
	p, _, err := pack.Load(rules.FS, name, pack.LoadOptions{Tests: true})
	if err != nil {
		tb.Fatal(err)
	}
	e, err := engine.Compile(p)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

func run(t testing.TB, e *engine.Engine, in string, opts batch.Options) (string, *batch.Summary, error) {
	t.Helper()
	var out bytes.Buffer
	s, err := batch.Run(context.Background(), e, strings.NewReader(in), &out, opts)
	return out.String(), s, err
}

// table writes answers as CSV, with a column for every slot.
func table(p *pack.Pack, all []pack.Answers) string {
	var b strings.Builder
	w := csv.NewWriter(&b)
	header := []string{"id"}
	for _, s := range p.Slots {
		header = append(header, s.ID)
	}
	w.Write(header)
	for i, a := range all {
		row := []string{fmt.Sprint("r", i)}
		for slot, v := range a {
			cell := ""
			if v != pack.Missing {
				cell = p.FormatAnswer(slot, v)
			}
			row = append(row, strings.ReplaceAll(cell, ", ", ";"))
		}
		w.Write(row)
	}
	w.Flush()
	return b.String()
}

func compiled(tb testing.TB, p *pack.Pack) *engine.Engine {
	tb.Helper()
	e, err := engine.Compile(p)
	if err != nil {
		tb.Fatal(err)
	}
	return e
}

func runOut(tb testing.TB, e *engine.Engine, in io.Reader, opts batch.Options) *batch.Summary {
	tb.Helper()
	s, err := batch.Run(context.Background(), e, in, io.Discard, opts)
	if err != nil {
		tb.Fatal(err)
	}
	return s
}
