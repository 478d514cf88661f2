package ruletest

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// decided says which indications hold, and which still could where the level
// is open, each with the answers behind it.
func decided(r *engine.Recommendation) []string {
	var lines []string
	for _, f := range r.Indications {
		lines = append(lines, fmt.Sprintf("%s holds, for %s: %s", f.Criterion.ID, f.Criterion.Level.ID, answers(r.Pack, r.Answers, f.Slots)))
	}
	for _, f := range r.Open {
		lines = append(lines, fmt.Sprintf("%s is unknown, for %s: needs %s", f.Criterion.ID, f.Criterion.Level.ID, names(r.Pack, f.Slots)))
	}
	if len(lines) == 0 {
		lines = append(lines, "no indication holds, which leaves "+r.Pack.Levels[0].ID)
	}
	return lines
}

// decidedOver says from which level a review starts, and what stands in the
// way of less.
func decidedOver(r *review.Review) []string {
	p := r.Course.Reviewer.Engine().Pack()
	lines := []string{fmt.Sprintf("the person is at %s (%s), and the answers are for %s", r.Present.Level.ID, r.Present.Origin, levelSet(r.Possible))}
	for _, f := range r.Readiness {
		line := fmt.Sprintf("%s is %s", f.Criterion.ID, f.State)
		if len(f.Slots) > 0 {
			line += ": " + answers(p, r.Now.Sheet.Answers, f.Slots)
		}
		if f.Criterion.Course != nil {
			line += fmt.Sprintf("; what it says of earlier assessments is %s", f.Course)
		}
		lines = append(lines, line)
	}
	for _, s := range r.Seen() {
		lines = append(lines, s.Sign.ID+" is seen")
	}
	return lines
}

func answers(p *pack.Pack, a pack.Answers, slots []int) string {
	parts := make([]string, len(slots))
	for i, s := range slots {
		v := a[s]
		if q := p.Slots[s].Question; q.Kind == pack.Instrument && !v.Known() && !p.Slots[s].IsItem() {
			if total, _, known := q.Total(a); known {
				v = total
			}
		}
		if parts[i] = p.Slots[s].ID + " = " + p.FormatAnswer(s, v); !v.Known() {
			parts[i] = p.Slots[s].ID + " has no answer"
		}
	}
	return strings.Join(parts, ", ")
}

func names(p *pack.Pack, slots []int) string {
	parts := make([]string, len(slots))
	for i, s := range slots {
		parts[i] = p.Slots[s].ID
	}
	return strings.Join(parts, ", ")
}
