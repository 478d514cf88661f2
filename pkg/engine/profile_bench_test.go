package engine_test

import (
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// BenchmarkDecideProfiles decides on the people that the default pack's tests
// start from, and reads what a caller needs of a decision: the ids of the
// indications that hold, and what became of the requirements of the level.
func BenchmarkDecideProfiles(b *testing.B) {
	p, ds, err := pack.Load(rules.FS, "mental-health", pack.LoadOptions{Tests: true})
	if err != nil || diag.HasErrors(ds) {
		b.Fatal(err, ds)
	}
	e := compile(b, p)
	for _, id := range []string{"well", "outpatient_case", "iop_case"} {
		i := slices.IndexFunc(p.Profiles, func(q *pack.Profile) bool { return q.ID == id })
		if i < 0 {
			b.Fatalf("the default pack has no profile %q", id)
		}
		b.Run(id, func(b *testing.B) { benchmarkReading(b, e, p.Profiles[i].Answers) })
	}
	b.Run("half of everyone", func(b *testing.B) {
		var all []pack.Answers
		for k, q := range p.Profiles {
			a := slices.Clone(q.Answers)
			for i := k % 2; i < len(a); i += 2 {
				a[i] = pack.Missing
			}
			all = append(all, a)
		}
		benchmarkReading(b, e, all...)
	})
	b.Run("nothing", func(b *testing.B) { benchmarkReading(b, e, p.NewAnswers()) })
	b.Run("everyone", func(b *testing.B) {
		var all []pack.Answers
		for _, q := range p.Profiles {
			all = append(all, q.Answers)
		}
		benchmarkReading(b, e, all...)
	})
}

// benchmarkReading fails if nothing is read, so that no compiler may leave the
// reading out.
func benchmarkReading(b *testing.B, e *engine.Engine, all ...pack.Answers) {
	requirements := make([][]int, len(e.Pack().Levels))
	for i, c := range e.Criteria() {
		if c.Kind == pack.Requirement {
			requirements[c.Level.Index] = append(requirements[c.Level.Index], i)
		}
	}
	var d engine.Decision
	var held []int
	read, next := 0, 0
	b.ReportAllocs()
	for b.Loop() {
		e.Decide(all[next], &d)
		if next++; next == len(all) {
			next = 0
		}
		held = d.Indications(held[:0])
		for _, i := range held {
			read += len(e.Criteria()[i].ID)
		}
		for _, i := range requirements[d.Min] {
			read += int(d.State(i)) + 1
		}
	}
	if read == 0 {
		b.Fatal("nothing was read")
	}
}
