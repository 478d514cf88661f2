package report

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// px is a length of a drawing. A tenth of a pixel is finer than any screen.
type px float64

func (p px) String() string {
	return strings.TrimSuffix(strconv.FormatFloat(float64(p), 'f', 1, 64), ".0")
}

// The layout of the drawing, in pixels of its own that the page scales: names
// on the left, the days, and room for the names of the lines on the right.
const (
	drawnWidth  = 920
	daysLeft    = 264
	daysRight   = 812
	daysInset   = 12  // so that no marker lies on the frame
	oneDay      = 90  // how far a course of one day is drawn
	panelHeight = 200 // of a panel's axis
	panelHead   = 30
	panelFoot   = 18
	levelHeight = 26
	barHeight   = 16
	letterWidth = 6.4 // of text on average, in a wide typeface: what has no room is cut
	smallWidth  = 6.1
	boldWidth   = 7.6
	lineHeight  = 15
)

// patterns is how many hatchings the style sheet has; markers, how many
// markers and ways to draw a line.
const (
	patterns = 6
	markers  = 4
)

func draw(c *chart) *drawing {
	d := &drawing{chart: c, About: c.inWords(), Keys: c.keys(), Width: drawnWidth, Left: daysLeft, Right: daysRight, Number: daysLeft - 8}
	d.Small, d.End = d.crowded(), daysRight
	if d.span() == 0 {
		d.End = d.x(0) + oneDay
	}
	for i := range c.Panels {
		d.panel(&c.Panels[i])
	}
	d.levels()
	d.axis()
	return d
}

// dayX is where a day lies.
func (d *drawing) dayX(day int) px {
	if d.span() == 0 {
		return daysLeft + daysInset
	}
	const size = daysRight - daysLeft - 2*daysInset
	return daysLeft + daysInset + px(day)*size/px(d.span())
}

func (d *drawing) x(assessment int) px { return d.dayX(d.Days[assessment]) }

func (d *drawing) panel(of *panel) {
	p := drawnPanel{Top: d.Height + panelHead}
	p.Bottom = p.Top + panelHeight
	y := func(value int) px {
		return p.Bottom - px(value-of.Min)*panelHeight/px(max(of.Max-of.Min, 1))
	}
	p.rules(of, y)
	column := (daysLeft - 36) / px(len(of.Series))
	for i, s := range of.Series {
		p.names(s, px(i)*column, column, y)
		p.Lines = append(p.Lines, d.line(s, y))
	}
	p.Values = d.values(of, y)
	p.Ends = d.ends(of, y)
	d.Panels = append(d.Panels, p)
	d.Height = p.Bottom + panelFoot
}

// rules are the ends of the axis and the thresholds between them.
func (p *drawnPanel) rules(of *panel, y func(int) px) {
	for _, at := range append([]int{of.Min, of.Max}, of.thresholds()...) {
		edge := at == of.Min || at == of.Max
		if !edge || len(p.Rules) < 2 {
			p.Rules = append(p.Rules, drawnRule{y(at), y(at) + 4, at, edge})
		}
	}
}

// names are the names of a series and of its bands, in a column on the left.
func (p *drawnPanel) names(s *series, x, room px, y func(int) px) {
	p.Heads = append(p.Heads, drawnHead{X: x, Y: p.Top - 18, Line: x + 28, Nth: s.Nth % markers,
		Sample: drawnMarker{X: x + 14, Y: p.Top - 18, Nth: s.Nth % markers}, Text: fitted(s.Name, x+34, p.Top-14, room-36, boldWidth)})
	for _, b := range s.Bands {
		top, bottom := y(min(b.To+1, s.Max)), y(b.From)
		if bottom-top < lineHeight-4 {
			continue
		}
		t := fitted(b.Label, x, (top+bottom)/2+4, room-6, smallWidth)
		if t.Full == "" {
			t.Full = fmt.Sprintf("%s: %s", s.Name, b.words())
		}
		p.Bands = append(p.Bands, t)
	}
}

// words are a band with its range.
func (b scoreBand) words() string { return fmt.Sprintf("%s, %d to %d", b.Label, b.From, b.To) }

func (d *drawing) line(s *series, y func(int) px) drawnLine {
	out := drawnLine{Nth: s.Nth % markers}
	var piece []string
	end := func() {
		if len(piece) > 1 {
			out.Pieces = append(out.Pieces, strings.Join(piece, " "))
		}
		piece = nil
	}
	for i, pt := range s.Points {
		if !pt.Known {
			end()
			continue
		}
		x, y := d.x(i), y(pt.Value)
		piece = append(piece, x.String()+","+y.String())
		out.Markers = append(out.Markers, drawnMarker{x, y, out.Nth, d.Small, d.Dates[i] + ": " + s.says(pt.Value)})
	}
	end()
	return out
}

// says is a score with its band.
func (s *series) says(value int) string {
	text := s.Name + " " + strconv.Itoa(value)
	for _, b := range s.Bands {
		if b.From <= value && value <= b.To {
			return text + " (" + b.Label + ")"
		}
	}
	return text
}

// values are the numbers beside the markers, the greater one of an assessment
// above it and the other one below, as far as they have room. Of many
// assessments only the first and the last have them.
func (d *drawing) values(of *panel, y func(int) px) []drawnText {
	const room = 19
	var out []drawnText
	for n, s := range of.Series {
		first, end := s.ends()
		last := px(-room)
		for i, pt := range s.Points {
			x := d.x(i)
			if !pt.Known || x-last < room || d.crowded() && i != first && i != end {
				continue
			}
			at := y(pt.Value) - 9
			if of.isLower(n, i) {
				at = y(pt.Value) + 18
			}
			out = append(out, drawnText{X: x, Y: at, Text: strconv.Itoa(pt.Value)})
			last = x
		}
	}
	return out
}

// crowded reports whether there are so many assessments that markers have to be
// small and numbers few.
func (d *drawing) crowded() bool { return len(d.Dates) > 16 }

// ends are the first and the last assessment with a score.
func (s *series) ends() (first, last int) {
	known := func(p point) bool { return p.Known }
	first = slices.IndexFunc(s.Points, known)
	for i, p := range s.Points {
		if p.Known {
			last = i
		}
	}
	return first, last
}

// isLower reports whether the other series of a panel is above this one.
func (p *panel) isLower(n, assessment int) bool {
	if len(p.Series) < 2 {
		return false
	}
	mine, other := p.Series[n].Points[assessment], p.Series[1-n].Points[assessment]
	return other.Known && (mine.Value < other.Value || mine.Value == other.Value && n == 1)
}

// ends are the names of the lines, beside the last day and kept apart.
func (d *drawing) ends(of *panel, y func(int) px) []drawnText {
	var out []drawnText
	x := d.Right + 8
	if d.span() == 0 {
		x = d.x(0) + 14
	}
	for _, s := range of.Series {
		_, last := s.ends()
		value := s.Points[last].Value
		text := fitted(s.Name, x, y(value)+4, drawnWidth-daysRight-10, boldWidth)
		text.Full = s.says(value)
		out = append(out, text)
	}
	if len(out) == 2 {
		upper, lower := &out[0], &out[1]
		if upper.Y > lower.Y {
			upper, lower = lower, upper
		}
		if near := lineHeight - (lower.Y - upper.Y); near > 0 {
			upper.Y, lower.Y = upper.Y-near/2, lower.Y+near/2
		}
	}
	return out
}

// fitted is text cut to what it has room for.
func fitted(s string, x, y, room, letter px) drawnText {
	t := drawnText{X: x, Y: y, Text: cut(s, max(4, int(room/letter)))}
	if t.Text != s {
		t.Full = s
	}
	return t
}

// keys say what the signs mean, as far as they occur.
func (c *chart) keys() []string {
	var out []string
	has := func(is func(stay) bool) bool { return slices.ContainsFunc(c.Stays, is) }
	if has(func(s stay) bool { return s.Level >= 0 }) {
		out = append(out, "Bars: where the person was cared for; how long the last one goes on is not known.")
	}
	if has(func(s stay) bool { return s.differs() && len(s.Recommended) == 1 }) {
		out = append(out, "R: what was recommended, where that was another level.")
	}
	if has(func(s stay) bool { return len(s.Recommended) > 1 }) {
		out = append(out, "?: levels that were possible while it was undetermined.")
	}
	if c.hasGaps() {
		out = append(out, "A line is broken where a score is missing.")
	}
	return out
}

// inWords says what the drawing shows. The table says all of it.
func (c *chart) inWords() string {
	out := []string{count(len(c.Dates), "assessment") + ", " + c.Dates[0]}
	if c.span() > 0 {
		out[0] += " to " + c.Dates[len(c.Dates)-1]
	}
	for _, p := range c.Panels {
		for _, s := range p.Series {
			known := slices.DeleteFunc(slices.Clone(s.Points), func(p point) bool { return !p.Known })
			words := fmt.Sprintf("%s %d", s.Name, known[0].Value)
			if len(known) > 1 {
				words = fmt.Sprintf("%s from %d to %d", s.Name, known[0].Value, known[len(known)-1].Value)
			}
			out = append(out, words)
		}
	}
	var levels []string
	for _, s := range c.Stays {
		if s.Level >= 0 && (len(levels) == 0 || levels[len(levels)-1] != c.Levels[s.Level]) {
			levels = append(levels, c.Levels[s.Level])
		}
	}
	if len(levels) > 0 {
		out = append(out, "cared for at: "+strings.Join(levels, ", then "))
	}
	return strings.Join(out, "; ") + ". The table says all of it."
}
