package pack

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func (w wording) changed(id string, c Changed) Course {
	c.Slot = slotOf(w.t, w.p, id)
	return &c
}

func each(j Joint, of ...Course) Course { return &EachCourse{Joint: j, Of: of} }

func held(times int, when Condition) Course { return &Held{When: when, Times: times} }

func seen(days int, when Condition) Course { return &Seen{When: when, WithinDays: days} }

func TestDescribeCourse(t *testing.T) {
	w := wording{t, clinic()}
	worse := w.changed("phq9", Changed{Worse: true, By: 5, Since: SinceWithin, WithinDays: 14})
	steady := w.in("can_take_part", 1, 1)
	risk := w.in("suicide_risk", 1, 2)
	for _, test := range []struct {
		c    Course
		want string
	}{
		{nil, ""},
		{worse, "PHQ-9 is at least 5 points worse than at an assessment of the last 14 days"},
		{w.changed("phq9", Changed{Worse: true, By: 1, Since: SinceWithin, WithinDays: 1}), "PHQ-9 is at least 1 point worse than at an assessment of the last day"},
		{w.changed("phq9", Changed{Percent: 50, Since: SinceFirst}), "PHQ-9 is at least 50% better than when first answered"},
		{w.changed("phq9_2", Changed{By: 2, Since: SinceLast}), `PHQ-9 item 2 ("Feeling down, depressed, or hopeless") is at least 2 points better than at the assessment before`},
		{w.changed("suicide_risk", Changed{Worse: true, By: 1, Since: SinceLevel}), "suicide risk is at least 1 step worse than when the present level of care began"},
		{w.changed("crises", Changed{Worse: true, By: 2, Since: SinceLast}), "crises are at least 2 times higher (worse) than at the assessment before"},
		{w.changed("crises", Changed{By: 2, Since: SinceLast}), "crises are at least 2 times lower (better) than at the assessment before"},
		{w.changed("bmi", Changed{Worse: true, By: 15, Since: SinceLast}), "BMI is at least 1.5 lower (worse) than at the assessment before"},
		{w.changed("bmi", Changed{Percent: 10, Since: SinceFirst}), "BMI is at least 10% higher (better) than when first answered"},
		{held(2, steady), "at this assessment and the one before: ability to take part is yes"},
		{held(3, some(2, risk, steady, w.unsafe())), `at this assessment and the 2 before: at least 2 of: suicide risk is "Wish to be dead" or worse; ability to take part is yes; an unsafe place to live`},
		{seen(14, w.unsafe()), "at an assessment of the last 14 days: an unsafe place to live"},
		{seen(1, all(risk, steady)), `at an assessment of the last day: suicide risk is "Wish to be dead" or worse, and ability to take part is yes`},
		{each(JointAll, worse, held(2, steady)), "PHQ-9 is at least 5 points worse than at an assessment of the last 14 days, and (at this assessment and the one before: ability to take part is yes)"},
		{each(JointAny, worse, each(JointAll, worse, worse)), strings.ReplaceAll("W, or (W, and W)", "W", "PHQ-9 is at least 5 points worse than at an assessment of the last 14 days")},
		{each(JointNone, worse), "not (PHQ-9 is at least 5 points worse than at an assessment of the last 14 days)"},
		{each(JointNone, seen(2, steady), each(JointAll, worse)), "none of: (at an assessment of the last 2 days: ability to take part is yes); PHQ-9 is at least 5 points worse than at an assessment of the last 14 days"},
		{each(JointAny, each(JointNone, worse), each(JointAll, seen(2, steady))), "not (PHQ-9 is at least 5 points worse than at an assessment of the last 14 days), or (at an assessment of the last 2 days: ability to take part is yes)"},
	} {
		if diff := cmp.Diff(test.want, w.p.DescribeCourse(test.c)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
	}
}

func TestDescribeSign(t *testing.T) {
	w := wording{t, clinic()}
	worse := w.changed("phq9", Changed{Worse: true, By: 5, Since: SinceFirst})
	either := anyOf(w.in("suicide_risk", 2, 2), w.unsafe())
	for _, test := range []struct {
		s           Sign
		want, lines string
	}{
		{Sign{When: w.unsafe()}, "an unsafe place to live", "an unsafe place to live:\n  living is \"In a shelter\" or \"On the street: no shelter\"\n"},
		{Sign{Course: worse}, "PHQ-9 is at least 5 points worse than when first answered", "PHQ-9 is at least 5 points worse than when first answered\n"},
		{Sign{When: either, Course: each(JointAny, held(2, either), seen(7, w.in("crises", 3, 30)), each(JointNone, worse))},
			`(suicide risk is "Thoughts with a plan", or an unsafe place to live), and ` +
				`((at this assessment and the one before: suicide risk is "Thoughts with a plan", or an unsafe place to live), or ` +
				`(at an assessment of the last 7 days: crises are at least 3 times), or not (PHQ-9 is at least 5 points worse than when first answered))`,
			`all of:
  any of:
    suicide risk is "Thoughts with a plan"
    an unsafe place to live:
      living is "In a shelter" or "On the street: no shelter"
  any of:
    at this assessment and the one before:
      any of:
        suicide risk is "Thoughts with a plan"
        an unsafe place to live:
          living is "In a shelter" or "On the street: no shelter"
    at an assessment of the last 7 days: crises are at least 3 times
    none of:
      PHQ-9 is at least 5 points worse than when first answered
`},
	} {
		if diff := cmp.Diff(test.want, w.p.DescribeSign(&test.s)); diff != "" {
			t.Errorf("(-want +got)\n%s", diff)
		}
		var lines strings.Builder
		for _, l := range w.p.DescribeSignLines(&test.s) {
			lines.WriteString(strings.Repeat("  ", l.Indent) + l.Text + "\n")
		}
		if diff := cmp.Diff(test.lines, lines.String()); diff != "" {
			t.Errorf("lines (-want +got)\n%s", diff)
		}
	}
}

func TestDescribeTarget(t *testing.T) {
	w := wording{t, clinic()}
	for _, test := range []struct {
		c    Condition
		want string
	}{
		{w.in("phq9", 0, 9), "PHQ-9: at most 9 (mild or better)"},
		{w.in("phq9_1", 0, 0), `PHQ-9 item 1 ("Little interest or pleasure in doing…"): 0 (not at all)`},
		{w.in("suicide_risk", 0, 1), `suicide risk: "Wish to be dead" or better`},
		{w.in("can_take_part", 1, 1), "ability to take part: yes"},
		{w.in("bmi", 185, 250), "BMI: between 18.5 and 25"},
		{w.in("living", 0, 0), "living: at home"},
		{w.in("substances", 0, 0), "substances: none of these"},
		{w.includes(1, false), "substances: among them alcohol"},
		{w.includes(5, true), `substances: among them alcohol and "Other; unknown"`},
		{w.includes(5, false), `substances: among them alcohol or "Other; unknown"`},
		{w.in("load", 0, 2), "load score is at most 2 (low)"}, // no target
	} {
		if got := w.p.DescribeTarget(test.c); got != test.want {
			t.Errorf("got %q, want %q", got, test.want)
		}
	}
	if got, want := w.p.Describe(w.in("substances", 0, 0)), "substances are none of these"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
