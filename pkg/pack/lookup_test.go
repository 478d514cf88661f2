package pack

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestLookups(t *testing.T) {
	p := clinic()
	tests := []struct {
		what  string
		found func(id string) bool
		known []string
	}{
		{"level", func(id string) bool { return p.Level(id) != nil && p.Level(id).ID == id }, []string{"outpatient", "iop"}},
		{"question", func(id string) bool { return p.Question(id) != nil && p.Question(id).ID == id }, []string{"suicide_risk", "whodas"}},
		{"slot", func(id string) bool { i, ok := p.SlotByID(id); return ok && p.Slots[i].ID == id }, []string{"suicide_risk", "phq9", "phq9_9", "whodas"}},
		{"score", func(id string) bool { return p.Score(id) != nil && p.Score(id).ID == id }, []string{"load"}},
		{"condition", func(id string) bool { return p.Condition(id) != nil && p.Condition(id).ID == id }, []string{"unsafe"}},
		{"criterion", func(id string) bool { return p.Criterion(id) != nil && p.Criterion(id).ID == id }, []string{"op-home", "iop-crises", "iop-groups", "iop-works", "iop-steady"}},
		{"service", func(id string) bool { return p.Service(id) != nil && p.Service(id).ID == id }, []string{"dbt"}},
		{"note", func(id string) bool { return p.Note(id) != nil && p.Note(id).ID == id }, []string{"alone"}},
		{"source", func(id string) bool { return p.Source(id) != nil && p.Source(id).ID == id }, []string{"aabh"}},
	}
	for _, tt := range tests {
		for _, id := range tt.known {
			if !tt.found(id) {
				t.Errorf("%s %q was not found", tt.what, id)
			}
		}
		for _, id := range []string{"", "nothing", "Suicide_Risk", "phq9_10"} {
			if tt.found(id) {
				t.Errorf("%s %q was found", tt.what, id)
			}
		}
	}
}

func TestCriteriaOrder(t *testing.T) {
	var got []string
	for c := range clinic().Criteria() {
		got = append(got, c.ID)
	}
	want := []string{"op-home", "iop-phq9", "iop-crises", "iop-groups", "iop-works", "iop-steady"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	for range clinic().Criteria() {
		break // stops without a panic
	}
}

func TestNoun(t *testing.T) {
	p := clinic()
	want := []string{"suicide risk", "ability to take part", "living", "substances", "crises", "BMI", "PHQ-9", "WHODAS"}
	var got []string
	for _, q := range p.Questions {
		got = append(got, q.Noun())
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
