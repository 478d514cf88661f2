package compare_test

import (
	"math/big"
	"testing"

	"github.com/carelevel/carelevel/pkg/compare"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// states decides on joint answers and tells what became of the criteria.
type states struct {
	packs   [2]*pack.Pack
	engines [2]*engine.Engine
	d       [2]engine.Decision
}

func newStates(t *testing.T, old, new *pack.Pack) *states {
	t.Helper()
	s := &states{packs: [2]*pack.Pack{old, new}}
	for i, p := range s.packs {
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		s.engines[i] = e
	}
	return s
}

func (s *states) decide(a [2]pack.Answers) {
	for i, e := range s.engines {
		e.Decide(a[i], &s.d[i])
	}
}

// holds reports whether an entry holds for the answers that were decided on.
func (s *states) holds(side int, kind compare.EntryKind, id string) (holds, known bool) {
	p, d := s.packs[side], &s.d[side]
	switch kind {
	case compare.Service:
		for i, x := range p.Services {
			if x.ID == id {
				return d.Service(i) == engine.True, true
			}
		}
	case compare.Note:
		for i, x := range p.Notes {
			if x.ID == id {
				return d.Note(i) == engine.True, true
			}
		}
	case compare.Indication, compare.Requirement, compare.Support, compare.StepDown:
		i, _ := s.engines[side].CriterionIndex(p.Criterion(id))
		return d.State(i) == engine.True, true
	}
	return false, false
}

// TestMeaningsAgreeWithBruteForce decides on every combination of answers to
// all questions, and compares what that says of every condition.
func TestMeaningsAgreeWithBruteForce(t *testing.T) {
	seen := map[compare.Meaning]int{}
	for seed := range uint64(200) {
		old, new := twoPacks(seed)
		s := newStates(t, old, new)
		d, err := compare.Packs(old, new, compare.Options{})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		lost, won := make([]int64, len(d.Entries)), make([]int64, len(d.Entries))
		held := make([][2]int64, len(d.Entries))
		size := int64(0)
		ok := everyJoint(old, new, askedOf(old, new), 3000, func(a [2]pack.Answers) {
			s.decide(a)
			size++
			for i := range d.Entries {
				e := &d.Entries[i]
				if e.Old == nil || e.New == nil {
					continue
				}
				before, _ := s.holds(0, e.Kind(), e.ID())
				after, _ := s.holds(1, e.Kind(), e.ID())
				count(&held[i][0], before)
				count(&held[i][1], after)
				count(&lost[i], before && !after)
				count(&won[i], after && !before)
			}
		})
		if !ok {
			continue
		}
		for i := range d.Entries {
			e := &d.Entries[i]
			if _, decided := s.holds(0, e.Kind(), e.ID()); e.Old == nil || e.New == nil || !decided {
				continue
			}
			seen[e.Meaning]++
			want := compare.Rewritten
			switch {
			case lost[i] > 0 && won[i] > 0:
				want = compare.Other
			case lost[i] > 0:
				want = compare.Narrower
			case won[i] > 0:
				want = compare.Wider
			}
			if e.Meaning != want && e.Meaning != compare.Unsure && !(e.Meaning == compare.Same && want == compare.Rewritten) {
				t.Fatalf("seed %d: %s is %v, counted out %v", seed, e.ID(), e.Meaning, want)
			}
			if e.Meaning <= compare.Rewritten || e.Meaning == compare.Unsure {
				continue
			}
			for side, share := range e.Holds {
				if !isShare(share, held[i][side], size) {
					t.Fatalf("seed %d: %s holds on %v, counted out %d of %d", seed, e.ID(), share, held[i][side], size)
				}
			}
		}
	}
	for m := compare.Rewritten; m <= compare.Unsure; m++ {
		if seen[m] < 8 {
			t.Errorf("only %d entries are %v", seen[m], m)
		}
	}
}

func count(n *int64, is bool) {
	if is {
		*n++
	}
}

func isShare(s compare.Share, part, whole int64) bool {
	return new(big.Rat).SetFrac(s.Part, s.Whole).Cmp(big.NewRat(part, whole)) == 0
}

// TestSameEntriesAreNotListed decides on every combination, and finds no
// criterion in another state that the list of changes leaves out.
func TestSameEntriesAreNotListed(t *testing.T) {
	compared := 0
	for seed := range uint64(100) {
		old, new := twoPacks(seed)
		s := newStates(t, old, new)
		d, err := compare.Packs(old, new, compare.Options{})
		if err != nil {
			t.Fatal(err)
		}
		listed := map[string]bool{}
		for i := range d.Entries {
			listed[d.Entries[i].Kind().String()+d.Entries[i].ID()] = true
		}
		everyJoint(old, new, askedOf(old, new), 1500, func(a [2]pack.Answers) {
			s.decide(a)
			for c := range old.Criteria() {
				if listed[kindOf(c).String()+c.ID] {
					continue
				}
				compared++
				before, _ := s.holds(0, kindOf(c), c.ID)
				after, _ := s.holds(1, kindOf(c), c.ID)
				if before != after {
					t.Fatalf("seed %d: %s is not listed and differs for %v", seed, c.ID, a)
				}
			}
		})
	}
	if compared < 5000 {
		t.Errorf("only %d states were compared", compared)
	}
}

func kindOf(c *pack.Criterion) compare.EntryKind {
	return [...]compare.EntryKind{compare.Indication, compare.Requirement, compare.Support, compare.StepDown}[c.Kind]
}

// TestOnlysAgreeWithBruteForce decides on every combination with an answer that
// only one of the packs takes.
func TestOnlysAgreeWithBruteForce(t *testing.T) {
	found := 0
	for seed := range uint64(400) {
		old, new := twoPacks(seed)
		d, err := compare.Packs(old, new, compare.Options{})
		if err != nil {
			t.Fatal(err)
		}
		for i := range d.Questions {
			for side, only := range d.Questions[i].Only {
				if only != nil && only.Levels != nil && !only.Finer {
					found++
					checkOnly(t, seed, side, d, &d.Questions[i], only)
				}
			}
		}
	}
	if found < 8 {
		t.Errorf("only %d answers that one pack takes and the other does not", found)
	}
}

func checkOnly(t *testing.T, seed uint64, side int, d *compare.Difference, c *compare.QuestionChange, only *compare.Only) {
	t.Helper()
	p, other := d.Old, d.New
	q, its := c.Old, c.New
	if side == 1 {
		p, other, q, its = d.New, d.Old, c.New, c.Old
	}
	e, err := engine.Compile(p)
	if err != nil {
		t.Fatal(err)
	}
	var of []asked
	for own := range testedQuestions(p) {
		of = append(of, aloneOf(0, p, own))
	}
	var dec engine.Decision
	counts, size := map[string]int64{}, int64(0)
	ok := everyJoint(p, p, of, 3000, func(a [2]pack.Answers) {
		if _, err := other.ParseAnswer(its.Slot, p.FormatAnswer(q.Slot, a[0][q.Slot])); err == nil {
			return
		}
		e.Decide(a[0], &dec)
		counts[p.Levels[dec.Min].ID]++
		size++
	})
	if !ok {
		return
	}
	if len(only.Levels) != len(counts) {
		t.Fatalf("seed %d: %s leads to %v, counted out %v", seed, q.ID, only.Levels, counts)
	}
	for _, l := range only.Levels {
		if !isShare(l.Share, counts[l.Level.ID], size) {
			t.Fatalf("seed %d: %s leads to %s in %v, counted out %d of %d", seed, q.ID, l.Level.ID, l.Share, counts[l.Level.ID], size)
		}
	}
}
