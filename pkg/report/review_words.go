package report

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// reviewHeadline is the verdict in words to act on, and what to do.
func (b *reviewer) reviewHeadline() {
	d := &b.doc
	d.Ladder = b.reviewLadder()
	d.About = []string{clean(b.p.Title), "review"}
	if b.in.ID != "" {
		d.About = append(d.About, "assessment "+clean(b.in.ID))
	}
	if b.in.Date != "" {
		d.About = append(d.About, clean(b.in.Date))
	}
	d.Outcome = determined
	switch to := b.v.To; b.v.Verdict {
	case review.StepUp:
		d.Label, d.Name = "Step up now", levelName(to)
		if b.r.Level == nil {
			d.Name = "at least " + levelName(to)
		}
	case review.Continue:
		d.Label, d.Name = "Continue", levelName(to)
	case review.StepDown:
		d.Label, d.Name = "Ready to step down", levelName(to)
	case review.Hold:
		d.Label, d.Name = "Stay in "+shortName(to), "not yet ready to step down"
	default:
		d.Outcome, d.Label, d.Name = undetermined, "Undetermined", b.outcomeWords()
	}
	if l := b.r.Level; l != nil && l.Emergency {
		d.Outcome, d.Label, d.Name, d.Lead = emergency, "Emergency", levelName(l), b.action(l)
	}
	d.Lead = append(d.Lead, b.verdictWords()...)
	if b.v.Bounds {
		d.Lead = append(d.Lead, line{Text: tooLarge})
	}
	add(&d.Core, "action", "What to do", part{Lines: b.whatToDo()})
	if b.r.Level == nil {
		add(&d.Core, "deciding", "What else can decide", b.deciding())
	}
}

// reviewLadder marks where the verdict leads, and where the person is.
func (b *reviewer) reviewLadder() []rung {
	var out []rung
	for _, l := range b.p.Levels {
		r := rung{Name: capital(shortName(l)), State: rungOther}
		switch {
		case l == b.v.To && (b.r.Level != nil || b.v.Verdict != review.StepUp && b.v.Verdict != review.StepDown):
			r.State = rungRecommended
		case b.r.Level == nil && b.isPossible(l):
			r.State = rungPossible
		}
		if l == b.now {
			r.Name += " (now)"
		}
		out = append(out, r)
	}
	return out
}

// outcomeWords are what an open review can come to. To continue and to hold are
// both to stay.
func (b *reviewer) outcomeWords() string {
	var words []string
	for i, o := range b.v.Outcomes {
		switch o {
		case review.StepUp:
			words = append(words, "step up to "+joined(b.possibleWhere(func(l *pack.Level) bool { return l.Index > b.now.Index }), "or"))
		case review.StepDown:
			words = append(words, "step down to "+joined(b.possibleWhere(func(l *pack.Level) bool { return l.Index < b.now.Index }), "or"))
		case review.Hold:
			if i == 0 || b.v.Outcomes[i-1] != review.Continue {
				words = append(words, "stay in "+shortName(b.now)+" as not yet ready to step down")
			}
		case review.Continue:
			words = append(words, "stay in "+shortName(b.now))
		}
	}
	return strings.Join(words, ", or ")
}

func (b *reviewer) possibleWhere(want func(*pack.Level) bool) []string {
	var names []string
	for _, l := range b.v.Possible {
		if want(l) {
			names = append(names, inside(shortName(l)))
		}
	}
	return names
}

// called names what the answers call for.
func (b *reviewer) called() string {
	var names []string
	for _, l := range b.v.Possible {
		names = append(names, inside(shortName(l)))
	}
	return joined(names, "or")
}

// verdictWords are the verdict's reason in a sentence or two.
func (b *reviewer) verdictWords() []line {
	var out []line
	say := func(format string, args ...any) { out = append(out, line{Text: fmt.Sprintf(format, args...)}) }
	now := shortName(b.now)
	switch not, unknown := b.v.Outstanding(); b.v.Verdict {
	case review.StepUp:
		say("The answers call for more than the person has now (%s): %s.", now, b.called())
	case review.Continue:
		say("The answers call for the level at which the person is.")
	case review.StepDown:
		if len(b.v.Readiness) == 0 {
			say("The answers call for less than the person has now (%s). The rules name nothing that leaving it would need.", now)
		} else {
			say("The answers call for less than the person has now (%s), and nothing that leaving it needs is outstanding.", now)
		}
	case review.Hold:
		say("The answers call for %s, but %s.", b.called(), outstandingWords(now, len(not), len(unknown)))
	default:
		say("This is not a verdict yet: missing answers leave it open. Until that is settled, do not step down.")
	}
	if b.r.Level == nil && b.r.Next != nil {
		say("Ask next: %s", clean(b.r.Next.Ask))
	}
	for _, l := range b.v.Possible {
		if l.Emergency && b.r.Level == nil {
			say("An emergency (%s) is not ruled out: settle that before anything else.", shortName(l))
		}
	}
	if n := len(b.v.Seen()); n > 0 && b.v.Verdict != review.StepUp {
		say("%s for more care is seen: look again early.", count(n, "sign"))
		if n > 1 {
			out[len(out)-1].Text = count(n, "sign") + " for more care are seen: look again early."
		}
	}
	return out
}

// outstandingWords count what leaving a level lacks.
func outstandingWords(level string, not, unknown int) string {
	is := func(n int) string {
		if n == 1 {
			return "1 thing that leaving " + level + " needs is "
		}
		return fmt.Sprintf("%d things that leaving %s needs are ", n, level)
	}
	switch {
	case unknown == 0:
		return is(not) + "not there yet"
	case not == 0:
		return is(unknown) + "not known"
	case unknown == 1:
		return is(not) + "not there yet, and 1 is not known"
	}
	return is(not) + fmt.Sprintf("not there yet, and %d are not known", unknown)
}

// whatToDo is what follows from the verdict.
func (b *reviewer) whatToDo() []line {
	stay := "Stay in " + shortName(b.now)
	if b.isEmergency() {
		return nil // it stands above everything else
	}
	switch b.v.Verdict {
	case review.StepUp, review.StepDown:
		return b.action(b.v.To)
	case review.Continue:
		return []line{{Text: sentence(stay + b.untilReview())}}
	case review.Hold:
		return []line{{Text: sentence(stay + b.untilReview())}, {Text: b.workOn()}}
	}
	return []line{{Text: "Answer what is open and review again; until then the person stays at least in " + sentence(shortName(b.now))}}
}

// workOn says what to do about what is outstanding.
func (b *reviewer) workOn() string {
	switch not, unknown := b.v.Outstanding(); {
	case len(unknown) == 0:
		return "Work on what is outstanding."
	case len(not) == 0:
		return "Find out what is not known: with those answers it may be time to step down."
	}
	return "Work on what is outstanding, and find out what is not known."
}

func (b *reviewer) untilReview() string {
	if n := b.v.Next; n != nil {
		return ", and review it by " + review.Date(n.Day)
	}
	return ""
}

// reviewGlance is the review in a few facts.
func (b *reviewer) reviewGlance() {
	b.fact("Now", b.presentWords())
	b.fact("Since last time", b.sinceWords())
	b.fact("Scores", b.scoreWords())
	b.fact("Answers", b.answeredWords())
	if b.r.Level != nil && !b.isEmergency() {
		b.fact("Requirements", b.requirementCounts(b.r.Level))
	}
	b.fact("Look at", b.noteCounts())
	b.fact("Next review", b.nextWords())
	b.fact("Due", b.dueGlance())
}

func (b *reviewer) presentWords() string {
	words := capital(shortName(b.now))
	if s := b.v.Stay; s.Known {
		words += ", since " + review.Date(s.Began) + " (" + wholeDays(s.Days) + b.usualWords() + ")"
	}
	return words
}

// usualWords hold the days at this level against its usual stay.
func (b *reviewer) usualWords() string {
	s := b.v.Stay
	if s.Usual.IsZero() {
		return ""
	}
	usual := days(s.Usual)
	switch n := float64(s.Days); {
	case n > s.Usual.To:
		return "; longer than the usual stay of " + usual
	case n < s.Usual.From:
		return "; shorter than the usual stay of " + usual
	}
	return "; within the usual stay of " + usual
}

// sinceWords are how long it has been and what has changed, in numbers.
func (b *reviewer) sinceWords() string {
	words := wholeDays(b.v.Now.Day - b.v.Before.Day)
	if g := b.v.Gap; g != nil {
		words += fmt.Sprintf(", %s later than %s asks for", wholeDays(g.Over), shortName(g.Level))
	}
	var n [5]int
	for _, c := range b.v.Changed {
		if !b.p.Slots[c.Slot].IsItem() {
			n[c.Way]++
		}
	}
	changed := counted([]int{n[review.Better], n[review.Worse], n[review.Other], n[review.New], n[review.Gone]},
		[]string{"better", "worse", "different", "new", "without an answer now"})
	if changed == "" {
		return words + "; no answer has changed"
	}
	return words + "; answers: " + changed
}
