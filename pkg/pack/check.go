package pack

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/diag"
)

// maxParts bounds a condition together with the conditions that it refers to,
// counted anew at every reference: sixty conditions that each refer twice to
// the one before would otherwise have more parts than there are atoms in a
// person. A hundred parts are already hard to read.
const (
	maxParts     = 10_000
	maxPackParts = 1_000_000
)

// checkConditions looks at conditions as a whole once all have been read.
func (l *loader) checkConditions() {
	l.breakCircles()
	l.limitParts()
	l.checkAnswered()
}

// circles looks for references in circles: a depth-first search in which path
// is what leads to the condition at hand.
type circles struct {
	l    *loader
	done map[*NamedCondition]bool
	path []*NamedCondition
	on   map[*NamedCondition]int // position in path
}

// breakCircles reports each circle at the reference that closes it, and takes
// that reference away, so that whoever follows references comes to an end.
func (l *loader) breakCircles() {
	c := &circles{l: l, done: make(map[*NamedCondition]bool), on: make(map[*NamedCondition]int)}
	for _, n := range l.pack.Conditions {
		c.visit(n)
	}
}

func (c *circles) visit(n *NamedCondition) {
	if c.done[n] {
		return
	}
	c.on[n] = len(c.path)
	c.path = append(c.path, n)
	for _, ref := range refs(n.When, nil) {
		if i, open := c.on[ref.To]; open {
			c.report(ref, c.path[i:])
			ref.To = nil
			continue
		}
		c.visit(ref.To)
	}
	c.path = c.path[:len(c.path)-1]
	delete(c.on, n)
	c.done[n] = true
}

func (c *circles) report(ref *Ref, circle []*NamedCondition) {
	const most = 8
	ids := make([]string, 0, len(circle)+1)
	var related []diag.Related
	for i, n := range circle {
		ids = append(ids, n.ID)
		if i > 0 && i <= most {
			related = append(related, diag.Related{At: n.At, Message: fmt.Sprintf("condition %q is in the circle", n.ID)})
		}
	}
	if len(ids) > most {
		ids = append(ids[:most], "…")
	}
	ids = append(ids, circle[0].ID)
	message := fmt.Sprintf("condition %q refers to itself: %s", ref.To.ID, strings.Join(ids, " → "))
	c.l.at[ref].report(problem{code: "condition-circle", message: message, related: related})
}

// refs appends the references in a condition, without following them.
func refs(c Condition, all []*Ref) []*Ref {
	if ref, ok := c.(*Ref); ok && ref.To != nil {
		return append(all, ref)
	}
	for _, part := range parts(c) {
		all = refs(part, all)
	}
	return all
}

// parts returns what a condition is made of.
func parts(c Condition) []Condition {
	switch c := c.(type) {
	case *All:
		return c.Of
	case *Any:
		return c.Of
	case *None:
		return c.Of
	case *AtLeast:
		return c.Of
	}
	return nil
}

// limitParts refuses conditions that are too large once references are
// followed.
func (l *loader) limitParts() {
	known, total := make(map[*NamedCondition]int), 0
	for _, n := range l.pack.Conditions {
		count(n.When, known)
	}
	for _, n := range l.pack.Conditions {
		if known[n] > maxParts {
			l.reportLarge(n.At, n.When)
		}
		total += known[n]
	}
	for _, root := range l.roots() {
		size := count(root.when, known)
		if size > maxParts {
			l.reportLarge(root.at, root.when)
		}
		total += size
	}
	l.limitCourses(known)
	if total > maxPackParts {
		l.ds = append(l.ds, diag.Diagnostic{Code: "condition-large", At: l.pack.At, Message: fmt.Sprintf("all conditions together have more than %d parts", maxPackParts)})
	}
}

// limitCourses refuses statements over time whose conditions are too large
// together: they are looked at once for each assessment.
func (l *loader) limitCourses(known map[*NamedCondition]int) {
	for _, of := range l.overTime() {
		size, conditions := 0, courseConditions(of.course)
		for _, when := range conditions {
			size += count(when, known)
		}
		if size <= maxParts || len(conditions) < 2 {
			continue // one that is too large alone has been reported
		}
		l.ds = append(l.ds, diag.Diagnostic{Code: "condition-large", At: of.at,
			Message: fmt.Sprintf("the conditions of the statement over time have more than %d parts together, with those that they refer to", maxParts)})
	}
}

// count returns how many parts a condition has, references followed. A
// condition beyond the limit counts as one part for those that refer to it:
// one mistake is one problem.
func count(c Condition, known map[*NamedCondition]int) int {
	n := 1
	if ref, ok := c.(*Ref); ok && ref.To != nil {
		if _, ok := known[ref.To]; !ok {
			known[ref.To] = count(ref.To.When, known)
		}
		if size := known[ref.To]; size <= maxParts {
			n += size
		}
		return n
	}
	for _, part := range parts(c) {
		n = min(n+count(part, known), maxPackParts)
	}
	return n
}

// reportLarge reports a condition that is too large and takes its references
// away.
func (l *loader) reportLarge(at diag.Span, when Condition) {
	l.ds = append(l.ds, diag.Diagnostic{Code: "condition-large", At: at,
		Message: fmt.Sprintf("the condition has more than %d parts, with those that it refers to", maxParts)})
	for _, ref := range refs(when, nil) {
		ref.To = nil
	}
}

// root is a condition that something of the pack hangs on.
type root struct {
	at      diag.Span
	when    Condition
	decides string // what it decides; "" where answered may be tested
}

func (l *loader) roots() (all []root) {
	for c := range l.pack.Criteria() {
		decides := map[CriterionKind]string{Indication: "an indication", StepDown: "readiness to leave a level"}[c.Kind]
		all = append(all, root{c.At, c.When, decides})
	}
	for _, s := range l.pack.Services {
		all = append(all, root{s.At, s.When, ""})
	}
	for _, n := range l.pack.Notes {
		decides := ""
		if n.Kind == Contradiction {
			decides = "a contradiction"
		}
		all = append(all, root{n.At, n.When, decides})
	}
	for _, g := range l.pack.Guarantees {
		all = append(all, root{g.At, g.Whenever, "a guarantee"})
	}
	for _, level := range l.pack.Levels {
		all = append(all, root{level.At, level.Here, "where the person is"})
		for _, s := range level.StepUp {
			all = append(all, root{s.At, s.When, ""})
		}
		for _, o := range level.Objectives {
			all = append(all, root{o.At, o.When, ""})
		}
	}
	for _, of := range l.overTime() {
		for _, when := range courseConditions(of.course) {
			all = append(all, root{of.at, when, "a statement over time"})
		}
	}
	return all
}

// courseRoot is a statement over time that something of the pack hangs on.
type courseRoot struct {
	at     diag.Span
	course Course
}

func (l *loader) overTime() (all []courseRoot) {
	for _, level := range l.pack.Levels {
		for _, c := range level.StepDown {
			all = append(all, courseRoot{c.At, c.Course})
		}
		for _, s := range level.StepUp {
			all = append(all, courseRoot{s.At, s.Course})
		}
	}
	return all
}

// courseConditions are the conditions in a statement over time.
func courseConditions(c Course) (all []Condition) {
	WalkCourse(c, func(c Course) {
		switch c := c.(type) {
		case *Held:
			all = append(all, c.When)
		case *Seen:
			all = append(all, c.When)
		}
	})
	return all
}

// checkAnswered keeps tests of whether there is an answer out of everything
// that leaving out an answer must not change.
func (l *loader) checkAnswered() {
	known := make(map[*NamedCondition]*Answered)
	for _, root := range l.roots() {
		if root.decides != "" {
			l.checkUnanswered(root.when, root.decides, known)
		}
	}
}

func (l *loader) checkUnanswered(c Condition, decides string, known map[*NamedCondition]*Answered) {
	message := fmt.Sprintf("answered decides %s: leaving out an answer must not do that", decides)
	switch c := c.(type) {
	case *Answered:
		l.at[c].report(problem{code: "answered-decides", message: message, hint: "test the answer itself"})
	case *Ref:
		if a := answeredIn(c.To, known); a != nil {
			l.at[c].report(problem{code: "answered-decides", message: message, hint: "test the answer itself",
				related: []diag.Related{{At: a.At, Message: fmt.Sprintf("condition %q leads here", c.To.ID)}}})
		}
	}
	for _, part := range parts(c) {
		l.checkUnanswered(part, decides, known)
	}
}

// answeredIn returns the first test of answered in a named condition and in
// those that it refers to, or nil.
func answeredIn(n *NamedCondition, known map[*NamedCondition]*Answered) *Answered {
	if n == nil {
		return nil
	}
	if a, ok := known[n]; ok {
		return a
	}
	known[n] = nil
	known[n] = answeredBelow(n.When, known)
	return known[n]
}

func answeredBelow(c Condition, known map[*NamedCondition]*Answered) *Answered {
	switch c := c.(type) {
	case *Answered:
		return c
	case *Ref:
		return answeredIn(c.To, known)
	}
	for _, part := range parts(c) {
		if a := answeredBelow(part, known); a != nil {
			return a
		}
	}
	return nil
}
