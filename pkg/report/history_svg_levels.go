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

// stays draws a bar for each time at a level. The last one goes on to the edge.
func (d *drawing) stays(row func(int) px) {
	var before spell
	for i, at := range d.spells() {
		x, end := d.dayX(at.From), d.dayX(at.To)
		if at.Last {
			end = d.End
		}
		name, middle := d.chart.Levels[at.Level], row(at.Level)+levelHeight/2
		s := drawnStay{X: x, Y: middle - barHeight/2, Width: end - x, Pattern: at.Level % patterns, Says: name + ", " + d.whenWords(at)}
		if px(width(name))*smallWidth+12 < s.Width {
			s.Name = drawnText{X: x + 7, Y: middle + 4, Text: name}
		}
		d.Stays = append(d.Stays, s)
		if i > 0 && before.To == at.From {
			d.Steps = append(d.Steps, drawnStep{x, row(before.Level) + levelHeight/2, middle})
		}
		before = at
	}
}

func (d *drawing) whenWords(s spell) string {
	from := "from " + d.date(s.From)
	if s.Last {
		return from + " on"
	}
	return from + " to " + d.date(s.To)
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
