package review_test

import (
	"io/fs"
	"math/rand/v2"
	"testing"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
	"github.com/carelevel/carelevel/rules"
)

// BenchmarkReview is what a file of many persons costs a person: three
// assessments by the shipped rules.
func BenchmarkReview(b *testing.B) {
	e := shipped(b)
	v, err := review.NewReviewer(e)
	if err != nil {
		b.Fatal(err)
	}
	for _, brief := range []bool{false, true} {
		b.Run(map[bool]string{false: "whole", true: "brief"}[brief], func(b *testing.B) {
			all := persons(e.Pack(), 100)
			b.ReportAllocs()
			for i := 0; b.Loop(); i++ {
				c, problems := v.NewCourse(all[i%len(all)], review.CourseOptions{})
				if problems != nil {
					b.Fatal(problems)
				}
				if _, err := c.Review(review.Options{Brief: brief}); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// BenchmarkNewReviewer is what comes before the first.
func BenchmarkNewReviewer(b *testing.B) {
	e := shipped(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := review.NewReviewer(e); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkRecommend is for scale.
func BenchmarkRecommend(b *testing.B) {
	e := shipped(b)
	all := persons(e.Pack(), 100)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		e.Recommend(all[i%len(all)][0].Sheet.Answers)
	}
}

func persons(p *pack.Pack, percent int) [][]review.Entry {
	r := rand.New(rand.NewPCG(1, 2))
	all := make([][]review.Entry, 200)
	for i := range all {
		for n := range 3 {
			s := pack.Sheet{ID: "one", Date: review.Date(20000 + 14*n), Answers: enginetest.Answers(r, p, percent), Pack: p.Identity()}
			s.Placement = &pack.Placement{Level: p.Levels[r.IntN(len(p.Levels))].ID, Date: s.Date}
			all[i] = append(all[i], review.Entry{Name: "a", Sheet: s})
		}
	}
	return all
}

func shipped(b *testing.B) *engine.Engine {
	b.Helper()
	dir, err := fs.Sub(rules.FS, rules.Default)
	if err != nil {
		b.Fatal(err)
	}
	p, problems, err := pack.Load(dir, ".", pack.LoadOptions{})
	if err != nil || diag.HasErrors(problems) {
		b.Fatal(err, problems)
	}
	e, err := engine.Compile(p)
	if err != nil {
		b.Fatal(err)
	}
	return e
}
