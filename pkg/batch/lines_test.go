package batch_test

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
	"github.com/google/go-cmp/cmp"
)

// checkLine holds the passes against one another, and both against
// encoding/json and the pack's own reader of answers.
func checkLine(t *testing.T, p *pack.Pack, r *batch.Reader, line string) (plain bool) {
	t.Helper()
	if !utf8.ValidString(line) || strings.Contains(line, "\n") {
		return false // no line gets here
	}
	careful := r.Any(line)
	quick, plain := r.Plain(line)
	if plain {
		if d := cmp.Diff(careful, quick); d != "" {
			t.Errorf("%q: careful (-), plain (+)\n%s", line, d)
		}
	}
	if plain && !isObject(line) {
		t.Errorf("%q: taken, and it is no JSON object", line)
	}
	if len(careful.Errors) > 0 {
		return plain
	}
	if !isObject(line) {
		t.Errorf("%q: taken by the careful pass, and it is no JSON object", line)
	}
	if sheet, ds := p.ReadAnswers("a.json", []byte(line), nil); len(ds) == 0 {
		if d := cmp.Diff(sheet.Answers, careful.Answers); d != "" {
			t.Errorf("%q: alone (-), in a batch (+)\n%s", line, d)
		}
		if sheet.ID != "" && sheet.ID != careful.ID || sheet.Date != careful.Date {
			t.Errorf("%q: alone %q, %q; in a batch %q, %q", line, sheet.ID, sheet.Date, careful.ID, careful.Date)
		}
	}
	return plain
}

func isObject(line string) bool {
	var m map[string]json.RawMessage
	return json.Valid([]byte(line)) && json.Unmarshal([]byte(line), &m) == nil && m != nil
}

// lines are texts of lines that have been thought of; many are no records.
var lines = []string{
	`{}`, ` { } `, "\t{}\r", `{"id":"a"}`, `{"id":12}`, `{"id":1e3}`, `{"id":-0.50}`, `{"id":01}`, `{"id":null}`, `{"id":true}`, `{"id":{}}`, `{"id":[]}`, `{"id":""}`,
	`{"id":"a","id":"b"}`, `{"date":"2026-01-31"}`, `{"date":"2026-02-30"}`, `{"date":""}`, `{"date":"","date":"2026-01-01"}`, `{"date":20260101}`, `{"date":null}`,
	`{"answers":{}}`, `{"answers":{},"answers":{}}`, `{"answers":null}`, `{"answers":[]}`, `{"answers":{"answers":{}}}`, `{"answers":{"id":"a"}}`,
	`{"suicide_risk":"none"}`, `{"answers":{"suicide_risk":"none"},"suicide_risk":"none"}`, `{"answers":{"suicide_risk":"none"},"severity":"mild","id":"x"}`,
	`{"suicide_risk":"none","suicide_risk":"none"}`, `{"suicide_risk":1}`, `{"suicide_risk":1.0}`, `{"suicide_risk":-1}`, `{"suicide_risk":99}`, `{"suicide_risk":null}`, `{"suicide_risk":"NA"}`,
	`{"suicide_risk":"NONE"}`, `{"suicide_risk":" none "}`, `{"suicide_risk":""}`, `{"suicide_risk":true}`, `{"suicide_risk":["none"]}`, `{"suicide_risk":{"a":1}}`, `{"suicide_risk":"\u006eone"}`, `{"suicide_\u0072isk":"none"}`,
	`{"phq9":12}`, `{"phq9":-0}`, `{"phq9":1e1}`, `{"phq9":1E1}`, `{"phq9":01}`, `{"phq9":1.}`, `{"phq9":.5}`, `{"phq9":+1}`, `{"phq9":12.0}`, `{"phq9":12.5}`, `{"phq9":"12"}`, `{"phq9":27}`, `{"phq9":28}`, `{"phq9":99999999999999999999}`, `{"phq9":-}`,
	`{"phq9":[1,1,1,1,1,1,1,1,1]}`, `{"phq9":[1,1,1,1,null,1,1,1,1]}`, `{"phq9":[1,1]}`, `{"phq9":[]}`, `{"phq9":{"items":[0,0,0,0,0,0,0,0,0]}}`, `{"phq9":{"items":1}}`, `{"phq9":[1,1,1,1,"",1,1,1,1]}`, `{"phq9":[1,1,1,1,[1],1,1,1,1]}`,
	`{"phq9":[1,1,1,1,1,1,1,1,1],"phq9_1":1}`, `{"phq9_1":1,"phq9":[1,1,1,1,1,1,1,1,1]}`, `{"phq9_1":1,"phq9":[null,1,1,1,1,1,1,1,1]}`, `{"phq9_1":1,"phq9":3}`, `{"phq9_1":3,"phq9":1}`, `{"phq9_1":3}`, `{"phq9_1":4}`, `{"phq9_9":"3"}`,
	`{"practical":[]}`, `{"practical":["none"]}`, `{"practical":["work"]}`, `{"practical":["work","work"]}`, `{"practical":["work","none"]}`, `{"practical":"work"}`, `{"practical":"none"}`, `{"practical":[1]}`, `{"practical":["1","2"]}`, `{"practical":["1;2"]}`, `{"practical":"1;2"}`, `{"practical":"1, 2"}`, `{"practical":[null]}`, `{"practical":[""]}`, `{"practical":[["work"]]}`, `{"practical":["NA"]}`, `{"practical":["not_assessed"]}`,
	`{"emergency":[]}`, `{"psychosis":true}`, `{"psychosis":false}`, `{"psychosis":1}`, `{"psychosis":0}`, `{"psychosis":"yes"}`, `{"psychosis":2}`,
	`{"schema":"carelevel.assessment/1","answers":{}}`, `{"schema":"other","answers":{}}`, `{"pack":{"id":"mental-health"},"answers":{}}`, `{"pack":{"id":"elsewhere"},"answers":{"suicide_risk":"none"}}`, `{"pack":7,"answers":{}}`, `{"draft":true,"notes":"text","answers":{}}`,
	`{"unknown":1}`, `{"suicide_rsk":"none"}`, `{"":1}`, `{"answers":{"unknown":1}}`,
	`[]`, `[{}]`, `null`, `"text"`, `12`, `{`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `{,}`, `{"a" 1}`, `{"a":1 "b":2}`, `{1:2}`, `{true:1}`, `{{}}`, `{} {}`, `{}x`, `{}]`, `x{}`, `{"id":"a"}{"id":"b"}`, "{}\r{}", "{\v}", "\u00a0{}", `{"id":"` + "\t" + `"}`, `{"id":"` + "\x7f" + `"}`, `{"id":"` + "\x00" + `"}`, `{"id":"é\u2028"}`, `{"id":"\ud800"}`, `{"id":"\x"}`, `{'id':'a'}`, `{"id":"a"`, `{"phq9":1 2}`, `{"phq9":nul}`, `{"phq9":nulll}`, `{"psychosis":tru}`, `{"psychosis":truex}`, `{"psychosis":t`, `{"phq9":n`,
}

func TestLinesAreReadAsEncodingJSONDoes(t *testing.T) {
	e := compile(t, rules.Default)
	r := batch.NewReader(e, false)
	for range 2 { // the second time from what is remembered
		for _, line := range lines {
			checkLine(t, e.Pack(), r, line)
		}
	}
	deep := `{"answers":` + strings.Repeat(`{"answers":`, 20_000) + strings.Repeat("}", 20_001)
	checkLine(t, e.Pack(), r, deep)
	checkLine(t, e.Pack(), r, `{"id":`+strings.Repeat("[", 20_000)+strings.Repeat("]", 20_000)+"}")
}

// Lines as programs write them take the plain pass, and say what they say.
func TestPlainLines(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 3))
	for seed := range 30 {
		e := compiled(t, enginetest.Pack(rnd, enginetest.Size{Questions: 8, Small: seed%2 == 0}))
		if seed == 0 {
			e = compile(t, rules.Default)
		}
		r := batch.NewReader(e, false)
		for range 50 {
			a := enginetest.Answers(rnd, e.Pack(), 70)
			for _, line := range []string{
				string(e.Pack().AnswersJSON(a)),
				fmt.Sprintf(`{"id": "r1", "date": "2026-03-01", "answers": %s}`, e.Pack().AnswersJSON(a)),
			} {
				if !checkLine(t, e.Pack(), r, line) {
					t.Errorf("%s: the plain pass refuses it", line)
				}
				if got, _ := r.Plain(line); !slices.Equal(got.Answers, a) {
					t.Errorf("%s: read as %v, written as %v", line, got.Answers, a)
				}
			}
		}
	}
}

// A line with a hundred thousand keys, all of them wrong, is not answered with
// as many messages; each of them takes a look at all names.
func TestManyMistakesInOneLine(t *testing.T) {
	e := compile(t, rules.Default)
	var b strings.Builder
	for i := range 100_000 {
		fmt.Fprintf(&b, `,"suicide_rsk%d":1`, i)
	}
	o := batch.NewReader(e, false).Any("{" + b.String()[1:] + "}")
	if len(o.Errors) != 51 || o.Errors[50].Code != "more" {
		t.Errorf("%d errors", len(o.Errors))
	}
}

func TestIgnoreUnknownKeys(t *testing.T) {
	e := compile(t, rules.Default)
	o := batch.NewReader(e, true).Any(`{"who":{"a":[1]},"answers":{"what":null,"suicide_risk":"none"}}`)
	slot, _ := e.Pack().SlotByID("suicide_risk")
	if len(o.Errors) > 0 || o.Answers[slot] != 0 {
		t.Errorf("%+v", o)
	}
}

func FuzzLines(f *testing.F) {
	e := compile(f, rules.Default)
	rnd := rand.New(rand.NewPCG(1, 4))
	for _, line := range lines {
		f.Add(line)
	}
	for range 20 {
		f.Add(string(e.Pack().AnswersJSON(enginetest.Answers(rnd, e.Pack(), 40))))
	}
	r := batch.NewReader(e, false)
	f.Fuzz(func(t *testing.T, line string) { checkLine(t, e.Pack(), r, line) })
}
