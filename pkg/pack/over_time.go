package pack

// AskedOverTime reports for each slot whether what the pack says over time
// looks at it: signs, what a level is known by, whom objectives are for and
// when they are reached, and statements over several assessments. A score
// looks at all that it adds up. Nothing of that is in the conditions of
// criteria, services, notes and guarantees; without it a question that only
// follows a person over time would seem to be asked for nothing.
func (p *Pack) AskedOverTime() []bool {
	a := &askedOverTime{slots: make([]bool, len(p.Slots)), seen: map[*NamedCondition]bool{}}
	for _, l := range p.Levels {
		a.condition(l.Here)
		for _, o := range l.Objectives {
			a.condition(o.When)
			for _, t := range o.Targets {
				a.condition(t)
			}
		}
		for _, s := range l.StepUp {
			a.condition(s.When)
			WalkCourse(s.Course, a.course)
		}
		for _, c := range l.StepDown {
			WalkCourse(c.Course, a.course)
		}
	}
	return a.slots
}

type askedOverTime struct {
	slots []bool
	seen  map[*NamedCondition]bool // so that sharing costs nothing
}

func (a *askedOverTime) course(c Course) {
	switch c := c.(type) {
	case *Held:
		a.condition(c.When)
	case *Seen:
		a.condition(c.When)
	case *Changed:
		a.slots[c.Slot] = true
	}
}

func (a *askedOverTime) condition(c Condition) {
	Walk(c, func(c Condition) bool {
		switch c := c.(type) {
		case *Ref:
			before := a.seen[c.To]
			a.seen[c.To] = true
			return !before
		case *In:
			a.in(c)
		case *Includes:
			a.slots[c.Slot] = true
		case *Answered:
			a.slots[c.Slot] = true
		}
		return true
	})
}

func (a *askedOverTime) in(c *In) {
	if c.Score == nil {
		a.slots[c.Slot] = true
		return
	}
	for _, t := range c.Score.Terms {
		a.slots[t.Slot] = true
	}
}
