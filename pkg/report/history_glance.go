package report

import (
	"fmt"

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
		words = capital(shortName(a.Level)) + ", since " + review.Date(b.began(from))
		if a.Origin != review.OriginPlaced {
			words += ", as recommended; no placement is recorded"
		}
	}
	switch then, a := b.then(last), b.c.Assessments[last]; {
	case len(then) > 1:
		words += "; " + inside(b.recommendedWords(then))
	case a.Level == nil || then[0] != a.Level.ID:
		words += "; recommended: " + inside(b.recommendedWords(then))
	}
	b.fact("Level now", words)
	for _, m := range b.measures {
		words := measureWords(m)
		if m.Behind {
			words += fmt.Sprintf("; by week %d it is expected to be below %d", m.Milestone.Weeks, m.Milestone.Below)
		}
		b.fact(capital(clean(m.Question.Noun())), words)
	}
}

func (b *historyBuilder) fact(label, text string) {
	b.doc.Glance = append(b.doc.Glance, fact{Label: label, Value: line{Text: text}})
}
