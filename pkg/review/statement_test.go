package review_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// TestStatements goes through every kind of statement about a course over the
// totals of one instrument: "-" is an assessment without one.
func TestStatements(t *testing.T) {
	e := compile(t)
	phq9 := e.Pack().Question("phq9").Slot
	few := &pack.In{Slot: phq9, Ranges: []pack.Interval{{From: 0, To: 9}}}
	better := func(since pack.Since, by pack.Value, percent, days int) *pack.Changed {
		return &pack.Changed{Slot: phq9, By: by, Percent: percent, Since: since, WithinDays: days}
	}
	worse := func(since pack.Since, by pack.Value, percent, days int) *pack.Changed {
		c := better(since, by, percent, days)
		c.Worse = true
		return c
	}
	const isTrue, isFalse, unknown = engine.True, engine.False, engine.Unknown
	for _, c := range []struct {
		totals string // one a week
		s      pack.Course
		want   engine.Truth
	}{
		{"16 9 8", &pack.Held{When: few, Times: 2}, isTrue},
		{"16 9 8", &pack.Held{When: few, Times: 3}, isFalse},
		{"9 8", &pack.Held{When: few, Times: 3}, unknown},
		{"9 12", &pack.Held{When: few, Times: 3}, isFalse},
		{"9 - 8", &pack.Held{When: few, Times: 3}, unknown},
		{"16 - 8", &pack.Held{When: few, Times: 3}, isFalse},
		{"9 9 -", &pack.Held{When: few, Times: 2}, unknown},

		{"9 16 16", &pack.Seen{When: few, WithinDays: 14}, isTrue},
		{"9 16 16", &pack.Seen{When: few, WithinDays: 13}, isFalse},
		{"9 - 16", &pack.Seen{When: few, WithinDays: 13}, unknown},
		{"9 - 16", &pack.Seen{When: few, WithinDays: 14}, isTrue},
		{"16 16 9", &pack.Seen{When: few, WithinDays: 1}, isTrue},

		{"16 12 11", better(pack.SinceFirst, 5, 0, 0), isTrue},
		{"16 12 11", better(pack.SinceFirst, 6, 0, 0), isFalse},
		{"- 12 11", better(pack.SinceFirst, 1, 0, 0), isTrue},
		{"- - 11", better(pack.SinceFirst, 1, 0, 0), unknown},
		{"16 12 -", better(pack.SinceFirst, 1, 0, 0), unknown},
		{"16 12 11", better(pack.SinceLast, 1, 0, 0), isTrue},
		{"16 - 11", better(pack.SinceLast, 1, 0, 0), unknown},
		{"16 12 11", worse(pack.SinceLast, 1, 0, 0), isFalse},
		{"3 12 17", worse(pack.SinceWithin, 5, 0, 7), isTrue},
		{"3 13 17", worse(pack.SinceWithin, 5, 0, 13), isFalse},
		{"3 13 17", worse(pack.SinceWithin, 5, 0, 14), isTrue},
		{"3 - 17", worse(pack.SinceWithin, 5, 0, 13), unknown},
		{"3 17", worse(pack.SinceWithin, 5, 0, 6), unknown}, // there is none to compare with

		{"16 8", better(pack.SinceFirst, 0, 50, 0), isTrue},
		{"16 9", better(pack.SinceFirst, 0, 50, 0), isFalse},
		{"15 8", better(pack.SinceFirst, 0, 50, 0), isFalse},
		{"15 7", better(pack.SinceFirst, 0, 50, 0), isTrue},
		{"0 0", better(pack.SinceFirst, 0, 50, 0), isFalse},
		{"0 1", worse(pack.SinceFirst, 0, 100, 0), isTrue},
		{"8 8", worse(pack.SinceFirst, 0, 1, 0), isFalse},

		{"16 8", nil, isTrue},
		{"16 8", &pack.EachCourse{Joint: pack.JointNone, Of: []pack.Course{better(pack.SinceLast, 1, 0, 0)}}, isFalse},
		{"16 -", &pack.EachCourse{Joint: pack.JointNone, Of: []pack.Course{better(pack.SinceLast, 1, 0, 0)}}, unknown},
		{"16 8", &pack.EachCourse{Joint: pack.JointAny, Of: []pack.Course{better(pack.SinceLast, 9, 0, 0), &pack.Seen{When: few, WithinDays: 1}}}, isTrue},
		{"16 8", &pack.EachCourse{Joint: pack.JointAll, Of: []pack.Course{better(pack.SinceLast, 9, 0, 0), &pack.Seen{When: few, WithinDays: 1}}}, isFalse},
	} {
		var texts []string
		for i, total := range strings.Fields(c.totals) {
			text := review.Date(20000+7*i) + " iop"
			if total != "-" {
				text += " phq9=" + total
			}
			texts = append(texts, text)
		}
		course, problems := review.NewCourse(e, entries(t, e.Pack(), texts...), review.CourseOptions{})
		if problems != nil {
			t.Fatal(problems)
		}
		r, err := course.Review(review.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Says(c.s); got != c.want {
			t.Errorf("%s: %#v is %s, want %s", c.totals, c.s, got, c.want)
		}
	}
}

// TestSinceTheLevelBegan compares with the first assessment at the level, which
// is not the first of the course.
func TestSinceTheLevelBegan(t *testing.T) {
	e := compile(t)
	p := e.Pack()
	c, problems := review.NewCourse(e, entries(t, p, "2026-03-01 ward phq9=25", "2026-03-08 iop phq9=20", "2026-03-15 iop phq9=18", "2026-03-22 - phq9=15"), review.CourseOptions{})
	if problems != nil {
		t.Fatal(problems)
	}
	s := &pack.Changed{Slot: p.Question("phq9").Slot, By: 6, Since: pack.SinceLevel}
	for at, want := range map[string]string{
		"":     "false: 2026-03-08 false 20",
		"ward": "unknown:", // when that began this time nothing says
	} {
		r, err := c.Review(review.Options{Present: p.Level(at)})
		if err != nil {
			t.Fatal(err)
		}
		trace := r.Trace(s)
		got := trace[0].State.String() + ":"
		for _, l := range trace[0].Looks {
			got += fmt.Sprint(" ", l.Assessment.Sheet.Date, " ", l.State, " ", l.Value)
		}
		if d := cmp.Diff(want, got); d != "" || len(trace) != 1 {
			t.Error(d)
		}
	}
}

// TestPresentAnswersMustBeGiven: a course that the past leaves unknown does not
// stand in the way, one that a missing present answer leaves unknown does.
func TestPresentAnswersMustBeGiven(t *testing.T) {
	e := compile(t)
	p := e.Pack()
	safe := p.Criterion("iop-down-safe")
	safe.When = p.Criterion("iop-down-scores").When // so that the course alone asks for danger
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		before, now    string
		ready, unknown bool
	}{
		{"danger=no", "danger=no", true, false},
		{"danger=yes", "danger=no", false, false},
		{"", "danger=no", true, false},
		{"danger=no", "", false, true},
		{"", "", false, true},
		{"danger=yes", "", false, false},
	} {
		course, problems := review.NewCourse(e, entries(t, p, "2026-03-02 iop phq9=9 "+c.before, "2026-03-12 - phq9=9 "+c.now), review.CourseOptions{})
		if problems != nil {
			t.Fatal(problems)
		}
		r, err := course.Review(review.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if f := r.Readiness[1]; f.Criterion != safe || f.Ready() != c.ready || f.Unknown() != c.unknown {
			t.Errorf("%q, then %q: ready %t, unknown %t", c.before, c.now, f.Ready(), f.Unknown())
		}
	}
}

// TestReviewerRefusesWhatCannotBeLookedAt: packs put together by hand.
func TestReviewerRefusesWhatCannotBeLookedAt(t *testing.T) {
	for _, s := range []pack.Course{
		&pack.Changed{Slot: 99, By: 1},
		&pack.Seen{When: &pack.In{Slot: 99}, WithinDays: 1},
	} {
		e := compile(t)
		e.Pack().Levels[1].StepDown[0].Course = s
		if _, err := review.NewReviewer(e); err == nil {
			t.Errorf("%#v is taken", s)
		}
		if c, problems := review.NewCourse(e, entries(t, e.Pack(), "2026-03-02 iop"), review.CourseOptions{}); c != nil || len(problems) != 1 {
			t.Errorf("%#v: %v", s, problems)
		}
	}
}
