package report

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// courseChart is a course of two instruments over five levels.
func courseChart() *chart {
	c := &chart{
		Dates:  []string{"2026-01-05", "2026-01-17", "2026-02-02", "2026-03-15", "2026-06-12"},
		Days:   []int{0, 12, 28, 69, 158},
		Levels: []string{"Outpatient", "IOP", "PHP", "Inpatient", "Crisis"},
		Stays:  []stay{{3, 0, []int{3}}, {1, 20, []int{2}}, {1, 28, []int{1}}, {0, 69, []int{0}}, {-1, 158, []int{0, 1}}},
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

func plotText(c *chart, width int, g *glyphs) string {
	t := newTexter(TextOptions{Width: width})
	t.plot(c, g)
	return t.b.String()
}

func TestPlot(t *testing.T) {
	var b strings.Builder
	for _, w := range []int{100, 80, 60, 40} {
		b.WriteString(plotText(courseChart(), w, &unicodeGlyphs) + "\n")
	}
	golden(t, "../history/plot.txt", b.String()+plotText(courseChart(), 80, &asciiGlyphs))
}

// A score stands above the rule of every band that it reaches, or on it, and
// below the others; and a greater one never below a smaller.
func TestPlotKeepsBands(t *testing.T) {
	for _, of := range courseChart().Panels {
		p := &plot{chart: courseChart(), g: &unicodeGlyphs}
		for v := of.Min; v <= of.Max; v++ {
			for _, at := range of.thresholds() {
				if above := p.row(&of, v) <= p.row(&of, at); above != (v >= at) {
					t.Errorf("%d is drawn in row %d, and the band from %d on begins in row %d", v, p.row(&of, v), at, p.row(&of, at))
				}
			}
			if v > of.Min && p.row(&of, v) > p.row(&of, v-1) {
				t.Errorf("%d is drawn below %d", v, v-1)
			}
		}
	}
}

// Whatever the axis is, all of it is drawn, and thresholds that share a row do
// not turn the order round.
func TestPlotRows(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 100 {
		s := &series{Name: "x", Min: -r.IntN(5), Max: 1 + r.IntN(300)}
		for n := r.IntN(40); n > 0; n-- {
			s.Bands = append(s.Bands, scoreBand{"b", r.IntN(s.Max + 1), s.Max})
		}
		of := inPanels([]*series{s})[0]
		p := &plot{chart: &chart{}, g: &unicodeGlyphs}
		for v := of.Min; v <= of.Max; v++ {
			if y := p.row(&of, v); y < 0 || y > plotRows || v > of.Min && y > p.row(&of, v-1) {
				t.Fatalf("%d of %d to %d is drawn in row %d; bands %v", v, of.Min, of.Max, y, s.Bands)
			}
		}
	}
}

// Columns are the nearest to the true distance in time.
func TestPlotIsTrueToTime(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	for range 200 {
		c := courseChart()
		day := 0
		for i := range c.Days {
			c.Days[i] = day
			day += 1 + r.IntN(400)
		}
		p := newPlot(c, 40+r.IntN(80), &unicodeGlyphs)
		for i, d := range c.Days {
			exact := float64(d) * float64(p.width-1) / float64(c.span())
			if off := exact - float64(p.places[i]); off > 0.5 || off < -0.5 {
				t.Fatalf("day %d of %d is in column %d of %d", d, c.span(), p.places[i], p.width)
			}
		}
	}
}

// Labels never touch; the first is always there, and none is left out that
// would have had room before the last.
func TestLabelled(t *testing.T) {
	r := rand.New(rand.NewPCG(5, 6))
	for range 2000 {
		places, room := make([]int, 1+r.IntN(9)), 1+r.IntN(12)
		for i := range places {
			places[i] = r.IntN(50)
		}
		slices.Sort(places)
		got := labelled(places, room)
		if got[0] != 0 {
			t.Fatalf("%v, room %d: %v", places, room, got)
		}
		for i := 1; i < len(got); i++ {
			if places[got[i]]-places[got[i-1]] < room {
				t.Fatalf("%v, room %d: %v lie on each other", places, room, got)
			}
		}
		last := len(places) - 1
		for i := range places {
			free := func(j int) bool { return max(places[i], places[j])-min(places[i], places[j]) >= room }
			if !slices.Contains(got, i) && !slices.ContainsFunc(append(got, last), func(j int) bool { return !free(j) }) {
				t.Fatalf("%v, room %d: %v lacks %d", places, room, got, i)
			}
		}
	}
}

func TestPanels(t *testing.T) {
	named := func(name string, most int) *series { return &series{Name: name, Max: most} }
	for _, tt := range []struct {
		all  []*series
		want string
	}{
		{[]*series{named("a", 27), named("b", 21)}, "a b"},
		{[]*series{named("a", 27), named("b", 100)}, "a | b"},
		{[]*series{named("a", 27), named("b", 21), named("c", 24)}, "a b | c"},
		{[]*series{named("a", 10), named("b", 20), named("c", 21), named("d", 43)}, "a b | c | d"},
		{nil, ""},
	} {
		var panels []string
		for _, p := range inPanels(tt.all) {
			var names []string
			for _, s := range p.Series {
				names = append(names, s.Name)
			}
			panels = append(panels, strings.Join(names, " "))
		}
		if got := strings.Join(panels, " | "); got != tt.want {
			t.Errorf("%q, want %q", got, tt.want)
		}
	}
}

// Day by day, the times at levels are where the last assessment put the person.
func TestSpells(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	for range 500 {
		c := &chart{}
		day := 0
		for range 1 + r.IntN(6) {
			next := day + 1 + r.IntN(9)
			c.Days = append(c.Days, day)
			s := stay{Level: r.IntN(3) - 1, From: day}
			if s.Level >= 0 {
				s.From += r.IntN(next - day + 1)
			}
			c.Stays = append(c.Stays, s)
			day = next
		}
		last := len(c.Stays) - 1
		c.Stays[last].From = c.Days[last] // what begins later is drawn from there
		for day := range c.span() {
			want := -1
			for _, s := range c.Stays {
				if s.From <= day {
					want = s.Level
				}
			}
			got := -1
			for _, s := range c.spells() {
				if s.From <= day && day < s.To {
					got = s.Level
				}
			}
			if got != want {
				t.Fatalf("on day %d of %+v the level is %d, want %d: %+v", day, c.Stays, got, want, c.spells())
			}
		}
	}
}
