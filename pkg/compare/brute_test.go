package compare_test

import (
	"fmt"
	"math/big"
	"testing"

	"github.com/carelevel/carelevel/pkg/compare"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// counted is what brute force finds out about two packs.
type counted struct {
	size   int64
	moves  map[string]int64 // "from>to"
	levels [2]map[string]int64
	by     map[string]int64 // direction
	part   map[string]int64 // "from>to id"
	alone  map[string]int64 // id
	ids    map[string]bool  // of indications
}

// higher reports whether steps up within the packs lead from b to a.
func higher(packs [2]*pack.Pack, a, b string) bool {
	seen := map[string]bool{}
	var from func(id string) bool
	from = func(id string) bool {
		for _, p := range packs {
			for i, l := range p.Levels {
				if l.ID != id || i+1 == len(p.Levels) {
					continue
				}
				next := p.Levels[i+1].ID
				if next == a {
					return true
				}
				if !seen[next] {
					seen[next] = true
					if from(next) {
						return true
					}
				}
			}
		}
		return false
	}
	return from(b)
}

func countOut(t *testing.T, old, new *pack.Pack, limit int) (*counted, bool) {
	t.Helper()
	packs := [2]*pack.Pack{old, new}
	var of []asked
	tested := [2]map[*pack.Question]bool{testedQuestions(old), testedQuestions(new)}
	for _, q := range askedOf(old, new) {
		if tested[0][q.on[0]] || tested[1][q.on[1]] {
			of = append(of, q)
		}
	}
	var engines [2]*engine.Engine
	for s, p := range packs {
		e, err := engine.Compile(p)
		if err != nil {
			t.Fatal(err)
		}
		engines[s] = e
	}
	out := &counted{moves: map[string]int64{}, by: map[string]int64{}, part: map[string]int64{}, alone: map[string]int64{}, levels: [2]map[string]int64{{}, {}}, ids: indicationIDs(packs)}
	var d [2]engine.Decision
	ok := everyJoint(old, new, of, limit, func(a [2]pack.Answers) {
		var at [2]string
		for s, e := range engines {
			e.Decide(a[s], &d[s])
			if !d[s].Determined() {
				t.Fatalf("%v leaves the %v pack open", a[s], s)
			}
			at[s] = packs[s].Levels[d[s].Min].ID
			out.levels[s][at[s]]++
		}
		out.size++
		if at[0] != at[1] {
			out.change(packs, engines, &d, at)
		}
	})
	return out, ok
}

func (c *counted) change(packs [2]*pack.Pack, engines [2]*engine.Engine, d *[2]engine.Decision, at [2]string) {
	move := at[0] + ">" + at[1]
	c.moves[move]++
	direction := "other"
	up, down := higher(packs, at[1], at[0]), higher(packs, at[0], at[1])
	switch {
	case up && !down:
		direction = "higher"
	case down && !up:
		direction = "lower"
	}
	c.by[direction]++
	holds := func(s int, id string) (level string, is bool) {
		criterion := packs[s].Criterion(id)
		if criterion == nil || criterion.Kind != pack.Indication {
			return "", false
		}
		i, _ := engines[s].CriterionIndex(criterion)
		return criterion.Level.ID, d[s].State(i) == engine.True
	}
	some := false
	for id := range c.ids {
		oldLevel, oldHolds := holds(0, id)
		newLevel, newHolds := holds(1, id)
		more := func(a, b string) bool { return higher(packs, a, b) && !higher(packs, b, a) }
		var part bool
		switch {
		case oldHolds && newHolds && oldLevel == newLevel:
		case direction == "lower":
			part = oldHolds && more(oldLevel, at[1])
		case direction == "higher":
			part = newHolds && more(newLevel, at[0])
		default:
			part = oldHolds && oldLevel == at[0] || newHolds && newLevel == at[1]
		}
		if part {
			some = true
			c.part[move+" "+id]++
		}
		if c.undone(packs, engines, d, id) == at[0] {
			c.alone[id]++
		}
	}
	if !some {
		c.part[move+" "]++
	}
}

func indicationIDs(packs [2]*pack.Pack) map[string]bool {
	out := map[string]bool{}
	for _, p := range packs {
		for c := range p.Criteria() {
			if c.Kind == pack.Indication {
				out[c.ID] = true
			}
		}
	}
	return out
}

// undone is New's level if one criterion were as it is in Old; empty where New
// has no place for it.
func (c *counted) undone(packs [2]*pack.Pack, engines [2]*engine.Engine, d *[2]engine.Decision, id string) string {
	highest := 0
	for criterion := range packs[1].Criteria() {
		i, _ := engines[1].CriterionIndex(criterion)
		if criterion.Kind == pack.Indication && criterion.ID != id && d[1].State(i) == engine.True {
			highest = max(highest, criterion.Level.Index)
		}
	}
	if o := packs[0].Criterion(id); o != nil && o.Kind == pack.Indication {
		l := packs[1].Level(o.Level.ID)
		if l == nil {
			return ""
		}
		if i, _ := engines[0].CriterionIndex(o); d[0].State(i) == engine.True {
			highest = max(highest, l.Index)
		}
	}
	return packs[1].Levels[highest].ID
}

// TestMovesAgreeWithBruteForce counts out every combination of two small packs.
func TestMovesAgreeWithBruteForce(t *testing.T) {
	counted, moved, byCause := 0, 0, map[string]int{}
	for seed := range uint64(350) {
		old, new := twoPacks(seed)
		want, ok := countOut(t, old, new, 1500)
		if !ok {
			continue
		}
		d, err := compare.Packs(old, new, compare.Options{})
		if err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		counted++
		checkCounts(t, seed, d.Moves, want)
		checkCauses(t, seed, d.Moves, want)
		st := newStates(t, old, new)
		for _, m := range d.Moves.Moves {
			moved++
			checkExample(t, seed, st, &m)
			for _, c := range m.Causes {
				byCause[causeKind(&c)]++
			}
		}
	}
	for _, kind := range []string{"added", "removed", "changed", "moved", "levels"} {
		if byCause[kind] < 10 {
			t.Errorf("only %d moves by what was %s", byCause[kind], kind)
		}
	}
	if counted < 250 || moved < 250 {
		t.Errorf("only %d pairs of packs with %d moves were counted out", counted, moved)
	}
}

func causeKind(c *compare.Cause) string {
	switch {
	case c.Levels():
		return "levels"
	case c.On[compare.Old] == nil:
		return "added"
	case c.On[compare.New] == nil:
		return "removed"
	case c.On[compare.Old].Level.ID != c.On[compare.New].Level.ID:
		return "moved"
	}
	return "changed"
}

func checkCounts(t *testing.T, seed uint64, m *compare.Moves, want *counted) {
	t.Helper()
	is := func(what string, got *big.Int, want int64) {
		t.Helper()
		if got == nil {
			got = new(big.Int)
		}
		if got.Cmp(big.NewInt(want)) != 0 {
			t.Fatalf("seed %d: %s: %v, counted out %d", seed, what, got, want)
		}
	}
	is("combinations", m.Size, want.size)
	changed := int64(0)
	for _, n := range want.moves {
		changed += n
	}
	is("changed", m.Changed, changed)
	for d := compare.Lower; d <= compare.Higher; d++ {
		is(d.String(), m.By[d], want.by[d.String()])
	}
	if len(m.Moves) != len(want.moves) {
		t.Fatalf("seed %d: %d moves, counted out %v", seed, len(m.Moves), want.moves)
	}
	for _, move := range m.Moves {
		is(move.From.ID+" to "+move.To.ID, move.Count, want.moves[move.From.ID+">"+move.To.ID])
	}
	for _, l := range m.Levels {
		for s, n := range l.In {
			is(l.ID, n, want.levels[s][l.ID])
		}
	}
}

func checkCauses(t *testing.T, seed uint64, m *compare.Moves, want *counted) {
	t.Helper()
	found, total := 0, map[string]int64{}
	for _, move := range m.Moves {
		for _, c := range move.Causes {
			key := fmt.Sprintf("%s>%s %s", move.From.ID, move.To.ID, c.ID)
			if found++; c.Count.Cmp(big.NewInt(want.part[key])) != 0 {
				t.Fatalf("seed %d: %s: %v, counted out %d", seed, key, c.Count, want.part[key])
			}
			total[c.ID] += want.part[key]
		}
	}
	if found != len(want.part) {
		t.Fatalf("seed %d: %d causes, counted out %v", seed, found, want.part)
	}
	for _, c := range m.Causes {
		if c.Count.Cmp(big.NewInt(total[c.ID])) != 0 {
			t.Fatalf("seed %d: %s has a part in %v, counted out %d", seed, c.ID, c.Count, total[c.ID])
		}
		if c.Alone != nil && c.Alone.Cmp(big.NewInt(want.alone[c.ID])) != 0 {
			t.Fatalf("seed %d: %s alone does %v, counted out %d", seed, c.ID, c.Alone, want.alone[c.ID])
		}
	}
}

// checkExample holds an example against engines of its own, and the answers of
// both sides against each other.
func checkExample(t *testing.T, seed uint64, st *states, m *compare.Move) {
	t.Helper()
	for s, p := range st.packs {
		a := m.Example.Answers[s]
		if err := p.CheckAnswers(a); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if r := st.engines[s].Recommend(a); r.Level != []*pack.Level{m.From, m.To}[s] {
			t.Fatalf("seed %d: the example of %s to %s ends at %v", seed, m.From.ID, m.To.ID, r.Level)
		}
	}
	old, new := st.packs[0], st.packs[1]
	for _, q := range askedOf(old, new) {
		if o, n := q.on[0], q.on[1]; o != nil && n != nil && len(o.Items)+len(n.Items) == 0 {
			x, y := m.Example.Answers[0][o.Slot], m.Example.Answers[1][n.Slot]
			if v, err := new.ParseAnswer(n.Slot, old.FormatAnswer(o.Slot, x)); err != nil || v != y {
				t.Fatalf("seed %d: %s is answered by %s and %s", seed, o.ID, old.FormatAnswer(o.Slot, x), new.FormatAnswer(n.Slot, y))
			}
		}
	}
}
