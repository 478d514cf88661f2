package report

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/review"
)

// chart is what both drawings of a course show, at the terminal and on the
// page. Its texts are clean. Distances in time are true: whole days.
type chart struct {
	Dates    []string // of the assessments, ascending
	Days     []int    // the same, since the first one
	FirstDay int      // of all; see review.Date
	Panels   []panel  // scores; none if no assessment has any
	Levels   []string // names, least intensive first
	Stays    []stay   // one an assessment
}

// panel is the room of one or two scores that can share an axis.
type panel struct {
	Series   []*series
	Min, Max int
}

// series is the course of one instrument or score.
type series struct {
	Name   string
	Nth    int // position among all series: its marker, and how its line is drawn
	Min    int
	Max    int
	Points []point // one an assessment
	Bands  []scoreBand
}

// scoreBand is a named part of the range of a score, bounds included.
type scoreBand struct {
	Label    string
	From, To int
}

// point is a score at one assessment.
type point struct {
	Value int
	Known bool
}

// stay is what an assessment says of levels, as positions in chart.Levels.
type stay struct {
	Level       int   // where the person was cared for from then on; -1 if it is not known
	From        int   // the day from which, since the first assessment: that of the placement, or of the assessment
	Recommended []int // the recommended level, or those still possible
}

// spell is an unbroken time at one level, in days since the first assessment.
type spell struct {
	Level, From, To int
	Last            bool // it goes on to nobody knows when; To is the last assessment
}

// spells are the times at each level, in order. Two that touch follow upon each
// other; between others nothing says where the person was.
func (c *chart) spells() []spell {
	var out []spell
	for i := 0; i < len(c.Stays); {
		s := spell{Level: c.Stays[i].Level, From: c.Stays[i].From, To: c.span(), Last: true}
		for i < len(c.Stays) && c.Stays[i].Level == s.Level {
			i++
		}
		if i < len(c.Stays) {
			s.Last, s.To = false, c.Stays[i].From
		}
		if s.Level >= 0 {
			out = append(out, s)
		}
	}
	return out
}

// differs reports whether the recommendation has to be shown beside the level.
func (s stay) differs() bool { return len(s.Recommended) != 1 || s.Recommended[0] != s.Level }

// date is the date of a day since the first assessment.
func (c *chart) date(day int) string { return review.Date(c.FirstDay + day) }

// span is the number of days from the first to the last assessment.
func (c *chart) span() int { return c.Days[len(c.Days)-1] }

// hasGaps reports whether a score is missing that others of its series have.
func (c *chart) hasGaps() bool {
	for _, p := range c.Panels {
		for _, s := range p.Series {
			if slices.ContainsFunc(s.Points, func(p point) bool { return !p.Known }) {
				return true
			}
		}
	}
	return false
}

// inPanels puts neighbours of like range into one panel, two at most: the
// bands of more could not be told apart.
func inPanels(all []*series) []panel {
	var out []panel
	for _, s := range all {
		if last := len(out) - 1; last >= 0 && out[last].takes(s) {
			p := &out[last]
			p.Series, p.Min, p.Max = append(p.Series, s), min(p.Min, s.Min), max(p.Max, s.Max)
			continue
		}
		out = append(out, panel{[]*series{s}, min(0, s.Min), s.Max})
	}
	return out
}

// takes reports whether a score would not be pressed flat on a panel's axis.
func (p *panel) takes(s *series) bool {
	mine, its := p.Max-p.Min, s.Max-min(0, s.Min)
	return len(p.Series) == 1 && 2*min(mine, its) >= max(mine, its)
}

// thresholds are the values at which a band begins, of all series of a panel,
// lowest first; not where the axis begins.
func (p *panel) thresholds() []int {
	var out []int
	for _, s := range p.Series {
		for _, b := range s.Bands {
			if b.From > p.Min && b.From <= p.Max {
				out = append(out, b.From)
			}
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// labelled picks of places along an axis, ascending, those whose labels have
// room: the first and the last, and of the others each that is far enough from
// the one picked before it and from the last.
func labelled(places []int, room int) []int {
	last := len(places) - 1
	out := []int{0}
	for i := 1; i < last; i++ {
		if places[i]-places[out[len(out)-1]] >= room && places[last]-places[i] >= room {
			out = append(out, i)
		}
	}
	if last > 0 && places[last]-places[0] >= room {
		out = append(out, last)
	}
	return out
}
