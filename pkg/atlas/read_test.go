package atlas_test

import (
	"bytes"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/atlas"
	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/pack"
)

// clinic is a pack with every kind of column: a total beside one of its items,
// a score beside a question that it counts, numbers below zero, and a question
// whose id means something else in the head of a table.
func clinic() *pack.Pack {
	p := &pack.Pack{ID: "clinic", Version: "1.0.0", Title: "Clinic"}
	add := func(q *pack.Question) {
		q.Slot, q.Index = len(p.Slots), len(p.Questions)
		p.Questions = append(p.Questions, q)
		p.Slots = append(p.Slots, pack.Slot{ID: q.ID, Question: q, Item: -1, Min: q.Min, Max: q.Max})
		for i := range q.Items {
			q.Items[i] = pack.Item{ID: fmt.Sprintf("%s_%d", q.ID, i+1), Slot: len(p.Slots)}
			p.Slots = append(p.Slots, pack.Slot{ID: q.Items[i].ID, Question: q, Item: i, Max: pack.Value(len(q.Grades) - 1)})
		}
	}
	options := func(ids ...string) (out []pack.Option) {
		for _, id := range ids {
			out = append(out, pack.Option{ID: id, Label: strings.ToUpper(id[:1]) + id[1:]})
		}
		return out
	}
	add(&pack.Question{ID: "risk", Kind: pack.Scale, Options: options("none", "some", "high"), Max: 2})
	add(&pack.Question{ID: "share", Kind: pack.YesNo, Max: 1})
	add(&pack.Question{ID: "signs", Kind: pack.Multi, Options: options("fever", "pain", "falls"), Max: 7})
	add(&pack.Question{ID: "change", Kind: pack.Number, Min: -10, Max: 10})
	add(&pack.Question{ID: "dose", Kind: pack.Number, Max: 50, Decimals: 1, Unit: "mg"})
	add(&pack.Question{ID: "phq2", Kind: pack.Instrument, Items: make([]pack.Item, 2), Grades: options("never", "often", "always"), Max: 4})
	p.Scores = []*pack.Score{{ID: "points", Title: "points", Min: 0, Max: 12, Terms: []pack.Term{{Slot: 0, Weights: []pack.Value{0, 1, 2}}, {Slot: 4 + 1, Factor: 0}}}}
	p.Scores[0].Terms = []pack.Term{{Slot: 0, Weights: []pack.Value{0, 1, 2}}, {Slot: 1, Weights: []pack.Value{0, 10}}}
	in := func(slot int, from, to pack.Value) pack.Condition {
		return &pack.In{Slot: slot, Ranges: []pack.Interval{{From: from, To: to}}}
	}
	c := func(id string, when pack.Condition) *pack.Criterion {
		return &pack.Criterion{ID: id, Because: id, When: when}
	}
	p.Levels = []*pack.Level{{ID: "low", Title: "Low"},
		{ID: "middle", Index: 1, Title: "Middle", Indications: []*pack.Criterion{
			c("signs", &pack.Includes{Slot: 2, Mask: 3}), c("change", in(3, -10, -5)), c("dose", in(4, 5, 25)), c("total", in(5, 2, 4))}},
		{ID: "high", Index: 2, Title: "High", Indications: []*pack.Criterion{
			c("item", in(7, 2, 2)), c("score", &pack.In{Score: p.Scores[0], Ranges: []pack.Interval{{From: 11, To: 12}}}), c("risk", &pack.All{Of: []pack.Condition{in(0, 2, 2), in(1, 0, 0)}})}}}
	return p
}

// TestAllKindsOfColumns looks at a table as a whole.
func TestAllKindsOfColumns(t *testing.T) {
	table, err := atlas.Map(clinic(), atlas.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := atlas.WriteCSV(&b, table); err != nil {
		t.Fatal(err)
	}
	golden(t, "clinic.csv", b.Bytes())
	sum := new(big.Int)
	for i := range table.Rows {
		sum.Add(sum, table.Rows[i].Count)
	}
	if sum.Cmp(table.Size) != 0 {
		t.Errorf("the rows have %v combinations of %v", sum, table.Size)
	}
	for _, cell := range strings.FieldsFunc(b.String(), func(r rune) bool { return r == ',' || r == '\n' }) {
		if strings.ContainsRune("=+-@\t\r", rune(strings.TrimPrefix(cell, `"`)[0])) {
			t.Errorf("a spreadsheet would run %q", cell)
		}
	}
	b.Reset()
	if err := atlas.WriteJSON(&b, table); err != nil {
		t.Fatal(err)
	}
	golden(t, "clinic.json", b.Bytes())
}

// TestCells reads cells as people write them and writes them as we do.
func TestCells(t *testing.T) {
	p := clinic()
	for _, c := range []struct{ column, text, want string }{
		{"risk", "", ""},
		{"risk", "*", ""},
		{"risk", "some", "some"},
		{"risk", " high | some ", "some|high"},
		{"risk", "None|some|high", ""},
		{"risk", "soem", `error: "soem" is not one of its answers; expected none, some or high; did you mean "some"?`},
		{"risk", "some|", "error: an empty part between two |"},
		{"risk", "not_assessed", `error: "not_assessed" is no answer; a table is about complete answers, and an empty cell allows them all`},
		{"share?", "YES", "yes"},
		{"share?", "maybe", `error: "maybe" is not one of its answers; expected yes or no`},
		{"signs:fever|pain", "no", "no"},
		{"signs:fever|pain", "yes|no", ""},
		{"signs:falls", "1", `error: "1" is not yes or no`},
		{"change", "-10..-5", "[-10..-5]"},
		{"change", "[-10..-5]|3..", "[-10..-5]|3.."},
		{"change", "-3", "[-3]"},
		{"change", "..0", "[-10..0]"},
		{"change", "..", ""},
		{"change", "[-10..-5", `error: "[-10..-5" has a bracket without its other half`},
		{"change", "5..1", `error: "5..1" is a range from the greater to the smaller number`},
		{"change", "10..11", `error: "11" is out of range; expected a whole number from -10 to 10`},
		{"dose", "0.5..2.5|2.6", "0.5..2.6"},
		{"dose", "4.5..5", "4.5.."},
		{"dose", "1,5", `error: "1,5" has a comma; expected a number from 0 to 5 mg, with a point`},
		{"phq2", "1|2|4", "1..2|4"},
		{"phq2_2", "1..", "1.."},
		{"points", "10..|2", "2|10.."},
		{"points", "13", `error: "13" is not a whole number from 0 to 12, which the score can reach`},
	} {
		table, ds := atlas.Read(p, "t.json", []byte(fmt.Sprintf(`[{"level": "low", %q: %q}]`, c.column, c.text)), nil)
		got := ""
		switch {
		case len(ds) > 0:
			got = strings.Replace("error: "+ds[0].Message, c.column+": ", "", 1)
		case len(table.Columns) == 1 && table.Rows[0].Cells[0] != nil:
			got = table.Columns[0].Format(p, table.Rows[0].Cells[0])
		}
		if want := c.want; got != want {
			t.Errorf("%s %q\ngot  %s\nwant %s", c.column, c.text, got, want)
		}
	}
}

// TestUnreadableTables compares whole texts of what is wrong.
func TestUnreadableTables(t *testing.T) {
	var b strings.Builder
	for _, text := range []string{
		"",
		"risk,share\nhigh,yes\n",
		"risk,lvel\nhigh,low\n",
		"rsk,signs,sings:pain,signs:pian,level\n,,,,\"lo\nw\"\n",
		"risk,risk,level,level\nhigh,low,low,low\n",
		"risk,level\nhigh\nhigh,low,,\n\n , \nhgih,high\n",
		"risk;level\n\"high;low\n",
		"risk\tlevel\nhigh\thgih\n",
		"\xff\xfe",
		"{\"level\": \"low\"}",
		"{\"schema\": \"carelevel.map/2\", \"levels\": [\"lwo\"], \"rows\": [{\"when\": {\"rsk\": 1, \"risk\": [\"high\", {}]}}]}",
		"[{\"level\": \"low\", \"risk\": []}, {\"level\": \"low\", \"risk\": \"high\", \"when\": {\"risk\": \"some\"}}, {\"risk\": true}]",
		"[{\"level\": \"low\"}] []",
		"[{\"level\": \"low\"",
		"{\"rows\": 3}",
		"[7]",
	} {
		src := new(diag.Sources)
		table, ds := atlas.Read(clinic(), "t", []byte(text), src)
		fmt.Fprintf(&b, "=== %q\n", text)
		if err := diag.WriteText(&b, ds, src); err != nil {
			t.Fatal(err)
		}
		if len(ds) == 0 {
			fmt.Fprintf(&b, "%d columns, %d rows\n", len(table.Columns), len(table.Rows))
		}
	}
	golden(t, "unreadable.txt", []byte(b.String()))
}

// TestReadersAgree reads the same table in every form that is understood.
func TestReadersAgree(t *testing.T) {
	p := clinic()
	for name, text := range map[string]string{
		"csv":        "risk,share?,combinations,#mine,level,note\nhigh|some,yes,1,x,high,y\n,,,,low,\n",
		"order":      "level,share?,risk\nhigh,yes,some|high\nlow,,\n",
		"tsv":        "risk\tshare?\tlevel\nhigh|some\tyes\thigh\n\t\tlow\n",
		"semicolons": "\ufeffrisk;share?;level\r\nhigh|some;yes;high\r\n;;low\r\n;;\r\n",
		"quotes":     "\"risk\",\"share?\",\"level\"\n\"high|some\",\"yes\",\"high\"\n,,low\n",
		"json":       `{"rows": [{"when": {"risk": "high|some", "share?": "yes"}, "level": "high"}, {"when": {}, "level": "low"}], "mine": {"x": [1]}}`,
		"flat":       `[{"risk": ["high", "some"], "share?": true, "level": "high", "note": {"x": []}}, {"risk": null, "level": "low"}]`,
	} {
		table, ds := atlas.Read(p, name, []byte(text), nil)
		if len(ds) > 0 || len(table.Rows) != 2 {
			t.Errorf("%s: %v, %d rows", name, ds, len(table.Rows))
			continue
		}
		if got := said(table, 0) + said(table, 1); got != "[risk=some|high share?=yes]high[]low" {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestTableOfOneLevel checks a part of a table as a part.
func TestTableOfOneLevel(t *testing.T) {
	p := clinic()
	middle := []*pack.Level{p.Level("middle")}
	table, err := atlas.Map(p, atlas.Options{Levels: middle})
	if err != nil {
		t.Fatal(err)
	}
	var csv, json bytes.Buffer
	if err := atlas.WriteCSV(&csv, table); err != nil {
		t.Fatal(err)
	}
	if err := atlas.WriteJSON(&json, table); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name   string
		text   []byte
		opts   atlas.CheckOptions
		agrees bool
	}{
		{"json says which levels it is about", json.Bytes(), atlas.CheckOptions{}, true},
		{"csv does not", csv.Bytes(), atlas.CheckOptions{}, false},
		{"unless asked", csv.Bytes(), atlas.CheckOptions{Levels: middle}, true},
		{"another level is not in it", csv.Bytes(), atlas.CheckOptions{Levels: []*pack.Level{p.Level("low")}}, false},
	} {
		back, ds := atlas.Read(p, c.name, c.text, nil)
		if len(ds) > 0 {
			t.Fatal(ds)
		}
		found, err := atlas.Check(back, c.opts)
		if err != nil {
			t.Fatal(err)
		}
		if found.Agrees() != c.agrees {
			t.Errorf("%s: agrees is %v", c.name, found.Agrees())
		}
	}
}

// FuzzRead reads anything: what has no problem can be checked and written.
func FuzzRead(f *testing.F) {
	p := clinic()
	table, err := atlas.Map(p, atlas.Options{})
	if err != nil {
		f.Fatal(err)
	}
	var csv, json bytes.Buffer
	if err := atlas.WriteCSV(&csv, table); err != nil {
		f.Fatal(err)
	}
	if err := atlas.WriteJSON(&json, table); err != nil {
		f.Fatal(err)
	}
	f.Add(csv.Bytes())
	f.Add(json.Bytes())
	f.Add([]byte("risk;level\n\"high;low\n"))
	f.Add([]byte(`[{"level": "low", "risk": ["high", 1]}]`))
	f.Fuzz(func(t *testing.T, data []byte) {
		src := new(diag.Sources)
		table, ds := atlas.Read(p, "t", data, src)
		var b bytes.Buffer
		if err := diag.WriteText(&b, ds, src); err != nil {
			t.Fatal(err)
		}
		if len(ds) > 0 || len(table.Rows) > 200 {
			return
		}
		found, err := atlas.Check(table, atlas.CheckOptions{})
		if err != nil {
			t.Fatal(err)
		}
		if err := atlas.WriteFindings(&b, "t", found); err != nil {
			t.Fatal(err)
		}
		b.Reset()
		if err := atlas.WriteJSON(&b, table); err != nil {
			t.Fatal(err)
		}
		back, ds := atlas.Read(p, "t", b.Bytes(), nil)
		if len(ds) > 0 || len(back.Rows) != len(table.Rows) {
			t.Fatalf("%v\n%s", ds, b.Bytes())
		}
		for i := range back.Rows {
			if got, want := said(back, i), said(table, i); got != want {
				t.Fatalf("%s comes back as %s", want, got)
			}
		}
	})
}
