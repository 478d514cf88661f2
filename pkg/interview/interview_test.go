package interview

import (
	"context"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/google/go-cmp/cmp"
)

var interviews = []struct {
	name  string
	all   bool
	start string // assignments the interview starts with
	steps string // separated by semicolons
	want  string // what was shown, and how it ended
}{
	{
		name:  "only what decides is asked, safety first, and details are offered",
		steps: "danger=none; suicide=plan; finish",
		want: `
danger [oic 0+5] <- danger=none
suicide [oi 1+4] <- suicide=plan
PAUSE determined more 4 [i iop-plan 2+4] <- finish
end 0: 2 of 8 asked, 0 not assessed: danger=none suicide=plan`,
	},
	{
		name:  "details are asked in the order of the interview, without what nothing reads",
		steps: "danger=none; suicide=plan; on; functioning=kept; crises=3; transport=yes; wants=none; finish",
		want: `
danger [oic 0+5] <- danger=none
suicide [oi 1+4] <- suicide=plan
PAUSE determined more 4 [i iop-plan 2+4] <- on
functioning [i iop-plan 2+4] <- functioning=kept
crises [i iop-plan 3+3] <- crises=3
transport [i iop-plan iop-crises !odd 4+2] <- transport=yes
wants [i iop-plan iop-crises !odd 5+1] <- wants=none
PAUSE determined more 0 [i iop-plan iop-crises !odd 6+0] <- finish
end 0: 6 of 8 asked, 0 not assessed: danger=none suicide=plan functioning=kept crises=3 transport=yes wants=none`,
	},
	{
		name:  "an instrument that cannot matter is skipped",
		steps: "danger=none; suicide=none; functioning=kept; crises=0; finish",
		want: `
danger [oic 0+5] <- danger=none
suicide [oi 1+4] <- suicide=none
functioning [oi 2+3] <- functioning=kept
crises [oi 3+1] <- crises=0
PAUSE determined more 0 [o 4+0] <- finish
end 0: 4 of 8 asked, 0 not assessed: danger=none suicide=none functioning=kept crises=0`,
	},
	{
		name:  "an instrument item by item, one of them left open",
		steps: "danger=none; suicide=none; functioning=impaired; items; phq_1=3; phq_2=not_assessed; crises=0; finish",
		want: `
danger [oic 0+5] <- danger=none
suicide [oi 1+4] <- suicide=none
functioning [oi 2+3] <- functioning=impaired
phq how (0) [oi 3+2] <- items
phq_1 [oi 3+2] <- phq_1=3
phq_2 [oi 3+2] <- phq_2=not_assessed
crises [oi 4+1] <- crises=0
PAUSE undetermined more 1 [oi 5+0] <- finish
end 1: 5 of 8 asked, 1 not assessed: danger=none suicide=none functioning=impaired phq_1=3 phq_2=not_assessed crises=0`,
	},
	{
		name:  "going on from an undetermined end leads to what was not assessed",
		steps: "danger=none; suicide=not_assessed; functioning=kept; crises=0; on; suicide=none; forward; forward; finish",
		want: `
danger [oic 0+5] <- danger=none
suicide [oi 1+4] <- suicide=not_assessed
functioning [oi 2+3] <- functioning=kept
crises [oi 3+1] <- crises=0
PAUSE undetermined more 1 [oi 4+0] <- on
suicide (not_assessed) [oi 4+0] <- suicide=none
functioning (kept) [o 4+0] <- forward
crises (0) [o 4+0] <- forward
PAUSE determined more 0 [o 4+0] <- finish
end 0: 4 of 8 asked, 0 not assessed: danger=none suicide=none functioning=kept crises=0`,
	},
	{
		name:  "an emergency stops at once, and a slip can be corrected",
		steps: "danger=overdose; back; danger=none; suicide=none; back; back; danger=violence; finish",
		want: `
danger [oic 0+5] <- danger=overdose
PAUSE emergency more 0 [c crisis-danger 1+0] <- back
danger (overdose) [c crisis-danger 1+0] <- danger=none
suicide [oi 1+4] <- suicide=none
functioning [oi 2+3] <- back
suicide (none) [oi 2+3] <- back
danger (none) [oi 2+3] <- danger=violence
PAUSE emergency more 0 [c crisis-danger 2+0] <- finish
end 2: 2 of 8 asked, 0 not assessed: danger=violence suicide=none`,
	},
	{
		name: "a changed answer hides what no longer matters, and it is there when it matters again",
		steps: "danger=none; suicide=none; functioning=impaired; total; phq=5; back; back; back; functioning=kept; crises=0; " +
			"back; back; functioning=impaired; forward; phq=2; forward; finish",
		want: `
danger [oic 0+5] <- danger=none
suicide [oi 1+4] <- suicide=none
functioning [oi 2+3] <- functioning=impaired
phq how (0) [oi 3+2] <- total
phq [oi 3+2] <- phq=5
PAUSE determined more 2 [i iop-impaired 4+2] <- back
phq (5) [i iop-impaired 4+2] <- back
phq how (2) [i iop-impaired 4+2] <- back
functioning (impaired) [i iop-impaired 4+2] <- functioning=kept
crises [oi 4+1] <- crises=0
PAUSE determined more 0 [o 5+0] <- back
crises (0) [o 5+0] <- back
functioning (kept) [o 5+0] <- functioning=impaired
phq how (2) [i iop-impaired 5+2] <- forward
phq (5) [i iop-impaired 5+2] <- phq=2
crises (0) [o 5+0] <- forward
PAUSE determined more 0 [o 5+0] <- finish
end 0: 5 of 8 asked, 0 not assessed: danger=none suicide=none functioning=impaired phq=2 crises=0`,
	},
	{
		name:  "back at the beginning and forward at the end stay where they are",
		steps: "back; forward; danger=none; suicide=plan; finish",
		want: `
danger [oic 0+5] <- back
danger [oic 0+5] <- forward
danger [oic 0+5] <- danger=none
suicide [oi 1+4] <- suicide=plan
PAUSE determined more 4 [i iop-plan 2+4] <- finish
end 0: 2 of 8 asked, 0 not assessed: danger=none suicide=plan`,
	},
	{
		name:  "a value outside of the question is refused",
		steps: "nonsense; danger=none; suicide=plan; finish",
		want: `
danger [oic 0+5] <- nonsense
danger !that is not one of the answers! [oic 0+5] <- danger=none
suicide [oi 1+4] <- suicide=plan
PAUSE determined more 4 [i iop-plan 2+4] <- finish
end 0: 2 of 8 asked, 0 not assessed: danger=none suicide=plan`,
	},
	{
		name:  "resumed: what is answered counts, what was not assessed is not asked again, an unfinished instrument is",
		start: "danger=none suicide=not_assessed functioning=impaired phq_1=1",
		steps: "back; forward; phq_2=0; back; back; back; back; back; suicide=none; forward; forward; forward; forward; crises=1; finish",
		want: `
phq_2 [oi 3+2] <- back
phq_1 (1) [oi 3+2] <- forward
phq_2 [oi 3+2] <- phq_2=0
crises [oi 4+1] <- back
phq_2 (0) [oi 4+1] <- back
phq_1 (1) [oi 4+1] <- back
phq how (1) [oi 4+1] <- back
functioning (impaired) [oi 4+1] <- back
suicide (not_assessed) [oi 4+1] <- suicide=none
functioning (impaired) [oi 4+1] <- forward
phq how (1) [oi 4+1] <- forward
phq_1 (1) [oi 4+1] <- forward
phq_2 (0) [oi 4+1] <- forward
crises [oi 4+1] <- crises=1
PAUSE determined more 0 [o 5+0] <- finish
end 0: 5 of 8 asked, 0 not assessed: danger=none suicide=none functioning=impaired phq_1=1 phq_2=0 crises=1`,
	},
	{
		name:  "another way of answering an instrument puts the first one aside, and brings it back",
		steps: "danger=none; suicide=none; functioning=impaired; items; phq_1=3; back; back; total; phq=2; back; back; items; forward; phq_2=2; finish",
		want: `
danger [oic 0+5] <- danger=none
suicide [oi 1+4] <- suicide=none
functioning [oi 2+3] <- functioning=impaired
phq how (0) [oi 3+2] <- items
phq_1 [oi 3+2] <- phq_1=3
phq_2 [oi 3+2] <- back
phq_1 (3) [oi 3+2] <- back
phq how (1) [oi 3+2] <- total
phq [oi 3+2] <- phq=2
crises [oi 4+1] <- back
phq (2) [oi 4+1] <- back
phq how (2) [oi 4+1] <- items
phq_1 (3) [oi 3+2] <- forward
phq_2 [oi 3+2] <- phq_2=2
PAUSE determined more 2 [i iop-impaired 4+2] <- finish
end 0: 4 of 8 asked, 0 not assessed: danger=none suicide=none functioning=impaired phq_1=3 phq_2=2`,
	},
	{
		name:  "a detail that changes the level goes on with what decides then, and offers the new level's details",
		steps: "danger=none; suicide=plan; on; functioning=kept; back; back; suicide=none; forward; crises=0; finish",
		want: `
danger [oic 0+5] <- danger=none
suicide [oi 1+4] <- suicide=plan
PAUSE determined more 4 [i iop-plan 2+4] <- on
functioning [i iop-plan 2+4] <- functioning=kept
crises [i iop-plan 3+3] <- back
functioning (kept) [i iop-plan 3+3] <- back
suicide (plan) [i iop-plan 3+3] <- suicide=none
functioning (kept) [oi 3+1] <- forward
crises [oi 3+1] <- crises=0
PAUSE determined more 0 [o 4+0] <- finish
end 0: 4 of 8 asked, 0 not assessed: danger=none suicide=none functioning=kept crises=0`,
	},
	{
		name:  "all: every question in the order of the interview, and the emergency still stops",
		all:   true,
		steps: "danger=none; suicide=plan; functioning=kept; not used; crises=0; transport=no; wants=coping,peers; unused=yes; finish",
		want: `
danger [oic 0+8] <- danger=none
suicide [oi 1+7] <- suicide=plan
functioning [i iop-plan 2+6] <- functioning=kept
phq how (0) [i iop-plan 3+5] <- not used
crises [i iop-plan 4+4] <- crises=0
transport [i iop-plan 5+3] <- transport=no
wants [i iop-plan 6+2] <- wants=coping,peers
unused [i iop-plan 7+1] <- unused=yes
PAUSE determined more 0 [i iop-plan 8+0] <- finish
end 0: 8 of 8 asked, 1 not assessed: danger=none suicide=plan functioning=kept phq=not_assessed crises=0 transport=no wants=coping;peers unused=yes`,
	},
}

func TestInterviews(t *testing.T) {
	for _, test := range interviews {
		t.Run(test.name, func(t *testing.T) {
			e := clinic(t)
			opts := Options{Order: engine.OrderPack, All: test.all, Start: start(t, e.Pack(), test.start)}
			s := &script{steps: strings.Split(test.steps, "; ")}
			o, err := Run(context.Background(), e, s, opts)
			got := s.log.String() + outcomeText(e.Pack(), o)
			if err != nil {
				t.Errorf("%v\n%s", err, s.log.String())
			}
			if diff := cmp.Diff(strings.TrimPrefix(test.want, "\n"), got); diff != "" {
				t.Errorf("the interview went differently (-want +got):\n%s", diff)
			}
		})
	}
}
