package pack

import (
	"iter"
	"strings"
)

// The lookups scan rather than keep maps: a pack has at most a few hundred of
// anything, none of them is on a hot path, and a pack put together by hand
// needs no second step before it can be asked.

// Level returns the level with this id, or nil.
func (p *Pack) Level(id string) *Level {
	return find(p.Levels, func(l *Level) bool { return l.ID == id })
}

// Question returns the question with this id, or nil. An item is not one; see
// SlotByID.
func (p *Pack) Question(id string) *Question {
	return find(p.Questions, func(q *Question) bool { return q.ID == id })
}

// SlotByID returns the place in Answers of the question or item with this id.
func (p *Pack) SlotByID(id string) (slot int, ok bool) {
	for i := range p.Slots {
		if p.Slots[i].ID == id {
			return i, true
		}
	}
	return 0, false
}

// Score returns the score with this id, or nil.
func (p *Pack) Score(id string) *Score {
	return find(p.Scores, func(s *Score) bool { return s.ID == id })
}

// Condition returns the named condition with this id, or nil.
func (p *Pack) Condition(id string) *NamedCondition {
	return find(p.Conditions, func(c *NamedCondition) bool { return c.ID == id })
}

// Service returns the service with this id, or nil.
func (p *Pack) Service(id string) *Service {
	return find(p.Services, func(s *Service) bool { return s.ID == id })
}

// Note returns the warning, contradiction or barrier with this id, or nil.
func (p *Pack) Note(id string) *Note {
	return find(p.Notes, func(n *Note) bool { return n.ID == id })
}

// Sign returns the step-up sign with this id, or nil.
func (p *Pack) Sign(id string) *Sign {
	for _, l := range p.Levels {
		if s := find(l.StepUp, func(s *Sign) bool { return s.ID == id }); s != nil {
			return s
		}
	}
	return nil
}

// Source returns the source with this id, or nil.
func (p *Pack) Source(id string) *Source {
	return find(p.Sources, func(s *Source) bool { return s.ID == id })
}

// Criterion returns the criterion with this id, whatever its level and kind,
// or nil.
func (p *Pack) Criterion(id string) *Criterion {
	for c := range p.Criteria() {
		if c.ID == id {
			return c
		}
	}
	return nil
}

// Criteria yields every criterion: level by level from the base up, and within
// a level indications, requirements, supports and step-downs as written.
func (p *Pack) Criteria() iter.Seq[*Criterion] {
	return func(yield func(*Criterion) bool) {
		for _, l := range p.Levels {
			for _, kind := range [][]*Criterion{l.Indications, l.Requirements, l.Supports, l.StepDown} {
				for _, c := range kind {
					if !yield(c) {
						return
					}
				}
			}
		}
	}
}

// Noun is what the question is called inside a sentence: its name, or its id
// with spaces where the pack gives none.
func (q *Question) Noun() string {
	if q.Name != "" {
		return q.Name
	}
	if q.Kind == Instrument && q.Ask != "" && !strings.Contains(q.Ask, " ") {
		return q.Ask // "PHQ-9" is its own noun
	}
	return strings.NewReplacer("_", " ", "-", " ").Replace(q.ID)
}

func find[T any](all []*T, is func(*T) bool) *T {
	for _, x := range all {
		if is(x) {
			return x
		}
	}
	return nil
}
