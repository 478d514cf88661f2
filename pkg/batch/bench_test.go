package batch_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	drawn "github.com/carelevel/carelevel/pkg/sample"
	"github.com/carelevel/carelevel/rules"
)

// sample is a file of n assessments with a column a question.
func sample(e *engine.Engine, n int, format batch.Format) []byte {
	rnd := rand.New(rand.NewPCG(1, 2))
	p := e.Pack()
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	header := []string{"id"}
	for _, q := range p.Questions {
		header = append(header, q.ID)
	}
	if format == batch.CSV {
		w.Write(header)
	}
	for i := range n {
		a := enginetest.Likely(rnd, p)
		if format == batch.JSONLines {
			fmt.Fprintf(&b, `{"id":"r%d","answers":%s}`+"\n", i, p.AnswersJSON(a))
			continue
		}
		row := []string{fmt.Sprint("r", i)}
		for _, q := range p.Questions {
			cell := ""
			if v := a[q.Slot]; v.Known() {
				cell = strings.NewReplacer("[", "", "]", "", ", ", ";").Replace(p.FormatAnswer(q.Slot, v))
			}
			row = append(row, cell)
		}
		w.Write(row)
	}
	w.Flush()
	return b.Bytes()
}

// rows is how many records the benchmarks read.
var rows = flag.Int("rows", 100_000, "how many records the benchmarks read")

// made are realistic assessments, as "carelevel rules sample" draws them.
func made(b *testing.B, e *engine.Engine, format string) []byte {
	b.Helper()
	g, err := drawn.New(e.Pack(), drawn.Options{Seed: 1, Missing: drawn.DefaultMissing})
	if err != nil {
		b.Fatal(err)
	}
	var out bytes.Buffer
	if err := drawn.Write(context.Background(), &out, g, format, *rows); err != nil {
		b.Fatal(err)
	}
	return out.Bytes()
}

// BenchmarkCSV measures tables, and in one and the same run how long
// encoding/csv takes to read them once: of/reference is the share of that time
// which the whole batch takes.
func BenchmarkCSV(b *testing.B) {
	e := compile(b, rules.Default)
	in := made(b, e, "csv")
	for _, workers := range []int{1, 0} {
		b.Run(fmt.Sprint("batch/workers=", cmp.Or(workers, runtime.GOMAXPROCS(0))), func(b *testing.B) {
			benchmark(b, e, in, batch.Options{Workers: workers}, readCSV)
		})
	}
	b.Run("batch/to_jsonl", func(b *testing.B) { benchmark(b, e, in, batch.Options{Output: batch.JSONLines}, readCSV) })
}

func readCSV(b *testing.B, in []byte) {
	r := csv.NewReader(bytes.NewReader(in))
	r.ReuseRecord = true
	for {
		if _, err := r.Read(); err == io.EOF {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkJSONLines does the same with encoding/json.
func BenchmarkJSONLines(b *testing.B) {
	e := compile(b, rules.Default)
	in := made(b, e, "jsonl")
	b.Run("batch/to_csv", func(b *testing.B) {
		benchmark(b, e, in, batch.Options{Input: batch.JSONLines}, readJSON)
	})
	b.Run("batch/to_jsonl", func(b *testing.B) {
		benchmark(b, e, in, batch.Options{Input: batch.JSONLines, Output: batch.JSONLines}, readJSON)
	})
}

func readJSON(b *testing.B, in []byte) {
	for d := json.NewDecoder(bytes.NewReader(in)); ; {
		var v struct {
			ID      string
			Answers map[string]any
		}
		if err := d.Decode(&v); err == io.EOF {
			return
		} else if err != nil {
			b.Fatal(err)
		}
	}
}

// benchmark runs the batch and the reader that it is compared with in turns, so
// that whatever else the machine does happens to both.
func benchmark(b *testing.B, e *engine.Engine, in []byte, opts batch.Options, reference func(*testing.B, []byte)) {
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	var whole, read time.Duration
	for b.Loop() {
		began := time.Now()
		s, err := batch.Run(context.Background(), e, bytes.NewReader(in), io.Discard, opts)
		if err != nil || s.Rows != int64(*rows) || s.Errors > 0 {
			b.Fatal(s, err)
		}
		whole += time.Since(began)
		b.StopTimer()
		began = time.Now()
		reference(b, in)
		read += time.Since(began)
		b.StartTimer()
	}
	b.ReportMetric(float64(*rows)*float64(b.N)/whole.Seconds(), "rows/s")
	b.ReportMetric(float64(*rows)*float64(b.N)/read.Seconds(), "rows/s/reference")
	b.ReportMetric(whole.Seconds()/read.Seconds(), "of/reference")
}
