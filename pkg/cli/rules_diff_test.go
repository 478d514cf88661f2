package cli

import (
	"bytes"
	"errors"
	"fmt"
	"testing"

	"github.com/carelevel/carelevel/pkg/compare"
	"github.com/carelevel/carelevel/pkg/pack"
)

// TestDiffExitCodes: what cannot be compared exactly is no "no difference", and
// with --on the exit code speaks of the assessments.
func TestDiffExitCodes(t *testing.T) {
	p := &pack.Pack{ID: "p", Levels: []*pack.Level{{ID: "only"}}}
	same, err := compare.Packs(p, p, compare.Options{})
	if err != nil {
		t.Fatal(err)
	}
	differs := *same
	differs.Order = true
	tooLarge := fmt.Errorf("comparing: %w", compare.ErrTooLarge)
	moved := &compare.Rows{Decided: 1, Changed: make([]compare.RowChange, 1)}
	for i, c := range []struct {
		difference *compare.Difference
		rows       *compare.Rows
		err        error
		want       int
	}{
		{same, nil, nil, exitDone},
		{&differs, nil, nil, exitProblems},
		{same, nil, tooLarge, exitUsage},
		{&differs, &compare.Rows{Decided: 1}, nil, exitDone},
		{&differs, &compare.Rows{Decided: 1}, tooLarge, exitDone},
		{same, moved, tooLarge, exitProblems},
		{same, &compare.Rows{Decided: 1, Bad: 1}, nil, exitProblems},
	} {
		var stderr bytes.Buffer
		d := &rulesDiff{globals: &globals{io: &streams{err: &stderr}}}
		got := exitCode(d.io, d.conclude(compare.Report{Difference: c.difference, Rows: c.rows}, c.err))
		if got != c.want {
			t.Errorf("case %d: exit code %d, expected %d: %s", i, got, c.want, stderr.String())
		}
		if said := stderr.Len() > 0; said != (got == exitUsage) || errors.Is(c.err, compare.ErrTooLarge) && got == exitUsage && !bytes.Contains(stderr.Bytes(), []byte("--on FILE")) {
			t.Errorf("case %d says %q", i, stderr.String())
		}
	}
}
