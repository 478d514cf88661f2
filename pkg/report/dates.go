package report

import (
	"time"

	"github.com/carelevel/carelevel/pkg/pack"
)

// maxDays bounds what is reckoned forward; a longer time is shown in days only.
const maxDays = 3660

// reviewDates are when a level is to be looked at again, as dates; both are empty
// where the assessment has no date that can be reckoned with, or the level
// states no review. from is empty if the level names only the latest day.
type reviewDates struct{ from, by string }

// reviewOf counts whole days on the calendar, so that no clock change and no
// time zone moves a date.
func reviewOf(l *pack.Level, date string) reviewDates {
	day, err := time.Parse(time.DateOnly, date)
	r := l.Care.ReviewDays
	if err != nil || r.IsZero() || r.From < 0 || r.To > maxDays || r.To < r.From {
		return reviewDates{}
	}
	out := reviewDates{by: day.AddDate(0, 0, int(r.To)).Format(time.DateOnly)}
	if r.From != r.To {
		out.from = day.AddDate(0, 0, int(r.From)).Format(time.DateOnly)
	}
	return out
}

// String says the dates in a sentence; empty without one.
func (r reviewDates) String() string {
	switch {
	case r.by == "":
		return ""
	case r.from == "":
		return "by " + r.by
	}
	return r.from + " to " + r.by
}

// days is a time as people say it: in weeks where it is whole weeks.
func days(r pack.Range) string {
	from, to := int(r.From), int(r.To)
	if float64(from) == r.From && float64(to) == r.To && from >= 14 && from%7 == 0 && to%7 == 0 {
		return plural(pack.Range{From: r.From / 7, To: r.To / 7}, "week")
	}
	return plural(r, "day")
}

func plural(r pack.Range, unit string) string {
	if r.From == 1 && r.To == 1 {
		return "1 " + unit
	}
	return span(r) + " " + unit + "s"
}
