package verify

import (
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/space"
)

// frame is a space with what statements in it have in common. Its zero nodes
// are what has not been asked for.
type frame struct {
	run   *run
	s     *space.Space
	memo  *space.Memo
	level space.Node // the index of the recommended level
	err   error      // an example that the engine does not confirm

	leading  map[uint64]space.Node // where one of some levels is recommended
	decisive []space.Node          // by indication, in the order of pack.Criteria: where another one argues for as much
	excluded space.Node            // where a contradiction holds
	notes    []*pack.Note          // the contradictions
	built    bool                  // whether the two are

	conditions []pack.Condition // what it was made for, but for the level
	byVariable [][]space.Node   // inner nodes of all that the pack says
}

// The space of everything takes no more than half of the budget, nor does that
// of the levels of what is left then; a space of another job takes no more than
// a part of what is left, so that something is left for the others. Once
// nothing is, every job still gets a crumb: most need no more, and that is how
// one hard criterion leaves the others decided.
const (
	half   = 2
	part   = 8
	crumb  = 8192 // of the whole budget
	crumbs = 64   // nodes, at least
)

// sharedTries is how often the space of everything is tried.
const sharedTries = 2

// sharedFrame is the space of everything, nil if it does not fit.
func (r *run) sharedFrame() *frame {
	if r.shared != nil || r.sharedTries == sharedTries || r.err != nil {
		return r.shared
	}
	r.sharedTries++
	j := job{level: true}
	for _, u := range r.rules {
		if c := u.part.Criterion; c == nil || c.Kind != pack.Indication {
			j.conditions = append(j.conditions, u.when)
		}
	}
	f, err := r.newFrame(j, r.left/half)
	if err != nil {
		r.sharedTries = sharedTries // it would not fit the next time
		return nil
	}
	for _, u := range r.rules {
		if u.part.Note != nil && u.part.Note.Kind == pack.Contradiction {
			f.notes = append(f.notes, u.part.Note)
		}
	}
	r.shared = f
	return f
}

// newFrame makes the space of a job with a limit of nodes.
func (r *run) newFrame(j job, limit int) (*frame, error) {
	limit = max(limit, r.budget/crumb, crumbs)
	conditions := j.conditions
	if j.level {
		for _, of := range r.indications {
			conditions = append(conditions[:len(conditions):len(conditions)], of...)
		}
	}
	p := j.pack
	if p == nil {
		p = r.pack
	}
	s, err := space.New(p, space.Options{Conditions: conditions, Nodes: limit})
	if err != nil {
		r.left -= fixed
		return nil, err
	}
	f := &frame{run: r, s: s, memo: s.Memo(), leading: map[uint64]space.Node{}, conditions: j.conditions}
	if j.level {
		f.level = s.Highest(r.indications)
	}
	if err := s.Err(); err != nil {
		r.close(f)
		if len(j.conditions) == 0 {
			r.noLevel = err
		}
		return nil, err
	}
	return f, nil
}

// fixed is what a space costs that does nothing.
const fixed = 500

// close takes what a frame has used off the budget.
func (r *run) close(f *frame) { r.left -= f.s.Spent() + fixed }

// has reports whether the frame was made for a condition.
func (f *frame) has(c pack.Condition) bool {
	for _, x := range f.conditions {
		if x == c {
			return true
		}
	}
	return false
}

// at is where a level is recommended.
func (f *frame) at(l *pack.Level) space.Node { return f.leads(1 << l.Index) }

// leads is where one of the levels whose bits are set is recommended.
func (f *frame) leads(mask uint64) space.Node {
	n, ok := f.leading[mask]
	if !ok {
		n = f.s.Is(f.level, mask)
		f.leading[mask] = n
	}
	return n
}

// node is where the condition of a criterion holds.
func (f *frame) node(c *pack.Criterion) space.Node { return f.s.Condition(c.When) }

// contradictory is where the pack says that the answers do not go together.
// Where the frame does not know, that is nowhere.
func (f *frame) contradictory() space.Node {
	if !f.built {
		f.built = true
		var of []space.Node
		for _, n := range f.notes {
			of = append(of, f.s.Condition(n.When))
		}
		f.excluded = f.s.Or(of...)
	}
	return f.excluded
}
