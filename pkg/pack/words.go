package pack

import (
	"fmt"
	"strings"
)

// How a condition reads. A sentence must not be ambiguous: clauses are joined
// by ", and" or ", or" with a comma, the answers within one clause without;
// lists after a colon are separated by semicolons; whatever is joined inside
// something joined stands in brackets; and labels of more than two words, or
// with signs and words that could be taken for the sentence's, in quotes. It is made from the normal form
// and not from what the author wrote, so that two ways to write one condition
// read the same.

// Describe returns a condition in words, as one would say it: "functioning is
// impaired or worse, and PHQ-9 total is at least 15 (moderately severe or
// worse)". A named condition reads as its title. The text has no full stop,
// and it is the pack's: who prints it cleans it. No condition is no text.
func (p *Pack) Describe(c Condition) string { return p.describe(c, false) }

// Line is one line of a condition written as a tree.
type Line struct {
	Indent int // depth from 0
	Text   string
}

// DescribeLines returns a condition as a tree: "all of:", "any of:", "none
// of:" and "at least 2 of:" with what they hold one step deeper, and a named
// condition as its title with what it says below.
func (p *Pack) DescribeLines(c Condition) []Line {
	return p.appendLines(nil, 0, c, nil)
}

// describe writes c, or that c does not hold.
func (p *Pack) describe(c Condition, negated bool) string {
	switch c := simplify(c).(type) {
	case *All:
		return negate(negated, p.join(c.Of, ", and "))
	case *Any:
		return negate(negated, p.join(c.Of, ", or "))
	case *None:
		if len(c.Of) == 1 {
			return p.describe(c.Of[0], !negated)
		}
		return negate(negated, "none of: "+p.list(c.Of))
	case *AtLeast:
		return negate(negated, fmt.Sprintf("at least %d of: %s", c.Count, p.list(c.Of)))
	case *Ref:
		return negate(negated, c.title())
	case *In:
		return p.describeIn(c, negated)
	case *Includes:
		return p.describeIncludes(c, negated)
	case *Answered:
		return p.describeAnswered(c, negated)
	}
	return ""
}

// simplify strips what says nothing: all or any of one, at least 1 of several,
// at least all of them.
func simplify(c Condition) Condition {
	for {
		var of []Condition
		switch x := c.(type) {
		case *All:
			of = x.Of
		case *Any:
			of = x.Of
		case *AtLeast:
			switch {
			case len(x.Of) == 1:
				of = x.Of
			case x.Count == 1:
				return &Any{Of: x.Of, At: x.At}
			case x.Count == len(x.Of):
				return &All{Of: x.Of, At: x.At}
			}
		}
		if len(of) != 1 {
			return c
		}
		c = of[0]
	}
}

func negate(negated bool, text string) string {
	if !negated {
		return text
	}
	return "not (" + text + ")"
}

// join writes conditions one after the other, those that are joined or listed
// themselves in brackets.
func (p *Pack) join(of []Condition, word string) string {
	texts := make([]string, len(of))
	for i, c := range of {
		texts[i] = p.describe(c, false)
		if isJoined(c) {
			texts[i] = "(" + texts[i] + ")"
		}
	}
	return strings.Join(texts, word)
}

// list writes conditions after a colon; only another list needs brackets.
func (p *Pack) list(of []Condition) string {
	texts := make([]string, len(of))
	for i, c := range of {
		texts[i] = p.describe(c, false)
		if isListed(c) {
			texts[i] = "(" + texts[i] + ")"
		}
	}
	return strings.Join(texts, "; ")
}

func isListed(c Condition) bool {
	switch c := simplify(c).(type) {
	case *AtLeast:
		return true
	case *None:
		return len(c.Of) > 1
	case *Ref: // the author's words, which may look joined
		return strings.Contains(c.title(), ", ") || strings.Contains(c.title(), "; ")
	}
	return false
}

func isJoined(c Condition) bool {
	switch simplify(c).(type) {
	case *All, *Any:
		return true
	}
	return isListed(c)
}

// title is how a named condition reads in a sentence; nothing for a reference
// that the loader took away.
func (c *Ref) title() string {
	switch {
	case c.To == nil:
		return ""
	case c.To.Title != "":
		return c.To.Title
	}
	return strings.NewReplacer("_", " ", "-", " ").Replace(c.To.ID)
}

// appendLines adds the tree of c. open are the named conditions that it stands
// in: a pack with mistakes in it may refer in circles.
func (p *Pack) appendLines(lines []Line, indent int, c Condition, open []*NamedCondition) []Line {
	var head string
	var of []Condition
	switch c := simplify(c).(type) {
	case nil:
		return lines
	case *All:
		head, of = "all of:", c.Of
	case *Any:
		head, of = "any of:", c.Of
	case *None:
		if isLeaf(c) {
			return append(lines, Line{indent, p.Describe(c)})
		}
		head, of = "none of:", c.Of
	case *AtLeast:
		head, of = fmt.Sprintf("at least %d of:", c.Count), c.Of
	case *Ref:
		return p.appendNamed(lines, indent, c, open)
	default:
		return append(lines, Line{indent, p.Describe(c)})
	}
	lines = append(lines, Line{indent, head})
	for _, x := range of {
		lines = p.appendLines(lines, indent+1, x, open)
	}
	return lines
}

// isLeaf reports whether a negation reads as one clause: "living is not in a
// shelter" rather than a list of one.
func isLeaf(c *None) bool {
	if len(c.Of) != 1 {
		return false
	}
	switch simplify(c.Of[0]).(type) {
	case *In, *Includes, *Answered:
		return true
	}
	return false
}

func (p *Pack) appendNamed(lines []Line, indent int, c *Ref, open []*NamedCondition) []Line {
	for _, o := range open {
		if o == c.To {
			return append(lines, Line{indent, c.title() + ", in circles"})
		}
	}
	if c.To == nil || c.To.When == nil {
		return append(lines, Line{indent, c.title()})
	}
	lines = append(lines, Line{indent, c.title() + ":"})
	return p.appendLines(lines, indent+1, c.To.When, append(open[:len(open):len(open)], c.To))
}
