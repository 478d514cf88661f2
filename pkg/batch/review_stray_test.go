package batch_test

import (
	"encoding/csv"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/rules"
)

// Nobody is reviewed without a record of theirs that could not be read and
// stands elsewhere, nor where too many such records leave that open.
func TestStrayRecords(t *testing.T) {
	e := compile(t, rules.Default)
	const in = "id,date,emergency\nd,2026-01-01\nc,2026-01-01\na,2026-01-01,overdose\nb,2026-01-01,overdose\nc,2026-01-08,overdose\nd,2026-01-08,overdose\n"
	for _, test := range []struct {
		name       string
		most       int
		a, b, c, d string // what is said of each in the end
	}{
		{"each by its id", 10, "", "",
			"line 6: line 3 has this id, too, and could not be read; no review is made from a part of what there is",
			"line 7: line 2 has this id, too, and could not be read; no review is made from a part of what there is"},
		{"no room for the second", 1,
			"line 4: from line 3 on too many records that could not be read stand by themselves, and one may be of this person; no review is made from a part of what there is",
			"line 5: from line 3 on too many records that could not be read stand by themselves, and one may be of this person; no review is made from a part of what there is",
			"line 6: from line 3 on too many records that could not be read stand by themselves, and one may be of this person; no review is made from a part of what there is",
			"line 7: line 2 has this id, too, and could not be read; no review is made from a part of what there is"},
	} {
		t.Run(test.name, func(t *testing.T) {
			batch.SetMostStray(t, test.most)
			out, _, err := reviewAll(t, e, in, batch.Options{})
			if err != nil {
				t.Fatal(err)
			}
			rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, row := range rows[1:] {
				got = append(got, fmt.Sprintf("%s %s", row[0], row[len(row)-1]))
			}
			want := []string{"d line 2: 2 fields, and the header has 3", "c line 3: 2 fields, and the header has 3",
				"a " + test.a, "b " + test.b, "c " + test.c, "d " + test.d}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("(-want +got)\n%s", diff)
			}
		})
	}
}
