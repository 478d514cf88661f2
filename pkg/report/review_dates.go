package report

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// dates are how long the person has been where they are, and what comes when.
func (b *reviewer) dates() {
	var p part
	tell := func(label, text string, sources []*pack.Source) {
		if text != "" {
			p.Facts = append(p.Facts, fact{Label: label, Value: b.line(sentence(text), sources)})
		}
	}
	tell("Level now", capital(shortName(b.now))+b.takenFrom(), nil)
	tell("At this level", b.stayWords(), nil)
	tell("Last assessment", review.Date(b.v.Before.Day)+", "+wholeDays(b.v.Now.Day-b.v.Before.Day)+" before this one"+gapWords(b.v.Gap), nil)
	tell("Next review", b.nextWords(), nil)
	for _, d := range b.v.Due {
		tell("Due", clause(clean(d.Due.Text))+": "+b.dueWords(d), d.Due.Sources)
	}
	add(b.body(), "dates", "Dates", p)
}

func (b *reviewer) stayWords() string {
	s := b.v.Stay
	if !s.Known {
		return "since when is not known: the earlier assessments do not say when it began"
	}
	words := "since " + review.Date(s.Began) + ", " + wholeDays(s.Days) + b.usualWords()
	if s.Open {
		words += "; after an assessment in between nothing says where the person was, and it is counted through"
	}
	return words
}

// gapWords go on after the days since the assessment before: by how much the
// present one is late. Nothing is said where it is not.
func gapWords(g *review.Gap) string {
	if g == nil {
		return ""
	}
	return fmt.Sprintf("; %s asks for a review after %s at the latest, so this one is %s late", inside(shortName(g.Level)), wholeDays(g.Latest), wholeDays(g.Over))
}

func (b *reviewer) nextWords() string {
	n := b.v.Next
	if n == nil || b.isEmergency() {
		return ""
	}
	words := "by " + review.Date(n.Day) + " (after " + wholeDays(n.Days) + " in " + shortName(n.Level)
	switch {
	case b.v.Verdict == review.Undetermined:
		return "as soon as the open questions are answered, and " + words + ")"
	case !n.Early:
		return words + ")"
	case len(b.v.Seen()) > 0:
		return words + "; early, since there is a sign for more care)"
	case b.v.Verdict == review.Hold:
		return words + "; early, since something is outstanding)"
	}
	return words + "; early, since it is open where to)"
}

// dueWords are when something was due and is due next.
func (b *reviewer) dueWords(d review.DueDate) string {
	if !d.Known {
		return "every " + strings.TrimPrefix(wholeDays(d.Due.Every), "1 ") + "; when is not known, since it is not known when " + shortName(d.Level) + " began"
	}
	var out []string
	switch {
	case d.Came == 1:
		out = append(out, "fell due on "+review.Date(d.Last)+", since the last assessment: see that it was done")
	case d.Came > 1:
		out = append(out, fmt.Sprintf("fell due %d times since the last assessment, at last on %s: see that it was done", d.Came, review.Date(d.Last)))
	}
	switch {
	case d.Ends:
		out = append(out, "not any more once "+shortName(d.Level)+" ends")
	default:
		out = append(out, "next by "+review.Date(d.Next)+", counted from "+review.Date(d.Began))
	}
	return strings.Join(out, "; ")
}

// dueGlance is the earliest date that is due.
func (b *reviewer) dueGlance() string {
	if b.isEmergency() {
		return ""
	}
	var out []string
	for _, d := range b.v.Due {
		switch {
		case !d.Known || d.Ends && d.Came == 0:
		case d.Came > 0:
			out = append(out, clause(clean(d.Due.Text))+": fell due on "+review.Date(d.Last))
		default:
			out = append(out, clause(clean(d.Due.Text))+": by "+review.Date(d.Next))
		}
	}
	return capital(strings.Join(out, "; "))
}

// record is what does not go together in what is known of the person's care.
func (b *reviewer) record() {
	var p part
	look := func(text string, basis []fact) {
		if text != "" {
			p.Items = append(p.Items, item{Mark: markAlert, Text: line{Text: text}, Basis: basis})
		}
	}
	look(b.hereWords(), b.hereBasis())
	look(b.givenWords(), nil)
	for _, w := range b.v.Course.Warnings {
		look(b.warningWords(w), nil)
	}
	add(b.body(), "record", "To look at in the record", p)
}

// hereWords are that the answers say another level than the one at which the
// review takes the person to be.
func (b *reviewer) hereWords() string {
	here := b.v.Here
	if !here.Otherwise {
		return ""
	}
	words := "This review takes the person to be in " + shortName(b.now) + b.takenFrom() + ". Find out which is right: the answers "
	if len(here.Levels) > 0 {
		return words + "say " + inside(joined(shortNames(here.Levels), "and")) + "."
	}
	return words + "do not say so."
}

// hereBasis are the answers that say where the person is.
func (b *reviewer) hereBasis() []fact {
	var says []pack.Condition
	for _, l := range append([]*pack.Level{b.now}, b.v.Here.Levels...) {
		if l.Here != nil {
			says = append(says, l.Here)
		}
	}
	slots := make([]bool, len(b.p.Slots))
	readings, _ := engine.Read(b.p, b.r.Answers, says...)
	for _, r := range readings {
		include(slots, r.Slots)
	}
	return b.behind(slotsOf(slots))
}

// givenWords are that another level was given than the record says.
func (b *reviewer) givenWords() string {
	if b.v.Present.Otherwise == nil {
		return ""
	}
	return fmt.Sprintf("This review takes the person to be in %s, as was said when it was made; the record says %s.", shortName(b.now), shortName(b.v.Present.Otherwise))
}

// warningWords are a warning of the course as a sentence.
func (b *reviewer) warningWords(w review.Problem) string {
	words := clean(w.Message)
	if name := fileName(w.Name); name != "" {
		words = name + ": " + words
	}
	if w.Hint != "" {
		words += "; " + clean(w.Hint)
	}
	return sentence(words)
}
