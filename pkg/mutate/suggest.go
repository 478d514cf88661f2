package mutate

import (
	"slices"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
	"github.com/carelevel/carelevel/pkg/ruletest"
	"github.com/carelevel/carelevel/pkg/space"
)

// Case is a test case that a mutant would not survive: it holds for the rules
// as they are, and fails for the mutant, which has been tried.
type Case struct {
	Profile *pack.Profile // nil: none
	Changed []int         // the slots that are answered otherwise than in the profile
	Test    *pack.Test
	Now     string // what the rules give for the answers
	Mutant  string // what the mutant gives
}

// suggest looks for the case that is nearest to a profile.
//
// What is said over time would need a case over time, which is not looked for.
func (w *worker) suggest(t *trial) error {
	if len(t.changes) == 0 || t.overTime() {
		return nil
	}
	return w.with(t, func() error {
		e := (*engine.Engine)(nil)
		if t.other != nil {
			e = t.other.engine
		} else {
			var err error
			if e, err = engine.Compile(w.pack); err != nil {
				return err
			}
		}
		s := &search{worker: w, t: t, mutant: e}
		if t.unknown == "" {
			s.bySpace()
		}
		if t.found == nil && t.status == Survived {
			s.nearby()
		}
		return nil
	})
}

// search looks for answers that tell a mutant from the rules. The worker's pack
// is the mutant's while it does.
type search struct {
	*worker
	t      *trial
	mutant *engine.Engine
	space  *space.Space
	base   [][]pack.Condition // the indications of the rules as they are, by level
	bases  []pack.Condition   // the conditions of the changed rules as they are
}

// bySpace finds answers among all that there are.
func (s *search) bySpace() {
	original := s.report.Pack
	for _, l := range original.Levels {
		var of []pack.Condition
		for _, c := range l.Indications {
			of = append(of, c.When)
		}
		s.base = append(s.base, of)
	}
	mutated, all := s.indications()
	all = append(all, slices.Concat(s.base...)...)
	for _, c := range s.t.changes {
		if c.rule.sign != nil {
			s.bases = append(s.bases, never)
			continue
		}
		s.bases = append(s.bases, s.was(c.rule))
		all = append(all, s.bases[len(s.bases)-1], c.when)
	}
	for _, g := range original.Guarantees {
		all = append(all, g.Whenever)
	}
	sp, err := space.New(s.pack, space.Options{Conditions: all, Nodes: s.nodes})
	if err != nil {
		return
	}
	s.space = sp
	if s.t.other != nil {
		mutated, _ = s.t.other.indications()
	}
	before, after := sp.Highest(s.base), sp.Highest(mutated)
	if s.unseen(before, after) {
		s.t.status = Equivalent
		return
	}
	s.guarantees(before, after)
	for _, target := range s.targets(before, after) {
		if s.t.found = s.nearest(target); s.t.found != nil || sp.Err() != nil {
			return
		}
	}
}

// nearest finds the answers of a target that are nearest to a profile, by the
// number of questions that are answered otherwise.
func (s *search) nearest(at target) *Case {
	if at.where == space.False {
		return nil
	}
	profiles := s.report.Pack.Profiles
	if len(profiles) == 0 {
		profiles = []*pack.Profile{nil}
	}
	var best *Case
	for _, p := range profiles {
		base := s.report.Pack.NewAnswers()
		if p != nil {
			base = p.Answers
		}
		from := s.space.Classes(base)
		point, ok := s.space.Nearest(s.space.And(at.where, s.space.Guard()), 1<<space.True, from)
		if !ok {
			continue
		}
		if c := s.confirmed(p, base, s.toward(at, base, from, point), at); c != nil && (best == nil || len(c.Changed) < len(best.Changed)) {
			best = c
		}
	}
	return best
}

// toward answers what differs at a point, and what is missing and matters.
func (s *search) toward(at target, base pack.Answers, from, point []int) pack.Answers {
	var vars []int
	support := s.space.Support(at.where)
	for v := range point {
		if from[v] >= 0 && point[v] != from[v] || from[v] < 0 && slices.Contains(support, v) {
			vars = append(vars, v)
		}
	}
	return s.space.Toward(base, point, vars...)
}

// confirmed makes a case of answers if the rules pass it and the mutant does
// not.
func (s *search) confirmed(p *pack.Profile, base, a pack.Answers, at target) *Case {
	if s.report.Pack.CheckAnswers(a) != nil {
		return nil
	}
	c := &Case{Profile: p, Test: &pack.Test{Answers: a}}
	for slot, v := range a {
		if v != base[slot] {
			c.Changed = append(c.Changed, slot)
		}
	}
	r, m := s.report.engine.Recommend(a), s.mutant.Recommend(a)
	e := &c.Test.Expect
	if at.level && r.Level != nil {
		e.Level = r.Level
	}
	c.Now, c.Mutant = levels(r), levels(m)
	if at.rule != nil {
		c.Now += s.expect(e, s.report.engine, r, at.rule)
		c.Mutant += s.expect(new(pack.Expect), s.mutant, m, at.rule)
	}
	if !s.passes(s.report.engine, c.Test) || s.passesMutant(c.Test) {
		return nil
	}
	c.Test.Name = s.caseName(c, at, r)
	return c
}

func (s *search) passes(e *engine.Engine, t *pack.Test) bool {
	return ruletest.Run(e, []*pack.Test{t}, ruletest.Options{})[0].Passed()
}

// passesMutant: what is not there cannot be named, so that a case that wants it
// fails.
func (s *search) passesMutant(t *pack.Test) bool {
	w := s.worker
	if s.t.other != nil {
		w = s.t.other
	}
	if s.t.m.act == remove && wants(&t.Expect, s.t.m.site.id) {
		return false
	}
	return s.passes(s.mutant, &pack.Test{Answers: t.Answers, Expect: w.own(t.Expect)})
}

// wants reports whether a case needs something to be there.
func wants(e *pack.Expect, id string) bool {
	for c := range e.Requirements {
		if c.ID == id {
			return true
		}
	}
	return slices.ContainsFunc(e.Holds, func(c *pack.Criterion) bool { return c.ID == id }) ||
		slices.ContainsFunc(e.Notes, func(n *pack.Note) bool { return n.ID == id })
}

// own is what a case wants, of a worker's own pack.
func (w *worker) own(e pack.Expect) (out pack.Expect) {
	p := w.pack
	if e.Level != nil {
		out.Level = p.Level(e.Level.ID)
	}
	for _, c := range e.Holds {
		out.Holds = append(out.Holds, p.Criterion(c.ID))
	}
	for _, c := range e.HoldsNot {
		if own := p.Criterion(c.ID); own != nil { // what is not there does not hold
			out.HoldsNot = append(out.HoldsNot, own)
		}
	}
	for c, state := range e.Requirements {
		out.Requirements = map[*pack.Criterion]string{p.Criterion(c.ID): state}
	}
	for _, s := range e.Services {
		out.Services = append(out.Services, p.Service(s.ID))
	}
	for _, s := range e.ServicesNot {
		out.ServicesNot = append(out.ServicesNot, p.Service(s.ID))
	}
	for _, n := range e.Notes {
		out.Notes = append(out.Notes, p.Note(n.ID))
	}
	for _, n := range e.NotesNot {
		out.NotesNot = append(out.NotesNot, p.Note(n.ID))
	}
	return out
}

// nearby tries the profiles and the cases with one answer changed or taken
// away, where the space could not help.
func (s *search) nearby() {
	var bases []*pack.Profile
	bases = append(bases, s.report.Pack.Profiles...)
	if len(bases) == 0 {
		bases = []*pack.Profile{nil}
	}
	for _, p := range bases {
		base := s.report.Pack.NewAnswers()
		if p != nil {
			base = p.Answers
		}
		for _, c := range s.t.changes {
			if c.rule.sign != nil {
				continue
			}
			at := target{rule: c.rule, level: c.rule.indication()}
			if s.t.found = s.confirmed(p, base, base, at); s.t.found != nil {
				return
			}
			for slot := range base {
				if s.t.found = s.oneOff(p, base, slot, at); s.t.found != nil {
					return
				}
			}
		}
	}
}

// fewValues is how many answers to one question are tried.
const fewValues = 64

func (s *search) oneOff(p *pack.Profile, base pack.Answers, slot int, at target) *Case {
	a := slices.Clone(base)
	domain := s.report.Pack.Slots[slot]
	for v := domain.Min; v <= domain.Max && v < domain.Min+fewValues; v++ {
		a[slot] = v
		if c := s.confirmed(p, base, a, at); c != nil {
			c.Test.Answers = slices.Clone(a)
			return c
		}
	}
	return nil
}
