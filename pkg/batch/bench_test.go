package batch_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// likely returns answers near those of the pack's cases: those of a case, the
// open questions answered mildly, some answers left out.
func likely(rnd *rand.Rand, e *engine.Engine) pack.Answers {
	p := e.Pack()
	a := slices.Clone(p.Tests[rnd.IntN(len(p.Tests))].Answers)
	for i, s := range p.Slots {
		switch q := s.Question; {
		case s.IsItem():
			a[i] = pack.Missing
		case rnd.IntN(100) < 8:
			a[i] = pack.Missing
		case a[i].Known():
		case q.Worse == pack.WorseLower:
			a[i] = s.Max
		default:
			a[i] = s.Min
		}
	}
	return a
}

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
		a := likely(rnd, e)
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

const rows = 100_000

func BenchmarkCSV(b *testing.B) {
	e := compile(b, rules.Default)
	in := sample(e, rows, batch.CSV)
	b.Run("encoding_csv_one_core", func(b *testing.B) {
		b.SetBytes(int64(len(in)))
		for b.Loop() {
			r := csv.NewReader(bytes.NewReader(in))
			r.ReuseRecord = true
			for {
				if _, err := r.Read(); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
	for _, workers := range []int{1, 2} {
		b.Run(fmt.Sprint("batch/workers=", workers), func(b *testing.B) { benchmark(b, e, in, batch.Options{Workers: workers}) })
	}
	b.Run("batch/to_jsonl", func(b *testing.B) { benchmark(b, e, in, batch.Options{Output: batch.JSONLines}) })
}

func BenchmarkJSONLines(b *testing.B) {
	e := compile(b, rules.Default)
	in := sample(e, rows, batch.JSONLines)
	b.Run("encoding_json_one_core", func(b *testing.B) {
		b.SetBytes(int64(len(in)))
		for b.Loop() {
			d := json.NewDecoder(bytes.NewReader(in))
			for {
				var v struct {
					ID      string
					Answers map[string]any
				}
				if err := d.Decode(&v); err == io.EOF {
					break
				} else if err != nil {
					b.Fatal(err)
				}
			}
		}
		b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
	})
	b.Run("batch/to_csv", func(b *testing.B) { benchmark(b, e, in, batch.Options{Input: batch.JSONLines}) })
	b.Run("batch/to_jsonl", func(b *testing.B) {
		benchmark(b, e, in, batch.Options{Input: batch.JSONLines, Output: batch.JSONLines})
	})
}

func benchmark(b *testing.B, e *engine.Engine, in []byte, opts batch.Options) {
	b.SetBytes(int64(len(in)))
	b.ReportAllocs()
	for b.Loop() {
		s, err := batch.Run(context.Background(), e, bytes.NewReader(in), io.Discard, opts)
		if err != nil || s.Rows != rows || s.Errors > 0 {
			b.Fatal(s, err)
		}
	}
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
