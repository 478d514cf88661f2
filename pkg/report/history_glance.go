package report

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/review"
)

// glance says where the course stands.
func (b *historyBuilder) glance() {
	last := len(b.c.Assessments) - 1
	words := b.doc.Rows[last].Cells[3]
	if a := b.c.Assessments[last]; a.Level != nil {
		from := last
		for from > 0 && b.c.Assessments[from-1].Level == a.Level {
			from--
		}
		words += ", since " + review.Date(b.began(from))
	}
	switch then, a := b.then(last), b.c.Assessments[last]; {
	case len(then) > 1:
		words += "; " + inside(b.recommendedWords(then))
	case a.Level == nil || then[0] != a.Level.ID:
		words += "; recommended: " + inside(b.recommendedWords(then))
	}
	b.fact("Level now", words)
	for _, m := range b.measures {
		b.fact(capital(clean(m.Question.Noun())), b.measureWords(m))
	}
}

func (b *historyBuilder) fact(label, text string) {
	b.doc.Glance = append(b.doc.Glance, fact{Label: label, Value: line{Text: text}})
}

// measureWords say where an instrument stands against the first time and the
// last.
func (b *historyBuilder) measureWords(m review.Measure) string {
	if m.Now == nil {
		last := m.Points[len(m.Points)-1]
		return fmt.Sprintf("none at the last assessment; %d on %s", last.Total, review.Date(last.Assessment.Day))
	}
	words := []string{b.scoreWords(m, m.Now.Assessment.Index)}
	if m.SinceFirst != nil {
		words = append(words, shiftWords(m, m.SinceFirst))
	}
	if m.SinceLast != nil && m.SinceLast.From.Assessment != m.SinceFirst.From.Assessment {
		words = append(words, shiftWords(m, m.SinceLast))
	}
	if m.Response {
		words = append(words, "at least half of it is gone (response)")
	}
	if m.Remission {
		words = append(words, fmt.Sprintf("below %d (remission)", m.Question.Remission))
	}
	if m.Behind {
		words = append(words, fmt.Sprintf("expected to be below %d after %s", m.Milestone.Below, count(m.Milestone.Weeks, "week")))
	}
	return strings.Join(words, "; ")
}

func shiftWords(m review.Measure, s *review.Shift) string {
	since := " since " + review.Date(s.From.Assessment.Day)
	if s.By == 0 {
		return "the same as on " + review.Date(s.From.Assessment.Day)
	}
	by := s.By
	if by < 0 {
		by = -by
	}
	words := count(int(by), "point")
	switch s.Way {
	case review.Better, review.Worse:
		words += " " + s.Way.String()
	default:
		words += map[bool]string{true: " more", false: " less"}[s.By > 0]
	}
	words += since
	switch {
	case s.Reliable:
		words += ", a reliable change"
	case m.Question.ReliableChange > 0:
		words += ", no reliable change"
	}
	return words
}
