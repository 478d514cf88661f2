package pack

// shape says which mappings of a file have the keys of the rule language, and
// in which order they are written. A nil shape knows nothing.
type shape struct {
	keys []string          // in their order; nil where the keys are the author's
	of   map[string]*shape // of some keys' values
	each *shape            // of the elements of a list, or of every value
}

func (s *shape) order() []string {
	if s == nil {
		return nil
	}
	return s.keys
}

func (s *shape) at(key string) *shape {
	if s == nil {
		return nil
	}
	if of, ok := s.of[key]; ok {
		return of
	}
	if s.keys == nil {
		return s.each
	}
	return nil
}

func (s *shape) element() *shape {
	if s == nil {
		return nil
	}
	return s.each
}

func withKeys(keys ...string) *shape { return &shape{keys: keys} }

func eachOf(s *shape) *shape { return &shape{each: s} }

func (s *shape) with(of map[string]*shape) *shape {
	s.of = of
	return s
}

// fileShape is that of a file of a pack. Its top keys stand as the author has
// them: how rules are laid out in files is not for the language to say.
var fileShape = func() *shape {
	statements := eachOf(withKeys("text", "sources"))
	bands := eachOf(withKeys("label", "from", "to"))
	options := eachOf(withKeys("label", "help"))
	question := withKeys("kind", "name", "ask", "help", "unit", "min", "max", "decimals", "worse", "ask_anew", "options",
		"items", "grades", "total", "bands", "fill", "reliable_change", "remission", "milestones", "sources").with(map[string]*shape{
		"options": options, "bands": bands, "total": withKeys("min", "max"), "fill": withKeys("at_most", "never"), "milestones": eachOf(withKeys("weeks", "below")),
	})
	criteria := eachOf(withKeys("id", "when", "course", "because", "otherwise", "sources"))
	notes := eachOf(withKeys("id", "when", "because", "try", "sources").with(map[string]*shape{"try": statements}))
	expect := &shape{} // what a case is about comes first, which its author knows
	level := withKeys("title", "short", "summary", "action", "referral", "emergency", "here", "care", "suits", "objectives", "agree", "due", "team",
		"documentation", "services", "sources", "indications", "requirements", "supports", "step_down", "step_up").with(map[string]*shape{
		"care":  withKeys("hours_per_week", "days_per_week", "session_minutes", "stay_days", "review_days", "setting"),
		"suits": statements, "agree": statements, "team": statements, "documentation": statements,
		"objectives":  eachOf(withKeys("text", "when", "targets", "sources")),
		"due":         eachOf(withKeys("text", "first", "every", "sources")),
		"indications": criteria, "requirements": criteria, "supports": criteria, "step_down": criteria, "step_up": criteria,
	})
	step := withKeys("day", "placed", "profile", "answers", "expect", "review").with(map[string]*shape{
		"expect": expect, "review": withKeys("verdict", "to", "outstanding", "outstanding_not", "signs", "signs_not"),
	})
	return &shape{of: map[string]*shape{
		"pack":           withKeys("id", "version", "title", "description", "population", "intended_use", "levels", "sections", "limits").with(map[string]*shape{"limits": statements}),
		"sections":       eachOf(withKeys("title", "help", "questions").with(map[string]*shape{"questions": eachOf(question)})),
		"scores":         eachOf(withKeys("title", "sum", "bands", "sources").with(map[string]*shape{"sum": eachOf(withKeys("question", "weights", "factor")), "bands": bands})),
		"conditions":     eachOf(withKeys("title", "when")),
		"services":       eachOf(withKeys("title", "detail", "when", "because", "evidence", "sources")),
		"sources":        eachOf(withKeys("title", "url", "date", "note")),
		"levels":         eachOf(level),
		"warnings":       notes,
		"contradictions": notes,
		"barriers":       notes,
		"guarantees":     eachOf(withKeys("id", "whenever", "at_least", "at_most", "because", "sources")),
		"allow":          eachOf(withKeys("code", "at", "because")),
		"tests":          eachOf(withKeys("name", "skip", "profile", "answers", "expect").with(map[string]*shape{"expect": expect})),
		"courses":        eachOf(withKeys("name", "skip", "steps").with(map[string]*shape{"steps": eachOf(step)})),
	}}
}()
