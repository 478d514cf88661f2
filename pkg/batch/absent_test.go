package batch_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/rules"
)

func TestColumnsThatAreNotThere(t *testing.T) {
	e := compile(t, rules.Default)
	_, _, err := run(t, e, "record_id,Risk\n1,none\n", batch.Options{IDColumn: "recordid", IgnoreUnknown: true,
		Columns: batch.Columns{To: map[string]string{"risk": "suicide_risk"}, Ignore: map[string]bool{"absent": true}}})
	var header *batch.HeaderError
	if !errors.As(err, &header) {
		t.Fatalf("error %v, want a HeaderError", err)
	}
	want := `column "recordid": it is to hold the ids, and the input has no such column; did you mean "record_id"?
column "risk": it is mapped to a question, and the input has no such column; did you mean "Risk"?`
	if header.Error() != want {
		t.Errorf("got\n%s\nwant\n%s", header, want)
	}
}

// A column's own codes are all that it may hold beside answers: a number that
// is none of them is not taken for the option at that place.
func TestCodesAreNotNumbers(t *testing.T) {
	e := compile(t, rules.Default)
	out, s, err := run(t, e, "risk,engagement\n7,-9\n-8,-9\n1,-9\n", batch.Options{Columns: batch.Columns{
		To:      map[string]string{"risk": "suicide_risk"},
		Codes:   map[string]map[string]string{"risk": {"7": "imminent", "-8": ""}},
		Missing: map[string]bool{"-9": true},
	}})
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(out, "\n")
	for i, want := range []string{",determined,crisis,", ",undetermined,,", ",error,,"} {
		if !strings.HasPrefix(lines[i+1], want) {
			t.Errorf("record %d is %q, want %q", i+1, lines[i+1], want)
		}
	}
	if s.Errors != 1 || len(s.ByNumber) != 0 {
		t.Errorf("%d errors, by number %v", s.Errors, s.ByNumber)
	}
}
