package pack

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"github.com/carelevel/carelevel/pkg/diag"
)

// readText reads answers to the clinic and writes what came of it: the answers
// as JSON, or the diagnostics as people see them.
func readText(t *testing.T, text string) string {
	t.Helper()
	src := new(diag.Sources)
	sheet, ds := clinic().ReadAnswers("a.yaml", []byte(text), src)
	if len(ds) == 0 {
		return string(clinic().AnswersJSON(sheet.Answers))
	}
	var b bytes.Buffer
	if err := diag.WriteText(&b, ds, src); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReadAnswers(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"bare", "suicide_risk: passive\ncan_take_part: yes\n", `{"suicide_risk":"passive","can_take_part":"yes"}`},
		{"nothing", "{}", `{}`},
		{"under answers", "answers: {crises: 3}\nnotes: |\n  line\n", `{"crises":3}`},
		{"no answers yet", "schema: carelevel.assessment/1\nanswers: {}\n", `{}`},
		{"labels", "suicide_risk: WISH to be dead\nliving: 'On the street: no shelter'\n", `{"suicide_risk":"passive","living":"street"}`},
		{"truth values", "can_take_part: true", `{"can_take_part":"yes"}`},
		{"numbers", "bmi: 18.50\nphq9: 15\n", `{"bmi":18.5,"phq9":15}`},
		{"multi list", "substances: [other, Alcohol]", `{"substances":["alcohol","other"]}`},
		{"multi empty list", "substances: []", `{"substances":[]}`},
		{"multi none", "substances: none", `{"substances":[]}`},
		{"items", "phq9: [1, null, 2, 0, 0, 0, 0, not_assessed, several days]",
			`{"phq9_1":1,"phq9_3":2,"phq9_4":0,"phq9_5":0,"phq9_6":0,"phq9_7":0,"phq9_8":null,"phq9_9":1}`},
		{"items in a mapping", "phq9: {items: [1, 1, 1, 1, 1, 1, 1, 1, 1]}\nphq9_1: 1\n",
			`{"phq9_1":1,"phq9_2":1,"phq9_3":1,"phq9_4":1,"phq9_5":1,"phq9_6":1,"phq9_7":1,"phq9_8":1,"phq9_9":1}`},
		{"not assessed", "suicide_risk: null\nliving: ~\ncrises:\nwhodas: not_assessed\n", `{"suicide_risk":null,"living":null,"crises":null,"whodas":null}`},
		{"JSON", `{"answers": {"living": "home", "substances": ["opioids"], "can_take_part": false, "bmi": 18.5, "crises": null}}`,
			`{"can_take_part":"no","living":"home","substances":["opioids"],"crises":null,"bmi":18.5}`},
		{"JSON with tabs and escapes", "{\n\t\"notes\": \"\\ud83d\\ude00 \\\\ud83d \\u00e4\",\n\t\"answers\": {\n\t\t\"crises\": 3\n\t}\n}", `{"crises":3}`},
		{"an item twice", "phq9: [1, 1, 1, 1, 1, 1, 1, 1, 1]\nphq9_1: 2\n", `a.yaml:2:9: error: phq9_1 is 2 here and 1 above [answer-twice]
   2 | phq9_1: 2
     |         ^
   in phq9_1
`},

		{"everything wrong at once", `schema: carelevel.assessment/2
id: [1]
date: 31.3.2026
draft: maybe
pack: {id: clinic, versoin: 1, hash: true}
note: x
suicide_risk: none
answers:
  suicide_rsk: none
  load: 3
  living: hme
  substances: [alcohol, none]
  crises: 31
  bmi: 18,5
  can_take_part: maybe
  phq9: 30
`, `a.yaml:1:9: error: found "carelevel.assessment/2"; expected carelevel.assessment/1 [answers-schema]
   1 | schema: carelevel.assessment/2
     |         ^^^^^^^^^^^^^^^^^^^^^^
   in schema
   help: answers from another program go into a file without schema
a.yaml:2:5: error: found a list; expected a word [type]
   2 | id: [1]
     |     ^^^
   in id
a.yaml:3:7: error: found "31.3.2026"; expected a date as YYYY-MM-DD [answers-date]
   3 | date: 31.3.2026
     |       ^^^^^^^^^
   in date
a.yaml:4:8: error: found "maybe"; expected true or false [type]
   4 | draft: maybe
     |        ^^^^^
   in draft
a.yaml:5:20: error: unknown key "versoin"; expected one of id, version, hash [key-unknown]
   5 | pack: {id: clinic, versoin: 1, hash: true}
     |                    ^^^^^^^
   in pack.versoin
   help: did you mean "version"?
a.yaml:5:38: error: found "true"; expected a word [type]
   5 | pack: {id: clinic, versoin: 1, hash: true}
     |                                      ^^^^
   in pack.hash
a.yaml:6:1: error: unknown key "note"; expected one of schema, id, date, draft, pack, recommendation, placement, notes, answers [key-unknown]
   6 | note: x
     | ^^^^
   in note
   help: did you mean "notes"?
a.yaml:7:1: error: unknown key "suicide_risk"; expected one of schema, id, date, draft, pack, recommendation, placement, notes, answers [key-unknown]
   7 | suicide_risk: none
     | ^^^^^^^^^^^^
   in suicide_risk
   help: it is a question; its place is below answers
a.yaml:9:3: error: unknown question "suicide_rsk" [question-unknown]
   9 |   suicide_rsk: none
     |   ^^^^^^^^^^^
   in answers.suicide_rsk
   help: did you mean "suicide_risk"?
a.yaml:10:3: error: "load" is a score; expected a question [question-unknown]
  10 |   load: 3
     |   ^^^^
   in answers.load
   help: a score is computed from the answers
a.yaml:11:11: error: "hme" is not one of its answers; expected home, shelter or street [answer]
  11 |   living: hme
     |           ^^^
   in answers.living
   help: did you mean "home"?
a.yaml:12:25: error: "none" stands alone: it does not go with other answers [answer]
  12 |   substances: [alcohol, none]
     |                         ^^^^
   in answers.substances[1]
a.yaml:13:11: error: "31" is out of range; expected a whole number from 0 to 30 times [answer]
  13 |   crises: 31
     |           ^^
   in answers.crises
a.yaml:14:8: error: "18,5" has a comma; expected a number from 10 to 70, with a point [answer]
  14 |   bmi: 18,5
     |        ^^^^
   in answers.bmi
a.yaml:15:18: error: "maybe" is not one of its answers; expected yes or no [answer]
  15 |   can_take_part: maybe
     |                  ^^^^^
   in answers.can_take_part
a.yaml:16:9: error: "30" is out of range; expected a whole number from 0 to 27 [answer]
  16 |   phq9: 30
     |         ^^
   in answers.phq9
`},
		{"a total that its items contradict", "phq9_1: 0\nphq9_2: 0\nphq9_3: 0\nphq9: 20\n", `a.yaml:4:7: error: the total 20 of phq9 is not what its items can add up to, which is 0 to 18 [answer-total]
   4 | phq9: 20
     |       ^^
   in phq9
   help: give the items or the total
`},
		{"more answers than options", "substances: [alcohol, opioids, other, alcohol]", `a.yaml:1:13: error: found a list of 4 answers; substances has 3 options [answer]
   1 | substances: [alcohol, opioids, other, alcohol]
     |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
   in substances
`},
		{"another pack", "pack: {id: elsewhere}\nanswers: {unknown: 1}\n", `a.yaml:1:12: error: these are answers to the questions of "elsewhere"; the rules in use are clinic [answers-pack]
   1 | pack: {id: elsewhere}
     |            ^^^^^^^^^
   in pack.id
   help: use the rules that they were made with, or remove pack if the questions are the same
`},
		{"no answers", "schema: carelevel.assessment/1\n", `a.yaml:1:1: error: the key answers is missing; expected a mapping of questions to answers [answers-missing]
   1 | schema: carelevel.assessment/1
     | ^^^^^^
`},
		{"a list", "[1]", `a.yaml:1:1: error: found a list; expected a mapping of questions to answers [type]
   1 | [1]
     | ^^^
`},
		{"twice", "crises: 1\ncrises: 2\n", `a.yaml:2:1: error: key "crises" occurs twice in the same mapping [key-duplicate]
   2 | crises: 2
     | ^^^^^^
   in crises
   a.yaml:1:1: first written here
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, readText(t, tt.text)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// What is wrong stays missing, so that nobody can go on with half an answer.
func TestWrongAnswersStayMissing(t *testing.T) {
	p := clinic()
	sheet, ds := p.ReadAnswers("a", []byte("substances: [alcohol, nothing]\nphq9: [1, 1]\ncrises: 99\nliving: home\n"), nil)
	if len(ds) != 3 {
		t.Errorf("%d diagnostics: %v", len(ds), ds)
	}
	if got, want := string(p.AnswersJSON(sheet.Answers)), `{"living":"home"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

// A file of nothing but mistakes ends after so many that somebody might read.
func TestEndlessMistakes(t *testing.T) {
	var b strings.Builder
	for i := range 5_000 {
		fmt.Fprintf(&b, "suicide_risk_%d: 1\n", i)
	}
	_, ds := clinic().ReadAnswers("a", []byte(b.String()), nil)
	if len(ds) != maxProblems+1 {
		t.Errorf("%d diagnostics, want %d", len(ds), maxProblems+1)
	}
}

func fullSheet(t testing.TB, p *Pack) Sheet {
	return Sheet{Answers: everything(t, p), ID: `4711 "a"`, Date: "2026-03-31", Notes: "first\n\n# second: line",
		Pack: Identity{"clinic", "1.2.3", "sha256:00"}, Draft: true}
}

func TestEncodeSheet(t *testing.T) {
	p := clinic()
	want := `schema: carelevel.assessment/1
id: "4711 \"a\""
date: "2026-03-31"
draft: true
pack:
  id: "clinic"
  version: "1.2.3"
  hash: "sha256:00"
notes: |-
  first

  # second: line
answers:
  # Safety
  suicide_risk: passive  # Wish to be dead
  can_take_part: yes
  # Life
  living: street  # On the street: no shelter
  substances: [alcohol, other]  # Alcohol; Other; unknown
  crises: 3  # 3 times
  bmi: 18.5
  # Symptoms
  phq9_1: 2  # 2 (more than half the days)
  phq9_2: not_assessed
  phq9_9: 0  # 0 (not at all)
  whodas: not_assessed
`
	if diff := cmp.Diff(want, string(p.EncodeSheet(fullSheet(t, p)))); diff != "" {
		t.Error(diff)
	}
	if got, want := string(p.EncodeSheet(Sheet{Answers: p.NewAnswers()})), "schema: carelevel.assessment/1\nanswers: {}\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func readBack(t interface{ Fatalf(string, ...any) }, p *Pack, text []byte) Sheet {
	sheet, ds := p.ReadAnswers("again.yaml", text, nil)
	if len(ds) > 0 {
		t.Fatalf("what was written is not read back:\n%s\n%+v", text, ds)
	}
	return sheet
}

// Control characters are the only thing that a round trip changes.
func TestSheetReadsBack(t *testing.T) {
	p := clinic()
	text := rapid.OneOf(rapid.String(), rapid.StringMatching(`[ a\n\t#:|>"'\\-]{0,12}`),
		rapid.SampledFrom([]string{"null", "yes", "2026-01-01", "1.0", "~", "|", "- a\n- b", "a\n", "\n", " a\nb ", "x\r\ny", "\u2028", "a\u0085b", "\U0001F600\n\u200d"}))
	rapid.Check(t, func(t *rapid.T) {
		s := Sheet{Answers: p.NewAnswers(), Notes: text.Draw(t, "notes"), Date: "2026-03-31", Draft: rapid.Bool().Draw(t, "draft"), Pack: p.Identity()}
		if s.ID = strings.Join(strings.Fields(text.Draw(t, "id")), " "); len(s.ID) > MaxIDLength {
			s.ID = ""
		}
		for i := range s.Answers {
			if q := p.Slots[i].Question; q.Kind != Instrument || len(q.Items) == 0 || p.Slots[i].IsItem() {
				s.Answers[i] = drawAnswer(t, p, i)
			}
		}
		want := s
		want.ID, want.Notes = diag.Clean(s.ID), cleanLines(s.Notes)
		if len(want.ID) > MaxIDLength {
			t.Skip("spelling it out made it too long")
		}
		if diff := cmp.Diff(want, readBack(t, p, p.EncodeSheet(s))); diff != "" {
			t.Fatalf("%s\n%s", p.EncodeSheet(s), diff)
		}
		asJSON := []byte(`{"answers":` + string(p.AnswersJSON(s.Answers)) + `}`)
		if diff := cmp.Diff(s.Answers, readBack(t, p, asJSON).Answers); diff != "" {
			t.Fatalf("%s\n%s", asJSON, diff)
		}
	})
}

func FuzzReadAnswers(f *testing.F) {
	p := levelled()
	f.Add(p.EncodeSheet(fullSheet(f, p)))
	placed := fullSheet(f, p)
	placed.Recommended = &Recommended{Levels: []string{"iop"}, Indications: []string{"iop-a"}, NotMet: []string{"iop-b"}, Unknown: []string{"no"}, Warnings: []string{"w"}}
	placed.Placement = &Placement{Level: "outpatient", By: "nurse", Date: "2026-04-02", Reason: ReasonOther, Text: "one\ntwo"}
	f.Add(p.EncodeSheet(placed))
	f.Add([]byte("pack: {version: 0.1}\nrecommendation: {status: undetermined, possible: [a, b]}\nplacement: {level: c, by: “x”, date: 2026-01-01, reason: wants_more}\nanswers: {}\n"))
	f.Add([]byte(`{"answers": {"phq9": [1,null,2], "substances": ["alcohol"], "notes": "\ud83d\ude00"}}`))
	f.Add([]byte("suicide_risk: none\nphq9: {items: [1,1,1,1,1,1,1,1,1]}\nbmi: 18.5\n"))
	f.Add([]byte("a: &x [*x]\n<<: *x\n--- !!str\n"))
	f.Add([]byte("id: \"\\0\"\nanswers: \nschema: 1\ndate: 2026-02-30\npack: {id: other}\n"))
	f.Fuzz(func(t *testing.T, data []byte) {
		src := new(diag.Sources)
		sheet, ds := p.ReadAnswers("fuzz", data, src)
		if len(sheet.Answers) != len(p.Slots) {
			t.Fatalf("%d answers to %d slots", len(sheet.Answers), len(p.Slots))
		}
		if err := diag.WriteText(new(bytes.Buffer), ds, src); err != nil {
			t.Fatal(err)
		}
		if diag.HasErrors(ds) {
			return
		}
		if err := p.CheckAnswers(sheet.Answers); err != nil {
			t.Fatalf("read without a diagnostic, and %v", err)
		}
		again, ds := p.ReadAnswers("again", p.EncodeSheet(sheet), nil)
		if diff := cmp.Diff(sheet, again); diff != "" || diag.HasErrors(ds) {
			t.Fatal(diff, ds)
		}
		if sheet.Recommended.MayHaveReason("iop") {
			sheet.Placement = &Placement{Level: "iop", By: "nurse", Date: max("2026-04-02", sheet.Date), Reason: "wants_more"}
		}
		if edited, ok := p.EditSheet(data, sheet); ok {
			if again, _ = p.ReadAnswers("again", edited, nil); !cmp.Equal(sheet, again) {
				t.Fatal(cmp.Diff(sheet, again))
			}
		}
	})
}
