package schema

import (
	"math"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

func (l *language) test() object {
	return mapping("Test", "A case: answers, and what must come of them.",
		need("name", l.text(), "What the case shows. No other case has the same name."),
		may("skip", l.text(), "Why the case is not run at present."),
		may("profile", l.profileID(), "The answers that it starts from."),
		may("answers", l.answers(), "The answers, laid over those of the profile; null takes one away."),
		need("expect", l.expect(), "What must come of them."),
	)
}

func (l *language) courseTest() object {
	return mapping("Course", "A case over time: the assessments of one person, and what must come of each.",
		need("name", l.text(), "What the case shows. No other course has the same name."),
		may("skip", l.text(), "Why the case is not run at present."),
		need("steps", list(l.step(), 2).with("maxItems", maxSteps, "prefixItems", []any{
			// A list of its own for the first step: there is nothing to compare with.
			obj("allOf", []any{l.step()}, "properties", obj("day", obj("enum", []any{0, "0"}), "review", false)),
		}), "The assessments in the order of time, 2 to 200."),
	)
}

func (l *language) step() object {
	return l.ref("step", func() object {
		return mapping("Step", "One assessment. It needs expect or review, or both; the first has no review.",
			need("day", whole(0, maxDay), "Days after the first step, which is day 0."),
			may("placed", l.levelID(), "Where the person is cared for from then on; as recommended if left out."),
			may("profile", l.profileID(), "Answers that are laid over those of the step before."),
			may("answers", l.answers(), "Answers that are laid over these; null takes one away. The others stay as the step before left them."),
			may("expect", l.expect(), "What must come of the answers."),
			may("review", l.review(), "What a review must say."),
		).with("anyOf", []any{obj("required", []string{"expect"}), obj("required", []string{"review"})})
	})
}

func (l *language) expect() object {
	return l.ref("expect", func() object {
		question := func() object { return l.slotID("asked-id", "question", func(s *pack.Slot) bool { return !s.IsItem() }) }
		return mapping("Expect", "What must come of the answers. What is left out is not looked at.",
			may("level", l.levelID(), "The level is determined, and is this one."),
			may("possible", set(l.levelID(), 0), "Exactly these levels are possible (in place of level)."),
			may("holds", set(l.criterionID(), 0), "Criteria that hold."),
			may("holds_not", set(l.criterionID(), 0), "Criteria that do not hold."),
			may("requirements", l.requirementStates(), "What has become of requirements."),
			may("services", set(l.serviceID(), 0), "Services that are suggested."),
			may("services_not", set(l.serviceID(), 0), "Services that are not suggested."),
			may("notes", set(l.noteID(), 0), "Warnings, contradictions and barriers that are shown."),
			may("notes_not", set(l.noteID(), 0), "Warnings, contradictions and barriers that are not shown."),
			may("asks", set(question(), 0), "Questions that the level hangs on."),
			may("asks_not", set(question(), 0), "Questions that it does not hang on."),
			may("next", question(), "The question to be asked next."),
		).with("minProperties", 1, "dependentSchemas", obj("level", obj("properties", obj("possible", false))))
	})
}

func (l *language) review() object {
	return mapping("Review", "What the review at a step must say. What is left out is not looked at.",
		may("verdict", words(
			"step_up", "More is indicated than the present level.",
			"continue", "The present level is indicated.",
			"step_down", "Less is indicated, and the person is ready for it.",
			"hold", "Less is indicated, and the person is not ready for it.",
			"undetermined", "The answers leave it open."), "What the review comes to."),
		may("to", l.levelID(), "The level that the verdict leads to; with continue and hold, the present one."),
		may("outstanding", set(l.stepDownID(), 0), "Step-downs of the present level that are outstanding."),
		may("outstanding_not", set(l.stepDownID(), 0), "Step-downs of the present level that are not outstanding."),
		may("signs", set(l.signID(), 0), "Step-up signs that are seen."),
		may("signs_not", set(l.signID(), 0), "Step-up signs that are not seen."),
	).with("minProperties", 1)
}

// answers map questions and items to answers.
func (l *language) answers() object {
	return l.ref("answers", func() object {
		o := obj("title", "Answers", "description", "Answers by question or item. null is no answer.", "type", "object")
		if l.p == nil {
			return o.with("propertyNames", itemName(), "additionalProperties", l.anyAnswer())
		}
		var keys []key
		for i := range l.p.Slots {
			s := &l.p.Slots[i]
			keys = append(keys, may(s.ID, l.answer(s), slotDoc(s)))
		}
		return append(o, members(keys)...)
	})
}

// anyAnswer is an answer to a question of any kind.
func (l *language) anyAnswer() object {
	single := []string{"string", "number", "boolean", "null"}
	items := obj("type", single)
	return l.ref("answer", func() object {
		o := obj("title", "Answer", "description", "An option or its label, yes or no, a number, a list of options, the items of an instrument, or null.",
			"type", append(append([]string{}, single...), "array", "object"), "items", items)
		return append(o, members([]key{need("items", obj("type", "array", "items", items), "The answers of the items, null for a missing one.")})...)
	})
}

// open answers: asked, and left open.
const notAssessed = "not_assessed"

// none are the ways to say that there is no answer, in text.
const noneForm = `|\s*|\s*` + notAssessed + `\s*`

// answer is an answer to one question or item of the pack.
func (l *language) answer(s *pack.Slot) object {
	q := s.Question
	switch {
	case s.IsItem():
		return l.gradeAnswer(q)
	case q.Kind == pack.YesNo:
		return obj("anyOf", []any{
			obj("enum", []any{"yes", "no", notAssessed, nil}),
			obj("type", "string", "pattern", `^(\s*(`+flagForm+`|[YyNn])\s*`+noneForm+")$"),
			onlyBoolean(),
		})
	case q.Kind == pack.Scale || q.Kind == pack.Choice:
		return obj("anyOf", []any{
			l.options(q), leftOpen(),
			obj("type", "string", "pattern", `^(\s*(`+labels(q.Options)+`)\s*`+noneForm+")$"),
		})
	case q.Kind == pack.Multi:
		return l.multiAnswer(q)
	case q.Kind == pack.Instrument && len(q.Items) > 0:
		n, grade := len(q.Items), l.gradeAnswer(q)
		items := obj("type", "array", "items", grade, "minItems", n, "maxItems", n)
		o := obj("anyOf", append(numberAnswer(s), obj("type", []string{"array", "object"})), "items", grade, "minItems", n, "maxItems", n)
		return append(o, members([]key{need("items", items, "The answers of the items, null for a missing one.")})...)
	}
	return obj("anyOf", numberAnswer(s))
}

var noneOfThese = pack.Option{ID: "none", Label: "None of these."}

// leftOpen are the ways to say that there is no answer.
func leftOpen() object {
	return obj("enum", []any{notAssessed, nil}, "enumDescriptions", []string{"Asked, and left open.", "No answer."})
}

// labels is a pattern for the ids and labels of options, these in any case.
func labels(options []pack.Option) string {
	var ids, texts []string
	for _, o := range options {
		ids, texts = append(ids, o.ID), append(texts, o.Label)
	}
	return strings.Join(ids, "|") + "|" + anyCase(texts)
}

// multiAnswer is a list of options, or one text with several of them.
func (l *language) multiAnswer(q *pack.Question) object {
	one := labels(q.Options)
	return obj("anyOf", []any{
		l.options(q), choose([]pack.Option{noneOfThese}), leftOpen(),
		obj("type", "string", "pattern", `^(\s*(`+one+`)(\s*[,;]\s*(`+one+`))*\s*|\s*(`+anyCase([]string{"none", "none of these"})+`)\s*`+noneForm+")$"),
		obj("type", "array"),
	}, "items", obj("anyOf", []any{l.options(q), choose([]pack.Option{noneOfThese}), obj("type", "string", "pattern", "^("+one+")$")}),
		"uniqueItems", true, "maxItems", len(q.Options))
}

// gradeAnswer is an answer to an item: what it is worth, or its label.
func (l *language) gradeAnswer(q *pack.Question) object {
	return l.ref("answer-"+q.ID+".item", func() object {
		var texts []string
		for _, g := range q.Grades {
			texts = append(texts, g.Label)
		}
		return obj("title", "Item of "+q.Noun(), "anyOf", []any{
			obj("type", "integer", "minimum", 0, "maximum", len(q.Grades)-1),
			obj("type", "null"),
			obj("type", "string", "pattern", `^(\s*(`+wholeForm+"|"+anyCase(texts)+`)\s*`+noneForm+")$"),
		})
	})
}

// numberAnswer is an answer to a number, or the total of an instrument.
func numberAnswer(s *pack.Slot) []any {
	unit := math.Pow10(s.Question.Decimals)
	kind := "number"
	if s.Question.Decimals == 0 {
		kind = "integer"
	}
	return []any{
		obj("type", kind, "minimum", float64(s.Min)/unit, "maximum", float64(s.Max)/unit),
		obj("type", "null"),
		obj("type", "string", "pattern", `^(\s*`+decimalForm(s.Question.Decimals)+`\s*`+noneForm+")$"),
	}
}
