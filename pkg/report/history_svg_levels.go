package report

// levels draws where the person was cared for as bars, one row a level, and
// what was recommended or still possible where that was another level.
func (d *drawing) levels() {
	top := d.Height + 10
	d.LevelsTop = top
	row := func(level int) px { return top + px(len(d.Levels)-1-level)*levelHeight }
	for i := len(d.Levels) - 1; i >= 0; i-- {
		y := row(i)
		d.Rows = append(d.Rows, drawnRow{Y: y + levelHeight, Name: fitted(d.chart.Levels[i], 0, y+levelHeight/2+4, daysLeft-14, letterWidth)})
	}
	d.stays(row)
	for i, s := range d.chart.Stays {
		text, says := "R", "recommended: "
		if len(s.Recommended) > 1 {
			text, says = "?", "undetermined, possible: "
		}
		for _, level := range s.Recommended {
			if s.differs() {
				d.Signs = append(d.Signs, drawnSign{d.x(i), row(level) + levelHeight/2, row(level) + levelHeight/2 + 4, text, d.Dates[i] + ": " + says + d.chart.Levels[level]})
			}
		}
	}
	d.Height = row(-1) + 6
}

// stays draws a bar for each unbroken stay at a level. The last one goes on to
// the edge: when it ends is not known.
func (d *drawing) stays(row func(int) px) {
	all := d.chart.Stays
	for i := 0; i < len(all); {
		level, from := all[i].Level, i
		for i < len(all) && all[i].Level == level {
			i++
		}
		if level < 0 {
			continue
		}
		x, end, until := d.x(from), d.End, "on"
		if i < len(all) {
			end, until = d.x(i), "to "+d.Dates[i]
		}
		y := row(level) + (levelHeight-barHeight)/2
		name := d.chart.Levels[level]
		s := drawnStay{X: x, Y: y, Width: end - x, Pattern: level % patterns, Says: name + ", from " + d.Dates[from] + " " + until}
		if px(width(name))*smallWidth+12 < s.Width {
			s.Name = drawnText{X: x + 7, Y: y + barHeight/2 + 4, Text: name}
		}
		d.Stays = append(d.Stays, s)
		if i < len(all) && all[i].Level >= 0 {
			d.Steps = append(d.Steps, drawnStep{end, row(level) + levelHeight/2, row(all[i].Level) + levelHeight/2})
		}
	}
}

// axis draws the days of the assessments, and the dates that have room.
func (d *drawing) axis() {
	d.Axis = d.Height
	const room = 74
	var starts []int // in pixels
	for i := range d.Dates {
		d.Ticks = append(d.Ticks, drawnTick{X: d.x(i)})
		starts = append(starts, int(d.x(i)))
	}
	for _, i := range labelled(starts, room) {
		d.Ticks[i].Date = drawnText{X: d.x(i), Y: d.Axis + 22, Text: d.Dates[i]}
	}
	d.Height += 30
}
