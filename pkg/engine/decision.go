package engine

import (
	"math/bits"

	"github.com/carelevel/carelevel/pkg/pack"
)

// Decision is what Decide found. It belongs to one goroutine: some of it is
// computed when it is asked for. The zero value is ready to be decided into.
type Decision struct {
	Min      int    // index of the least possible level: the highest that an indication argues for
	Max      int    // index of the greatest possible level
	Possible uint64 // bit i is set if level i is possible

	e        *Engine
	answers  pack.Answers // a copy, for what is computed later
	sums     sums
	truths   []Truth
	rows     []uint32 // of the table that is being decided
	possible []uint64
	holds    []uint64
	noted    bool // whether the table of notes is decided, too
	finished bool // and the cold one
}

func (d *Decision) prepare(e *Engine) {
	words := max(e.cold.to, e.notes.to) * blockWords
	*d = Decision{e: e, answers: e.pack.NewAnswers(), sums: e.newSums(), rows: make([]uint32, 0, len(e.inputs.list)),
		possible: make([]uint64, words), holds: make([]uint64, words)}
	if e.inputs.walkAll {
		d.truths = make([]Truth, len(e.tree.nodes))
	}
}

// Determined reports whether only one level is possible, whatever the missing
// answers are.
func (d *Decision) Determined() bool { return d.Possible&(d.Possible-1) == 0 }

// Levels yields the indices of the possible levels, lowest first.
func (d *Decision) Levels(yield func(int) bool) {
	for m := d.Possible; m != 0; m &= m - 1 {
		if !yield(bits.TrailingZeros64(m)) {
			return
		}
	}
}

// State returns what became of the criterion with this index; see
// Engine.Criteria.
func (d *Decision) State(criterion int) Truth { return d.state(criterion) }

// Requirements appends the indices of those requirements of a level that are
// not met to unmet, and of those that are unknown to unknown, in the pack's
// order.
func (d *Decision) Requirements(level int, unmet, unknown []int) ([]int, []int) {
	for i := range d.e.required[level] {
		r := &d.e.required[level][i]
		switch {
		case r.mask == 0:
			switch d.state(r.index) {
			case False:
				unmet = append(unmet, r.index)
			case Unknown:
				unknown = append(unknown, r.index)
			}
		case d.holds[r.at]&r.mask != 0:
		case d.possible[r.at]&r.mask == 0:
			unmet = append(unmet, r.index)
		default:
			unknown = append(unknown, r.index)
		}
	}
	return unmet, unknown
}

// required is a requirement and where its terms are, if one word has them all.
type required struct {
	index int
	at    int32
	mask  uint64 // 0: they are in several words, or there are none
}

func (e *Engine) findRequired() {
	e.required = make([][]required, len(e.pack.Levels))
	for i, c := range e.criteria {
		if c.Kind != pack.Requirement {
			continue
		}
		q := required{index: i}
		if r := e.rules[i]; r.from < r.to && r.from>>6 == (r.to-1)>>6 {
			q.at, q.mask = r.from>>6, (uint64(1)<<(r.to-r.from)-1)<<(r.from&63)
		}
		l := e.levelIndex(c.Level)
		e.required[l] = append(e.required[l], q)
	}
}

// Service returns whether the answers call for the service with this position
// in pack.Services. One without a condition is always called for.
func (d *Decision) Service(i int) Truth { return d.state(len(d.e.criteria) + i) }

// Note returns whether the answers call for the note with this position in
// pack.Notes.
func (d *Decision) Note(i int) Truth { return d.state(len(d.e.criteria) + len(d.e.pack.Services) + i) }

func (d *Decision) state(rule int) Truth {
	r := &d.e.rules[rule]
	switch {
	case int(r.to) <= d.e.layout.hot:
	case d.e.isNote(rule):
		d.finish(d.e.notes, &d.noted)
	default:
		d.finish(d.e.cold, &d.finished)
	}
	if r.from == r.to {
		return False
	}
	// Most rules have all their terms in one word.
	at, mask := r.from>>6, (uint64(1)<<(r.to-r.from)-1)<<(r.from&63)
	switch {
	case d.holds[at]&mask != 0:
		return True
	case (r.to-1)>>6 == at && d.possible[at]&mask == 0:
		return False
	case anyBit(d.holds, r.from, r.to):
		return True
	case anyBit(d.possible, r.from, r.to):
		return Unknown
	}
	return False
}

// Indications appends the indices of the indications that hold, those of the
// highest level first and within a level in the pack's order.
func (d *Decision) Indications(to []int) []int {
	return d.holding(to, 0, int32(len(d.e.layout.levelOf)), 0)
}

// Notes appends the positions in pack.Notes of the notes that the answers call
// for, in the pack's order.
func (d *Decision) Notes(to []int) []int {
	d.finish(d.e.notes, &d.noted)
	first := len(d.e.criteria) + len(d.e.pack.Services)
	if first == len(d.e.rules) {
		return to
	}
	return d.holding(to, d.e.rules[first].from, d.e.rules[len(d.e.rules)-1].to, first)
}

// holding appends the rules that hold of those with the terms from one number
// to before another, each once, counted from the rule first.
func (d *Decision) holding(to []int, from, end int32, first int) []int {
	rules, ruleOf := d.e.rules, d.e.layout.ruleOf
	for from < end {
		w := d.holds[from>>6] >> (from & 63)
		if w == 0 {
			from = (from | 63) + 1
			continue
		}
		from += int32(bits.TrailingZeros64(w))
		if from >= end {
			break
		}
		r := ruleOf[from]
		to = append(to, int(r)-first)
		from = rules[r].to
	}
	return to
}

// Total returns the total of an instrument as the decision took it: given,
// summed or filled in. known is false if there is none.
func (d *Decision) Total(q *pack.Question) (total pack.Value, known bool) {
	for i := range d.e.instruments {
		if d.e.instruments[i].question == q {
			t := d.e.instruments[i].total(d.answers)
			return t.lo, t.known
		}
	}
	return pack.Missing, false
}
