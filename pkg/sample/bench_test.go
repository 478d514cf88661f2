package sample_test

import (
	"context"
	"testing"

	"github.com/carelevel/carelevel/pkg/sample"
	"github.com/carelevel/carelevel/rules"
)

// counter is the end of a pipe that only counts.
type counter int

func (c *counter) Write(b []byte) (int, error) {
	*c += counter(len(b))
	return len(b), nil
}

// BenchmarkWrite is the default pack on one core.
func BenchmarkWrite(b *testing.B) {
	p := shipped(b, rules.Default)
	for _, format := range sample.Formats() {
		b.Run(format, func(b *testing.B) {
			g := generator(b, p, sample.Options{Seed: 1, Missing: sample.DefaultMissing})
			const rows = 10_000
			var bytes counter
			b.ReportAllocs()
			for b.Loop() {
				if err := sample.Write(context.Background(), &bytes, g, format, rows); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
			b.ReportMetric(float64(bytes)/rows/float64(b.N), "B/row")
		})
	}
}

func BenchmarkNew(b *testing.B) {
	p := shipped(b, rules.Default)
	b.ReportAllocs()
	for b.Loop() {
		generator(b, p, sample.Options{})
	}
}
