package interview

import (
	"fmt"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// clinic is a small pack put together by hand: what decides, what only fills
// in details, an instrument that decides, and a question that nothing reads.
func clinic(t *testing.T) *engine.Engine {
	t.Helper()
	p := &pack.Pack{ID: "clinic", Version: "1.0.0", Title: "Clinic"}
	section(p, "safety", &pack.Question{ID: "danger", Kind: pack.Multi, Options: options("overdose", "violence")},
		&pack.Question{ID: "suicide", Kind: pack.Scale, Options: options("none", "passive", "plan")})
	section(p, "life", &pack.Question{ID: "functioning", Kind: pack.Scale, Options: options("kept", "impaired")},
		&pack.Question{ID: "phq", Kind: pack.Instrument, Max: 6, Items: make([]pack.Item, 2), Grades: options("never", "some", "often", "always")},
		&pack.Question{ID: "crises", Kind: pack.Number, Max: 30, Unit: "times"})
	section(p, "practical", &pack.Question{ID: "transport", Kind: pack.YesNo},
		&pack.Question{ID: "wants", Kind: pack.Multi, Options: options("coping", "peers")},
		&pack.Question{ID: "unused", Kind: pack.YesNo})
	iop := &pack.Level{ID: "iop", Index: 1, Short: "IOP"}
	crisis := &pack.Level{ID: "crisis", Index: 2, Short: "Crisis", Emergency: true}
	p.Levels = []*pack.Level{{ID: "outpatient", Short: "Outpatient"}, iop, crisis}
	criterion(iop, pack.Indication, "iop-plan", from(p, "suicide", 2))
	criterion(iop, pack.Indication, "iop-impaired", &pack.All{Of: []pack.Condition{from(p, "functioning", 1), from(p, "phq", 4)}})
	criterion(iop, pack.Indication, "iop-crises", from(p, "crises", 2))
	criterion(iop, pack.Requirement, "iop-transport", from(p, "transport", 1))
	criterion(crisis, pack.Indication, "crisis-danger", &pack.Includes{Slot: slot(p, "danger"), Mask: 3})
	dbt := &pack.Service{ID: "dbt", When: &pack.Includes{Slot: slot(p, "wants"), Mask: 1}}
	p.Services, iop.Services = []*pack.Service{dbt}, []*pack.Service{dbt}
	p.Notes = []*pack.Note{{ID: "odd", Kind: pack.Contradiction,
		When: &pack.All{Of: []pack.Condition{from(p, "crises", 2), &pack.In{Slot: slot(p, "functioning"), Ranges: []pack.Interval{{}}}}}}}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func section(p *pack.Pack, id string, qs ...*pack.Question) {
	s := &pack.Section{ID: id, Title: id, Questions: qs}
	p.Sections = append(p.Sections, s)
	for _, q := range qs {
		q.Index, q.Slot, q.Section, q.Ask = len(p.Questions), len(p.Slots), s, q.ID+"?"
		p.Questions = append(p.Questions, q)
		p.Slots = append(p.Slots, pack.Slot{ID: q.ID, Question: q, Item: -1, Max: top(q)})
		for i := range q.Items {
			q.Items[i] = pack.Item{ID: fmt.Sprintf("%s_%d", q.ID, i+1), Slot: len(p.Slots), Text: "item"}
			p.Slots = append(p.Slots, pack.Slot{ID: q.Items[i].ID, Question: q, Item: i, Max: pack.Value(len(q.Grades) - 1)})
		}
	}
}

func top(q *pack.Question) pack.Value {
	switch q.Kind {
	case pack.YesNo:
		return 1
	case pack.Scale, pack.Choice:
		return pack.Value(len(q.Options) - 1)
	case pack.Multi:
		return 1<<len(q.Options) - 1
	}
	return q.Max
}

func options(ids ...string) []pack.Option {
	var out []pack.Option
	for _, id := range ids {
		out = append(out, pack.Option{ID: id, Label: id})
	}
	return out
}

func slot(p *pack.Pack, id string) int {
	s, ok := p.SlotByID(id)
	if !ok {
		panic("no slot " + id)
	}
	return s
}

// from is the test that a slot has at least this value.
func from(p *pack.Pack, id string, v pack.Value) pack.Condition {
	s := slot(p, id)
	return &pack.In{Slot: s, Ranges: []pack.Interval{{From: v, To: p.Slots[s].Max}}}
}

func criterion(l *pack.Level, k pack.CriterionKind, id string, when pack.Condition) {
	c := &pack.Criterion{ID: id, Kind: k, Level: l, When: when, Because: id + " holds"}
	if k == pack.Indication {
		l.Indications = append(l.Indications, c)
	} else {
		l.Requirements = append(l.Requirements, c)
	}
}
