package pack

import (
	"fmt"
	"strings"
)

// How a statement over time reads, by the rules for conditions: what is joined
// stands in brackets where it is joined or listed itself, or has a colon.

// DescribeCourse returns a statement over time in words: "PHQ-9 is at least 5
// points worse than at an assessment of the last 14 days", or "at this
// assessment and the one before: functioning is good". The text has no full
// stop and is the pack's: who prints it cleans it. No statement is no text.
func (p *Pack) DescribeCourse(c Course) string {
	switch c := c.(type) {
	case *EachCourse:
		return p.describeEach(c)
	case *Held:
		return c.head() + " " + p.Describe(c.When)
	case *Seen:
		return c.head() + " " + p.Describe(c.When)
	case *Changed:
		return p.describeChanged(c)
	}
	return ""
}

// DescribeCourseLines returns a statement over time as a tree, as
// DescribeLines does a condition: "all of:", "any of:" and "none of:" with what
// they hold one step deeper, and likewise "at this assessment and the one
// before:" with its condition, if that takes more than a line.
func (p *Pack) DescribeCourseLines(c Course) []Line { return p.appendCourse(nil, 0, c) }

// DescribeSign returns when a step-up sign is seen in words: its condition, its
// statement over time, or both.
func (p *Pack) DescribeSign(s *Sign) string {
	switch {
	case s.Course == nil:
		return p.Describe(s.When)
	case s.When == nil:
		return p.DescribeCourse(s.Course)
	}
	when, course := p.Describe(s.When), p.DescribeCourse(s.Course)
	if isJoined(s.When) {
		when = "(" + when + ")"
	}
	if isJoinedCourse(s.Course) {
		course = "(" + course + ")"
	}
	return when + ", and " + course
}

// DescribeSignLines returns when a step-up sign is seen as a tree.
func (p *Pack) DescribeSignLines(s *Sign) []Line {
	switch {
	case s.Course == nil:
		return p.DescribeLines(s.When)
	case s.When == nil:
		return p.DescribeCourseLines(s.Course)
	}
	lines := p.appendLines([]Line{{0, "all of:"}}, 1, s.When, nil)
	return p.appendCourse(lines, 1, s.Course)
}

func (c *Held) head() string {
	if c.Times == 2 {
		return "at this assessment and the one before:"
	}
	return fmt.Sprintf("at this assessment and the %d before:", c.Times-1)
}

func (c *Seen) head() string {
	if c.WithinDays == 1 {
		return "at an assessment of the last day:"
	}
	return fmt.Sprintf("at an assessment of the last %d days:", c.WithinDays)
}

func (p *Pack) describeEach(c *EachCourse) string {
	texts := make([]string, len(c.Of))
	for i, of := range c.Of {
		texts[i] = p.DescribeCourse(of)
		if len(c.Of) > 1 && isJoinedCourse(of) {
			texts[i] = "(" + texts[i] + ")"
		}
	}
	switch {
	case c.Joint == JointNone && len(texts) == 1:
		return "not (" + texts[0] + ")"
	case c.Joint == JointNone:
		return "none of: " + strings.Join(texts, "; ")
	case c.Joint == JointAny:
		return strings.Join(texts, ", or ")
	}
	return strings.Join(texts, ", and ")
}

// isJoinedCourse reports whether the words of a statement need brackets beside
// others.
func isJoinedCourse(c Course) bool {
	each, ok := c.(*EachCourse)
	switch {
	case !ok:
		_, plain := c.(*Changed)
		return !plain
	case len(each.Of) > 1:
		return true
	case each.Joint == JointNone || len(each.Of) == 0:
		return false
	}
	return isJoinedCourse(each.Of[0])
}

// describeChanged writes a change of an answer. A number's is said as higher or
// lower, since worse does not say which way the number goes.
func (p *Pack) describeChanged(c *Changed) string {
	s := &p.Slots[c.Slot]
	subject := p.subject(c.Slot)
	if !s.IsItem() && s.Question.Kind == Instrument {
		subject = s.Question.Noun()
	}
	return clause(subject, "is", fmt.Sprintf("at least %s %s than %s", p.amountWords(c), s.way(c.Worse), c.sinceWords()))
}

func (s *Slot) way(worse bool) string {
	word := "better"
	if worse {
		word = "worse"
	}
	switch q := s.Question; {
	case s.IsItem() || q.Kind != Number:
		return word
	case worse == (q.Worse == WorseHigher):
		return "higher (" + word + ")"
	}
	return "lower (" + word + ")"
}

func (p *Pack) amountWords(c *Changed) string {
	switch q := p.Slots[c.Slot].Question; {
	case c.Percent > 0:
		return fmt.Sprintf("%d%%", c.Percent)
	case q.Kind == Scale:
		return countOf(int(c.By), "step")
	case q.Kind == Instrument:
		return countOf(int(c.By), "point")
	default:
		return withUnit(formatDecimal(c.By, q.Decimals), q.Unit)
	}
}

func (c *Changed) sinceWords() string {
	switch {
	case c.Since == SinceFirst:
		return "when first answered"
	case c.Since == SinceLast:
		return "at the assessment before"
	case c.Since == SinceLevel:
		return "when the present level of care began"
	case c.WithinDays == 1:
		return "at an assessment of the last day"
	}
	return fmt.Sprintf("at an assessment of the last %d days", c.WithinDays)
}

// appendCourse adds the tree of c.
func (p *Pack) appendCourse(lines []Line, indent int, c Course) []Line {
	switch c := c.(type) {
	case *EachCourse:
		if len(c.Of) == 1 && c.Joint != JointNone {
			return p.appendCourse(lines, indent, c.Of[0])
		}
		lines = append(lines, Line{indent, c.Joint.String() + " of:"})
		for _, of := range c.Of {
			lines = p.appendCourse(lines, indent+1, of)
		}
	case *Held:
		return p.appendAt(lines, indent, c.head(), c.When)
	case *Seen:
		return p.appendAt(lines, indent, c.head(), c.When)
	case *Changed:
		return append(lines, Line{indent, p.describeChanged(c)})
	}
	return lines
}

// appendAt adds a condition below, or after, the assessments that it is about.
func (p *Pack) appendAt(lines []Line, indent int, head string, when Condition) []Line {
	below := p.appendLines(nil, indent+1, when, nil)
	if len(below) == 1 {
		return append(lines, Line{indent, head + " " + below[0].Text})
	}
	return append(append(lines, Line{indent, head}), below...)
}

// DescribeTarget returns what an objective wants to reach in words: "PHQ-9: at
// most 9 (mild or better)". A condition that is no target reads as Describe has
// it.
func (p *Pack) DescribeTarget(c Condition) string {
	subject, want := p.TargetWords(c)
	if subject == "" {
		return want
	}
	return subject + ": " + want
}

// TargetWords returns what a target is about and what it wants, for sentences
// that say more between the two: "PHQ-9" and "at most 9 (mild or better)". A
// condition that is no target is about nothing, and reads as Describe has it.
func (p *Pack) TargetWords(c Condition) (subject, want string) {
	slot, ok := TargetSlot(c)
	if !ok {
		return "", p.Describe(c)
	}
	subject = p.subject(slot)
	if s := &p.Slots[slot]; !s.IsItem() && s.Question.Kind == Instrument {
		subject = s.Question.Noun()
	}
	if c, ok := c.(*Includes); ok {
		return subject, p.includesWords(c)
	}
	_, want = p.inWords(c.(*In), c.(*In).Ranges)
	return subject, want
}

// includesWords are the options that have to be among those chosen.
func (p *Pack) includesWords(c *Includes) string {
	labels := saidLabels(p.Slots[c.Slot].Question, c.Mask)
	if c.All {
		return "among them " + andList(labels)
	}
	return "among them " + orList(labels)
}

// TargetSlot returns the place of the answer that a target tests. It is not ok
// for a condition that is no target.
func TargetSlot(c Condition) (slot int, ok bool) {
	switch c := c.(type) {
	case *In:
		return c.Slot, c.Score == nil
	case *Includes:
		return c.Slot, true
	}
	return 0, false
}
