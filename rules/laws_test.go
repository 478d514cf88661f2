package rules_test

import (
	"math/bits"
	"math/rand/v2"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/rules"
)

// Laws that hold for every combination of answers are sampled here: quick, and
// with a second, naive reading of the conditions of the guarantees.
const samples = 20_000

// each compiles every shipped pack and runs a law on random complete answers.
func each(t *testing.T, law func(*testing.T, *sampler)) {
	for _, name := range rules.Names() {
		t.Run(name, func(t *testing.T) {
			p := load(t, name)
			e, err := engine.Compile(p)
			if err != nil {
				t.Fatal(err)
			}
			s := &sampler{p: p, e: e, rand: rand.New(rand.NewPCG(1, 2))}
			for range samples {
				s.draw()
				if law(t, s); t.Failed() {
					return
				}
			}
		})
	}
}

func TestWorseAnswersNeverLowerTheLevel(t *testing.T) {
	each(t, func(t *testing.T, s *sampler) {
		before := s.level(s.answers)
		for slot := range s.p.Slots {
			v, ok := s.worse(slot)
			if !ok {
				continue
			}
			was := s.answers[slot]
			s.answers[slot] = v
			if after := s.level(s.answers); after < before {
				t.Errorf("%s from %s to %s: the level falls from %s to %s", s.p.Slots[slot].ID,
					s.p.FormatAnswer(slot, was), s.p.FormatAnswer(slot, v), s.p.Levels[before].ID, s.p.Levels[after].ID)
			}
			s.answers[slot] = was
		}
	})
}

func TestLeavingOutAnswersNeverLosesTheLevel(t *testing.T) {
	each(t, func(t *testing.T, s *sampler) {
		full := s.level(s.answers)
		left := append(pack.Answers(nil), s.answers...)
		for slot := range left {
			if s.rand.IntN(3) == 0 {
				left[slot] = pack.Missing
			}
		}
		s.e.Decide(left, &s.d)
		if s.d.Possible&(1<<full) == 0 {
			t.Errorf("the level %s is lost when answers are left out:\n%s", s.p.Levels[full].ID, s.p.EncodeAnswers(left))
		}
	})
}

func TestGuaranteesHold(t *testing.T) {
	each(t, func(t *testing.T, s *sampler) {
		level := s.level(s.answers)
		for _, g := range s.p.Guarantees {
			if !s.holds(g.Whenever) {
				continue
			}
			if g.AtLeast != nil && level < g.AtLeast.Index || g.AtMost != nil && level > g.AtMost.Index {
				t.Errorf("%s is broken by %s:\n%s", g.ID, s.p.Levels[level].ID, s.p.EncodeAnswers(s.answers))
			}
		}
	})
}

func TestEveryLevelAndGuaranteeIsReached(t *testing.T) {
	levels, guarantees := map[string]int{}, map[string]int{}
	each(t, func(t *testing.T, s *sampler) {
		levels[s.p.ID+" "+s.p.Levels[s.level(s.answers)].ID]++
		for _, g := range s.p.Guarantees {
			if s.holds(g.Whenever) {
				guarantees[s.p.ID+" "+g.ID]++
			}
		}
	})
	for _, name := range rules.Names() {
		p := load(t, name)
		for _, l := range p.Levels {
			if levels[name+" "+l.ID] == 0 {
				t.Errorf("no sample reaches %s %s", name, l.ID)
			}
		}
		for _, g := range p.Guarantees {
			if guarantees[name+" "+g.ID] == 0 {
				t.Errorf("no sample meets the condition of %s %s", name, g.ID)
			}
		}
	}
}

// The questions that move nobody's level in the default pack, on purpose:
// questionnaires check a rating, and barriers, wishes and documents are shown
// beside the level.
func TestWhatNeverMovesTheLevel(t *testing.T) {
	still := map[string]bool{}
	for _, id := range []string{"phq9", "gad7", "lethal_means", "concerns", "outpatient_tried", "home",
		"can_take_part", "willing", "practical", "wants", "documented", "in_place"} {
		still[id] = true
	}
	p := load(t, "mental-health")
	for c := range p.Criteria() {
		if c.Kind != pack.Indication {
			continue
		}
		pack.Walk(c.When, func(c pack.Condition) bool {
			switch c := c.(type) {
			case *pack.In:
				if q := p.Slots[c.Slot].Question; c.Score != nil || still[q.ID] {
					t.Errorf("%s decides", q.ID)
				}
			case *pack.Includes:
				if q := p.Slots[c.Slot].Question; still[q.ID] {
					t.Errorf("%s decides", q.ID)
				}
			}
			return true
		})
	}
}

// sampler draws complete answers. Most draws are mostly good answers, since
// any one bad answer hides what the others do.
type sampler struct {
	p       *pack.Pack
	e       *engine.Engine
	d       engine.Decision
	rand    *rand.Rand
	answers pack.Answers
}

func (s *sampler) level(a pack.Answers) int {
	s.e.Decide(a, &s.d)
	return s.d.Min
}

func (s *sampler) draw() {
	s.answers = s.p.NewAnswers()
	bad := []float64{0, 0.02, 0.05, 0.2, 0.5}[s.rand.IntN(5)]
	for slot, at := range s.p.Slots {
		q := at.Question
		if q.Kind == pack.Instrument && at.IsItem() != (len(q.Items) > 0) {
			continue // items where there are any, or the total
		}
		s.answers[slot] = s.drawOne(slot, bad)
	}
}

func (s *sampler) drawOne(slot int, bad float64) pack.Value {
	at := s.p.Slots[slot]
	any := at.Min + pack.Value(s.rand.Int64N(int64(at.Max-at.Min)+1))
	best, directed := s.best(slot)
	switch {
	case !directed || s.rand.Float64() < bad:
		return any
	case at.Question.Kind == pack.Scale && s.rand.Float64() < 0.3:
		return best + 1 // nearly as good
	}
	return best
}

func (s *sampler) best(slot int) (best pack.Value, directed bool) {
	at := s.p.Slots[slot]
	switch at.Question.Worse {
	case pack.WorseHigher:
		return at.Min, true
	case pack.WorseLower:
		return at.Max, true
	}
	return 0, false
}

// worse returns an answer that is worse than the one drawn, by one step.
func (s *sampler) worse(slot int) (pack.Value, bool) {
	at, v := s.p.Slots[slot], s.answers[slot]
	if !v.Known() {
		return 0, false
	}
	switch q := at.Question; {
	case q.Kind == pack.Multi && q.Worse == pack.WorseHigher:
		rest := uint64(at.Max &^ v)
		if rest == 0 {
			return 0, false
		}
		for range s.rand.IntN(bits.OnesCount64(rest)) {
			rest &= rest - 1
		}
		return v | pack.Value(rest&-rest), true
	case q.Worse == pack.WorseHigher:
		return v + 1, v < at.Max
	case q.Worse == pack.WorseLower:
		return v - 1, v > at.Min
	}
	return 0, false
}

// holds reads a condition over complete answers, in the plainest way.
func (s *sampler) holds(c pack.Condition) bool {
	switch c := c.(type) {
	case *pack.All:
		return s.count(c.Of) == len(c.Of)
	case *pack.Any:
		return s.count(c.Of) > 0
	case *pack.None:
		return s.count(c.Of) == 0
	case *pack.AtLeast:
		return s.count(c.Of) >= c.Count
	case *pack.Ref:
		return s.holds(c.To.When)
	case *pack.Includes:
		v := s.answers[c.Slot] & c.Mask
		return v == c.Mask || !c.All && v != 0
	case *pack.In:
		v := s.value(c.Slot)
		for _, r := range c.Ranges {
			if r.From <= v && v <= r.To {
				return true
			}
		}
		return false
	}
	panic("a guarantee over something else than answers")
}

func (s *sampler) count(cs []pack.Condition) int {
	n := 0
	for _, c := range cs {
		if s.holds(c) {
			n++
		}
	}
	return n
}

func (s *sampler) value(slot int) pack.Value {
	if at := s.p.Slots[slot]; at.Question.Kind == pack.Instrument && !at.IsItem() {
		total, _, _ := at.Question.Total(s.answers)
		return total
	}
	return s.answers[slot]
}
