package pack

import (
	"reflect"
	"testing"
)

// checkSound holds a pack without errors against what its readers rely on.
func checkSound(t testing.TB, p *Pack) {
	t.Helper()
	if p == nil || p.ID == "" || p.Version == "" || len(p.Hash) != len("sha256:")+64 || len(p.Levels) == 0 {
		t.Fatalf("an incomplete pack: %+v", p)
	}
	for i, l := range p.Levels {
		if l.Index != i || l.Title == "" || l.Short == "" || l.Action == "" || p.Level(l.ID) != l {
			t.Errorf("level %q at %d: %+v", l.ID, i, l)
		}
	}
	checkSlots(t, p)
	for c := range p.Criteria() {
		if c.ID == "" || c.Level == nil || len(c.Sources) == 0 || c.Because == "" && c.Otherwise == "" || p.Criterion(c.ID) != c {
			t.Errorf("criterion %+v", c)
		}
		checkCondition(t, p, c.ID, c.When)
	}
	for _, n := range p.Conditions {
		checkCondition(t, p, n.ID, n.When)
	}
	for _, n := range p.Notes {
		checkCondition(t, p, n.ID, n.When)
	}
	for _, g := range p.Guarantees {
		checkCondition(t, p, g.ID, g.Whenever)
		if g.AtLeast == nil && g.AtMost == nil {
			t.Errorf("guarantee %s says nothing", g.ID)
		}
	}
	for _, s := range p.Services {
		if s.When != nil {
			checkCondition(t, p, s.ID, s.When)
		}
	}
	for _, s := range p.Scores {
		checkBands(t, s.ID, s.Bands, s.Min, s.Max)
		for _, term := range s.Terms {
			if term.Slot >= len(p.Slots) || term.Weights == nil && term.Factor == 0 {
				t.Errorf("score %s has the term %+v", s.ID, term)
			}
		}
	}
	for _, c := range p.Tests {
		if c.Name == "" || p.CheckAnswers(c.Answers) != nil {
			t.Errorf("test %q: %v", c.Name, p.CheckAnswers(c.Answers))
		}
	}
	checkOverTime(t, p)
}

// checkOverTime is checkSound for what is said about several assessments.
func checkOverTime(t testing.TB, p *Pack) {
	t.Helper()
	for _, l := range p.Levels {
		if l.Here != nil {
			checkCondition(t, p, l.ID, l.Here)
		}
		for _, c := range l.StepDown {
			checkCourse(t, p, c.ID, c.Course)
		}
		for _, s := range l.StepUp {
			if s.ID == "" || s.Level != l || s.Because == "" || len(s.Sources) == 0 || s.When == nil && s.Course == nil || p.Criterion(s.ID) != nil || p.Note(s.ID) != nil || p.Sign(s.ID) != s || p.DescribeSign(s) == "" {
				t.Errorf("sign %+v", s)
			}
			if s.When != nil {
				checkCondition(t, p, s.ID, s.When)
			}
			checkCourse(t, p, s.ID, s.Course)
		}
		for _, d := range l.Due {
			if d.Text == "" || d.First < 1 || d.Every < 1 || len(d.Sources) == 0 {
				t.Errorf("due %+v", d)
			}
		}
		for _, o := range l.Objectives {
			if o.When != nil {
				checkCondition(t, p, o.Text, o.When)
			}
			for _, c := range o.Targets {
				checkTarget(t, p, c)
			}
		}
	}
	for _, q := range p.Questions {
		last := Milestone{}
		for _, m := range q.Milestones {
			if m.Weeks <= last.Weeks || m.Below <= q.Min || m.Below > q.Max {
				t.Errorf("milestone %+v of %s", m, q.ID)
			}
			last = m
		}
	}
	for _, c := range p.Courses {
		checkCourseTest(t, p, c)
	}
}

func checkCourse(t testing.TB, p *Pack, id string, c Course) {
	t.Helper()
	WalkCourse(c, func(c Course) {
		sound := c.Span().Line > 0
		switch c := c.(type) {
		case *EachCourse:
			sound = sound && len(c.Of) > 0
		case *Held:
			sound = sound && c.Times >= 2 && c.Times <= maxTimes
		case *Seen:
			sound = sound && c.WithinDays >= 1 && c.WithinDays <= maxDays
		case *Changed:
			s := p.Slots[c.Slot]
			sound = sound && (c.By > 0) != (c.Percent > 0) && c.By <= s.Max-s.Min && c.Percent <= 100 && (c.Since == SinceWithin) == (c.WithinDays > 0) &&
				(s.IsItem() || s.Question.Worse != WorseNeither)
		}
		if !sound {
			t.Errorf("%s says %+v", id, c)
		}
	})
	for _, when := range courseConditions(c) {
		checkCondition(t, p, id, when)
		Walk(when, func(c Condition) bool {
			if _, ok := c.(*Answered); ok {
				t.Errorf("%s tests over time whether there is an answer", id)
			}
			return true
		})
	}
}

func checkTarget(t testing.TB, p *Pack, c Condition) {
	t.Helper()
	if slot, ok := TargetSlot(c); !ok || slot >= len(p.Slots) || p.DescribeTarget(c) == "" {
		t.Errorf("target %+v", c)
	}
	checkCondition(t, p, "a target", c)
}

func checkCourseTest(t testing.TB, p *Pack, c *CourseTest) {
	t.Helper()
	if c.Name == "" || len(c.Steps) < 2 || c.Steps[0].Day != 0 || !reflect.ValueOf(c.Steps[0].Review).IsZero() {
		t.Errorf("course %+v", c)
	}
	for i, s := range c.Steps {
		if i > 0 && s.Day <= c.Steps[i-1].Day || len(s.Answers) != len(p.Slots) || p.CheckAnswers(s.Answers) != nil {
			t.Errorf("course %q, step %d on day %d: %v", c.Name, i, s.Day, p.CheckAnswers(s.Answers))
		}
		for _, cr := range append(s.Review.Outstanding, s.Review.OutstandingNot...) {
			if cr.Kind != StepDown {
				t.Errorf("course %q wants %s to be outstanding", c.Name, cr.ID)
			}
		}
	}
}

func checkSlots(t testing.TB, p *Pack) {
	t.Helper()
	for i, q := range p.Questions {
		if q.Index != i || q.Section == nil || p.Slots[q.Slot].Question != q || p.Slots[q.Slot].IsItem() {
			t.Errorf("question %q at %d: %+v", q.ID, i, q)
		}
		checkBands(t, q.ID, q.Bands, q.Min, q.Max)
		for j, it := range q.Items {
			if s := p.Slots[it.Slot]; it.Slot != q.Slot+1+j || s.ID != it.ID || s.Item != j || s.Max != Value(len(q.Grades)-1) {
				t.Errorf("item %q: %+v", it.ID, s)
			}
		}
	}
	for i, s := range p.Slots {
		if at, ok := p.SlotByID(s.ID); !ok || at != i || s.Min >= s.Max {
			t.Errorf("slot %d %+v", i, s)
		}
	}
}

func checkBands(t testing.TB, id string, bands []Band, from, to Value) {
	t.Helper()
	for i, b := range bands {
		if b.From > b.To || b.From != from {
			t.Errorf("band %d of %s is %+v, want it to begin at %d", i, id, b, from)
		}
		from = b.To + 1
	}
	if len(bands) > 0 && from != to+1 {
		t.Errorf("the bands of %s end at %d, want %d", id, from-1, to)
	}
}

func checkCondition(t testing.TB, p *Pack, id string, c Condition) {
	t.Helper()
	if c == nil || reflect.ValueOf(c).IsNil() {
		t.Errorf("%s has no condition", id)
		return
	}
	Walk(c, func(c Condition) bool {
		switch c := c.(type) {
		case *In:
			checkRanges(t, p, id, c)
		case *AtLeast:
			if c.Count < 1 || c.Count > len(c.Of) {
				t.Errorf("%s: at least %d of %d", id, c.Count, len(c.Of))
			}
		case *Ref:
			if c.To == nil {
				t.Errorf("%s: a reference to nothing", id)
			}
		case *Includes:
			if c.Mask <= 0 || c.Mask > p.Slots[c.Slot].Max {
				t.Errorf("%s: mask %b", id, c.Mask)
			}
		}
		return true
	})
}

func checkRanges(t testing.TB, p *Pack, id string, c *In) {
	t.Helper()
	d := p.domain(c)
	if len(c.Ranges) == 0 || c.Ranges[0] == d {
		t.Errorf("%s: %v is always or never in %v", id, c.Ranges, d)
	}
	for i, r := range c.Ranges {
		if r.From > r.To || r.From < d.From || r.To > d.To || i > 0 && r.From <= c.Ranges[i-1].To+1 {
			t.Errorf("%s: ranges %v of %v", id, c.Ranges, d)
		}
	}
}
