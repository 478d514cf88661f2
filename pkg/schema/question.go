package schema

// question is one question; the keys that it takes hang on its kind.
func (l *language) question() object {
	return l.ref("question", func() object {
		kind := words(
			"yes_no", "Yes or no.",
			"scale", "One answer of several, ordered from best to worst.",
			"choice", "One answer of several, without order.",
			"multi", "Any number of answers; that none applies is built in.",
			"number", "A number with bounds and a unit.",
			"instrument", "A scored questionnaire: its items, or its total.",
		).described("What answers the question takes.")
		var properties object
		for _, k := range l.common(kind) {
			properties = append(properties, member{k.name, k.of.described(k.doc)})
		}
		var each []any
		for _, of := range []struct {
			kind string
			keys func() []key
			more object
		}{
			{"yes_no", l.yesNo, nil},
			{"scale", l.scale, nil},
			{"choice", l.choice, nil},
			{"multi", l.multi, nil},
			{"number", l.number, wholeIfNoDecimals},
			{"instrument", l.instrument, itemsOrTotal},
		} {
			then := l.ref("question-"+of.kind, func() object {
				o := mapping("Question of the kind "+of.kind, "", append(l.common(obj("const", of.kind)), of.keys()...)...)
				return append(o.described("A question."), of.more...)
			})
			each = append(each, obj("if", obj("properties", obj("kind", obj("const", of.kind)), "required", []string{"kind"}), "then", then))
		}
		return obj("title", "Question", "description", "A question. Which keys it takes hangs on its kind.",
			"type", "object", "properties", properties, "required", []string{"kind"}, "allOf", each)
	})
}

// common are the keys of every question.
func (l *language) common(kind object) []key {
	return []key{
		need("kind", kind, ""),
		may("name", l.text(), "A noun for it inside sentences, such as “suicide risk”. Left out, it is made from the id."),
		need("ask", l.text(), "The question, as it is put to the clinician."),
		may("help", l.text(), "What to look at, how to decide between two answers."),
		may("ask_anew", l.flag(), "yes: ask it again at the next assessment of the same person, rather than confirm the last answer."),
		may("sources", l.sources(0), "Where the question comes from."),
	}
}

const worseDoc = "Which answer argues for more care."

func (l *language) yesNo() []key {
	return []key{need("worse", words("yes", "Yes is the worse answer.", "no", "No is the worse answer.", "neither", "Neither is worse."), worseDoc)}
}

func (l *language) scale() []key {
	return []key{need("options", l.labelled(2), "The answers from best to worst, each with its label, or with a label and help: 2 to 62 of them.")}
}

func (l *language) choice() []key {
	return []key{need("options", l.labelled(2), "The answers, each with its label, or with a label and help: 2 to 62 of them.")}
}

func (l *language) multi() []key {
	return []key{
		need("options", l.labelled(1, "none"), "The answers, each with its label, or with a label and help: 1 to 62 of them. Do not add one for “none of these”: it is built in."),
		need("worse", words("more", "The more apply, the worse.", "neither", "None is worse."), worseDoc),
	}
}

// labelled are ids of options with their labels.
func (l *language) labelled(least int, not ...string) object {
	option := l.ref("option", func() object {
		return l.textOr("Option", "The label of an answer, or a mapping of label and help.",
			need("label", l.text(), "The answer, as it is shown."),
			may("help", l.text(), "When to choose it."),
		)
	})
	return entries(option, l.name(), append(not, "not_assessed", "null")...).with("minProperties", least, "maxProperties", maxOptions)
}

func (l *language) number() []key {
	bound := number(3, -maxNumber, maxNumber)
	return []key{
		may("unit", l.text(), "What is counted, such as days or kg/m²."),
		need("min", bound, "The least answer."),
		need("max", bound, "The greatest answer."),
		may("decimals", whole(0, 3), "Digits after the point, 0 to 3; 0 if left out."),
		need("worse", words("higher", "A higher number is worse.", "lower", "A lower number is worse.", "neither", "Neither is worse."), worseDoc),
	}
}

// wholeIfNoDecimals wants whole bounds unless there are digits after the point.
var wholeIfNoDecimals = obj(
	"if", obj("not", obj("required", []string{"decimals"}, "properties", obj("decimals", obj("enum", []any{1, 2, 3, "1", "2", "3"})))),
	"then", obj("properties", obj("min", obj("type", []string{"integer", "string"}, "pattern", "^"+wholeForm+"$"), "max", obj("type", []string{"integer", "string"}, "pattern", "^"+wholeForm+"$"))),
)

func (l *language) instrument() []key {
	total := whole(-maxTotal, maxTotal)
	return []key{
		may("items", list(l.text(), 1).with("maxItems", maxItems), "The questions of the instrument, which become id_1, id_2, …; left out where only the total can be given."),
		may("grades", list(l.text(), 2).with("maxItems", maxGrades), "The answers that every item takes, worth 0, 1, 2, …"),
		may("total", mapping("Total", "What the total can be.",
			need("min", total, "The least total."),
			need("max", total, "The greatest total.")), "The bounds of the total; needed where there are no items."),
		may("bands", l.bands(), "Names for intervals of the total, from the least to the greatest, without gap or overlap."),
		may("fill", mapping("Fill", "How missing items are filled in.",
			need("at_most", whole(1, maxItems-1), "So many missing items get the mean of the others; if more are missing there is no total."),
			may("never", set(whole(1, maxItems), 0), "Numbers of items that are never filled in, such as the one on suicide.")),
			"How many missing items are filled with the mean of the others."),
		may("reliable_change", whole(1, maxTotal), "Points that are more than chance."),
		may("remission", whole(1, maxTotal), "A total below this is remission."),
		may("milestones", list(mapping("Milestone", "What is expected after some time.",
			need("weeks", whole(1, maxDays/7), "Weeks after the first assessment."),
			need("below", whole(1, maxTotal), "The total should then be below this.")), 1).with("maxItems", maxMilestones),
			"What the total should be below after so many weeks, in the order of time."),
	}
}

var itemsOrTotal = obj(
	"dependentRequired", obj("items", []string{"grades"}, "grades", []string{"items"}, "fill", []string{"items"}),
	"anyOf", []any{obj("required", []string{"total"}), obj("required", []string{"items"})},
)

// bands name intervals of a total or a score.
func (l *language) bands() object {
	whole := whole(-maxNumber, maxNumber)
	return l.ref("bands", func() object {
		return entries(mapping("Band", "A named interval, bounds included.",
			need("label", l.text(), "What it is called."),
			need("from", whole, "The least value."),
			need("to", whole, "The greatest value."),
		), l.name()).with("minProperties", 1)
	})
}

func (l *language) score() object {
	return l.ref("score", func() object {
		return mapping("Score", "A named sum over answers.",
			need("title", l.text(), "What it is called."),
			need("sum", list(l.term(), 1), "What is added up."),
			may("bands", l.bands(), "Names for intervals of the sum; they cover all that it can reach."),
			need("sources", l.sources(1), "What the weights stand on."),
		)
	})
}

func (l *language) term() object {
	weight := whole(-maxWeight, maxWeight)
	return mapping("Term", "What the answer to one question adds.",
		need("question", l.slotID("term-id", "question", isAny), "A question or an item."),
		may("weights", entries(weight, l.name()).with("minProperties", 1), "What each option is worth; of a yes/no question, what no and yes are."),
		may("factor", weight.with("not", obj("const", 0)), "Times this; 1 if left out. For scales, numbers, instruments and items."),
	).with("dependentSchemas", obj("weights", obj("properties", obj("factor", false))))
}
