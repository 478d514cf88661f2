package mutate

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/engine"
	"github.com/carelevel/carelevel/pkg/pack"
)

// levels says which levels a recommendation leaves.
func levels(r *engine.Recommendation) string {
	var ids []string
	for _, l := range r.Possible {
		ids = append(ids, l.ID)
	}
	if len(ids) == 1 {
		return ids[0]
	}
	return "undetermined between " + strings.Join(ids, ", ")
}

// expect adds what becomes of a rule to what a case wants, and says it.
func (s *search) expect(e *pack.Expect, by *engine.Engine, r *engine.Recommendation, rule *rule) string {
	p, id, state := s.report.Pack, rule.id(), s.state(by, r, rule)
	on := state == "true"
	switch {
	case rule.criterion != nil && rule.criterion.Kind == pack.Requirement:
		word, shown := map[string]string{"true": "met", "false": "not_met", "unknown": "unknown"}[state]
		if !shown {
			return fmt.Sprintf("; %s is not shown", id)
		}
		e.Requirements = map[*pack.Criterion]string{p.Criterion(id): word}
		return fmt.Sprintf("; %s is %s", id, word)
	case rule.criterion != nil && on:
		e.Holds = []*pack.Criterion{p.Criterion(id)}
		return fmt.Sprintf("; %s holds", id)
	case rule.criterion != nil:
		e.HoldsNot = []*pack.Criterion{p.Criterion(id)}
		return fmt.Sprintf("; %s does not hold", id)
	case rule.service != nil && on:
		e.Services = []*pack.Service{p.Service(id)}
		return fmt.Sprintf("; %s is suggested", id)
	case rule.service != nil:
		e.ServicesNot = []*pack.Service{p.Service(id)}
		return fmt.Sprintf("; %s is not suggested", id)
	case on:
		e.Notes = []*pack.Note{p.Note(id)}
		return fmt.Sprintf("; %s is shown", id)
	}
	e.NotesNot = []*pack.Note{p.Note(id)}
	return fmt.Sprintf("; %s is not shown", id)
}

// state is what a recommendation shows of a rule: "true", "false", "unknown",
// or nothing. The rule is found by its id, since a pack that was read anew has
// others.
func (s *search) state(by *engine.Engine, r *engine.Recommendation, rule *rule) string {
	gone := s.t.m.act == remove && by == s.mutant
	switch {
	case gone:
		return ""
	case rule.criterion != nil && rule.criterion.Kind == pack.Requirement:
		for _, f := range r.Requirements {
			if f.Criterion.ID == rule.criterion.ID {
				return f.State.String()
			}
		}
	case rule.criterion != nil:
		if c := by.Pack().Criterion(rule.criterion.ID); c != nil {
			return by.Findings(r.Answers, []*pack.Criterion{c})[0].State.String()
		}
	case rule.service != nil:
		for _, o := range r.Services {
			if o.Service.ID == rule.service.ID && o.Suggested {
				return "true"
			}
		}
	default:
		for _, n := range r.Notes {
			if n.Note.ID == rule.note.ID {
				return "true"
			}
		}
	}
	return ""
}

// caseName is a name to begin with: what is looked at, and the answers.
func (s *search) caseName(c *Case, at target, r *engine.Recommendation) string {
	subject := "level " + levels(r)
	if at.rule != nil {
		subject = at.rule.id()
		on := s.state(s.report.engine, r, at.rule)
		subject += map[string]string{"true": " on", "false": " off", "": " off", "unknown": " unknown"}[on]
	}
	var parts []string
	for _, slot := range c.Changed {
		parts = append(parts, s.pack.Slots[slot].ID+" "+s.pack.FormatAnswer(slot, c.Test.Answers[slot]))
	}
	if len(parts) == 0 {
		return subject
	}
	return subject + " - " + strings.Join(parts, ", ")
}

func (r *rule) id() string {
	switch {
	case r.criterion != nil:
		return r.criterion.ID
	case r.service != nil:
		return r.service.ID
	}
	return r.note.ID
}

// YAML is the case as it may be pasted below tests.
func (c *Case) YAML(p *pack.Pack) string {
	var b strings.Builder
	fmt.Fprintf(&b, "  - name: %s\n", c.Test.Name)
	if c.Profile != nil {
		fmt.Fprintf(&b, "    profile: %s\n", c.Profile.ID)
	}
	if len(c.Changed) > 0 {
		var parts []string
		for _, slot := range c.Changed {
			parts = append(parts, p.Slots[slot].ID+": "+answerYAML(p, slot, c.Test.Answers[slot]))
		}
		fmt.Fprintf(&b, "    answers: {%s}\n", strings.Join(parts, ", "))
	}
	fmt.Fprintf(&b, "    expect: {%s}\n", strings.Join(expectYAML(&c.Test.Expect), ", "))
	return b.String()
}

func answerYAML(p *pack.Pack, slot int, v pack.Value) string {
	text := p.FormatAnswer(slot, v)
	if p.Slots[slot].Question.Kind == pack.Multi && v.Known() && v != 0 {
		return "[" + strings.ReplaceAll(strings.ReplaceAll(text, ";", ", "), ",  ", ", ") + "]"
	}
	if text == "" {
		return "null"
	}
	return text
}

func expectYAML(e *pack.Expect) (parts []string) {
	if e.Level != nil {
		parts = append(parts, "level: "+e.Level.ID)
	}
	for _, c := range e.Holds {
		parts = append(parts, "holds: ["+c.ID+"]")
	}
	for _, c := range e.HoldsNot {
		parts = append(parts, "holds_not: ["+c.ID+"]")
	}
	for c, state := range e.Requirements {
		parts = append(parts, "requirements: {"+c.ID+": "+state+"}")
	}
	for _, s := range e.Services {
		parts = append(parts, "services: ["+s.ID+"]")
	}
	for _, s := range e.ServicesNot {
		parts = append(parts, "services_not: ["+s.ID+"]")
	}
	for _, n := range e.Notes {
		parts = append(parts, "notes: ["+n.ID+"]")
	}
	for _, n := range e.NotesNot {
		parts = append(parts, "notes_not: ["+n.ID+"]")
	}
	return parts
}
