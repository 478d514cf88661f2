package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// states are what became of the indications at an assessment.
func (b *historyBuilder) states(i int) map[*pack.Criterion]engine.Truth {
	out := map[*pack.Criterion]engine.Truth{}
	for c := range b.p.Criteria() {
		if c.Kind == pack.Indication {
			out[c] = b.c.Holds(c.When, i)
		}
	}
	return out
}

// turned are the indications with a state now that had, or had not, held at the
// assessment before; those of the highest level first. At the first assessment
// none had.
func (b *historyBuilder) turned(i int, held bool, now engine.Truth) []*pack.Criterion {
	var out []*pack.Criterion
	states, before := b.states(i), map[*pack.Criterion]engine.Truth{}
	if i > 0 {
		before = b.states(i - 1)
	}
	for _, l := range slices.Backward(b.p.Levels) {
		for _, c := range l.Indications {
			if states[c] == now && (before[c] == engine.True) == held {
				out = append(out, c)
			}
		}
	}
	return out
}

func (b *historyBuilder) came(i int) []*pack.Criterion { return b.turned(i, false, engine.True) }
func (b *historyBuilder) went(i int) []*pack.Criterion { return b.turned(i, true, engine.False) }
func (b *historyBuilder) lost(i int) []*pack.Criterion { return b.turned(i, true, engine.Unknown) }

// shownCriteria is how many reasons a line has in words at most.
const shownCriteria = 4

// criteria are reasons in words, as long as they are of the highest level among
// them, and the rest by ids.
func (b *historyBuilder) criteria(label string, m mark, all []*pack.Criterion) historyLine {
	l := historyLine{Label: label, Mark: m}
	for i, c := range all {
		if i == shownCriteria || c.Level != all[0].Level {
			var ids []string
			for _, c := range all[i:] {
				ids = append(ids, clean(c.ID))
			}
			l.Flow = append(l.Flow, phrase{Text: line{Text: fmt.Sprintf("And %d more: %s", len(ids), strings.Join(ids, ", "))}})
			break
		}
		l.Flow = append(l.Flow, phrase{Text: line{Text: clean(c.Because)}, ID: clean(c.ID)})
	}
	return l
}

// Together makes one of warnings that say the same of several assessments, as
// those about older rules do. Its name is the first few of their names.
func Together(all []review.Problem) []review.Problem {
	const few = 5
	var out []review.Problem
	names := map[review.Problem][]string{}
	for _, w := range all {
		same := review.Problem{Message: w.Message, Hint: w.Hint}
		if len(names[same]) == 0 {
			out = append(out, same)
		}
		names[same] = append(names[same], w.Name)
	}
	for i, w := range out {
		these := names[w]
		if more := len(these) - few; more > 1 {
			these = append(slices.Clone(these[:few]), fmt.Sprintf("%d more", more))
		}
		out[i].Name = joined(these, "and")
	}
	return out
}
