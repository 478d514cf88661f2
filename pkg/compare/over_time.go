package compare

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// What is said over time is compared as it is written: over several
// assessments there is nothing to count. Two ways to write one thing are two.

// speller writes what a pack says so that two writings are equal if they say
// the same in the same way, whatever named conditions are called.
type speller struct {
	b strings.Builder
	p *pack.Pack
}

// spelled is a condition, with the conditions that it refers to. No condition
// is the empty text.
func spelled(p *pack.Pack, c pack.Condition) string {
	s := &speller{p: p}
	s.condition(c)
	return s.b.String()
}

// spelledCourse is a statement over time.
func spelledCourse(p *pack.Pack, c pack.Course) string {
	s := &speller{p: p}
	s.course(c)
	return s.b.String()
}

func (s *speller) write(parts ...any) { fmt.Fprintln(&s.b, parts...) }

func (s *speller) condition(c pack.Condition) {
	switch c := c.(type) {
	case *pack.All:
		s.each("all", c.Of)
	case *pack.Any:
		s.each("any", c.Of)
	case *pack.None:
		s.each("none", c.Of)
	case *pack.AtLeast:
		s.each(fmt.Sprint("at least ", c.Count), c.Of)
	case *pack.Ref:
		s.condition(c.To.When)
	case *pack.In:
		if c.Score != nil {
			s.write("score", c.Score.ID, c.Ranges)
			return
		}
		s.write("in", s.p.Slots[c.Slot].ID)
		for _, r := range c.Ranges {
			s.write(s.p.FormatAnswer(c.Slot, r.From), s.p.FormatAnswer(c.Slot, r.To))
		}
	case *pack.Includes:
		s.write("includes", s.p.Slots[c.Slot].ID, c.All, s.p.FormatAnswer(c.Slot, c.Mask))
	case *pack.Answered:
		s.write("answered", s.p.Slots[c.Slot].ID, c.Want)
	}
}

func (s *speller) each(joint string, of []pack.Condition) {
	s.write(joint, len(of))
	for _, c := range of {
		s.condition(c)
	}
}

func (s *speller) course(c pack.Course) {
	switch c := c.(type) {
	case *pack.EachCourse:
		s.write(c.Joint, len(c.Of))
		for _, of := range c.Of {
			s.course(of)
		}
	case *pack.Held:
		s.write("held", c.Times)
		s.condition(c.When)
	case *pack.Seen:
		s.write("seen", c.WithinDays)
		s.condition(c.When)
	case *pack.Changed:
		s.write("changed", s.p.Slots[c.Slot].ID, c.Worse, thousandths(s.p, c), c.Percent, c.Since, c.WithinDays)
	}
}

// thousandths is by how much an answer must have changed, in a unit that does
// not depend on how many digits it is given with.
func thousandths(p *pack.Pack, c *pack.Changed) pack.Value {
	by := c.By
	for range 3 - p.Slots[c.Slot].Question.Decimals {
		by *= 10
	}
	return by
}

// targets are those of a level's objectives, with whom each is for, as one
// text. An objective for everybody without any does not show.
func targets(p *pack.Pack, l *pack.Level) string {
	var out []string
	for _, o := range l.Objectives {
		all := spelled(p, o.When)
		for _, t := range o.Targets {
			all += between + spelled(p, t)
		}
		if all != "" {
			out = append(out, all)
		}
	}
	return strings.Join(out, between+between)
}

// due is what is to be written or signed at a level, as one text.
func due(l *pack.Level) string {
	var out []string
	for _, d := range l.Due {
		out = append(out, fmt.Sprint(d.Text, between, d.First, between, d.Every, between, sourceIDs(d.Sources)))
	}
	return strings.Join(out, between+between)
}

// milestones are those of an instrument as one text.
func milestones(q *pack.Question) string {
	var out []string
	for _, m := range q.Milestones {
		out = append(out, fmt.Sprintf("%d: %d", m.Weeks, m.Below))
	}
	return strings.Join(out, ", ")
}

func signEntry(s *pack.Sign) *Entry {
	return &Entry{Kind: StepUpSign, ID: s.ID, Title: s.Because, Level: s.Level, When: s.When, course: s.Course,
		texts: []text{{"because", s.Because}, {"sources", sourceIDs(s.Sources)}}}
}

// course returns the lines in which two statements over time differ.
func (w *words) course(e *EntryChange) []string {
	if !e.Course {
		return nil
	}
	gone, come := differing(courseLines(w.d.Old, e.Old), courseLines(w.d.New, e.New))
	var out []string
	for _, l := range gone {
		out = append(out, "over time, was: "+l)
	}
	for _, l := range come {
		out = append(out, "over time, now: "+l)
	}
	if len(out) == 0 {
		out = append(out, "over time, reads as before, but what it looks at has other answers or other ids")
	}
	return out
}

func courseLines(p *pack.Pack, e *Entry) []string {
	if e.course == nil {
		return []string{"nothing"}
	}
	var out []string
	for _, l := range p.DescribeCourseLines(e.course) {
		out = append(out, clean(l.Text))
	}
	return out
}

// saidOverTime is the statement over time of an entry that only one pack has.
func saidOverTime(label string, p *pack.Pack, e *Entry) []string {
	if e.course == nil {
		return nil
	}
	return []string{"over time, " + label + ": " + clean(p.DescribeCourse(e.course))}
}
