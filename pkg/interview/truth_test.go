package interview

import (
	"context"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
)

// truthful answers every question from a full set of answers, goes back now
// and then, and finishes at the first pause.
type truthful struct {
	r     *rand.Rand
	truth pack.Answers
	asked int
}

func (p *truthful) Ask(_ context.Context, q Prompt) (Reply, error) {
	p.asked++
	switch n := p.r.IntN(8); {
	case n == 0 && q.CanBack:
		return Reply{Action: Back}, nil
	case n == 1 && q.CanForward:
		return Reply{Action: Forward}, nil
	}
	v := p.truth[q.Slot]
	if !v.Known() {
		v = pack.NotAssessed
	}
	return Reply{Value: v, Method: p.method(q.Question)}, nil
}

func (p *truthful) method(q *pack.Question) Method {
	if p.truth[q.Slot].Known() {
		return ByTotal
	}
	for _, it := range q.Items {
		if p.truth[it.Slot].Known() {
			return ByItems
		}
	}
	return NotUsed
}

func (p *truthful) Pause(context.Context, Pause) (PauseReply, error) { return PauseReply{}, nil }

func (p *truthful) Leave(context.Context, Leave) (LeaveReply, error) { return LeaveReply{}, nil }

// What is left out must not matter: the interview ends with what all answers
// together would have given, and every answer in it is one that was given.
func TestSkippedQuestionsCannotChangeTheResult(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 1))
		p := enginetest.Pack(r, enginetest.Size{Questions: 8})
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		truth := oneMethod(p, enginetest.Answers(r, p, 85))
		full := e.Recommend(truth)
		o, err := Run(context.Background(), e, &truthful{r: r, truth: truth}, Options{Order: engine.Order(seed % 3)})
		if err != nil {
			t.Fatal(err)
		}
		checkTruth(t, seed, truth, o)
		if got := e.Recommend(o.Answers); !slices.Equal(got.Possible, full.Possible) {
			t.Errorf("seed %d: %d levels are possible after the interview, %d with all answers", seed, len(got.Possible), len(full.Possible))
		}
		if full.Level != nil && o.End == EndUndetermined {
			t.Errorf("seed %d: undetermined, though all answers give %s", seed, full.Level.ID)
		}
	}
}

// oneMethod leaves out the items beside a total: an interview takes the one or
// the other.
func oneMethod(p *pack.Pack, a pack.Answers) pack.Answers {
	for i, s := range p.Slots {
		if s.IsItem() && a[s.Question.Slot].Known() {
			a[i] = pack.Missing
		}
	}
	return a
}

func checkTruth(t *testing.T, seed uint64, truth pack.Answers, o Outcome) {
	t.Helper()
	for i, v := range o.Answers {
		if v.Known() && v != truth[i] {
			t.Errorf("seed %d: slot %d holds %d, which was never answered", seed, i, v)
		}
	}
}
