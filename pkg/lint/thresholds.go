package lint

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// thresholds looks for numbers whose origin nobody can look up: bands,
// milestones and other marks of an instrument that cites nothing, and tests of
// a number, a total or a score in criteria and signs all of whose sources are
// a title and nothing else: no address, no date, no note.
func (l *linter) thresholds() {
	for _, q := range l.pack.Questions {
		if marks := marksOf(q); len(marks) > 0 && len(q.Sources) == 0 {
			l.warn(ThresholdUnsourced, aboutQuestion(q), "add sources to the question", "%q has %s, and no source says where they come from", q.ID, strings.Join(marks, " and "))
		}
	}
	for c := range l.pack.Criteria() {
		l.threshold(aboutCriterion(c), c.When, c.Sources)
	}
	for _, level := range l.pack.Levels {
		for _, s := range level.StepUp {
			l.threshold(aboutSign(s), s.When, s.Sources)
		}
	}
}

func marksOf(q *pack.Question) (marks []string) {
	if len(q.Bands) > 0 {
		marks = append(marks, "bands")
	}
	if len(q.Milestones) > 0 {
		marks = append(marks, "milestones")
	}
	if q.ReliableChange > 0 || q.Remission > 0 {
		marks = append(marks, "marks of change")
	}
	return marks
}

// threshold looks at one condition and what it stands on.
func (l *linter) threshold(on thing, when pack.Condition, sources []*pack.Source) {
	if len(sources) == 0 {
		return // an error of its own
	}
	for _, s := range sources {
		if s.URL != "" || s.Date != "" || s.Note != "" {
			return
		}
	}
	asked(when, true, func(c pack.Condition, _ bool) {
		in, ok := c.(*pack.In)
		if !ok || on.id == "" || !l.isNumber(in) {
			return
		}
		l.warn(ThresholdUnsourced, on, fmt.Sprintf("add a url, a date or a note to a source, such as %s", sources[0].ID),
			"%s is a threshold, and its sources give no more than a title", l.pack.Describe(in))
		on.id = "" // once is enough
	})
}

// isNumber reports whether a test is about something that is counted.
func (l *linter) isNumber(in *pack.In) bool {
	if in.Score != nil {
		return true
	}
	kind := l.pack.Slots[in.Slot].Question.Kind
	return kind == pack.Number || kind == pack.Instrument
}

// directions looks at how indications test what has an order: a number that is
// said to have no direction and is tested for more, or for less; and scales of
// which they test the best end alone, as if the options stood the wrong way
// round.
func (l *linter) directions() {
	ends := make(map[*pack.Question]*tested)
	for c := range l.pack.Criteria() {
		if c.Kind != pack.Indication {
			continue
		}
		asked(c.When, true, func(test pack.Condition, upright bool) {
			in, ok := test.(*pack.In)
			if !ok || in.Score != nil {
				return
			}
			slot := l.pack.Slots[in.Slot]
			q, best, worst := slot.Question, holdsFor(in, slot.Min) == upright, holdsFor(in, slot.Max) == upright
			if ends[q] == nil {
				ends[q] = &tested{}
			}
			ends[q].note(c, best, worst, len(in.Ranges) == 1)
		})
	}
	for _, q := range l.pack.Questions {
		t := ends[q]
		switch {
		case t == nil:
		case q.Kind == pack.Number && q.Worse == pack.WorseNeither && t.oneEnd != nil:
			l.warn(DirectionMissing, aboutQuestion(q), "say which way is worse: verify proves that a worse answer never gives less only for what has a direction",
				"indication %q asks whether %s is more, or less, than a number, and the question says that it has no direction", t.oneEnd.ID, q.Noun())
		case q.Kind == pack.Scale && t.best != nil && !t.other:
			l.warn(OptionsReversed, aboutQuestion(q), "write the options from best to worst, or turn the tests round",
				"the indications that test %s hold for its best option, %q, and not for its worst, %q", q.Noun(), q.Options[0].ID, q.Options[len(q.Options)-1].ID)
		}
	}
}

// tested is how indications test one question.
type tested struct {
	oneEnd *pack.Criterion // the first that tests for more, or for less
	best   *pack.Criterion // the first that holds for the best answer and not for the worst
	other  bool            // one holds otherwise
}

func (t *tested) note(c *pack.Criterion, best, worst, oneRange bool) {
	if best != worst && oneRange && t.oneEnd == nil {
		t.oneEnd = c
	}
	if best && !worst {
		if t.best == nil {
			t.best = c
		}
	} else {
		t.other = true
	}
}

func holdsFor(in *pack.In, v pack.Value) bool {
	for _, r := range in.Ranges {
		if r.From <= v && v <= r.To {
			return true
		}
	}
	return false
}
