package report

import (
	"fmt"
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
	return told("Gap", markAlert, fmt.Sprintf("%s after the last assessment; %s asks for one after %s at the latest",
		dayCount(g.Days), inside(capital(shortName(g.Level))), dayCount(g.Latest)))
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
		to = inside(capital(shortName(r.To)))
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
		return "Continue at " + to
	case review.Hold:
		return "Stay at " + to + ": less is indicated, and the person is not ready for it"
	}
	var words []string
	for _, o := range r.Outcomes {
		words = append(words, strings.ReplaceAll(o.String(), "_", " "))
	}
	return "Undetermined: " + joined(words, "or")
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
		words = append(words, fmt.Sprintf("after %s it was to be below %d", count(m.Milestone.Weeks, "week"), m.Milestone.Below))
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
		words += ", within chance"
	}
	return words
}

// manyLevels is from how many levels on only those are drawn that occur, and
// those between.
const manyLevels = 8

func (b *historyBuilder) chart() *chart {
	c := &chart{}
	var all []*series
	for n, m := range b.measures {
		s := &series{Name: capital(clean(m.Question.Noun())), Nth: n, Min: int(m.Question.Min), Max: int(m.Question.Max)}
		for _, band := range m.Question.Bands {
			s.Bands = append(s.Bands, scoreBand{inside(clean(band.Label)), int(band.From), int(band.To)})
		}
		for i := range b.c.Assessments {
			pt := pointAt(m, i)
			if pt == nil {
				s.Points = append(s.Points, point{})
				continue
			}
			s.Points = append(s.Points, point{int(pt.Total), true})
		}
		all = append(all, s)
	}
	c.Panels = inPanels(all)
	for i := range b.c.Assessments {
		c.Dates, c.Days = append(c.Dates, b.date(i)), append(c.Days, b.days(0, i))
	}
	c.FirstDay = b.c.Assessments[0].Day
	b.stays(c)
	return c
}

// began is the day on which the level of an assessment began.
func (b *historyBuilder) began(i int) int {
	a := b.c.Assessments[i]
	if a.Origin == review.OriginPlaced {
		if day, ok := review.Day(a.Sheet.Placement.Date); ok {
			return day
		}
	}
	return a.Day
}

// stays are the levels of the course, as positions among those drawn. One that
// begins after the last assessment is drawn from that on.
func (b *historyBuilder) stays(c *chart) {
	low, high := len(b.p.Levels)-1, 0
	for i, a := range b.c.Assessments {
		s := stay{Level: -1, From: b.days(0, i)}
		if a.Level != nil {
			s.Level, s.From = a.Level.Index, min(b.began(i)-b.c.Assessments[0].Day, b.days(0, len(b.c.Assessments)-1))
		}
		for _, id := range b.then(i) {
			if l := b.p.Level(id); l != nil {
				s.Recommended = append(s.Recommended, l.Index)
			}
		}
		for _, at := range append(slices.Clone(s.Recommended), s.Level) {
			if at >= 0 {
				low, high = min(low, at), max(high, at)
			}
		}
		c.Stays = append(c.Stays, s)
	}
	if len(b.p.Levels) < manyLevels || low > high {
		low, high = 0, len(b.p.Levels)-1
	}
	for _, l := range b.p.Levels[low : high+1] {
		c.Levels = append(c.Levels, capital(shortName(l)))
	}
	for i := range c.Stays {
		if c.Stays[i].Level >= 0 {
			c.Stays[i].Level -= low
		}
		for n := range c.Stays[i].Recommended {
			c.Stays[i].Recommended[n] -= low
		}
	}
}
