package report

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/review"
)

// manyLevels is from how many levels on only those are drawn that occur, and
// those between.
const manyLevels = 8

func (b *historyBuilder) chart() *chart {
	c := &chart{}
	var all []*series
	for n, m := range b.measures {
		s := &series{Name: capital(clean(m.Question.Noun())), Nth: n, Min: int(m.Question.Min), Max: int(m.Question.Max)}
		for _, band := range m.Question.Bands {
			s.Bands = append(s.Bands, scoreBand{inside(clean(band.Label)), int(band.From), int(band.To)})
		}
		for i := range b.c.Assessments {
			pt := pointAt(m, i)
			if pt == nil {
				s.Points = append(s.Points, point{})
				continue
			}
			s.Points = append(s.Points, point{int(pt.Total), true})
		}
		all = append(all, s)
	}
	c.Panels = inPanels(all)
	for i := range b.c.Assessments {
		c.Dates, c.Days = append(c.Dates, b.date(i)), append(c.Days, b.days(0, i))
	}
	c.FirstDay = b.c.Assessments[0].Day
	b.stays(c)
	return c
}

// began is the day on which the level of an assessment began.
func (b *historyBuilder) began(i int) int {
	a := b.c.Assessments[i]
	if a.Origin == review.OriginPlaced {
		if day, ok := review.Day(a.Sheet.Placement.Date); ok {
			return day
		}
	}
	return a.Day
}

// stays are the levels of the course, as positions among those drawn. One that
// begins after the last assessment is drawn from that on.
func (b *historyBuilder) stays(c *chart) {
	low, high := len(b.p.Levels)-1, 0
	for i, a := range b.c.Assessments {
		s := stay{Level: -1, From: b.days(0, i)}
		if a.Level != nil {
			s.Level, s.From = a.Level.Index, min(b.began(i)-b.c.Assessments[0].Day, b.days(0, len(b.c.Assessments)-1))
		}
		for _, id := range b.then(i) {
			if l := b.p.Level(id); l != nil {
				s.Recommended = append(s.Recommended, l.Index)
			}
		}
		for _, at := range append(slices.Clone(s.Recommended), s.Level) {
			if at >= 0 {
				low, high = min(low, at), max(high, at)
			}
		}
		c.Stays = append(c.Stays, s)
	}
	if len(b.p.Levels) < manyLevels || low > high {
		low, high = 0, len(b.p.Levels)-1
	}
	for _, l := range b.p.Levels[low : high+1] {
		c.Levels = append(c.Levels, capital(shortName(l)))
	}
	for i := range c.Stays {
		if c.Stays[i].Level >= 0 {
			c.Stays[i].Level -= low
		}
		for n := range c.Stays[i].Recommended {
			c.Stays[i].Recommended[n] -= low
		}
	}
}
