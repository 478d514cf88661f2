package pack

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/diag"
)

// columnsText reads what columns hold for the clinic and writes what came of
// it: the data, or the diagnostics as people see them.
func columnsText(t *testing.T, text string) string {
	t.Helper()
	src := new(diag.Sources)
	c, ds := clinic().ReadColumns("map.yaml", []byte(text), src)
	if len(ds) == 0 {
		return fmt.Sprintf("id=%s to=%v codes=%v ignore=%v missing=%v", c.ID, c.To, c.Codes, c.Ignore, c.Missing)
	}
	var b bytes.Buffer
	if err := diag.WriteText(&b, ds, src); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestReadColumns(t *testing.T) {
	tests := []struct{ name, text, want string }{
		{"an export", `
id: record_id
missing: [-9, "-8"]
ignore: [redcap_event_name, complete]
columns:
  risk: {question: suicide_risk, codes: {0: none, 1: Wish to be dead, 2: plan, 9: null}}
  groups: {question: can_take_part, codes: {1: yes, 2: no}}
  phq_total: phq9
  phq_item_9: phq9_9
  subst___1: substances___1
  subst___2: {question: substances___opioids, codes: {checked: 1}}
  visit: date
`, `id=record_id to=map[groups:can_take_part phq_item_9:phq9_9 phq_total:phq9 risk:suicide_risk subst___1:substances___1 subst___2:substances___opioids visit:date] ` +
			`codes=map[groups:map[1:yes 2:no] risk:map[0:none 1:Wish to be dead 2:plan 9:] subst___2:map[checked:1]] ignore=[redcap_event_name complete] missing=[-9 -8]`},
		{"levels", `
columns:
  program: {question: placed, codes: {1: outpatient, 2: iop, 9: null}}
`, `id= to=map[program:placed] codes=map[program:map[1:outpatient 2:iop 9:]] ignore=[] missing=[]`},
		{"nothing", "{}", `id= to=map[] codes=map[] ignore=[] missing=[]`},

		{"everything wrong at once", `colums: {}
id: record_id
ignore: risk
columns:
  risk: {question: suicide_rsk, codes: {0: none}}
  load: {question: can_take_part, codes: {1: maybe, 2: [yes]}, kode: 1}
  where: {question: living, codes: {1: hme, 2: 3}}
  s1: substances___opiods
  s2: {question: substances___2, codes: {x: perhaps}}
  s3: substances___opioids
  when: {question: date, codes: {1: 2026-01-01}}
  nothing:
  empty: {codes: {1: yes}}
  list: [a]
  record_id: phq9
missing: {a: b}
`, `map.yaml:1:1: error: unknown key "colums"; expected columns, id, ignore or missing [key-unknown]
   1 | colums: {}
     | ^^^^^^
   in colums
   help: did you mean "columns"?
map.yaml:2:5: error: column "record_id" is named twice [column-twice]
   2 | id: record_id
     |     ^^^^^^^^^
   in id
   map.yaml:15:3: first defined here
map.yaml:3:9: error: found "risk"; expected a list [type]
   3 | ignore: risk
     |         ^^^^
   in ignore
   help: write [risk]
map.yaml:5:20: error: unknown question "suicide_rsk" [question-unknown]
   5 |   risk: {question: suicide_rsk, codes: {0: none}}
     |                    ^^^^^^^^^^^
   in columns.risk.question
   help: did you mean "suicide_risk"?
map.yaml:6:46: error: "maybe" is not one of its answers; expected yes or no [answer]
   6 |   load: {question: can_take_part, codes: {1: maybe, 2: [yes]}, kode: 1}
     |                                              ^^^^^
   in columns.load.codes.1
map.yaml:6:56: error: found a list; expected one answer, or null where the code stands for none [type]
   6 |   load: {question: can_take_part, codes: {1: maybe, 2: [yes]}, kode: 1}
     |                                                        ^^^^^
   in columns.load.codes.2
map.yaml:6:64: error: unknown key "kode"; expected question or codes [key-unknown]
   6 | …oad: {question: can_take_part, codes: {1: maybe, 2: [yes]}, kode: 1}
     |                                                              ^^^^
   in columns.load.kode
map.yaml:7:40: error: "hme" is not one of its answers; expected home, shelter or street [answer]
   7 |   where: {question: living, codes: {1: hme, 2: 3}}
     |                                        ^^^
   in columns.where.codes.1
   help: did you mean "home"?
map.yaml:7:48: error: "3" is not one of its answers; expected home, shelter or street [answer]
   7 |   where: {question: living, codes: {1: hme, 2: 3}}
     |                                                ^
   in columns.where.codes.2
map.yaml:8:7: error: substances has no option "opiods"; expected alcohol, opioids, other, or a number from 1 to 3 [answer]
   8 |   s1: substances___opiods
     |       ^^^^^^^^^^^^^^^^^^^
   in columns.s1
   help: did you mean "opioids"?
map.yaml:9:45: error: "perhaps" is not one of its answers; expected yes or no, whether the option is selected [answer]
   9 |   s2: {question: substances___2, codes: {x: perhaps}}
     |                                             ^^^^^^^
   in columns.s2.codes.x
map.yaml:10:7: error: two columns for "substances___opioids" [column-twice]
  10 |   s3: substances___opioids
     |       ^^^^^^^^^^^^^^^^^^^^
   in columns.s3
   map.yaml:9:18: first defined here
map.yaml:11:37: error: "2026-01-01" is a code, and date takes none [answer]
  11 |   when: {question: date, codes: {1: 2026-01-01}}
     |                                     ^^^^^^^^^^
   in columns.when.codes.1
map.yaml:12:3: error: found nothing; expected text [type]
  12 |   nothing:
     |   ^^^^^^^
   in columns.nothing
map.yaml:13:3: error: missing key "question" [key-missing]
  13 |   empty: {codes: {1: yes}}
     |   ^^^^^
   in columns.empty
map.yaml:14:9: error: found a list; expected text [type]
  14 |   list: [a]
     |         ^^^
   in columns.list
map.yaml:16:10: error: found a mapping; expected a list [type]
  16 | missing: {a: b}
     |          ^^^^^^
   in missing
`},
		{"an empty code", "columns: {a: {question: substances___2, codes: {'': no}}}", `map.yaml:1:49: error: an empty cell is always missing; expected a code [answer]
   1 | columns: {a: {question: substances___2, codes: {'': no}}}
     |                                                 ^^
   in columns.a.codes[0]
`},
		{"no mapping", "risk", `map.yaml:1:1: error: found "risk"; expected a mapping with columns, id, ignore or missing [type]
   1 | risk
     | ^^^^
`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, columnsText(t, tt.text)); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
