package report

import (
	"strconv"
	"strings"
)

// glyphs are the signs of a drawing at the terminal.
type glyphs struct {
	markers                     []string  // of the series, in turn
	paths                       []string  // between two scores
	both                        string    // where markers fall on each other
	rule, bar                   string    // a threshold; where the person was cared for
	down, up                    [2]string // the corners of a step: where it leaves and where it arrives
	step, axis, tick, floor, at string
	corner, recommended, open   string
}

var (
	unicodeGlyphs = glyphs{
		markers: []string{"●", "◆", "▲", "■"}, paths: []string{"·", ":", "'", "∙"}, both: "◈",
		rule: "╌", bar: "━", down: [2]string{"┓", "┗"}, up: [2]string{"┛", "┏"}, step: "┃",
		axis: "│", tick: "┤", floor: "─", at: "┴", corner: "└", recommended: "R", open: "?",
	}
	asciiGlyphs = glyphs{
		markers: []string{"*", "o", "x", "#"}, paths: []string{".", ":", "'", "~"}, both: "&",
		rule: "-", bar: "=", down: [2]string{"+", "+"}, up: [2]string{"+", "+"}, step: "|",
		axis: "|", tick: "+", floor: "-", at: "+", corner: "+", recommended: "R", open: "?",
	}
)

func (g *glyphs) marker(s *series) string { return g.markers[s.Nth%len(g.markers)] }
func (g *glyphs) path(s *series) string   { return g.paths[s.Nth%len(g.paths)] }

// The layout of the drawing: rows from the least to the greatest score, the
// widest column of names, and the columns for the names of bands where the
// width allows them.
const (
	plotRows   = 11
	plotNames  = 12
	plotBands  = 22
	wideEnough = 76
)

// plot draws a chart in columns and rows.
type plot struct {
	*chart
	g      *glyphs
	names  int   // columns of the names on the left
	width  int   // columns of the drawing itself
	bands  int   // columns of the names of bands on the right; 0 without
	places []int // the column of each assessment
}

func newPlot(c *chart, width int, g *glyphs) *plot {
	p := &plot{chart: c, g: g}
	for _, name := range c.Levels {
		p.names = max(p.names, min(columns.StringWidth(name), plotNames))
	}
	p.names = max(p.names, 5)
	if width >= wideEnough {
		p.bands = p.bandColumns()
	}
	p.width = width - p.names - 2 - p.bands
	for _, d := range c.Days {
		p.places = append(p.places, p.column(d))
	}
	return p
}

// bandColumns are as many as the names of bands take, within bounds.
func (p *plot) bandColumns() int {
	n := 0
	for _, of := range p.Panels {
		for _, s := range of.Series {
			for _, b := range s.Bands {
				n = max(n, min(width(b.Label)+3, plotBands))
			}
		}
	}
	return n
}

// column is where a day lies. A course of one day begins at the left.
func (p *plot) column(day int) int {
	if p.span() == 0 {
		return 0
	}
	return (2*day*(p.width-1) + p.span()) / (2 * p.span())
}

// canvas is a drawing: one sign, in one style, a cell.
type canvas [][]run

func newCanvas(width, height int) canvas {
	c := make(canvas, height)
	for y := range c {
		c[y] = make([]run, width)
		for x := range c[y] {
			c[y][x] = run{" ", plain}
		}
	}
	return c
}

func (c canvas) empty(x, y int) bool { return c[y][x].Text == " " || c[y][x].style == faint }

// plot draws the scores and, below them on the same days, the levels.
func (t *texter) plot(c *chart, g *glyphs) {
	p := newPlot(c, t.width, g)
	for i := range c.Panels {
		t.legend(p.legend(&c.Panels[i]))
		p.scores(t, &c.Panels[i])
		t.space()
	}
	t.legend(p.levelLegend())
	p.levels(t)
	p.dates(t)
	t.space()
}

// legend writes runs in which a sign is not torn from its words. The spaces that
// hold them together are plain ones once the lines are laid out.
func (t *texter) legend(runs []run) {
	for _, l := range wrap(runs, t.width) {
		for i := range l {
			l[i].Text = strings.ReplaceAll(l[i].Text, "\u00a0", " ")
		}
		t.write(l)
	}
}

// legend names the series of a panel with their markers.
func (p *plot) legend(of *panel) []run {
	runs := []run{{"Scores", heading}}
	for _, s := range of.Series {
		runs = append(runs, run{" \u00a0 ", plain}, run{p.g.marker(s) + "\u00a0" + strings.ReplaceAll(s.Name, " ", "\u00a0"), bold})
	}
	if p.shareCells(of) {
		runs = append(runs, run{" \u00a0 ", plain}, run{p.g.both + "\u00a0both", plain})
	}
	return runs
}

// row is the place of a score, from the top. No score stands on the row of a
// threshold that it does not reach, nor below one that it does: which band it
// is in must not be a matter of rounding.
func (p *plot) row(of *panel, value int) int {
	y := evenRow(of, value)
	for _, at := range of.thresholds() {
		if row := evenRow(of, at); value < at {
			y = max(y, row+1)
		} else {
			y = min(y, row)
		}
	}
	return min(y, plotRows)
}

// evenRow is the row of a score where the rows are all worth the same.
func evenRow(of *panel, value int) int {
	size := max(of.Max-of.Min, 1)
	return plotRows - (2*(value-of.Min)*plotRows+size)/(2*size)
}

// shareCells reports whether two scores of a panel fall on one cell.
func (p *plot) shareCells(of *panel) bool {
	taken := map[[2]int]*series{}
	for _, s := range of.Series {
		for i, pt := range s.Points {
			cell := [2]int{p.places[i], p.row(of, pt.Value)}
			if other := taken[cell]; pt.Known && other != nil && other != s {
				return true
			}
			if pt.Known {
				taken[cell] = s
			}
		}
	}
	return false
}

func (p *plot) scores(t *texter, of *panel) {
	c := newCanvas(p.width, plotRows+1)
	labels := p.rules(c, of)
	for _, s := range of.Series {
		p.line(c, of, s)
	}
	for _, s := range of.Series {
		p.marks(c, of, s)
	}
	bands := p.bandNames(of)
	for y := range c {
		sign := p.g.axis
		if labels[y] != "" {
			sign = p.g.tick
		}
		left := strings.Repeat(" ", p.names-width(labels[y])) + labels[y] + " " + sign
		row := append([]run{{left, plain}}, c[y]...)
		if bands[y] != "" {
			row = append(row, run{" " + bands[y], plain})
		}
		t.write(joinRuns(row))
	}
}

// rules draws the thresholds and returns the numbers beside them. Where two
// fall on one row, the lower one has it.
func (p *plot) rules(c canvas, of *panel) []string {
	labels := make([]string, len(c))
	for _, at := range append([]int{of.Min}, append(of.thresholds(), of.Max)...) {
		y := p.row(of, at)
		if labels[y] != "" {
			continue
		}
		labels[y] = strconv.Itoa(at)
		if at == of.Min || at == of.Max {
			continue
		}
		for x := range c[y] {
			c[y][x] = run{p.g.rule, faint}
		}
	}
	return labels
}

// line draws the way between scores that follow each other; where one is
// missing it is broken.
func (p *plot) line(c canvas, of *panel, s *series) {
	for i := 1; i < len(s.Points); i++ {
		from, to := s.Points[i-1], s.Points[i]
		if !from.Known || !to.Known {
			continue
		}
		x0, x1, y0, y1 := p.places[i-1], p.places[i], p.row(of, from.Value), p.row(of, to.Value)
		for x := x0 + 1; x < x1; x++ {
			n := x1 - x0
			y := (2*(y0*(x1-x)+y1*(x-x0)) + n) / (2 * n)
			if c.empty(x, y) {
				c[y][x] = run{p.g.path(s), plain}
			}
		}
	}
}

func (p *plot) marks(c canvas, of *panel, s *series) {
	for i, pt := range s.Points {
		if !pt.Known {
			continue
		}
		at := &c[p.row(of, pt.Value)][p.places[i]]
		sign := p.g.marker(s)
		if s != of.Series[0] && at.Text == p.g.marker(of.Series[0]) {
			sign = p.g.both
		}
		*at = run{sign, bold}
	}
}

// bandNames stand where a band begins; those of a second series a row above,
// so that both are seen where they begin together.
func (p *plot) bandNames(of *panel) []string {
	names := make([]string, plotRows+1)
	if p.bands == 0 {
		return names
	}
	for i, s := range of.Series {
		for _, b := range s.Bands {
			y := p.row(of, max(b.From, of.Min)) - i
			if y >= 0 && names[y] == "" {
				names[y] = cut(p.g.marker(s)+" "+b.Label, p.bands-1)
			}
		}
	}
	return names
}

// cut shortens text to so many columns and shows that it did.
func cut(s string, limit int) string {
	if width(s) <= limit {
		return s
	}
	return columns.Truncate(s, limit, "…")
}

// joinRuns makes one run of neighbours in one style.
func joinRuns(row []run) []run {
	var out []run
	for _, r := range row {
		out = extend(out, r, 0)
	}
	return out
}
