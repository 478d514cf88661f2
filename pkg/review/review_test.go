package review_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// reviewOf reviews assessments as entry reads them.
func reviewOf(t *testing.T, at string, texts ...string) *review.Review {
	t.Helper()
	e := compile(t)
	c, problems := review.NewCourse(e, entries(t, e.Pack(), texts...), review.CourseOptions{})
	if problems != nil {
		t.Fatal(problems)
	}
	r, err := c.Review(review.Options{Present: e.Pack().Level(at)})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

const steady = " functioning=kept danger=no place=iop"

func TestReview(t *testing.T) {
	for _, c := range []struct {
		name  string
		at    string
		texts []string
		want  string
	}{
		{"more is indicated", "", []string{
			"2026-03-02 iop phq9=16" + steady,
			"2026-03-12 - phq9=16 functioning=kept danger=yes place=iop",
		}, `
iop (placed): step_up [step_up] → ward
not ready: iop-down-scores, course false
not ready: iop-down-safe, course false
danger: no → yes, worse
came: ward-danger
phq9[0 1] [16 16] 0
since 2026-03-02, 10 days, usual 28 to 84, open false
due: A physician certifies again ends
due: Certify next 2026-03-30
`},
		{"the same, a sign, and instruments", "", []string{
			"2026-03-02 iop phq9=22 functioning=impaired danger=no place=iop",
			"2026-03-10 iop phq9=20 functioning=impaired danger=no place=iop",
			"2026-04-01 - phq9=17 functioning=lost danger=no place=iop",
		}, `
iop (placed): continue [continue] → iop
not ready: iop-down-scores, course false
sign: iop-missed
functioning: impaired → lost, worse
phq9: 20 → 17, better
phq9[0 1 2] [22 20 17] reliable -5 -3 week 4 behind true
since 2026-03-02, 30 days, usual 28 to 84, open false
next 2026-04-15 by iop, early true
due: A physician certifies again next 2026-05-01
`},
		{"less, and ready", "", []string{
			"2026-03-02 iop phq9=16" + steady,
			"2026-03-12 iop phq9=9" + steady,
			"2026-03-24 - phq9=4" + steady,
		}, `
iop (placed): step_down [step_down] → weekly
phq9: 9 → 4, better
phq9[0 1 2] [16 9 4] reliable -12 reliable -5 response remission
since 2026-03-02, 22 days, usual 28 to 84, open false
next 2026-06-22 by weekly, early false
due: A physician certifies again ends
`},
		{"less, and not yet: the course speaks against it", "", []string{
			"2026-03-02 iop phq9=16 functioning=kept danger=yes place=iop",
			"2026-03-12 - phq9=9" + steady,
		}, `
iop (placed): hold [hold] → iop
not ready: iop-down-scores, course false
not ready: iop-down-safe, course false
danger: yes → no, better
phq9: 16 → 9, better
went: ward-danger
went: iop-scores
phq9[0 1] [16 9] reliable -7
since 2026-03-02, 10 days, usual 28 to 84, open false
next 2026-03-26 by iop, early true
due: A physician certifies again next 2026-05-01
`},
		{"earlier assessments that do not show it do not stand in the way", "", []string{
			"2026-03-02 iop" + steady,
			"2026-03-12 - phq9=9" + steady,
		}, `
iop (placed): step_down [step_down] → weekly
ready, not shown by the course: iop-down-scores
phq9: missing → 9, new
phq9[1] [9]
since 2026-03-02, 10 days, usual 28 to 84, open false
next 2026-06-10 by weekly, early false
due: A physician certifies again ends
`},
		{"a missing answer is none: the level is open", "", []string{
			"2026-03-02 iop phq9=16" + steady,
			"2026-03-12 - functioning=kept place=iop",
		}, `
iop (placed): undetermined [step_up continue hold] → nowhere
not known: iop-down-scores, course unknown
not known: iop-down-safe, course unknown
danger: no → missing, gone
phq9: 16 → missing, gone
open: iop-scores
phq9[0] [16]
since 2026-03-02, 10 days, usual 28 to 84, open false
next 2026-03-26 by iop, early true
due: A physician certifies again next 2026-05-01
`},
		{"open which level, but not whether more", "weekly", []string{
			"2026-03-02 weekly phq9=3" + steady,
			"2026-03-12 - phq9=12 functioning=kept place=home",
		}, `
weekly (given): step_up [step_up] → iop
sign: weekly-worse
danger: no → missing, gone
place: iop → home, other
phq9: 3 → 12, worse
came: iop-scores
phq9[0 1] [3 12] reliable 9
since 2026-03-02, 10 days, usual 0 to 0, open false
next 2026-03-26 by iop, early true
due: A physician certifies again next 2026-05-11
`},
		{"late, the record leaves a gap, and the answers say another place", "", []string{
			"2026-01-05 iop@2026-01-07 phq9=16" + steady,
			"2026-02-01 - functioning=kept danger=no place=iop",
			"2026-02-20 iop phq9=16" + steady,
			"2026-05-20 - phq9=16 functioning=kept danger=no place=home burdens=money,family",
		}, `
iop (placed): continue [continue] → iop
not ready: iop-down-scores, course false
burdens: missing → family;money, new
place: iop → home, other
phq9[0 2 3] [16 16 16] 0 0 week 9 behind true
the answers say another place
since 2026-01-07, 133 days, usual 28 to 84, open true
59 days late
next 2026-06-19 by iop, early false
due: A physician certifies again 2026-03-08 2026-05-07 next 2026-07-06
`},
		{"a level that the record does not know", "ward", []string{
			"2026-03-02 iop phq9=16" + steady,
			"2026-03-12 - phq9=16 functioning=kept danger=no place=ward",
		}, `
ward (given): step_down [step_down] → iop
place: iop → ward, other
phq9[0 1] [16 16] 0
next 2026-04-11 by iop, early false
due: Certify unknown
due: A physician certifies again next 2026-05-11
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d := cmp.Diff(strings.TrimPrefix(c.want, "\n"), told(reviewOf(t, c.at, c.texts...))); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestReviewCannotKnowThePlace(t *testing.T) {
	e := compile(t)
	c, problems := review.NewCourse(e, entries(t, e.Pack(), "2026-03-02 - phq9=16", "2026-03-12 - phq9=12"), review.CourseOptions{})
	if problems != nil {
		t.Fatal(problems)
	}
	_, err := c.Review(review.Options{})
	var unknown *review.PresentError
	if !errors.As(err, &unknown) {
		t.Fatal(err)
	}
	want := "nothing says where the person is cared for now: 2026-03-02.yaml, of 2026-03-02, records no placement, and its answers left open iop or ward; say which level it is with --at"
	if d := cmp.Diff(want, err.Error()); d != "" {
		t.Error(d)
	}
	c.Assessments[0].Sheet.Recommended = &pack.Recommended{Levels: []string{"weekly", "iop"}}
	if _, err := c.Review(review.Options{}); err == nil || !strings.Contains(err.Error(), "left open weekly or iop;") {
		t.Errorf("what was recorded as open: %v", err)
	}
	if _, err := c.Review(review.Options{Present: &pack.Level{ID: "spa"}}); err == nil || !strings.Contains(err.Error(), `level "spa"`) {
		t.Errorf("a level of another pack: %v", err)
	}
	if _, err := c.Until(1).Review(review.Options{}); err == nil {
		t.Error("one assessment is reviewed")
	}
}

// TestOriginOfTheLevel: a placement counts most, then what was recommended when
// the assessment was written down, then what is recommended now.
func TestOriginOfTheLevel(t *testing.T) {
	e := compile(t)
	p := e.Pack()
	recorded := func(levels ...string) *pack.Recommended { return &pack.Recommended{Levels: levels} }
	for _, c := range []struct {
		name   string
		text   string
		then   *pack.Recommended
		level  string
		origin review.Origin
		warns  string
	}{
		{"placed", "2026-03-02 weekly phq9=16 danger=no", recorded("iop"), "weekly", review.OriginPlaced, ""},
		{"recorded", "2026-03-02 - phq9=16 danger=no", recorded("weekly"), "weekly", review.OriginRecorded, ""},
		{"recommended", "2026-03-02 - phq9=16 danger=no", nil, "iop", review.OriginRecommended, ""},
		{"open then", "2026-03-02 - phq9=16 danger=no", recorded("weekly", "iop"), "", review.OriginNone, ""},
		{"open now", "2026-03-02 - phq9=16", nil, "", review.OriginNone, ""},
		{"a level that is no more", "2026-03-02 - phq9=16 danger=no", recorded("day_clinic"), "iop", review.OriginRecommended,
			`2026-03-02.yaml: recommended was "day_clinic", which is no level of the rules in use; what they recommend for its answers is taken in its place`},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := entry(t, p, c.text)
			in.Sheet.Recommended = c.then
			course, problems := review.NewCourse(e, []review.Entry{in}, review.CourseOptions{})
			if problems != nil {
				t.Fatal(problems)
			}
			a := course.Now()
			if a.Level != p.Level(c.level) || a.Origin != c.origin {
				t.Errorf("got %v by %s", a.Level, a.Origin)
			}
			warns := ""
			for _, w := range course.Warnings {
				warns += w.String()
			}
			if d := cmp.Diff(c.warns, warns); d != "" {
				t.Error(d)
			}
		})
	}
}

// TestPossibleIsRecommended: what is found cheaply is what is recommended.
func TestPossibleIsRecommended(t *testing.T) {
	e := compile(t)
	c, _ := review.NewCourse(e, entries(t, e.Pack(), "2026-03-02 - phq9=16", "2026-03-03 -", "2026-03-04 - danger=yes"), review.CourseOptions{})
	for i, want := range []string{"iop ward", "weekly iop ward", "ward"} {
		levels, exact := c.Possible(i)
		var got []string
		for _, l := range levels {
			got = append(got, l.ID)
		}
		if strings.Join(got, " ") != want || !exact {
			t.Errorf("assessment %d: got %v, exact %t", i, got, exact)
		}
		if d := cmp.Diff(c.Recommendation(i).Possible, levels, cmp.Comparer(func(a, b *pack.Level) bool { return a == b })); d != "" {
			t.Error(d)
		}
		if first := c.Recommendation(i); first != c.Recommendation(i) {
			t.Error("a recommendation is made twice")
		}
	}
}

func TestHoldsOfAnyCondition(t *testing.T) {
	e := compile(t)
	p := e.Pack()
	c, _ := review.NewCourse(e, entries(t, p, "2026-03-02 - danger=yes"), review.CourseOptions{})
	danger := p.Question("danger").Slot
	for want, when := range map[engine.Truth]pack.Condition{
		engine.True:    nil,
		engine.False:   p.Criterion("iop-down-safe").When,
		engine.Unknown: &pack.In{Slot: len(p.Slots)},
	} {
		if got := c.Holds(when, 0); got != want {
			t.Errorf("%v is %s, want %s", when, got, want)
		}
	}
	if got := c.Holds(&pack.In{Slot: danger, Ranges: []pack.Interval{{From: 1, To: 1}}}, 0); got != engine.True {
		t.Errorf("a condition that is none of the pack's is %s", got)
	}
}

func TestAnswersOutsideOfTheDomainAreMissing(t *testing.T) {
	e := compile(t)
	p := e.Pack()
	in := entries(t, p, "2026-03-02 iop phq9=16"+steady, "2026-03-12 - phq9=9"+steady)
	in[1].Sheet.Answers[p.Question("danger").Slot] = 7
	c, problems := review.NewCourse(e, in, review.CourseOptions{})
	if problems != nil {
		t.Fatal(problems)
	}
	r, err := c.Review(review.Options{})
	if err != nil || r.Verdict != review.Undetermined {
		t.Fatalf("got %v, %v", r, err)
	}
	if c := r.Changed[0]; c.Way != review.Gone || c.To != pack.Missing {
		t.Errorf("the answer has changed: %v", c)
	}
	if in[1].Sheet.Answers[p.Question("danger").Slot] != 7 {
		t.Error("the caller's answers were changed")
	}
}
