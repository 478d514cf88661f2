package report

import (
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
)

func TestReview(t *testing.T) {
	for _, c := range []struct {
		name, date string
		days       pack.Range
		want       string
	}{
		{"a latest day", "2026-01-30", pack.Range{From: 90, To: 90}, "by 2026-04-30 (after 90 days)"},
		{"a range", "2026-01-30", pack.Range{From: 14, To: 30}, "2026-02-13 to 2026-03-01 (after 14–30 days)"},
		{"whole weeks", "2026-01-30", pack.Range{From: 14, To: 28}, "2026-02-13 to 2026-02-27 (after 2–4 weeks)"},
		{"a leap day", "2028-02-22", pack.Range{From: 7, To: 7}, "by 2028-02-29 (after 7 days)"},
		{"no leap day", "2027-02-22", pack.Range{From: 7, To: 7}, "by 2027-03-01 (after 7 days)"},
		{"the year's end", "2026-12-31", pack.Range{From: 1, To: 1}, "by 2027-01-01 (after 1 day)"},
		{"where clocks change", "2026-03-28", pack.Range{From: 1, To: 1}, "by 2026-03-29 (after 1 day)"},
		{"no date", "", pack.Range{From: 7, To: 7}, "after 7 days"},
		{"no such date", "2026-02-30", pack.Range{From: 7, To: 7}, "after 7 days"},
		{"another form of date", "30.1.2026", pack.Range{From: 7, To: 7}, "after 7 days"},
		{"longer than any course", "2026-01-30", pack.Range{From: 7, To: 1e12}, "after 7–1000000000000 days"},
		{"no review", "2026-01-30", pack.Range{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			l := &pack.Level{Care: pack.Care{ReviewDays: c.days}}
			if got := reviewWords(l, c.date); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
