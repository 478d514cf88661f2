package compare

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"slices"

	"github.com/carelevel/carelevel/pkg/diag"
	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Row is one assessment, read as answers to both packs.
type Row struct {
	ID      string    // of the assessment; may be empty
	At      diag.Span // where it stands
	Answers [2]pack.Answers

	// Foreign are the questions that have an answer which this pack cannot
	// take and the other can: it does not ask them, or does not have the
	// answer. To this pack they are not answered.
	Foreign [2][]string

	// Problems say why the row cannot be read; it is then not decided on.
	Problems []diag.Diagnostic
}

// Rows is what two packs make of real assessments.
type Rows struct {
	Decided int           // how many were decided on
	Changed []RowChange   // lowerings first, then those that may be, then in the order of the rows
	Moves   []RowMove     // counts of Changed, lowerings first
	Levels  []RowLevel    // where the rows end, lowest first; the undetermined ones last
	Entries []RowEntry    // criteria, services and notes with another state in some rows
	Foreign [2][]RowCount // answers that the pack cannot take, by question

	Bad      int               // how many could not be read
	Problems []diag.Diagnostic // why, in the order of the rows
	Bounds   int               // rows with too much open to look at every completion, see engine.Engine.Possible
}

// RowChange is one assessment that ends elsewhere. A level that is not
// determined is told by all that are possible, lowest first.
type RowChange struct {
	ID        string
	At        diag.Span
	From, To  []*pack.Level
	Direction Direction // Aside unless both are determined
	Reasons   []Reason  // the indications that make the difference, the highest level first
}

// RowMove counts the changes from one level to another; a nil level is
// undetermined.
type RowMove struct {
	From, To  *pack.Level
	Direction Direction
	Count     int
}

// RowLevel counts the rows at a level; without an id, the undetermined ones.
type RowLevel struct {
	ID string
	In [2]int
}

// RowEntry counts the rows in which a criterion, a service or a note is in
// another state.
type RowEntry struct {
	Kind  EntryKind
	ID    string
	Count int
}

// RowCount counts rows by question.
type RowCount struct {
	Question string
	Count    int
}

// Decides reports whether some row is decided otherwise.
func (r *Rows) Decides() bool { return len(r.Changed)+len(r.Entries) > 0 }

// On decides on every row with both packs. The error is that of the rows, or
// says that a pack cannot decide.
func On(old, new *pack.Pack, rows iter.Seq2[Row, error]) (*Rows, error) {
	c, err := newComparison(old, new, Options{})
	if err != nil {
		return nil, err
	}
	t := newTally(c)
	for row, err := range rows {
		if err != nil {
			return nil, err
		}
		t.add(&row)
	}
	return t.result(), nil
}

// tally counts rows.
type tally struct {
	*comparison
	out     Rows
	d       [2]engine.Decision
	states  []*stateChange
	moves   map[[2]*pack.Level]*RowMove
	levels  [2]map[string]int
	foreign [2]map[string]int
}

func newTally(c *comparison) *tally {
	return &tally{comparison: c, states: pairStates(c), moves: map[[2]*pack.Level]*RowMove{},
		levels: [2]map[string]int{{}, {}}, foreign: [2]map[string]int{{}, {}}}
}

func (t *tally) add(row *Row) {
	if len(row.Problems) > 0 {
		t.out.Bad++
		t.out.Problems = append(t.out.Problems, row.Problems...)
		return
	}
	t.out.Decided++
	var possible [2][]*pack.Level
	bounds := false
	for s := range t.packs {
		for _, q := range row.Foreign[s] {
			t.foreign[s][q]++
		}
		mask, exact := t.engines[s].PossibleIn(row.Answers[s], &t.d[s])
		possible[s], bounds = levelsIn(t.packs[s], mask), bounds || !exact
		t.levels[s][determined(possible[s])]++
	}
	if bounds {
		t.out.Bounds++
	}
	for _, st := range t.states {
		st.count(&t.d)
	}
	if !sameLevels(possible[Old], possible[New]) {
		t.change(row, possible)
	}
}

func levelsIn(p *pack.Pack, mask uint64) []*pack.Level {
	var out []*pack.Level
	for i, l := range p.Levels {
		if mask>>i&1 == 1 {
			out = append(out, l)
		}
	}
	return out
}

// determined is the id of the level if there is only one.
func determined(possible []*pack.Level) string {
	if len(possible) == 1 {
		return possible[0].ID
	}
	return ""
}

func sameLevels(a, b []*pack.Level) bool {
	return slices.EqualFunc(a, b, func(a, b *pack.Level) bool { return a.ID == b.ID })
}

func (t *tally) change(row *Row, possible [2][]*pack.Level) {
	from, to := determined(possible[Old]), determined(possible[New])
	c := RowChange{ID: row.ID, At: row.At, From: possible[Old], To: possible[New], Direction: Aside}
	var key [2]*pack.Level
	for s := range key {
		if len(possible[s]) == 1 {
			key[s] = possible[s][0]
		}
	}
	if from != "" && to != "" {
		c.Direction = t.order.direction(from, to)
	}
	c.Reasons = t.reasons(&t.d[Old], &t.d[New], from, to)
	t.out.Changed = append(t.out.Changed, c)
	m := t.moves[key]
	if m == nil {
		m = &RowMove{From: key[Old], To: key[New], Direction: c.Direction}
		t.moves[key] = m
	}
	m.Count++
}

func (t *tally) result() *Rows {
	out := &t.out
	for _, m := range t.moves {
		out.Moves = append(out.Moves, *m)
	}
	slices.SortFunc(out.Moves, func(a, b RowMove) int {
		return cmp.Or(cmp.Compare(a.Direction, b.Direction), b.Count-a.Count, cmp.Compare(index(a.From), index(b.From)), cmp.Compare(index(a.To), index(b.To)))
	})
	slices.SortStableFunc(out.Changed, func(a, b RowChange) int {
		return cmp.Or(cmp.Compare(a.Direction, b.Direction), cmp.Compare(t.mayBeHigher(&a), t.mayBeHigher(&b)))
	})
	for _, id := range append(mergedLevels(t.packs), "") {
		if n := (RowLevel{id, [2]int{t.levels[Old][id], t.levels[New][id]}}); n.In != [2]int{} {
			out.Levels = append(out.Levels, n)
		}
	}
	for _, st := range t.states {
		if st.rows > 0 {
			out.Entries = append(out.Entries, RowEntry{st.kind, st.id, st.rows})
		}
	}
	for s, by := range t.foreign {
		for _, q := range slices.Sorted(maps.Keys(by)) {
			out.Foreign[s] = append(out.Foreign[s], RowCount{q, by[q]})
		}
	}
	return out
}

// mayBeHigher is 0 where the least possible level falls: that comes first of
// what is not determined.
func (t *tally) mayBeHigher(c *RowChange) int {
	if len(c.From) > 0 && len(c.To) > 0 && t.order.above(c.From[0].ID, c.To[0].ID) {
		return 0
	}
	return 1
}

// index puts undetermined levels last.
func index(l *pack.Level) int {
	if l == nil {
		return 64
	}
	return l.Index
}

// stateChange counts the rows in which one rule is in another state.
type stateChange struct {
	kind  EntryKind
	id    string
	state [2]func(*engine.Decision) engine.Truth // nil where the pack does not have it
	rows  int
}

// pairStates brings all rules of both packs together that have a state.
func pairStates(c *comparison) []*stateChange {
	var out []*stateChange
	at := map[string]int{}
	for _, s := range []Side{New, Old} {
		put := func(kind EntryKind, id string, state func(*engine.Decision) engine.Truth) {
			key := fmt.Sprint(kind, " ", id)
			i, ok := at[key]
			if !ok {
				i, at[key] = len(out), len(out)
				out = append(out, &stateChange{kind: kind, id: id})
			}
			out[i].state[s] = state
		}
		for i, criterion := range c.engines[s].Criteria() {
			put(criterionEntry(criterion).Kind, criterion.ID, func(d *engine.Decision) engine.Truth { return d.State(i) })
		}
		for i, service := range c.packs[s].Services {
			put(Service, service.ID, func(d *engine.Decision) engine.Truth { return d.Service(i) })
		}
		for i, note := range c.packs[s].Notes {
			put(Note, note.ID, func(d *engine.Decision) engine.Truth { return d.Note(i) })
		}
	}
	slices.SortStableFunc(out, func(a, b *stateChange) int { return cmp.Compare(a.kind, b.kind) })
	return out
}

func (st *stateChange) count(d *[2]engine.Decision) {
	var is [2]engine.Truth
	for s, state := range st.state {
		if state != nil {
			is[s] = state(&d[s])
		}
	}
	if is[Old] != is[New] {
		st.rows++
	}
}
