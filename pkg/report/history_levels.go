package report

import (
	"slices"
	"strings"
)

// levelLegend says what the signs of the levels mean, as far as they occur.
func (p *plot) levelLegend() []run {
	runs := []run{{"Level of care", heading}}
	add := func(sign, words string) {
		runs = append(runs, run{" \u00a0 ", plain}, run{sign + "\u00a0" + strings.ReplaceAll(words, " ", "\u00a0"), plain})
	}
	if slices.ContainsFunc(p.Stays, func(s stay) bool { return s.Level >= 0 }) {
		add(strings.Repeat(p.g.bar, 2), "where cared for")
	}
	if slices.ContainsFunc(p.Stays, func(s stay) bool { return s.differs() && len(s.Recommended) == 1 }) {
		add(p.g.recommended, "recommended")
	}
	if slices.ContainsFunc(p.Stays, func(s stay) bool { return len(s.Recommended) > 1 }) {
		add(p.g.open, "undetermined: possible")
	}
	return runs
}

// levels draws where the person was cared for as one line with steps, on a row
// a level, and what was recommended where that was another level. What is known
// ends with the last assessment.
func (p *plot) levels(t *texter) {
	c := newCanvas(p.width, len(p.Levels))
	row := func(level int) int { return len(p.Levels) - 1 - level }
	spells := p.spells()
	for _, s := range spells {
		for x := p.column(s.From); x <= p.column(s.To); x++ {
			c[row(s.Level)][x] = run{p.g.bar, bold}
		}
	}
	for i := 1; i < len(spells); i++ {
		if before, now := spells[i-1], spells[i]; before.To == now.From {
			p.step(c, p.column(now.From), row(before.Level), row(now.Level))
		}
	}
	for i, s := range p.Stays {
		sign := p.g.recommended
		if len(s.Recommended) > 1 {
			sign = p.g.open
		}
		for _, level := range s.Recommended {
			if s.differs() {
				c[row(level)][p.places[i]] = run{sign, bold}
			}
		}
	}
	for y := range c {
		name := cut(p.Levels[row(y)], p.names)
		left := name + strings.Repeat(" ", p.names-width(name)) + " " + p.g.axis
		t.write(joinRuns(append([]run{{left, plain}}, c[y]...)))
	}
}

// step draws the change of level at one day. Where a step goes down on the
// column on which another came, the corner of the later one stands.
func (p *plot) step(c canvas, x, from, to int) {
	corners := p.g.down
	if to < from {
		corners = p.g.up
	}
	for y := min(from, to) + 1; y < max(from, to); y++ {
		c[y][x] = run{p.g.step, bold}
	}
	c[from][x], c[to][x] = run{corners[0], bold}, run{corners[1], bold}
}

// dates draws the axis of days with a tick an assessment, and the dates that
// have room below it.
func (p *plot) dates(t *texter) {
	axis := newCanvas(p.width, 1)[0]
	for x := range axis {
		axis[x] = run{p.g.floor, plain}
	}
	for _, x := range p.places {
		axis[x] = run{p.g.at, plain}
	}
	margin := strings.Repeat(" ", p.names+1)
	t.write(joinRuns(append([]run{{margin + p.g.corner, plain}}, axis...)))
	var starts []int // of the labels: those at the end do not run over it
	for i, x := range p.places {
		starts = append(starts, max(0, min(x, p.width-len(p.Dates[i]))))
	}
	line := margin + " "
	for _, i := range labelled(starts, len("2006-01-02")+2) {
		line += strings.Repeat(" ", p.names+2+starts[i]-width(line)) + p.Dates[i]
	}
	t.write([]run{{line, plain}})
}
