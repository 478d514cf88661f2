package pack

import "fmt"

// clinic is a small pack with one question of every kind, put together by
// hand, so that these tests do not depend on the loader.
func clinic() *Pack {
	p := &Pack{ID: "clinic", Version: "1.2.3", Hash: "sha256:00", Title: "Clinic"}
	p.ask("safety", "Safety",
		&Question{ID: "suicide_risk", Kind: Scale, Worse: WorseHigher, Ask: "What describes thoughts of suicide best?",
			Options: options("none", "No thoughts", "passive", "Wish to be dead", "plan", "Thoughts with a plan")},
		&Question{ID: "can_take_part", Name: "ability to take part", Kind: YesNo, Worse: WorseLower, Ask: "Can this person take part in groups?"},
	)
	p.ask("life", "Life",
		&Question{ID: "living", Kind: Choice, Ask: "Where does this person live?",
			Options: options("home", "At home", "shelter", "In a shelter", "street", "On the street: no shelter")},
		&Question{ID: "substances", Kind: Multi, Worse: WorseHigher, Ask: "Which of these are used?",
			Options: options("alcohol", "Alcohol", "opioids", "Opioids, any", "other", "Other; unknown")},
		&Question{ID: "crises", Kind: Number, Worse: WorseHigher, Ask: "Crises in the last month", Unit: "times", Max: 30},
		&Question{ID: "bmi", Name: "BMI", Kind: Number, Worse: WorseLower, Ask: "Body mass index", Min: 100, Max: 700, Decimals: 1},
	)
	p.ask("symptoms", "Symptoms",
		&Question{ID: "phq9", Name: "PHQ-9", Kind: Instrument, Worse: WorseHigher, Ask: "PHQ-9", Max: 27,
			Items: []Item{{Text: "Little interest or pleasure in doing things"}, {Text: "Feeling down, depressed, or hopeless"},
				{Text: "Trouble falling or staying asleep, or sleeping too much"}, {Text: "Tired"}, {Text: "Appetite"},
				{Text: "Feeling bad about yourself"}, {Text: "Concentration"}, {Text: "Slow or restless"},
				{Text: "Thoughts that you would be better off dead, or of hurting yourself in some way"}},
			Grades: options("0", "Not at all", "1", "Several days", "2", "More than half the days", "3", "Nearly every day"),
			Bands: []Band{{ID: "minimal", Label: "Minimal", To: 4}, {ID: "mild", Label: "Mild", From: 5, To: 9},
				{ID: "moderate", Label: "Moderate", From: 10, To: 14}, {ID: "moderately_severe", Label: "Moderately severe", From: 15, To: 19},
				{ID: "severe", Label: "Severe", From: 20, To: 27}},
			Fill: Fill{AtMost: 2, Never: []int{8}}},
		&Question{ID: "whodas", Kind: Instrument, Worse: WorseHigher, Ask: "WHODAS", Max: 48},
	)
	p.Scores = []*Score{{ID: "load", Title: "load score", Max: 5,
		Terms: []Term{{Slot: 0, Weights: []Value{0, 1, 3}}, {Slot: 1, Weights: []Value{2, 0}}},
		Bands: []Band{{ID: "low", Label: "Low", To: 2}, {ID: "high", Label: "High", From: 3, To: 5}}}}
	p.Conditions = []*NamedCondition{{ID: "unsafe", Title: "an unsafe place to live",
		When: &In{Slot: 2, Ranges: []Interval{{1, 2}}}}}
	p.Levels = []*Level{
		{ID: "outpatient", Title: "Outpatient", Supports: []*Criterion{{ID: "op-home", Kind: Support}}},
		{ID: "iop", Index: 1, Title: "IOP", Indications: []*Criterion{{ID: "iop-phq9"}, {ID: "iop-crises"}},
			Requirements: []*Criterion{{ID: "iop-groups", Kind: Requirement}},
			Supports:     []*Criterion{{ID: "iop-works", Kind: Support}}, StepDown: []*Criterion{{ID: "iop-steady", Kind: StepDown}}},
	}
	p.Services = []*Service{{ID: "dbt"}}
	p.Notes = []*Note{{ID: "alone"}}
	p.Sources = []*Source{{ID: "aabh"}}
	return p
}

// ask appends a section with its questions and gives them their slots.
func (p *Pack) ask(id, title string, questions ...*Question) {
	s := &Section{ID: id, Title: title, Questions: questions}
	p.Sections = append(p.Sections, s)
	for _, q := range questions {
		q.Index, q.Slot, q.Section = len(p.Questions), len(p.Slots), s
		p.Questions = append(p.Questions, q)
		p.Slots = append(p.Slots, Slot{ID: q.ID, Question: q, Item: -1, Min: q.Min, Max: topOf(q)})
		for i := range q.Items {
			q.Items[i].ID, q.Items[i].Slot = fmt.Sprintf("%s_%d", q.ID, i+1), len(p.Slots)
			p.Slots = append(p.Slots, Slot{ID: q.Items[i].ID, Question: q, Item: i, Max: Value(len(q.Grades) - 1)})
		}
	}
}

func topOf(q *Question) Value {
	switch q.Kind {
	case YesNo:
		return 1
	case Scale, Choice:
		return Value(len(q.Options) - 1)
	case Multi:
		return 1<<len(q.Options) - 1
	}
	return q.Max
}

func options(idsAndLabels ...string) []Option {
	var out []Option
	for i := 0; i < len(idsAndLabels); i += 2 {
		out = append(out, Option{ID: idsAndLabels[i], Label: idsAndLabels[i+1]})
	}
	return out
}
