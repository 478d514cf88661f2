package report

import "testing"

// courseChart is a course of two instruments over five levels.
func courseChart() *chart {
	c := &chart{
		Dates:  []string{"2026-01-05", "2026-01-17", "2026-02-02", "2026-03-15", "2026-06-12"},
		Days:   []int{0, 12, 28, 69, 158},
		Levels: []string{"Outpatient", "IOP", "PHP", "Inpatient", "Crisis"},
		Stays:  []stay{{3, []int{3}}, {1, []int{2}}, {1, []int{1}}, {0, []int{0}}, {-1, []int{0, 1}}},
	}
	phq := &series{Name: "PHQ-9", Max: 27, Bands: []scoreBand{{"minimal", 0, 4}, {"mild", 5, 9}, {"moderate", 10, 14}, {"moderately severe", 15, 19}, {"severe", 20, 27}}}
	gad := &series{Name: "GAD-7", Nth: 1, Max: 21, Bands: []scoreBand{{"minimal", 0, 4}, {"mild", 5, 9}, {"moderate", 10, 14}, {"severe", 15, 21}}}
	for _, v := range []int{24, 17, 12, 6, 14} {
		phq.Points = append(phq.Points, point{v, true})
	}
	for _, v := range []int{18, 13, -1, 5, 14} {
		gad.Points = append(gad.Points, point{v, v >= 0})
	}
	c.Panels = inPanels([]*series{phq, gad})
	return c
}

func TestPlot(t *testing.T) {
	for _, w := range []int{80, 60, 40} {
		for _, g := range []*glyphs{&unicodeGlyphs, &asciiGlyphs} {
			x := newTexter(TextOptions{Width: w})
			x.plot(courseChart(), g)
			t.Log("\n" + x.b.String())
		}
	}
}
