package batch_test

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/rules"
	"github.com/google/go-cmp/cmp"
)

// checkGolden compares a text with a file of testdata/batch, or writes it there
// with -update.
func checkGolden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("..", "..", "testdata", "batch", name)
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s (-), now (+)\n%s", name, d)
	}
}

// wrongTables have a mistake in every record.
var wrongTables = []string{
	"id,suicide_risk,phq9,gad7\n1,nonne,28,\n2,None at all,3.5,\n3,none\n4,none,3,,,\n5,no\"ne,3,\n6,\"none\"x,3,\n7,5;6,\"3,5\",\n8,6,x,\n9,\"no\nne\",-1,\n\"10\",yes,1e1,\n",
	"id,practical,past_attempt,phq9_1\n1,wrk,maybe,4\n2,cost;cost,2,1.5\n3,cost;none,y;n,x\n4,cost;cots,ja,-1\n5,cost;;2,YES!,9\n6,0,3,nearly\n7,1;77,01,00x\n",
	"id,suicide_risk\n1,\x1b[31mred\n2,\"a\nb\"\n3," + strings.Repeat("long ", 30) + "\n4,=cmd()\n\xff,none\n\"6,none\n",
	"phq9,phq9_1,gad7,gad7_1,id\n0,1,0,2,both\n",
	"date,suicide_risk\n1.2.2026,none\n2026-13-01,none\n",
}

// wrongLines are one mistake each, or more.
var wrongLines = []string{
	`{`, `{"id":"a"`, `{"id":"a",}`, `{"id":"a"} {"id":"b"}`, `[{"id":"a"}]`, `"text"`, `12`, `null`, `nul`, `{"id":'a'}`, "{\"id\":\"\t\"}", "{\"id\":\"\xff\"}", `{"id":"\x"}`, `{"id":{}}`, `{"id":["a"]}`, `{"id":true}`,
	`{"id":"a","id":"b"}`, `{"id":"a","date":"1.2.2026"}`, `{"id":"a","date":20260201}`, `{"id":"a","answers":[]}`, `{"id":"a","answers":null}`, `{"id":"a","answers":{"suicide_risk":"none","suicide_risk":"none"}}`,
	`{"id":"a","suicide_risk":"none","answers":{"suicide_risk":"none"}}`, `{"id":"a","suicide_rsk":"none"}`, `{"id":"a","answers":{"suicide_rsk":"none","xyzzy":1}}`, `{"id":"a","answer":{}}`, `{"id":"a","":1}`, `{"id":"a","\u001b[31m":1}`,
	`{"id":"a","suicide_risk":"nonne","phq9":28}`, `{"id":"a","suicide_risk":["none"]}`, `{"id":"a","suicide_risk":{"is":"none"}}`, `{"id":"a","suicide_risk":true}`, `{"id":"a","suicide_risk":9}`, `{"id":"a","phq9":1e1}`, `{"id":"a","phq9":3.5}`,
	`{"id":"a","phq9":[1,2]}`, `{"id":"a","phq9":[1,1,1,1,1,1,1,1,4]}`, `{"id":"a","phq9":[1,1,1,1,1,1,1,1,""]}`, `{"id":"a","phq9":[1,1,1,1,1,1,1,1,[1]]}`, `{"id":"a","phq9":{"item":[]}}`, `{"id":"a","phq9":[1,1,1,1,1,1,1,1,1],"phq9_1":1}`, `{"id":"a","phq9":3,"phq9_1":0,"phq9_2":0,"phq9_3":0,"phq9_4":0,"phq9_5":0,"phq9_6":0,"phq9_7":0,"phq9_8":0,"phq9_9":0}`,
	`{"id":"a","practical":["wrk"]}`, `{"id":"a","practical":["cost","cost"]}`, `{"id":"a","practical":["cost","none"]}`, `{"id":"a","practical":["work;cost"]}`, `{"id":"a","practical":[["cost"]]}`, `{"id":"a","practical":[{}]}`, `{"id":"a","practical":{}}`,
	`{"id":"a","schema":"carelevel.recommendation/1","answers":{}}`, `{"id":"a","pack":{"id":"elsewhere"},"answers":{}}`, `{"id":"a","pack":"elsewhere","answers":{}}`, `{"id":"a","past_attempt":"maybe"}`, `{"id":"a","past_attempt":2}`,
}

// Every mistake says where it is, what was found, what was expected and, where
// there is one, the near miss: testdata/batch/errors.golden.
func TestMessages(t *testing.T) {
	e := compile(t, rules.Default)
	batch.SetSizes(t, 1<<17, 200)
	var golden bytes.Buffer
	show := func(in string, opts batch.Options) {
		got := runAll(e, strings.NewReader(in), opts)
		if got.err != nil || got.summary.Errors != got.summary.Rows {
			t.Errorf("%.100q: %v, %d of %d records are in error", in, got.err, got.summary.Errors, got.summary.Rows)
		}
		for _, m := range got.errors {
			if m.Line == 0 || m.Code == "" || m.Text == "" {
				t.Errorf("%q: %+v does not say all", in, m)
			}
			if err := batch.WriteError(&golden, m); err != nil {
				t.Fatal(err)
			}
			fmt.Fprintf(&golden, "    %s\n", m.Error())
		}
	}
	for _, in := range append(wrongTables, "id,suicide_risk\n"+strings.Repeat("x", 201)+",none\n") {
		fmt.Fprintf(&golden, "\n# %.90q\n", in)
		show(in, batch.Options{})
	}
	for _, in := range append(wrongLines, `{"id":"`+strings.Repeat("x", 201)+`"}`) {
		fmt.Fprintf(&golden, "\n# %.200q\n", in)
		show(in+"\n", batch.Options{Input: batch.JSONLines})
	}
	checkGolden(t, "errors.golden", golden.String())
}
