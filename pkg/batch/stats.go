package batch

import (
	"cmp"
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
)

// stats count what came of records.
type stats struct {
	rows         int64
	failed       int64
	undetermined int64
	levels       []int64 // by level, of those determined
	criteria     []int64 // by criterion, how often an indication holds
	warnings     []int64 // by note
	mistakes     map[mistake]int64
	counted      map[string]bool // columns whose options were given by number
}

// mistake is a kind of error: the same in the same column.
type mistake struct{ name, code string }

func (s *stats) reset(e *engine.Engine) {
	if s.levels == nil {
		s.levels = make([]int64, len(e.Pack().Levels))
		s.criteria = make([]int64, len(e.Criteria()))
		s.warnings = make([]int64, len(e.Pack().Notes))
		s.mistakes, s.counted = map[mistake]int64{}, map[string]bool{}
	}
	s.rows, s.failed, s.undetermined = 0, 0, 0
	clear(s.levels)
	clear(s.criteria)
	clear(s.warnings)
	clear(s.mistakes)
	clear(s.counted)
}

func (s *stats) add(t *stats) {
	s.rows += t.rows
	s.failed += t.failed
	s.undetermined += t.undetermined
	s.levels = sum(s.levels, t.levels)
	s.criteria = sum(s.criteria, t.criteria)
	s.warnings = sum(s.warnings, t.warnings)
	if s.mistakes == nil {
		s.mistakes, s.counted = map[mistake]int64{}, map[string]bool{}
	}
	for m, n := range t.mistakes {
		s.mistakes[m] += n
	}
	for c := range t.counted {
		s.counted[c] = true
	}
}

func sum(a, b []int64) []int64 {
	if a == nil {
		a = make([]int64, len(b))
	}
	for i, n := range b {
		a[i] += n
	}
	return a
}

// Summary is what came of a batch.
type Summary struct {
	Rows         int64
	Errors       int64 // records in error
	Undetermined int64
	Levels       []Tally  // every level of the pack, lowest first
	Criteria     []Tally  // indications that hold, the commonest first
	Warnings     []Tally  // notes, the commonest first
	Mistakes     []Tally  // the commonest first: "phq9: answer"
	ByNumber     []string // columns in which options were given by their numbers, counted from 1
	Seconds      float64
}

// Tally is how often something came up.
type Tally struct {
	ID    string
	Count int64
}

func (s *stats) summary(r *run) *Summary {
	out := &Summary{Rows: s.rows, Errors: s.failed, Undetermined: s.undetermined}
	s.reset0(r.e)
	for i, l := range r.p.Levels {
		out.Levels = append(out.Levels, Tally{l.ID, s.levels[i]})
	}
	for i, c := range r.e.Criteria() {
		out.Criteria = appendTally(out.Criteria, c.ID, s.criteria[i])
	}
	for i, n := range r.p.Notes {
		out.Warnings = appendTally(out.Warnings, n.ID, s.warnings[i])
	}
	for m, n := range s.mistakes {
		id := m.code
		if m.name != "" {
			id = m.name + ": " + m.code
		}
		out.Mistakes = append(out.Mistakes, Tally{id, n})
	}
	for c := range s.counted {
		out.ByNumber = append(out.ByNumber, c)
	}
	slices.Sort(out.ByNumber)
	for _, list := range [][]Tally{out.Criteria, out.Warnings, out.Mistakes} {
		slices.SortStableFunc(list, func(a, b Tally) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.ID, b.ID)) })
	}
	return out
}

// reset0 makes the lists where no record was counted.
func (s *stats) reset0(e *engine.Engine) {
	if s.levels == nil {
		s.reset(e)
	}
}

func appendTally(list []Tally, id string, n int64) []Tally {
	if n > 0 {
		list = append(list, Tally{id, n})
	}
	return list
}
