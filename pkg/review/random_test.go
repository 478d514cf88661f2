package review_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// has reports of a text whether some other text stands in it.
func has(what string) func(string) bool {
	return func(s string) bool { return strings.Contains(s, what) }
}

// packOverTime is a random pack with everything that rules can say over time.
func packOverTime(r *rand.Rand) *pack.Pack {
	p := enginetest.Pack(r, enginetest.Size{Questions: 4, Small: true})
	for _, q := range p.Questions {
		switch q.Kind {
		case pack.Choice:
			q.Worse = pack.WorseNeither
		case pack.Number, pack.YesNo, pack.Multi:
			q.Worse = pack.Worse(r.IntN(3))
		case pack.Instrument:
			q.ReliableChange, q.Remission = r.IntN(3), r.IntN(3)
			for weeks := 1; weeks < 8 && r.IntN(3) > 0; weeks += 1 + r.IntN(3) {
				q.Milestones = append(q.Milestones, pack.Milestone{Weeks: weeks, Below: 1 + pack.Value(r.IntN(3))})
			}
		}
	}
	conditions := deciding(p)
	for _, l := range p.Levels {
		for _, c := range l.StepDown {
			if r.IntN(2) == 0 {
				c.Course = statement(r, p, conditions, 2)
			}
		}
		for i := range r.IntN(3) {
			s := &pack.Sign{ID: fmt.Sprintf("%s-sign-%d", l.ID, i), Level: l}
			if r.IntN(2) == 0 {
				s.When = conditions[r.IntN(len(conditions))]
			}
			if s.When == nil || r.IntN(2) == 0 {
				s.Course = statement(r, p, conditions, 2)
			}
			l.StepUp = append(l.StepUp, s)
		}
		if r.IntN(2) == 0 {
			l.Here = conditions[r.IntN(len(conditions))]
		}
		for i := range r.IntN(3) {
			l.Due = append(l.Due, pack.Due{Text: fmt.Sprintf("%s-due-%d", l.ID, i), First: r.IntN(20), Every: 1 + r.IntN(20)})
		}
		if r.IntN(4) > 0 {
			from := 1 + r.IntN(20)
			l.Care.ReviewDays = pack.Range{From: float64(from), To: float64(from + r.IntN(20))}
		}
	}
	return p
}

// deciding are conditions without Answered, which is none for statements over
// time.
func deciding(p *pack.Pack) []pack.Condition {
	all := []pack.Condition{&pack.In{Slot: 0, Ranges: []pack.Interval{{From: p.Slots[0].Min, To: p.Slots[0].Min}}}}
	for c := range p.Criteria() {
		answered := false
		pack.Walk(c.When, func(c pack.Condition) bool {
			_, is := c.(*pack.Answered)
			answered = answered || is
			return true
		})
		if !answered {
			all = append(all, c.When)
		}
	}
	return all
}

func statement(r *rand.Rand, p *pack.Pack, conditions []pack.Condition, depth int) pack.Course {
	when := conditions[r.IntN(len(conditions))]
	switch kind := r.IntN(6); {
	case kind < 2 && depth > 0:
		each := &pack.EachCourse{Joint: pack.Joint(r.IntN(3))}
		for range 1 + r.IntN(3) {
			each.Of = append(each.Of, statement(r, p, conditions, depth-1))
		}
		return each
	case kind < 4:
		if r.IntN(2) == 0 {
			return &pack.Held{When: when, Times: 2 + r.IntN(3)}
		}
		return &pack.Seen{When: when, WithinDays: 1 + r.IntN(30)}
	}
	if slot := directed(r, p); slot >= 0 {
		c := &pack.Changed{Slot: slot, Worse: r.IntN(2) == 0, Since: pack.Since(r.IntN(4)), WithinDays: 1 + r.IntN(30)}
		if r.IntN(2) == 0 {
			c.By = 1 + pack.Value(r.IntN(2))
		} else {
			c.Percent = 1 + r.IntN(100)
		}
		return c
	}
	return &pack.Held{When: when, Times: 2}
}

// directed returns a slot that can get worse by so much, or -1.
func directed(r *rand.Rand, p *pack.Pack) int {
	slots := r.Perm(len(p.Slots))
	i := slices.IndexFunc(slots, func(i int) bool {
		s := p.Slots[i]
		return s.IsItem() || s.Question.Kind == pack.Scale || s.Question.Kind == pack.Instrument || s.Question.Kind == pack.Number && s.Question.Worse != pack.WorseNeither
	})
	if i < 0 {
		return -1
	}
	return slots[i]
}

// course is a random one, in which much stays as it is from one time to the
// next.
func course(r *rand.Rand, p *pack.Pack) []review.Entry {
	percent := []int{30, 70, 90, 100}[r.IntN(4)]
	a, day := enginetest.Answers(r, p, percent), 20000
	var out []review.Entry
	for i := range 2 + r.IntN(4) {
		if i > 0 {
			a = next(r, p, a, percent)
		}
		s := pack.Sheet{ID: "one", Date: review.Date(day), Answers: a, Pack: p.Identity()}
		gap := 1 + r.IntN(30)
		switch level := levelOrNone(r, p, 60); {
		case level != nil:
			s.Placement = &pack.Placement{Level: level.ID, Date: review.Date(day + r.IntN(gap+1))}
		case r.IntN(3) == 0:
			s.Recommended = &pack.Recommended{Levels: []string{p.Levels[r.IntN(len(p.Levels))].ID}}
		case r.IntN(5) == 0:
			s.Recommended = &pack.Recommended{Levels: []string{p.Levels[0].ID, "another"}}
		}
		out = append(out, review.Entry{Name: fmt.Sprint(i), Sheet: s})
		day += gap
	}
	return out
}

func next(r *rand.Rand, p *pack.Pack, a pack.Answers, percent int) pack.Answers {
	b, other := slices.Clone(a), enginetest.Answers(r, p, percent)
	for _, q := range p.Questions {
		if r.IntN(2) == 0 {
			for _, slot := range q.Slots() {
				b[slot] = other[slot]
			}
		}
	}
	return b
}

func levelOrNone(r *rand.Rand, p *pack.Pack, percent int) *pack.Level {
	if r.IntN(100) >= percent {
		return nil
	}
	return p.Levels[r.IntN(len(p.Levels))]
}
