package batch_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/carelevel/carelevel/pkg/batch"
	"github.com/carelevel/carelevel/rules"
)

// Whatever is in a file, nobody is lost or there twice, and how it is cut and
// shared among workers changes nothing.
func FuzzReview(f *testing.F) {
	header := "id,date,placed,emergency,phq9\n"
	for _, rows := range []string{
		"a,2026-01-01,iop,none,12\na,2026-01-08,,none,20\nb,2026-01-01,,overdose,\n",
		"2,2026-01-01,php,none,1\n10,2026-01-01,x,none,99\n10,,iop\n,2026-01-01,,,\n",
		"a,2026-01-01,iop,none,12\nb\na,2026-01-08,\"\n,none,3\n",
		"b,2026-01-02,,,\r\na,2026-01-01,,,\r\nb,2026-01-01,,,",
	} {
		f.Add(header+rows, false)
	}
	f.Add(`{"id":"a","date":"2026-01-01","placed":"iop","emergency":"none"}`+"\n"+`{"id":"a","date":"2026-02-01","draft":true}`+"\n"+`{"id":1,"date":"2026-02-01","placement":{}}`, true)
	f.Add(`{"id":"a","date":"2026-01-01","recommendation":{"status":"determined","level":"iop"}}`+"\n{}\n[", true)
	e := compile(f, rules.Default)
	f.Fuzz(func(t *testing.T, in string, lines bool) {
		batch.SetSizes(t, 128<<10, 1<<12)
		opts := batch.Options{Workers: 1}
		if lines {
			opts.Input = batch.JSONLines
		}
		whole, s, err := reviewAll(t, e, in, opts)
		batch.SetSizes(t, 7, 1<<12)
		opts.Workers = 3
		var cut bytes.Buffer
		_, cutErr := batch.Review(context.Background(), e, iotest.OneByteReader(strings.NewReader(in)), &cut, opts)
		if whole != cut.String() || (err == nil) != (cutErr == nil) || err != nil && err.Error() != cutErr.Error() {
			t.Fatalf("cut otherwise, and\n%s\n%v\nis\n%s\n%v", whole, err, cut.String(), cutErr)
		}
		if err == nil {
			checkResults(t, whole, s, false)
		}
		opts.Sort = true
		sorted, s, err := reviewAll(t, e, in, opts)
		var order *batch.OrderError
		switch {
		case errors.As(err, &order):
			t.Fatal(err)
		case err == nil:
			checkResults(t, sorted, s, true)
		}
	})
}

// checkResults counts them. A record that could not be taken apart may have
// the id of somebody else.
func checkResults(t *testing.T, out string, s *batch.Summary, sorted bool) {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(out)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	inError := int64(0)
	for _, row := range rows[1:] {
		id := row[0]
		if row[3] == "error" {
			inError++
		}
		if id != "" && seen[id] && (sorted || row[3] != "error") {
			t.Errorf("%q is there twice", id)
		}
		seen[id] = true
	}
	if n := int64(len(rows) - 1); n != s.Review.People+s.Review.Nobody || inError != s.Errors {
		t.Errorf("%d results, %d in error; counted are %+v, %d", n, inError, s.Review, s.Errors)
	}
}
