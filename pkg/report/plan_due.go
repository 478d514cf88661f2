package report

import (
	"time"

	"github.com/carelevel/carelevel/pkg/pack"
)

// dues are what is to be written or signed at intervals while the person is at
// a level, reckoned from the day that the level began: the day of the placement
// where one is recorded, and else that of the assessment.
type dues struct {
	from   string // that day; empty where it is not known, or no date
	placed bool   // it is the placement's
	all    []due
}

// due is one of them; date is the first time, and empty where from is.
type due struct {
	of   *pack.Due
	date string
}

func duesOf(l *pack.Level, in Input) dues {
	d := dues{from: in.Date}
	if in.Placement != nil {
		d.from, d.placed = in.Placement.Date, true
	}
	began, err := time.Parse(time.DateOnly, d.from)
	if err != nil {
		d.from = ""
	}
	for i := range l.Due {
		of := due{of: &l.Due[i]}
		if err == nil && of.first() <= maxDays {
			of.date = began.AddDate(0, 0, of.first()).Format(time.DateOnly)
		}
		d.all = append(d.all, of)
	}
	return d
}

// first is how many days after the level began it is due the first time.
func (d due) first() int {
	if d.of.First == 0 {
		return d.of.Every
	}
	return d.of.First
}
