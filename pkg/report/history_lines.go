package report

import (
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

func (b *historyBuilder) cameLine(i int) historyLine {
	label := "New"
	if i == 0 {
		label = "Reasons"
	}
	return b.criteria(label, markNone, b.came(i))
}

func (b *historyBuilder) wentLine(i int) historyLine { return b.criteria("Gone", markHolds, b.went(i)) }

// openLine is never left out: what is not known any more has not gone.
func (b *historyBuilder) openLine(i int) historyLine {
	return b.criteria("Unclear", markUnknown, b.lost(i))
}

// placementLine says who chose the level and when, why it is another one than
// was recommended, and what else was written down of the choice.
func (b *historyBuilder) placementLine(i int) historyLine {
	at := b.c.Assessments[i].Sheet.Placement
	if at == nil {
		return historyLine{}
	}
	l := told("Placed", markNone, clean(at.Date)+", by "+clean(at.By))
	for _, text := range []string{b.againstRecommended(at, b.then(i)), clean(at.Text)} {
		if text != "" {
			l.Flow = append(l.Flow, phrase{Text: line{Text: text}})
		}
	}
	return l
}

// againstRecommended holds a placement against the levels recommended then;
// nothing is said where it is as recommended.
func (b *historyBuilder) againstRecommended(at *pack.Placement, then []string) string {
	l := b.p.Level(at.Level)
	if l == nil {
		return clean(at.Level) + ", which these rules do not have"
	}
	if slices.Contains(then, l.ID) {
		if len(then) == 1 {
			return ""
		}
		return "Chosen while it was undetermined"
	}
	words := "Not as recommended"
	if first, last := b.p.Level(then[0]), b.p.Level(then[len(then)-1]); first != nil && last != nil {
		words = "More than recommended"
		if l.Index < first.Index {
			words = "Less than recommended"
		}
	}
	if label := reasonLabel(at.Reason); label != "" {
		words += ": " + inside(label)
	}
	return words
}

// recordLine says where the rules in use would have recommended something else
// than was recorded.
func (b *historyBuilder) recordLine(i int) historyLine {
	then, now := b.then(i), b.now(i)
	if slices.Equal(then, now) {
		return historyLine{}
	}
	return told("Rules", markAlert, "Recommended is as it was recorded then; by the rules in use it is "+inside(b.recommendedWords(now)))
}

func (b *historyBuilder) gapLine(i int) historyLine {
	if b.reviews[i] == nil || b.reviews[i].Gap == nil {
		return historyLine{}
	}
	g := b.reviews[i].Gap
	return told("Gap", markAlert, wholeDays(g.Days)+" since the last assessment"+gapWords(g))
}

// reviewLine says what a review of the assessment came to, by all that was
// known then.
func (b *historyBuilder) reviewLine(i int) historyLine {
	r := b.reviews[i]
	if r == nil {
		return historyLine{}
	}
	l := told("Review", markNone, b.verdictWords(r))
	if r.Verdict != review.Hold && r.Verdict != review.Undetermined {
		return l
	}
	not, unknown := r.Outstanding()
	for _, x := range []struct {
		words string
		of    []review.Readiness
	}{{"Not ready yet", not}, {"Readiness not known", unknown}} {
		var ids []string
		for _, one := range x.of {
			ids = append(ids, clean(one.Criterion.ID))
		}
		if len(ids) > 0 {
			l.Flow = append(l.Flow, phrase{Text: line{Text: x.words + ": " + strings.Join(ids, ", ")}})
		}
	}
	return l
}

func (b *historyBuilder) verdictWords(r *review.Review) string {
	to := ""
	if r.To != nil {
		to = inside(shortName(r.To))
	}
	switch r.Verdict {
	case review.StepUp:
		if len(r.Possible) > 1 {
			return "Step up, at least to " + to
		}
		return "Step up to " + to
	case review.StepDown:
		if len(r.Possible) > 1 {
			return "Step down, to " + to + " at most"
		}
		return "Step down to " + to
	case review.Continue:
		return "Continue in " + to
	case review.Hold:
		if not, _ := r.Outstanding(); len(not) == 0 {
			return "Stay in " + to + ": less is indicated, and it is not known whether the person is ready for it"
		}
		return "Stay in " + to + ": less is indicated, and the person is not ready for it"
	}
	return "Undetermined: " + (&reviewer{v: r, now: r.Present.Level}).outcomeWords()
}

// signsLine are the signs that argue for looking again sooner.
func (b *historyBuilder) signsLine(i int) historyLine {
	l := historyLine{Label: "Signs", Mark: markAlert}
	if b.reviews[i] == nil {
		return l
	}
	for _, s := range b.reviews[i].Seen() {
		l.Flow = append(l.Flow, phrase{Text: line{Text: clean(s.Sign.Because)}, ID: clean(s.Sign.ID)})
	}
	return l
}
