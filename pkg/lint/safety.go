package lint

import (
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// safety looks at the questions of the first section on which the indications
// of the highest level depend. Such a question is safe if, whatever the other
// answers are, some answer to it alone leads to the highest level: then an
// interview that stops when the level is settled can never stop below that
// level without having asked it, and leaving it open always leaves the level
// open. Where other answers rule the highest level out first, it can be
// skipped. This is proved over all combinations of answers.
//
// A question of the first section that no indication of the highest level
// tests is none of these, and neither is the answer to an item that another
// item covers.
func (l *linter) safety() {
	if len(l.pack.Sections) == 0 || len(l.pack.Levels) < 2 {
		return
	}
	top := l.pack.Levels[len(l.pack.Levels)-1]
	var conditions []pack.Condition
	for _, c := range top.Indications {
		conditions = append(conditions, c.When)
	}
	if len(conditions) == 0 {
		return
	}
	const what = "whether safety questions can be skipped"
	s, err := space.New(l.pack, space.Options{Conditions: conditions, Nodes: l.budget})
	if err != nil {
		l.tooLarge(what, err)
		return
	}
	var nodes []space.Node
	for _, c := range conditions {
		nodes = append(nodes, s.Condition(c))
	}
	reached := s.Or(nodes...)
	for _, q := range s.Deciding(reached) {
		if q.Section != l.pack.Sections[0] {
			continue
		}
		if others, skips := skippable(s, reached, q); skips {
			l.warn(SafetySkippable, aboutQuestion(q), "let an answer to it lead to "+top.ID+" by itself, or say under allow why it need not",
				"%q can stay unasked: %s rules %s out without it", q.ID, l.words(others), top.ID)
		}
		if s.Err() != nil {
			break
		}
	}
	if s.Err() != nil {
		l.tooLarge(what, s.Err())
	}
}

// skippable returns answers to other questions under which no answer to q leads
// to where f holds.
func skippable(s *space.Space, f space.Node, q *pack.Question) (others pack.Answers, skips bool) {
	var own []int
	for i, v := range s.Variables() {
		if v.Question == q {
			own = append(own, i)
		}
	}
	best := s.Most(f, own...)
	point, found := s.Example(s.Not(best), 1<<1)
	if s.Err() != nil || !found {
		return nil, false
	}
	return s.Answers(point, s.Support(best)...), true // and no answers that do not matter
}

// words are some answers in a sentence.
func (l *linter) words(a pack.Answers) string {
	var said []string
	for slot, v := range a {
		if v.Known() {
			said = append(said, l.pack.Slots[slot].ID+": "+l.pack.FormatAnswer(slot, v))
		}
	}
	if len(said) > 3 {
		said = append(said[:3], "…")
	}
	return strings.Join(said, ", ")
}
