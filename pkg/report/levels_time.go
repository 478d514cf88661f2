package report

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// What a level says about the time that a person is at it: what shows that its
// objectives are reached, what to look out for, and what is due.

// objectiveLine is what the level aims at, and when that is reached: "Fewer
// symptoms: PHQ-9 total is at most 9 (mild or better)". Whom exactly it is for
// would drown that where levels stand side by side.
func (b *builder) objectiveLine(o *pack.Objective) line {
	text, plain := strings.TrimSuffix(o.Text, "."), true
	if o.When != nil {
		text, plain = text+" (for some)", false
	}
	if words := b.targetList(o); words != "" {
		text, plain = text+": "+words, false
	}
	if plain {
		text = o.Text
	}
	return b.line(text, o.Sources)
}

func (b *builder) targetList(o *pack.Objective) string {
	var out []string
	for _, t := range o.Targets {
		out = append(out, b.p.Describe(t))
	}
	return strings.Join(out, "; ")
}

func (b *builder) objectiveCell(l *pack.Level) cell {
	var out cell
	for i := range l.Objectives {
		out = append(out, b.objectiveLine(&l.Objectives[i]))
	}
	return out
}

// dueLine says when something is due: "A physician certifies again: after 18
// days, then at least every 30 days".
func (b *builder) dueLine(d *pack.Due) line {
	return b.line(fmt.Sprintf("%s: %s", strings.TrimSuffix(d.Text, "."), due{of: d}.words()), d.Sources)
}

func (b *builder) dueCell(l *pack.Level) cell {
	var out cell
	for i := range l.Due {
		out = append(out, b.dueLine(&l.Due[i]))
	}
	return out
}

func (b *builder) signCell(l *pack.Level) cell {
	var out cell
	for _, s := range l.StepUp {
		out = append(out, b.line(sentence(capital(s.Because)), s.Sources))
	}
	return out
}

// changeWords are what an instrument says about several assessments.
func changeWords(q *pack.Question) string {
	var out []string
	if q.ReliableChange > 0 {
		out = append(out, fmt.Sprintf("a change of %s is more than chance", count(q.ReliableChange, "point")))
	}
	if q.Remission > 0 {
		out = append(out, fmt.Sprintf("below %d is remission", q.Remission))
	}
	for _, m := range q.Milestones {
		out = append(out, fmt.Sprintf("expected below %d after %s", m.Below, count(m.Weeks, "week")))
	}
	return strings.Join(out, "; ")
}

type levelSign struct {
	ID      string   `json:"id"`
	When    string   `json:"when"`   // in words, empty where it asks nothing of the present answers
	Course  string   `json:"course"` // over time, in words; empty where it asks nothing of earlier assessments
	Because string   `json:"because"`
	Sources []string `json:"sources"`
}

type levelDue struct {
	Text    string   `json:"text"`
	First   int      `json:"first_days"` // after the level began
	Every   int      `json:"every_days"`
	Sources []string `json:"sources"`
}

type levelObjective struct {
	Text    string   `json:"text"`
	When    string   `json:"when"`    // for whom, in words; empty for everybody
	Targets []string `json:"targets"` // in words
	Sources []string `json:"sources"`
}

func levelObjectives(p *pack.Pack, l *pack.Level) []levelObjective {
	out := []levelObjective{}
	for _, o := range l.Objectives {
		of := levelObjective{o.Text, inWords(p, o.When), []string{}, sourceIDs(o.Sources)}
		for _, t := range o.Targets {
			of.Targets = append(of.Targets, p.DescribeTarget(t))
		}
		out = append(out, of)
	}
	return out
}

func levelSigns(p *pack.Pack, l *pack.Level) []levelSign {
	out := []levelSign{}
	for _, s := range l.StepUp {
		out = append(out, levelSign{s.ID, inWords(p, s.When), p.DescribeCourse(s.Course), s.Because, sourceIDs(s.Sources)})
	}
	return out
}

func levelDues(l *pack.Level) []levelDue {
	out := []levelDue{}
	for i := range l.Due {
		d := &l.Due[i]
		out = append(out, levelDue{d.Text, due{of: d}.first(), d.Every, sourceIDs(d.Sources)})
	}
	return out
}
