package report

import (
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// outstanding is what leaving the present level needs: what is not there, what
// is not known, and what is there. It is what one reads where less may be
// called for, and else something to look up.
func (b *reviewer) outstanding() {
	if b.isEmergency() {
		return
	}
	not, unknown := b.v.Outstanding()
	open := part{}
	for _, f := range not {
		open.Items = append(open.Items, b.notReady(f))
	}
	for _, f := range unknown {
		open.Items = append(open.Items, b.notKnown(f))
	}
	met := part{Head: "There already"}
	for _, f := range b.v.Readiness {
		if f.Ready() {
			met.Flow = append(met.Flow, b.clause(f.Criterion))
		}
	}
	shown := part{Head: "Not shown by the earlier assessments, which does not stand in the way"}
	for _, f := range b.v.Readiness {
		if f.Ready() && f.Course == engine.Unknown {
			shown.Flow = append(shown.Flow, b.notShown(f.Criterion.Course)...)
		}
	}
	to := &b.doc.Details
	if slices.Contains(b.v.Outcomes, review.Hold) || slices.Contains(b.v.Outcomes, review.StepDown) {
		to = &b.doc.Core
	}
	title := "What leaving " + shortName(b.now) + " needs"
	if b.v.Verdict == review.Hold {
		title = "What is outstanding before leaving " + shortName(b.now)
	}
	add(to, "readiness", title, open, met, shown)
}

// notShown are the statements about the assessments that earlier ones do not
// tell.
func (b *reviewer) notShown(c pack.Course) []phrase {
	var out []phrase
	for _, t := range b.v.Trace(c) {
		if t.State == engine.Unknown {
			out = append(out, phrase{Text: line{Text: clean(b.p.DescribeCourse(t.Statement))}})
		}
	}
	return out
}

// notReady is a criterion that is known not to hold, by the answers or by the
// earlier assessments.
func (b *reviewer) notReady(f review.Readiness) item {
	it := b.readyItem(f.Criterion)
	it.Mark, it.Word = markFails, "Not yet"
	if f.State != engine.Unknown {
		it.Basis = b.behind(f.Slots)
	}
	if f.Course == engine.False {
		it.Then = b.overTime(f.Criterion.Course)
	}
	return it
}

// notKnown is a criterion for which answers are missing.
func (b *reviewer) notKnown(f review.Readiness) item {
	it := b.readyItem(f.Criterion)
	it.Mark, it.Word = markUnknown, "Not known"
	if f.State == engine.Unknown {
		it.Wants = b.waiting(f.Slots)
	}
	if f.CourseOpen {
		it.Then = b.overTime(f.Criterion.Course)
	}
	return it
}

func (b *reviewer) readyItem(c *pack.Criterion) item {
	return item{Text: b.line(sentence(requirementText(b.p, c)), c.Sources), ID: clean(c.ID)}
}

// overTime is what the assessments say to the statements that one about them
// comes down to, each assessment for itself.
func (b *reviewer) overTime(c pack.Course) []fact {
	var out []fact
	for _, t := range b.v.Trace(c) {
		var looks []string
		for _, l := range t.Looks {
			looks = append(looks, review.Date(l.Assessment.Day)+": "+b.lookWord(t.Statement, l))
		}
		text := clean(b.p.DescribeCourse(t.Statement)) + ": " + courseWord(t.State)
		if len(looks) > 0 {
			text += " (" + strings.Join(looks, "; ") + ")"
		}
		out = append(out, fact{Label: "Over time", Value: line{Text: sentence(text)}})
	}
	return out
}

func courseWord(t engine.Truth) string {
	return [...]string{engine.False: "no", engine.Unknown: "not known", engine.True: "yes"}[t]
}

// lookWord is what one assessment says; of a change it is the answer then.
func (b *reviewer) lookWord(s pack.Course, l review.Look) string {
	if c, ok := s.(*pack.Changed); ok {
		if !l.Value.Known() {
			return "no answer"
		}
		return b.answerWords(c.Slot, l.Value)
	}
	return courseWord(l.State)
}

// signs are what argues for more care, and what it is not known of.
func (b *reviewer) signs() {
	var seen part
	open := part{Head: "Not known"}
	waits := make([]bool, len(b.p.Slots))
	for _, s := range b.v.Signs {
		switch s.State {
		case engine.True:
			it := item{Mark: markAlert, Word: "Seen", Text: b.line(sentence(s.Sign.Because), s.Sign.Sources), ID: clean(s.Sign.ID), Basis: b.behind(s.Slots)}
			it.Then = b.overTime(s.Sign.Course)
			seen.Items = append(seen.Items, it)
		case engine.Unknown:
			if s.When == engine.Unknown {
				open.Flow = append(open.Flow, phrase{Text: b.line(clause(clean(s.Sign.Because)), s.Sign.Sources)})
				include(waits, s.Slots)
			}
		}
	}
	open.Waits = b.waiting(slotsOf(waits))
	add(b.body(), "signs", "Signs for more care", seen, open)
}
