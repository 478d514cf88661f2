package schema

func (l *language) level() object {
	return l.ref("level", func() object {
		return mapping("Level of care", "A level of care, what argues for it, and what it needs.",
			need("title", l.text(), "What it is called."),
			may("short", l.text(), "A short name, such as IOP; the title if left out."),
			need("summary", l.text(), "What it is, in one or two sentences."),
			need("action", l.text(), "What to do when it is recommended."),
			may("referral", l.flag(), "yes: it is provided elsewhere, and this pack does not choose its programme."),
			may("emergency", l.flag(), "yes: the interview stops as soon as it is reached. Only the highest level."),
			may("care", l.care(), "Hours, days and length: how much care it is."),
			may("suits", l.statements(), "Who it is for."),
			may("objectives", list(l.objective(), 0), "What it aims at."),
			may("agree", l.statements(), "What to settle together with the person."),
			may("team", l.statements(), "Who provides it."),
			may("documentation", l.statements(), "What the record has to show."),
			may("services", set(l.serviceID(), 0), "What it consists of."),
			may("sources", l.sources(0), "What this description stands on."),
			may("here", l.deciding(), "Answers that say that the person is at this level already."),
			may("indications", list(l.criterion("Indication", "What argues for at least this level.", l.deciding()), 0), "Each one that holds argues for at least this level. The lowest level has none."),
			may("requirements", list(l.requirement(), 0), "What admission needs. They never move the recommendation."),
			may("supports", list(l.criterion("Support", "A fact in favour of this level.", l.condition()), 0), "Facts in favour, for the explanation. They never move the recommendation."),
			may("step_down", list(l.stepDown(), 0), "Readiness to leave this level for a lower one."),
			may("step_up", list(l.sign(), 0), "Signs to look again sooner, and to think of more care."),
			may("due", list(l.due(), 0), "What is to be written or signed again and again."),
		)
	})
}

func (l *language) care() object {
	return mapping("Care", "How much care the level is.",
		may("hours_per_week", dose(168), "Hours a week, or [from, to]."),
		may("days_per_week", dose(7), "Days a week, or [from, to]."),
		may("session_minutes", dose(24*60), "Minutes of one session or one day's programme, or [from, to]."),
		may("stay_days", dose(10_000), "The usual length of stay in days, or [from, to]."),
		may("review_days", dose(10_000), "Review after so many days at the latest, or [from, to]."),
		may("setting", l.text(), "Where the person lives meanwhile."),
	)
}

// dose is a number above 0, or two of them.
func dose(most int) object {
	single := obj("exclusiveMinimum", 0, "maximum", most, "pattern", "^"+decimalForm(2)+"$",
		"patternErrorMessage", "A number is expected here, with a point and at most 2 digits after it, or [from, to].")
	return append(obj("type", []string{"number", "string", "array"}, "minItems", 2, "maxItems", 2,
		"items", append(obj("type", []string{"number", "string"}), single...)), single...)
}

const (
	idDoc      = "Its name in results, files and tests. It is that of no other criterion."
	becauseDoc = "The reason: a sentence that is true whenever the condition holds."
	sourcesDoc = "What it stands on: at least one source."
)

// criterion is one that has no keys beside those of all.
func (l *language) criterion(title, doc string, when object) object {
	return mapping(title, doc,
		need("id", l.id(), idDoc),
		need("when", when, "The condition."),
		need("because", l.text(), becauseDoc),
		need("sources", l.sources(1), sourcesDoc),
	)
}

func (l *language) requirement() object {
	return mapping("Requirement", "What admission to the level needs.",
		need("id", l.id(), idDoc),
		need("when", l.condition(), "What has to be true."),
		need("otherwise", l.text(), "What to do if it is not met."),
		may("because", l.text(), "Why it matters."),
		need("sources", l.sources(1), sourcesDoc),
	)
}

func (l *language) stepDown() object {
	return mapping("Step-down", "Readiness to leave this level for a lower one.",
		need("id", l.id(), idDoc),
		need("when", l.deciding(), "The condition on the answers of today, which is what is proved."),
		may("course", l.course(), "What the earlier assessments must not speak against. It can only take readiness away."),
		need("because", l.text(), becauseDoc),
		need("sources", l.sources(1), sourcesDoc),
	)
}

func (l *language) sign() object {
	return mapping("Step-up sign", "A sign to look again sooner. It needs when or course, or both, and moves no recommendation.",
		need("id", l.id(), "Its name. It is that of no criterion, no note and no other sign."),
		may("when", l.condition(), "The condition on the answers of today."),
		may("course", l.course(), "The statement over time."),
		need("because", l.text(), becauseDoc),
		need("sources", l.sources(1), sourcesDoc),
	).with("anyOf", []any{obj("required", []string{"when"}), obj("required", []string{"course"})})
}

func (l *language) due() object {
	return mapping("Due", "What is to be written or signed again and again while a person is at the level.",
		need("text", l.text(), "What it is."),
		may("first", whole(1, maxDays), "Days after the level began, the first time; as every if left out."),
		need("every", whole(1, maxDays), "Days after the time before."),
		need("sources", l.sources(1), sourcesDoc),
	)
}

func (l *language) objective() object {
	return l.ref("objective", func() object {
		return l.textOr("Objective", "What the level aims at: a sentence, or a mapping of text, when, targets and sources.",
			need("text", l.text(), "The sentence."),
			may("when", l.condition(), "For whom; everybody if left out."),
			may("targets", list(l.target(), 1), "Reached when these hold, each a test of one question or item."),
			may("sources", l.sources(0), "What it stands on."),
		)
	})
}

func (l *language) service() object {
	return l.ref("service", func() object {
		return mapping("Service", "What levels consist of.",
			need("title", l.text(), "What it is called."),
			may("detail", l.text(), "What it is, in a sentence or two."),
			may("when", l.condition(), "Suggested if this holds; without it, for everybody at the level."),
			may("because", l.text(), "Why it is suggested: needed with when, and only then."),
			may("evidence", words("strong", "", "moderate", "", "limited", "", "little", "Said wherever the service is shown."), "How good the evidence for it is."),
			need("sources", l.sources(1), sourcesDoc),
		).with("dependentRequired", obj("when", []string{"because"}, "because", []string{"when"}))
	})
}

// note is a warning or a barrier.
func (l *language) note(title, doc string, when object) object {
	try := may("try", l.statements(), "What could be done about it.")
	try.must = title == "barrier"
	return mapping(title, doc,
		need("id", l.id(), "Its name in results and tests."),
		need("when", when, "The condition."),
		need("because", l.text(), "What is shown."),
		try,
		need("sources", l.sources(1), sourcesDoc),
	)
}

func (l *language) contradiction() object {
	return mapping("contradiction", "Answers that do not go together.",
		need("id", l.id(), "Its name in results and tests."),
		need("when", l.deciding(), "The condition."),
		need("because", l.text(), "What is shown."),
		need("sources", l.sources(1), sourcesDoc),
	)
}

func (l *language) guarantee() object {
	return mapping("Guarantee", "A sentence that must be true of all answers.",
		need("id", l.id(), "Its name in the proofs."),
		need("whenever", l.deciding(), "The condition."),
		may("at_least", l.levelID(), "The level is at least this one."),
		may("at_most", l.levelID(), "The level is at most this one."),
		need("because", l.text(), "Why it must never be broken."),
		may("sources", l.sources(0), "What it stands on."),
	).with("anyOf", []any{obj("required", []string{"at_least"}), obj("required", []string{"at_most"})})
}

func (l *language) allow() object {
	return mapping("Allow", "A warning that may stand, with the reason.",
		need("code", l.text(), "The code of the warning, which stands in brackets at its end."),
		need("at", l.text(), "What it is about: an id, or the whole path after “in”."),
		need("because", l.text(), "Why it may stand."),
	)
}
