package review

import (
	"fmt"
	"slices"
	"sync"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// Reviewer is a pack prepared for reviews. It serves any number of goroutines;
// a Course belongs to one.
type Reviewer struct {
	engine *engine.Engine
	pack   *pack.Pack

	tests       *engine.Conditions
	testAt      map[pack.Condition]int // position in tests
	indications []indication
	instruments []*pack.Question
	decisions   sync.Pool // of *engine.Decision
}

// indication is a criterion of this kind and its index in the engine.
type indication struct {
	criterion *pack.Criterion
	index     int
}

// CourseOptions are how a course is taken. The zero value is the strict one.
type CourseOptions struct {
	// AnyVersion takes assessments that were made with rules that are newer
	// than those in use, or of another major version, and warns of them.
	AnyVersion bool
}

// Options are what a review is told beside the assessments.
type Options struct {
	// Present is the level at which the person is cared for now; nil: as the
	// last earlier assessment says.
	Present *pack.Level

	// Brief leaves out what a review tells beside what it comes to, which is
	// most of its cost: Changed, Came, Went, Open, Measures, and all Slots.
	Brief bool
}

// NewReviewer prepares the pack of an engine. It fails where engine.Compile
// would: for conditions that were not read from a pack without errors.
func NewReviewer(e *engine.Engine) (*Reviewer, error) {
	r := &Reviewer{engine: e, pack: e.Pack(), testAt: make(map[pack.Condition]int)}
	r.decisions.New = func() any { return new(engine.Decision) }
	for _, l := range slices.Backward(r.pack.Levels) {
		for _, c := range l.Indications {
			i, _ := e.CriterionIndex(c)
			r.indications = append(r.indications, indication{c, i})
		}
	}
	for _, q := range r.pack.Questions {
		if q.Kind == pack.Instrument {
			r.instruments = append(r.instruments, q)
		}
	}
	return r, r.prepareTests()
}

// prepareTests gathers every condition that a review looks at beside those that
// decide the level.
func (r *Reviewer) prepareTests() error {
	var all []pack.Condition
	var err error
	add := func(when pack.Condition, course pack.Course) {
		if when != nil {
			all = append(all, when)
		}
		pack.WalkCourse(course, func(s pack.Course) {
			switch s := s.(type) {
			case *pack.Held:
				all = append(all, s.When)
			case *pack.Seen:
				all = append(all, s.When)
			case *pack.Changed:
				if s.Slot < 0 || s.Slot >= len(r.pack.Slots) {
					err = fmt.Errorf("a course looks at slot %d of %d", s.Slot, len(r.pack.Slots))
				}
			}
		})
	}
	for _, l := range r.pack.Levels {
		add(l.Here, nil)
		for _, c := range l.StepDown {
			add(c.When, c.Course)
		}
		for _, s := range l.StepUp {
			add(s.When, s.Course)
		}
	}
	for i, c := range all {
		r.testAt[c] = i
	}
	if err == nil {
		r.tests, err = engine.NewConditions(r.pack, all...)
	}
	return err
}

// NewCourse takes the assessments of one person, the earliest first. It
// returns either the course, which has what is to be warned of, or every
// problem there is, in the order of the entries. Who reads many courses
// prepares a Reviewer once.
func NewCourse(e *engine.Engine, entries []Entry, opts CourseOptions) (*Course, []Problem) {
	r, err := NewReviewer(e)
	if err != nil {
		return nil, []Problem{{Message: err.Error()}}
	}
	return r.NewCourse(entries, opts)
}

// NewCourse is as the function of this name.
func (r *Reviewer) NewCourse(entries []Entry, opts CourseOptions) (*Course, []Problem) {
	k := checker{r: r, opts: opts, entries: entries, days: make([]int, len(entries))}
	k.check()
	if len(k.problems) > 0 {
		return nil, k.problems
	}
	c := &Course{Reviewer: r, Assessments: make([]*Assessment, len(entries)), found: make([]*found, len(entries))}
	assessments, finds := make([]Assessment, len(entries)), make([]found, len(entries))
	for i, e := range entries {
		assessments[i] = Assessment{Name: e.Name, Sheet: e.Sheet, Index: i, Day: k.days[i]}
		assessments[i].Sheet.Answers = r.clean(e.Sheet.Answers)
		c.Assessments[i], c.found[i] = &assessments[i], &finds[i]
	}
	for _, a := range c.Assessments {
		if warning := c.place(a); warning != "" {
			k.warn(a.Index, warning, "")
		}
	}
	c.Warnings = k.warnings
	return c, nil
}

// clean takes values outside of their slot's domain for missing, as the engine
// does. It copies only where there are some.
func (r *Reviewer) clean(a pack.Answers) pack.Answers {
	copied := false
	for i, v := range a {
		if s := &r.pack.Slots[i]; v.Known() && (v < s.Min || v > s.Max) {
			if !copied {
				a, copied = slices.Clone(a), true
			}
			a[i] = pack.Missing
		}
	}
	return a
}

// place finds where the person was cared for after an assessment, and says if
// what was recorded does not tell.
func (c *Course) place(a *Assessment) (warning string) {
	p := c.Reviewer.pack
	if at := a.Sheet.Placement; at != nil {
		a.Level, a.Origin = p.Level(at.Level), OriginPlaced
		return ""
	}
	if then := a.Sheet.Recommended; then != nil {
		id := then.Level()
		if id == "" {
			return ""
		}
		if a.Level = p.Level(id); a.Level != nil {
			a.Origin = OriginRecorded
			return ""
		}
		warning = fmt.Sprintf("recommended was %s, which is no level of the rules in use; what they recommend for its answers is taken in its place", quote(id))
	}
	if possible, _ := c.Possible(a.Index); len(possible) == 1 {
		a.Level, a.Origin = possible[0], OriginRecommended
	}
	return warning
}

// Engine returns the engine that the reviewer was made of.
func (r *Reviewer) Engine() *engine.Engine { return r.engine }
