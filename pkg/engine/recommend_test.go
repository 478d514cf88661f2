package engine_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/engine/enginetest"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/google/go-cmp/cmp"
)

// told writes all of a recommendation, so that a test sees what it did not
// expect, too.
func told(r *engine.Recommendation) string {
	var b strings.Builder
	slots := func(of []int) string {
		var ids []string
		for _, s := range of {
			ids = append(ids, r.Pack.Slots[s].ID)
		}
		return strings.Join(ids, " ")
	}
	for _, l := range r.Possible {
		fmt.Fprintf(&b, "possible %s\n", l.ID)
	}
	for _, list := range []struct {
		name     string
		findings []engine.Finding
	}{{"indication", r.Indications}, {"open", r.Open}, {"requirement", r.Requirements}, {"support", r.Supports}, {"step-down", r.StepDown}} {
		for _, f := range list.findings {
			fmt.Fprintf(&b, "%s %s %v: %s\n", list.name, f.Criterion.ID, f.State, slots(f.Slots))
		}
	}
	for _, o := range r.Services {
		fmt.Fprintf(&b, "service %s of %s %v: %s\n", o.Service.ID, o.Level.ID, o.Suggested, slots(o.Slots))
	}
	for _, n := range r.Notes {
		fmt.Fprintf(&b, "note %s: %s\n", n.Note.ID, slots(n.Slots))
	}
	for _, f := range r.Filled {
		fmt.Fprintf(&b, "filled %s %d with %d\n", f.Question.ID, f.Total, f.Items)
	}
	for _, q := range r.Deciding {
		fmt.Fprintf(&b, "deciding %s\n", q.ID)
	}
	if r.Next != nil {
		fmt.Fprintf(&b, "next %s\n", r.Next.ID)
	}
	return b.String()
}

func TestRecommend(t *testing.T) {
	for _, test := range []struct {
		name    string
		answers map[string]pack.Value
		want    string
	}{
		{"nothing is answered", nil, `possible base
possible day
possible inside
open danger unknown: risk
open heavy unknown: risk phq
open unsafe unknown: risk alone
open burdened unknown: risk uses days phq
requirement has-home unknown: home
step-down better unknown: phq
service skills of day false: 
service talk of day true: 
note no-phq: phq
deciding risk
deciding alone
deciding uses
deciding days
deciding phq
next risk
`},
		{"at the base, with supports", map[string]pack.Value{"risk": 0, "uses": 0, "phq": 3, "home": 0}, `possible base
support at-home true: home
`},
		{"two of three hold, and the third is open", map[string]pack.Value{"risk": 2, "alone": 0, "uses": 2, "phq": 2, "home": 2}, `possible day
indication burdened true: risk uses
requirement has-home false: home
step-down better true: phq
service skills of day false: 
service talk of day true: 
`},
		{"both of any hold", map[string]pack.Value{"risk": 2, "alone": 1, "uses": 0, "days": 20, "phq": 7}, `possible day
indication unsafe true: risk alone
indication burdened true: risk days phq
requirement has-home unknown: home
step-down better false: phq
service skills of day false: 
service talk of day true: 
note alone: alone
`},
		{"the top is reached, whatever else", map[string]pack.Value{"risk": 3, "uses": 1}, `possible inside
indication danger true: risk
note no-phq: phq
`},
		{"an item is filled", map[string]pack.Value{"risk": 0, "phq_2": 3, "phq_3": 2}, `possible base
possible day
open burdened unknown: uses
requirement has-home unknown: home
step-down better false: phq
service skills of day false: 
service talk of day true: 
note item-three: phq_3
filled phq 8 with 1
deciding uses
next uses
`},
		{"one that is never filled is missing", map[string]pack.Value{"risk": 2, "alone": 0, "uses": 0, "phq_1": 3, "phq_2": 3}, `possible day
possible inside
indication burdened true: risk phq
open heavy unknown: phq
requirement has-home unknown: home
step-down better false: phq
service skills of day false: 
service talk of day true: 
note no-phq: phq
deciding phq
next phq
`},
		{"some items settle nothing yet", map[string]pack.Value{"risk": 2, "alone": 0, "uses": 0, "days": 0, "phq_1": 3}, `possible base
possible day
possible inside
open heavy unknown: phq
open burdened unknown: phq
requirement has-home unknown: home
step-down better unknown: phq
service skills of day false: 
service talk of day true: 
note no-phq: phq
deciding phq
next phq
`},
	} {
		p := ward()
		a := p.NewAnswers()
		for id, v := range test.answers {
			slot, _ := p.SlotByID(id)
			a[slot] = v
		}
		if diff := cmp.Diff(test.want, told(compile(t, p).Recommend(a))); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.name, diff)
		}
	}
}

// Values that no answer can have are missing, and so is everything where the
// slots are those of another pack: nothing is made up and nothing panics.
func TestValuesOutsideOfADomainAreMissing(t *testing.T) {
	p := ward()
	e := compile(t, p)
	want := told(e.Recommend(p.NewAnswers()))
	wild := p.NewAnswers()
	for i := range wild {
		wild[i] = []pack.Value{-1, 1 << 40, 1<<63 - 1, pack.NotAssessed, -1 << 61}[i%5]
	}
	for _, a := range []pack.Answers{wild, nil, wild[:3], append(wild, 1, 1, 1)} {
		var d engine.Decision
		if e.Decide(a, &d); d.Possible != 7 || d.Min != 0 {
			t.Errorf("%v leads to levels %b from %d on", a, d.Possible, d.Min)
		}
		if diff := cmp.Diff(want, told(e.Recommend(a))); diff != "" {
			t.Errorf("%v (-nothing answered +got):\n%s", a, diff)
		}
	}
}

// What a recommendation says and what a decision says are the same, the
// answers behind it are answered, and those that it hangs on are not.
func TestRecommendAgreesWithDecide(t *testing.T) {
	for seed := range uint64(300) {
		r := rand.New(rand.NewPCG(seed, 4))
		p := enginetest.Pack(r, enginetest.Size{Questions: 8})
		e := compile(t, p)
		for range 5 {
			a := enginetest.Answers(r, p, 60)
			var d engine.Decision
			e.Decide(a, &d)
			rec := e.Recommend(a)
			if m := possible(rec); m == 0 || m&^d.Possible != 0 || (rec.Level != nil) != (len(rec.Possible) == 1) {
				t.Fatalf("seed %d: %v of %b", seed, rec.Possible, d.Possible)
			}
			if (len(rec.Deciding) == 0) != (rec.Level != nil) || (rec.Next == nil) != (rec.Level != nil) {
				t.Fatalf("seed %d: deciding %v of levels %b", seed, rec.Deciding, d.Possible)
			}
			for _, list := range [][]engine.Finding{rec.Indications, rec.Open, rec.Requirements, rec.Supports, rec.StepDown} {
				for _, f := range list {
					if i, _ := e.CriterionIndex(f.Criterion); d.State(i) != f.State {
						t.Fatalf("seed %d: %s is %v and %v", seed, f.Criterion.ID, f.State, d.State(i))
					}
				}
			}
			var held []int
			held = d.Indications(held)
			if len(held) != len(rec.Indications) {
				t.Fatalf("seed %d: %v hold, and %v", seed, held, rec.Indications)
			}
			for _, l := range rec.Possible {
				unmet, unknown := d.Requirements(slices.Index(p.Levels, l), nil, nil)
				for _, f := range rec.Requirements {
					i, _ := e.CriterionIndex(f.Criterion)
					if f.Criterion.Level == l && (slices.Contains(unmet, i) != (f.State == engine.False) || slices.Contains(unknown, i) != (f.State == engine.Unknown)) {
						t.Fatalf("seed %d: %s is %v, not met are %v, unknown %v", seed, f.Criterion.ID, f.State, unmet, unknown)
					}
				}
			}
			var notes []*pack.Note
			for _, i := range d.Notes(nil) {
				notes = append(notes, p.Notes[i])
			}
			if !slices.EqualFunc(notes, rec.Notes, func(n *pack.Note, m engine.Remark) bool { return n == m.Note }) {
				t.Fatalf("seed %d: %d notes, and %d", seed, len(notes), len(rec.Notes))
			}
		}
	}
}

// The answers behind an indication that holds are enough for it: without all
// others it holds still.
func TestSlotsBehindAnIndicationMakeItHold(t *testing.T) {
	checked := 0
	for seed := range uint64(400) {
		r := rand.New(rand.NewPCG(seed, 5))
		p := enginetest.Pack(r, enginetest.Size{Questions: 8})
		e := compile(t, p)
		a := enginetest.Answers(r, p, 80)
		for _, f := range e.Recommend(a).Indications {
			only := p.NewAnswers()
			for _, s := range f.Slots {
				only[s] = a[s]
				for _, it := range p.Slots[s].Question.Items {
					if !p.Slots[s].IsItem() {
						only[it.Slot] = a[it.Slot]
					}
				}
			}
			if got := e.Findings(only, []*pack.Criterion{f.Criterion}); got[0].State != engine.True {
				t.Fatalf("seed %d: %s holds for %v of %v, and not for these alone", seed, f.Criterion.ID, f.Slots, a)
			}
			checked++
		}
	}
	if checked < 300 {
		t.Errorf("only %d indications checked", checked)
	}
}

func TestDecideDoesNotAllocate(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 6))
		p := enginetest.Pack(r, enginetest.Size{Questions: 10})
		e := compile(t, p)
		all := []pack.Answers{enginetest.Answers(r, p, 100), enginetest.Answers(r, p, 50), p.NewAnswers(), nil}
		var d engine.Decision
		e.Decide(all[0], &d)
		n := 0
		held := make([]int, 0, len(e.Criteria()))
		allocs := testing.AllocsPerRun(20, func() {
			for _, a := range all {
				e.Decide(a, &d)
				held = d.Indications(held[:0])
				n += len(held)
				for range d.Levels {
					n++
				}
				for i := range e.Criteria() {
					n += int(d.State(i))
				}
				for i := range p.Notes {
					n += int(d.Note(i))
				}
			}
		})
		if allocs != 0 {
			t.Fatalf("seed %d: %v allocations", seed, allocs)
		}
	}
}

// A decision does not change with the answers that it was made of.
func TestDecisionKeepsItsAnswers(t *testing.T) {
	p := ward()
	e := compile(t, p)
	a := p.NewAnswers()
	a[1] = 1
	var d engine.Decision
	e.Decide(a, &d)
	a[1] = 0
	if got := d.Note(0); got != engine.True {
		t.Errorf("the note is %v after the answers changed", got)
	}
}

func TestEngineIsSharedByGoroutines(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 8))
	p := enginetest.Pack(r, enginetest.Size{Questions: 10})
	e := compile(t, p)
	var all []pack.Answers
	var want []string
	for range 50 {
		a := enginetest.Answers(r, p, 60)
		all, want = append(all, a), append(want, told(e.Recommend(a)))
	}
	var wait sync.WaitGroup
	for range 8 {
		wait.Go(func() {
			var d engine.Decision
			for i, a := range all {
				e.Decide(a, &d)
				if got := told(e.Recommend(a)); got != want[i] {
					t.Errorf("got\n%s\nand alone\n%s", got, want[i])
				}
			}
		})
	}
	wait.Wait()
}

// Two engines of one pack say the same, in the same order.
func TestCompileIsDeterministic(t *testing.T) {
	for seed := range uint64(50) {
		r := rand.New(rand.NewPCG(seed, 9))
		p := enginetest.Pack(r, enginetest.Size{Questions: 8})
		e, f := compile(t, p), compile(t, p)
		for range 5 {
			a := enginetest.Answers(r, p, 50)
			if diff := cmp.Diff(told(e.Recommend(a)), told(f.Recommend(a))); diff != "" {
				t.Fatalf("seed %d:\n%s", seed, diff)
			}
		}
	}
}
