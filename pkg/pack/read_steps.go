package pack

import "fmt"

// What a case over time may hold.
const (
	maxSteps = 200
	maxDay   = 36_600 // a hundred years
)

// readCourses reads the cases over time.
func (l *loader) readCourses() {
	l.eachOf("courses", func(c cursor) {
		f, ok := c.fields("name", "skip", "steps")
		if !ok {
			return
		}
		t := &CourseTest{Skip: f.get("skip").text(), At: c.r.span(c.node)}
		name, steps := f.need("name"), f.need("steps")
		if t.Name = name.text(); t.Name != "" {
			if before, taken := l.courses.of[t.Name]; taken {
				name.report(problem{code: "id-duplicate", message: fmt.Sprintf("course %s is there twice", quoteShort(t.Name)), related: firstAt(before.at)})
			} else {
				t.At = name.r.span(name.node)
				l.courses.put(t.Name, t.At, t)
			}
		}
		switch n := steps.size(); {
		case n > maxSteps:
			steps.report(problem{code: "list-length", message: fmt.Sprintf("%d steps; expected at most %d", n, maxSteps)})
			return
		case !l.room(c, n):
			return
		}
		l.readSteps(steps, t)
		l.pack.Courses = append(l.pack.Courses, t)
	})
}

func (l *loader) readSteps(c cursor, t *CourseTest) {
	answers := l.pack.NewAnswers()
	day := -1
	c.elements(func(c cursor) {
		f, ok := c.fields("day", "placed", "profile", "answers", "expect", "review")
		if !ok {
			return
		}
		s := CourseStep{At: c.r.span(c.node)}
		s.Day, day = f.day(day)
		s.Placed, _ = l.levels.lookup(l, f.get("placed"))
		answers = l.stepAnswers(f, answers)
		s.Answers = answers
		l.readOutcome(f, &s, c.path.index == 0)
		t.Steps = append(t.Steps, s)
	})
	if isList(c) && c.size() < 2 {
		c.report(problem{code: "list-length", message: fmt.Sprintf("found %s; expected at least two: a case at one time is a test", countOf(c.size(), "step"))})
	}
}

// day reads the day of a step, which must come after the one before; -1 is
// before the first. It returns the day, and the one that the next must be
// after.
func (f fields) day(before int) (day, last int) {
	at := f.need("day")
	if !at.present() {
		return 0, before
	}
	day, ok := at.wholeIn(0, maxDay)
	switch {
	case !ok:
		return 0, before
	case f.path.index == 0 && day != 0:
		at.report(problem{code: "step-day", message: fmt.Sprintf("the first step is on day %d; expected day 0, from which the others are counted", day)})
	case before >= 0 && day <= before:
		at.report(problem{code: "step-day", message: fmt.Sprintf("day %d comes after day %d; expected the steps in the order of time, at most one a day", day, before)})
	}
	return day, max(day, before)
}

// stepAnswers lays a step's profile, and then its own answers, over those of
// the step before.
func (l *loader) stepAnswers(f fields, before Answers) Answers {
	a := append(Answers{}, before...)
	if profile, ok := l.profiles.lookup(l, f.get("profile")); ok {
		a = l.pack.lay(profile.Answers, a)
	}
	if at := f.get("answers"); at.present() {
		own := l.pack.NewAnswers()
		l.answersAt(at, own)
		a = l.pack.lay(own, a)
	}
	return a
}

// readOutcome reads what must come of a step.
func (l *loader) readOutcome(f fields, s *CourseStep, first bool) {
	expect, review := f.get("expect"), f.get("review")
	switch {
	case first && review.key != nil:
		review.reportKey(problem{code: "key-kind", message: "a review at the first step; expected it from the second on: there is nothing to compare with"})
		review = cursor{}
	case expect.key == nil && review.key == nil && !isOneOf("expect", f.meant) && !isOneOf("review", f.meant):
		f.owner().report(problem{code: "key-missing", message: "the step expects nothing; expected expect or review, or both"})
	}
	if expect.present() {
		l.readExpect(expect, &s.Expect)
	}
	if review.present() {
		l.readReview(review, &s.Review)
	}
}

// readReview reads what the review at a step must say.
func (l *loader) readReview(c cursor, r *ReviewExpect) {
	f, ok := c.fields("verdict", "to", "outstanding", "outstanding_not", "signs", "signs_not")
	if !ok {
		return
	}
	if f.size() == 0 {
		c.report(problem{code: "list-empty", message: "the review expects nothing; expected verdict, to, outstanding, signs or another key"})
	}
	if i := f.get("verdict").word(Verdicts()...); i >= 0 {
		r.Verdict = Verdicts()[i]
	}
	r.To, _ = l.levels.lookup(l, f.get("to"))
	r.Outstanding = l.stepDowns(f.get("outstanding"))
	r.OutstandingNot = l.stepDowns(f.get("outstanding_not"))
	r.Signs = l.signs.lookupAll(l, f.get("signs"))
	r.SignsNot = l.signs.lookupAll(l, f.get("signs_not"))
}

// stepDowns reads a list of criteria that must be those of readiness.
func (l *loader) stepDowns(c cursor) (all []*Criterion) {
	for _, cr := range l.criteria.lookupAll(l, c) {
		if cr.Kind == StepDown {
			all = append(all, cr)
		}
	}
	c.onWords(func(c cursor) {
		if cr, ok := l.criteria.of[c.node.Value]; ok && cr.it.Kind != StepDown {
			c.report(problem{code: "criterion-kind", message: fmt.Sprintf("%q is of the kind %s; expected a step_down", cr.it.ID, cr.it.Kind)})
		}
	})
	return all
}
