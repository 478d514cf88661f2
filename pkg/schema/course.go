package schema

import "github.com/carelevel/carelevel/pkg/pack"

// course is a statement about several assessments of one person.
func (l *language) course() object {
	return l.ref("course", func() object {
		return one(mapping("Statement over time", "A statement about several assessments of one person: a mapping with one key. To ask for two things, put both into all.",
			may("all", list(l.course(), 1), "All of these hold."),
			may("any", list(l.course(), 1), "At least one of these holds."),
			may("none", list(l.course(), 1), "Not one of these holds."),
			may("held", mapping("held", "A condition that held several times in a row.",
				need("when", l.deciding(), "The condition."),
				need("times", whole(2, maxTimes), "At each of the last so many assessments, this one included: 2 to 20.")),
				"The condition held at each of the last so many assessments."),
			may("seen", mapping("seen", "A condition that held lately.",
				need("when", l.deciding(), "The condition."),
				need("within_days", whole(1, maxDays), "At one of the assessments of the last so many days, this one included.")),
				"The condition held at one of the assessments of the last so many days."),
			may("changed", l.changed(), "The answer is so much better or worse than at an earlier assessment."),
		))
	})
}

// changed has one key that says how much and one that says since when, which is
// three keys with the question.
func (l *language) changed() object {
	amount := obj("type", []string{"number", "string"}, "exclusiveMinimum", 0, "maximum", maxNumber, "pattern", "^"+decimalForm(3)+"$",
		"patternErrorMessage", "A number above 0 is expected here.")
	percent := whole(1, 100)
	return mapping("changed", "A change against an earlier assessment: the question, one key that says how much, and one that says since when.",
		need("question", l.slotID("directed-id", "question with a direction", isDirected), "A scale, an instrument or item, or a number that is worse higher or lower."),
		may("worse_by", amount, "Worse by at least so much: points of an instrument or item, steps of a scale, the units of a number."),
		may("better_by", amount, "Better by at least so much: points of an instrument or item, steps of a scale, the units of a number."),
		may("worse_by_percent", percent, "Worse by at least so much of the earlier answer, 1 to 100."),
		may("better_by_percent", percent, "Better by at least so much of the earlier answer, 1 to 100."),
		may("since", words("first", "The first assessment in which the question was answered.", "last", "The one right before this one.",
			"level", "The one with which the present level of care began."), "Against which earlier assessment."),
		may("within_days", whole(1, maxDays), "Against any assessment of the last so many days."),
	).with("allOf", []any{
		obj("maxProperties", 3), // not beside the keys; see one
		oneKey("worse_by", "better_by", "worse_by_percent", "better_by_percent"),
		oneKey("since", "within_days"),
	})
}

// oneKey wants one of these keys.
func oneKey(names ...string) object {
	var all []any
	for _, name := range names {
		all = append(all, obj("required", []string{name}))
	}
	return obj("anyOf", all)
}

func isAny(*pack.Slot) bool { return true }

// isDirected reports whether an answer can get worse by so much.
func isDirected(s *pack.Slot) bool {
	switch q := s.Question; {
	case s.IsItem() || q.Kind == pack.Scale || q.Kind == pack.Instrument:
		return true
	default:
		return q.Kind == pack.Number && q.Worse != pack.WorseNeither
	}
}
