package engine

import (
	"errors"
	"fmt"

	"github.com/carelevel/carelevel/pkg/pack"
)

// maxLevels is how many levels fit into Decision.Possible.
const maxLevels = 64

// maxSpan keeps differences of values of one domain from overflowing.
const maxSpan = 1 << 60

// checkShape finds what would make the later stages read outside of the pack's
// slices. It is no second check of the pack: package pack does that.
func checkShape(p *pack.Pack) error {
	if len(p.Levels) == 0 || len(p.Levels) > maxLevels {
		return fmt.Errorf("pack %q: expected 1 to %d levels, got %d", p.ID, maxLevels, len(p.Levels))
	}
	for i := range p.Slots {
		s := &p.Slots[i]
		if s.Question == nil {
			return fmt.Errorf("slot %q belongs to no question", s.ID)
		}
		if s.Max < s.Min || s.Max > maxSpan || s.Min < -maxSpan {
			return fmt.Errorf("slot %q: expected a domain within ±2^60, got %d to %d", s.ID, s.Min, s.Max)
		}
	}
	for _, q := range p.Questions {
		if err := checkItems(p, q); err != nil {
			return err
		}
	}
	if err := checkScores(p); err != nil {
		return err
	}
	return checkCriteria(p)
}

// checkCriteria makes sure that a criterion's level and kind are those of the
// list that it is on, since the stages go by either.
func checkCriteria(p *pack.Pack) error {
	for _, l := range p.Levels {
		for kind, list := range [][]*pack.Criterion{l.Indications, l.Requirements, l.Supports, l.StepDown} {
			for _, c := range list {
				if c.Level == nil {
					return fmt.Errorf("criterion %q has no level", c.ID)
				}
				if c.Level != l || c.Kind != pack.CriterionKind(kind) {
					return fmt.Errorf("criterion %q: listed as %s of %q, but it is %s of %q", c.ID,
						withArticle(pack.CriterionKind(kind)), l.ID, withArticle(c.Kind), c.Level.ID)
				}
			}
		}
	}
	return nil
}

func withArticle(k pack.CriterionKind) string {
	if k == pack.Indication {
		return "an indication"
	}
	return "a " + k.String()
}

// checkItems makes sure that an instrument's items are the slots right after
// its own, which lets a total be summed over one stretch of the answers.
func checkItems(p *pack.Pack, q *pack.Question) error {
	if q.Slot < 0 || q.Slot+len(q.Items) >= len(p.Slots) {
		return fmt.Errorf("question %q has no slot", q.ID)
	}
	for i := range q.Items {
		if q.Items[i].Slot != q.Slot+1+i {
			return fmt.Errorf("item %q: expected slot %d, got %d", q.Items[i].ID, q.Slot+1+i, q.Items[i].Slot)
		}
	}
	for _, i := range q.Fill.Never {
		if i < 0 || i >= len(q.Items) {
			return fmt.Errorf("question %q never fills item %d, which it does not have", q.ID, i+1)
		}
	}
	return nil
}

func checkScores(p *pack.Pack) error {
	for i, s := range p.Scores {
		if s.Index != i {
			return fmt.Errorf("score %q: expected index %d, got %d", s.ID, i, s.Index)
		}
		for _, t := range s.Terms {
			if t.Slot < 0 || t.Slot >= len(p.Slots) {
				return fmt.Errorf("score %q sums a question that the pack does not have", s.ID)
			}
			slot := &p.Slots[t.Slot]
			if n := weightsWanted(slot); t.Weights != nil && len(t.Weights) != n {
				return fmt.Errorf("score %q: expected %d weights for %q, got %d", s.ID, n, slot.ID, len(t.Weights))
			}
		}
	}
	return nil
}

func weightsWanted(s *pack.Slot) int {
	if s.Question.Kind == pack.Multi {
		return len(s.Question.Options)
	}
	return int(min(s.Max-s.Min+1, 1<<20))
}

var errNoCondition = errors.New("a condition is missing")

func checkLeaf(p *pack.Pack, c pack.Condition) error {
	slot := 0
	switch c := c.(type) {
	case *pack.In:
		if c.Score != nil {
			if c.Score.Index < 0 || c.Score.Index >= len(p.Scores) || p.Scores[c.Score.Index] != c.Score {
				return fmt.Errorf("score %q is not one of the pack's", c.Score.ID)
			}
			return nil
		}
		slot = c.Slot
	case *pack.Includes:
		slot = c.Slot
	case *pack.Answered:
		slot = c.Slot
	}
	if slot < 0 || slot >= len(p.Slots) {
		return fmt.Errorf("a condition tests slot %d of %d", slot, len(p.Slots))
	}
	return nil
}
