package review

import "github.com/carelevel/carelevel/pkg/pack"

// Measure is the course of one instrument's total.
type Measure struct {
	Question *pack.Question
	Points   []Point // where there is a total, the earliest first; never empty

	// Now is the point of the last assessment; nil if it has no total, and then
	// there is nothing of what follows.
	Now        *Point
	SinceLast  *Shift // against the point before; nil if there is none
	SinceFirst *Shift // against the first point; nil if that is the present one

	// Response is at most half of the first total, which was above 0; Remission
	// a total below what the pack calls so. Both are false of an instrument of
	// which less is worse.
	Response, Remission bool

	// Milestone is the last one that the weeks since the first assessment have
	// reached; nil if none. Behind says that the total is not below it.
	Milestone *pack.Milestone
	Behind    bool
	Weeks     int // whole weeks since the first assessment of the course
}

// Point is a total at one assessment.
type Point struct {
	Assessment *Assessment
	Total      pack.Value
	Filled     int        // how many items were filled in
	Band       *pack.Band // that it lies in; nil if in none
}

// Shift is how far a total has moved.
type Shift struct {
	From     Point
	By       pack.Value // the present total less the one then
	Way      Way        // Better or Worse; Other if it has not moved or the instrument has no direction
	Reliable bool       // by at least what the pack calls a reliable change, if it calls anything so
}

// Measures returns the course of each instrument that has a total in it, in the
// order of the interview.
func (c *Course) Measures() []Measure {
	var out []Measure
	for _, q := range c.Reviewer.instruments {
		m := Measure{Question: q, Points: c.points(q)}
		if len(m.Points) == 0 {
			continue
		}
		if last := &m.Points[len(m.Points)-1]; last.Assessment == c.Now() {
			m.Now = last
			m.compare()
			m.hold(c.Assessments[0])
		}
		out = append(out, m)
	}
	return out
}

func (c *Course) points(q *pack.Question) []Point {
	var out []Point
	for i, a := range c.Assessments {
		if total, filled, known := c.value(q.Slot, i); known {
			if out == nil {
				out = make([]Point, 0, len(c.Assessments)-i)
			}
			out = append(out, Point{a, total, filled, bandOf(q, total)})
		}
	}
	return out
}

func bandOf(q *pack.Question, total pack.Value) *pack.Band {
	for i := range q.Bands {
		if b := &q.Bands[i]; b.From <= total && total <= b.To {
			return b
		}
	}
	return nil
}

// compare fills in how far the total has moved.
func (m *Measure) compare() {
	if n := len(m.Points); n > 1 {
		m.SinceLast, m.SinceFirst = m.since(m.Points[n-2]), m.since(m.Points[0])
	}
}

func (m *Measure) since(then Point) *Shift {
	s := &Shift{From: then, By: m.Now.Total - then.Total, Way: Other}
	if s.By != 0 {
		s.Way = way(m.Question, then.Total, m.Now.Total)
	}
	least := pack.Value(m.Question.ReliableChange)
	s.Reliable = least > 0 && max(s.By, -s.By) >= least
	return s
}

// hold holds the total against what the pack says of how an instrument should
// fall.
func (m *Measure) hold(first *Assessment) {
	m.Weeks = (m.Now.Assessment.Day - first.Day) / 7
	if higher, _ := worseHigher(m.Question); !higher {
		return
	}
	m.Response = len(m.Points) > 1 && m.Points[0].Total > 0 && 2*m.Now.Total <= m.Points[0].Total
	m.Remission = m.Now.Total < pack.Value(m.Question.Remission)
	for i := range m.Question.Milestones {
		if stone := &m.Question.Milestones[i]; stone.Weeks <= m.Weeks && (m.Milestone == nil || stone.Weeks > m.Milestone.Weeks) {
			m.Milestone, m.Behind = stone, m.Now.Total >= stone.Below
		}
	}
}
