package report

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// builder turns a recommendation into a document, citing sources by number in
// the order in which they first come up.
type builder struct {
	in  Input
	r   *engine.Recommendation
	p   *pack.Pack
	why reasons
	doc document

	plan *plan  // nil where there is none
	far  []part // changes that lead past the next level, for the details

	shared []*pack.Service // of all levels that are compared

	cited   map[*pack.Source]int
	sources []*pack.Source
}

func build(in Input) *document {
	b := newBuilder(in)
	b.plan = newPlan(in)
	b.headline()
	b.placement()
	b.glance()
	b.whySections()
	b.openSections()
	b.planSection()
	b.levelSections()
	b.checkSections()
	b.answerSection()
	b.limits()
	b.close()
	return &b.doc
}

func newBuilder(in Input) *builder {
	return &builder{in: in, r: in.Recommendation, p: in.Recommendation.Pack, why: reasonsOf(in.Explanation), cited: map[*pack.Source]int{}}
}

func (b *builder) headline() {
	d := &b.doc
	for _, l := range b.p.Levels {
		d.Ladder = append(d.Ladder, rung{capital(shortName(l)), b.rungState(l)})
	}
	d.About = []string{clean(b.p.Title)}
	if b.in.ID != "" {
		d.About = append(d.About, "assessment "+clean(b.in.ID))
	}
	if b.in.Date != "" {
		d.About = append(d.About, clean(b.in.Date))
	}
	switch l := b.r.Level; {
	case l == nil:
		b.undetermined()
	case l.Emergency:
		d.Outcome, d.Label, d.Name = emergency, "Emergency", levelName(l)
		d.Lead = b.action(l)
	default:
		d.Outcome, d.Label, d.Name = determined, "Recommendation", levelName(l)
		add(&d.Core, "action", "What to do", part{Lines: b.action(l)})
	}
}

func (b *builder) rungState(l *pack.Level) rungState {
	switch {
	case l == b.r.Level:
		return rungRecommended
	case b.r.Level == nil && b.isPossible(l):
		return rungPossible
	}
	return rungOther
}

func (b *builder) isPossible(l *pack.Level) bool {
	for _, m := range b.r.Possible {
		if m == l {
			return true
		}
	}
	return false
}

// isEmergency reports whether there is no time to read: what is not needed at
// once is then left out.
func (b *builder) isEmergency() bool { return b.doc.Outcome == emergency }

// action is what to do at a level, in the pack's words.
func (b *builder) action(l *pack.Level) []line {
	out := paragraphs(l.Action)
	if len(out) == 0 {
		out = paragraphs(l.Summary)
	}
	if l.Referral && !l.Emergency {
		out = append(out, line{Text: "This is a referral: the level is provided elsewhere, and the plan is agreed with its team."})
	}
	return out
}

// undetermined says between which levels it is open and how to settle it. It
// names every level, so that none looks recommended.
func (b *builder) undetermined() {
	d := &b.doc
	d.Outcome, d.Label = undetermined, "Undetermined"
	d.Name = capital(joined(shortNames(b.r.Possible), "or"))
	d.Lead = append(d.Lead, line{Text: "This is not a recommendation yet. " + decideWords(len(b.r.Deciding))})
	if b.r.Next != nil {
		d.Lead = append(d.Lead, line{Text: "Ask next: " + clean(b.r.Next.Ask)})
	}
	if b.r.Bounds {
		d.Lead = append(d.Lead, line{Text: tooLarge})
	}
	for _, l := range b.r.Possible {
		if l.Emergency {
			d.Lead = append(d.Lead, line{Text: "An emergency (" + shortName(l) + ") is not ruled out: settle that before anything else."})
		}
	}
	if low := b.r.Possible[0]; low.Index > 0 {
		d.Lead = append(d.Lead, line{Text: fmt.Sprintf("Whatever the missing answers are, less than %s is ruled out.", shortName(low))})
	}
	add(&d.Core, "deciding", "What else can decide", b.deciding())
}

// tooLarge is said where package space gave up.
const tooLarge = "Too many combinations are open to look at each of them: a level or a question may be named here that cannot come up. None is left out."

func decideWords(n int) string {
	if n == 1 {
		return "1 unanswered question decides."
	}
	return fmt.Sprintf("%d unanswered questions can decide.", n)
}

// deciding are the questions on which the level still depends, beside the one
// to ask next. A few are shown as they are asked, and many by their names.
func (b *builder) deciding() part {
	const few = 5
	var p part
	for _, q := range b.r.Deciding {
		switch {
		case q == b.r.Next:
		case len(b.r.Deciding) <= few:
			p.Items = append(p.Items, item{Mark: markUnknown, Text: line{Text: clean(q.Ask)}, ID: clean(q.ID)})
		default:
			p.Flow = append(p.Flow, phrase{Text: line{Text: b.slotName(q.Slot)}})
		}
	}
	return p
}

// glance is the state of the assessment in a few facts.
func (b *builder) glance() {
	b.fact("Answers", b.answeredWords())
	b.fact("Scores", strings.Join(b.instruments(), "; "))
	if b.r.Level != nil {
		b.fact("Requirements", b.requirementCounts(b.r.Level))
	}
	b.fact("Look at", b.noteCounts())
	b.noPlan()
}

func (b *builder) fact(label, text string) {
	if text != "" {
		b.doc.Glance = append(b.doc.Glance, fact{Label: label, Value: line{Text: text}})
	}
}

// unanswered counts the questions without an answer; an instrument has one if
// it has a total.
func (b *builder) unanswered() int {
	n := 0
	for _, q := range b.p.Questions {
		if !answered(q, b.r.Answers) {
			n++
		}
	}
	return n
}

func answered(q *pack.Question, a pack.Answers) bool {
	if q.Kind == pack.Instrument {
		_, _, known := q.Total(a)
		return known
	}
	return a[q.Slot].Known()
}

func (b *builder) answeredWords() string {
	all, open, decide := len(b.p.Questions), b.unanswered(), len(b.r.Deciding)
	words := fmt.Sprintf("%d of %s answered", all-open, count(all, "question"))
	other := fmt.Sprintf("the other %d", open)
	if open == 1 {
		other = "the other one"
	}
	switch {
	case open == 0:
		return words
	case decide == 0:
		return words + "; " + other + " cannot change the level"
	case decide >= open:
		return words + "; " + other + " can decide"
	}
	return words + fmt.Sprintf("; %d of %s can decide", decide, other)
}

func (b *builder) requirementCounts(l *pack.Level) string {
	var n [3]int
	for _, f := range b.r.Requirements {
		if f.Criterion.Level == l {
			n[f.State]++
		}
	}
	return counted([]int{n[engine.True], n[engine.False], n[engine.Unknown]}, []string{"met", "not met", "unknown"})
}

func (b *builder) noteCounts() string {
	var n [3]int
	for _, m := range b.r.Notes {
		n[m.Note.Kind]++
	}
	var out []string
	for _, k := range noteOrder {
		if n[k] > 0 {
			out = append(out, count(n[k], k.String()))
		}
	}
	return strings.Join(out, ", ")
}

func counted(n []int, words []string) string {
	var out []string
	for i, w := range words {
		if n[i] > 0 {
			out = append(out, fmt.Sprintf("%d %s", n[i], w))
		}
	}
	return strings.Join(out, ", ")
}

func reviewWords(l *pack.Level, date string) string {
	if l.Care.ReviewDays.IsZero() {
		return ""
	}
	after := "after " + days(l.Care.ReviewDays)
	if when := reviewOf(l, date).String(); when != "" {
		return when + " (" + after + ")"
	}
	return after
}
