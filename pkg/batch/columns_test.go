package batch_test

import (
	"encoding/json"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
	"github.com/google/go-cmp/cmp"
)

// readTable runs a table through a batch and returns what was read, record by
// record: id, date and answers as JSON, or what is wrong.
func readTable(t *testing.T, e *engine.Engine, in string, opts batch.Options) (records []string) {
	t.Helper()
	opts.Output = batch.JSONLines
	got := runAll(e, strings.NewReader(in), opts)
	if got.err != nil {
		return strings.Split(got.err.Error(), "\n")
	}
	for line := range strings.Lines(got.out) {
		var r struct {
			ID, Date string
			Answers  json.RawMessage
			Errors   []struct{ Text string }
		}
		if err := json.Unmarshal([]byte(line), &r); err != nil {
			t.Fatal(err)
		}
		text := r.ID + " " + r.Date + " " + string(r.Answers)
		for _, w := range r.Errors {
			text += w.Text
		}
		records = append(records, strings.TrimSpace(text))
	}
	return records
}

var columnCases = []struct {
	name, in string
	opts     batch.Options
	want     []string
}{
	{"totals, items and both", "phq9,phq9_1,phq9_9\n9,,\n,1,3\n9,1,3\n1,1,3\n28,,\n,4,\n", batch.Options{}, []string{
		`{"phq9":9}`, `{"phq9_1":1,"phq9_9":3}`, `{"phq9":9,"phq9_1":1,"phq9_9":3}`,
		`"1" is not what its items can add up to, which is 4 to 25`,
		`"28" is out of range; expected a whole number from 0 to 27`, `"4" is not one of its answers; expected a whole number from 0 to 3`}},
	{"by id, label, number; missing in all ways", "id,suicide_risk\na,none\nb,no THOUGHTS of death or suicide\nc,1\nd, none \ne,\nf,NA\ng,n/a\nh,NULL\ni,not_assessed\nj,  \n", batch.Options{}, []string{
		`a  {"suicide_risk":"none"}`, `b  {"suicide_risk":"none"}`, `c  {"suicide_risk":"none"}`, `d  {"suicide_risk":"none"}`, `e  {}`, `f  {}`, `g  {}`, `h  {}`, `i  {"suicide_risk":null}`, `j  {}`}},
	{"a list of options", "practical\nwork;childcare\nnone\n1;2\n\"work, cost\"\nwork;2\n7;7\nwork;none\nwork;;cost\n9;1\n", batch.Options{}, nil},
	{"dates", "date,id\n2026-01-31,a\n,b\nNA,c\n31.1.2026,d\n2026-02-30,e\n 2026-01-31 ,f\n", batch.Options{Date: "2000-01-01"}, []string{
		"a 2026-01-31 {}", "b 2000-01-01 {}", "c 2000-01-01 {}", `d 2000-01-01 "31.1.2026" is no date; expected YYYY-MM-DD`, `e 2000-01-01 "2026-02-30" is no date; expected YYYY-MM-DD`, "f 2026-01-31 {}"}},
	{"names and codes from elsewhere", "record_id,Risk,when,free text\n1,7,2026-01-31,x\n2,none,,\n3,1,,\n4,-9,-9,\n", batch.Options{IDColumn: "record_id", IgnoreUnknown: true, Columns: batch.Columns{
		To: map[string]string{"Risk": "suicide_risk", "when": "date"}, Codes: map[string]map[string]string{"Risk": {"7": "imminent"}}, Missing: map[string]bool{"-9": true}}}, []string{
		`1 2026-01-31 {"suicide_risk":"imminent"}`, `2  {"suicide_risk":"none"}`, `3  suicide_risk: "1" is not one of its answers; expected none, wish_to_be_dead, thoughts, plan_or_intent, recent_attempt or imminent`, `4  {}`}},
	{"spaces around names", " id , suicide_risk \nx,none\n", batch.Options{}, []string{`x  {"suicide_risk":"none"}`}},
	{"an id that is not UTF-8", "id\n\xe9\n", batch.Options{}, []string{"\ufffd  the id is not UTF-8"}},
	{"all problems of a header", "suicide_rsk,id,id,suicide_risk,suicide_risk,practicl___childcare,practical___costs,practical___9,,Date\n", batch.Options{}, nil},
	{"a list and boxes", "practical,practical___childcare\n", batch.Options{}, nil},
	{"mapped to nothing", "a,b\n", batch.Options{Columns: batch.Columns{To: map[string]string{"a": "suicide_rsk", "b": "suicide_risk", "c": "phq9"}}}, nil},
}

func TestColumns(t *testing.T) {
	e := compile(t, rules.Default)
	var golden strings.Builder
	for _, c := range columnCases {
		got := readTable(t, e, c.in, c.opts)
		golden.WriteString("# " + c.name + "\n" + strings.Join(got, "\n") + "\n\n")
		if c.want != nil && !slices.Equal(got, c.want) {
			t.Errorf("%s:\n%s", c.name, cmp.Diff(c.want, got))
		}
	}
	checkGolden(t, "columns.golden", golden.String())
}

// boxed is a table with a box for every option of the practical barriers.
func boxed(e *engine.Engine, number bool, rows ...string) string {
	var header []string
	for i, o := range e.Pack().Question("practical").Options {
		if number {
			o.ID = string(rune('1' + i))
		}
		header = append(header, "practical___"+o.ID)
	}
	return strings.Join(header, ",") + "\n" + strings.Join(rows, "\n") + "\n"
}

func TestBoxes(t *testing.T) {
	e := compile(t, rules.Default)
	options := e.Pack().Question("practical").Options
	row := func(first, second, rest string) string {
		return first + "," + second + strings.Repeat(","+rest, len(options)-2)
	}
	a, b := options[0].ID, options[1].ID
	want := map[string]string{
		row("1", "0", "0"):        `{"practical":["` + a + `"]}`,
		row("checked", "X", "no"): `{"practical":["` + a + `","` + b + `"]}`,
		row("0", "0", "0"):        `{"practical":[]}`,
		row("NA", "NA", "NA"):     `{}`,
		row("not_assessed", "not_assessed", "not_assessed"): `{"practical":null}`,
		row("1", "", "0"):  `some of the boxes of practical are empty; expected 1 or 0 in each, or all of them empty`,
		row("2", "0", "0"): `"2" is not one of its answers; expected 1 or 0`,
	}
	for _, number := range []bool{false, true} {
		for _, in := range slices.Sorted(maps.Keys(want)) {
			if got := readTable(t, e, boxed(e, number, in), batch.Options{}); len(got) != 1 || got[0] != want[in] {
				t.Errorf("%s: %q, want %q", in, got, want[in])
			}
		}
	}
	part := "practical___" + a + ",practical___" + b + "\n1,0\n"
	if got := readTable(t, e, part, batch.Options{}); !strings.Contains(got[0], "practical needs a box for every option; there is none for") {
		t.Errorf("boxes for some options: %q", got)
	}
}

// A question may be called id or date; then the column is the question's.
func TestQuestionsCalledIDAndDate(t *testing.T) {
	p := enginetest.Pack(rand.New(rand.NewPCG(1, 13)), enginetest.Size{Questions: 6})
	names := []string{"id", "date"}
	for i := range p.Slots {
		if s := &p.Slots[i]; !s.IsItem() && len(s.Question.Items) == 0 && len(names) > 0 {
			s.ID, s.Question.ID = names[0], names[0]
			names = names[1:]
		}
	}
	e := compiled(t, p)
	rnd := rand.New(rand.NewPCG(1, 14))
	a := enginetest.Answers(rnd, p, 100)
	answers := string(p.AnswersJSON(a))
	for _, opts := range []batch.Options{{}, {IDColumn: "key"}} {
		in := strings.Split(table(p, nil), "\n")[0]
		row := strings.Split(strings.TrimSpace(table(p, []pack.Answers{a})), "\n")[1]
		in = strings.Replace(in, "id,", "key,", 1) + "\n" + row + "\n"
		opts.IgnoreUnknown = opts.IDColumn == ""
		want := "r0  " + answers
		if opts.IDColumn == "" {
			want = answers
		}
		if got := readTable(t, e, in, opts); !slices.Equal(got, []string{want}) {
			t.Errorf("%s\n%s\nwant %s", in, got, want)
		}
	}
	o := batch.NewReader(e, false).Any(answers)
	if o.ID != "" || len(o.Errors) > 0 || !slices.Equal(o.Answers, a) {
		t.Errorf("%s: %+v", answers, o)
	}
}
