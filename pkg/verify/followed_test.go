package verify_test

import (
	"os"
	"testing"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/verify"
)

// A question that only the rules over time look at is asked for something,
// though no proof speaks of it.
func TestQuestionsThatAreFollowedOverTime(t *testing.T) {
	p, ds, err := pack.Load(os.DirFS("../../testdata/check/ok"), "over_time.yaml", pack.LoadOptions{})
	if err != nil || diag.HasErrors(ds) {
		t.Fatal(err, ds)
	}
	for _, want := range []bool{false, true} {
		if want { // there is nothing over time any more
			for _, l := range p.Levels {
				l.Here, l.Objectives, l.StepUp, l.StepDown = nil, nil, nil, nil
			}
		}
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		report, err := verify.Run(e, verify.Options{})
		if err != nil {
			t.Fatal(err)
		}
		got := false
		for _, proof := range report.Proofs {
			got = got || proof.Code == verify.QuestionNoEffect && proof.About.Question.ID == "phq9"
		}
		if got != want {
			t.Errorf("nothing depends on the PHQ-9: %v, want %v", got, want)
		}
	}
}
