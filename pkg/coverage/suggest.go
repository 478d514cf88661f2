package coverage

import (
	"fmt"
	"slices"

	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/review"
	"github.com/carelevel/carelevel/pkg/space"
)

// Suggestion is a case that is missing. What must come of it is for its author
// to say.
type Suggestion struct {
	Name    string
	Profile *pack.Profile // that it starts from, or nil
	Over    pack.Answers  // what is written over it
	Answers pack.Answers  // both
	Placed  *pack.Level   // of a case over time: where the person is; both steps have these answers. Nil: a case at one time
	Covers  []*Obligation
}

// base is where a suggestion starts.
type base struct {
	profile *pack.Profile
	answers pack.Answers
}

// candidate is a case that could be suggested.
type candidate struct {
	base   base
	a      pack.Answers
	placed *pack.Level
	cost   int // answers that are written, and the profile
	done   []int
}

// Suggest returns cases that, together, cover what is missing and can be
// covered, as few as a greedy choice finds, and what is left without one: those at one time first. Each
// is found exactly, in the space of what its rule tests, as close to a profile
// or to nothing at all as can be, and looked at as a whole.
func (r *Report) Suggest() (cases []*Suggestion, left []*Obligation) {
	m := r.model
	c := choice{open: make([]bool, len(r.Obligations)), taken: map[string]bool{}}
	for i, o := range r.Obligations {
		if o.State == Missing || o.State == Undecided {
			c.open[i] = true
			c.add(m.candidates(i))
		}
	}
	for best := c.best(); best != nil; best = c.best() {
		cases = append(cases, m.suggestion(best, c.open))
	}
	slices.SortStableFunc(cases, func(a, b *Suggestion) int { return min(placedAt(a.Placed), 0) - min(placedAt(b.Placed), 0) })
	for i, s := range cases {
		s.Name = fmt.Sprintf("suggested %d: %s", i+1, m.words(s.Covers[0]))
	}
	for i, o := range r.Obligations {
		if c.open[i] {
			left = append(left, o)
		}
	}
	return cases, left
}

func (m *model) suggestion(c *candidate, open []bool) *Suggestion {
	s := &Suggestion{Profile: c.base.profile, Answers: c.a, Over: m.over(c.base, c.a), Placed: c.placed}
	for _, i := range c.done {
		if open[i] {
			s.Covers = append(s.Covers, m.obligations[i])
			open[i] = false
		}
	}
	return s
}

// candidates are cases that do one thing: from the profile that needs the
// fewest changes, and from nothing.
func (m *model) candidates(i int) (out []*candidate) {
	o := m.obligations[i]
	var cheapest *candidate
	all := m.bases()
	for k, b := range all {
		if k == len(all)-1 && (cheapest != nil || len(out) > 0) {
			break // to write an answer to everything is the last resort
		}
		c := m.candidate(i, o, b)
		switch {
		case c == nil:
		case b.profile == nil:
			out = append(out, c)
		case cheapest == nil || c.cost < cheapest.cost:
			cheapest = c
		}
	}
	if cheapest != nil {
		out = append([]*candidate{cheapest}, out...)
	}
	return out
}

// bases are the profiles, nothing at all, and the mildest answer to everything.
func (m *model) bases() []base {
	var all []base
	for _, p := range m.pack.Profiles {
		all = append(all, base{p, p.Answers})
	}
	all = append(all, base{nil, m.pack.NewAnswers()})
	mild := m.pack.NewAnswers()
	for _, q := range m.pack.Questions {
		for _, slot := range q.Slots() {
			if slot == q.Slot || m.tested[slot] {
				mild[slot] = mildest(&m.pack.Slots[slot])
			}
		}
	}
	return append(all, base{nil, mild})
}

// mildest is the best answer, or the first where no direction is given.
func mildest(s *pack.Slot) pack.Value {
	if s.Question.Worse == pack.WorseLower && s.Question.Kind != pack.Multi {
		return s.Max
	}
	return s.Min
}

// candidate is the case closest to a base that does one thing, nil if it does
// not come out.
func (m *model) candidate(i int, o *Obligation, b base) (best *candidate) {
	try := func(a pack.Answers) {
		if c := m.judge(i, o, b, a); c != nil && (best == nil || c.cost < best.cost) {
			best = c
		}
	}
	if o.Kind == Option {
		a := slices.Clone(b.answers)
		choose(a, o)
		try(a)
		return best
	}
	for _, g := range m.goalsOf(o) {
		if a := m.reach(g, b); a != nil {
			if o.Kind == Unknown && o.Rule != nil {
				a = m.restore(i, o, b, a)
			}
			try(a)
		}
	}
	return best
}

func choose(a pack.Answers, o *Obligation) {
	slot := o.Question.Slot
	switch {
	case o.Question.Kind != pack.Multi:
		a[slot] = o.Value
	case o.Value == noOption || !a[slot].Known():
		a[slot] = 0
	}
	if o.Question.Kind == pack.Multi && o.Value != noOption {
		a[slot] |= 1 << o.Value
	}
}

// goalsOf are the goals of any obligation but an option, made once.
func (m *model) goalsOf(o *Obligation) []goal {
	switch o.Kind {
	case Level, Verdict:
		return m.otherGoals(m.levelGround(o.Kind), o)
	case Alone:
		return m.goals(m.levelGround(o.Kind), o)
	case Sign:
		if o.Rule.When == nil {
			return []goal{{g: m.levelGround(Level), where: space.True, unsure: true}}
		}
		holds := &Obligation{Kind: Holds, Rule: o.Rule}
		return m.goals(m.groundOf(o.Rule), holds)
	}
	return m.goals(m.groundOf(o.Rule), o)
}

func (m *model) groundOf(r *Rule) *ground {
	if m.ofGround[r] == nil {
		m.ofGround[r] = &made{m.ruleGround(r)}
	}
	return m.ofGround[r].ground
}

// judge looks at answers as a whole; nil if they contradict themselves or do
// not do what they are for.
func (m *model) judge(i int, o *Obligation, b base, a pack.Answers) *candidate {
	if m.pack.CheckAnswers(a) != nil {
		return nil
	}
	c := &candidate{base: b, a: a, cost: len(m.written(m.over(b, a)))}
	if b.profile != nil {
		c.cost++
	}
	c.done = m.lookAgain(a)
	if o.Kind == Verdict || o.Kind == Sign {
		c.placed = o.Level
		c.cost += 3 // two steps and a placement
		c.done = append(c.done, m.lookCourse(c)...)
	}
	if !slices.Contains(c.done, i) {
		return nil
	}
	return c
}

// Days of the two steps of a suggested case over time: any two will do.
const (
	firstDay  = 11323 // 2001-01-01
	secondDay = 14
)

// lookCourse returns what the review of a candidate meets: the same answers
// twice, from a placement on.
func (m *model) lookCourse(c *candidate) []int {
	r := m.reviewOf(c.a, c.placed)
	if r == nil {
		return nil
	}
	return m.lookReview(r)
}

func (m *model) reviewOf(a pack.Answers, placed *pack.Level) *review.Review {
	entry := func(day int) review.Entry {
		date := review.Date(firstDay + day)
		return review.Entry{Name: date, Sheet: pack.Sheet{Date: date, Answers: a, Pack: m.pack.Identity()}}
	}
	entries := []review.Entry{entry(0), entry(secondDay)}
	entries[0].Sheet.Placement = &pack.Placement{Level: placed.ID, Date: entries[0].Sheet.Date}
	if m.reviewer == nil {
		reviewer, err := review.NewReviewer(m.engine)
		if err != nil {
			return nil // what compiles is reviewed
		}
		m.reviewer = reviewer
	}
	course, problems := m.reviewer.NewCourse(entries, review.CourseOptions{})
	if len(problems) > 0 {
		return nil
	}
	r, err := course.Review(review.Options{Brief: true})
	if err != nil {
		return nil
	}
	return r
}

// restore gives back, one question after the other, what was left out and need
// not be.
func (m *model) restore(i int, o *Obligation, b base, a pack.Answers) pack.Answers {
	for _, q := range m.pack.Questions {
		with := slices.Clone(a)
		differs := false
		for _, slot := range q.Slots() {
			if b.answers[slot].Known() && !a[slot].Known() {
				with[slot], differs = b.answers[slot], true
			}
		}
		if differs && m.pack.CheckAnswers(with) == nil && slices.Contains(m.lookAgain(with), i) {
			a = with
		}
	}
	return a
}

// written are the slots that are written over a base.
func (m *model) written(over pack.Answers) (slots []int) {
	for slot, v := range over {
		if v != pack.Missing {
			slots = append(slots, slot)
		}
	}
	return slots
}

// over is what has to be written over a base to get other answers.
// Without a profile, all of them are.
func (m *model) over(b base, to pack.Answers) pack.Answers {
	over, from := m.pack.NewAnswers(), b.answers
	if b.profile == nil {
		from = over
	}
	for _, q := range m.pack.Questions {
		differs, was := false, false
		for _, slot := range q.Slots() {
			differs = differs || from[slot] != to[slot] && (from[slot].Known() || to[slot].Known())
			was = was || from[slot].Known()
		}
		if !differs {
			continue
		}
		for _, slot := range q.Slots() {
			if to[slot].Known() {
				over[slot] = to[slot]
			}
		}
		if !to[q.Slot].Known() && was {
			over[q.Slot] = pack.NotAssessed // takes the items of the base away, too
		}
	}
	return over
}
