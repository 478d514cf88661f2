package review_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

func TestProblems(t *testing.T) {
	e := compile(t)
	p := e.Pack()
	type sheets []review.Entry
	two := func() sheets { return entries(t, p, "2026-03-02 iop phq9=16", "2026-03-12 - phq9=9") }
	for _, c := range []struct {
		name     string
		change   func(sheets) sheets
		problems string
		warnings string
	}{
		{"sound", func(s sheets) sheets { return s }, "", ""},
		{"nothing", func(sheets) sheets { return nil }, "there is no assessment; expected at least one", ""},
		{"one", func(s sheets) sheets { return s[:1] }, "", ""},
		{"everything at once", func(s sheets) sheets {
			s[0].Sheet.Draft, s[0].Sheet.Date, s[0].Sheet.ID = true, "", "4711"
			s[0].Sheet.Placement.Level = "ipo"
			s[1].Name = "bad\x1b[2J.yaml"
			s[1].Sheet.ID, s[1].Sheet.Date, s[1].Sheet.Pack = "x\x1b[2J", "2.3.2026", pack.Identity{ID: "other", Version: "9.0.0"}
			s[1].Sheet.Answers = s[1].Sheet.Answers[:2]
			return s
		}, `2026-03-02.yaml: is a draft; expected a finished assessment (go on with the interview, or take draft out of the file if nothing more can be asked)
2026-03-02.yaml: has no date; expected the day of the assessment as YYYY-MM-DD
2026-03-02.yaml: the placement is at "ipo"; expected one of weekly, iop, ward (did you mean "iop"?)
bad‹U+001B›[2J.yaml: has room for 2 answers; the rules in use ask for 5
bad‹U+001B›[2J.yaml: these are answers to the questions of "other"; the rules in use are clinic (use the rules that they were made with)
bad‹U+001B›[2J.yaml: made with version 9.0.0 of the rules, which is newer than 1.2.0, the one in use (use those rules, or take the answers as they are with --any-version)
bad‹U+001B›[2J.yaml: its id is "x‹U+001B›[2J"; expected "4711", as in 2026-03-02.yaml (only assessments of one person can be compared)
bad‹U+001B›[2J.yaml: its date is "2.3.2026"; expected a date as YYYY-MM-DD`, ""},
		{"of a person, perhaps", func(s sheets) sheets {
			s[1].Sheet.ID = "4711"
			return s
		}, "", `2026-03-02.yaml: has no id, so that nothing says that it is of the same person as 2026-03-12.yaml, whose id is "4711"`},
		{"ids a letter apart", func(s sheets) sheets {
			s[0].Sheet.ID, s[1].Sheet.ID = "case-4711", "case-4771"
			return s
		}, `2026-03-12.yaml: its id is "case-4771"; expected "case-4711", as in 2026-03-02.yaml (if it is the same person, write the same id into both; only assessments of one person can be compared)`, ""},
		{"one day", func(s sheets) sheets {
			s[1].Sheet.Date, s[1].Name = s[0].Sheet.Date, ""
			return s
		}, "assessment 2: is of the same day, 2026-03-02, as 2026-03-02.yaml; expected a later one (one assessment a day can be compared: put the date right, or leave one out)", ""},
		{"the wrong way round", func(s sheets) sheets { return sheets{s[1], s[0]} },
			"2026-03-02.yaml: its date is 2026-03-02; expected a later one than 2026-03-12, that of 2026-03-12.yaml (the earliest assessment comes first)", ""},
		{"placed before and after", func(s sheets) sheets {
			s[0].Sheet.Placement.Date = "2026-03-13"
			s[1].Sheet.Placement = &pack.Placement{Level: "ward", Date: "2026-03-11"}
			return s
		}, `2026-03-02.yaml: the placement is of 2026-03-13, after the next assessment, 2026-03-12.yaml of 2026-03-12 (put the date of the placement right: the day on which the care began)
2026-03-12.yaml: the placement is of 2026-03-11, before the assessment of 2026-03-12`, ""},
		{"placed on the day of the next", func(s sheets) sheets {
			s[0].Sheet.Placement.Date = "2026-03-12"
			return s
		}, "", ""},
		{"placed on no day", func(s sheets) sheets {
			s[0].Sheet.Placement.Date = "soon"
			return s
		}, `2026-03-02.yaml: the date of the placement is "soon"; expected a date as YYYY-MM-DD`, ""},
		{"edited rules", func(s sheets) sheets {
			s[0].Sheet.Pack.Hash = "sha256:00"
			return s
		}, "", "2026-03-02.yaml: made with rules 1.2.0 that have been edited since, though not their version; all is judged by the ones in use here"},
		{"rules that are not named", func(s sheets) sheets {
			s[0].Sheet.Pack = pack.Identity{}
			return s
		}, "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			course, problems := review.NewCourse(e, c.change(two()), review.CourseOptions{})
			if d := cmp.Diff(c.problems, lines(problems)); d != "" {
				t.Error(d)
			}
			if (course == nil) != (problems != nil) {
				t.Fatalf("a course, %v, and problems, %v", course, problems)
			}
			if course != nil {
				if d := cmp.Diff(c.warnings, lines(course.Warnings)); d != "" {
					t.Error(d)
				}
			}
		})
	}
}

func lines(problems []review.Problem) string {
	var all []string
	for _, p := range problems {
		all = append(all, p.String())
	}
	return strings.Join(all, "\n")
}

func TestVersions(t *testing.T) {
	e := compile(t) // 1.2.0
	for made, want := range map[string]string{
		"1.2.0":                   "",
		"1.02.0":                  "",
		"1.1.9":                   "warned: made with version 1.1.9 of the rules, which is older than 1.2.0, the one in use, by which all is judged here",
		"1.0.10":                  "warned: made with version 1.0.10 of the rules, which is older than 1.2.0, the one in use, by which all is judged here",
		"1.10.0":                  "refused: made with version 1.10.0 of the rules, which is newer than 1.2.0, the one in use",
		"1.2.1":                   "refused: made with version 1.2.1 of the rules, which is newer than 1.2.0, the one in use",
		"2.0.0":                   "refused: made with version 2.0.0 of the rules, which is newer than 1.2.0, the one in use",
		"0.9.0":                   "refused: made with version 0.9.0 of the rules; in use is 1.2.0, and with another major version the same answers may mean something else",
		"1.2":                     `refused: made with version "1.2" of the rules, which cannot be compared with 1.2.0, the one in use`,
		"1.2.-1":                  `refused: made with version "1.2.-1" of the rules, which cannot be compared with 1.2.0, the one in use`,
		"1.2.99999999999":         `refused: made with version "1.2.99999999999" of the rules, which cannot be compared with 1.2.0, the one in use`,
		strings.Repeat("9", 1000): `refused: made with version "` + strings.Repeat("9", 60) + `…" of the rules, which cannot be compared with 1.2.0, the one in use`,
	} {
		for _, anyVersion := range []bool{false, true} {
			in := entries(t, e.Pack(), "2026-03-02 iop phq9=16")
			in[0].Sheet.Pack = pack.Identity{ID: "clinic", Version: made}
			c, problems := review.NewCourse(e, in, review.CourseOptions{AnyVersion: anyVersion})
			got := ""
			if problems != nil {
				got = "refused: " + problems[0].Message
			} else if c.Warnings != nil {
				got = "warned: " + c.Warnings[0].Message
			}
			want := want
			if anyVersion {
				want = strings.Replace(want, "refused", "warned", 1)
			}
			if d := cmp.Diff(want, got); d != "" {
				t.Errorf("%s, any %t: %s", made, anyVersion, d)
			}
		}
	}
}

func TestDays(t *testing.T) {
	for day, date := range map[int]string{0: "1970-01-01", -1: "1969-12-31", 19783: "2024-03-01", 19782: "2024-02-29", -719162: "0001-01-01"} {
		got, ok := review.Day(date)
		if review.Date(day) != date || got != day || !ok {
			t.Errorf("%d is %s, and %s is %d, %t", day, review.Date(day), date, got, ok)
		}
	}
	for _, text := range []string{"", "2026-02-29", "26-02-20", "2026-02-20T00:00:00Z", "2026-2-20"} {
		if _, ok := review.Day(text); ok {
			t.Errorf("%q is a date", text)
		}
	}
}
