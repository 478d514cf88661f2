package pack

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/carelevel/carelevel/pkg/diag"
)

// levelled is the clinic with levels, which only placements need here.
func levelled() *Pack {
	p := clinic()
	p.Levels = []*Level{{ID: "outpatient"}, {ID: "iop", Index: 1}, {ID: "php", Index: 2}}
	return p
}

// placementText reads a sheet and writes what came of it: the sheet written
// anew, below the diagnostics.
func placementText(t *testing.T, text string) string {
	t.Helper()
	p, src := levelled(), new(diag.Sources)
	sheet, ds := p.ReadAnswers("a.yaml", []byte(text), src)
	var b bytes.Buffer
	if err := diag.WriteText(&b, ds, src); err != nil {
		t.Fatal(err)
	}
	b.WriteString(encodeRecommended(sheet.Recommended) + encodePlacement(sheet.Placement))
	return b.String()
}

const recommendedIOP = "recommendation: {status: determined, level: iop}\nanswers: {}\n"

func TestReadPlacement(t *testing.T) {
	const iop = "recommendation:\n  status: determined\n  level: iop\n"
	tests := []struct{ name, text, want string }{
		{"as recommended", "placement: {level: iop, by: psychologist, date: 2026-04-02}\n" + recommendedIOP,
			iop + "placement:\n  level: iop\n  by: \"psychologist\"\n  date: \"2026-04-02\"\n"},
		{"with a reason and a text", "placement:\n  level: outpatient\n  by: nurse, on call\n  date: 2026-04-02\n  reason: not_available\n  text: |-\n    No place\n    before June.\n" + recommendedIOP,
			iop + "placement:\n  level: outpatient\n  by: \"nurse, on call\"\n  date: \"2026-04-02\"\n  reason: not_available\n  text: |-\n    No place\n    before June.\n"},
		{"one of several possible ones", "recommendation: {status: undetermined, possible: [iop, php], warnings: [w-1, \"no\"]}\nplacement: {level: php, by: team, date: 2026-04-02, reason: null}\nanswers: {}\n",
			"recommendation:\n  status: undetermined\n  possible:\n    - iop\n    - php\n  warnings:\n    - w-1\n    - \"no\"\nplacement:\n  level: php\n  by: \"team\"\n  date: \"2026-04-02\"\n"},
		{"one of several, with a reason", "recommendation: {status: undetermined, possible: [iop, php]}\nplacement: {level: php, by: team, date: 2026-04-02, reason: wants_more}\nanswers: {}\n",
			"recommendation:\n  status: undetermined\n  possible:\n    - iop\n    - php\nplacement:\n  level: php\n  by: \"team\"\n  date: \"2026-04-02\"\n  reason: wants_more\n"},
		{"without a recommendation", "placement: {level: php, by: team, date: 2026-04-02}\nanswers: {}\n",
			"placement:\n  level: php\n  by: \"team\"\n  date: \"2026-04-02\"\n"},
		{"a level of another version", "pack: {id: clinic, version: 1.0.0}\nplacement: {level: day_clinic, by: team, date: 2026-04-02}\nanswers: {}\n",
			`a.yaml:2:20: warning: the rules clinic have no level "day_clinic"; the version that the assessment was made with may have had it [answers-level]
   2 | placement: {level: day_clinic, by: team, date: 2026-04-02}
     |                    ^^^^^^^^^^
   in placement.level
placement:
  level: day_clinic
  by: "team"
  date: "2026-04-02"
`},
		{"a level that is not there", "pack: {id: clinic, version: 1.2.3}\nplacement: {level: ipo, by: team, date: 2026-04-02}\nanswers: {}\n",
			`a.yaml:2:20: error: the rules clinic have no level "ipo"; expected outpatient, iop, php [answers-level]
   2 | placement: {level: ipo, by: team, date: 2026-04-02}
     |                    ^^^
   in placement.level
   help: did you mean "iop"?
`},
		{"a reason is missing", "placement: {level: outpatient, by: team, date: 2026-04-02}\n" + recommendedIOP,
			`a.yaml:1:1: error: outpatient is not what was recommended (iop), and no reason is given; expected not_available, person_declines, support_elsewhere, not_ready, wants_more or other [answers-placement]
   1 | placement: {level: outpatient, by: team, date: 2026-04-02}
     | ^^^^^^^^^
   in placement
` + iop},
		{"none that was possible", "recommendation: {status: undetermined, possible: [iop, php]}\nplacement: {level: outpatient, by: team, date: 2026-04-02}\nanswers: {}\n",
			`a.yaml:2:1: error: outpatient is not what was recommended (iop or php), and no reason is given; expected not_available, person_declines, support_elsewhere, not_ready, wants_more or other [answers-placement]
   2 | placement: {level: outpatient, by: team, date: 2026-04-02}
     | ^^^^^^^^^
   in placement
recommendation:
  status: undetermined
  possible:
    - iop
    - php
`},
		{"a reason too many", "placement: {level: iop, by: team, date: 2026-04-02, reason: wants_more}\n" + recommendedIOP,
			`a.yaml:1:61: error: iop is the recommended level; a reason says why it is another one [answers-placement]
   1 | placement: {level: iop, by: team, date: 2026-04-02, reason: wants_more}
     |                                                             ^^^^^^^^^^
   in placement.reason
   help: leave the reason out; text can say more
` + iop},
		{"other, without a text", "placement: {level: php, by: team, date: 2026-04-02, reason: other, text: ' '}\n" + recommendedIOP,
			`a.yaml:1:74: error: the reason is other, and nothing says which; expected a text [answers-placement]
   1 | …evel: php, by: team, date: 2026-04-02, reason: other, text: ' '}
     |                                                              ^^^
   in placement.text
` + iop},
		{"before the assessment", "date: 2026-04-03\nplacement: {level: iop, by: team, date: 2026-04-02}\n" + recommendedIOP,
			`a.yaml:2:41: error: 2026-04-02 is before the assessment of 2026-04-03 [answers-placement]
   2 | placement: {level: iop, by: team, date: 2026-04-02}
     |                                         ^^^^^^^^^^
   in placement.date
` + iop},
		{"a role that is a life's story", "placement: {level: iop, by: " + strings.Repeat("psy ", 16) + ", date: 2026-04-02}\n" + recommendedIOP,
			`a.yaml:1:29: error: the role has 63 characters; expected at most 60 [answers-placement]
   1 | placement: {level: iop, by: psy psy psy psy psy psy psy psy psy psy psy psy psy psy psy …
     |                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   in placement.by
   help: write a role, such as psychologist; no names
` + iop},
		{"a reason that is none", "placement: {level: php, by: team, date: 2026-04-02, reason: not-availble}\n" + recommendedIOP,
			`a.yaml:1:61: error: found "not-availble"; expected not_available, person_declines, support_elsewhere, not_ready, wants_more or other [word-unknown]
   1 | placement: {level: php, by: team, date: 2026-04-02, reason: not-availble}
     |                                                             ^^^^^^^^^^^^
   in placement.reason
   help: did you mean "not_available"?
` + iop},
		{"control characters", `placement: {level: iop, by: "team\e[2J", date: "2026-04-02"}` + "\n" + recommendedIOP,
			`a.yaml:1:29: error: the text holds the control or invisible character U+001B [text-control]
   1 | placement: {level: iop, by: "team\e[2J", date: "2026-04-02"}
     |                             ^^^^^^^^^^^
   in placement.by
   help: remove the escape
` + iop},
		{"everything else", `placement:
  levl: iop
  by: [team]
  date: 2.4.2026
  text: {}
  date: 2026-04-02
recommendation:
  status: open
  level: [iop]
  indicatons: []
  warnings: {}
answers: {}
`, `a.yaml:2:3: error: unknown key "levl"; expected level, by, date, reason or text [key-unknown]
   2 |   levl: iop
     |   ^^^^
   in placement.levl
   help: did you mean "level"?
a.yaml:3:7: error: found a list; expected text [type]
   3 |   by: [team]
     |       ^^^^^^
   in placement.by
a.yaml:4:9: error: found "2.4.2026"; expected a date as YYYY-MM-DD [answers-date]
   4 |   date: 2.4.2026
     |         ^^^^^^^^
   in placement.date
a.yaml:5:9: error: found a mapping; expected text [type]
   5 |   text: {}
     |         ^^
   in placement.text
a.yaml:6:3: error: key "date" occurs twice in the same mapping [key-duplicate]
   6 |   date: 2026-04-02
     |   ^^^^
   in placement.date
   a.yaml:4:3: first written here
a.yaml:8:11: error: found "open"; expected determined or undetermined [word-unknown]
   8 |   status: open
     |           ^^^^
   in recommendation.status
a.yaml:10:3: error: unknown key "indicatons"; expected status, level, possible, indications, requirements_not_met, requirements_unknown or warnings [key-unknown]
  10 |   indicatons: []
     |   ^^^^^^^^^^
   in recommendation.indicatons
   help: did you mean "indications"?
a.yaml:11:13: error: found a mapping; expected a list [type]
  11 |   warnings: {}
     |             ^^
   in recommendation.warnings
`},
		{"a recommendation that contradicts itself", "recommendation: {status: determined, level: iop, possible: [iop, php]}\nanswers: {}\n",
			`a.yaml:1:50: error: the status is determined, and possible has no place there [answers-recommendation]
   1 | recommendation: {status: determined, level: iop, possible: [iop, php]}
     |                                                  ^^^^^^^^
   in recommendation.possible
`},
		{"undetermined between one", "recommendation: {status: undetermined, level: iop, possible: [iop]}\nanswers: {}\n",
			`a.yaml:1:40: error: the status is undetermined, and level has no place there [answers-recommendation]
   1 | recommendation: {status: undetermined, level: iop, possible: [iop]}
     |                                        ^^^^^
   in recommendation.level
a.yaml:1:62: error: found a list; expected a list of at least two levels [type]
   1 | …ecommendation: {status: undetermined, level: iop, possible: [iop]}
     |                                                              ^^^^^
   in recommendation.possible
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, placementText(t, tt.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// drawRecord draws a sheet with all that a record has.
func drawRecord(t *rapid.T, p *Pack) Sheet {
	ids := func(name string) []string {
		all := rapid.SliceOfN(rapid.OneOf(rapid.StringMatching(`[a-z0-9_-]{1,6}`), rapid.SampledFrom([]string{"no", "a b", "#", "1.0", "~"})), 0, 3).Draw(t, name)
		if len(all) == 0 {
			return nil
		}
		return all
	}
	s := Sheet{Answers: p.NewAnswers(), Date: "2026-03-31", Pack: p.Identity(), Notes: rapid.SampledFrom([]string{"", "a", "a\n\n# b", "a\n\n"}).Draw(t, "notes")}
	s.Answers[4] = Value(rapid.IntRange(0, 9).Draw(t, "crises"))
	levels := rapid.SampledFrom([][]string{{"iop"}, {"php"}, {"outpatient", "iop"}}).Draw(t, "levels")
	if rapid.Bool().Draw(t, "recommended") {
		s.Recommended = &Recommended{Levels: levels, Indications: ids("indications"), NotMet: ids("not met"), Unknown: ids("unknown"), Warnings: ids("warnings")}
	}
	if rapid.Bool().Draw(t, "placed") {
		at := &Placement{Level: rapid.SampledFrom([]string{"outpatient", "iop", "php"}).Draw(t, "level"), By: "nurse: #1", Date: "2026-04-01"}
		if s.Recommended.NeedsReason(at.Level) {
			at.Reason = rapid.SampledFrom(ReasonIDs()).Draw(t, "reason")
		}
		if at.Text = rapid.SampledFrom([]string{"", "one", "one\n  two", "a: b\n- c", " x"}).Draw(t, "text"); at.Reason == ReasonOther && at.Text == "" {
			at.Text = "why"
		}
		s.Placement = at
	}
	return s
}

func TestRecordReadsBack(t *testing.T) {
	p := levelled()
	rapid.Check(t, func(t *rapid.T) {
		s := drawRecord(t, p)
		if diff := cmp.Diff(s, readBack(t, p, p.EncodeSheet(s))); diff != "" {
			t.Fatalf("%s\n%s", p.EncodeSheet(s), diff)
		}
	})
}

// From any record to any other recommendation and placement: what the edit
// gives reads as the record that was wanted, and the canonical form of one is
// edited into the canonical form of the other.
func TestEditSheetLaws(t *testing.T) {
	p := levelled()
	rapid.Check(t, func(t *rapid.T) {
		from, to := drawRecord(t, p), drawRecord(t, p)
		to.Notes, to.Answers = from.Notes, from.Answers
		if to.Recommended == nil || to.Placement == nil {
			t.Skip("nothing takes these away")
		}
		got, ok := p.EditSheet(p.EncodeSheet(from), to)
		if !ok {
			t.Fatalf("not edited:\n%s", p.EncodeSheet(from))
		}
		if diff := cmp.Diff(string(p.EncodeSheet(to)), string(got)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestEditSheet(t *testing.T) {
	p := levelled()
	placed := &Placement{Level: "php", By: "team", Date: "2026-04-02", Reason: "wants_more"}
	const lines = "placement:\n  level: php\n  by: \"team\"\n  date: \"2026-04-02\"\n  reason: wants_more\n"
	tests := []struct{ name, text, want string }{
		{"comments stay, above their keys", "# mine\nrecommendation: {status: determined, level: iop}  # then\n\n# what they said\nanswers:\n  crises: 3   # three\n# the end\n",
			"# mine\nrecommendation: {status: determined, level: iop}  # then\n" + lines + "\n# what they said\nanswers:\n  crises: 3   # three\n# the end\n"},
		{"an old one is replaced", "answers: {crises: 3}\n# why\nplacement: {level: outpatient, by: x, date: 2026-01-01}\n# the end\n",
			"answers: {crises: 3}\n# why\n" + lines + "# the end\n"},
		{"line ends of another system", "notes: x\r\nanswers:\r\n  crises: 3\r\n", strings.ReplaceAll(lines, "\n", "\r\n") + "notes: x\r\nanswers:\r\n  crises: 3\r\n"},
		{"no line end at the end", "answers: {crises: 3}\nplacement: {level: outpatient, by: x, date: 2026-01-01}", "answers: {crises: 3}\n" + lines},
		{"quotes around a key", "\"answers\": {crises: 3}\n", lines + "\"answers\": {crises: 3}\n"},
		{"brackets", "{answers: {crises: 3}}\n", ""},
		{"JSON", `{"answers": {"crises": 3}}`, ""},
		{"bare answers", "crises: 3\n", ""},
		{"mistakes", "answers: {crises: 99}\n", ""},
	}
	for _, tt := range tests {
		s, _ := p.ReadAnswers("", []byte(tt.text), nil)
		s.Placement = placed
		got, ok := p.EditSheet([]byte(tt.text), s)
		if diff := cmp.Diff(tt.want, string(got)); diff != "" || ok != (tt.want != "") {
			t.Errorf("%s: %v\n%s", tt.name, ok, diff)
		}
	}
	other := Sheet{Answers: p.NewAnswers(), Placement: placed}
	if _, ok := p.EditSheet([]byte("answers: {crises: 3}\n"), other); ok {
		t.Error("a text was edited into a sheet with other answers")
	}
}
