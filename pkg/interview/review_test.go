package interview

import (
	"context"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/google/go-cmp/cmp"
)

// clinicOverTime is the clinic with what only a review reads: readiness to
// leave the program, a sign for more care, and a question to be asked anew.
func clinicOverTime(t *testing.T) *engine.Engine {
	t.Helper()
	p := clinic(t).Pack()
	iop := p.Level("iop")
	p.Question("crises").AskAnew = true
	iop.StepDown = []*pack.Criterion{
		{ID: "ready-transport", Kind: pack.StepDown, Level: iop, When: from(p, "transport", 1), Because: "can get there",
			Course: &pack.EachCourse{Of: []pack.Course{&pack.Held{When: from(p, "functioning", 0), Times: 2}}}},
		{ID: "ready-no-plan", Kind: pack.StepDown, Level: iop, When: &pack.None{Of: []pack.Condition{from(p, "suicide", 1)}}, Because: "no thoughts"},
	}
	iop.StepUp = []*pack.Sign{{ID: "unused-sign", Level: iop, When: from(p, "unused", 1), Because: "odd",
		Course: &pack.Changed{Slot: slot(p, "crises"), Worse: true, By: 2, Since: pack.SinceLast}}}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

var reviews = []struct {
	name    string
	last    string // assignments
	present string
	steps   string // separated by semicolons
	want    string
}{
	{
		name: "confirmed and changed; what leaving the level waits for and the instrument of last time are asked", present: "iop",
		last:  "danger=none suicide=none functioning=impaired phq_1=3 phq_2=2 crises=1 transport=yes",
		steps: "danger=none; same; functioning=kept; crises=0; same; not used; same; on; unused=no; finish",
		want: `
danger {none, afresh} [oic 0+5] <- danger=none
suicide {none} [oi 1+4] <- same
functioning {impaired} [oi 2+3] <- functioning=kept
crises {1, afresh} [oi 3+1] <- crises=0
phq how (0) {5, afresh} [o 4+2] <- same
phq how (0) {5, afresh} !there is nothing to confirm: answer it afresh! [o 4+2] <- not used
transport {yes} [o 5+1] <- same
PAUSE determined more 1 [o 6+1] <- on
unused {} [o 6+1] <- unused=no
PAUSE determined more 0 [o 7+0] <- finish
end 0: 7 of 8 asked, 1 not assessed: danger=none suicide=none functioning=kept phq=not_assessed crises=0 transport=yes unused=no, 2 as last time`,
	},
	{
		name: "what has to be asked anew, was left open, or was not asked cannot be confirmed", present: "iop",
		last:  "danger=none suicide=not_assessed",
		steps: "same; danger=none; same; suicide=none; same; functioning=kept; same; crises=0; transport=no; finish",
		want: `
danger {none, afresh} [oic 0+5] <- same
danger {none, afresh} !there is nothing to confirm: answer it afresh! [oic 0+5] <- danger=none
suicide {not_assessed, afresh} [oi 1+4] <- same
suicide {not_assessed, afresh} !there is nothing to confirm: answer it afresh! [oi 1+4] <- suicide=none
functioning {} [oi 2+3] <- same
functioning {} !there is nothing to confirm: answer it afresh! [oi 2+3] <- functioning=kept
crises {} [oi 3+1] <- same
crises {} !there is nothing to confirm: answer it afresh! [oi 3+1] <- crises=0
transport {} [o 4+1] <- transport=no
PAUSE determined more 1 [o 5+1] <- finish
end 0: 5 of 8 asked, 0 not assessed: danger=none suicide=none functioning=kept crises=0 transport=no`,
	},
	{
		name: "as much care as now: readiness is not asked, and nothing that was not asked is taken over", present: "iop",
		last:  "danger=none suicide=plan functioning=impaired transport=yes wants=coping unused=yes",
		steps: "danger=none; same; finish",
		want: `
danger {none, afresh} [oic 0+5] <- danger=none
suicide {plan} [oi 1+4] <- same
PAUSE determined more 5 [i iop-plan 2+5] <- finish
end 0: 2 of 8 asked, 0 not assessed: danger=none suicide=plan, 1 as last time`,
	},
	{
		name: "a confirmed answer can be gone back to, and one that is changed then is no longer confirmed", present: "outpatient",
		last:  "danger=none suicide=plan",
		steps: "danger=none; same; back; suicide=none; functioning=kept; crises=0; finish",
		want: `
danger {none, afresh} [oic 0+5] <- danger=none
suicide {plan} [oi 1+4] <- same
PAUSE determined more 4 [i iop-plan 2+4] <- back
suicide (plan) {plan} [i iop-plan 2+4] <- suicide=none
functioning {} [oi 2+3] <- functioning=kept
crises {} [oi 3+1] <- crises=0
PAUSE determined more 0 [o 4+0] <- finish
end 0: 4 of 8 asked, 0 not assessed: danger=none suicide=none functioning=kept crises=0`,
	},
	{
		name: "an instrument is answered afresh, and every item shows last time's", present: "iop",
		last:  "phq_1=3 phq_2=2",
		steps: "danger=none; suicide=none; functioning=impaired; items; same; phq_1=0; phq_2=0; crises=0; transport=yes; finish",
		want: `
danger {} [oic 0+5] <- danger=none
suicide {} [oi 1+4] <- suicide=none
functioning {} [oi 2+3] <- functioning=impaired
phq how (0) {5, afresh} [oi 3+2] <- items
phq_1 {3, afresh} [oi 3+2] <- same
phq_1 {3, afresh} !there is nothing to confirm: answer it afresh! [oi 3+2] <- phq_1=0
phq_2 {2, afresh} [oi 3+1] <- phq_2=0
crises {} [oi 4+1] <- crises=0
transport {} [o 5+1] <- transport=yes
PAUSE determined more 1 [o 6+1] <- finish
end 0: 6 of 8 asked, 0 not assessed: danger=none suicide=none functioning=impaired phq_1=0 phq_2=0 crises=0 transport=yes`,
	},
	{
		name: "where the level stays open, readiness is asked after all that decides", present: "iop",
		last:  "danger=none",
		steps: "danger=none; suicide=not_assessed; functioning=kept; crises=0; transport=yes; finish",
		want: `
danger {none, afresh} [oic 0+5] <- danger=none
suicide {} [oi 1+4] <- suicide=not_assessed
functioning {} [oi 2+3] <- functioning=kept
crises {} [oi 3+1] <- crises=0
transport {} [oi 4+1] <- transport=yes
PAUSE undetermined more 1 [oi 5+0] <- finish
end 1: 5 of 8 asked, 1 not assessed: danger=none suicide=not_assessed functioning=kept crises=0 transport=yes`,
	},
}

func TestReviews(t *testing.T) {
	for _, test := range reviews {
		t.Run(test.name, func(t *testing.T) {
			e := clinicOverTime(t)
			p := e.Pack()
			opts := Options{Order: engine.OrderPack, Review: &Review{Last: start(t, p, test.last), Date: "2026-03-01", Present: p.Level(test.present)}}
			s := &script{steps: strings.Split(test.steps, "; ")}
			o, err := Run(context.Background(), e, s, opts)
			got := s.log.String() + outcomeText(p, o)
			if err != nil {
				t.Errorf("%v\n%s", err, s.log.String())
			}
			if diff := cmp.Diff(strings.TrimPrefix(test.want, "\n"), got); diff != "" {
				t.Errorf("the review went differently (-want +got):\n%s", diff)
			}
		})
	}
}

func TestLastAnswersMustFit(t *testing.T) {
	_, err := Run(context.Background(), clinic(t), &script{}, Options{Review: &Review{Last: make(pack.Answers, 3)}})
	if err == nil || err.Error() != "last answers to 3 questions and items, but the rules clinic have 10" {
		t.Errorf("got %v", err)
	}
}

// confirming confirms whatever it may, and leaves the rest open.
type confirming struct {
	truthful
	confirmed map[int]bool
}

func (c *confirming) Ask(_ context.Context, p Prompt) (Reply, error) {
	if p.Last.Confirm {
		c.confirmed[p.Slot] = true
		return Reply{Action: Confirm}, nil
	}
	return Reply{Value: pack.NotAssessed, Method: NotUsed}, nil
}

// TestOnlyTheConfirmedIsTakenOver: of random last answers only those that were
// confirmed, one by one, are among the new ones, and none of an instrument, of
// a question to be asked anew, or of one by which an emergency is seen.
func TestOnlyTheConfirmedIsTakenOver(t *testing.T) {
	taken, emergencies := 0, 0
	for seed := range uint64(200) {
		r := rand.New(rand.NewPCG(seed, 7))
		p := enginetest.Pack(r, enginetest.Size{Questions: 8})
		top := p.Levels[len(p.Levels)-1]
		top.Emergency = seed%2 == 0
		for _, q := range p.Questions {
			q.AskAnew = r.IntN(4) == 0
		}
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		last := enginetest.Answers(r, p, 90)
		c := &confirming{confirmed: map[int]bool{}}
		o, err := Run(context.Background(), e, c, Options{All: seed%3 == 0, Review: &Review{Last: last, Present: top}})
		if err != nil {
			t.Fatal(err)
		}
		for slot, v := range o.Answers {
			q := p.Slots[slot].Question
			switch {
			case !v.Known():
			case !c.confirmed[slot] || v != last[slot]:
				t.Fatalf("seed %d: %s is taken over", seed, p.Slots[slot].ID)
			case q.AskAnew || q.Kind == pack.Instrument:
				t.Fatalf("seed %d: %s was to be asked anew", seed, q.ID)
			case top.Emergency && slices.ContainsFunc(top.Indications, func(c *pack.Criterion) bool { return tests(c.When, slot) }):
				t.Fatalf("seed %d: %s, which an emergency is seen by, was to be asked anew", seed, q.ID)
			default:
				taken++
			}
		}
		if top.Emergency && len(top.Indications) > 0 {
			emergencies++
		}
	}
	if taken < 100 || emergencies < 20 {
		t.Errorf("too few tried: %d answers confirmed, %d emergencies", taken, emergencies)
	}
}

// tests reports whether a condition tests a slot by itself.
func tests(c pack.Condition, slot int) bool {
	is := false
	pack.Walk(c, func(c pack.Condition) bool {
		if in, ok := c.(*pack.In); ok && in.Score == nil && in.Slot == slot {
			is = true
		}
		return true
	})
	return is
}
