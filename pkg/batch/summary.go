package batch

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
)

// Summary is what came of a batch. Records are determined, undetermined or in
// error; each is counted once.
type Summary struct {
	Pack     *pack.Pack
	Complete bool // the input was read to its end

	Rows         int64
	Errors       int64 // records in error
	Undetermined int64
	Levels       []Tally    // every level of the pack, lowest first: the records determined for it
	Criteria     []Tally    // indications that hold, the commonest first
	Warnings     []Tally    // notes, the commonest first
	Mistakes     []Mistake  // the commonest first
	ByNumber     []Numbered // columns in which options were given by their numbers, by name
	Seconds      float64

	Review *ReviewCounts // of a review; else nil, as every word about persons
}

// Tally is how often something came up.
type Tally struct {
	ID    string
	Count int64
}

// Mistake is a kind of mistake: the same in the same column, or key. The name
// is empty if it is about the record as a whole, and for what is beyond the
// first thousand kinds.
type Mistake struct {
	Name, Code string
	Count      int64
}

// Numbered is a column in which options were named by their numbers, or whose
// own name has the number of an option.
type Numbered struct {
	Column   string
	Question *pack.Question
	Option   int // of a column that stands for one option: which, from 1; else 0
}

// Meaning says which number stands for which answer: "1 = none, 2 = passive".
// Of a long list, short gives the first and the last.
func (n Numbered) Meaning(short bool) string {
	var parts []string
	for _, x := range n.numbers() {
		parts = append(parts, fmt.Sprintf("%d = %s", x.Number, x.Answer))
	}
	if short && len(parts) > 2 {
		return parts[0] + " … " + parts[len(parts)-1]
	}
	return strings.Join(parts, ", ")
}

// RowsPerSecond is 0 where no time was measured.
func (s *Summary) RowsPerSecond() float64 {
	if s.Seconds <= 0 {
		return 0
	}
	return float64(s.Rows) / s.Seconds
}

// Determined is the number of records for which one level remains, or, of a
// review, of persons for whom one verdict does.
func (s *Summary) Determined() int64 {
	if s.Review != nil {
		return s.Review.results() - s.Review.Single - s.Errors - s.Undetermined
	}
	return s.Rows - s.Errors - s.Undetermined
}

func (s *stats) summary(r *run) *Summary {
	out := &Summary{Pack: r.p, Rows: s.rows, Errors: s.failed, Undetermined: s.undetermined}
	if s.levels == nil { // no record was counted
		s.reset(r.e)
	}
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
		out.Mistakes = append(out.Mistakes, Mistake{m.name, m.code, n})
	}
	for _, list := range [][]Tally{out.Criteria, out.Warnings} {
		slices.SortStableFunc(list, func(a, b Tally) int { return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.ID, b.ID)) })
	}
	slices.SortFunc(out.Mistakes, func(a, b Mistake) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Name, b.Name), cmp.Compare(a.Code, b.Code))
	})
	out.ByNumber = s.byNumber(r)
	if r.people != nil {
		out.Review = r.people.counts.summary()
		out.Undetermined = r.people.counts.verdicts[review.Undetermined]
	}
	return out
}

func appendTally(list []Tally, id string, n int64) []Tally {
	if n > 0 {
		list = append(list, Tally{id, n})
	}
	return list
}

// byNumber finds the questions of the columns that were answered by number.
func (s *stats) byNumber(r *run) (out []Numbered) {
	at := map[string]*column{}
	for i := range r.columns {
		c := &r.columns[i]
		at[c.name] = c
		if c.kind == boxColumn && c.numbered {
			out = append(out, Numbered{c.name, r.p.Slots[c.slot].Question, c.option + 1})
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.counted)) {
		slot, _ := r.p.SlotByID(name) // the name of a key of JSON Lines
		if c := at[name]; c != nil {
			slot = c.slot
		}
		out = append(out, Numbered{Column: name, Question: r.p.Slots[slot].Question})
	}
	slices.SortStableFunc(out, func(a, b Numbered) int { return cmp.Compare(a.Column, b.Column) })
	return out
}
