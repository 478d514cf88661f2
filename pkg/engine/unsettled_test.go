package engine

import (
	"slices"
	"testing"

	"github.com/carelevel/carelevel/pkg/pack"
)

// What hangs on a level beside its being recommended, and no more than that.
func TestUnsettled(t *testing.T) {
	yes := func(slot int) pack.Condition {
		return &pack.In{Slot: slot, Ranges: []pack.Interval{{From: 1, To: 1}}}
	}
	p := &pack.Pack{ID: "p", Levels: []*pack.Level{{ID: "base"}, {ID: "top", Index: 1}}}
	for i, id := range []string{"a", "b", "c", "d", "unused"} {
		q := &pack.Question{ID: id, Index: i, Slot: i, Kind: pack.YesNo}
		p.Questions = append(p.Questions, q)
		p.Slots = append(p.Slots, pack.Slot{ID: id, Question: q, Item: -1, Max: 1})
	}
	top := p.Levels[1]
	service := &pack.Service{ID: "s", When: yes(2)}
	p.Services, top.Services = []*pack.Service{service}, []*pack.Service{service}
	top.Requirements = []*pack.Criterion{{ID: "r", Kind: pack.Requirement, Level: top,
		When: &pack.All{Of: []pack.Condition{&pack.Any{Of: []pack.Condition{yes(0), yes(1)}}, yes(3)}}}}
	e, err := Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name    string
		answers pack.Answers
		level   int
		want    []string
	}{
		{"nothing is answered", pack.Answers{pack.Missing, pack.Missing, pack.Missing, pack.Missing, pack.Missing}, 1, []string{"a", "b", "c", "d"}},
		{"a settles its half, and b is not asked for", pack.Answers{1, pack.Missing, pack.Missing, pack.Missing, pack.Missing}, 1, []string{"c", "d"}},
		{"d settles the requirement", pack.Answers{pack.Missing, pack.Missing, 0, 0, pack.Missing}, 1, nil},
		{"a level of which nothing is said", p.NewAnswers(), 0, nil},
	}
	for _, test := range tests {
		var got []string
		for _, q := range e.Unsettled(test.answers, p.Levels[test.level]) {
			got = append(got, q.ID)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, got, test.want)
		}
	}
}
