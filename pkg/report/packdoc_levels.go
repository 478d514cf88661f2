package report

import (
	"fmt"
	"strings"

	"github.com/carelevel/carelevel/pkg/pack"
)

// sideBySide compares all levels in what they are. Their criteria stand in
// sections of their own, where there is room for them.
func (v *packView) sideBySide() *comparison {
	var rows []aspect
	for _, a := range aspects {
		if a.label == "Objectives" {
			a.of = (*builder).aimCell
		}
		if !a.apart {
			rows = append(rows, a)
		}
	}
	v.shared = sharedServices(v.p.Levels)
	return v.comparison(v.p.Levels, rows)
}

// aimCell is what a level aims at and no more: when that is reached stands with
// the level, where there is room for it.
func (b *builder) aimCell(l *pack.Level) cell {
	var out cell
	for _, o := range l.Objectives {
		text := o.Text
		if o.When != nil {
			text = strings.TrimSuffix(text, ".") + " (for some)"
		}
		out = append(out, b.line(text, o.Sources))
	}
	return out
}

// levelRules is when a level is recommended, what it requires, and when a
// person is ready to leave it.
func (v *packView) levelRules(l *pack.Level) {
	head := fmt.Sprintf("Level %d of %d: %s", l.Index+1, len(v.p.Levels), levelName(l))
	about := part{}
	say := func(text string) { about.Lines = append(about.Lines, line{Text: text}) }
	if l.Index == 0 {
		say("The base level: recommended when nothing argues for more.")
	}
	if l.Emergency {
		say("An emergency: the interview stops here.")
	} else if l.Referral {
		say("A referral: provided elsewhere.")
	}
	if l.Here != nil {
		about.Lines = append(about.Lines, line{Text: sentence("The answers say that the person is at it already if " + clean(v.p.Describe(l.Here)))})
	}
	for _, a := range paragraphs(l.Action) {
		about.After = append(about.After, line{Text: "When it is recommended: " + a.Text})
	}
	add(&v.sections, "level-"+clean(l.ID), head, about,
		part{Head: "Argues for at least " + shortName(l), Items: v.rules(l.Indications)},
		part{Head: "Required to be admitted", Items: v.rules(l.Requirements)},
		part{Head: "Further support", Items: v.rules(l.Supports)},
		part{Head: "Objectives", Items: v.objectives(l)},
		part{Head: "Ready for less when", Items: v.rules(l.StepDown)},
		part{Head: "Look again sooner when", Items: v.signs(l.StepUp)})
}

func (v *packView) rules(all []*pack.Criterion) []item {
	var out []item
	for _, c := range all {
		it := item{ID: clean(c.ID), Text: v.line(sentence(capital(requirementText(v.p, c))), c.Sources)}
		if c.Because != "" || len(v.p.DescribeLines(c.When)) > 1 {
			it.Then = append(it.Then, v.when("When", c.When))
		}
		it = v.overTime(it, c.Course)
		if c.Otherwise != "" {
			it.Then = append(it.Then, fact{Label: "Otherwise", Value: line{Text: clean(c.Otherwise)}})
		}
		out = append(out, it)
	}
	return out
}

// objectives are what the level aims at, with whom each is for and when it is
// reached.
func (v *packView) objectives(l *pack.Level) []item {
	var out []item
	for i := range l.Objectives {
		o := &l.Objectives[i]
		it := item{Text: v.statement(o.Statement)}
		if o.When != nil {
			it.Then = append(it.Then, v.when("If", o.When))
		}
		if words := v.targetList(o); words != "" {
			it.Then = append(it.Then, fact{Label: "Reached when", Value: line{Text: sentence(clean(words))}})
		}
		out = append(out, it)
	}
	return out
}

func (v *packView) signs(all []*pack.Sign) []item {
	var out []item
	for _, s := range all {
		it := item{ID: clean(s.ID), Text: v.line(sentence(capital(s.Because)), s.Sources)}
		if s.When != nil {
			it.Then = append(it.Then, v.when("When", s.When))
		}
		out = append(out, v.overTime(it, s.Course))
	}
	return out
}

// when says a condition: in a sentence, or as a tree where it has several
// parts.
func (v *packView) when(label string, c pack.Condition) fact {
	return inParts(label, v.p.DescribeLines(c))
}

// overTime says what an item asks of the assessments before.
func (v *packView) overTime(it item, c pack.Course) item {
	if c != nil {
		it.Then = append(it.Then, inParts("Over time", v.p.DescribeCourseLines(c)))
	}
	return it
}

func inParts(label string, lines []pack.Line) fact {
	if len(lines) == 1 {
		return fact{Label: label, Value: line{Text: sentence(clean(lines[0].Text))}}
	}
	return fact{Label: label, Tree: branches(&lines, 0)}
}

// branch is a part of something that is written as a tree, with what it is made
// of.
type branch struct {
	Text  string
	Below []branch
}

// branches takes the lines from a depth on.
func branches(lines *[]pack.Line, depth int) []branch {
	var out []branch
	for len(*lines) > 0 && (*lines)[0].Indent >= depth {
		b := branch{Text: clean((*lines)[0].Text)}
		*lines = (*lines)[1:]
		b.Below = branches(lines, depth+1)
		out = append(out, b)
	}
	return out
}
