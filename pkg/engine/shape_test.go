package engine_test

import (
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Packs that were not read by package pack, and could not have been.
func TestCompileRefusesWhatItCannotRun(t *testing.T) {
	loop := &pack.NamedCondition{ID: "loop"}
	loop.When = &pack.Any{Of: []pack.Condition{&pack.None{Of: []pack.Condition{&pack.Ref{To: loop}}}}}
	for _, test := range []struct {
		name   string
		change func(*pack.Pack)
		want   string
	}{
		{"no levels", func(p *pack.Pack) { p.Levels = nil }, `pack "ward": expected 1 to 64 levels, got 0`},
		{"a circle", func(p *pack.Pack) { p.Levels[1].Indications[0].When = &pack.Ref{To: loop} }, `criterion "unsafe": condition "loop" refers to itself`},
		{"no condition", func(p *pack.Pack) { p.Levels[1].Indications[0].When = nil }, `criterion "unsafe": a condition is missing`},
		{"a hole in a list", func(p *pack.Pack) { p.Notes[0].When = &pack.All{Of: []pack.Condition{nil}} }, `note "alone": a condition is missing`},
		{"a reference to nothing", func(p *pack.Pack) { p.Services[0].When = &pack.Ref{} }, `service "skills": a condition is missing`},
		{"an unknown slot", func(p *pack.Pack) { p.Notes[0].When = &pack.In{Slot: 99} }, `note "alone": a condition tests slot 99 of 9`},
		{"a foreign score", func(p *pack.Pack) { p.Notes[0].When = &pack.In{Score: &pack.Score{ID: "other"}} }, `note "alone": score "other" is not one of the pack's`},
		{"too few weights", func(p *pack.Pack) { p.Scores[0].Terms[0].Weights = []pack.Value{1} }, `score "load": expected 4 weights for "risk", got 1`},
		{"an empty domain", func(p *pack.Pack) { p.Slots[0].Max = -1 }, `slot "risk": expected a domain within ±2^60, got 0 to -1`},
		{"a criterion on the wrong list", func(p *pack.Pack) { p.Levels[1].Indications[0].Kind = pack.Support }, `criterion "unsafe": listed as an indication of "day", but it is a support of "day"`},
		{"a criterion of another level", func(p *pack.Pack) { p.Levels[1].Indications[0].Level = p.Levels[0] }, `criterion "unsafe": listed as an indication of "day", but it is an indication of "base"`},
	} {
		p := ward()
		test.change(p)
		e, err := engine.Compile(p)
		if err == nil || err.Error() != test.want {
			t.Errorf("%s: got %v and error\n%v, want\n%s", test.name, e, err, test.want)
		}
	}
}

// Named conditions that each refer twice to the one before are 2^60 tests when
// written out.
func TestCompileSharesNamedConditions(t *testing.T) {
	p := ward()
	last := &pack.NamedCondition{ID: "first", When: is(0, 2, 3)}
	for range 60 {
		last = &pack.NamedCondition{ID: "next", When: &pack.AtLeast{Count: 1, Of: []pack.Condition{&pack.Ref{To: last}, &pack.Ref{To: last}}}}
	}
	p.Levels[1].Indications[0].When = &pack.Ref{To: last}
	e := compile(t, p)
	a := p.NewAnswers()
	a[0] = 2
	if r := e.Recommend(a); len(r.Indications) != 1 {
		t.Errorf("the condition does not hold: %v", r.Indications)
	}
}

// ward is a small pack with something of everything.
//
//	slots: 0 risk, 1 alone, 2 uses, 3 days, 4 phq (5 to 7 its items), 8 home
func ward() *pack.Pack {
	p := &pack.Pack{ID: "ward"}
	for _, q := range []*pack.Question{
		{ID: "risk", Kind: pack.Scale, Options: make([]pack.Option, 4), Max: 3},
		{ID: "alone", Kind: pack.YesNo, Max: 1},
		{ID: "uses", Kind: pack.Multi, Options: make([]pack.Option, 3), Max: 7},
		{ID: "days", Kind: pack.Number, Max: 3000},
		{ID: "phq", Kind: pack.Instrument, Grades: make([]pack.Option, 4), Items: make([]pack.Item, 3), Max: 9, Fill: pack.Fill{AtMost: 1, Never: []int{2}}},
		{ID: "home", Kind: pack.Choice, Options: make([]pack.Option, 3), Max: 2},
	} {
		q.Index, q.Slot = len(p.Questions), len(p.Slots)
		p.Questions = append(p.Questions, q)
		p.Slots = append(p.Slots, pack.Slot{ID: q.ID, Question: q, Item: -1, Max: q.Max})
		for i := range q.Items {
			q.Items[i] = pack.Item{ID: q.ID + "_" + string(rune('1'+i)), Slot: len(p.Slots)}
			p.Slots = append(p.Slots, pack.Slot{ID: q.Items[i].ID, Question: q, Item: i, Max: 3})
		}
	}
	p.Scores = []*pack.Score{{ID: "load", Max: 12, Terms: []pack.Term{{Slot: 0, Weights: []pack.Value{0, 0, 1, 3}}, {Slot: 4, Factor: 1}}}}
	impaired := &pack.NamedCondition{ID: "impaired", When: &pack.Any{Of: []pack.Condition{is(4, 6, 9), is(3, 20, 3000)}}}
	p.Conditions = []*pack.NamedCondition{impaired}
	base, day, inside := &pack.Level{ID: "base"}, &pack.Level{ID: "day", Index: 1}, &pack.Level{ID: "inside", Index: 2}
	p.Levels = []*pack.Level{base, day, inside}
	criterion := func(l *pack.Level, kind pack.CriterionKind, id string, when pack.Condition) *pack.Criterion {
		return &pack.Criterion{ID: id, Kind: kind, Level: l, When: when}
	}
	base.Supports = []*pack.Criterion{criterion(base, pack.Support, "at-home", is(8, 0, 0))}
	day.Indications = []*pack.Criterion{
		criterion(day, pack.Indication, "unsafe", &pack.All{Of: []pack.Condition{is(0, 1, 3), is(1, 1, 1)}}),
		criterion(day, pack.Indication, "burdened", &pack.AtLeast{Count: 2, Of: []pack.Condition{&pack.Ref{To: impaired}, &pack.Includes{Slot: 2, Mask: 6}, is(0, 2, 3)}}),
	}
	day.Requirements = []*pack.Criterion{criterion(day, pack.Requirement, "has-home", &pack.None{Of: []pack.Condition{is(8, 2, 2)}})}
	day.StepDown = []*pack.Criterion{criterion(day, pack.StepDown, "better", is(4, 0, 3))}
	inside.Indications = []*pack.Criterion{
		criterion(inside, pack.Indication, "danger", is(0, 3, 3)),
		criterion(inside, pack.Indication, "heavy", &pack.In{Score: p.Scores[0], Ranges: []pack.Interval{{From: 9, To: 12}}}),
	}
	p.Services = []*pack.Service{{ID: "skills", When: &pack.Includes{Slot: 2, Mask: 1}}, {ID: "talk"}}
	day.Services = p.Services
	p.Notes = []*pack.Note{{ID: "alone", When: is(1, 1, 1)}, {ID: "item-three", When: is(7, 1, 3)}, {ID: "no-phq", When: &pack.Answered{Slot: 4}}}
	return p
}

func is(slot int, from, to pack.Value) pack.Condition {
	return &pack.In{Slot: slot, Ranges: []pack.Interval{{From: from, To: to}}}
}
